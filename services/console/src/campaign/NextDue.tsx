import { DateNote, fromToday, untilEndOf } from '@zhijian/web';
import { Link } from 'react-router-dom';
import type { Overview } from './campaign.js';

const shownFirst = 8;

function Line({ due, today, campaignId, calendar }: { due: Overview['next'][number]; today: string; campaignId: string; calendar: string | null }) {
  const { unit, unitName, duty, title, dueOn, firm, open, clauses, obligationId } = due;
  return (
    <li>
      <span><strong>{untilEndOf(dueOn)}</strong>{firm ? '' : '（暂定）'}　{fromToday(dueOn, today)}<DateNote because={null} clauses={clauses} calendar={calendar} firm={firm} of={{ campaignId, obligationId }} /></span>
      <span><Link to={`/campaigns/${campaignId}/obligations?unit=${unit}&duty=${duty}&state=open`}>{unitName}</Link>　{title}：还有 {open} 项未完成</span>
    </li>
  );
}

/** What will be late next, the nearest day first; the rest on request. */
export function NextDue({ overview: { next, today, campaign, calendar } }: { overview: Overview }) {
  if (!next.length) return <p>眼下没有将到期而未完成的任务。</p>;
  const list = (dues: Overview['next']) => <ul className="next-due">{dues.map((due) => <Line key={`${due.unit} ${due.duty} ${due.dueOn}`} due={due} today={today} campaignId={campaign.campaignId} calendar={calendar} />)}</ul>;
  return (
    <>
      {list(next.slice(0, shownFirst))}
      {next.length > shownFirst ? <details><summary>其余 {next.length - shownFirst} 项</summary>{list(next.slice(shownFirst))}</details> : null}
    </>
  );
}
