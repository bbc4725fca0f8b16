import { Chip, ClauseNote, DateNote, day, DecisionNote, Empty, Facts, moment, PackOnPage, Page, Part, Shown, Table, untilEndOf, useAnswer, type Column } from '@zhijian/web';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useSession } from '../app/session.js';
import { packOf, stagesOf, type Campaign } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import { askedFor, outcomeWords, type DutyRecord, type UnitDuty } from './duty.js';
import { ImportRecord } from './ImportRecord.js';
import { RecordForm } from './RecordForm.js';
import { usePack } from '@zhijian/web';

/** What the pack's table says of a record, in the words of its rule; behind one click what it was decided with. */
function Outcome({ of: { outcome }, decision }: { of: DutyRecord; decision: string | null }) {
  if (!outcome) return <>—</>;
  return (
    <>
      {outcome.determined ? <Chip tone="info">{outcomeWords(outcome)}</Chip> : <><Chip tone="warn">待核实</Chip><span className="zj-soft">　{outcome.reason}</span></>}
      {decision && outcome.inputs ? <DecisionNote decision={decision} inputs={outcome.inputs} /> : null}<ClauseNote ids={outcome.clauses} />
    </>
  );
}

function BodyName({ campaign, unit, id }: { campaign: Campaign; unit: string | undefined; id: string | null }) {
  const here = useAnswer('getUnit', unit ? { params: { campaignId: campaign.campaignId, unit } } : {}, { enabled: unit !== undefined && id !== null });
  return <>{here.data?.institutions.find(({ institutionId }) => institutionId === id)?.name ?? '—'}</>;
}

const issueColumns = (campaign: Campaign, unit: string | undefined): Column<DutyRecord['issues'][number]>[] => [
  ...(unit ? [{ key: 'body', title: '机构', show: ({ institutionId }: DutyRecord['issues'][number]) => <BodyName campaign={campaign} unit={unit} id={institutionId} /> }] : []),
  { key: 'text', title: '问题', show: ({ text, standard }) => <>{text}{standard ? <span className="zj-hint">　标准：{standard}</span> : null}</> }, { key: 'cause', title: '原因', show: ({ cause }) => cause || '—' }, { key: 'measure', title: '措施', show: ({ measure }) => measure || '—' },
  { key: 'responsible', title: '责任岗位', show: ({ responsible }) => responsible || '—' }, { key: 'due', title: '完成期限', show: ({ due }) => day(due) }, { key: 'corrected', title: '整改', show: ({ correctedOn }) => (correctedOn ? <Chip tone="good">{correctedOn} 已整改</Chip> : <Chip tone="wait">未整改</Chip>) },
];

function Records({ campaign, duty, form, decision, unit, institutionId }: { campaign: Campaign; duty: string; form: string | null; decision: string | null; unit: string | undefined; institutionId: string | undefined }) {
  const records = useAnswer('listDutyRecords', { params: { campaignId: campaign.campaignId }, query: { limit: 200, duty, unit, institutionId } });
  const nameOf = (code: string): string => campaign.units.find((it) => it.code === code)?.name ?? code;
  const columns: Column<DutyRecord>[] = [
    { key: 'who', title: '机构或单位', show: ({ institutionName, institutionId: its, unit: code }) => (form && its ? <Link to={`/campaigns/${campaign.campaignId}/institutions/${its}/forms/${form}`}>{institutionName}</Link> : (institutionName ?? nameOf(code))) }, { key: 'on', title: '办理日期', sortBy: ({ doneOn }) => doneOn, show: ({ doneOn }) => doneOn },
    { key: 'note', title: '办理情况', show: ({ note, issues }) => <>{note || (issues.length ? '' : '—')}{issues.length ? <details><summary>{form ? '问题' : '清单'} {issues.length} 项，已整改 {issues.filter(({ correctedOn }) => correctedOn).length} 项</summary><Table caption="问题清单" rows={issues} columns={issueColumns(campaign, issues.some(({ institutionId }) => institutionId) ? unit : undefined)} rowKey={({ text, item }) => `${item ?? ''} ${text}`} /></details> : null}</> },
    { key: 'late', title: '时限', show: ({ late, dueOn, clauses, calendar }) => <>{late === null ? '—' : late ? <Chip tone="warn">逾期</Chip> : <Chip tone="good">按期</Chip>}{dueOn ? <DateNote because={`期限 ${dueOn} 24:00；${late ? '收到时已过' : '收到时未过'}`} clauses={clauses} calendar={calendar} /> : null}</> },
    { key: 'outcome', title: '结论', show: (record) => <Outcome of={record} decision={decision} /> }, { key: 'at', title: '登记时间', show: ({ receivedAt, onBehalf }) => `${moment(receivedAt)}${onBehalf ? '（代录）' : ''}` },
  ];
  return <Part title="已登记"><Shown of={records} what="办理登记">{({ items }) => (items.length ? <Table caption="办理登记" rows={items} columns={columns} rowKey={({ recordId }) => recordId} /> : <Empty>尚无登记。</Empty>)}</Shown></Part>;
}

