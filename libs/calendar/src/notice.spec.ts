import { describe, expect, it } from '@jest/globals';
import {
  builtInCalendar, calendarOf, dayKind, due, fixed, localDate, moved, NoticeError, parseNotice, withNotice, type Clock, type DueRule,
} from './index.js';

const day = localDate;
/** An invented arrangement for 2027, for tests only. */
const draft = {
  year: 2027, number: null,
  off: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10'],
  workdays: ['2027-01-31', '2027-02-20'],
};
const notice2027 = parseNotice(draft);

describe('a holiday notice', () => {
  it('is accepted with its days in order, and with a number that may be unknown', () => {
    const shuffled = parseNotice({ ...draft, off: [...draft.off].reverse() });
    expect(shuffled).toEqual(notice2027);
    expect(notice2027.number).toBeNull();
  });

  it.each([
    ['text', '“通知”应为 JSON 对象'], [[], '“通知”应为 JSON 对象'], [null, '“通知”应为 JSON 对象'],
    [{ ...draft, holidays: [] }, '“holidays”不在通知格式内'],
    [{ ...draft, year: '2027' }, '“year”应为'], [{ ...draft, year: 2027.5 }, '“year”应为'], [{ ...draft, year: 27 }, '“year”应为'],
    [{ ...draft, number: undefined }, '“number”缺失'], [{ ...draft, number: '' }, '“number”应为非空文本'], [{ ...draft, number: 7 }, '“number”应为非空文本'],
    [{ ...draft, off: '2027-01-01' }, '“off”应为日期数组'], [{ ...draft, off: [] }, '“off”不能为空'],
    [{ ...draft, workdays: undefined }, '“workdays”应为日期数组'],
    [{ ...draft, off: ['2027-01-01', '2027-02-30'] }, '“off[1]”的日期“2027-02-30”无效或不存在'],
    [{ ...draft, off: [20270101] }, '“off[0]”的日期“20270101”无效'],
    [{ ...draft, off: ['2028-01-01'] }, '“off[0]”的日期2028-01-01不属于2027年'],
    [{ ...draft, off: ['2026-12-20'] }, '“off[0]”的日期2026-12-20不属于2027年'],
    [{ ...draft, off: ['2027-01-01', '2027-01-01'] }, '“off[1]”的日期2027-01-01重复'],
    [{ ...draft, workdays: ['2027-02-01'] }, '“workdays”的日期2027-02-01不是周六或周日'],
    [{ ...draft, workdays: ['2027-01-02'] }, '“workdays”的日期2027-01-02同时列在 off 中'],
    [{ ...draft, publishedOn: '2026-11-31' }, '“publishedOn”的日期“2026-11-31”无效'],
    [{ ...draft, workdays: ['2027-05-01'], off: ['2027-01-01'] }, '“workdays”的日期2027-05-01是法定节日'],
    [{ ...draft, number: '国办发明电〔2020〕7号' }, '“number”“国办发明电〔2020〕7号”是2020年的文号，与2027年的通知不符'],
    [{ ...draft, number: '国办发明电[2028]7号' }, '是2028年的文号'],
    [{ ...draft, title: '国务院办公厅关于2026年部分节假日安排的通知' }, '写的是2026年，与 year 的2027年不符'],
    [{ ...draft, publishedOn: '2024-11-12' }, '“publishedOn”的日期2024-11-12与2027年的通知不符'],
    [{ ...draft, amendments: [{ number: '国办发明电〔2019〕3号', days: [] }] }, '“amendments[0].number”“国办发明电〔2019〕3号”是2019年的文号'],
    [{ ...draft, amendments: {} }, '“amendments”应为数组'],
    [{ ...draft, amendments: [{ days: [] }] }, '“amendments[0].number”缺失'],
  ])('is refused where it is wrong (case %#): %s', (json, message) => {
    expect(() => parseNotice(json)).toThrow(RangeError);
    expect(() => parseNotice(json)).toThrow(message);
  });

  it('names the wrong field as a form would', () => {
    const pointerOf = (json: unknown): string => {
      try { return parseNotice(json).title ?? ''; } catch (error) { return error instanceof NoticeError ? error.pointer : String(error); }
    };
    expect([pointerOf({ ...draft, off: ['2027-01-01', '2028-01-01'] }), pointerOf({ ...draft, workdays: ['2027-02-01'] }), pointerOf({ ...draft, amendments: [{ days: [] }] }), pointerOf([])])
      .toEqual(['/off/1', '/workdays', '/amendments/0/number', '']);
  });

  it('may set the last days of the December before, as those for 2019 and 2023 did', () => {
    const notice = parseNotice({ ...draft, off: ['2026-12-31', ...draft.off], workdays: ['2026-12-26'] });
    const calendar = withNotice(builtInCalendar, notice);
    expect(dayKind(day('2026-12-26'), calendar)).toMatchObject({ working: true, kind: 'make-up', firm: true });
    expect(dayKind(day('2026-12-31'), calendar)).toMatchObject({ working: false, kind: 'holiday', firm: true });
    expect(dayKind(day('2026-12-31'), builtInCalendar).working).toBe(true);
  });
});

