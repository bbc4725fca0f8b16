import { describe, expect, it } from '@jest/globals';
import { barsOf, datesAsked, movableDuties, nextName, overlapsOf, rosterOf, unitsIn, withDate, type City, type PlannedDuty, type PlannedStage } from './plan.js';

const duty = (more: Partial<PlannedDuty>): PlannedDuty => ({ id: 'report', kind: 'self-check-report', title: '自查报告', stage: 's', subject: 'institution', dueOn: '2024-04-15', limitOn: '2024-04-15', after: null, firm: true, because: '', mayBringForward: true, clauses: [], ...more });
const stage = (more: Partial<PlannedStage>): PlannedStage => ({ id: 's', kind: 'self-check', title: '自查', opensOn: '2024-03-01', closesOn: '2024-04-30', clauses: [], duties: [duty({})], ...more });

describe('units of a campaign', () => {
  it('are read from lines, and a line that cannot be read is named', () => {
    expect(unitsIn('990001 甲区\n 990002，乙县\n\n99 丙\n990004')).toEqual({ units: [{ code: '990001', name: '甲区' }, { code: '990002', name: '乙县' }], wrong: ['99 丙', '990004'] });
  });
});

describe('days that units set for themselves', () => {
  const city = (duties: PlannedDuty[]): City => ({ city: '990001', name: '甲区', stages: [stage({ duties })], milestones: [] });

  it('may lie inside the stage, not before what the pack allows, not after the limit', () => {
    expect(movableDuties(city([duty({ notBefore: '2024-03-20' })]))).toMatchObject([{ from: '2024-03-20', to: '2024-04-15' }]);
    expect(movableDuties(city([duty({ notBefore: '2024-02-01', limitOn: '2024-05-31' })]))).toMatchObject([{ from: '2024-03-01', to: '2024-04-30' }]);
  });

  it('are not offered where the pack allows none or there is no day', () => {
    expect(movableDuties(city([duty({ mayBringForward: false }), duty({ limitOn: null, dueOn: null })]))).toEqual([]);
    expect(movableDuties(undefined)).toEqual([]);
  });

  it('replace one another and are asked of the plan in one line', () => {
    const one = withDate([], { unit: '990001', duty: 'report', on: '2024-04-10' });
    expect(withDate(one, { unit: '990001', duty: 'report', on: '2024-04-11' })).toEqual([{ unit: '990001', duty: 'report', on: '2024-04-11' }]);
    expect(withDate(one, { unit: '990001', duty: 'report', on: null })).toEqual([]);
    expect([datesAsked(one), datesAsked([])]).toEqual(['990001:report:2024-04-10', undefined]);
  });
});

it('stages at the same time say so, with the days they share', () => {
  const [first, second, third] = [stage({}), stage({ id: 't', title: '检查', opensOn: '2024-04-30', closesOn: '2024-06-30' }), stage({ id: 'u', opensOn: '2024-07-01', closesOn: '2024-07-31' })];
  expect(overlapsOf(first, [first, second, third])).toEqual([{ title: '检查', from: '2024-04-30', to: '2024-04-30' }]);
  expect(overlapsOf(third, [first, second, third])).toEqual([]);
});

describe('the roster of a rehearsal', () => {
  const body = (institutionId: string, jurisdiction: string) => ({ institutionId, name: institutionId, kind: 'health-examination' as const, jurisdiction });
  const intent = { units: [{ code: '990100', name: '甲市' }, { code: '990201', name: '乙区' }], inspectors: { '990100': 1 }, supposed: { '990100': 9, '990201': 2 } };

  it('takes the register, and supposes bodies only where there are none', () => {
    const roster = rosterOf([body('a', '990100'), body('b', '990301')], intent, 'health-examination');
    expect(roster.map(({ id, city, inspectors }) => [id, city, inspectors?.length])).toEqual([['a', '990100', 1], ['990201-1', '990201', 4], ['990201-2', '990201', 4]]);
  });
});

describe('the chart of a rehearsal', () => {
  const day = (on: string, deadlines: number, visits: number) => ({ on, deadlines, visits, notices: 1, told: 0, reminders: 0, overdue: 0, reports: 0, cases: 0 });

  it('sums weeks from Monday to Sunday, over the year too, and leaves no week out', () => {
    const bars = barsOf([day('2024-12-30', 1, 2), day('2025-01-05', 3, 0), day('2025-01-14', 0, 5)], 'week');
    expect(bars.map(({ from, deadlines, visits }) => [from, deadlines, visits])).toEqual([['2024-12-30', 4, 2], ['2025-01-06', 0, 0], ['2025-01-13', 0, 5]]);
    expect(barsOf([], 'week')).toEqual([]);
  });
});

it('the next one is named for the year after the last it names', () => {
  expect([nextName('2023年甲市专项治理'), nextName('行动（2024-2025年）'), nextName('提质行动')]).toEqual(['2024年甲市专项治理', '行动（2024-2026年）', '提质行动']);
});
