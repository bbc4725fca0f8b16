import { Popover } from 'antd';
import { Quotes } from './ClauseNote.js';
import { useAnswer } from './use-answer.js';

export interface DateReason {
  /** One sentence: how the day was reached; nothing where it hangs on an event that is told elsewhere. */
  because: string | null;
  clauses: readonly string[];
  calendar?: string | null;
  /** False while a holiday notice is missing: nothing legal happens on that day. */
  firm?: boolean;
  /** The days that were counted, where any were. */
  counted?: readonly string[];
  /** The obligation this day belongs to: asked for rule, event, counted days and sentences when the note is opened. */
  of?: { campaignId: string; obligationId: string };
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

/** The obligation's own explanation; until it has come, and where it cannot be had, what the page knows. */
function Asked({ of, ...known }: DateReason & { of: NonNullable<DateReason['of']> }) {
  const { data, isPending } = useAnswer('getObligationDue', { params: of });
  if (!data) return isPending && known.because === null ? <p role="status">正在读取……</p> : <Reason {...known} {...(known.because === null && { because: '暂时读不到这一期限的算法，所依的条款如下。' })} />;
  const { start, counted, because, clauses, firm, dueOn, calendar, rule, changes } = data;
  return (
    <div className="zj-clauses">
      <p>{because}</p>
      {start ? <p>起算：{start.title}{start.on ? `（${start.on}，当日不计）` : '（尚未发生）'}</p> : null}
      {counted.length ? <><p>计入的日子（{counted.length}）</p><CountedDays days={counted} /></> : null}
      {rule?.wording ? <p className="zj-hint">原文：“{rule.wording}”</p> : null}
      {changes.length ? <ul className="zj-plain">{changes.map(({ on, reason, clause }, at) => <li key={at}>变更{on ? `为 ${on}` : ''}：{reason}{clause ? `（${clause}）` : ''}</li>)}</ul> : null}
      {firm || !dueOn ? null : <p>当年放假安排尚未录入，此日为暂定；在确认以前不据此认定逾期。</p>}
      <dl className="zj-clauses">{clauses.map(({ id, quote }) => <div key={id}><dt>{id}</dt><dd>{quote}</dd></div>)}</dl>
      <p className="zj-hint">节假日安排版本 {calendar}</p>
    </div>
  );
}

/** The mark beside a due date: how it was reckoned, and the sentence it rests on. */
export function DateNote(reason: DateReason) {
  if (!reason.clauses.length && !reason.because) return null;
  return (
    <Popover trigger="click" title="怎么算的" content={reason.of ? <Asked {...reason} of={reason.of} /> : <Reason {...reason} />}>
      <button type="button" className="zj-clause" aria-label={`怎么算的，依据 ${reason.clauses.join('、')}`}>怎么算的</button>
    </Popover>
  );
}
