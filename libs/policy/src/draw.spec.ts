import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { drawSample, verifyDraw, type DrawRecord } from './index.js';

const pool = ['档案-003', 'B-1', '档案-001', 'a', '𠮷', '￥9', 'Z-7'];
const drawn = (seed = 'seed-1', size = 3): DrawRecord => {
  const it = drawSample({ seed, pool, size });
  if (!it.ok) throw new Error(it.message);
  return it.record;
};

describe('a random draw (sha256-rank-1)', () => {
  it('ranks by SHA-256 of seed, line feed and id, and takes the first ones', () => {
    const rank = (id: string) => createHash('sha256').update(`seed-1\n${id}`).digest('hex');
    expect(drawn().result).toEqual([...pool].sort((a, b) => rank(a).localeCompare(rank(b))).slice(0, 3));
  });
  it('commits to the pool sorted by code point, not by UTF-16 unit', () => {
    const sorted = ['B-1', 'Z-7', 'a', '档案-001', '档案-003', '￥9', '𠮷'];
    expect(drawn().poolSha256).toBe(createHash('sha256').update(sorted.map((id) => `${id}\n`).join('')).digest('hex'));
  });
  it('does not depend on the order of the pool, but on the seed', () => {
    expect(drawSample({ seed: 'seed-1', pool: [...pool].reverse(), size: 3 })).toMatchObject({ record: { result: drawn().result, poolSha256: drawn().poolSha256 } });
    expect(drawn('seed-2', 7).result).not.toEqual(drawn('seed-1', 7).result);
  });
  it.each([
    ['draw-id-twice', { seed: 's', pool: ['a', 'b', 'a'], size: 1 }], ['draw-size-invalid', { seed: 's', pool: ['a'], size: 2 }],
    ['draw-size-invalid', { seed: 's', pool: ['a'], size: 0.5 }], ['draw-seed-empty', { seed: '', pool: ['a'], size: 1 }], ['draw-id-empty', { seed: 's', pool: ['a', ''], size: 1 }],
  ])('is refused: %s', (code, input) => {
    expect(drawSample(input)).toMatchObject({ ok: false, code, message: expect.any(String) });
  });
});

describe('a draw is recomputed from its record alone', () => {
  it('and holds', () => expect(verifyDraw(JSON.parse(JSON.stringify(drawn())))).toEqual({ ok: true, mismatches: [] }));
  it.each([
    ['result', { result: ['a', 'B-1', 'Z-7'] }], ['poolSha256', { poolSha256: '00' }], ['result', { seed: 'seed-9' }], ['result', { size: 2 }],
    ['algorithm', { algorithm: 'lottery' }], ['pool', { pool: [...pool, 'a'] }], ['size', { size: 99 }], ['seed', { seed: 7 }],
  ])('and a changed record differs in %s', (field, change) => {
    expect(verifyDraw({ ...drawn(), ...change })).toMatchObject({ ok: false, mismatches: expect.arrayContaining([expect.objectContaining({ field })]) });
  });
  it('and what is no record is no draw', () => expect(verifyDraw(null)).toMatchObject({ ok: false }));
});
