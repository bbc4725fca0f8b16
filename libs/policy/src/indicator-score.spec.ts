import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scoreFault, scoreIndicators, totalFault, type IndicatorEntry, type IndicatorRule } from './index.js';
import { indicators } from './indicator.schema.js';

const ruled = { title: '质量指标', clauses: ['TEST-2024-14'], lines: ['health-examination'] };
const aSet = (change: object = {}): IndicatorRule => indicators.parse({
  ...ruled, total: 100, grid: '0.5', notApplicable: 'refuse', items: [{ id: 'a', text: '甲', points: 40 }, { id: 'b', text: '乙', points: 60 }], ...change,
});
const total = (set: IndicatorRule, entries: IndicatorEntry[]) => scoreIndicators(set, entries).score;

describe('the score of a sheet of indicators', () => {
  it('is the sum of its items, exactly', () => {
    expect(scoreIndicators(aSet(), [{ item: 'a', score: '39.5' }, { item: 'b', score: '40.5' }])).toMatchObject({ score: '80', before: '80', items: [{ item: 'a', score: '39.5' }, { item: 'b', score: '40.5' }], missing: [], faults: [], caps: [] });
  });

  it('0.1 deducted three times from 10 leaves 9.7', () => {
    const set = aSet({ total: 10, grid: '0.1', items: [{ id: 'a', text: '甲', points: 10, deductions: [{ id: 'x', text: '每处', points: '0.1' }] }] });
    expect(total(set, [{ item: 'a', counts: { x: 3 } }])).toBe('9.7');
    expect(total(set, [{ item: 'a', counts: {} }])).toBe('10');
  });

  it('no more is deducted than there is, and for one ground no more than the text caps it', () => {
    const set = aSet({ total: 10, items: [{ id: 'a', text: '甲', points: 10, deductions: [{ id: 'x', text: '每处', points: 2, most: 4 }, { id: 'y', text: '每次', points: '0.5' }] }] });
    expect(total(set, [{ item: 'a', counts: { x: 9, y: 1 } }])).toBe('5.5');
    expect(total(set, [{ item: 'a', counts: { x: 9, y: 90 } }])).toBe('0');
  });

  it('79.99 stays 79.99', () => {
    const set = aSet({ grid: '0.01', rounded: { places: 0, rounding: 'half-up' } });
    expect(total(set, [{ item: 'a', score: '39.99' }, { item: 'b', score: '40' }])).toBe('79.99');
  });

  it('without an entry for every item there is none, and what lacks is named', () => {
    expect(scoreIndicators(aSet(), [{ item: 'b', score: '60' }])).toMatchObject({ score: null, missing: ['a'], earned: '60' });
    expect(scoreIndicators(aSet(), [{ item: 'a' }, { item: 'b', score: '60' }])).toMatchObject({ score: null, missing: ['a'] });
  });
});

describe('an entry is refused', () => {
  const set = aSet({ items: [{ id: 'a', text: '甲', points: 40, deductions: [{ id: 'x', text: '每处', points: 1 }] }, { id: 'b', text: '乙', points: 60 }] });
  it.each<[string, IndicatorEntry, string, string]>([
    ['above the points of its item', { item: 'a', score: '40.5' }, 'score', '高于该项满分 40'],
    ['finer than the grid', { item: 'a', score: '39.75' }, 'score', '不是 0.5 分的整数倍'],
    ['below zero', { item: 'a', score: '-1' }, 'score', '不能小于 0'],
    ['that is no number', { item: 'a', score: '三十九' }, 'score', '应为数字'],
    ['with an exponent', { item: 'a', score: '1e1' }, 'score', '应为数字'],
    ['for an item that is not in the set', { item: 'z', score: '1' }, 'item', '没有“z”这一项'],
    ['with a ground the item does not have', { item: 'a', counts: { y: 1 } }, 'counts', '没有“y”这一扣分情形'],
    ['with half a deduction', { item: 'a', counts: { x: 0.5 } }, 'counts', '不小于 0 的整数'],
    ['with counts where nothing is listed', { item: 'b', counts: {} }, 'counts', '没有列出扣分情形'],
    ['with a score and counts', { item: 'a', score: '1', counts: { x: 1 } }, 'score', '只填一样'],
    ['as not applicable where it must apply', { item: 'a', notApplicable: true }, 'notApplicable', '不得作“不适用”处理'],
    ['as a key item that it is not', { item: 'a', score: '1', failed: true }, 'failed', '不是关键项'],
  ])('%s', (_, entry, part, message) => {
    const { score, faults } = scoreIndicators(set, [entry, { item: 'b', score: '60' }].filter((one, at) => at === 0 || one.item !== entry.item));
    expect(score).toBeNull();
    expect(faults).toMatchObject([{ item: entry.item, part, message: expect.stringContaining(message) as unknown }]);
  });
  it('a whole of 100 points is not 100.1', () => {
    expect(scoreFault({ grid: '0.1' }, { points: '100' }, '100.1')).toBe('得分 100.1 高于该项满分 100');
    expect(scoreFault({ grid: '0.1' }, { points: '100' }, '100')).toBeNull();
  });
  it('made twice', () => {
    expect(scoreIndicators(set, [{ item: 'b', score: '60' }, { item: 'b', score: '60' }]).faults).toMatchObject([{ item: 'b', part: 'item', message: '同一项填写了两次' }]);
  });
});

