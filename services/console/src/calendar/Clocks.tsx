import { addressOf, Chip, DateNote, Empty, PackOnPage, Partial, ProblemNote, request, Table, useSubmissionOf, type Column } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { placeOf, standingOf, type ClockDay } from './calendar.js';

function State(row: ClockDay) {
  const { kind, campaignId, subject, unit, duty, planned, open, overdue, done } = row;
  if (planned) return <span className="zj-soft">阶段未开始</span>;
  if (kind === 'notice') return <Link to={`/notices/${subject}`}>{standingOf(row)}</Link>;
  if (kind === 'objection') return <Link to={`/objections/${subject}`}>{overdue ? <Chip tone="bad">{standingOf(row)}</Chip> : standingOf(row)}</Link>;
  return <Link to={campaignId ? `/campaigns/${campaignId}/obligations?unit=${unit}&duty=${duty}` : '/rectifications'}>待办 {open}{overdue ? <> <Chip tone="bad">逾期 {overdue}</Chip></> : ''} 已完成 {done}</Link>;
}

const columns: Column<ClockDay>[] = [
  { key: 'due', title: '期限', sortBy: ({ dueOn }) => dueOn, show: ({ kind, dueOn, firm, because, clauses, calendar, pack }) => <PackOnPage.Provider value={pack}><span className="zj-nowrap">{dueOn} 24:00 {kind === 'notice' ? '止' : '前'}{firm ? '' : '（暂定）'}</span><DateNote because={because} clauses={clauses} calendar={calendar} firm={firm} /></PackOnPage.Provider> },
  { key: 'campaign', title: '行动、事项', sortBy: ({ campaign }) => campaign, show: ({ campaignId, campaign }) => campaignId ? <Link to={`/campaigns/${campaignId}`}>{campaign}</Link> : campaign },
  { key: 'unit', title: '单位、机构', sortBy: (row) => `${row.unit} ${row.institution ?? ''}`, show: ({ campaignId, unit, ...row }) => (unit === '*' || !campaignId ? placeOf(row) : <Link to={`/campaigns/${campaignId}/units/${unit}`}>{row.unitName}</Link>) },
  { key: 'title', title: '任务', show: ({ title }) => title },
  { key: 'state', title: '情况', show: (row) => <State {...row} /> },
];

/** What ends in these days, and the same for a calendar program. */
export function Clocks({ items, more, from, to }: { items: readonly ClockDay[]; more: boolean; from: string; to: string }) {
  const file = useSubmissionOf(async () => {
    const content = await (await request(addressOf('/api/v1/clocks.ics', {}, { from, to }), { method: 'GET' })).blob();
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(content), download: `期限 ${from.slice(0, 7)}.ics` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  if (!items.length) return <Empty>本月没有到期的期限：没有进行中的行动、待交的整改报告、公示和异议，或其期限不在本月。</Empty>;
  return (
    <>
      <p className="zj-actions"><button type="button" className="zj-button" disabled={file.pending} onClick={() => void file.send(undefined)}>导出到日历（ics）</button><span className="zj-soft">可导入手机或电脑的日历；期限变动后重新导入即更新。</span></p>
      {file.problem ? <ProblemNote error={file.problem} /> : null}
      {more ? <Partial>项目较多，只列出前 {items.length} 项。</Partial> : null}
      <Table caption="本月到期的期限" rows={items} columns={columns} rowKey={({ campaignId, unit, duty, dueOn }) => `${campaignId ?? ''} ${unit} ${duty} ${dueOn}`} />
    </>
  );
}
