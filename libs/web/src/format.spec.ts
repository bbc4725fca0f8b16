import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { count, dueMoment, fenOfWan, fromToday, groupedCode, moment, wan, yuan } from './format.js';

describe('how values are written', () => {
  it('a day ends at 24:00 of its own date', () => {
    expect(dueMoment('2023-04-16T00:00:00+08:00')).toBe('2023-04-15 24:00');
    expect(dueMoment('2023-04-15T17:30:00+08:00')).toBe('2023-04-15 17:30');
  });
  it('an instant is shown in Beijing time whatever its offset', () => expect(moment('2023-04-11T16:05:00Z')).toBe('2023-04-12 00:05'));
  it('fen are printed in ten thousand yuan without losing any', () => {
    expect(wan(1_500_000)).toBe('1.5');
    expect(wan(12_345)).toBe('0.012345');
    expect(yuan(1_234_567)).toBe('12,345.67');
  });
  it('what is printed in ten thousand yuan reads back as the same fen', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (fen) => fenOfWan(wan(fen)) === fen));
  });
  it('an amount finer than one fen is no amount', () => expect(fenOfWan('1.0000001')).toBeNull());
  it('codes are grouped and counts separated', () => {
    expect(groupedCode('91330106MA2ABCDE0X')).toBe('91 330106 MA2ABCDE0 X');
    expect(count(1234567)).toBe('1,234,567');
  });
  it('a due day is told from today', () => {
    expect(fromToday('2023-04-15', '2023-04-12')).toBe('还有 3 天');
    expect(fromToday('2023-04-10', '2023-04-12')).toBe('已过 2 天');
  });
});
