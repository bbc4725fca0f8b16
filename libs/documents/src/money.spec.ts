import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fenOf, wanOf } from './index.js';

describe('fines are stored in fen and printed in 万元', () => {
  it('prints one fen as 0.000001 and 五万元 as 5', () => {
    expect([1, 5_000_000, 1_234_567, 0].map(wanOf)).toEqual([0.000001, 5, 1.234567, 0]);
  });

  it('loses nothing on the way out and back', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (fen) => { expect(fenOf(wanOf(fen))).toBe(fen); expect(fenOf(String(wanOf(fen)))).toBe(fen); }));
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('refuses %s fen', (fen) => { expect(() => wanOf(fen)).toThrow('非负整数'); });
  it.each(['1.0000001', '-1', '五万', '', 1e-7, Infinity])('refuses %s 万元', (wan) => { expect(() => fenOf(wan)).toThrow('金额（万元）'); });
  it('takes full-width digits', () => { expect(fenOf('１．５')).toBe(1_500_000); });
});
