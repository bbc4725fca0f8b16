import { describe, expect, it } from '@jest/globals';
import { findingWords, institutionWords } from '@zhijian/web/words';
import { parse } from 'yaml';
import { caseWords } from './golden.js';
import { namesIn, othersThan, stagesShown, stretches, valueLine, valuesOf, type GoldenCase, type Pack, type Planned } from './pack.js';
import { placeIn } from './place.js';
import { consequenceWord } from './words.js';

describe('the source of a pack', () => {
  const clauses = { 'XX-2024-01': { quote: '自查 自改' }, 'XX-2024-02': { quote: '自改，限期整改' }, 'XX-2024-03': { quote: '没有这一句' } };

  it('is cut where quotes begin and end, white space aside; nothing of it is lost', () => {
    const text = '（二）自查自\n改，限期整改。';
    const cut = stretches(text, clauses);
    expect(cut.map((it) => it.text).join('')).toBe(text);
    expect(cut.filter((it) => it.clauses.length).map((it) => [it.text, it.clauses])).toEqual([
      ['自查', ['XX-2024-01']], ['自\n改', ['XX-2024-01', 'XX-2024-02']], ['，限期整改', ['XX-2024-02']],
    ]);
  });

  it('keeps rare characters whole', () => {
    expect(stretches('𠮷县自查自改', clauses)[1]).toEqual({ text: '自查自改', clauses: ['XX-2024-01'] });
  });
});

describe('the stages of a pack', () => {
  const duty = (id: string, stage: string) => ({ id, title: id, stage, actor: null, receiver: null, copyTo: [], dueOn: null, because: '', firm: false, missed: { consequence: null, clauses: [] }, clauses: [] });
  const planned: Planned = {
    agencies: {}, calendar: 'CN',
    cities: [{ stages: [{ id: 'check', title: '检查', clauses: [], opensOn: '2024-05-01', closesOn: '2024-05-31', duties: [duty('visit', 'check')] }], milestones: [{ id: 'colouring', title: '赋色', clauses: [], duties: [] }] }],
    campaignDuties: [duty('run', 'colouring'), duty('roll-up', 'check')],
  };
  it('are all shown, those without a time last, each with the duties of the whole action too', () => {
    expect(stagesShown(planned).map(({ id, days, duties }) => [id, days, duties.map((it) => it.id)])).toEqual([['check', { from: '2024-05-01', to: '2024-05-31' }, ['visit', 'roll-up']], ['colouring', null, ['run']]]);
  });
});

it('agencies and steps of a scale are called by their names, vocabulary by its words, and rolling says which way', () => {
  const names = namesIn({ campaign: { agencies: { cdc: { name: '示例疾控中心' } } }, rules: { scales: { colour: { values: [{ id: 'red', title: '红色' }] } as object } } });
  expect(valueLine({ activity: 'inspection', when: { colour: 'red' }, decidedBy: 'cdc', roll: 'none' }, names)).toBe('活动 监督检查，条件 颜色 红色，由谁确定 示例疾控中心，顺延 不顺延');
});

it.each(['key-supervision', 'case', 'escalation', 'finding', 'strict-penalty', 'concealment', 'circular', 'publication', 'withdrawal-request', 'resampling'])('what may follow a missed day is said in Chinese: %s', (consequence) => {
  expect(consequenceWord(consequence)).toMatch(/^\p{Script=Han}+$/u);
});

describe('a value in one line', () => {
  it('names its fields and leaves its clauses out', () => {
    expect(valueLine({ min: 1, stated: false, clauses: ['XX-2024-01'] })).toBe('不少于 1，文件写明 否');
    expect(valueLine({ values: [{ id: 'green', title: '绿' }, { id: 'red', title: '红' }] })).toBe('各级 绿；红');
    expect(valueLine(null)).toBe('—');
  });
});

/** What the tests need of Node; the console is compiled for browsers and has no types of it. */
interface Files { readdirSync: (path: string) => string[]; readFileSync: (path: string, encoding: 'utf8') => string; existsSync: (path: string) => boolean }
const { readdirSync, readFileSync, existsSync } = (globalThis as unknown as { process: { getBuiltinModule(name: string): Files } }).process.getBuiltinModule('node:fs');
const root = decodeURIComponent(new URL('../../../../', import.meta.url).pathname);
/** The five documents, and the invented packs of the demonstration that have indicators and a scheme of comparison. */
const packs = ['libs/policy/packs', 'deploy/cli/src/demonstration/packs'].flatMap((at) => readdirSync(root + at).filter((place) => !place.includes('.') && place !== 'sources').flatMap((place) => readdirSync(`${root}${at}/${place}`).map((plan) => `${at}/${place}/${plan}/1`)))
  .filter((pack) => existsSync(`${root}${pack}/rules.yaml`) || existsSync(`${root}${pack}/campaign.yaml`));
