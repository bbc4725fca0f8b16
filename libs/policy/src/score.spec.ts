import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, unaryTest } from 'feelin';
import { decide, decimalOf, deduct, isScore, parsePack, score, scoreText, sumOf, weighted, weightedDecimalOf, weightedText, type Score } from './index.js';
import { table, testlandFiles } from './testland.fixture.js';

const hundredths = fc.integer({ min: 0, max: 1_000_000 });
/** The text of a count of hundredths, made digit by digit. */
const printed = (units: number) => `${Math.floor(units / 100)}.${String(units % 100).padStart(2, '0')}`;

describe('a score', () => {
  it.each([['79.99', 7999], ['80', 8000], ['9.7', 970], ['0', 0], ['-0.5', -50], [79.99, 7999], [0.07, 7], ['0.00', 0], ['-0', 0]])('%s is %d hundredths', (text, units) => expect(score(text)).toBe(units));
  it.each(['79.995', '80.000', '1e2', '', ' 80', '80分', '.5', '80.', 'NaN', '１０', '12345678', '+3', '0x10'])('“%s” is none', (text) => expect(() => score(text)).toThrow('分值应写成'));
  it.each([79.995, 0.1 + 0.2, Number.NaN, Number.POSITIVE_INFINITY])('%d is none: nothing is rounded on the way in', (value) => expect(() => score(value)).toThrow('分值应写成'));
  it('is read and written without loss (property)', () => {
    fc.assert(fc.property(hundredths, (units) => {
      expect(score(printed(units))).toBe(units);
      expect(score(scoreText(units as Score))).toBe(units);
      expect(score(decimalOf(units as Score))).toBe(units);
    }), { numRuns: 5000 });
  });
});

describe('arithmetic on scores', () => {
  it('0.1 three times from 10 leaves 9.7', () => {
    expect(scoreText(deduct(score('10'), 3, score('0.1')))).toBe('9.7');
    expect(decimalOf(deduct(score('10'), 3, score('0.1')))).toBe(9.7);
  });
  it('takes no more than all where the text says so', () => {
    expect(scoreText(deduct(score('2'), 5, score('0.5'), score('0')))).toBe('0');
    expect(scoreText(deduct(score('2'), 5, score('0.5')))).toBe('-0.5');
  });
  it('is that of whole numbers, whatever the order (property)', () => {
    fc.assert(fc.property(fc.array(hundredths, { maxLength: 40 }), fc.integer({ min: 0, max: 500 }), hundredths, (units, times, points) => {
      const scores = units.map((it) => score(printed(it)));
      const total = units.reduce((sum, it) => sum + BigInt(it), 0n);
      expect(BigInt(sumOf(scores))).toBe(total);
      expect(sumOf([...scores].reverse())).toBe(sumOf(scores));
      if (total < 900_000_000n) expect(BigInt(deduct(sumOf(scores), times, points as Score))).toBe(total - BigInt(times) * BigInt(points));
    }), { numRuns: 2000 });
  });
  it('weighs without rounding: 79.99 and 80 in equal parts are 79.995', () => {
    const half = score('50');
    const mean = weighted([{ score: score('79.99'), percent: half }, { score: score('80'), percent: half }]);
    expect([weightedText(mean), weightedDecimalOf(mean)]).toEqual(['79.995', 79.995]);
  });
  it('equal scores weigh what they are, whatever the weights (property)', () => {
    fc.assert(fc.property(hundredths, fc.integer({ min: 0, max: 10_000 }), (units, share) => {
      const mean = weighted([{ score: units as Score, percent: share as Score }, { score: units as Score, percent: (10_000 - share) as Score }]);
      expect(weightedDecimalOf(mean)).toBe(decimalOf(units as Score));
    }));
  });
  it('refuses weights that do not make 100 %, and what is no count or leaves the range', () => {
    expect(() => weighted([{ score: score('80'), percent: score('40') }, { score: score('80'), percent: score('50') }])).toThrow('权重合计应为 100%，现为 90%');
    expect(() => weighted([{ score: score('80'), percent: score('-10') }, { score: score('80'), percent: score('110') }])).toThrow('权重合计应为 100%');
    expect(() => deduct(score('10'), 1.5, score('1'))).toThrow('扣分次数');
    expect(() => sumOf(new Array<Score>(200).fill(score('9999999')))).toThrow('超出可计算范围');
    expect([isScore(7999), isScore(79.99), isScore('7999')]).toEqual([true, false, false]);
  });
});

describe('a score in a decision table', () => {
  const bands: [string, string, string, string][] = [['top', '>= 80', '-', '"A"'], ['upper', '[70..79.99]', '-', '"B"'], ['lower', '[60..69.99]', 'true', '"C"'], ['lower-idle', '[60..69.99]', 'false', '"C"'], ['under', '< 60', '-', '"A"']];
  it.each([['59.99', 'under'], ['60', 'lower'], ['69.99', 'lower'], ['70', 'upper'], ['79.99', 'upper'], ['80', 'top'], ['100', 'top'], ['0', 'under']])('%s falls into the band of rule %s', async (text, rule) => {
    const pack = await parsePack({ ...testlandFiles(), 'decisions/band.dmn': table('band', 'UNIQUE', bands) });
    expect(decide(pack, 'band', { score: decimalOf(score(text)), served: true })).toMatchObject({ determined: true, rule });
  });
  it('every hundredth from 0 to 100 falls into one band, and into the one that whole numbers say', async () => {
    const pack = await parsePack({ ...testlandFiles(), 'decisions/band.dmn': table('band', 'UNIQUE', bands) });
    const wrong: string[] = [];
    for (let units = 0; units <= 10_000; units += 1) {
      const expected = units >= 8000 ? 'top' : units >= 7000 ? 'upper' : units >= 6000 ? 'lower' : 'under';
      const { rule } = decide(pack, 'band', { score: decimalOf(units as Score), served: true });
      if (rule !== expected) wrong.push(`${scoreText(units as Score)}: ${rule}`);
    }
    expect(wrong).toEqual([]);
  });
  it('is the very number that FEEL reads from a cell (property)', () => {
    fc.assert(fc.property(hundredths, (units) => {
      expect(evaluate(printed(units), {}).value).toBe(decimalOf(units as Score));
      expect(unaryTest(`[${printed(units)}..${printed(units)}]`, { '?': decimalOf(units as Score) }).value).toBe(true);
    }), { numRuns: 1000 });
  });
  it('a weighted mean a millionth below an edge stays below it', () => {
    const mean = weighted([{ score: score('79.99'), percent: score('0.01') }, { score: score('80'), percent: score('99.99') }]);
    expect([weightedText(mean), unaryTest('>= 80', { '?': weightedDecimalOf(mean) }).value]).toEqual(['79.999999', false]);
  });
});
