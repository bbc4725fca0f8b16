import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadPack, PackError, Packs, parsePack, type Problem } from './index.js';
import { testlandFiles } from './testland.fixture.js';

type Change = (files: Record<string, string>) => void;
const whole = (file: string, text: string): Change => (files) => { files[file] = text; };
const edit = (file: string, from: string | RegExp, to: string): Change => (files) => { files[file] = (files[file] ?? '').replace(from, () => to); };
const cell = (text: string): Change => edit('decisions/band.dmn', '>= 80', text);
const refusal = async (reading: Promise<unknown>): Promise<readonly Problem[]> => {
  try { await reading; } catch (error) {
    if (error instanceof PackError) return error.problems;
    throw error;
  }
  return [];
};
const problemsOf = (change: Change) => { const files = testlandFiles(); change(files); return refusal(parsePack(files)); };

describe('a text that is no plain YAML is refused, with its line and in Chinese', () => {
  it.each<[string, Change, Partial<Problem>]>([
    ['a bracket left open', edit('pack.yaml', 'readings: {}', 'readings: {'), { message: expect.stringMatching(/第 \d+ 行第 \d+ 列：.*[缺引号括号冒号逗号缩进]/) as unknown as string }],
    ['a tab as indentation', edit('campaign.yaml', '    kind: self-check', '\tkind: self-check'), { message: expect.stringMatching(/第 \d+ 行第 \d+ 列：/) as unknown as string }],
    ['a key given twice', edit('campaign.yaml', '    kind: self-check', '    kind: self-check\n    kind: summary'), { path: '/stages/0/kind', message: '文件不是有效的 YAML：第 8 行：字段“kind”重复' }],
    ['a clause given twice', edit('pack.yaml', 'readings: {}', '  TEST-2024-01: { normative: false, quote: 全县 }\nreadings: {}'), { path: '/clauses/TEST-2024-01' }],
    ['aliases that multiply', whole('campaign.yaml', 'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n'), { path: '/a', message: '文件不是有效的 YAML：第 1 行：不允许锚点（&）和别名（*）' }],
    ['an alias of itself', edit('campaign.yaml', 'duties:', 'duties: &d [*d]\n    more:'), { message: expect.stringContaining('不允许锚点') as unknown as string }],
    ['a merge key', edit('campaign.yaml', 'scope: {', 'scope: { <<: { filed: false },'), { path: '/scope/<<', message: expect.stringContaining('不允许用“<<”作字段名') as unknown as string }],
    ['__proto__ as a key', edit('campaign.yaml', 'agencies:', 'agencies:\n  __proto__: { name: 局, level: unit }'), { path: '/agencies/__proto__', message: expect.stringContaining('不允许用“__proto__”作字段名') as unknown as string }],
    ['constructor as a key', edit('campaign.yaml', 'agencies:', 'agencies:\n  constructor: { name: 局, level: unit }'), { path: '/agencies/constructor' }],
    ['a tag', edit('pack.yaml', 'version: 1', 'version: !!int 1'), { path: '/version', message: expect.stringContaining('不允许类型标记') as unknown as string }],
    ['a tag of one’s own', edit('pack.yaml', 'version: 1', 'version: !js/function 1'), { message: expect.stringContaining('不允许类型标记') as unknown as string }],
    ['a directive that changes what yes means', edit('pack.yaml', /^/, '%YAML 1.1\n---'), { message: '文件不是有效的 YAML：第 1 行：不允许 % 指令' }],
    ['two documents', edit('pack.yaml', 'parameters: {}', 'parameters: {}\n---\nid: x'), { message: expect.stringContaining('一个文件只能有一份文档') as unknown as string }],
    ['a list as a key', edit('campaign.yaml', 'agencies:', 'agencies:\n  ? [a]\n  : 1'), { path: '/agencies', message: expect.stringContaining('键须是文字') as unknown as string }],
    ['NUL', edit('pack.yaml', '测试县专项检查', '测试县\u0000专项检查'), { message: '第 4 行有不可见的控制字符' }],
    ['NUL in a form', edit('forms/f1.json', '检查情况表', '检查\u0000情况表'), { file: 'forms/f1.json' }],
    ['NUL in a table', edit('decisions/band.dmn', '分档', '分\u0000档'), { file: 'decisions/band.dmn', message: '第 3 行有不可见的控制字符' }],
    ['brackets four hundred thousand deep', whole('campaign.yaml', '['.repeat(400_000)), { message: expect.stringContaining('嵌套超过 40 层') as unknown as string }],
    ['dashes a thousand deep', whole('campaign.yaml', `${'- '.repeat(1000)}a`), { message: expect.stringContaining('嵌套超过 40 层') as unknown as string }],
    ['brackets fifty deep', whole('campaign.yaml', `agencies: ${'['.repeat(50)}${']'.repeat(50)}`), { message: expect.stringContaining('嵌套超过 40 层') as unknown as string }],
    ['more than a megabyte', whole('campaign.yaml', '#'.repeat(1_000_001)), { message: '文件超过 1 MB' }],
    ['a hundred thousand keys', whole('campaign.yaml', `{${Array.from({ length: 100_000 }, (_, i) => `k${i}`).join(',')}}`), { file: 'campaign.yaml' }],
    ['a word where a number belongs', edit('pack.yaml', 'version: 1', 'version: 一'), { path: '/version', message: '应为数，现为文字' }],
    ['nothing where a text belongs', edit('pack.yaml', 'title: 测试县专项检查', 'title:'), { path: '/title', message: '应为文字，现为空' }],
    ['a list where fields belong', edit('campaign.yaml', /agencies:\n.*\n/, 'agencies: [a]\n'), { path: '/agencies', message: '应为一组字段，现为列表' }],
    ['an empty file', whole('campaign.yaml', ''), { path: '', message: '文件应是一组字段' }],
    ['a golden case of no kind', edit('tests/cases.yaml', 'decision: band, ', ''), { file: 'tests/cases.yaml', path: expect.stringContaining('/cases/0') as unknown as string }],
    ['a form that gives a key twice', edit('forms/f1.json', '"rows":', '"rows":"all","rows":'), { file: 'forms/f1.json', path: '/rows', message: expect.stringContaining('字段“rows”重复') as unknown as string }],
    ['a form that is not finished', edit('forms/f1.json', /\}$/, ''), { file: 'forms/f1.json', message: expect.stringContaining('文件不是有效的 JSON') as unknown as string }],
    ['a form a hundred thousand deep', whole('forms/f1.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`), { file: 'forms/f1.json' }],
  ])('%s', async (_, change, problem) => {
    const problems = await problemsOf(change);
    expect(problems).toContainEqual(expect.objectContaining(problem));
    expect(problems.length).toBeLessThanOrEqual(200);
    for (const { file, message } of problems) expect([file, message]).toEqual([expect.stringMatching(/./), expect.stringMatching(/\p{Script=Han}/u)]);
  });
});

describe('a decision table is refused for', () => {
  it.each<[string, Change, string]>([
    ['a document type with an external entity', edit('decisions/band.dmn', '<definitions', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions'), '不允许文件类型声明或实体'],
    ['a document type in small letters', edit('decisions/band.dmn', '<definitions', '<!doctype d><definitions'), '不允许文件类型声明或实体'],
    ['entities that multiply', edit('decisions/band.dmn', '<definitions', '<!ENTITY a "aaaa"><definitions'), '不允许文件类型声明或实体'],
    ['an entity nobody has declared', cell('&amp;xxe;'), '不是有效的 FEEL 表达式'],
    ['a cell that loops', cell('for i in 1..1000000000 return i &gt; 1'), '不允许使用'],
    ['a cell that counts a range', cell('count([1..1000000000]) &gt; 3'), '不允许使用“count”'],
    ['a cell that asks each of a range', cell('some x in 1..1000000000 satisfies x = ?'), '不允许使用'],
    ['a cell with a filter over a range', cell('[1..1000000000][item = 1]'), '不允许使用'],
    ['a cell with a pattern', cell('matches(string(?), "(a+)+$")'), '不允许使用“matches”'],
    ['a cell that asks for today', cell('today() &gt; date("2024-01-01")'), '不允许使用“today”'],
    ['a cell that rounds', cell('round up(?, 0) &gt;= 80'), '不允许使用“round up”'],
    ['a cell that defines a function', cell('(function(a) a)(1)'), '不允许使用'],
    ['a cell of two thousand letters', cell(`"${'a'.repeat(2000)}"`), '单元格超过 1000 字'],
    ['elements a hundred thousand deep', edit('decisions/band.dmn', '</definitions>', `${'<a>'.repeat(100_000)}</definitions>`), '不是有效的 DMN 1.3 文件'],
    ['an id that means something else', edit('decisions/band.dmn', 'decision id="band"', 'decision id="__proto__"'), '编号（id）只能用'],
    ['two outputs of one name', edit('decisions/band.dmn', '<rule', '<output id="o2" name="grade"/><rule'), '输出列重名'],
  ])('%s', async (_, change, message) => {
    const problems = await problemsOf(change);
    expect(problems).toContainEqual({ file: 'decisions/band.dmn', path: expect.any(String), message: expect.stringContaining(message) });
  });
  it('nothing but what it says: four hundred brackets around a number are a number', async () => {
    expect(await problemsOf(cell(`${'('.repeat(400)}80${')'.repeat(400)}`))).toEqual([]);
  });
});

describe('a pack cannot reach out of its folder', () => {
  it.each<[string, Change, Partial<Problem>]>([
    ['a file above it', whole('../pack.yaml', ''), { file: '../pack.yaml', message: '政策包中不应有这个文件' }],
    ['a table above it', whole('decisions/../../x.dmn', ''), { file: 'decisions/../../x.dmn' }],
    ['a table by an absolute path', whole('/etc/x.dmn', ''), { file: '/etc/x.dmn' }],
    ['a source above it', edit('pack.yaml', 'testland.txt', '../../../etc/passwd'), { path: '/document/source', message: '来源文件名只能用小写字母、数字和连字符' }],
    ['an id with dots', edit('pack.yaml', 'testland/campaign-2024', 'testland/../campaign'), { path: '/id', message: '编号应形如 place/plan-2024' }],
    ['a form above it', edit('campaign.yaml', '        unitMayBringForward: true\n        missed', '        form: ../f1\n        missed'), { path: '/stages/0/duties/0/form' }],
    ['a parent above it', edit('pack.yaml', 'readings: {}', 'under: ../../x@1\nreadings: {}'), { path: '/under' }],
    ['an agency that every object has', edit('campaign.yaml', 'receiver: county-supervision', 'receiver: constructor'), { path: '/stages/0/duties/0/receiver', message: '没有机关“constructor”' }],
    ['a form that every object has', edit('campaign.yaml', '        unitMayBringForward: true\n        missed', '        form: constructor\n        missed'), { path: '/stages/0/duties/0/form', message: '没有表格“constructor”' }],
  ])('by %s', async (_, change, problem) => expect(await problemsOf(change)).toContainEqual(expect.objectContaining(problem)));

  const onDisk = async (change: (folder: string, root: string) => void): Promise<readonly Problem[]> => {
    const root = mkdtempSync(join(tmpdir(), 'bad-'));
    try {
      const folder = join(root, 'packs', 'testland', 'campaign-2024', '1');
      for (const [path, text] of Object.entries(testlandFiles())) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      expect(await refusal(loadPack(folder))).toEqual([]);
      change(folder, root);
      const [read, got] = [await refusal(loadPack(folder)), await refusal(new Packs([join(root, 'packs')]).get('testland/campaign-2024'))];
      expect(got).toEqual(read);
      return read;
    } finally {
      rmSync(root, { recursive: true });
    }
  };
  it('a link to a file outside is refused', async () => {
    expect(await onDisk((folder, root) => { writeFileSync(join(root, 'x.yaml'), ''); symlinkSync(join(root, 'x.yaml'), join(folder, 'checklists.yaml')); })).toEqual([{ file: 'checklists.yaml', path: '', message: '政策包中不允许链接' }]);
  });
  it('a link to a folder outside is refused', async () => {
    expect(await onDisk((folder) => symlinkSync('/etc', join(folder, 'checklists')))).toEqual([{ file: 'checklists', path: '', message: '政策包中不允许链接' }]);
  });
  it('a link that leads nowhere, or to itself, is refused', async () => {
    expect(await onDisk((folder) => symlinkSync('again.dmn', join(folder, 'decisions', 'again.dmn')))).toEqual([{ file: 'decisions/again.dmn', path: '', message: '政策包中不允许链接' }]);
  });
  it('a pipe, which would never end, is refused', async () => {
    expect(await onDisk((folder) => execFileSync('mkfifo', [join(folder, 'rules.yaml')]))).toEqual([{ file: 'rules.yaml', path: '', message: '政策包中只能有普通文件' }]);
  });
  it('more files than a pack can have are refused', async () => {
    expect(await onDisk((folder) => { for (let i = 0; i < 201; i += 1) writeFileSync(join(folder, 'decisions', `t${i}.dmn`), ''); })).toEqual([expect.objectContaining({ message: '文件超过 200 个' })]);
  });
  it('a version that is a link to another folder is not installed', async () => {
    const root = mkdtempSync(join(tmpdir(), 'bad-'));
    try {
      mkdirSync(join(root, 'elsewhere'));
      writeFileSync(join(root, 'elsewhere', 'pack.yaml'), '');
      mkdirSync(join(root, 'packs', 'testland', 'campaign-2024'), { recursive: true });
      symlinkSync(join(root, 'elsewhere'), join(root, 'packs', 'testland', 'campaign-2024', '1'));
      expect(new Packs([join(root, 'packs')]).list()).toEqual([]);
      expect(await refusal(new Packs([join(root, 'packs')]).get('testland/campaign-2024@1'))).toEqual([expect.objectContaining({ message: '没有安装这个政策包' })]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
