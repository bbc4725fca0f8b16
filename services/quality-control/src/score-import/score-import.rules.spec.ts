import { describe, expect, it } from '@jest/globals';
import type { IndicatorSet } from '@zhijian/policy';
import { merged, sameSheet, ScoreSifter, type Ground } from './score-import.rules.js';
import { linesToFill, type ScoreLine } from './score-table.js';

const item = (id: string, points: string, more: object = {}) => ({ id, text: `指标${id}`, points, key: false, mayNotApply: false, deductions: [], printed: false, ...more });
const set = {
  title: '质量指标', clauses: ['XX-2025-01'], lines: ['occupational-health-service'], total: '100', grid: '0.5', groups: {}, notApplicable: 'rescale', caps: [],
  items: [item('a', '40', { number: '1.1' }), item('b', '40', { number: '1.2', key: true }), item('c', '20', { number: '2.1', mayNotApply: true })],
} as unknown as IndicatorSet;
const body = { id: 'i-1', name: '示例机构 01', holds: true, concerned: true };
const ground = (): Ground => ({
  set, line: 'occupational-health-service', year: 2025, thisYear: 2026,
  bodies: new Map([['A', body], ['B', { ...body, id: 'i-2', name: '示例机构 02', holds: false }], ['C', { ...body, id: 'i-3', name: '示例机构 03', concerned: false }]]),
});
const aLine = (change: Partial<ScoreLine> = {}): ScoreLine => ({ creditCode: 'A', name: '示例机构 01', line: 'occupational-health-service', year: 2025, served: true, item: '1.1', text: '指标a', score: '39.5', notApplicable: null, keyPassed: null, note: null, ...change });
const at = (row: number, key: string): string => `${key}@${row}`;
const sift = (...lines: Partial<ScoreLine>[]) => new ScoreSifter(ground()).sift(lines.map((change, i) => ({ row: i + 2, value: { ...aLine(change) } })), at);

describe('lines of a score sheet', () => {
  it('become entries of their body, by the number or the id of an item', () => {
    expect(sift({}, { item: 'B', text: null, score: '30', keyPassed: false }, { item: '2.1', text: '指标 c', score: null, notApplicable: true, note: '无现场采样业务' })).toEqual({
      lines: 0, faults: [], good: [
        { row: 2, institutionId: 'i-1', item: 'a', score: '39.5', notApplicable: false, failed: null, note: null },
        { row: 3, institutionId: 'i-1', item: 'b', score: '30', notApplicable: false, failed: true, note: null },
        { row: 4, institutionId: 'i-1', item: 'c', score: null, notApplicable: true, failed: null, note: '无现场采样业务' },
      ],
    });
  });

  it.each<[string, Partial<ScoreLine>, string, string]>([
    ['of an unknown credit code', { creditCode: 'Z' }, 'creditCode', '登记的机构中没有'],
    ['under another name', { name: '示例机构 02' }, 'name', '与登记的名称“示例机构 01”不符'],
    ['of a body without the line', { creditCode: 'B', name: '示例机构 02' }, 'creditCode', '2025 年度没有职业卫生技术服务机构的资质'],
    ['of a body of another place', { creditCode: 'C', name: '示例机构 03' }, 'creditCode', '不在本辖区评估之列'],
    ['of another line', { line: 'health-examination' }, 'line', '本次导入的是职业卫生技术服务机构的评分'],
    ['of another year', { year: 2024 }, 'year', '本次导入的是 2025 年度的评分'],
    ['of a year not begun', { year: 2027 }, 'year', '2027 年度尚未开始'],
    ['without an item', { item: null }, 'item', '未填写“指标编号”'],
    ['of an unknown item', { item: '9.9' }, 'item', '没有这一编号的项'],
    ['whose words are those of another item', { text: '指标b' }, 'text', '与“1.1”的指标内容不符'],
    ['without a score', { score: null }, 'score', '未填写“得分”'],
    ['above the points', { score: '40.5' }, 'score', '高于该项满分 40'],
    ['off the grid', { score: '39.25' }, 'score', '不是 0.5 分的整数倍'],
    ['below zero', { score: '-1' }, 'score', '不能小于 0'],
    ['in words', { score: '优' }, 'score', '应为数字'],
    ['that does not apply where it must', { score: null, notApplicable: true }, 'notApplicable', '不得作“不适用”处理'],
    ['scored and not applicable', { item: '2.1', text: null, score: '1', notApplicable: true }, 'score', '不应再填写得分'],
    ['of a key item nobody judged', { item: '1.2', text: null, score: '40' }, 'keyPassed', '须填写是否合格'],
    ['judged though no key item', { keyPassed: true }, 'keyPassed', '不是关键项'],
    ['scored though there was no service', { served: false, item: null }, 'score', '当年未开展服务，此处应为空'],
  ])('one %s is a fault of its one cell', (_, change, part, message) => {
    const { good, faults, lines } = sift(change);
    expect({ good, lines }).toEqual({ good: [], lines: 1 });
    expect(faults).toEqual([{ path: `${part}@2`, message: expect.stringContaining(message) as unknown }]);
  });

  it('that say the same item twice, or both that a body served and that it did not, name the earlier line', () => {
    expect(sift({}, {}).faults).toEqual([{ path: 'item@3', message: '与第2行重复' }]);
    const idle = { served: false, item: null, text: null, score: null };
    expect(sift(idle, {}).faults).toEqual([{ path: 'served@3', message: '与第2行不一致：该机构当年是否开展服务' }]);
    expect(sift(idle, idle).faults).toEqual([{ path: 'creditCode@3', message: '与第2行重复' }]);
    expect(sift({ score: '99' }, {}).good).toHaveLength(1); // a line at fault has said nothing
  });
});

