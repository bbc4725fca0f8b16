import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NameIndex } from './names.js';
import { plain } from './search.js';

const bodies = [['示例体检中心', '91500000A'], ['示例职业卫生技术服务机构', '91500000B'], ['示例 100%_中心', '12500000C'], ['中心中心医院', '91500112D'], ['甲', '91500112E'], ['ＡＢ检测', '52500000F']].map(([name, creditCode]) => ({ name: name!, creditCode: creditCode! }));
const index = new NameIndex(bodies);
const names = (q: string | null, limit = 20, after: { name: string; code: string } | null = null) => index.find(q, limit, after).map(({ name }) => name);

describe('the index of names', () => {
  it('finds any two neighbouring signs, and a code by its beginning', () => {
    expect(names('中心').sort()).toEqual(['中心中心医院', '示例 100%_中心', '示例体检中心']);
    expect(names('0%_')).toEqual(['示例 100%_中心']);
    expect(names('ab')).toEqual(['ＡＢ检测']);
    expect(names('9150 0112')).toEqual(['中心中心医院', '甲']);
    expect(names('心示')).toEqual([]);
  });

  it('a page goes on after the last of the one before, without gap or repetition', () => {
    const all = names(null);
    expect(all).toHaveLength(6);
    const pages = [0, 2, 4].map((at) => names(null, 2, at ? { name: all[at - 1]!, code: bodies.find(({ name }) => name === all[at - 1])!.creditCode } : null));
    expect(pages.flat()).toEqual(all);
  });

  it('says the same as looking at every one', () => fc.assert(fc.property(
    fc.array(fc.record({ name: fc.string({ unit: fc.constantFrom('中', '心', '检', 'a', 'Ｂ', '1', ' '), maxLength: 8 }), creditCode: fc.string({ unit: fc.constantFrom('1', '2', 'A', 'B'), minLength: 1, maxLength: 6 }) }), { maxLength: 40 }),
    fc.string({ unit: fc.constantFrom('中', '心', 'a', '1', '2'), minLength: 2, maxLength: 4 }), fc.integer({ min: 1, max: 10 }),
    (entries, q, limit) => {
      const made = new NameIndex(entries);
      const wanted = made.find(null, 100, null).filter(({ name, creditCode }) => plain(name).includes(plain(q)) || creditCode.startsWith(plain(q)));
      expect(made.find(q, limit, null)).toEqual(wanted.slice(0, limit));
      const cut = wanted[Math.floor(limit / 2)];
      if (cut) expect(made.find(q, 100, { name: cut.name, code: cut.creditCode }).length).toBeLessThan(wanted.length);
    })));
});
