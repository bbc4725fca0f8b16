import { Confirmation, day, DutyChip, Facts, groupedCode, InventedLabel, PackOnPage, Page, Part, ProblemNote, Shown, limitOf, useAnswer, usePack, useSubmission, DateNote, type Answer } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { recordedDuties } from '../duty/duty.js';
import { formsOf, ofInstitution, packOf } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import { VisitList } from '../visit/VisitList.js';
import { Decide } from './Decide.js';
import { Flags } from './Flags.js';
import { draftFrom, emptyDraft, type Report, type Subject } from './report.js';
import { ReportForm } from './ReportForm.js';
import { ReportView } from './ReportView.js';
import './self-check.css';

/** What is due from this body, and the receipt of the notice. */
function Duties({ subject }: { subject: Subject }) {
  const mine = useIs('institution');
  const recorded = recordedDuties(usePack().data);
  const acknowledge = useSubmission('acknowledgeNotice');
  const params = { campaignId: subject.campaign.campaignId, institutionId: subject.institutionId };
  return (
    <Part title="任务与期限">
      <Facts of={[
        ['统一社会信用代码', <code key="code" className="zj-nowrap">{groupedCode(subject.creditCode)}</code>], ['辖区', subject.unitName], ['通知日期', day(subject.notifiedOn)], ['签收日期', day(subject.acknowledgedOn)],
      ]} />
      {subject.obligations.map(({ obligationId, duty, title, dueOn, firm, noLimit, because, calendar, state, clauses }) => <p key={obligationId} className="duty-line"><span>{recorded.has(duty) ? <Link to={`/campaigns/${subject.campaign.campaignId}/duties/${duty}?unit=${subject.unit}&institution=${subject.institutionId}`}>{title}</Link> : title}</span><span>{limitOf({ dueOn, firm, noLimit })}<DateNote because={because} clauses={clauses} calendar={calendar} firm={firm || !dueOn} of={{ campaignId: subject.campaign.campaignId, obligationId }} /></span><DutyChip state={state} /></p>)}
      {acknowledge.problem ? <ProblemNote error={acknowledge.problem} /> : null}
      {mine && subject.notifiedOn && !subject.acknowledgedOn ? <p className="zj-actions"><button type="button" className="zj-button zj-primary" disabled={acknowledge.pending} onClick={() => void acknowledge.send({ params })}>签收通知</button></p> : null}
    </Part>
  );
}

/** The official forms that go with the body's own reports. */
function OwnForms({ subject }: { subject: Subject }) {
  const forms = formsOf(usePack().data).filter(ofInstitution);
  if (!forms.length) return null;
  return <p className="zj-actions">{forms.map(({ id, title }) => <Link key={id} className="zj-button" to={`/campaigns/${subject.campaign.campaignId}/institutions/${subject.institutionId}/forms/${id}`}>{title}（表格）</Link>)}</p>;
}

const Sent = ({ report }: { report: Answer<'submitSelfCheck'> }) => (
  <Confirmation title="自查报告已报送" number={report.selfCheckId}>
    <p>这是第 {report.report} 份报告{report.late ? '，已超过期限，按逾期记载' : ''}。</p>
    <p>接下来：{report.receiver?.name ?? '接收报告的机关'}接收或退回；退回时理由显示在本页，更正后可重报。限期整改的问题将在现场检查时核实。</p>
  </Confirmation>
);

function Work({ subject, report, reload, sent, setSent }: { subject: Subject; report: Report | null; reload: () => void; sent: Report | null; setSent: (report: Report | null) => void }) {
  const institution = useIs('institution');
  const officer = useIs('county', 'city', 'province'); // who of them receives it, the pack says
  const [again, setAgain] = useState(false);
  const mayWrite = (institution || officer) && subject.campaign.state === 'approved' && subject.state === 'in';
  const writing = mayWrite && !sent && (again || (institution && (!report || report.state === 'returned')));
  const start = report ? draftFrom(report, subject) : emptyDraft;
  const done = (it: Report) => {
    setSent(it);
    setAgain(false);
  };
  return (
    <>
      {report && !sent ? <ReportView report={report} subject={subject} /> : null}
      {sent ? <ReportView report={sent} subject={subject} /> : null}
      {officer && subject.campaign.state === 'approved' && (report?.state === 'submitted' || report?.state === 'accepted') && !again ? <Decide key={report.version} report={report} reload={reload} /> : null}
      {writing ? <ReportForm key={`${report?.selfCheckId ?? 'first'}`} subject={subject} first={start} onBehalf={officer} onSent={done} {...(again ? { onCancel: () => setAgain(false) } : {})} /> : null}
      {!report && !writing && !sent ? <p className="zj-empty">{subject.state === 'in' ? '该机构尚未报送自查报告。' : '该机构未纳入本次专项行动，不需要报送自查报告。'}</p> : null}
      {mayWrite && !writing && !sent && report?.state !== 'accepted' ? <p className="zj-actions"><button type="button" className="zj-button" onClick={() => setAgain(true)}>{officer ? '代机构录入纸质报告' : '更正后重报'}</button></p> : null}
    </>
  );
}

/** One body in the campaign: its duties, its self-check, the visits it had. */
export function SelfCheckPage() {
  const { campaignId = '', institutionId = '' } = useParams();
  const [search] = useSearchParams();
  const institution = useIs('institution');
  const [sent, setSent] = useState<Report | null>(null); // kept here: the report's own part is built anew once there is one
  const subject = useAnswer('getInstitutionInCampaign', { params: { campaignId, institutionId } });
  const reportId = search.get('report') ?? subject.data?.selfCheckId ?? null;
  const report = useAnswer('getSelfCheck', reportId ? { params: { selfCheckId: reportId } } : {}, { enabled: reportId !== null });
  return (
    <Shown of={subject} what="机构的任务与自查">
      {(data) => (
        <PackOnPage.Provider value={packOf(data.campaign)}>
          <Page title={data.name} trail={institution ? <Link to="/campaigns">专项行动</Link> : <Trail campaign={data.campaign} unit={{ code: data.unit, name: data.unitName }} />} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
            {data.invented ? <p><InventedLabel />　本机构为演示虚构，不对应任何真实单位。</p> : null}
            <OwnForms subject={data} />
            <Duties subject={data} />
            {institution ? null : <Flags subject={data} />}
            {sent ? <Sent report={sent} /> : null}
            {reportId && !sent ? <Shown of={report} what="自查报告">{(it) => <Work subject={data} report={it} reload={() => void report.refetch()} sent={sent} setSent={setSent} />}</Shown>
              : <Work subject={data} report={null} reload={() => undefined} sent={sent} setSent={setSent} />}
            {institution ? null : <Part title="检查"><VisitList campaignId={campaignId} institutionId={institutionId} /></Part>}
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