interface Parts { parameters?: object; [section: string]: unknown }
/** A pack from its files, as far as the page of values needs it. */
function packIn(name: string): Pack {
  const read = (file: string): string => readFileSync(`${root}${name}/${file}`, 'utf8');
  const parts = (file: string): Parts => (existsSync(`${root}${name}/${file}`) ? (parse(read(file)) as Parts) : {});
  const files = existsSync(`${root}${name}/decisions`) ? readdirSync(`${root}${name}/decisions`) : [];
  const decisions = Object.fromEntries(files.map((file) => {
    const dmn = read(`decisions/${file}`);
    return [file.replace('.dmn', ''), { outputs: [...dmn.matchAll(/<output id="[^"]+"(?: name="([^"]*)")?(?: label="([^"]*)")?/g)].map(([, output, label]) => ({ name: output, label: label ?? '' })), name: /<decision id="[^"]+" name="([^"]+)"/.exec(dmn)?.[1] ?? '', inputs: [...dmn.matchAll(/<input id="[^"]+" label="([^"]+)">\s*<inputExpression[^>]*>\s*<text>([^<]+)<\/text>/g)].map(([, label, expression]) => ({ label, expression })) }];
  }));
  const all = (folder: string): Record<string, { id: string }> => Object.fromEntries(readIn(folder).map((file) => { const one = parse(read(`${folder}/${file}`)) as { id: string }; return [one.id, one] as const; }));
  const readIn = (folder: string): string[] => (existsSync(`${root}${name}/${folder}`) ? readdirSync(`${root}${name}/${folder}`) : []);
  const golden = readIn('tests').flatMap((file) => (parse(read(`tests/${file}`)) as { cases: GoldenCase[] }).cases);
  const { parameters = {}, readings = {}, basis = [] } = parts('pack.yaml');
  return { parameters, readings, basis, rules: parts('rules.yaml'), campaign: parts('campaign.yaml'), decisions, golden, checklists: all('checklists'), forms: all('forms') } as unknown as Pack;
}

it.each(packs)('every value of %s is said in Chinese: its fields, its words, what it is called', (name) => {
  const pack = packIn(name);
  const printed = /^(X|I+|[A-D]|CQ|HS|JS|GZ|HZ|AMB|SL|ISO)$/; // levels and numbers of standards, as the texts print them
  const english = valuesOf(pack).flatMap(({ title, value }) => { const line = `${title} ${valueLine(value, { ...findingWords, ...institutionWords, ...namesIn(pack) })}`; return (line.match(/[A-Za-z]+/g) ?? []).filter((word) => !printed.test(word)).map((word) => `${title}: ${word}`); });
  expect(english).toEqual([]);
  expect(valuesOf(pack).length).toBeGreaterThan(0);
});

it.each(packs)('every example of %s is said in Chinese: what is asked, what is given, what must come of it', (name) => {
  const pack = packIn(name);
  const { asked, expected } = caseWords(pack);
  const printed = /^(X|I+|[A-D]|CQ|HS|JS|GZ|HZ|AMB|SL|ISO|F|T)$/;
  const english = pack.golden.flatMap((it) => [asked(it), expected(it)].flatMap((line) => (line.match(/[A-Za-z]+/g) ?? []).filter((word) => !printed.test(word)).map((word) => `${it.title}: ${word}: ${line}`)));
  expect(english).toEqual([]);
  expect(pack.golden.filter((it) => !asked(it) || /[；，：]{2}|undefined/.test(`${asked(it)}${expected(it)}`)).map(({ title }) => title)).toEqual([]);
  expect(pack.golden.length).toBeGreaterThan(0);
});

it('a pack is compared with the others, its own versions first', () => {
  const installed = [{ id: 'b/x', version: 1, title: '乙' }, { id: 'a/x', version: 1, title: '甲' }, { id: 'b/x', version: 2, title: '乙' }];
  expect(othersThan({ id: 'b/x', version: 1 }, installed)).toEqual([{ name: 'b/x@2', title: '乙 第 2 版' }, { name: 'a/x@1', title: '甲 第 1 版' }]);
});

describe('where two packs differ', () => {
  const pack = { campaign: { stages: [{ id: 'check', title: '自查阶段', duties: [{ id: 'report', title: '自查报告', due: { on: '2024-04-15' } }] }] }, clauses: { 'XX-1': { quote: '四月十五日前' } }, forms: { 'XX-F1': { title: '登记表', notes: [] } }, decisions: { filing: { name: '是否立案', rules: [] } }, rules: { periods: { notice: { title: '公示期', workingDays: 5 } } } };
  it.each([
    ['/campaign/stages/check/duties/report/due/on', '自查阶段 · 自查报告 · 期限 · 日期'], ['/clauses/XX-1/quote', '条款 · XX-1 · 引文'], ['/forms/XX-F1/notes', '表式 · 登记表 · 说明'], ['/decisions/filing/hitPolicy', '决策表 · 是否立案 · 命中方式'], ['/rules/periods/notice/workingDays', '期限 · 公示期 · 工作日'],
  ])('%s is called %s', (path, words) => expect(placeIn([pack], path)).toBe(words));

  it('a part that only the other has is called as the other calls it', () => expect(placeIn([pack, { forms: { 'XX-F2': { title: '汇总表' } } }], '/forms/XX-F2')).toBe('表式 · 汇总表'));
});
