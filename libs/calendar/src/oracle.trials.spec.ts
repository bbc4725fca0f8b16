import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { addWorkingDays, builtInCalendar, due, workingDaysBetween, type LocalDate } from './index.js';

/**
 * The oracle shares nothing with the code under test: it walks day by day with Date.UTC and asks
 * another data set (lunar-javascript) what each day is; 2027 has weekends and the fixed days.
 */
const { HolidayUtil } = createRequire(import.meta.url)('lunar-javascript') as {
  HolidayUtil: { getHoliday(day: string): { isWork(): boolean } | null };
};
const FIXED_2027 = ['2027-01-01', '2027-05-01', '2027-05-02', '2027-10-01', '2027-10-02', '2027-10-03'];
const worked = new Map<string, boolean>();
for (let time = Date.UTC(2013, 11, 1); time < Date.UTC(2028, 6, 1); time += 86_400_000) {
  const date = new Date(time).toISOString().slice(0, 10);
  const weekend = [0, 6].includes(new Date(time).getUTCDay());
  const entry = date < '2027-01-01' && date >= '2014-01-01' ? HolidayUtil.getHoliday(date) : null;
  const fixed = FIXED_2027.map((day) => day.slice(4)).includes(date.slice(4)) && !(date >= '2014-01-01' && date < '2027-01-01');
  worked.set(date, entry ? entry.isWork() : !weekend && !fixed);
}
const next = (date: string, by = 1): string => new Date(Date.parse(`${date}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

interface Question { from: string; length: number; pauses: { from: string; to: string }[]; roll: 'none' | 'forward' }

function walk({ from, length, pauses, roll }: Question, counts: (date: string) => boolean, looks: boolean) {
  const counted: string[] = [];
  let date = from;
  let firm = true;
  const look = (): void => { firm &&= date >= '2014-01-01' && date < '2027-01-01'; };
  while (counted.length < length) {
    date = next(date);
    if (pauses.some((pause) => date >= pause.from && date <= pause.to)) continue;
    if (looks) look();
    if (counts(date)) counted.push(date);
  }
  date = counted.at(-1) ?? from;
  if (roll === 'forward') {
    look();
    while (!worked.get(date)) { date = next(date); look(); }
  }
  return { on: date, counted, firm };
}

const day = fc.integer({ min: 0, max: 14 * 365 - 200 }).map((offset) => next('2014-01-01', offset));
const question = day.chain((from) => fc.record({
  from: fc.constant(from),
  length: fc.integer({ min: 0, max: 60 }),
  roll: fc.constantFrom('none' as const, 'forward' as const),
  pauses: fc.array(
    fc.tuple(fc.integer({ min: -10, max: 70 }), fc.integer({ min: 0, max: 20 }))
      .map(([start, days]) => ({ from: next(from, start), to: next(from, start + days) })),
    { maxLength: 3 },
  ),
}));
const rule = ({ from, roll, pauses }: Question) =>
  ({ from: from as LocalDate, roll, pauses: pauses as { from: LocalDate; to: LocalDate }[] });

describe('periods against a day-by-day oracle, 2014 to 2027', () => {
  it('end, in working days with pauses and roll, on the day the oracle finds (12,000 cases)', () => {
    fc.assert(fc.property(question, (asked) => {
      const { on, counted, firm } = due({ ...rule(asked), workingDays: asked.length }, builtInCalendar);
      expect({ on, counted, firm }).toEqual(walk(asked, (date) => worked.get(date) === true, true));
    }), { numRuns: 12_000 });
  });

  it('end, in calendar days with pauses and roll, on the day the oracle finds (5,000 cases)', () => {
    fc.assert(fc.property(question, (asked) => {
      const { on, counted, firm } = due({ ...rule(asked), days: asked.length }, builtInCalendar);
      expect({ on, counted, firm }).toEqual(walk(asked, () => true, false));
    }), { numRuns: 5_000 });
  });

  it('agree with the fast path, forwards and backwards (10,000 cases)', () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 60 }), (from, length) => {
      const on = addWorkingDays(from as LocalDate, length, builtInCalendar);
      expect(on).toBe(walk({ from, length, pauses: [], roll: 'none' }, (date) => worked.get(date) === true, true).on);
      let back: string = next(on);
      for (let left = length; left > 0;) { back = next(back, -1); if (worked.get(back)) left -= 1; }
      expect(addWorkingDays(next(on) as LocalDate, -length, builtInCalendar)).toBe(back);
    }), { numRuns: 10_000 });
  });

  it('hold as many working days as a count by hand (5,000 cases)', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 150 }), (from, span) => {
      let count = 0;
      for (let offset = 0; offset <= span; offset += 1) if (worked.get(next(from, offset))) count += 1;
      expect(workingDaysBetween(from as LocalDate, next(from, span) as LocalDate, builtInCalendar)).toBe(count);
    }), { numRuns: 5_000 });
  });
});
