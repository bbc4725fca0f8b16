import { describe, expect, it } from '@jest/globals';
import { checked, recordOf } from './sample.js';

/** Computed by `sha256sum` and `sort`, not by this room. */
const draw = {
  stratum: '*', algorithm: 'sha256-rank-1' as const, seed: 's', pool: ['c', 'a', 'b', 'd'], poolSha256: 'cf2c7f63055d2e84af6e3f01ac1bb7fce598d20cf213fab2b56b8e8047b46ced', size: 2,
  drawnAt: '2014-10-01T09:00:00+08:00', result: ['a', 'd'],
};

describe('a draw computed again in the browser', () => {
  it('agrees with its record, and with no other', async () => {
    expect(await checked(draw)).toBe(true);
    expect(await checked({ ...draw, result: [...draw.result].reverse() })).toBe(false);
    expect(await checked({ ...draw, pool: [...draw.pool, 'e'] })).toBe(false);
    expect(await checked({ ...draw, size: 3 })).toBe(false);
  });
  it('is saved as anybody can check it', () => expect(Object.keys(recordOf(draw))).toEqual(['algorithm', 'seed', 'pool', 'poolSha256', 'size', 'result']));
});
