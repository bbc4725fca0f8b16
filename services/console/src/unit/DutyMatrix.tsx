import { DateNote, DutyChip, groupedCode, InventedLabel, selfCheckWords, Table, untilEndOf, usePack, type Column } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { scopeWords } from '../campaign/campaign.js';
import { isRecorded } from '../duty/duty.js';
import { institutionDuties, obligationOf, undatedDuties, type Institution, type Unit } from './unit.js';

const nameColumn = (campaignId: string): Column<Institution> => ({
  key: 'name', title: '机构', sortBy: ({ name }) => name,
  show: ({ institutionId, name, creditCode, invented }) => (
    <span><Link to={`/campaigns/${campaignId}/institutions/${institutionId}/self-check`}>{name}</Link>{invented ? <InventedLabel /> : null}<br /><code className="zj-soft">{groupedCode(creditCode)}</code></span>
  ),
});

const dutyColumns = (unit: Unit): Column<Institution>[] => institutionDuties(unit).map(({ id, title }) => ({
  key: id, title,
  sortBy: (institution) => obligationOf(institution, id)?.state ?? '',
  show: (institution) => {
    const obligation = obligationOf(institution, id);
    return obligation ? <DutyChip state={obligation.state} /> : <span className="zj-soft">未开始</span>;
  },
}));

const restColumns = (unit: Unit, maySee: boolean): Column<Institution>[] => [
  { key: 'self', title: '报告状态', sortBy: ({ selfCheckState }) => selfCheckState ?? '', show: ({ selfCheckState }) => (selfCheckState ? (selfCheckWords[selfCheckState] ?? selfCheckState) : '—') },
  { key: 'visits', title: '检查', number: true, sortBy: ({ visits }) => visits, show: ({ visits }) => visits },
  { key: 'findings', title: '不合格', number: true, sortBy: ({ findings }) => findings, show: ({ findings }) => findings },
  { key: 'cases', title: '立案', number: true, sortBy: ({ cases }) => cases, show: ({ cases }) => cases },
  ...(maySee ? [{ key: 'go', title: '办理', show: ({ institutionId }: Institution) => <Link to={`/campaigns/${unit.campaign.campaignId}/units/${unit.code}/visits/new?institution=${institutionId}`}>开始检查</Link> }] : []),
];

/** Bodies × duties, each cell a word with a shape. */
export function DutyMatrix({ unit, mayVisit }: { unit: Unit; mayVisit: boolean }) {
  const taking = unit.institutions.filter(({ state }) => state === 'in');
  const undated = new Set(undatedDuties(unit).map(({ id }) => id));
  const columns = [nameColumn(unit.campaign.campaignId), ...dutyColumns(unit), ...restColumns(unit, mayVisit)];
  return (
    <>
      <ul className="duty-dates">
        {institutionDuties(unit).map(({ id, kind, title, dueOn, firm, because, clauses }) => <li key={id}>{isRecorded(kind) ? <Link to={`/campaigns/${unit.campaign.campaignId}/duties/${id}?unit=${unit.code}`}>{title}</Link> : title}：{undated.has(id) ? '无期限' : untilEndOf(dueOn)}<DateNote because={because} clauses={clauses} calendar={unit.calendar} firm={firm || !dueOn} /></li>)}
      </ul>
      <div className="zj-scroll"><Table caption="机构与任务" rows={taking} columns={columns} rowKey={({ institutionId }) => institutionId} /></div>
    </>
  );
}

/** Filed bodies that do not operate, or of whom nobody knows yet: outside the campaign, but never out of sight. */
export function OutsideBodies({ unit }: { unit: Unit }) {
  const words = scopeWords(usePack().data);
  const outside = unit.institutions.filter(({ state }) => state !== 'in');
  const columns: Column<Institution>[] = [
    { key: 'name', title: '机构', show: ({ name, invented }) => <span>{name}{invented ? <InventedLabel /> : null}</span> },
    { key: 'state', title: '情况', sortBy: ({ state }) => state, show: ({ state }) => (state === 'idle' ? `${words.held}，未实际开展` : '待核实是否开展') },
    { key: 'reason', title: '依据或说明', show: ({ reason }) => reason ?? '—' },
    { key: 'address', title: '地址', show: ({ address }) => address },
  ];
  if (!outside.length) return <p>本辖区{words.held}的机构均实际开展服务，全部纳入。</p>;
  return <Table caption={`未纳入的${words.held}机构`} rows={outside} columns={columns} rowKey={({ institutionId }) => institutionId} />;
}
