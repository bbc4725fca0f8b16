import { describe, expect, it } from '@jest/globals';
import { PackError, parsePack, type Problem } from './index.js';
import { testlandFiles } from './testland.fixture.js';

const problemsOf = async (change: (files: Record<string, string>) => void): Promise<readonly Problem[]> => {
  const files = testlandFiles();
  change(files);
  try { await parsePack(files); } catch (error) {
    if (error instanceof PackError) return error.problems;
    throw error;
  }
  return [];
};
const edit = (file: string, from: string | RegExp, to: string) => (files: Record<string, string>) => { files[file] = (files[file] ?? '').replace(from, to); };
/** A sample of a tenth with one more field. */
const drawing = (field: string) => (files: Record<string, string>) => { files['rules.yaml'] = `samples:\n  visits: { title: 抽查, ${field.startsWith('of:') ? '' : 'of: institutions, '}size: { percent: 10 }, ${field}, clauses: [TEST-2024-04] }\n`; };

describe('a pack', () => {
  it('is read from the text of its files', async () => {
    expect(await parsePack(testlandFiles())).toMatchObject({ id: 'testland/campaign-2024', version: 1, campaign: { stages: [{ id: 'self-check' }, { id: 'visits' }] } });
  });
  it('has the same hash for the same files and another for others', async () => {
    const files = testlandFiles();
    const [pack, again] = [await parsePack(files), await parsePack(Object.fromEntries(Object.entries(files).reverse()))];
    expect(again.hash).toBe(pack.hash);
    expect((await parsePack({ ...files, 'pack.yaml': `${files['pack.yaml']}# \n` })).hash).not.toBe(pack.hash);
  });
});

