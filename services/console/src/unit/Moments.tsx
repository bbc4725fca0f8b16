import { Chip, DateNote, moment, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';

type Moment = Answer<'listMoments'>['items'][number];
const kindWords: Record<string, string> = { 'freeze-roster': '冻结名单', 'open-stage': '阶段开始', remind: '提醒', sweep: '期限届满', 'close-stage': '阶段结束' };

const columns: Column<Moment>[] = [
  { key: 'at', title: '时刻', sortBy: ({ dueAt }) => dueAt, show: ({ dueAt, firm, because, counted, clauses, calendar }) => <><span className="zj-nowrap">{moment(dueAt)}{firm ? '' : '（暂定）'}</span><DateNote because={because} counted={counted} clauses={clauses} calendar={calendar} firm={firm} /></> },
  { key: 'what', title: '事项', show: ({ kind, title }) => `${kindWords[kind] ?? kind}：${title}` },
  { key: 'state', title: '状态', show: ({ doneAt }) => (doneAt ? <Chip tone="good">{moment(doneAt)} 已办</Chip> : '未到') },
];

/** What happens in a district and when; behind each instant, why then. */
export function Moments({ campaignId, unit }: { campaignId: string; unit: string }) {
  const list = useAnswer('listMoments', { params: { campaignId, unit } });
  return <Shown of={list} what="时间安排">{({ items }) => <Table caption="时间安排" rows={items} columns={columns} rowKey={({ momentId }) => momentId} />}</Shown>;
}
