import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compared, decimal, decimalText, minus, plus, rounded, roundedTo, times } from './decimal.js';

const text = fc.tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 6 })).map(([negative, units, places]) => decimalText({ units: negative ? -units : units, places }));

describe('a decimal', () => {
  it('keeps the places it was written with', () => {
    expect(['10.40', '-0.5', '7', '0.00'].map((it) => decimalText(decimal(it)))).toEqual(['10.40', '-0.5', '7', '0.00']);
  });
  it.each(['1e3', '', ' 1', '1.', '.5', '１２', '1,000', '0x10', '--1'])('is not “%s”', (wrong) => {
    expect(() => decimal(wrong)).toThrow('应为十进制数');
  });
  it('adds and compares exactly where doubles do not', () => {
    expect(decimalText(plus(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(compared(minus(decimal('10.4'), decimal('10')), times(decimal('2'), decimal('0.2')))).toBe(0);
  });
  it('is a half to the even digit when rounded (GB/T 8170)', () => {
    expect(['2.5', '3.5', '2.51', '-2.5', '2.4999'].map((it) => decimalText(rounded(decimal(it), 0)))).toEqual(['2', '4', '3', '-2', '2']);
    expect([decimalText(roundedTo(2.675, 2)), decimalText(roundedTo(1e-9, 2)), decimalText(roundedTo(-1.005, 2))]).toEqual(['2.68', '0.00', '-1.00']);
  });
  it('is had of any double, however long its text', () => {
    expect(decimalText(roundedTo(0.0033333333333333335, 4))).toBe('0.0033');
    expect(decimalText(roundedTo(-2.5e-7, 6))).toBe('0.000000');
    expect(decimalText(roundedTo(1e21, 1))).toBe('1000000000000000000000.0');
  });
  it('a + b − b is a, and order does not matter', () => {
    fc.assert(fc.property(text, text, (a, b) => {
      const [x, y] = [decimal(a), decimal(b)];
      expect(compared(minus(plus(x, y), y), x)).toBe(0);
      expect(compared(plus(x, y), plus(y, x))).toBe(0);
    }));
  });
});
