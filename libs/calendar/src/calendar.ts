import type { HolidayNotice } from './notice.js';

/** The notices in force, one a year, and the id that a due date stores with itself. Never changed in place. */
export interface Calendar {
  /**
   * Content-derived, such as `CN-2014..2026#1a2b3c4d`: the years that have a notice and a hash of
   * what decides (years, numbers, days, amendments). Equal contents give equal versions, whatever
   * the order in which the notices were loaded.
   */
  readonly version: string;
  readonly years: Readonly<Record<string, HolidayNotice>>;
}

/** 32-bit FNV-1a over UTF-16 units: tells versions apart, protects against nothing. */
function fnv1a(content: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < content.length; index += 1) {
    hash = Math.imul(hash ^ content.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** 2014, 2015, 2016, 2018 -> `2014..2016,2018`. */
function spans(years: number[]): string {
  const groups: number[][] = [];
  for (const year of years) {
    const last = groups.at(-1);
    if (last && last.at(-1) === year - 1) last.push(year);
    else groups.push([year]);
  }
  return groups.map((group) => (group.length > 1 ? `${group[0]}..${group.at(-1)}` : String(group[0]))).join(',');
}

/** Gives the calendar of these notices; a later one of the same year replaces an earlier one. */
export function calendarOf(notices: Iterable<HolidayNotice>): Calendar {
  const byYear = new Map<number, HolidayNotice>();
  for (const notice of notices) byYear.set(notice.year, notice);
  const inForce = [...byYear.values()].sort((left, right) => left.year - right.year);
  const deciding = inForce.map(({ year, number, off, workdays, amendments = [] }) =>
    [year, number, off, workdays, amendments.map((one) => [one.number, one.days])]);
  return Object.freeze({
    version: `CN-${spans(inForce.map((notice) => notice.year))}#${fnv1a(JSON.stringify(deciding))}`,
    years: Object.freeze(Object.fromEntries(inForce.map((notice) => [String(notice.year), notice]))),
  });
}

/** A new calendar in which this notice stands for its year; a correction replaces the year as a whole. */
export const withNotice = (calendar: Calendar, notice: HolidayNotice): Calendar =>
  calendarOf([...Object.values(calendar.years), notice]);
