import { describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { checkPack, mayBeApproved, parsePack } from './index.js';
import { sha256 } from './digest.js';
import { ruledFiles, ruledSource } from './testland-rules.fixture.js';
import { table, testlandFiles, testlandSource } from './testland.fixture.js';

type Change = (files: Record<string, string>) => void;
const edit = (file: string, from: string, to: string): Change => (files) => {
  if (!files[file]?.includes(from)) throw new Error(`${file} 中没有“${from}”`);
  files[file] = files[file].replace(from, to);
};
const checkOf = async (change: Change = () => {}, sourceText = testlandSource, asPrinted = false) => {
  const files = testlandFiles();
  edit('pack.yaml', '0'.repeat(64), sha256(sourceText))(files);
  change(files);
  return checkPack(await parsePack(files), { sourceText, calendar: builtInCalendar, asPrinted });
};
const twice = (files: Record<string, string>) => edit('campaign.yaml', '        unitMayBringForward: true\n        missed', '        supersedes: [{ on: 2024-05-13, wording: 5月20日前 }]\n        unitMayBringForward: true\n        missed')(files);
const reading = edit('pack.yaml', 'readings: {}', `readings:
  AMB-TEST-1: { clauses: [TEST-2024-02], answers: [duplicate-deadline], chosen: 5月20日, otherWording: 5月13日, why: 后稿完整, decidedBy: 测试县, decidedOn: 2024-05-01 }`);

describe('a pack check', () => {
  it('finds nothing in a clean pack, and its golden cases hold', async () => {
    const check = await checkOf();
    expect(check).toEqual({ pack: 'testland/campaign-2024@1', findings: [], cases: { passed: 2, failed: 0, failures: [] } });
    expect(mayBeApproved(check)).toBe(true);
  });
  it.each<[string, string, Change]>([
    ['duplicate-deadline', 'error', twice],
    ['duplicate-deadline', 'error', edit('campaign.yaml', '  - id: visits', `      - id: report-again
        kind: self-check-report
        title: 自查报告
        subject: institution
        actor: institution
        receiver: county-supervision
        due: { on: 2024-05-21 }
        clauses: [TEST-2024-03]
  - id: visits`)],
    ['day-off', 'warning', edit('campaign.yaml', 'due: { on: 2024-05-20', 'due: { on: 2024-05-19')],
    ['day-off', 'warning', edit('campaign.yaml', 'closes: { on: 2024-05-31 }', 'closes: { on: 2024-05-26 }')],
    ['outside-parent', 'error', edit('campaign.yaml', 'due: { on: 2024-05-20', 'due: { on: 2024-06-03')],
    ['order', 'error', edit('campaign.yaml', 'opens: { month: 2024-06 }', 'opens: { month: 2024-07 }')],
    ['order', 'warning', edit('campaign.yaml', 'kind: self-check\n    title: 自查\n    opens: { on: 2024-05-06 }\n    closes: { on: 2024-05-31 }', 'kind: summary\n    title: 自查\n    opens: { on: 2024-05-06 }\n    closes: { on: 2024-06-14 }')],
    ['overlap', 'info', edit('campaign.yaml', 'closes: { on: 2024-05-31 }', 'closes: { on: 2024-06-03 }')],
    ['short-window', 'warning', edit('campaign.yaml', 'opens: { on: 2024-05-06 }\n    closes: { on: 2024-05-31 }', 'opens: { on: 2024-05-18 }\n    closes: { on: 2024-05-20 }')],
    ['short-window', 'warning', edit('campaign.yaml', 'opens: { month: 2024-06 }\n    closes: { month: 2024-06 }', 'opens: { on: 2024-06-03 }\n    closes: { on: 2024-06-07 }')],
    ['short-window', 'warning', edit('campaign.yaml', 'event: visit-held }, workingDays: 10', 'event: visit-held }, workingDays: 20')],
    ['no-actor', 'error', edit('campaign.yaml', '        actor: institution\n', '')],
    ['no-receiver', 'error', edit('campaign.yaml', '        receiver: county-supervision\n', '')],
    ['undefined-period', 'warning', edit('pack.yaml', 'parameters: {}', 'parameters: { archiveSample: { min: 1, stated: false, clauses: [TEST-2024-04] } }')],
    ['title-differs', 'info', edit('forms/f1.json', '"head"', '"otherTitles":["附表 检查情况表"],"head"')],
    ['band-gap', 'error', (files) => { files['decisions/finite.dmn'] = finite([['yes', '-', 'true', '"A"']]); }],
    ['band-overlap', 'error', (files) => { files['decisions/finite.dmn'] = finite([['yes', '-', 'true', '"A"'], ['all', '-', '-', '"B"']]); }],
    ['unreachable', 'error', (files) => { files['decisions/finite.dmn'] = finite([['all', '-', '-', '"A"'], ['never', '"z"', '-', '"B"']]); }],
    ['quote-missing', 'error', edit('pack.yaml', 'quote: 全县已备案的检查机构', 'quote: 全市已备案的检查机构')],
    ['quote-missing', 'error', edit('forms/f1.json', '机构名称', '单位名称')],
  ])('finds %s (%s)', async (kind, severity, change) => {
    const { findings } = await checkOf(change);
    expect(findings).toContainEqual(expect.objectContaining({ kind, severity, message: expect.stringMatching(/\p{Script=Han}/u) }));
  });
  it('a window with fewer working days than the duty in it needs is found with both numbers, a month too', async () => {
    const short = async (change: Change) => (await checkOf(change)).findings.filter(({ kind }) => kind === 'short-window').map(({ id, message }) => [id, message]);
    expect(await short(edit('campaign.yaml', 'opens: { month: 2024-06 }\n    closes: { month: 2024-06 }', 'opens: { on: 2024-06-03 }\n    closes: { on: 2024-06-07 }')))
      .toEqual([['short-window:feedback', '“反馈结果”需要10个工作日，而阶段“检查”（2024-06-03 至 2024-06-07）只有 5 个工作日，自第一日起算也要到 2024-06-18']]);
    expect(await short(edit('campaign.yaml', 'event: visit-held }, workingDays: 10', 'event: visit-held }, workingDays: 20'))).toHaveLength(1); // June 2024 has 19
    expect(await short(edit('campaign.yaml', 'event: visit-held }, workingDays: 10', 'event: visit-held }, workingDays: 18'))).toEqual([]);
  });
  it('a reading makes the finding it answers info and is named by it; as printed it is an error still', async () => {
    const both: Change = (files) => { twice(files); reading(files); };
    expect((await checkOf(both)).findings).toContainEqual(expect.objectContaining({ kind: 'duplicate-deadline', severity: 'info', reading: 'AMB-TEST-1' }));
    const printed = (await checkOf(both, testlandSource, true)).findings.find((it) => it.kind === 'duplicate-deadline');
    expect(printed).toMatchObject({ severity: 'error', quote: '5月20日前 … 5月20日前' });
    expect(printed).not.toHaveProperty('reading');
  });
  it('does not let a campaign be approved on an unanswered error or a golden case that fails', async () => {
    expect(mayBeApproved(await checkOf(twice))).toBe(false);
    const wrong = await checkOf(edit('tests/cases.yaml', 'expect: A', 'expect: B'));
    expect(wrong.cases).toMatchObject({ passed: 1, failed: 1, failures: [{ title: '80分为A', actual: 'A' }] });
    expect(mayBeApproved(wrong)).toBe(false);
  });
  it('finds quotes whatever the white space between their letters', async () => {
    expect((await checkOf(() => {}, testlandSource.replaceAll('检查机构', '检查\n　机 构'))).findings).toEqual([]);
  });
  it.each([['手机号码', '13800000000'], ['电话号码', '0571-80000000'], ['电子邮箱', 'nobody@example.cn']])('finds %s in a source', async (what, text) => {
    expect((await checkOf(() => {}, `${testlandSource}联系：${text}`)).findings).toContainEqual(expect.objectContaining({ kind: 'personal-data', message: expect.stringContaining(what) }));
  });
  it('knows when the source is not the one the pack was written from', async () => {
    const pack = await parsePack(testlandFiles());
    expect(checkPack(pack, { sourceText: testlandSource, calendar: builtInCalendar }).findings).toMatchObject([{ id: 'quote-missing:source' }]);
  });
  it('with another pack: asks about a like duty with another day', async () => {
    const pack = await parsePack(testlandFiles());
    const files = testlandFiles();
    edit('campaign.yaml', 'due: { on: 2024-05-20', 'due: { on: 2024-05-22')(files);
    const other = await parsePack(files);
    expect(checkPack(pack, { with: other, sourceText: testlandSource, calendar: builtInCalendar }).findings).toContainEqual(expect.objectContaining({ kind: 'conflict', severity: 'warning' }));
  });
  it.each<[string, Change, string[]]>([
    ['nothing about what both say alike', () => {}, []],
    ['a like duty so long after the same event', edit('campaign.yaml', 'event: visit-held }, workingDays: 10', 'event: visit-held }, workingDays: 15'), ['conflict:feedback+feedback']],
    ['one period with another length', edit('rules.yaml', 'event: results-posted, workingDays: 5', 'event: results-posted, workingDays: 7'), ['conflict:notice+notice']],
    ['a period of another name from the same event', edit('rules.yaml', '  notice: { title: 公示, event: results-posted,', '  posted: { title: 公示, event: results-posted, workingDays: 7, clauses: [TEST-2024-08] }\n  notice: { title: 公示, event: decided,'), ['conflict:notice+posted']],
    ['one frequency with another number', edit('rules.yaml', 'when: { colour: red }, min: 2', 'when: { colour: red }, min: 3'), ['conflict:red+red']],
    ['one share with another per cent', edit('rules.yaml', "percent: '100'", "percent: '95'"), ['conflict:coverage+coverage']],
  ])('with another pack: asks about %s', async (_, change, ids) => {
    const files = ruledFiles();
    change(files);
    const found = checkPack(await parsePack(ruledFiles()), { with: await parsePack(files), sourceText: ruledSource, calendar: builtInCalendar }).findings;
    expect(found.filter(({ kind }) => kind === 'conflict').map(({ id, severity }) => [id, severity])).toEqual(ids.map((id) => [id, 'warning']));
  });
});

/** The same table with two finite inputs. */
function finite(rows: Parameters<typeof table>[2]): string {
  return table('finite', 'UNIQUE', rows).replace('typeRef="number"><text>score</text></inputExpression>', 'typeRef="string"><text>score</text></inputExpression><inputValues id="iv"><text>"x","y"</text></inputValues>');
}
