import { ClauseNote, fromToday, untilEndOf } from '@zhijian/web';
import { Link } from 'react-router-dom';
import type { Overview } from './campaign.js';

/** What will be late next, the nearest day first. */
export function NextDue({ overview: { next, today, campaign } }: { overview: Overview }) {
  if (!next.length) return <p>眼下没有将到期而未完成的任务。</p>;
  return (
    <ul className="next-due">
      {next.map(({ unit, unitName, duty, title, dueOn, open, clauses }) => (
        <li key={`${unit} ${duty} ${dueOn}`}>
          <span><strong>{untilEndOf(dueOn)}</strong>　{fromToday(dueOn, today)}<ClauseNote ids={clauses} /></span>
          <span><Link to={`/campaigns/${campaign.campaignId}/obligations?unit=${unit}&duty=${duty}&state=open`}>{unitName}</Link>　{title}：还有 {open} 项未完成</span>
        </li>
      ))}
    </ul>
  );
}
