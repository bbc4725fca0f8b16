import { describe, expect, it } from '@jest/globals';
import { barsOf, decimalFault, mayObject, ownBars, reachOf, type Evaluation } from './comparison.js';

describe('the chart of scores', () => {
  const laboratories = [['101', '3.00', 'unsatisfactory'], ['102', '-2.00', 'satisfactory'], ['103', null, null]].map(([code, score, verdict]) => ({
    code, institutionId: null, name: null, state: 'reported', outcome: { scores: [{ measurand: 'lead', value: '1', uncertainty: null, score, verdict, missing: null }] },
  })) as unknown as Evaluation['laboratories'];
  it('goes from the least to the greatest and leaves out who has no score', () => {
    expect(barsOf(laboratories, 'lead').map(({ key, shown }) => [key, shown])).toEqual([['102', '-2.00'], ['101', '3.00']]);
  });
  it('marks one’s own once, though others have the same score; 2.00 is satisfactory, 3.00 is not', () => {
    const bars = ownBars({ measurand: 'lead', values: [], classes: [], scores: ['-3.00', '2.00', '2.00', '2.01'], own: '2.00' }, { satisfactory: '2', unsatisfactory: '3' });
    expect(bars.map(({ own, verdict }) => [own, verdict])).toEqual([[false, 'unsatisfactory'], [true, 'satisfactory'], [false, 'satisfactory'], [false, 'questionable']]);
  });
  it('shows the outer limit, and is not flattened by one wild score', () => {
    expect(reachOf([], 3)).toBe(3.75);
    expect(reachOf([{ key: '1', score: 900, shown: '900.00', verdict: null, own: false }], 3)).toBe(6);
  });
});

it('what is no decimal, or has too many places, is said before it is sent', () => {
  expect([decimalFault('10.40', 2), decimalFault('10.401', 2), decimalFault('1e3', 2), decimalFault('10，4', 2)]).toEqual([null, '至多 2 位小数', '应为十进制数，如 10.40', '应为十进制数，如 10.40']);
});

it('whoever has objected sees where it stands, and objects again only when it has been answered', () => {
  expect(mayObject([])).toBe(true);
  expect(mayObject([{ state: 'kept' }, { state: 'open' }])).toBe(false);
  expect(mayObject([{ state: 'kept' }, { state: 'to-be-changed' }])).toBe(true);
});
