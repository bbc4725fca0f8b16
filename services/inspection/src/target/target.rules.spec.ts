import { describe, expect, it } from '@jest/globals';
import { percentOf, reached, sum, type Count } from './target.rules.js';

const rule = { op: '=' as const, percent: '100', numerator: 'institutions-inspected' as const, denominator: 'institutions' as const };
const atLeast = { ...rule, op: '>=' as const, percent: '95' };
const count = (it: number | null): Count => ({ count: it, sources: [] });

describe('what a target comes to', () => {
  it.each([
    [rule, 3, 3, 'met', '100.00'], [rule, 2, 3, 'not-met', '66.66'], [atLeast, 95, 100, 'met', '95.00'], [atLeast, 9499, 10000, 'not-met', '94.99'],
  ])('[HS-2024-02] %j with %d of %d is %s, exactly (%s%%)', (target, numerator, denominator, state, percent) => {
    expect(reached(target, null, count(numerator), count(denominator))).toMatchObject({ state, percent });
  });

  it('a denominator of zero is not applicable, neither 0 % nor 100 %', () => {
    expect(reached(rule, 'disease-diagnosis', count(0), count(0))).toMatchObject({ state: 'not-applicable', percent: null });
    expect(reached(rule, 'disease-diagnosis', count(null), count(0))).toMatchObject({ state: 'not-applicable' });
  });

  it('a count nobody has entered leaves it undetermined, and is named', () => {
    expect(reached(rule, null, count(null), count(4))).toMatchObject({ state: 'undetermined', percent: null, missing: ['institutions-inspected'] });
  });

  it('more than all of them is a mistake, never met', () => {
    expect(reached(atLeast, null, count(5), count(4))).toMatchObject({ state: 'undetermined' });
  });

  it('is cut, not rounded: 99.999 % is never shown as 100 %', () => {
    expect(percentOf(99_999, 100_000)).toBe('99.99');
    expect(sum([count(1), count(null)]).count).toBeNull();
    expect(sum([count(1), count(2)]).count).toBe(3);
  });
});
