import { expect, it } from '@jest/globals';
import { qualificationsCsv } from './export.js';
import { isEntitled, stateWord, stateWords } from './qualification.part.js';
import { qualificationsOn, stateOn } from './qualification.js';

const line = { kind: 'radiation-health-service', number: '=1', issuer: '990000', from: '2022-03-01', to: '2027-02-28', ended: null, categories: ['甲', '乙'], items: [] };

it('a term goes on through its last day; how it ended goes before', () => {
  expect(['2027-02-28', '2027-03-01'].map((day) => stateOn(line, day))).toEqual(['in-force', 'expired']);
  expect(stateOn({ ended: null, to: null }, '2099-01-01')).toBe('in-force');
  expect(stateOn({ ended: 'revoked', to: '2024-02-29' }, '2024-02-29')).toBe('revoked');
});

it('a suspension holds from its first day; a term that is over, or an end, goes before it', () => {
  const suspended = { from: '2024-02-01', how: 'ordered', basis: '示例〔2024〕3号' } as const;
  expect(['2024-01-31', '2024-02-01', '2027-03-01'].map((day) => stateOn({ ...line, suspended }, day))).toEqual(['in-force', 'suspended', 'expired']);
  expect(stateOn({ ...line, suspended, ended: 'withdrawn' }, '2024-02-01')).toBe('withdrawn');
  expect(qualificationsOn([{ ...line, suspended }], '2024-02-01', new Map())[0]).toMatchObject({ state: 'suspended', suspended });
  expect(qualificationsOn([{ ...line, suspended }], '2027-03-01', new Map())[0]).toMatchObject({ state: 'expired', suspended: null });
  expect(qualificationsOn([line], '2024-02-01', new Map())[0]).toMatchObject({ suspended: null });
});

it('a filing whose own qualification rests, has run out or was ended is not shown as held', () => {
  const body = { kind: line.kind, filedOn: '2022-03-01', filingClosedOn: null };
  const on = (day: string, change: object = {}) => {
    const all = { ...body, qualifications: qualificationsOn([{ ...line, ...change }], day, new Map()) };
    return [isEntitled(all), (stateWord(all)?.text ?? '').replaceAll(/<[^>]*>|\s|[✓－]/g, '')];
  };
  const suspended = { from: '2024-02-01', how: 'ordered' as const, basis: '示例〔2024〕3号' };
  expect(on('2024-01-31', { suspended })).toEqual([true, '已取得资质']);
  expect(on('2024-02-01', { suspended })).toEqual([false, '资质已暂停']);
  expect(on('2027-03-01', { suspended })).toEqual([false, '资质有效期已届满']);
  expect(on('2024-02-01', { ended: 'withdrawn' })).toEqual([false, `资质${stateWords.withdrawn}`]);
});

it('whoever granted it is told by name, where the place is known', () => {
  const of = (places: [string, string][]) => qualificationsOn([line], '2024-03-01', new Map(places))[0];
  expect(of([['990000', '测试省']])).toMatchObject({ state: 'in-force', issuer: { code: '990000', name: '测试省' } });
  expect(of([])).toMatchObject({ issuer: { code: '990000', name: null } });
  expect(of([])).not.toHaveProperty('ended');
});

it('the table has a line for the filing and one for each qualification, and no formula', () => {
  const body = { creditCode: '91990103MA2ABC001X', name: '示例机构', kind: 'occupational-health-service', jurisdiction: '990103', address: '', categories: ['检测'], items: [], outreach: false, filedOn: '2020-05-06', filingClosedOn: null, invented: true, publishedAt: '2023-04-12T01:00:00Z', colour: null, qualifications: qualificationsOn([line], '2027-03-01', new Map([['990000', '测试省']])) };
  const own = '91990103MA2ABC001X,示例机构,职业卫生技术服务机构,990103';
  expect(qualificationsCsv([body]).split('\r\n').slice(1, 3)).toEqual([`${own},职业卫生技术服务机构,,已取得资质,检测,,,2020-05-06,,是`, `${own},放射卫生技术服务机构,'=1,有效期已届满,甲、乙,,测试省,2022-03-01,2027-02-28,是`]);
});
