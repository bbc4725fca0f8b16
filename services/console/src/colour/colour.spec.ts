import { describe, expect, it } from '@jest/globals';
import { effectValue, flowLayout, lackWords, titleOf, toneOf } from './colour.js';

const colours = [{ id: 'green', title: '绿色' }, { id: 'yellow', title: '黄色' }, { id: 'red', title: '红色' }];

describe('colours as people read them', () => {
  it('a colour has the pack’s word, the best one is good and the worst bad; none is told from all of them', () => {
    expect(colours.map(({ id }) => toneOf(colours, id))).toEqual(['good', 'warn', 'bad']);
    expect([titleOf(colours, 'red'), titleOf(colours, null), titleOf(colours, 'none'), toneOf(colours, null)]).toEqual(['红色', '没有颜色', '没有颜色', 'wait']);
  });
  it('what somebody lacks is said once, a missing score by its year', () => {
    expect(lackWords({ served: true, result: null, reason: '待核实：未参加，按方案不作评定；待核实：缺少“比对综合评定结果”' }, 2025)).toBe('未参加，按方案不作评定；缺少“比对综合评定结果”');
    expect([lackWords({ served: null, result: '合格', reason: '待核实：缺少“上一年度开展了技术服务”' }, 2025), lackWords({ served: null, result: null, reason: null }, 2025)]).toEqual(['没有审签的 2025 年度评分', '没有审签的 2025 年度评分，也没有比对结果']);
  });
  it('an effect is said in the words of the pack', () => {
    const pack = { rules: { scales: { colour: { values: colours } }, frequencies: { 'red-inspection': { wording: '不少于 2 次/年' } } } };
    expect(effectValue(pack, { what: 'colour' }, 'red')).toBe('红色');
    expect(effectValue(pack, { what: 'inspection' }, 'red-inspection')).toBe('不少于 2 次/年');
    expect([effectValue(pack, { what: 'inspection' }, null), effectValue(pack, { what: 'red-years' }, '3'), effectValue(pack, { what: 'rectification-report' }, 'report')]).toEqual(['无', '3 年', '应提交']);
  });
});

describe('the flow between two years', () => {
  it('keeps the number of bodies on both sides, and no band leaves its column', () => {
    const flows = [{ from: 'red', to: 'yellow', bodies: 3 }, { from: 'red', to: 'red', bodies: 1 }, { from: 'none', to: 'green', bodies: 2 }];
    const { left, right, bands } = flowLayout(flows, ['green', 'yellow', 'red', 'none'], 300);
    expect([left, right].map((side) => side.reduce((sum, { bodies }) => sum + bodies, 0))).toEqual([6, 6]);
    expect(left.map(({ id }) => id)).toEqual(['red', 'none']);
    for (const { from, to, y0, y1, height } of bands) {
      const [a, b] = [left.find(({ id }) => id === from)!, right.find(({ id }) => id === to)!];
      expect(y0).toBeGreaterThanOrEqual(a.y);
      expect(y0 + height).toBeLessThanOrEqual(a.y + a.height + 0.001);
      expect(y1 + height).toBeLessThanOrEqual(b.y + b.height + 0.001);
    }
  });
  it('without bodies there is nothing to draw', () => expect(flowLayout([], ['green'], 300)).toEqual({ left: [], right: [], bands: [] }));
});
