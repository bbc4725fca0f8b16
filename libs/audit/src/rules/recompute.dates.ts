import { addDays, calendarOf, due, fixed, localDate, type Calendar, type HolidayNotice } from '@zhijian/calendar';
import { determined, undetermined, type Recomputed } from './recomputed.js';
import type { DateText, Day, OwnDateText, PeriodText } from './texts.js';

/** So many calendars are held: each is counted out over two hundred years when it is first asked. */
const most = 8;
const calendars = new Map<readonly Day[], Calendar>();

/** As much of a calendar as was looked at; the days of one text make one calendar, for as many certificates as rest on it. */
export function calendarOfDays(days: readonly Day[]): Calendar {
  const calendar = calendars.get(days) ?? counted(days);
  calendars.delete(days);
  calendars.set(days, calendar);
  if (calendars.size > most) calendars.delete(calendars.keys().next().value!);
  return calendar;
}

function counted(days: readonly Day[]): Calendar {
  const years = Map.groupBy(days.filter(({ firm }) => firm), ({ on }) => Number(on.slice(0, 4)));
  return calendarOf([...years].map(([year, its]): HolidayNotice => ({
    year, number: null, off: its.filter(({ working }) => !working).map(({ on }) => localDate(on)), workdays: its.filter(({ working }) => working).map(({ on }) => localDate(on)),
  })));
}

const within = ({ opensOn, closesOn, mayBringForward, notBefore }: OwnDateText, own: string, limitOn: string): boolean =>
  mayBringForward && own >= opensOn && own <= closesOn && own <= limitOn && (notBefore === null || own >= notBefore);

/** The due day of a duty by its text, or the earlier one its unit has set itself. */
export function dateOf(text: DateText, { own }: { own: string | null }): Recomputed {
  if (text.printed === null) return undetermined;
  const printed = text.inclusive ? localDate(text.printed) : addDays(localDate(text.printed), -1);
  const { on, firm } = fixed(printed, { roll: text.roll }, calendarOfDays(text.days));
  return determined({ dueOn: own !== null && within(text, own, on) ? own : on, limitOn: on, firm });
}

/** The last day of a period; no event, no day. A period without limit has none. */
export function periodEnd({ after, inclusive, roll, days }: PeriodText, { eventOn }: { eventOn: string | null }): Recomputed {
  if (eventOn === null) return undetermined;
  if (after === null) return determined({ dueOn: null, firm: true, counted: [] });
  const { immediately, ...span } = after;
  const calendar = calendarOfDays(days);
  const from = localDate(eventOn);
  const end = immediately ? fixed(from, { roll: 'none' }, calendar) : due({ from, ...span, roll }, calendar);
  const on = inclusive ? end.on : addDays(end.on, -1);
  return determined({ dueOn: on, firm: end.firm, counted: inclusive ? end.counted : end.counted.filter((day) => day < on) });
}

interface Standing { readonly dueOn: string | null; readonly limitOn: string | null; readonly firm: boolean }

/** An amendment sets the day: that of a stage leaves an own earlier day as it is while it lies within. */
export function amendedDate({ before, on, scope }: { before: Standing; on: string; scope: 'stage' | 'duty' }): Recomputed {
  const own = scope === 'stage' && before.dueOn !== null && before.limitOn !== null && before.dueOn < before.limitOn && before.dueOn <= on;
  return determined(own ? { dueOn: before.dueOn, limitOn: on, firm: before.firm } : { dueOn: on, limitOn: on, firm: true });
}

/** A unit sets its own day within what its city allows. */
export function ownDate(text: OwnDateText, { own, limitOn, firm }: { own: string; limitOn: string; firm: boolean }): Recomputed {
  return within(text, own, limitOn) ? determined({ dueOn: own, limitOn, firm }) : undetermined;
}
