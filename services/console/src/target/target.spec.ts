import { describe, expect, it } from '@jest/globals';
import { aimWords, enteredMeasures, shareWords, type Reached, type Target } from './target.js';

const reached = (more: Partial<Reached>): Reached => ({ kind: null, numerator: 12, denominator: 15, percent: '80', state: 'not-met', missing: [], sources: [], ...more });

describe('a target in words', () => {
  it('says what is aimed at and what was reached; a missing count is no zero', () => {
    expect([aimWords({ op: '>=', percent: '95' }), aimWords({ op: '=', percent: '100' })]).toEqual(['不低于 95%', '100%']);
    expect([shareWords(reached({})), shareWords(reached({ numerator: null, percent: null }))]).toEqual(['12/15（80%）', '？/15']);
  });

  it('asks people only for what the system does not count', () => {
    const target = (data: Target['data'], numerator: string, denominator: string) => ({ data, numerator, denominator }) as Target;
    expect(enteredMeasures([target('computed', 'institutions-inspected', 'institutions'), target('entered', 'institutions-compared', 'institutions'), target('entered', 'institutions-compared', 'institutions-obliged-to-compare')]))
      .toEqual(['institutions-compared', 'institutions-obliged-to-compare']);
  });
});
