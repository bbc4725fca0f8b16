import { Chip, DateNote, DecisionNote, Empty, Facts, Field, FormShell, moment, PackOnPage, Page, Part, Shown, untilEndOf, useAnswer, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { LimitPart } from './LimitPart.js';
import { boardTone, boardWord, colourTone, leftWords, reportWords, type Duty, type Report } from './rectification.js';
import { ReportForm } from './ReportForm.js';

const lateWords = (late: boolean | null): string => (late === null ? '期限未定，不作认定' : late ? '逾期' : '按时');

function ReportView({ report }: { report: Report }) {
  return (
    <details open={report.state !== 'superseded'}>
      <summary>第 {report.report} 份　{moment(report.receivedAt)} 收到　{lateWords(report.late)}　{reportWords[report.state]}{report.onBehalf ? `　代录：${report.onBehalf.reason}` : ''}</summary>
      <p className="zj-text">{report.summary}</p>
      <ol>{report.items.map((item, at) => <li key={at}>{item.problem}<br /><span className="zj-soft">措施：{item.measure}；{item.correctedOn ? `${item.correctedOn} 已整改` : `${item.correctBy} 以前整改`}</span></li>)}</ol>
      <p className="zj-soft">盖章岗位：{report.sealedBy}</p>
      {report.reasons.length ? <><p>{moment(report.decidedAt)} 退回，理由：</p><ul>{report.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul></> : null}
    </details>
  );
}

/** The receiver accepts a report or returns it with reasons. */
function Decide({ duty, reload }: { duty: Duty; reload: () => void }) {
  const [note, setNote] = useState('');
  const [reasons, setReasons] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const accept = useSubmission('acceptRectification');
  const giveBack = useSubmission('returnRectification');
  const to = { params: { rectificationId: duty.rectificationId }, version: duty.version };
  const doReturn = () => {
    const list = reasons.split('\n').map((it) => it.trim()).filter(Boolean);
    setErrors(list.length ? [] : [{ path: '/reasons', message: '请写明退回理由' }]);
    if (list.length) void giveBack.send({ ...to, body: { reasons: list } });
  };
  return (
    <div className="zj-columns">
      <Part title="通过">
        <FormShell label="通过整改报告" problem={accept.problem} onSubmit={() => void accept.send({ ...to, body: { note: note.trim() } })} reload={reload}>
          <Field pointer="/note" label="审核意见（可不填）" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={accept.pending}>通过</button></p>
        </FormShell>
      </Part>
      <Part title="退回">
        <FormShell label="退回整改报告" errors={errors} problem={giveBack.problem} onSubmit={doReturn} reload={reload}>
          <Field pointer="/reasons" label="退回理由" hint="每行一条，机构在本页看到。" wide>{(field) => <textarea {...field} className="zj-input" value={reasons} onChange={(event) => setReasons(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-danger" disabled={giveBack.pending}>退回</button></p>
        </FormShell>
      </Part>
    </div>
  );
}

function One({ duty, reload }: { duty: Duty; reload: () => void }) {
  const body = useIs('institution', 'institution-head');
  const open = duty.state !== 'accepted' && duty.state !== 'released';
  return (
    <>
      <Part title="要求">
        <Facts of={[
          ['机构', body ? duty.institutionName : <Link key="link" to={`/institutions/${duty.institutionId}`}>{duty.institutionName}</Link>], ['颜色', <span key="colour"><Chip tone={colourTone(duty.colour)}>{duty.colourTitle}</Chip><DecisionNote decision="rectification-duty" inputs={{ colour: duty.colour }} /></span>], ['结果公开', duty.publishedOn],
          ['提交期限', <span key="due">{untilEndOf(duty.dueOn)}{duty.dueOn && !duty.firm ? '（暂定）' : ''}<DateNote because={duty.because} counted={duty.counted} clauses={duty.clauses} calendar={duty.calendar} firm={duty.firm || !duty.dueOn} /></span>], ['剩余', leftWords(duty)], ['情况', <Chip key="state" tone={boardTone(duty.board)}>{boardWord(duty.board)}</Chip>],
          ...(duty.overdueAt ? [['逾期', `${duty.dueOn} 24:00 期满时没有收到报告`] as const] : []), ...(duty.remindedAt ? [['提醒', moment(duty.remindedAt)] as const] : []),
        ]} />
        {duty.notes.length ? <ul className="zj-plain">{duty.notes.map(({ at, text }) => <li key={at + text}>{moment(at)}　{text}</li>)}</ul> : null}
      </Part>
      <Part title="整改报告">{duty.history.length ? [...duty.history].reverse().map((report) => <ReportView key={report.reportId} report={report} />) : <Empty>还没有收到整改报告。</Empty>}</Part>
      {duty.mayDecide && duty.state === 'submitted' ? <Decide key={duty.version} duty={duty} reload={reload} /> : null}
      {duty.history.length || duty.limits.length ? <LimitPart duty={duty} reload={reload} /> : null}
      {open && (body || duty.mayDecide) ? <ReportForm key={`form ${duty.history.length}`} duty={duty} officer={!body} /> : null}
    </>
  );
}

/** One body's rectification report of a year: what is asked, what came, and what was decided. */
export function RectificationPage() {
  const { rectificationId = '' } = useParams();
  const duty = useAnswer('getRectification', { params: { rectificationId } });
  return (
    <Shown of={duty} what="整改报告">
      {(it) => <PackOnPage.Provider value={it.pack}><Page title={`${it.year} 年度整改报告`} trail={<Link to="/rectifications">整改报告</Link>}><One duty={it} reload={() => void duty.refetch()} /></Page></PackOnPage.Provider>}
    </Shown>
  );
}
