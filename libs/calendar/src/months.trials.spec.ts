import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMonths, addYears, builtInCalendar, due, isWorkingDay, localDate, type LocalDate } from './index.js';

/**
 * The oracle knows no lengths of months and no leap years: it walks day by day over what Date.UTC says of each day and counts
 * each first of a month that it meets. The day of the target month with the same number is the end; where the month is over
 * before, its last day.
 */
const millisecondsOfDay = 86_400_000;
const zero = Date.UTC(1940, 0, 1) / millisecondsOfDay;
const days = Array.from({ length: Date.UTC(2120, 0, 1) / millisecondsOfDay - zero }, (_, index) => new Date((zero + index) * millisecondsOfDay).toISOString().slice(0, 10) as LocalDate);
const dayOfMonth = days.map((date) => Number(date.slice(8)));
const indexOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / millisecondsOfDay - zero;

/** The first of the month beside, from any day. */
function beside(index: number, step: 1 | -1): number {
  let at = index;
  const toFirst = (): void => { while (dayOfMonth[at] !== 1) at += step; };
  if (step === -1) toFirst();
  at += step;
  toFirst();
  return at;
}

function walked(from: LocalDate, months: number): LocalDate {
  const start = indexOf(from);
  let at = start;
  for (let left = Math.abs(months); left > 0; left -= 1) at = beside(at, months < 0 ? -1 : 1);
  while (months !== 0 && dayOfMonth[at]! < dayOfMonth[start]! && dayOfMonth[at + 1] !== 1) at += 1;
  return days[at]!;
}

const day = fc.integer({ min: indexOf('1951-01-01'), max: indexOf('2099-12-31') }).map((index) => days[index]!);
/** Ends of months and leap days, where clamping happens, as often as any other day. */
const edge = fc.tuple(fc.integer({ min: 1951, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 })).map(([year, month, before]) => days[Date.UTC(year, month, 1) / millisecondsOfDay - zero - before]!);
const leapDay = fc.integer({ min: 488, max: 524 }).map((fours) => days[Date.UTC(fours * 4, 1, 29) / millisecondsOfDay - zero]!);
const from = fc.oneof(day, edge, leapDay);

describe('months and years against a day-by-day oracle', () => {
  it('so many months later, or earlier, is the same day of that month or its last (3,000 cases)', () => {
    fc.assert(fc.property(from, fc.integer({ min: -40, max: 60 }), (start, months) => expect(addMonths(start, months)).toBe(walked(start, months))), { numRuns: 3000 });
  });

  it('a year is twelve months: 29 February ends on 28 February where there is no other (1,000 cases)', () => {
    fc.assert(fc.property(from, fc.integer({ min: -4, max: 8 }), (start, years) => expect(addYears(start, years)).toBe(walked(start, years * 12))), { numRuns: 1000 });
  });

  it('a period of months or years ends on that day, the day of the event not counted, and rolls to the first working day (500 cases)', () => {
    fc.assert(fc.property(fc.oneof(edge, day).filter((start) => start >= '2012-01-01' && start <= '2032-12-31'), fc.integer({ min: 0, max: 30 }), fc.boolean(), fc.constantFrom('none' as const, 'forward' as const), (start, length, inYears, roll) => {
      const span = inYears ? { years: length % 4 } : { months: length };
      const last = walked(start, inYears ? (length % 4) * 12 : length);
      let end = last;
      while (roll === 'forward' && !isWorkingDay(end, builtInCalendar)) end = days[indexOf(end) + 1]!;
      const { on, counted } = due({ from: start, ...span, roll }, builtInCalendar);
      expect({ on, counted }).toEqual({ on: end, counted: [last] });
    }), { numRuns: 500 });
  });

  it('each paused day inside a period of months moves its end by that day, none outside it does (300 cases)', () => {
    fc.assert(fc.property(from, fc.integer({ min: 1, max: 14 }), fc.integer({ min: -20, max: 500 }), fc.integer({ min: 0, max: 40 }), (start, months, after, length) => {
      const begins = indexOf(start);
      const [first, final] = [begins + after, begins + after + length];
      let left = indexOf(walked(start, months)) - begins;
      let at = begins;
      while (left > 0) {
        at += 1;
        if (at < first || at > final) left -= 1;
      }
      expect(due({ from: start, months, pauses: [{ from: days[first]!, to: days[final]! }] }, builtInCalendar).on).toBe(days[at]);
    }), { numRuns: 300 });
  });
});

describe('what follows from it', () => {
  it('later days never end earlier, however they are clamped (3,000 cases)', () => {
    fc.assert(fc.property(from, fc.integer({ min: 0, max: 40 }), (start, months) => {
      expect(addMonths(days[indexOf(start) + 1]!, months) >= addMonths(start, months)).toBe(true);
    }), { numRuns: 3000 });
  });

  it('a period without a working day looked up is firm in any year; rolled into a year without a notice it is not', () => {
    expect(due({ from: localDate('2030-01-31'), months: 1 }, builtInCalendar)).toMatchObject({ on: '2030-02-28', firm: true });
    expect(due({ from: localDate('2030-01-31'), months: 1, roll: 'forward' }, builtInCalendar)).toMatchObject({ on: '2030-02-28', firm: false });
  });
});
