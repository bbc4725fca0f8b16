import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { algorithmA, median, normalisedIqr, scaledMad, uncertaintyOfConsensus } from './robust.js';

/** 24 determinations of copper in wholemeal flour (Analytical Methods Committee, Analyst 114 (1989) 1693; data set `chem` of R's MASS). */
const copper = [2.9, 3.1, 3.4, 3.4, 3.7, 3.7, 2.8, 2.5, 2.4, 2.4, 2.7, 2.2, 5.28, 3.37, 3.03, 3.03, 28.95, 3.77, 3.4, 2.2, 3.5, 3.6, 3.7, 3.7];
const values = fc.array(fc.integer({ min: -100_000, max: 100_000 }).map((it) => it / 100), { minLength: 5, maxLength: 60 }).filter((list) => new Set(list).size > list.length / 2 + 1);

describe('robust statistics of a round', () => {
  it('median, scaled median absolute deviation and normalised interquartile range of the copper data', () => {
    expect(median(copper)).toBeCloseTo(3.385, 10);
    expect(scaledMad(copper)).toBeCloseTo(0.5265, 4); // MASS::huber gives 0.526323 with the factor 1.4826
    expect(normalisedIqr(copper)).toBeCloseTo(0.7413 * (3.7 - 2.775), 10);
  });
  it('Algorithm A agrees with Huber’s proposal 2 of R (MASS::hubers: 3.2055, 0.6737), whose consistency factor has one place more', () => {
    const { mean, sd } = algorithmA(copper);
    expect(mean).toBeCloseTo(3.2055, 3);
    expect(Math.abs(sd - 0.6737)).toBeLessThan(0.0007);
  });
  it('one wild result moves the robust mean little', () => {
    const { mean } = algorithmA([...copper.filter((it) => it < 28), 2895]);
    expect(mean).toBeCloseTo(algorithmA(copper).mean, 9);
  });
  it('satisfies its own definition: drawn in to 1.5 s, the values have this mean and 1/1.134 of this spread', () => {
    fc.assert(fc.property(values, (list) => {
      const { mean, sd } = algorithmA(list);
      const drawn = list.map((it) => Math.min(Math.max(it, mean - 1.5 * sd), mean + 1.5 * sd));
      const average = drawn.reduce((sum, it) => sum + it, 0) / drawn.length;
      const spread = 1.134 * Math.sqrt(drawn.reduce((sum, it) => sum + (it - average) ** 2, 0) / (drawn.length - 1));
      expect(Math.abs(average - mean)).toBeLessThanOrEqual(1e-4 * sd + 1e-9);
      expect(Math.abs(spread - sd)).toBeLessThanOrEqual(1e-4 * sd + 1e-9);
    }));
  });
  it('moves and stretches with the data', () => {
    fc.assert(fc.property(values, (list) => {
      const one = algorithmA(list);
      const other = algorithmA(list.map((it) => 3 * it + 7));
      expect(other.mean).toBeCloseTo(3 * one.mean + 7, 1);
      expect(other.sd / one.sd).toBeCloseTo(3, 3);
    }));
  });
  it('many rounds are no reason to give up: nearly equal results among spread ones are reached after some five hundred', () => {
    const { mean, sd } = algorithmA([0, 0, 0, 0, -0.01, -1.01, 1.38, 0.01, 1.39, -0.02]);
    expect(mean).toBeCloseTo(0.17277, 4); // its fixed point, taken from 700 rounds written out by hand
    expect(sd).toBeCloseTo(0.80405, 4);
  });
  it('more than half equal values do not stop it; fewer than two do', () => {
    expect(algorithmA([5, 5, 5, 5, 6]).sd).toBe(0);
    expect(algorithmA([5, 5, 5, 5, 6]).mean).toBeCloseTo(5, 5);
    expect(algorithmA([5, 5, 5])).toMatchObject({ mean: 5, sd: 0 });
    expect(() => algorithmA([5])).toThrow('至少需要两个结果');
    expect(() => median([])).toThrow('没有结果');
  });
  it('a consensus of 25 participants is uncertain by a quarter of their spread', () => {
    expect(uncertaintyOfConsensus(0.8, 25)).toBeCloseTo(0.2, 12);
  });
});