describe('an item that does not apply', () => {
  const items = [{ id: 'a', text: '甲', points: 40 }, { id: 'b', text: '乙', points: 30, mayNotApply: true }, { id: 'c', text: '丙', points: 30, mayNotApply: true }];
  const entries: IndicatorEntry[] = [{ item: 'a', score: '30' }, { item: 'b', score: '25' }, { item: 'c', notApplicable: true }];

  it('is left out of the whole where the text rescales', () => {
    expect(total(aSet({ items, notApplicable: 'rescale', rounded: { places: 2, rounding: 'cut' } }), entries)).toBe('78.57'); // 55 of 70
    expect(total(aSet({ items, notApplicable: 'rescale', rounded: { places: 1, rounding: 'half-up' } }), entries)).toBe('78.6');
  });
  it('leaves the total undetermined where nobody says how the quotient is written', () => {
    expect(scoreIndicators(aSet({ items, notApplicable: 'rescale' }), entries)).toMatchObject({ score: null, undetermined: 'not-exact' });
  });
  it('counts in full where the text says so', () => {
    expect(total(aSet({ items, notApplicable: 'full' }), entries)).toBe('85');
  });
  it('leaves nothing to score when it is all of them', () => {
    const set = aSet({ items: items.map((one) => ({ ...one, mayNotApply: true })), notApplicable: 'rescale', rounded: { places: 2, rounding: 'cut' } });
    expect(scoreIndicators(set, items.map(({ id }) => ({ item: id, notApplicable: true })))).toMatchObject({ score: null, undetermined: 'nothing-applies' });
  });
  it('is not both scored and left out', () => {
    expect(scoreIndicators(aSet({ items, notApplicable: 'full' }), [{ item: 'b', notApplicable: true, score: '1' }]).faults).toMatchObject([{ item: 'b', part: 'notApplicable' }]);
  });
});

describe('a key item', () => {
  const items = [{ id: 'a', text: '甲', points: 40, key: true, failsBelow: 24 }, { id: 'b', text: '乙', points: 60, key: true }];
  const set = aSet({ items, caps: [{ id: 'one', text: '一项', keyFailed: 1, most: '69.5' }, { id: 'two', text: '两项', keyFailed: 2, most: 0 }, { id: 'b-low', text: '乙低', item: 'b', below: 30, most: '59.5' }] });

  it('fails below its mark, and the cap of one failed key item holds', () => {
    expect(scoreIndicators(set, [{ item: 'a', score: '23.5' }, { item: 'b', score: '60', failed: false }])).toMatchObject({ score: '69.5', before: '83.5', failed: ['a'], caps: ['one'] });
    expect(scoreIndicators(set, [{ item: 'a', score: '24' }, { item: 'b', score: '60', failed: false }])).toMatchObject({ score: '84', failed: [], caps: [] });
  });
  it('without a mark must be judged', () => {
    expect(scoreIndicators(set, [{ item: 'a', score: '40' }, { item: 'b', score: '60' }])).toMatchObject({ score: null, missing: ['b'] });
  });
  it('two of them failed are a veto', () => {
    expect(total(set, [{ item: 'a', score: '10' }, { item: 'b', score: '60', failed: true }])).toBe('0');
  });
  it('a cap on one item needs no key item to have failed', () => {
    expect(scoreIndicators(set, [{ item: 'a', score: '40' }, { item: 'b', score: '29.5', failed: false }])).toMatchObject({ score: '59.5', caps: ['b-low'] });
  });
  it('fails by a ground that fails it', () => {
    const grounds = aSet({ total: 10, items: [{ id: 'a', text: '甲', points: 10, key: true, deductions: [{ id: 'x', text: '弄虚作假', points: 10, failsKey: true }, { id: 'y', text: '每处', points: 1 }] }], caps: [{ id: 'veto', text: '一票否决', keyFailed: 1, most: 0 }] });
    expect(scoreIndicators(grounds, [{ item: 'a', counts: { x: 1 } }])).toMatchObject({ score: '0', failed: ['a'] });
    expect(scoreIndicators(grounds, [{ item: 'a', counts: { y: 1 } }])).toMatchObject({ score: '9', failed: [] });
  });
});

