import { describe, expect, it } from '@jest/globals';
import { addWorkingDays, builtInCalendar, dayKind, due, fixed, isWorkingDay, localDate, workingDaysBetween } from './index.js';

const day = localDate;
const workingDays = (from: string, count: number) => due({ from: day(from), workingDays: count }, builtInCalendar);

describe('a period in working days', () => {
  it.each([
    ['2024-09-13', 5, '2024-09-23'], ['2024-09-24', 30, '2024-11-08'], ['2021-09-24', 10, '2021-10-13'],
    ['2024-09-12', 5, '2024-09-20'], ['2020-01-23', 1, '2020-02-03'], ['2019-04-30', 1, '2019-05-05'], ['2015-09-02', 1, '2015-09-06'],
    ['2018-12-28', 2, '2019-01-02'],
  ])('that starts after %s and lasts %i ends on %s', (from, count, on) => {
    expect(workingDays(from, count)).toMatchObject({ on, firm: true, calendar: builtInCalendar.version });
    expect(addWorkingDays(day(from), count, builtInCalendar)).toBe(on);
  });

  it('leaves out the day of the event, counts make-up workdays and says so with the notice', () => {
    const notice = workingDays('2024-09-13', 5);
    expect(notice.counted).toEqual(['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23']);
    expect(notice.because).toBe('自2024年9月13日起5个工作日，当日不计、从次日起算，届满日为2024年9月23日，'
      + '其中2024年9月14日为调休上班日、计为工作日，放假调休依据国办发明电〔2023〕7号。');
  });

  it('names each notice it rests on when it crosses the year', () => {
    expect(workingDays('2023-12-28', 5).because).toContain('国办发明电〔2022〕16号、国办发明电〔2023〕7号');
    expect(workingDays('2020-01-22', 5).because).toContain('国办发明电〔2019〕16号、国办发明电〔2020〕1号');
  });

  it('stands still during a pause, both ends included, however often the pause is named', () => {
    const pauses = [
      { from: day('2024-09-18'), to: day('2024-09-19') }, { from: day('2024-09-19'), to: day('2024-09-20') },
      { from: day('2024-09-18'), to: day('2024-09-19') }, { from: day('2024-01-01'), to: day('2024-09-13') },
    ];
    const held = due({ from: day('2024-09-13'), workingDays: 5, pauses }, builtInCalendar);
    expect(held.counted).toEqual(['2024-09-14', '2024-09-23', '2024-09-24', '2024-09-25', '2024-09-26']);
    expect(held.because).toContain('2024年9月18日至2024年9月19日、2024年9月19日至2024年9月20日中止期间（含首尾两日）不计');
    expect(held.because).not.toContain('1月1日');
  });

  it('is provisional once it looks into a year without a notice, and says that it is an estimate', () => {
    expect(workingDays('2026-12-24', 5)).toMatchObject({ on: '2026-12-31', firm: true });
    const guess = workingDays('2026-12-24', 6);
    expect(guess).toMatchObject({ on: '2027-01-04', firm: false });
    expect(guess.because).toContain('2027年放假安排未载入');
    expect(guess.because).toContain('暂估，待国务院办公厅通知');
    expect(workingDays('2013-12-30', 3).firm).toBe(false);
  });
});

describe('a period in days, months or years', () => {
  it('counts every day and needs no notice unless it rolls', () => {
    const plain = due({ from: day('2027-01-29'), days: 2 }, builtInCalendar);
    expect(plain).toMatchObject({ on: '2027-01-31', firm: true, counted: ['2027-01-30', '2027-01-31'] });
    expect(plain.because).toContain('不涉及放假安排');
    expect(due({ from: day('2027-01-29'), days: 2, roll: 'forward' }, builtInCalendar)).toMatchObject({ on: '2027-02-01', firm: false });
  });

  it('rolls a last day that is a day off to the next working day, through a whole holiday', () => {
    const rolling = due({ from: day('2024-09-21'), days: 10, roll: 'forward' }, builtInCalendar);
    expect(rolling.on).toBe('2024-10-08');
    expect(rolling.counted.at(-1)).toBe('2024-10-01');
    expect(rolling.because).toContain('届满日为休息日，顺延至其后第一个工作日2024年10月8日');
  });

  it('does not roll off a make-up Saturday', () => {
    expect(due({ from: day('2024-09-04'), days: 10, roll: 'forward' }, builtInCalendar).on).toBe('2024-09-14');
  });

  it.each([
    [{ months: 1 }, '2024-01-31', '2024-02-29'], [{ months: 1 }, '2023-01-31', '2023-02-28'], [{ months: 6 }, '2024-08-31', '2025-02-28'],
    [{ years: 1 }, '2024-02-29', '2025-02-28'], [{ years: 4 }, '2024-02-29', '2028-02-29'], [{ months: 0 }, '2024-02-29', '2024-02-29'],
  ])('of %j after %s ends on %s, clamped to the end of the month', (length, from, on) => {
    expect(due({ from: day(from), ...length }, builtInCalendar)).toMatchObject({ on, counted: [on], firm: true });
  });

  it('in months is carried on by each paused day that falls into it', () => {
    const pauses = [{ from: day('2024-02-10'), to: day('2024-02-12') }, { from: day('2024-03-01'), to: day('2024-03-01') }];
    expect(due({ from: day('2024-01-31'), months: 1, pauses }, builtInCalendar).on).toBe('2024-03-04');
  });
});

