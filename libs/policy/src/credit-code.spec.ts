import { describe, expect, it } from '@jest/globals';
import { creditCode, creditCodeOf } from './index.js';

describe('the unified social credit code', () => {
  it('knows the example of GB 32100-2015', () => expect(creditCode.parse('91350100M000100Y43')).toEqual({ ok: true, code: '91350100M000100Y43' }));
  it.each(['91350100m000100y43', ' 9135 0100 M000100Y 43 ', '９１３５０１００Ｍ０００１００Ｙ４３'])('is accepted as people type it: %s', (text) => {
    expect(creditCode.parse(text)).toEqual({ ok: true, code: '91350100M000100Y43' });
  });
  it.each([
    ['', 'credit-code-empty'], ['91350100M000100Y4', 'credit-code-length'], ['91350100M000100Y433', 'credit-code-length'],
    ['91350100I000100Y43', 'credit-code-character'], ['91350100O000100Y43', 'credit-code-character'], ['91350100Z000100Y43', 'credit-code-character'],
    ['91350100S000100Y43', 'credit-code-character'], ['91350100V000100Y43', 'credit-code-character'], ['91350100-00100Y43', 'credit-code-character'],
    ['91350100M000100Y44', 'credit-code-check-digit'], ['91350100M000010Y43', 'credit-code-check-digit'],
  ])('%s is refused: %s', (text, reason) => expect(creditCode.parse(text)).toMatchObject({ ok: false, reason, message: expect.any(String) }));
  it('finds every single wrong character', () => {
    const right = creditCodeOf('52990001TESTAB123'.replaceAll('S', 'R'));
    for (let i = 0; i < 18; i += 1) {
      const other = right[i] === '7' ? '8' : '7';
      expect(creditCode.parse(right.slice(0, i) + other + right.slice(i + 1)).ok).toBe(false);
    }
  });
  it('is shown in groups', () => expect(creditCode.show('91350100M000100Y43')).toBe('91 350100 M000100Y4 3'));
});
