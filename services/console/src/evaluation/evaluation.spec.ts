import { describe, expect, it } from '@jest/globals';
import { bandLines, countFaults, entryOf, grouped, scoreBins, toFields, typedOf, type Indicator, type IndicatorSet } from './evaluation.js';

const anItem = (change: Partial<Indicator> = {}): Indicator => ({ id: 'a', number: '1', text: '制度', group: null, points: '40', weight: null, key: false, failsBelow: null, mayNotApply: false, deductions: [], ...change });
const deducted = anItem({ deductions: [{ id: 'x', text: '每缺一份', points: '0.5', most: null, failsKey: false }] });

describe('what is typed for an indicator', () => {
  it('comes back as it was entered', () => {
    for (const [item, entry] of [
      [anItem(), { item: 'a', score: '39.5', note: '缺一份' }], [deducted, { item: 'a', counts: { x: 3 } }], [anItem({ mayNotApply: true }), { item: 'a', notApplicable: true }], [anItem({ key: true }), { item: 'a', score: '40', failed: false }],
    ] as const) expect(entryOf(item, typedOf(item, entry))).toEqual(entry);
  });
  it('is nothing while its fields are empty; an item of deductions without any found has all its points', () => {
    expect(entryOf(anItem(), typedOf(anItem(), undefined))).toBeNull();
    expect(entryOf(deducted, typedOf(deducted, undefined))).toEqual({ item: 'a', counts: {} });
  });
  it('counts are whole numbers, and are asked for only where they count', () => {
    const typed = { ...typedOf(deducted, undefined), counts: { x: '两次' } };
    expect(countFaults(deducted, typed)).toEqual([{ path: '/entries/a/counts/x', message: '次数应为不小于 0 的整数' }]);
    expect(countFaults(deducted, { ...typed, byScore: true })).toEqual([]);
  });
});

it('errors of what was sent stand beside the field of their item', () => {
  expect(toFields([{ path: '/entries/1/score', message: '高于满分' }, { path: '/served', message: '。' }], [{ item: 'a' }, { item: 'b', score: '9' }])).toEqual([{ path: '/entries/b/score', message: '高于满分' }, { path: '/served', message: '。' }]);
});

it('items stand under their groups in the order of the set', () => {
  const set = { items: [anItem({ group: 'g' }), anItem({ id: 'b', group: 'g' }), anItem({ id: 'c' })], groups: { g: { title: '管理', points: '80' } } } as unknown as IndicatorSet;
  expect(grouped(set).map(({ title, points, items }) => [title, points, items.length])).toEqual([['管理', '80', 2], [null, null, 1]]);
});

describe('how scores are spread', () => {
  const pack = {
    rules: {
      bands: { other: { decision: 'colour', printed: [{ from: '1', value: 'A' }] }, grades: { decision: 'quality-grade', printed: [{ from: '80', value: 'A' }, { from: '70', value: 'B' }, { from: '60', value: 'C' }, { from: '0', value: 'D' }] } },
      scales: { 'quality-grade': { values: [{ id: 'A', title: 'A级' }, { id: 'B', title: 'B级' }] } },
    },
  };
  it('the lines are where the pack’s bands begin, the lowest left out; without bands there are none', () => {
    expect(bandLines(pack)).toEqual([{ at: 60, word: 'C 60' }, { at: 70, word: 'B级 70' }, { at: 80, word: 'A级 80' }]);
    expect([bandLines({ rules: {} }), bandLines(undefined)]).toEqual([[], []]);
  });
  it('a score on a line stands above it, 79.99 below; the greatest is in the last class', () => {
    const bins = scoreBins(['79.99', '80', '84.9', '100'], '100', bandLines(pack));
    expect(bins[0]).toEqual({ from: 55, to: 60, count: 0 });
    expect(bins.filter(({ count }) => count).map(({ from, to, count }) => [from, to, count])).toEqual([[75, 80, 1], [80, 85, 2], [95, 100, 1]]);
  });
  it('reaches down to the least score; of none there is none', () => {
    expect(scoreBins(['12', '90'], '100', bandLines(pack))[0]).toEqual({ from: 10, to: 15, count: 1 });
    expect(scoreBins([], '100', [])).toEqual([]);
  });
});
