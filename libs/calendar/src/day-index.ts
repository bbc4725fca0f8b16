import type { Calendar } from './calendar.js';
import { dateOfOrdinal, ordinalOf, weekdayOfOrdinal, yearOf, type LocalDate } from './local-date.js';
import type { HolidayNotice } from './notice.js';

/** The years the index covers; a period that leaves them is refused. */
const FIRST = '1950-01-01' as LocalDate;
const LAST = '2149-12-31' as LocalDate;
const BASE = ordinalOf(FIRST);
const LENGTH = ordinalOf(LAST) - BASE + 1;
const FIRST_YEAR = yearOf(FIRST);

export type DayKindName = 'weekday' | 'weekend' | 'holiday' | 'make-up';
const KINDS: readonly DayKindName[] = ['weekday', 'weekend', 'holiday', 'make-up'];

/**
 * A calendar counted out once. Positions are days since 1950-01-01. `workedUpTo[p]` is the number
 * of working days up to and including position p; `workedAt[n]` is the position of working day n. `counted[2p]` is the
 * working day that counting forward from p starts behind, `counted[2p + 1]` the one that counting backward does. So adding
 * working days is two look-ups, however long the period and in whichever direction.
 */
export interface DayIndex {
  kinds: Uint8Array;
  workedUpTo: Int32Array;
  counted: Int32Array;
  workedAt: Int32Array;
  /** The notice that lists a day by name; the year's notice governs the others. */
  listed: Map<LocalDate, HolidayNotice>;
}

/** Position of the first day of each month, so that a day's position needs no calendar arithmetic. */
const MONTH_STARTS = Int32Array.from({ length: (LENGTH / 365.25 | 0) * 12 + 12 }, (_, month) =>
  ordinalOf(`${FIRST_YEAR + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01` as LocalDate) - BASE);

/** Texts of days already handed out; shared by all calendars. */
const texts: LocalDate[] = new Array<LocalDate>(LENGTH);

const outside = (what: string): RangeError =>
  new RangeError(`日期超出可计算范围（${FIRST}至${LAST}）：${what}`);

/** Position of a day. Throws RangeError outside of the years covered. */
export function positionOf(date: LocalDate): number {
  const year = date.charCodeAt(0) * 1000 + date.charCodeAt(1) * 100 + date.charCodeAt(2) * 10 + date.charCodeAt(3) - 53_328;
  const month = date.charCodeAt(5) * 10 + date.charCodeAt(6) - 528;
  const day = date.charCodeAt(8) * 10 + date.charCodeAt(9) - 528;
  const start = MONTH_STARTS[(year - FIRST_YEAR) * 12 + month - 1];
  if (start === undefined) throw outside(date);
  return start + day - 1;
}

/** The day at a position. Throws RangeError outside of the years covered. */
export function dateAt(position: number): LocalDate {
  const known = texts[position];
  if (known !== undefined) return known;
  if (!(position >= 0 && position < LENGTH)) throw outside(`第${position}日`);
  return (texts[position] = dateOfOrdinal(position + BASE));
}

/** Days off that the law fixes by date and that hold without a notice; the lunar ones do not (house rule: provisional). */
export function fixedByLaw(date: LocalDate): boolean {
  const day = date.slice(5);
  return day === '01-01' || day === '05-01' || (day >= '10-01' && day <= '10-03')
    || (day === '05-02' && date >= '2025-01-01'); // added by the amendment in force since 2025
}

function build(calendar: Calendar): DayIndex {
  const kinds = new Uint8Array(LENGTH);
  for (let position = 0; position < LENGTH; position += 1) {
    kinds[position] = weekdayOfOrdinal(position + BASE) > 5 ? 1 : 0;
  }
  for (let year = FIRST_YEAR; year <= yearOf(LAST); year += 1) {
    if (calendar.years[year]) continue;
    for (const day of ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']) {
      const date = `${year}-${day}` as LocalDate;
      if (fixedByLaw(date)) kinds[positionOf(date)] = 2;
    }
  }
  const listed = new Map<LocalDate, HolidayNotice>();
  for (const notice of Object.values(calendar.years)) { // ascending years: the later notice decides on late December
    for (const date of notice.off) { kinds[positionOf(date)] = 2; listed.set(date, notice); }
    for (const date of notice.workdays) { kinds[positionOf(date)] = 3; listed.set(date, notice); }
  }
  const workedUpTo = new Int32Array(LENGTH);
  const counted = new Int32Array(2 * LENGTH);
  const workedAt = new Int32Array(LENGTH);
  let worked = 0;
  for (let position = 0; position < LENGTH; position += 1) {
    counted[2 * position + 1] = worked;
    if (kinds[position] === 0 || kinds[position] === 3) workedAt[worked++] = position;
    workedUpTo[position] = worked;
    counted[2 * position] = worked - 1;
  }
  return { kinds, workedUpTo, counted, workedAt: workedAt.subarray(0, worked), listed };
}

const indexes = new WeakMap<Calendar, DayIndex>();
let lastCalendar: Calendar | undefined;
let lastIndex: DayIndex | undefined;

/** The index of a calendar, built on first use (a few milliseconds) and kept as long as the calendar lives. */
export function indexOf(calendar: Calendar): DayIndex {
  if (calendar === lastCalendar && lastIndex) return lastIndex;
  let index = indexes.get(calendar);
  if (!index) indexes.set(calendar, (index = build(calendar)));
  lastCalendar = calendar;
  return (lastIndex = index);
}

export const kindAt = (index: DayIndex, position: number): DayKindName => KINDS[index.kinds[position] ?? 0] ?? 'weekday';
export const workedAtPosition = (index: DayIndex, position: number): boolean =>
  index.kinds[position] === 0 || index.kinds[position] === 3;
