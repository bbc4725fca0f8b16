import { useState } from 'react';
import { markOf, placeOf, spoken, standingOf, weeksOf, type CalendarDay, type ClockDay } from './calendar.js';

const weekdays = ['一', '二', '三', '四', '五', '六', '日'];

function Details({ day, clocks }: { day: CalendarDay; clocks: readonly ClockDay[] }) {
  return (
    <section className="month-day" role="status">
      <h3>{day.on}　{day.working ? '上班' : '不上班'}</h3>
      <p>{day.notice ? `依据：${day.notice}` : day.firm ? '平常的工作日或周末，当年放假通知没有另作安排。' : '当年的放假通知尚未录入，按平常的周一至周五推算，为暂定。'}</p>
      {clocks.length ? <ul>{clocks.map((clock) => <li key={`${clock.campaignId ?? ''} ${clock.unit} ${clock.duty}`}>{placeOf(clock)}　{clock.title}{clock.planned ? '' : `　${clock.subject ? standingOf(clock) : `待办 ${clock.open}`}`}</li>)}</ul> : <p className="zj-soft">当日没有到期的期限。</p>}
    </section>
  );
}

/** A month as on the wall: Monday first, 休 and 班, how much ends on each day. */
export function Month({ days, calendar, clocks, today }: { days: readonly CalendarDay[]; calendar: string; clocks: readonly ClockDay[]; today: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const day = days.find(({ on }) => on === chosen);
  const endingOn = Map.groupBy(clocks, ({ dueOn }) => dueOn);
  const provisional = days.some(({ firm }) => !firm);
  return (
    <>
      {provisional ? <p className="zj-partial">当年的放假通知尚未录入，本月的休息日为暂定；据此算出的期限也是暂定，不据以认定逾期。</p> : null}
      <table className="month">
        <caption className="zj-hidden">工作日与休息日</caption>
        <thead><tr>{weekdays.map((name) => <th key={name} scope="col"><span className="zj-hidden">星期</span>{name}</th>)}</tr></thead>
        <tbody>{weeksOf(days).map((week, index) => (
          <tr key={index}>{week.map((it, place) => {
            if (!it) return <td key={place} />;
            const mark = markOf(it);
            const ending = endingOn.get(it.on) ?? [];
            return (
              <td key={it.on} className={it.working ? '' : 'month-off'}>
                <button type="button" aria-pressed={it.on === chosen} aria-current={it.on === today ? 'date' : undefined} aria-label={`${spoken(it)}${ending.length ? `，${ending.length} 项到期` : ''}`} title={it.notice ?? undefined} onClick={() => setChosen(it.on === chosen ? null : it.on)}>
                  <span>{Number(it.on.slice(8))}</span>{mark ? <b className={mark === '休' ? 'month-rest' : 'month-work'}>{mark}</b> : null}
                  {ending.length ? <em>{ending.length}<span className="month-words"> 项到期</span></em> : null}
                </button>
              </td>
            );
          })}</tr>
        ))}</tbody>
      </table>
      {day ? <Details day={day} clocks={endingOn.get(day.on) ?? []} /> : null}
      <p className="zj-hint">节假日安排版本 {calendar}</p>
    </>
  );
}