describe('a printed date', () => {
  it('stays on a Saturday unless its rule says that it rolls', () => {
    expect(fixed(day('2024-08-31'), {}, builtInCalendar)).toMatchObject({ on: '2024-08-31', firm: true, counted: ['2024-08-31'] });
    expect(fixed(day('2024-08-31'), { roll: 'forward' }, builtInCalendar)).toMatchObject({ on: '2024-09-02', firm: true });
    expect(fixed(day('2028-05-01'), { roll: 'none' }, builtInCalendar).firm).toBe(true);
    expect(fixed(day('2028-05-01'), { roll: 'forward' }, builtInCalendar)).toMatchObject({ on: '2028-05-03', firm: false });
  });
});

describe('a rule that cannot be read', () => {
  it.each([
    [{}, '选定一种'], [{ days: 1, months: 1 }, '选定一种'], [{ days: -1 }, '不小于0'], [{ workingDays: 1.5 }, '整数'],
    [{ workingDays: Number.NaN }, '整数'], [{ years: 101 }, '上限'], [{ days: 1, roll: 'back' as never }, '顺延规则'],
    [{ days: 1, pauses: [{ from: day('2024-02-02'), to: day('2024-02-01') }] }, '中止期间'],
    [{ days: 1, from: '2024-02-30' as never }, '起算日'],
  ])('%j is refused: %s', (rule, reason) => {
    expect(() => due({ from: day('2024-01-01'), ...rule }, builtInCalendar)).toThrow(reason);
  });

  it('leaves the years that can be counted', () => {
    expect(() => due({ from: day('2149-12-30'), workingDays: 30 }, builtInCalendar)).toThrow('超出可计算范围');
    expect(() => addWorkingDays(day('1950-01-03'), -30, builtInCalendar)).toThrow('超出可计算范围');
    expect(() => isWorkingDay(day('1949-12-31'), builtInCalendar)).toThrow('超出可计算范围');
    expect(() => isWorkingDay(day('2150-01-01'), builtInCalendar)).toThrow('超出可计算范围');
  });
});

describe('a day', () => {
  it.each([
    ['2024-09-12', true, 'weekday', '国办发明电〔2023〕7号'], ['2024-09-14', true, 'make-up', '国办发明电〔2023〕7号'],
    ['2024-09-17', false, 'holiday', '国办发明电〔2023〕7号'], ['2024-09-21', false, 'weekend', '国办发明电〔2023〕7号'],
    ['2020-02-01', false, 'holiday', '国办发明电〔2020〕1号'], ['2019-05-03', false, 'holiday', '国办发明电〔2019〕3号'],
    ['2015-09-03', false, 'holiday', '国发明电〔2015〕1号'], ['2015-09-06', true, 'make-up', '国发明电〔2015〕1号'],
    ['2018-12-29', true, 'make-up', '国办发明电〔2018〕15号'], ['2018-12-31', false, 'holiday', '国办发明电〔2018〕15号'],
  ])('%s: worked %s, a %s by %s', (date, working, kind, notice) => {
    expect(dayKind(day(date), builtInCalendar)).toEqual({ working, firm: true, kind, notice });
  });

  it('beyond the last notice is off on weekends and on the days the law fixes, and never firm', () => {
    const off = ['2027-01-01', '2027-05-01', '2027-05-02', '2029-05-02', '2027-10-01', '2027-10-02', '2027-10-03'];
    for (const date of off) expect(dayKind(day(date), builtInCalendar)).toEqual({ working: false, firm: false, kind: 'holiday', notice: null });
    expect(dayKind(day('2027-02-08'), builtInCalendar)).toEqual({ working: true, firm: false, kind: 'weekday', notice: null });
    expect(dayKind(day('2027-01-02'), builtInCalendar)).toEqual({ working: false, firm: false, kind: 'weekend', notice: null });
    expect(isWorkingDay(day('2012-05-02'), builtInCalendar)).toBe(true); // a day off only since 2025
  });

  it('is counted with both ends between two days', () => {
    expect(workingDaysBetween(day('2024-09-14'), day('2024-09-18'), builtInCalendar)).toBe(2);
    expect(workingDaysBetween(day('2024-09-15'), day('2024-09-15'), builtInCalendar)).toBe(0);
    expect(workingDaysBetween(day('2024-09-18'), day('2024-09-14'), builtInCalendar)).toBe(0);
  });
});
