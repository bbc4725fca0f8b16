import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays, addMonths, addYears, compareDates, dayOf, daysBetween, dueAt, endOfMonth, isLocalDate, localDate, monthWindow,
  startOfDay, startOfMonth, weekday,
} from './index.js';

const day = localDate;

describe('a civil day', () => {
  it.each([
    ['2023-02-29', '不存在'], ['2024-04-31', '不存在'], ['2024-13-01', '不存在'], ['2024-00-10', '不存在'], ['2024-01-00', '不存在'],
    ['1900-02-29', '不存在'], ['0000-01-01', '不存在'], ['2024-1-1', '格式'], ['20240101', '格式'], ['2024-01-01T00:00:00Z', '格式'],
    [' 2024-01-01', '格式'], ['2024-01-01\n', '格式'], ['', '格式'],
  ])('refuses %j: %s', (text, reason) => {
    expect(() => localDate(text)).toThrow(RangeError);
    expect(() => localDate(text)).toThrow(reason);
    expect(isLocalDate(text)).toBe(false);
  });

  it('is not made from another type of value', () => {
    for (const value of [null, undefined, 20240101, new Date(0), ['2024-01-01']]) expect(isLocalDate(value)).toBe(false);
  });

  it('exists on the leap day of 2024 and of 2000', () => {
    expect([localDate('2024-02-29'), localDate('2000-02-29')]).toEqual(['2024-02-29', '2000-02-29']);
  });

  it('follows Date.UTC over four centuries: adding days, weekday and distance (10,000 cases)', () => {
    fc.assert(fc.property(fc.integer({ min: -80_000, max: 80_000 }), fc.integer({ min: -40_000, max: 40_000 }), (start, days) => {
      const from = day(new Date(start * 86_400_000).toISOString().slice(0, 10));
      const to = addDays(from, days);
      expect(to).toBe(new Date((start + days) * 86_400_000).toISOString().slice(0, 10));
      expect(daysBetween(from, to)).toBe(days);
      expect(weekday(to) % 7).toBe(new Date((start + days) * 86_400_000).getUTCDay());
      expect(Math.sign(compareDates(to, from))).toBe(Math.sign(days));
    }), { numRuns: 10_000 });
  });

  it.each([
    ['2024-01-31', 1, '2024-02-29'], ['2023-01-31', 1, '2023-02-28'], ['2024-03-31', -1, '2024-02-29'],
    ['2024-08-31', 6, '2025-02-28'], ['2023-12-31', 2, '2024-02-29'], ['2024-11-30', 3, '2025-02-28'], ['2024-01-15', -13, '2022-12-15'],
    ['2024-05-31', 12, '2025-05-31'], ['2024-05-31', 0, '2024-05-31'],
  ])('%s and %i months give %s, clamped to the end of the month', (from, months, to) => {
    expect(addMonths(day(from), months)).toBe(to);
  });

  it('clamps the leap day when years are added', () => {
    expect([1, 4, -1, 76].map((years) => addYears(day('2024-02-29'), years)))
      .toEqual(['2025-02-28', '2028-02-29', '2023-02-28', '2100-02-28']);
  });

  it('knows the first and the last day of its month', () => {
    expect([startOfMonth(day('2024-02-10')), endOfMonth(day('2024-02-10')), endOfMonth(day('2023-02-10'))])
      .toEqual(['2024-02-01', '2024-02-29', '2023-02-28']);
    expect(monthWindow('2023-02')).toEqual({ from: '2023-02-01', to: '2023-02-28' });
    for (const wrong of ['2023-13', '2023-2', '2023-02-01', '二月']) expect(() => monthWindow(wrong)).toThrow('YYYY-MM');
  });

  it('refuses a fraction of a day and leaves no year it cannot write', () => {
    expect(() => addDays(day('2024-01-01'), 0.5)).toThrow('整数');
    expect(() => addMonths(day('2024-01-01'), Number.NaN)).toThrow('整数');
    expect(() => addDays(day('9999-12-31'), 1)).toThrow('超出范围');
  });
});

describe('a day in Beijing', () => {
  it('ends at 24:00, which is 00:00 of the next day', () => {
    expect(dueAt(day('2023-04-20'))).toBe('2023-04-21T00:00:00+08:00');
    expect(dueAt(day('2024-02-29'))).toBe('2024-03-01T00:00:00+08:00');
    expect(startOfDay(day('2023-04-20'))).toBe('2023-04-20T00:00:00+08:00');
  });

  it('is the day of an instant whatever zone the instant is written in', () => {
    expect(dayOf('2024-09-12T15:59:59.999Z')).toBe('2024-09-12');
    expect(dayOf('2024-09-12T16:00:00Z')).toBe('2024-09-13');
    expect(dayOf('2024-09-12T23:59:59+08:00')).toBe('2024-09-12');
    expect(dayOf('2024-09-12T09:00:00-08:00')).toBe('2024-09-13');
    expect(dayOf(new Date(Date.UTC(2023, 11, 31, 16)))).toBe('2024-01-01');
    expect(dayOf(dueAt(day('2024-02-28')))).toBe('2024-02-29');
  });

  it('is not guessed from an instant without offset or from a broken one', () => {
    for (const text of ['2024-09-12T10:00:00', '2024-09-12', '12.9.2024']) expect(() => dayOf(text)).toThrow('时区偏移');
    expect(() => dayOf('2024-99-12T10:00:00Z')).toThrow('无效的时刻');
    expect(() => dayOf(new Date(Number.NaN))).toThrow('无效的时刻');
  });

  it('keeps +08:00 in the summers of daylight saving time, 1986 to 1991', () => {
    expect(dayOf('1988-07-01T15:30:00Z')).toBe('1988-07-01'); // wall clocks showed 00:30 of 07-02
  });
});
