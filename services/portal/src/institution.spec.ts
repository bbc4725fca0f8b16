import { describe, expect, it } from '@jest/globals';
import { reasonOf } from './colour.part.js';
import { institution } from './institution.page.js';
import { aContent } from './notice.fixture.js';
import type { InFull, PublicColour } from './published.queries.js';
import { isEntitled } from './qualification.part.js';

type Content = PublicColour['content'];

const body = (kind: string, more: Partial<InFull> = {}): InFull => ({
  creditCode: '91990103MA2ABC001X', name: '示例机构', kind, jurisdiction: '990103', address: '示例路 1 号', categories: ['甲'], items: ['乙'], outreach: true,
  filedOn: '2020-05-06', filingClosedOn: null, invented: true, publishedAt: '2023-04-12T01:00:00Z', colour: null, colours: [], penalties: [], notices: [], qualifications: [], ...more,
});
const page = (kind: string, more: Partial<InFull> = {}): string => institution(body(kind, more), null).text;
/** The list under the heading of the certificate or the filing: its names in order. */
const saysOf = (kind: string, title: string): string[] => {
  const part = page(kind).split(`<h2>${title}</h2>`)[1]?.split('</dl>')[0] ?? '';
  return [...part.matchAll(/<dt>(.*?)<\/dt>/gu)].map(([, name]) => name!);
};

describe("an institution's public page", () => {
  it.each([
    ['职业卫生技术服务机构', 'occupational-health-service', '资质', ['发证日期', '业务范围', '技术服务项目']],
    ['放射卫生技术服务机构', 'radiation-health-service', '资质', ['发证日期', '技术服务类别', '技术服务项目']],
    ['职业健康检查机构', 'health-examination', '备案', ['备案日期', '外出体检', '检查类别', '检查项目']],
    ['职业病诊断机构', 'disease-diagnosis', '备案', ['备案日期', '诊断的职业病类别', '诊断的病种']],
  ])('a %s shows what its own certificate or filing says', (word, kind, title, names) => {
    expect(page(kind)).toContain(word);
    expect(saysOf(kind, title)).toEqual(names);
  });
  it.each([['occupational-health-service', '已取得资质', '资质已注销', '资质注销日期'], ['disease-diagnosis', '已备案', '备案已注销', '备案注销日期']])('the state of a %s is said in the same words', (kind, held, closed, ended) => {
    expect(page(kind)).toContain(held);
    const after = page(kind, { filingClosedOn: '2022-12-31' });
    expect(after).toContain(closed);
    expect(after).toContain(ended);
  });
  it('of a body that was never filed nothing is said of a filing', () => {
    const text = page('radiation-health-service', { filedOn: null, categories: [], items: [] });
    expect(text).not.toMatch(/<h2>(资质|备案)<\/h2>|已取得资质|已备案/u);
  });
  const line = { kind: 'radiation-health-service', number: '（测）卫放技字第001号', state: 'in-force' as const, suspended: null, issuer: { code: '990000', name: '测试省' }, from: '2022-03-01', to: '2027-02-28', categories: ['放射卫生检测与评价'], items: ['放射卫生检测'] };
  it('each qualification says its state, number, who granted it, for how long and for what', () => {
    const text = page('occupational-health-service', { filedOn: null, qualifications: [line, { ...line, kind: 'health-examination', state: 'expired', issuer: { code: '980000', name: null }, categories: [], to: '2022-12-31' }] });
    const [, first = '', second = ''] = text.split('<section class="line">');
    for (const words of ['放射卫生技术服务机构', '有效<', '（测）卫放技字第001号', '发证机关所在地', '测试省', '2022-03-01 至 2027-02-28', '技术服务类别', '放射卫生检测与评价', '技术服务项目']) expect(first).toContain(words);
    for (const words of ['职业健康检查机构', '有效期已届满', '备案机关所在地', '区划 980000', '检查类别', '未登记']) expect(second).toContain(words);
    expect(text).toContain('已取得资质');
    expect(text).not.toMatch(/<h2>(资质|备案)<\/h2>/u);
  });
  it.each([['cancelled', '资质已注销'], ['withdrawn', '资质已撤销'], ['revoked', '资质已吊销'], ['ended', '资质已终止'], ['expired', '资质有效期已届满']] as const)('of a body whose only qualification is %s it is said in the words of the field', (state, words) => {
    const text = page('radiation-health-service', { filedOn: null, qualifications: [{ ...line, state }] });
    expect(text).toContain(words);
    expect(text).not.toContain('已取得资质');
  });
  it('one that is suspended says since when, who had it so and by what, and does not count as held', () => {
    const suspended = { from: '2024-02-01', how: 'ordered', basis: '示例〔2024〕3号' } as const;
    const text = page('radiation-health-service', { filedOn: null, qualifications: [{ ...line, state: 'suspended', suspended }] });
    expect(text).toContain('资质已暂停');
    expect(text).toContain('自 2024-02-01 起，责令暂停；依据：示例〔2024〕3号');
    expect(text).not.toContain('已取得资质');
    expect(isEntitled({ kind: 'radiation-health-service', filedOn: null, filingClosedOn: null, qualifications: [{ ...line, state: 'suspended', suspended }] })).toBe(false);
  });
  it('a filing that is suspended does not stand on the page as held, and does not hide another that is', () => {
    const own = { ...line, kind: 'health-examination', issuer: null, state: 'suspended' as const, suspended: { from: '2024-02-01', how: 'on-request', basis: '示例〔2024〕3号' } as const };
    expect(page('health-examination', { qualifications: [own] })).toMatch(/备案已暂停/u);
    expect(page('health-examination', { qualifications: [own] })).not.toContain('已备案');
    expect(page('health-examination', { qualifications: [{ ...own, categories: [], items: [] }] }).split('<section class="line">')[1]).not.toMatch(/检查类别|检查项目/u);
    expect(page('health-examination', { qualifications: [own, line] })).toMatch(/备案已暂停<\/span><span class="state good">/u);
    expect([[own], [own, line], []].map((qualifications) => isEntitled({ kind: 'health-examination', filedOn: '2020-05-06', filingClosedOn: null, qualifications }))).toEqual([false, true, true]);
  });
  it('a filing that was closed does not hide a qualification in force', () => {
    const text = page('health-examination', { filingClosedOn: '2022-12-31', qualifications: [line] });
    expect(text).toMatch(/备案已注销<\/span><span class="state good"><span aria-hidden="true">✓<\/span> 已取得资质/u);
  });
  it('any other kind is told in plain words', () => expect(saysOf('hospital', '备案')).toEqual(['备案日期', '类别', '项目']));
});

describe('why a body has its colour', () => {
  const said = (more: object, put: '公示' | '公开' = '公开') => {
    const it = JSON.parse(aContent(2024, 'red')) as Content;
    return reasonOf({ ...it, lines: [...it.lines, ...it.lines], ...more }, put).text;
  };
  it.each([['worst', '取其中最差的一种颜色'], ['best', '取其中最好的一种颜色']])('of several colours it says which is taken, as the pack combines them: %s', (combine, words) => expect(said({ combine })).toContain(words));
  it('where that was not put up it says nothing of it', () => expect(said({})).not.toContain('取其中'));
  it('red years in a row are of the day on which they were put up', () => {
    expect(said({ redYears: 3 })).toContain('公开时为连续第 3 年红色');
    expect(said({ redYears: 2 }, '公示')).toContain('公示时为连续第 2 年红色');
    expect(said({ redYears: 1 })).not.toContain('连续第');
  });
});