describe('the version of a calendar', () => {
  const loaded = withNotice(builtInCalendar, notice2027);
  const revised = withNotice(loaded, parseNotice({ ...draft, workdays: ['2027-01-31'] }));

  it('changes with a notice, with a correction and with its number, and says which years have one', () => {
    const numbered = withNotice(loaded, { ...notice2027, number: '试〔2026〕1号' });
    expect(builtInCalendar.version).toMatch(/^CN-2014\.\.2026#[0-9a-f]{8}$/);
    expect(loaded.version).toMatch(/^CN-2014\.\.2027#[0-9a-f]{8}$/);
    expect(new Set([builtInCalendar, loaded, revised, numbered].map((one) => one.version)).size).toBe(4);
    expect(calendarOf([notice2027]).version).toMatch(/^CN-2027#/);
    expect(withNotice(builtInCalendar, parseNotice({ year: 2028, number: null, off: ['2028-01-01'], workdays: [] })).version)
      .toMatch(/^CN-2014\.\.2026,2028#/);
  });

  it('is the first one again after a correction is corrected back, whatever the order of loading', () => {
    expect(withNotice(revised, notice2027).version).toBe(loaded.version);
    expect(withNotice(revised, notice2027)).toEqual(loaded);
    expect(calendarOf([notice2027, ...Object.values(builtInCalendar.years)].reverse()).version).toBe(loaded.version);
    expect(withNotice(builtInCalendar, { ...notice2027, source: 'elsewhere' }).version).toBe(loaded.version);
  });

  it('leaves the calendar it came from as it was', () => {
    expect(builtInCalendar.years['2027']).toBeUndefined();
    expect(() => { (loaded.years as Record<string, unknown>)['2027'] = null; }).toThrow(TypeError);
  });
});

describe('loading a notice', () => {
  const rule: DueRule = { from: day('2027-01-25'), workingDays: 15 };
  const loaded = withNotice(builtInCalendar, notice2027);

  it('makes a provisional date firm', () => {
    expect(due(rule, builtInCalendar)).toMatchObject({ on: '2027-02-15', firm: false });
    expect(due(rule, loaded)).toMatchObject({ on: '2027-02-18', firm: true, calendar: loaded.version });
    expect(due(rule, loaded).because).toContain('2027年放假安排通知（文号未录）');
    expect(due(rule, loaded).because).not.toContain('暂估');
  });

  it('lists the clocks that it would move or make firm, in order, and moves none', () => {
    const clocks: Clock[] = [
      { clock: 'publication', rule, old: day('2027-02-15'), oldFirm: false },
      { clock: 'decision', rule: { from: day('2026-12-30'), workingDays: 3 }, old: day('2027-01-05'), oldFirm: false },
      { clock: 'receipt', rule: { from: day('2026-12-01'), workingDays: 5 }, old: day('2026-12-08'), oldFirm: true },
      { clock: 'plan', rule: { on: day('2027-02-08') }, old: day('2027-02-08'), oldFirm: true },
      { clock: 'rolling plan', rule: { on: day('2027-02-08'), roll: 'forward' }, old: day('2027-02-08') },
    ];
    const before = structuredClone(clocks);
    expect(moved(clocks, loaded)).toEqual([
      { clock: 'publication', old: '2027-02-15', new: '2027-02-18', firm: true },
      { clock: 'decision', old: '2027-01-05', new: '2027-01-05', firm: true },
      { clock: 'rolling plan', old: '2027-02-08', new: '2027-02-11', firm: true },
    ]);
    expect(clocks).toEqual(before);
    expect(moved(clocks, builtInCalendar)).toEqual([]);
  });

  it('answers two hundred clocks across the year end the same after five revisions there and back', () => {
    const clocks: Clock[] = Array.from({ length: 200 }, (_, index) => {
      const asked: DueRule = { from: day(`2026-12-${String(1 + (index % 31)).padStart(2, '0')}`), workingDays: 20 + (index % 40) };
      return { clock: String(index), rule: asked, old: due(asked, builtInCalendar).on, oldFirm: false };
    });
    const first = moved(clocks, loaded);
    let calendar = loaded;
    for (let round = 0; round < 5; round += 1) {
      calendar = withNotice(calendar, parseNotice({ ...draft, off: [...draft.off, `2027-02-${22 + round}`] }));
      expect(moved(clocks, calendar)).not.toEqual(first);
    }
    expect(moved(clocks, withNotice(calendar, notice2027))).toEqual(first);
    expect(first.length).toBeGreaterThan(0);
  });

  it('revised within the year as in January 2020 turns a make-up Saturday into a day off', () => {
    const { amendments: _, ...final } = builtInCalendar.years['2020'] ?? notice2027;
    const before = withNotice(builtInCalendar, parseNotice({
      ...final, off: final.off.filter((date) => !['2020-01-31', '2020-02-01', '2020-02-02'].includes(date)),
      workdays: [...final.workdays, '2020-02-01'],
    }));
    const clock: DueRule = { from: day('2020-01-23'), workingDays: 2 };
    expect(due(clock, before).on).toBe('2020-02-01');
    expect(moved([{ clock: 'c', rule: clock, old: day('2020-02-01'), oldFirm: true }], builtInCalendar))
      .toEqual([{ clock: 'c', old: '2020-02-01', new: '2020-02-04', firm: true }]);
    expect(fixed(day('2020-02-01'), { roll: 'forward' }, before).on).toBe('2020-02-01');
    expect(fixed(day('2020-02-01'), { roll: 'forward' }, builtInCalendar).on).toBe('2020-02-03');
  });
});
