import { beforeAll, describe, expect, it } from '@jest/globals';
import { builtInPacks, Packs, type Pack } from '@zhijian/policy';
import { acceptFrequency, countedIn, monitoringQuota, owedOf, stateOf } from './quota.rules.js';

let pack: Pack;
beforeAll(async () => { pack = await new Packs([builtInPacks]).get('chongqing/colour-2024@1'); });
const of = (thisYear: string | null, fixed?: { times: number; years: number }) => monitoringQuota(pack, { published: true, thisYear, lastYear: null }, () => fixed);

describe('[CQ-2024-15] [CQ-2024-16] how often a body is monitored', () => {
  it('red twice at least; yellow once and green once in two years are permissions, never owed', () => {
    expect(of('red')).toMatchObject({ min: 2, years: 1, fixed: false });
    expect(of('yellow')).toMatchObject({ min: 0, target: 1, years: 1, permitted: true });
    expect(of('green')).toMatchObject({ min: 0, target: 1, years: 2, permitted: true });
    expect([stateOf({ min: 2, done: 1 }), stateOf({ min: 0, done: 0 }), stateOf({ min: null, done: 0 }), owedOf({ min: 2, done: 3 })]).toEqual(['owed', 'permitted', 'not-ruled', 0]);
  });
  it('what was fixed after reporting is owed', () => {
    expect(of('green', { times: 1, years: 2 })).toMatchObject({ min: 1, target: 1, years: 2, permitted: false, fixed: true, clauses: ['CQ-2024-15', 'CQ-2024-16'] });
    expect(of(null, { times: 1, years: 1 })).toMatchObject({ min: null, fixed: false });
  });
  it('visits of the years it spans count', () => {
    expect(countedIn([2022, 2023, 2024, 2025], 2024, 2)).toBe(2);
    expect(countedIn([2023], 2024, 1)).toBe(0);
  });
});

describe('[CQ-2024-16] fixing a frequency', () => {
  const given = { colour: 'red', times: 3, years: 1, reportedOn: '2024-03-01' };
  it('is possible at or above the least number, after it was reported', () => {
    expect(acceptFrequency(pack, given, '2024-03-01')).toEqual({ ok: true, clauses: ['CQ-2024-15', 'CQ-2024-16'] });
    expect(acceptFrequency(pack, { ...given, colour: 'green', times: 0 }, '2024-03-01')).toMatchObject({ ok: true });
    expect(acceptFrequency(pack, { ...given, times: 1 }, '2024-03-01')).toMatchObject({ code: 'monitoring-below-minimum', errors: [{ path: '/times' }] });
    expect(acceptFrequency(pack, { ...given, times: 3, years: 2 }, '2024-03-01')).toMatchObject({ code: 'monitoring-below-minimum' });
    expect(acceptFrequency(pack, { ...given, reportedOn: '2024-03-02' }, '2024-03-01')).toMatchObject({ code: 'monitoring-reported-in-future', errors: [{ path: '/reportedOn' }] });
    expect(acceptFrequency(pack, { ...given, colour: 'blue' }, '2024-03-01')).toMatchObject({ code: 'monitoring-colour-unknown' });
  });
});
