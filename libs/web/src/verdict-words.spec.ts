import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { cellWords, ruleLine, verdictWord, type Titled } from './verdict-words.js';

/** What the tests need of Node; this room is compiled for browsers and has no types of it. */
interface Files { readdirSync: (path: string) => string[]; readFileSync: (path: string, encoding: 'utf8') => string; existsSync: (path: string) => boolean }
const { readdirSync, readFileSync, existsSync } = (globalThis as unknown as { process: { getBuiltinModule(name: string): Files } }).process.getBuiltinModule('node:fs');

const folder = decodeURIComponent(new URL('../../policy/packs', import.meta.url).pathname);
const packs = readdirSync(folder).filter((place) => !place.includes('.')).flatMap((place) => readdirSync(`${folder}/${place}`).map((plan) => `${place}/${plan}/1`)).filter((pack) => existsSync(`${folder}/${pack}/decisions`));
/** What a pack calls things, read from its files: this room knows packs only as the API gives them. */
const titlesOf = (pack: string): Titled => ({ rules: existsSync(`${folder}/${pack}/rules.yaml`) ? (parse(readFileSync(`${folder}/${pack}/rules.yaml`, 'utf8')) as Record<string, unknown>) : {} });
const wordsIn = (cell: string): string[] => [...cell.matchAll(/"([^"]+)"/g)].map(([, word]) => word!);
const tablesOf = (pack: string) => readdirSync(`${folder}/${pack}/decisions`).map((file) => ({
  id: file.replace('.dmn', ''), words: [...new Set([...readFileSync(`${folder}/${pack}/decisions/${file}`, 'utf8').matchAll(/<text>([^<]*)<\/text>/g)].flatMap(([, cell]) => wordsIn(cell!)))],
}));

it.each(packs)('every outcome and every input that a table of %s names has words for people, the pack’s own or ours', (pack) => {
  const titles = titlesOf(pack);
  const tables = tablesOf(pack);
  expect(tables.flatMap(({ id, words }) => words.filter((word) => !/[一-鿿]/.test(verdictWord(titles, id, word))).map((word) => `${id}: ${word}`))).toEqual([]);
  expect(tables.length).toBeGreaterThan(0);
});

it('a word of the pack’s own goes before ours, the same id means what its table means by it, and what is known to neither stands as it is', () => {
  const pack = { rules: { scales: { colour: { title: '颜色', values: [{ id: 'red', title: '红色' }] } }, frequencies: { twice: { title: '每年两次' } } } };
  expect([verdictWord(pack, 'colour', 'red'), verdictWord(pack, 'x', 'twice'), verdictWord(pack, 'x', true), verdictWord(pack, 'x', null), verdictWord(pack, 'x', 3), verdictWord(pack, 'x', 'something-new')]).toEqual(['红色', '每年两次', '是', '未知', '3', 'something-new']);
  expect([verdictWord({}, 'report-lateness', 'open'), verdictWord({}, 'ledger-item', 'open')]).toEqual(['未到期', '未整改']);
});

it('a rule is named by its line in the table', () => {
  const rules = [{ id: 'one' }, { id: 'two' }, { id: 'three' }];
  expect([ruleLine(rules, 'two'), ruleLine(rules, 'one,three'), ruleLine(rules, 'gone')]).toEqual(['适用决策表第 2 条规则', '适用决策表第 1、3 条规则', '适用的规则不在本版之中']);
});

it('a cell that names values reads as words, a condition stays as it is written', () => {
  expect(['-', 'true', '"file-case"', '"health-examination", "disease-diagnosis"', '[60..70)', 'not("none")'].map((cell) => cellWords({}, 'x', cell))).toEqual(['不限', '是', '立案', '职业健康检查机构、职业病诊断机构', null, null]);
});