describe('a sheet after an import', () => {
  const row = (name: string, score: string | null, more: object = {}) => ({ item: name, score, notApplicable: false, failed: null, note: null, ...more });
  const order = ['a', 'b', 'c'];

  it('has the new entries in the place of the old ones of the same items', () => {
    const before = { served: true, entries: [{ item: 'c', score: '20' }, { item: 'a', score: '1', note: '旧' }] };
    expect(merged(before, [row('a', '39.5'), row('b', '40', { failed: false })], order)).toEqual({ served: true, entries: [{ item: 'a', score: '39.5' }, { item: 'b', score: '40', failed: false }, { item: 'c', score: '20' }] });
    expect(merged(before, [{ item: null, score: null, notApplicable: false, failed: null, note: null }], order)).toEqual({ served: false, entries: [] });
    expect(merged({ served: false, entries: [] }, [row('a', '1')], order)).toEqual({ served: true, entries: [{ item: 'a', score: '1' }] });
  });

  it('is the same whatever the order of its entries and their fields', () => {
    expect(sameSheet({ served: true, entries: [{ score: '1', item: 'a' }, { item: 'b', score: '2' }] }, { served: true, entries: [{ item: 'b', score: '2' }, { item: 'a', score: '1' }] })).toBe(true);
    expect(sameSheet({ served: true, entries: [{ item: 'a', score: '1' }] }, { served: true, entries: [{ item: 'a', score: '1', note: '新' }] })).toBe(false);
    expect(sameSheet(undefined, { served: true, entries: [] })).toBe(false);
  });
});

it('the table to fill in has a line for every item of every body, with what was entered', () => {
  const lines = linesToFill(set, 'occupational-health-service', 2025, [{ creditCode: 'A', name: '示例机构 01', served: null, entries: [{ item: 'b', score: '30', failed: true }] }, { creditCode: 'D', name: '示例机构 04', served: false, entries: [] }]);
  expect(lines).toMatchObject([{ item: '1.1', score: null }, { item: '1.2', score: '30', keyPassed: false }, { item: '2.1' }, { creditCode: 'D', served: false, item: null }]);
  expect(sift(...lines.slice(1, 2)).good).toMatchObject([{ item: 'b', score: '30', failed: true }]);
});