it('a total given as a whole is on the grid of its set and not above it', () => {
  const set = aSet({ caps: [{ id: 'cap', text: '限', item: 'a', below: 10, most: '59.99' }] });
  expect(['100', '79.5', '59.99'].map((score) => totalFault(set, score))).toEqual([null, null, null]);
  expect(totalFault(set, '100.1')).toBe('评分 100.1 高于总分 100');
  expect(totalFault(set, '79.25')).toBe('评分 79.25 不是 0.5 分的整数倍');
  expect(totalFault(set, '优秀')).toContain('应为数字');
  const rescaled = aSet({ notApplicable: 'rescale', rounded: { places: 2, rounding: 'cut' }, items: [{ id: 'a', text: '甲', points: 100, mayNotApply: true }] });
  expect([totalFault(rescaled, '79.25'), totalFault(rescaled, '79.251')]).toEqual([null, '评分 79.251 不是 0.01 分的整数倍']);
});

it('weights of items of other points make shares of the total', () => {
  const set = aSet({ items: [{ id: 'a', text: '甲', points: 10, weight: 30 }, { id: 'b', text: '乙', points: 50, weight: 70 }] });
  expect(total(set, [{ item: 'a', score: '9' }, { item: 'b', score: '40' }])).toBe('83');
});

describe('whatever is entered', () => {
  const points = fc.integer({ min: 1, max: 400 });
  const halves = (n: number): string => String(n / 2);
  const sheets = fc.array(fc.record({ points, earned: fc.nat(400), lacks: fc.boolean(), counts: fc.nat(40) }), { minLength: 1, maxLength: 12 });

  it('the total lies between nothing and the whole, is on no finer grid than its items, and does not depend on their order', () => {
    fc.assert(fc.property(sheets, (rows) => {
      const items = rows.map(({ points: most, counts }, at) => ({ id: `i${at}`, text: '项', points: halves(most), ...(counts % 2 ? { deductions: [{ id: 'x', text: '每处', points: '0.5' }] } : {}) }));
      const set = aSet({ total: halves(rows.reduce((sum, { points: most }) => sum + most, 0)), items });
      const entries = rows.map(({ points: most, earned, counts }, at): IndicatorEntry => (counts % 2 ? { item: `i${at}`, counts: { x: counts } } : { item: `i${at}`, score: halves(Math.min(most, earned)) }));
      const expected = rows.reduce((sum, { points: most, earned, counts }) => sum + (counts % 2 ? Math.max(0, most - counts) : Math.min(most, earned)), 0);
      expect(total(set, entries)).toBe(halves(expected));
      expect(total(set, entries.toReversed())).toBe(halves(expected));
    }));
  });

  it('what does not apply never changes whether the rest reaches a mark: a cut total reaches it exactly when the quotient does', () => {
    fc.assert(fc.property(sheets, fc.integer({ min: 0, max: 100 }), (rows, mark) => {
      const items = rows.map(({ points: most }, at) => ({ id: `i${at}`, text: '项', points: halves(most), mayNotApply: true }));
      const set = aSet({ items, notApplicable: 'rescale', rounded: { places: 2, rounding: 'cut' } });
      const entries = rows.map(({ points: most, earned, lacks }, at): IndicatorEntry => (lacks ? { item: `i${at}`, notApplicable: true } : { item: `i${at}`, score: halves(Math.min(most, earned)) }));
      const applying = rows.filter(({ lacks }) => !lacks);
      const [got, could] = [applying.reduce((sum, { points: most, earned }) => sum + Math.min(most, earned), 0), applying.reduce((sum, { points: most }) => sum + most, 0)];
      const reached = total(set, entries);
      if (could === 0) expect(reached).toBeNull();
      else if (applying.length < rows.length) expect(Number(reached) >= mark).toBe(got * 100 >= mark * could);
    }));
  });
});
