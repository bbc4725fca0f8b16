import { ClauseNote, DateNote, DutyChip, Empty, Facts, PackOnPage, Page, Part, Shown, Table, unitStateWords, limitOf, useAnswer, usePack, type Column } from '@zhijian/web';
import { Link, useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { formsOf, ofInstitution, packOf, scopeWords } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import { VisitList } from '../visit/VisitList.js';
import { BaseList } from './BaseList.js';
import { DutyMatrix, OutsideBodies } from './DutyMatrix.js';
import { Moments } from './Moments.js';
import { NotifyForm } from './NotifyForm.js';
import { PlanEditor } from './PlanEditor.js';
import { Reminders } from './Reminders.js';
import { RosterWaiting } from './RosterWaiting.js';
import type { Obligation, Unit } from './unit.js';
import './unit.css';

const ownColumns = (campaignId: string): Column<Obligation>[] => [
  { key: 'title', title: '任务', show: ({ title, clauses }) => <span>{title}<ClauseNote ids={clauses} /></span> },
  { key: 'due', title: '期限', sortBy: ({ dueOn }) => dueOn ?? '', show: (one) => <><span className="zj-nowrap">{limitOf(one)}</span><DateNote because={one.because} clauses={one.clauses} calendar={one.calendar} firm={one.firm || !one.dueOn} of={{ campaignId, obligationId: one.obligationId }} /></> },
  { key: 'state', title: '状态', show: ({ state }) => <DutyChip state={state} /> },
];

function OwnForms({ unit }: { unit: Unit }) {
  const forms = formsOf(usePack().data).filter((form) => !ofInstitution(form));
  return <p className="zj-actions">{forms.map(({ id, title, annex }) => <Link key={id} className="zj-button" to={`/campaigns/${unit.campaign.campaignId}/units/${unit.code}/forms/${id}`}>{annex ? `${annex} ` : ''}{title}</Link>)}</p>;
}

function Work({ unit, fresh }: { unit: Unit; fresh: () => Promise<Unit | undefined> }) {
  const running = unit.campaign.state === 'approved';
  const may = (kind: Unit['mayDo'][number]): boolean => running && unit.mayDo.includes(kind);
  const mayVisit = may('site-check') || may('extension-check');
  const mayRemind = useIs('province', 'city', 'county') && running;
  const none = !unit.institutions.length;
  const words = scopeWords(usePack().data);
  const startVisit = <Link className="zj-button" to={`/campaigns/${unit.campaign.campaignId}/units/${unit.code}/visits/new`}>开始检查或延伸检查</Link>;
  return (
    <>
      <Part title="机构与任务">{none ? <RosterWaiting unit={unit} /> : <DutyMatrix unit={unit} mayVisit={may('site-check')} />}</Part>
      {none ? null : <Part title={`${words.held}而未纳入的机构`} note={`只有${words.held}并实际开展的机构纳入治理；其余仍在名录中，情况变化时公开增补。`}><OutsideBodies unit={unit} /></Part>}
      {none ? null : <Part title="基础名单" note="取自机构名录，随名录更新；联系人只记岗位。"><BaseList unit={unit} /></Part>}
      <div className="zj-columns">
        <Part title="本辖区任务" aside={<OwnForms unit={unit} />}>{unit.unitObligations.length ? <Table caption="本辖区任务" rows={unit.unitObligations} columns={ownColumns(unit.campaign.campaignId)} rowKey={({ obligationId }) => obligationId} /> : <Empty>阶段开始后，这里列出本辖区应报送的材料与期限。</Empty>}</Part>
        <Part title="催办"><Reminders unit={unit} mayRemind={mayRemind} /></Part>
      </div>
      {may('notification') && !none ? <Part title="通知机构"><NotifyForm unit={unit} /></Part> : null}
      <Part title="检查" aside={mayVisit ? startVisit : undefined}><VisitList campaignId={unit.campaign.campaignId} unit={unit.code} /></Part>
      {running ? <Part title="时间安排" note="系统在这些时刻办理什么、为什么在这一刻。"><details><summary>展开时间安排</summary><Moments campaignId={unit.campaign.campaignId} unit={unit.code} /></details></Part> : null}
      <Part title="实施方案"><PlanEditor unit={unit} mayEdit={may('local-plan')} fresh={fresh} /></Part>
    </>
  );
}

/** One district: its bodies and their duties, its own duties, reminders, visits, plan. */
export function UnitPage() {
  const { campaignId = '', unit: code = '' } = useParams();
  const unit = useAnswer('getUnit', { params: { campaignId, unit: code } }, { every: 15_000 });
  return (
    <Shown of={unit} what="本辖区的机构与任务">
      {(data) => (
        <PackOnPage.Provider value={packOf(data.campaign)}>
          <Page title={data.name} trail={<Trail campaign={data.campaign} />} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
            <Part title="阶段"><Facts of={[['进展', unitStateWords[data.state] ?? data.state], ...data.stages.map((stage) => [stage.title, <span key={stage.id}>{stage.opensOn} 至 {stage.closesOn}{stage.closedAt ? '（已结束）' : stage.openedAt ? '（进行中）' : ''}<ClauseNote ids={stage.clauses} /></span>] as const)]} /></Part>
            <Work unit={data} fresh={async () => (await unit.refetch()).data} />
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
