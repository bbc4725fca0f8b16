import { describe, expect, it } from '@jest/globals';
import { sampleSize as sizeOf, verifyDraw, type SampleRule } from '@zhijian/policy';
import fc from 'fast-check';
import { drawInstitutions, type Candidate } from './sample.rules.js';

const aRule = (change: Partial<SampleRule> = {}): SampleRule => ({ title: '抽查', of: 'institutions', size: { ratio: '1/3' }, strata: ['unit'], rounding: 'up', include: [], reopens: [], stated: false, clauses: ['TEST-2030-01'], ...change });
const bodies = (...counts: number[]): Candidate[] => counts.flatMap((count, unit) => Array.from({ length: count }, (_, at) => ({ institutionId: `b${unit}-${at}`, unit: `99010${unit}`, kind: 'health-examination' })));

describe('how many are drawn', () => {
  it.each<[Partial<SampleRule>, number, number]>([
    [{ size: { ratio: '1/3' }, rounding: 'up' }, 7, 3], [{ size: { ratio: '1/3' }, rounding: 'down' }, 8, 2], [{ size: { ratio: '1/2' }, rounding: 'nearest' }, 3, 2],
    [{ size: { ratio: '1/3' }, rounding: 'nearest' }, 4, 1], [{ size: { percent: 10 }, rounding: 'up' }, 31, 4], [{ size: { percent: 29 }, rounding: 'up' }, 100, 29],
    [{ size: { count: 5 } }, 3, 3], [{ size: { percent: 1 }, rounding: 'down', min: 2 }, 50, 2], [{ size: { percent: 1 }, rounding: 'down', min: 2 }, 1, 1], [{ size: { ratio: '1/3' } }, 0, 0],
  ])('%j of %i: %i', (change, pool, size) => expect(sizeOf(aRule(change), pool)).toBe(size));

  it('is never more than there are, never less than its minimum where there are so many', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20 }), fc.constantFrom('up' as const, 'down' as const, 'nearest' as const), (pool, percent, min, rounding) => {
      const size = sizeOf(aRule({ size: { percent }, min, rounding }), pool);
      return size <= pool && size >= Math.min(pool, min) && Number.isInteger(size);
    }));
  });
});

describe('a draw of institutions', () => {
  it('draws each stratum by itself, and each can be computed again from its record', () => {
    const drawn = drawInstitutions(aRule(), bodies(4, 1, 9), 'seed');
    if (!drawn.ok) throw new Error(drawn.code);
    expect(drawn.draws.map(({ stratum, record }) => [stratum, record.size])).toEqual([['990100', 2], ['990101', 1], ['990102', 3]]);
    expect(drawn.draws.every(({ record }) => verifyDraw(record).ok)).toBe(true);
  });
  it('without strata is one draw', () => expect(drawInstitutions(aRule({ strata: [] }), bodies(4, 5), 'seed')).toMatchObject({ ok: true, draws: [{ stratum: 'all', record: { size: 3 } }] }));
  it('does not depend on the order of the list', () => expect(drawInstitutions(aRule(), bodies(4, 6).reverse(), 'seed')).toEqual(drawInstitutions(aRule(), bodies(4, 6), 'seed')));
  it('is refused where a stratum has no data, or there is nobody', () => {
    expect(drawInstitutions(aRule({ strata: ['kind'] }), bodies(2).map((one) => ({ ...one, kind: null })), 'seed')).toMatchObject({ ok: false, code: 'sample-stratum-unknown', facts: { stratum: 'kind' } });
    expect(drawInstitutions(aRule(), [], 'seed')).toMatchObject({ ok: false, code: 'sample-empty' });
  });
});
