import { describe, expect, it } from '@jest/globals';
import { daysIn, isAwaited, markOf, monthBeside, spoken, summaryOf, weeksOf, whereOf } from './calendar.js';

it('months follow one another over the year', () => expect([monthBeside('2024-12', 1), monthBeside('2025-01', -1), monthBeside('2024-05', 1)]).toEqual(['2025-01', '2024-12', '2024-06']));

it('weeks begin on Monday; a month that begins on Sunday has six empty places before it', () => {
  const days = Array.from({ length: 30 }, (_, at) => ({ on: `2024-09-${String(at + 1).padStart(2, '0')}` }));
  const weeks = weeksOf(days);
  expect(weeks.map((week) => week.map((day) => day?.on.slice(8) ?? '')).slice(0, 2)).toEqual([['', '', '', '', '', '', '01'], ['02', '03', '04', '05', '06', '07', '08']]);
  expect([weeks.length, weeks.at(-1)?.filter(Boolean).length, weeksOf([])]).toEqual([6, 1, []]);
});

it('a day off by notice is 休, a worked weekend 班, any other day bears no mark', () => {
  expect((['holiday', 'make-up', 'weekday', 'weekend'] as const).map((kind) => markOf({ kind }))).toEqual(['休', '班', null, null]);
  expect(spoken({ on: '2024-09-14', kind: 'make-up', working: true, firm: true, notice: '某通知' })).toBe('9月14日，调休上班，某通知');
  expect(spoken({ on: '2030-09-14', kind: 'weekend', working: false, firm: false, notice: null })).toBe('9月14日，休息日，当年放假安排尚未录入');
});

describe('days as people type them', () => {
  it('are single days, stretches, or as a notice prints them', () => {
    expect(daysIn('2027-05-01 至 2027-05-03，2027-02-11\n2027年10月1日').days).toEqual(['2027-02-11', '2027-05-01', '2027-05-02', '2027-05-03', '2027-10-01']);
  });
  it('that do not exist, or run backwards, are named', () => {
    expect(daysIn('2027-02-30 2027-05-03—2027-05-01 五一 2027-05-01').wrong).toEqual(['2027-02-30', '2027-05-03至2027-05-01', '五一']);
  });
});

describe('what a notice moves', () => {
  it('is counted kind by kind', () => {
    expect(summaryOf([{ kind: 'duty' }, { kind: 'objection' }, { kind: 'duty' }, { kind: 'notice' }, { kind: 'rectification-report' }])).toBe('共 5 个期限：专项行动任务 2 项，异议答复 1 件，公示 1 次，整改报告 1 份。');
  });
  it('stands with its place and its body, or with how many bodies it binds', () => {
    expect([{ institution: '示例机构', bodies: 1 }, { institution: null, bodies: 12 }, { institution: null, bodies: 0 }].map((it) => whereOf({ placeName: '示例区', ...it }))).toEqual(['示例区，示例机构', '示例区，12 家机构', '示例区']);
  });
  it('is awaited while the rooms have not all reckoned it, and for no other reason', () => {
    expect([null, Object.assign(new Error('x'), { status: 404 }), Object.assign(new Error('x'), { status: 503 })].map(isAwaited)).toEqual([false, true, false]);
  });
});
