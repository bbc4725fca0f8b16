import { addDays, dayKind, due, monthWindow, type Calendar, type DayKind, type LocalDate } from '@zhijian/calendar';
import { Trouble } from '../problem.js';

/** The days of a month as people look them up: worked or off, by which notice. */
export function monthOf(month: string, calendar: Calendar): { month: string; calendar: string; days: (DayKind & { on: LocalDate })[] } {
  const { from, to } = monthWindow(month);
  const days = [];
  for (let on = from; on <= to; on = addDays(on, 1)) days.push({ on, ...dayKind(on, calendar) });
  return { month, calendar: calendar.version, days };
}

type Length = 'workingDays' | 'days' | 'months' | 'years';
export type DueQuestion = Partial<Record<Length, number>> & { from: LocalDate; roll: 'none' | 'forward' };

/** The last day of a period and the days that were counted. @throws Trouble 400 where the question cannot be answered */
export function dueOf(question: DueQuestion, calendar: Calendar) {
  try {
    const { on, firm, calendar: version, counted, because } = due(question, calendar);
    return { on, firm, calendar: version, counted, because };
  } catch (error) {
    if (error instanceof RangeError) throw new Trouble(400, 'bad-input', '请求内容有误，未作任何改动', { errors: [{ path: '/query', message: error.message }] });
    throw error;
  }
}
