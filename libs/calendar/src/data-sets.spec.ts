import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { addDays, builtInCalendar, isWorkingDay, parseNotice, weekday, workingDaysBetween, type LocalDate } from './index.js';

const load = createRequire(import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8')) as unknown;
const YEARS = Array.from({ length: 13 }, (_, index) => 2014 + index);

const everyDay: LocalDate[] = [];
for (let date = '2014-01-01' as LocalDate; date <= '2026-12-31'; date = addDays(date, 1)) everyDay.push(date);

/** Known errors of holiday-calendar 1.3.3, checked against the text of the notices. */
const HOLIDAY_CALENDAR_ERRORS = [
  '2015-01-04', // Sunday: “1月4日（星期日）上班”, missing there
  '2016-04-02', // Saturday: “4月4日放假，与周末连休”, a make-up day there
  '2018-06-16', // Saturday: “6月18日放假，与周末连休”, a make-up day there
  '2018-09-22', // Saturday: “9月24日放假，与周末连休”, a make-up day there
];

interface Other { off: (date: LocalDate) => boolean; worked: (date: LocalDate) => boolean }
const differences = (other: Other): LocalDate[] => everyDay.filter((date) => {
  const working = other.worked(date) || (weekday(date) <= 5 && !other.off(date));
  return working !== isWorkingDay(date, builtInCalendar);
});

describe('the built-in notices against other data sets, every day from 2014 to 2026', () => {
  it('looks at each of 4748 days', () => {
    expect(everyDay).toHaveLength(4748);
    expect(everyDay.at(-1)).toBe('2026-12-31');
  });

  it('agrees with chinese-days, from which the days were taken', () => {
    const off = new Set<string>();
    const worked = new Set<string>();
    for (const year of YEARS) {
      const file = json(load.resolve(`chinese-days/dist/years/${year}.json`)) as Record<string, object>;
      for (const date of Object.keys(file.holidays ?? {})) off.add(date);
      for (const date of Object.keys(file.workdays ?? {})) worked.add(date);
    }
    expect(differences({ off: (date) => off.has(date), worked: (date) => worked.has(date) })).toEqual([]);
  });

  it('agrees with lunar-javascript', () => {
    const { HolidayUtil } = load('lunar-javascript') as {
      HolidayUtil: { getHoliday(day: string): { isWork(): boolean } | null };
    };
    expect(differences({
      off: (date) => HolidayUtil.getHoliday(date)?.isWork() === false,
      worked: (date) => HolidayUtil.getHoliday(date)?.isWork() === true,
    })).toEqual([]);
  });

  it('agrees with holiday-calendar but for the days that one gets wrong', () => {
    const off = new Set<string>();
    const worked = new Set<string>();
    for (const year of YEARS) {
      const path = load.resolve('holiday-calendar/package.json').replace(/package\.json$/, `data/CN/${year}.json`);
      for (const { date, type } of (json(path) as { dates: { date: string; type: string }[] }).dates) {
        (type === 'transfer_workday' ? worked : off).add(date);
      }
    }
    expect(differences({ off: (date) => off.has(date), worked: (date) => worked.has(date) })).toEqual(HOLIDAY_CALENDAR_ERRORS);
  });
});

describe('the built-in notices', () => {
  it.each([
    [2014, 250], [2015, 249], [2016, 250], [2017, 249], [2018, 250], [2019, 250], [2020, 249],
    [2021, 250], [2022, 249], [2023, 249], [2024, 251], [2025, 248], [2026, 248],
  ])('give %i as many as %i working days', (year, count) => {
    expect(workingDaysBetween(`${year}-01-01` as LocalDate, `${year}-12-31` as LocalDate, builtInCalendar)).toBe(count);
  });

  it('carry the number of each notice and of each change to it', () => {
    const numbers = Object.values(builtInCalendar.years)
      .map((notice) => [notice.year, notice.number, ...(notice.amendments ?? []).map((one) => one.number)]);
    expect(numbers).toEqual([
      [2014, '国办发明电〔2013〕28号'],
      [2015, '国办发明电〔2014〕28号', '国发明电〔2015〕1号'],
      [2016, '国办发明电〔2015〕18号'],
      [2017, '国办发明电〔2016〕17号'],
      [2018, '国办发明电〔2017〕12号'],
      [2019, '国办发明电〔2018〕15号', '国办发明电〔2019〕3号'],
      [2020, '国办发明电〔2019〕16号', '国办发明电〔2020〕1号'],
      [2021, '国办发明电〔2020〕27号'],
      [2022, '国办发明电〔2021〕11号'],
      [2023, '国办发明电〔2022〕16号'],
      [2024, '国办发明电〔2023〕7号'],
      [2025, '国办发明电〔2024〕12号'],
      [2026, '国办发明电〔2025〕7号'],
    ]);
  });

  it('can each be written out and loaded again unchanged', () => {
    for (const notice of Object.values(builtInCalendar.years)) {
      expect(parseNotice(JSON.parse(JSON.stringify(notice)))).toEqual(notice);
      expect(notice.source).toMatch(/https?:/);
    }
  });
});
