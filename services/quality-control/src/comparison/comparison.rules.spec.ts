import { describe, expect, it } from '@jest/globals';
import type { Scheme } from '@zhijian/policy';
import fc from 'fast-check';
import { codesFor, dayOf, lastDay, partFaults, resultFaults, sealedValues, setAsideFaults, toFix } from './comparison.rules.js';
import { inTime, standingOf, type Submitted } from './standing.rules.js';

const base = { unit: 'mg/L', places: 2, optional: false, weight: '1' } as const;
const scheme = {
  title: '比对', clauses: ['TC-2024-01'], parts: [{ id: 'first', title: '第一次' }, { id: 'second', title: '第二次' }], measurands: [
    { ...base, id: 'lead', title: '铅', part: 'first', score: 'z', assigned: { by: 'fixed' }, deviation: { by: 'fixed' } },
    { ...base, id: 'zinc', title: '锌', part: 'first', score: 'z-prime', assigned: { by: 'fixed', value: '1.00' }, deviation: { by: 'percent', percent: '5' } },
    { ...base, id: 'tin', title: '锡', part: 'second', score: 'en', assigned: { by: 'fixed', value: '2.00', uncertainty: '0.1' } },
  ],
} as unknown as Scheme;
const sent = (sequence: number, results: Record<string, string>, late: string[] = []): Submitted => ({ id: `s${sequence}`, sequence, late, results: Object.entries(results).map(([measurand, value]) => ({ measurand, value })) });

describe('what stands of several submissions', () => {
  it('is, part by part, the last one that has a result of it', () => {
    const { state, results, submissions } = standingOf(scheme.measurands, [sent(2, { lead: '1.1' }), sent(1, { lead: '1.0', zinc: '2.0' }), sent(3, { tin: '3.0' })]);
    expect([state, Object.fromEntries(Object.entries(results).map(([id, { value }]) => [id, value])), [...submissions].sort()]).toEqual(['reported', { lead: '1.1', tin: '3.0' }, ['s2', 's3']]);
  });
  it('is late as soon as one standing part is, and absent where there is none', () => {
    expect(standingOf(scheme.measurands, [sent(1, { lead: '1.0' }), sent(2, { tin: '3.0' }, ['second'])]).state).toBe('late');
    expect(standingOf(scheme.measurands, [sent(1, { lead: '1.0' }, ['first']), sent(2, { lead: '1.0' })]).state).toBe('reported');
    expect(standingOf(scheme.measurands, [])).toMatchObject({ state: 'absent', results: {} });
  });
  it('in time is a part that came before its day ended', () => {
    expect([...inTime(scheme.measurands, [sent(1, { lead: '1.0' }), sent(2, { tin: '3.0' }, ['second'])])]).toEqual(['first']);
  });
});

describe('a round', () => {
  const days = { submitBy: '2024-06-01', partDays: { second: '2024-09-01' } };
  it('has a last day for each part, and the last of all', () => {
    expect([dayOf(days, 'first'), dayOf(days, 'second'), lastDay(days)]).toEqual(['2024-06-01', '2024-09-01', '2024-09-01']);
  });
  it('names every part of its scheme once, with a day to come', () => {
    const faults = (...parts: { part: string; submitBy: string }[]) => partFaults(scheme, parts, '2024-04-01').map(({ path, message }) => `${path} ${message}`);
    expect(faults({ part: 'first', submitBy: '2024-06-01' }, { part: 'second', submitBy: '2024-09-01' })).toEqual([]);
    expect(faults({ part: 'first', submitBy: '2024-03-31' }, { part: 'third', submitBy: '2024-09-01' })).toEqual(['/parts/0/submitBy 日期已经过去', '/parts/1/part 方案中没有“third”', '/parts 缺少“第二次”的截止日期']);
  });
  it('seals what its scheme leaves open and nothing else; a deviation of 0 divides nothing', () => {
    expect(scheme.measurands.map(toFix)).toEqual([['value', 'sd'], ['uncertainty'], []]);
    const given = [{ measurand: 'lead', value: '10', sd: '0.5' }, { measurand: 'zinc', uncertainty: '0.02' }];
    expect(sealedValues(scheme, given)).toMatchObject({ ok: true, sealed: { lead: { value: '10', sd: '0.5', uncertainty: null }, zinc: { value: null, uncertainty: '0.02' } } });
    expect(sealedValues(scheme, [{ measurand: 'lead', value: '10', sd: '0.0' }, given[1]!])).toMatchObject({ ok: false, errors: [{ path: '/fixed/0/sd', message: '标准差须大于 0' }] });
    expect(sealedValues(scheme, [given[1]!])).toMatchObject({ errors: [{ path: '/fixed', message: '缺少“铅”的指定值、标准差' }] });
  });
  it('E_n asks for an uncertainty that is not 0', () => {
    expect(resultFaults(scheme, [{ measurand: 'tin', value: '2.00', uncertainty: '0.00' }])).toMatchObject([{ path: '/results/0/uncertainty' }]);
    expect(resultFaults(scheme, [{ measurand: 'tin', value: '2.00', uncertainty: '0.05' }, { measurand: 'lead', value: '-1.25' }])).toEqual([]);
  });
  it('sets measurands aside once each and never all', () => {
    expect(setAsideFaults(scheme, [{ measurand: 'lead' }, { measurand: 'lead' }])).toMatchObject([{ path: '/setAside/1/measurand' }]);
    expect(setAsideFaults(scheme, ['lead', 'zinc', 'tin'].map((measurand) => ({ measurand })))).toMatchObject([{ path: '/setAside' }]);
  });
  it('gives every laboratory a number of its own, none that is taken', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 300 }), fc.infiniteStream(fc.integer({ min: 0, max: 2 ** 31 })), (count, stream) => {
      const taken = new Set(['100', '101']);
      const codes = codesFor(count, taken, (below) => (stream.next().value as number) % below);
      expect([new Set(codes).size, codes.some((code) => taken.has(code)), codes.every((code) => /^\d{3,4}$/.test(code))]).toEqual([count, false, true]);
    }), { numRuns: 20 });
  });
});
