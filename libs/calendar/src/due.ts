import type { Calendar } from './calendar.js';
import { explain } from './because.js';
import { addDays, addMonths, daysBetween, isLocalDate, type LocalDate } from './local-date.js';
import { dayKind, isWorkingDay } from './working-days.js';

/** Whether a last day that is a day off stays (`none`) or moves to the next working day (`forward`). */
export type Roll = 'none' | 'forward';

/** A suspension of the period; both ends are included. */
export interface Pause { from: LocalDate; to: LocalDate }

/** A statutory period: exactly one of the four lengths, a whole number from 0 up. */
export interface DueRule {
  /** The day of the event; not counted. */
  from: LocalDate;
  workingDays?: number;
  days?: number;
  months?: number;
  years?: number;
  /** `none` unless said otherwise. */
  roll?: Roll;
  /** May repeat and overlap; days before the period starts have no effect. */
  pauses?: readonly Pause[];
}

/** A date as printed in a document. */
export interface FixedRule { on: LocalDate; roll?: Roll }

export interface Due {
  /** The last day; the period ends at its 24:00 in Beijing (see `dueAt`). */
  on: LocalDate;
  /** False if a day that had to be looked up lies in a year without a notice. */
  firm: boolean;
  /** Version of the calendar it was computed with. */
  calendar: string;
  /**
   * The days that count: for working days the working days, for calendar days the days, paused
   * days left out of both. For months, years and printed dates the last day before rolling.
   * Days it rolled over are never counted.
   */
  counted: LocalDate[];
  /** One Chinese sentence: the rule, the reason and the notices used. */
  because: string;
}

export type Unit = 'workingDays' | 'days' | 'months' | 'years';
const UNITS: readonly Unit[] = ['workingDays', 'days', 'months', 'years'];
/** No statutory period is longer than a hundred years; a longer one is a slip of the pen. */
const LONGEST = { workingDays: 36_525, days: 36_525, months: 1200, years: 100 } as const;

function lengthOf(rule: DueRule): { unit: Unit; count: number } {
  const given = UNITS.filter((unit) => rule[unit] !== undefined);
  const unit = given[0];
  if (unit === undefined || given.length > 1) {
    throw new RangeError('期限须在工作日、自然日、月、年中选定且只选定一种');
  }
  const count = rule[unit] as number;
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`期限长度应为不小于0的整数，收到“${String(count)}”`);
  if (count > LONGEST[unit]) throw new RangeError(`期限长度${count}超出上限${LONGEST[unit]}`);
  return { unit, count };
}

function check(rule: DueRule): void {
  if (!isLocalDate(rule.from)) throw new RangeError(`起算日“${String(rule.from)}”不是有效日期`);
  for (const pause of rule.pauses ?? []) {
    if (!isLocalDate(pause.from) || !isLocalDate(pause.to) || pause.to < pause.from) {
      throw new RangeError(`中止期间“${pause.from}至${pause.to}”无效：起止日应存在且止日不早于起日`);
    }
  }
}

function checkRoll(roll: Roll | undefined): void {
  if (roll !== undefined && roll !== 'none' && roll !== 'forward') {
    throw new RangeError(`顺延规则应为 none 或 forward，收到“${String(roll)}”`);
  }
}

/** The pause that holds a day, or undefined. */
const pausedAt = (date: LocalDate, pauses: readonly Pause[]): Pause | undefined =>
  pauses.find((pause) => pause.from <= date && date <= pause.to);

/** Counts days after `from` that are not paused and fit, until there are enough. Also gives the days it looked at. */
function count(from: LocalDate, enough: number, pauses: readonly Pause[], fits: (date: LocalDate) => boolean) {
  const counted: LocalDate[] = [];
  const lookedAt: LocalDate[] = [];
  for (let date = from; counted.length < enough;) {
    date = addDays(date, 1);
    const pause = pausedAt(date, pauses);
    if (pause) { date = pause.to; continue; }
    lookedAt.push(date);
    if (fits(date)) counted.push(date);
  }
  return { counted, lookedAt, last: counted.at(-1) ?? from };
}

/** Rolls a last day; gives the days looked up for that, the last of them being the result. */
function rolled(last: LocalDate, roll: Roll | undefined, calendar: Calendar): LocalDate[] {
  if (roll !== 'forward') return [];
  const lookedAt = [last];
  for (let date = last; !isWorkingDay(date, calendar);) lookedAt.push((date = addDays(date, 1)));
  return lookedAt;
}

/** Days of a period in months or years: up to the same day of the target month, clamped to its end. */
function calendarLength(from: LocalDate, unit: Unit, length: number): number {
  if (unit === 'days') return length;
  return daysBetween(from, addMonths(from, unit === 'years' ? length * 12 : length));
}

/**
 * The last day of a statutory period.
 * The day of the event is not counted; make-up workdays are working days. Months and years end on
 * the same day of the target month, or on its last day where it has no such day. Each paused day
 * that falls into the period moves its end by that day. With `roll: 'forward'` a last day that is a
 * day off moves to the next working day; rolling looks at the calendar only, not at pauses.
 * Throws RangeError (Chinese) on a rule that cannot be read.
 */
export function due(rule: DueRule, calendar: Calendar): Due {
  check(rule);
  checkRoll(rule.roll);
  const { unit, count: length } = lengthOf(rule);
  const working = unit === 'workingDays';
  const enough = working ? length : calendarLength(rule.from, unit, length);
  const pauses = rule.pauses ?? [];
  const period = count(rule.from, enough, pauses, working ? (date) => isWorkingDay(date, calendar) : () => true);
  const rolling = rolled(period.last, rule.roll, calendar);
  const consulted = [...(working ? period.lookedAt : []), ...rolling];
  const on = rolling.at(-1) ?? period.last;
  return {
    on, ...verdict(consulted, calendar),
    counted: working || unit === 'days' ? period.counted : [period.last],
    because: explain({ from: rule.from, unit, length, pauses, last: period.last, on, roll: rule.roll ?? 'none', consulted }, calendar),
  };
}

/** A date printed in a document: it stays unless its rule says that it rolls. Throws RangeError on a malformed one. */
export function fixed(on: LocalDate, { roll }: { roll?: Roll }, calendar: Calendar): Due {
  if (!isLocalDate(on)) throw new RangeError(`文件载明的日期“${String(on)}”不是有效日期`);
  checkRoll(roll);
  const rolling = rolled(on, roll, calendar);
  const last = rolling.at(-1) ?? on;
  return {
    on: last, ...verdict(rolling, calendar), counted: [on],
    because: explain({ unit: 'fixed', last: on, on: last, roll: roll ?? 'none', consulted: rolling }, calendar),
  };
}

const verdict = (consulted: readonly LocalDate[], calendar: Calendar): { firm: boolean; calendar: string } =>
  ({ firm: consulted.every((date) => dayKind(date, calendar).firm), calendar: calendar.version });