/** A duty of a unit as the plan has it; a body does not read its unit's plan and goes by its own obligation. */
function useDuty(campaign: Campaign, unit: string | undefined, duty: string, institution: boolean): { known: UnitDuty | undefined; error: unknown } {
  const answer = useAnswer('getUnit', unit ? { params: { campaignId: campaign.campaignId, unit } } : {}, { enabled: unit !== undefined && !institution });
  const pack = stagesOf(usePack().data).flatMap(({ duties }) => duties).find(({ id }) => id === duty) as (UnitDuty & { sealed?: boolean }) | undefined;
  const planned = [...(answer.data?.stages ?? []), ...(answer.data?.milestones ?? [])].flatMap(({ duties }) => duties).find(({ id }) => id === duty);
  return { known: planned ?? (pack ? { ...pack, dueOn: null, firm: true, because: '', sealed: pack.sealed ?? false, form: pack.form ?? null, checklist: pack.checklist ?? null, decision: pack.decision ?? null, clauses: pack.clauses ?? [] } : undefined), error: answer.error };
}

function Work({ campaign, duty }: { campaign: Campaign; duty: string }) {
  const [search, setSearch] = useSearchParams();
  const { me, place } = useSession();
  const institution = me.role === 'institution';
  const body = institution ? (place?.institutionId ?? undefined) : (search.get('institution') ?? undefined);
  const own = campaign.units.find(({ code }) => code === (search.get('unit') ?? place?.code)) ?? (campaign.units.length === 1 ? campaign.units[0] : undefined);
  const { known } = useDuty(campaign, own?.code, duty, institution);
  const { lists } = askedFor(usePack().data, known ?? { form: null, checklist: null, decision: null });
  const mayRecord = campaign.state === 'approved' && ['institution', 'county', 'city', 'province'].includes(me.role);
  return (
    <>
      {!institution && campaign.units.length > 1 ? <label className="zj-field">单位<select className="zj-input" value={own?.code ?? ''} onChange={(event) => setSearch((before) => { const next = new URLSearchParams(before); next.set('unit', event.target.value); next.delete('institution'); return next; }, { replace: true })}><option value="">请选择</option>{campaign.units.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select></label> : null}
      {known?.dueOn ? <Facts of={[['期限', <span key="d">{untilEndOf(known.dueOn)}{known.firm ? '' : '（暂定）'}<DateNote because={known.because} clauses={known.clauses} calendar={campaign.calendar} firm={known.firm} /></span>]]} /> : known ? <p className="zj-hint">{known.because || '期限见任务清单'}<ClauseNote ids={known.clauses} /></p> : null}
      {mayRecord && known && own ? <RecordForm key={`${own.code} ${body ?? ''}`} campaign={campaign} unit={own.code} duty={known} body={body} institution={institution} /> : null}
      {mayRecord && known && own && lists && (known.subject !== 'institution' || institution) ? <ImportRecord campaign={campaign} unit={own.code} duty={known} institutionId={known.subject === 'institution' ? body : undefined} /> : null}
      <Records campaign={campaign} duty={duty} form={known?.form ?? null} decision={known?.decision ?? null} unit={institution ? undefined : own?.code} institutionId={body} />
    </>
  );
}

/** A duty without a page of its own: what was done, line by line where the pack asks for lines. */
export function DutyPage() {
  const { campaignId = '', duty = '' } = useParams();
  const campaign = useAnswer('getCampaign', { params: { campaignId } });
  return (
    <Shown of={campaign} what="专项行动">
      {(known) => <PackOnPage.Provider value={packOf(known)}><Titled campaign={known} duty={duty} /></PackOnPage.Provider>}
    </Shown>
  );
}

function Titled({ campaign, duty }: { campaign: Campaign; duty: string }) {
  const title = stagesOf(usePack().data).flatMap(({ duties }) => duties).find(({ id }) => id === duty)?.title ?? '办理登记';
  return <Page title={title} trail={<Trail campaign={campaign} />} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}><Work campaign={campaign} duty={duty} /></Page>;
}
