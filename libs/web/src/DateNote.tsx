import { Popover } from 'antd';
import { Quotes } from './ClauseNote.js';

export interface DateReason {
  /** One sentence: how the day was reached; nothing where it hangs on an event that is told elsewhere. */
  because: string | null;
  clauses: readonly string[];
  calendar?: string | null;
  /** False while a holiday notice is missing: nothing legal happens on that day. */
  firm?: boolean;
  /** The days that were counted, where any were. */
  counted?: readonly string[];
}

/** Days in the order they were counted, numbered, the last one marked. */
export const CountedDays = ({ days }: { days: readonly string[] }) => (
  <ol className="zj-counted">{days.map((on, index) => <li key={on}>{index + 1 === days.length ? <strong>{on}</strong> : on}</li>)}</ol>
);

function Reason({ because, clauses, calendar, firm = true, counted = [] }: DateReason) {
  return (
    <div className="zj-clauses">
      <p>{because ?? '期限自事件发生之日的次日起算，算法见下列条款。'}</p>
      {counted.length ? <CountedDays days={counted} /> : null}
      {firm ? null : <p>当年放假安排尚未录入，此日为暂定；在确认以前不据此认定逾期。</p>}
      <Quotes ids={clauses} />
      {calendar ? <p className="zj-hint">节假日安排版本 {calendar}</p> : null}
    </div>
  );
}

/** The mark beside a due date: how it was reckoned, and the sentence it rests on. */
export function DateNote(reason: DateReason) {
  if (!reason.clauses.length && !reason.because) return null;
  return (
    <Popover trigger="click" title="怎么算的" content={<Reason {...reason} />}>
      <button type="button" className="zj-clause" aria-label={`怎么算的，依据 ${reason.clauses.join('、')}`}>怎么算的</button>
    </Popover>
  );
}
