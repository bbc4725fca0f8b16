import type { Calendar } from './calendar.js';
import { dateAt, indexOf, kindAt, positionOf, workedAtPosition, type DayKindName } from './day-index.js';
import { yearOf, type LocalDate } from './local-date.js';
import { nameOfNotice, type HolidayNotice } from './notice.js';

export interface DayKind {
  working: boolean;
  /** False in a year whose notice is not loaded: the day is then a guess from weekends and fixed holidays. */
  firm: boolean;
  kind: DayKindName;
  /** 文号 of the notice that governs the day (an amendment's where it speaks of the day), else its title; `null` without a notice. */
  notice: string | null;
}

function noticeOf(date: LocalDate, calendar: Calendar, listed: HolidayNotice | undefined): string | null {
  const notice = listed ?? calendar.years[yearOf(date)];
  if (!notice) return null;
  const amendment = notice.amendments?.findLast((one) => one.days.includes(date));
  return amendment ? (amendment.number ?? amendment.title ?? nameOfNotice(notice)) : nameOfNotice(notice);
}

/** What a day is, whether that is certain, and by which notice. */
export function dayKind(date: LocalDate, calendar: Calendar): DayKind {
  const index = indexOf(calendar);
  const position = positionOf(date);
  return {
    working: workedAtPosition(index, position),
    firm: calendar.years[yearOf(date)] !== undefined,
    kind: kindAt(index, position),
    notice: noticeOf(date, calendar, index.listed.get(date)),
  };
}

/** Is the day worked? Weekdays that are no holiday, and make-up days on weekends. */
export const isWorkingDay = (date: LocalDate, calendar: Calendar): boolean =>
  workedAtPosition(indexOf(calendar), positionOf(date));

/**
 * The day that lies so many working days after `from` (before it, if negative); `from` itself is
 * not counted, 0 gives `from`. Two look-ups in the index. Says nothing about firmness: `due` does.
 * Throws RangeError if it leaves the years 1950–2149.
 */
export function addWorkingDays(from: LocalDate, days: number, calendar: Calendar): LocalDate {
  if (days === 0) return from;
  const { counted, workedAt } = indexOf(calendar);
  return dateAt(workedAt[(counted[(positionOf(from) << 1) | (days >>> 31)] as number) + days] ?? -1);
}

/** How many working days lie in `from`..`to`, both ends included; 0 if `to` is earlier. */
export function workingDaysBetween(from: LocalDate, to: LocalDate, calendar: Calendar): number {
  if (to < from) return 0;
  const index = indexOf(calendar);
  const first = positionOf(from);
  const upTo = (position: number): number => index.workedUpTo[position] ?? 0;
  return upTo(positionOf(to)) - upTo(first) + (workedAtPosition(index, first) ? 1 : 0);
}