describe('a pack is refused, with file and place,', () => {
  it.each([
    ['an unknown field', edit('campaign.yaml', '        title: 自查报告\n', '        title: 自查报告\n        dueDate: 2024-05-20\n'), { file: 'campaign.yaml', path: '/stages/0/duties/0/dueDate', message: '未知字段“dueDate”' }],
    ['a missing field', edit('campaign.yaml', '        title: 自查报告\n', ''), { file: 'campaign.yaml', path: '/stages/0/duties/0/title', message: '缺少必填字段' }],
    ['a day that does not exist', edit('campaign.yaml', '2024-05-20', '2024-02-30'), { file: 'campaign.yaml', path: '/stages/0/duties/0/due/on', message: '日期应写成 2024-05-20，且确有其日' }],
    ['two kinds of due date at once', edit('campaign.yaml', 'due: { endOfStage: true }', 'due: { endOfStage: true, on: 2024-06-10 }'), { file: 'campaign.yaml', path: '/stages/1/duties/0/due', message: '期限须在日期（on）、某年某月底（byEndOf）、阶段结束（endOfStage）、每年某日（yearly）、事件之后（after）、没有期限（limit: none）、经常性（standing）中取一' }],
    ['a day after an event that is not to count', edit('campaign.yaml', 'workingDays: 10', 'workingDays: 10, inclusive: false'), { file: 'campaign.yaml', path: '/stages/1/duties/1/due', message: '是否含当日（inclusive）只能写在有日期的期限（on、byEndOf、endOfStage）里' }],
    ['a day of every year that is to roll', edit('campaign.yaml', 'due: { endOfStage: true }', "due: { yearly: '12-31', roll: forward }"), { file: 'campaign.yaml', path: '/stages/1/duties/0/due', message: '没有末日可以顺延，不能写 roll: forward' }],
    ['a consequence without a clause', edit('campaign.yaml', ', clauses: [TEST-2024-03] }', ' }'), { file: 'campaign.yaml', path: '/stages/0/duties/0/missed', message: '写明后果须同时写明条款，没有条款的写 none' }],
    ['a clause that is not quoted', edit('campaign.yaml', 'clauses: [TEST-2024-04]', 'clauses: [TEST-2024-09]'), { file: 'campaign.yaml', path: '/stages/1/clauses', message: '没有条款 TEST-2024-09' }],
    ['an agency nobody has described', edit('campaign.yaml', 'receiver: county-supervision', 'receiver: city-supervision'), { file: 'campaign.yaml', path: '/stages/0/duties/0/receiver', message: '没有机关“city-supervision”' }],
    ['a column source that code does not know', edit('forms/f1.json', 'sanction:warning', 'sanction:prison'), { file: 'forms/f1.json', path: '/columns/2/source' }],
    ['a file that does not belong', (files: Record<string, string>) => { files['scripts/run.js'] = ''; }, { file: 'scripts/run.js', path: '', message: '政策包中不应有这个文件' }],
    ['a draw that would take in whom no draw knows', drawing('include: [red]'), { file: 'rules.yaml', path: '/samples/visits/include/0', message: '必须列入的只能是逾期报送的（report-late）或重点监督的（key-supervision）' }],
    ['a draw layered by what no draw knows', drawing('strata: [colour]'), { file: 'rules.yaml', path: '/samples/visits/strata/0', message: '只能按机构种类（kind）或填报单位（unit）分层' }],
    ['a draw of what nobody draws', drawing('of: reports'), { file: 'rules.yaml', path: '/samples/visits/of', message: '只能抽取档案（archives）或机构（institutions）' }],
    ['a key given twice', edit('pack.yaml', 'version: 1', 'version: 1\nversion: 2'), { file: 'pack.yaml' }],
    ['a file that is no YAML', edit('pack.yaml', 'readings: {}', 'readings: {'), { file: 'pack.yaml' }],
    ['aliases that multiply', (files: Record<string, string>) => { files['campaign.yaml'] = laughs; }, { file: 'campaign.yaml' }],
    ['a huge file', (files: Record<string, string>) => { files['campaign.yaml'] = '#'.repeat(1_000_001); }, { file: 'campaign.yaml', message: '文件超过 1 MB' }],
    ['external entities', edit('decisions/band.dmn', '<definitions', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions'), { file: 'decisions/band.dmn', message: '不允许文件类型声明或实体' }],
    ['a default output', edit('decisions/band.dmn', '</outputValues></output>', '</outputValues><defaultOutputEntry id="x"><text>"A"</text></defaultOutputEntry></output>'), { file: 'decisions/band.dmn', message: '不允许默认输出：没有命中的就是待核实' }],
    ['a hit policy that hides contradictions', edit('decisions/band.dmn', 'UNIQUE', 'FIRST'), { file: 'decisions/band.dmn', message: '命中策略只能是 UNIQUE、ANY、COLLECT，且不得聚合' }],
    ['a rule without a clause', edit('decisions/band.dmn', '<annotationEntry><text>TEST-2024-01</text></annotationEntry>', ''), { file: 'decisions/band.dmn', message: '规则没有注明条款（annotationEntry）' }],
    ['a cell that is no FEEL', edit('decisions/band.dmn', '>= 80', '>= 80 &amp; x'), { file: 'decisions/band.dmn', path: '/band/good/inputEntry/0', message: '不是有效的 FEEL 表达式' }],
    ['an output outside its column', edit('decisions/band.dmn', '"A"</text></outputEntry>', '"E"</text></outputEntry>'), { file: 'decisions/band.dmn', message: '输出不在该列的取值之内' }],
    ['a missing pack.yaml', (files: Record<string, string>) => { delete files['pack.yaml']; }, { file: 'pack.yaml', message: '缺少文件' }],
  ])('for %s', async (_, change, problem) => {
    expect(await problemsOf(change)).toContainEqual(expect.objectContaining(problem));
  });
  it('for everything that is wrong at once, not only the first', async () => {
    const files = (await problemsOf((it) => { edit('campaign.yaml', '2024-05-20', 'soon')(it); edit('forms/f1.json', 'portrait', 'round')(it); })).map((problem) => problem.file);
    expect(files.sort()).toEqual(['campaign.yaml', 'forms/f1.json']);
  });
});

const laughs = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\nagencies: [*d,*d,*d,*d]\n`;
