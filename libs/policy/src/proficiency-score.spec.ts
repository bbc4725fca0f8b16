import { describe, expect, it } from '@jest/globals';
import { decimal, decimalText } from './decimal.js';
import { scored, usualLimits, type ScoreKind } from './proficiency-score.js';

const of = (kind: ScoreKind, numbers: Record<string, string>, limits = usualLimits(kind)) => {
  const { result, assigned, ...rest } = Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, decimal(text)]));
  const { score, verdict } = scored(kind, { result: result!, assigned: assigned!, ...rest }, limits);
  return [score && decimalText(score), verdict];
};

describe('a score of a laboratory comparison', () => {
  it.each([
    ['10.4', '2.00', 'satisfactory'], ['10.401', '2.00', 'questionable'], ['10.42', '2.10', 'questionable'], ['10.5999', '3.00', 'questionable'], ['10.6', '3.00', 'unsatisfactory'], ['9.6', '-2.00', 'satisfactory'], ['9.4', '-3.00', 'unsatisfactory'], ['10', '0.00', 'satisfactory'],
  ])('z of %s against 10 ± 0.2 is %s: %s', (result, z, verdict) => {
    expect(of('z', { result, assigned: '10', sd: '0.2' })).toEqual([z, verdict]);
  });
  it('z′ divides by both the deviation and the uncertainty of the assigned value', () => {
    expect(of('z-prime', { result: '11', assigned: '10', sd: '0.4', assignedUncertainty: '0.3' })).toEqual(['2.00', 'satisfactory']);
  });
  it('ζ divides by both standard uncertainties', () => {
    expect(of('zeta', { result: '11.5', assigned: '10', uncertainty: '0.3', assignedUncertainty: '0.4' })).toEqual(['3.00', 'unsatisfactory']);
  });
  it('E_n of exactly 1 is satisfactory, unless the scheme leaves 1 itself out', () => {
    const numbers = { result: '10.5', assigned: '10', uncertainty: '0.3', assignedUncertainty: '0.4' };
    expect(of('en', numbers)).toEqual(['1.00', 'satisfactory']);
    expect(of('en', numbers, { ...usualLimits('en'), satisfactoryIncluded: false, unsatisfactoryIncluded: true })).toEqual(['1.00', 'unsatisfactory']);
    expect(of('en', { ...numbers, result: '10.501' })).toEqual(['1.00', 'unsatisfactory']);
  });
  it('without what it divides by there is no score, and it says what is missing', () => {
    expect(scored('z', { result: decimal('1'), assigned: decimal('1') })).toEqual({ kind: 'z', score: null, verdict: null, missing: 'sd' });
    expect(scored('z', { result: decimal('1'), assigned: decimal('1'), sd: decimal('0.0') })).toMatchObject({ missing: 'sd' });
    expect(scored('zeta', { result: decimal('1'), assigned: decimal('1'), uncertainty: decimal('0.1') })).toMatchObject({ missing: 'assigned-uncertainty' });
    expect(scored('en', { result: decimal('1'), assigned: decimal('1'), assignedUncertainty: decimal('0.1') })).toMatchObject({ missing: 'uncertainty' });
  });
});
