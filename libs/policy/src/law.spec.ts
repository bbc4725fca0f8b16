import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { parse, stringify } from 'yaml';
import { builtInPacks, checkPack, diffPacks, lawOf, Packs, parsePack, tracePacks, type Finding, type Pack } from './index.js';
import { lawFiles, lawSource } from './testland-law.fixture.js';
import { ruledFiles, ruledSource } from './testland-rules.fixture.js';

/* eslint-disable @typescript-eslint/no-explicit-any */
/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-return, typescript/no-unsafe-argument */
type Loose = any;
type Files = Record<string, string>;
const edit = (file: string, change: (it: Loose) => void) => (files: Files): void => {
  const it: Loose = parse(files[file] ?? '');
  change(it);
  files[file] = stringify(it, { aliasDuplicateObjects: false });
};
const rules = (change: (it: Loose) => void) => edit('rules.yaml', change);
const campaign = (change: (it: Loose) => void) => edit('campaign.yaml', change);
const head = (change: (it: Loose) => void) => edit('pack.yaml', change);

const law = await parsePack(lawFiles());
const behind = { law: async () => ({ laws: [lawOf(law)!], unread: [] }) };
const ruled = async (change: (files: Files) => void = () => {}): Promise<Pack> => {
  const files = ruledFiles();
  change(files);
  return parsePack(files, behind);
};
const check = (pack: Pack): readonly Finding[] => checkPack(pack, { sourceText: ruledSource, calendar: builtInCalendar }).findings;
const against = async (change?: (files: Files) => void): Promise<readonly Finding[]> => check(await ruled(change)).filter(({ kind }) => kind === 'against-law' || kind === 'superseded');
const value = (id: string, given: unknown, more: object = {}) => rules((it) => { it.values[id] = { title: '取值', value: given, clauses: ['TEST-2024-12'], ...more }; });

describe('the law behind a pack', () => {
  it('is read as a pack of its own: words in its source, golden cases, every clause traced', () => {
    expect(checkPack(law, { sourceText: lawSource, calendar: builtInCalendar })).toEqual({ pack: 'testland/law@1', findings: [], cases: { passed: 2, failed: 0, failures: [] } });
    expect(tracePacks([law], []).rows.find(({ clause }) => clause === 'LAW-2024-02')).toMatchObject({ values: ['act/old-permits'], tests: ['旧规定被取代'] });
    expect(tracePacks([law], []).rows.find(({ clause }) => clause === 'LAW-2020-02')).toMatchObject({ values: ['bound periods/decision'], tests: ['许可20个工作日'] });
  });
  it('finds nothing in a pack that keeps it', async () => {
    expect((await against()).map(({ id, message }) => [id, message])).toEqual([]);
  });

  it.each<[string, (files: Files) => void, string, 'error' | 'warning', string]>([
    ['a posting that is too short', rules((it) => { Object.assign(it.periods.notice, { workingDays: 3, wording: undefined }); }), 'periods/notice:posting', 'error', '（3个工作日）与上位法不一致：《测试国检查法》第一条要求“公示检查结果”不少于5个工作日'],
    ['a posting that is too long', rules((it) => { it.periods.notice.workingDays = 11; }), 'periods/notice:posting', 'error', '（11个工作日）与上位法不一致：《测试国检查法》第一条要求“公示检查结果”不多于10个工作日'],
    ['a length in days, which may be longer', rules((it) => { const { workingDays: _, ...rest } = it.periods.notice; it.periods.notice = { ...rest, days: 12 }; }), 'periods/notice:posting', 'warning', '（12日）可能与上位法不一致：《测试国检查法》第一条'],
    ['another start than the law has', rules((it) => { it.periods.notice.event = 'decided'; }), 'periods/notice:posting', 'warning', '（自“作出决定”起算）可能与上位法不一致：《测试国检查法》第一条要求“公示检查结果”自“结果公示”起算'],
    ['a period of another name that says what it is about', rules((it) => { it.periods.put = { title: '张贴', event: 'results-posted', workingDays: 4, matter: 'posting', clauses: ['TEST-2024-08'] }; }), 'periods/put:posting', 'error', '“张贴”（4个工作日）'],
    ['a decision of before July too late for the law of before', rules((it) => { it.periods.permit.variants[0].workingDays = 21; }), 'periods/permit:decision', 'error', '（21个工作日）与上位法不一致：《测试国旧规定》（测令第1号）第二条要求“自受理之日起决定”不多于20个工作日'],
    ['a decision of after July too late for the law of after', rules((it) => { it.periods.permit.variants[1].workingDays = 16; }), 'periods/permit:decision-2024', 'error', '（16个工作日）与上位法不一致：《测试国许可法》（测令第2号）第一条要求“自受理之日起决定”不多于15个工作日'],
    ['a certificate valid for four years', rules((it) => { it.periods.validity = { title: '有效期', event: 'certificate-issued', years: 4, clauses: ['TEST-2024-09'] }; }), 'periods/validity:validity', 'error', '“有效期”（4年）与上位法不一致：《测试国检查法》第八条要求“许可证的有效期”不少于5年'],
    ['checks once in two years', rules((it) => { it.frequencies.quality = { title: '考核', activity: 'quality-assessment', min: 1, per: { years: 2 }, clauses: ['TEST-2024-05'] }; }), 'frequencies/quality:red', 'warning', '“考核”（每2年不少于1次）与上位法不一致：《测试国检查法》第三条要求“检查机构”每年不少于1次。条文只写红色机构'],
    ['no checks at all', rules((it) => { it.frequencies.quality = { title: '考核', activity: 'quality-assessment', min: 0, per: 'calendar-year', clauses: ['TEST-2024-05'] }; }), 'frequencies/quality:red', 'warning', '“考核”（可以一次也没有）'],
    ['a share below the law', rules((it) => { it.targets.coverage.percent = '89.5'; }), 'targets/coverage:coverage', 'error', '（89.5%）与上位法不一致：《测试国检查法》第四条要求“监管覆盖率”不低于90%'],
    ['one officer', value('officers', 1), 'values/officers:officers', 'error', '（1）与上位法不一致：《测试国检查法》第五条要求“执法人员”不少于2'],
    ['another value than the law', value('lawful', false), 'values/lawful:lawful', 'error', '（否）与上位法不一致：《测试国检查法》第六条要求“依法处理”为是'],
    ['visits by a centre', campaign((it) => { it.stages[1].duties[0].actor = 'county-cdc'; }), 'duties/visit:visits', 'error', '“现场检查”（县疾控中心）与上位法不一致：《测试国检查法》第七条要求“实施检查的机关”由县级卫生监督机构办理或者决定'],
    ['visits by the body itself', campaign((it) => { it.stages[1].duties[0].actor = 'institution'; }), 'duties/visit:visits', 'error', '“现场检查”（institution）'],
    ['a number of visits that a centre fixes', rules((it) => { it.frequencies.red.decidedBy = 'county-cdc'; }), 'frequencies/red:visits', 'error', '“红色机构检查”（县疾控中心）'],
    ['a limit that a centre writes', rules((it) => { it.periods['checked-by'] = { title: '限期', event: 'ordered', limit: 'by-case', setBy: 'county-cdc', clauses: ['TEST-2024-12'] }; }), 'periods/checked-by:visits', 'error', '“限期”（县疾控中心）'],
    ['a value that names a centre', value('checked-by', 'county-cdc'), 'values/checked-by:visits', 'error', '“取值”（县疾控中心）'],
  ])('%s is found', async (_, change, id, severity, words) => {
    const found = await against(change);
    expect(found.map((it) => it.id)).toEqual([`against-law:${id}`]);
    expect(found[0]).toMatchObject({ severity, message: expect.stringContaining(words) });
    expect(found[0]!.clauses.some((clause) => clause.startsWith('TEST-')) && found[0]!.clauses.some((clause) => clause.startsWith('LAW-'))).toBe(true);
    const [mine, theirs] = found[0]!.quote!.split(' … ');
    expect(ruledSource.replaceAll(/\s/g, '')).toContain(mine!.slice(0, 4));
    expect(lawSource).toContain(theirs);
  });

  it.each<[string, (files: Files) => void]>([
    ['a stricter period', rules((it) => { it.periods.permit.variants[1].workingDays = 5; })],
    ['a period of the same name that says it is about another matter', rules((it) => { Object.assign(it.periods.notice, { workingDays: 3, wording: undefined, matter: 'validity' }); it.periods.notice = { title: '公示', event: 'results-posted', years: 5, matter: 'validity', clauses: ['TEST-2024-08'] }; })],
    ['checks of bodies the law does not speak of', rules((it) => { it.frequencies.quality = { title: '考核', activity: 'quality-assessment', kinds: ['disease-diagnosis'], min: 0, per: 'calendar-year', clauses: ['TEST-2024-05'] }; })],
    ['a window that is no length', rules((it) => { it.frequencies.quality = { title: '考核', activity: 'quality-assessment', min: 0, per: 'validity-period', clauses: ['TEST-2024-05'] }; })],
    ['visits by a centre together with the bureau', campaign((it) => { Object.assign(it.stages[1].duties[0], { actor: 'county-cdc', jointly: ['county-supervision'] }); })],
    ['an agency whose kind nobody has written down', campaign((it) => { delete it.agencies['county-supervision'].kind; })],
    ['a pack that was over before the law', (files) => {
      head((it) => { it.inForce = { from: '2019-01-01', to: '2019-12-31' }; })(files);
      rules((it) => { it.periods.notice.workingDays = 11; it.values.lawful.value = false; it.targets.coverage.percent = '50'; })(files);
      campaign((it) => { for (const stage of it.stages.slice(0, 2)) Object.assign(stage, { undated: true, opens: undefined, closes: undefined }); it.stages[1].duties[0].due = { standing: true }; it.stages[1].duties[0].actor = 'county-cdc'; })(files);
    }],
  ])('%s is not against it', async (_, change) => {
    expect(await against(change)).toEqual([]);
  });

  it('one length under two laws is compared with each, for the days of each', async () => {
    const both = (days: number) => rules((it) => { it.periods.permit = { title: '许可时限', event: 'application-accepted', workingDays: days, counted: false, clauses: ['TEST-2024-09'] }; });
    expect((await against(both(18))).map(({ message }) => message)).toEqual(['“许可时限”（18个工作日）与上位法不一致：自 2024-07-01 起，《测试国许可法》（测令第2号）第一条要求“自受理之日起决定”不多于15个工作日']);
    expect((await against(both(25))).map(({ id, message }) => [id, /至 .* 止|自 .* 起/.exec(message)?.[0]])).toEqual([
      ['against-law:periods/permit:decision', '至 2024-06-30 止'], ['against-law:periods/permit:decision-2024', '自 2024-07-01 起'],
    ]);
  });
  it('a reading that answers it makes it info', async () => {
    const found = await against((files) => {
      value('officers', 1)(files);
      head((it) => { it.readings = { 'AMB-TEST-1': { clauses: ['TEST-2024-12'], answers: ['against-law'], chosen: '两人', otherWording: '一人', why: '法律规定', decidedBy: '测试县', decidedOn: '2024-05-01' } }; })(files);
    });
    expect(found).toMatchObject([{ id: 'against-law:values/officers:officers', severity: 'info', reading: 'AMB-TEST-1' }]);
  });

  it('knows when an act the pack stands on lapses, though the pack does not say so; and says where the days differ', async () => {
    const basis = (it: object) => head((pack) => { pack.basis.push({ id: 'old', title: '测试国旧规定', number: '测令第1号', clauses: ['TEST-2024-12'], ...it }); });
    expect(await against(basis({}))).toMatchObject([{ id: 'superseded:old', severity: 'warning', clauses: ['TEST-2024-12', 'LAW-2024-02'], quote: '测试国旧规定同时失效', message: '所依据的《测试国旧规定》（测令第1号）自 2024-07-01 起不再适用，由《测试国许可法》（测令第2号）取代' }]);
    expect((await against(basis({ from: '2020-01-01', to: '2024-12-31' }))).map(({ id, message }) => [id, message])).toEqual([
      ['superseded:old', expect.stringContaining('自 2024-07-01 起')], ['against-law:basis/old', '《测试国旧规定》（测令第1号）的止日写作 2024-12-31，上位法为 2024-06-30'],
    ]);
    expect(await against((files) => { basis({})(files); head((it) => { it.inForce.to = '2024-06-30'; })(files); })).toEqual([]);
  });
  it('knows when the words of a clause name an act that lapses', async () => {
    const found = await against(head((it) => { it.clauses['TEST-2024-12'].quote = '连续三年红色的，依照测令第1号处理'; }));
    expect(found).toMatchObject([{ id: 'superseded:testland/law@1/old-permits', severity: 'warning', clauses: ['TEST-2024-12', 'LAW-2024-02'], quote: '连续三年红色的，依照测令第1号处理 … 测试国旧规定同时失效' }]);
  });
  it('a matter that no law has is named', async () => {
    expect(check(await ruled(value('officers', 2, { matter: 'oficers' })))).toMatchObject([{ id: 'unknown-name:values/officers/matter', kind: 'unknown-name', severity: 'warning', message: expect.stringContaining('oficers') }]);
  });

  it.each<[string, (files: Files) => void, string, string]>([
    ['a bound without a clause of an act', edit('law.yaml', (it) => { delete it.acts.inspection.articles['LAW-2020-05']; }), '/numbers/officers/clauses', '条款 LAW-2020-05 不在 acts 任何一部的 articles 之中'],
    ['a clause nobody quotes', edit('law.yaml', (it) => { it.numbers.officers.clauses = ['LAW-2020-99']; }), '/numbers/officers/clauses', '没有条款 LAW-2020-99'],
    ['an act replaced by none', edit('law.yaml', (it) => { it.acts['old-permits'].replacedBy = 'none'; }), '/acts/old-permits/replacedBy', 'acts 中没有“none”'],
    ['days that go backwards', edit('law.yaml', (it) => { it.acts['old-permits'].to = '2019-01-01'; }), '/acts/old-permits/to', '止日早于起日'],
    ['a bound of nothing', edit('law.yaml', (it) => { it.periods.posting = { title: '公示', clauses: ['LAW-2020-01'] }; }), '/periods/posting', '须写 atMost 或 atLeast'],
    ['a mild bound without a reason', edit('law.yaml', (it) => { it.numbers.officers.severity = 'warning'; }), '/numbers/officers', '须写明理由'],
    ['a case of a bound that is not there', edit('tests/cases.yaml', (it) => { it.cases[0].bound = 'periods/none'; }), '/cases “许可20个工作日” /bound', '没有“periods/none”'],
  ])('refuses %s', async (_, change, path, words) => {
    const files = lawFiles();
    change(files);
    await expect(parsePack(files)).rejects.toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ path, message: expect.stringContaining(words) })]) });
  });
  it('a number that its words do not carry is found', async () => {
    const files = lawFiles();
    edit('law.yaml', (it) => { it.periods.decision.atMost.workingDays = 30; it.numbers.officers.atLeast = 3; it.shares.coverage.atLeast = 95; })(files);
    expect(checkPack(await parsePack(files), { sourceText: lawSource, calendar: builtInCalendar }).findings.map(({ id }) => id)).toEqual(['unquoted:law/periods/decision', 'unquoted:law/shares/coverage', 'unquoted:law/numbers/officers']);
  });
  it('two versions differ bound by bound, with its clause; the law behind a pack is no difference of the pack', async () => {
    const files = lawFiles();
    edit('law.yaml', (it) => { it.numbers.officers.atLeast = 3; })(files);
    expect(diffPacks(law, await parsePack(files))).toEqual([{ path: '/bounds/numbers/officers/atLeast', old: 2, new: 3, clauses: ['LAW-2020-05'] }]);
    expect(diffPacks(await ruled(), await parsePack(ruledFiles()))).toEqual([]);
  });
});

const folders: string[] = [];
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true }); });
function shelf(packs: Record<string, Files>): string {
  const folder = mkdtempSync(join(tmpdir(), 'law-'));
  folders.push(folder);
  for (const [name, files] of Object.entries(packs)) put(folder, name, files);
  return folder;
}
function put(folder: string, name: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, name.replace('@', '/'), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
const named = (id: string, version: number, change: (files: Files) => void = () => {}): Files => {
  const files = lawFiles();
  head((it) => { Object.assign(it, { id, version }); })(files);
  change(files);
  return files;
};
const behindOf = (pack: Pack): string[] => (pack.laws ?? []).map(({ name }) => name);

describe('law on the shelf', () => {
  const local = head((it) => { it.jurisdiction = '990000'; });
  it('stands behind every document: the latest version of what holds in the whole nation, and what the document names', async () => {
    const naming = ruledFiles();
    head((it) => { it.id = 'testland/naming'; it.law = ['testland/local']; })(naming);
    const pinned = ruledFiles();
    head((it) => { it.id = 'testland/pinned'; it.law = ['testland/law@1']; })(pinned);
    const packs = new Packs([shelf({ 'testland/campaign-2024@1': ruledFiles(), 'testland/naming@1': naming, 'testland/pinned@1': pinned, 'testland/law@1': named('testland/law', 1), 'testland/law@2': named('testland/law', 2), 'testland/local@1': named('testland/local', 1, local) })]);
    expect(packs.list().map(({ id }) => id)).toEqual(['testland/campaign-2024', 'testland/naming', 'testland/pinned']);
    expect(packs.laws().map(({ id, version }) => `${id}@${version}`)).toEqual(['testland/law@1', 'testland/law@2', 'testland/local@1']);
    expect(behindOf(await packs.get('testland/campaign-2024'))).toEqual(['testland/law@2']);
    expect(behindOf(await packs.get('testland/naming'))).toEqual(['testland/law@2', 'testland/local@1']);
    expect(behindOf(await packs.get('testland/pinned'))).toEqual(['testland/law@1']);
    expect((await packs.get('testland/law')).version).toBe(2);
  });
  it('a pack below another has the law of the one above', async () => {
    const above = ruledFiles();
    head((it) => { it.law = ['testland/local']; })(above);
    const below: Files = { 'pack.yaml': stringify({ id: 'testland/below', version: 1, title: '下级', jurisdiction: '990001', document: { title: '下级方案', source: 'below.txt', sourceSha256: '0'.repeat(64) }, inForce: { from: '2024-05-01' }, under: 'testland/campaign-2024@1', clauses: { 'BEL-2024-01': { normative: false, quote: '照办' } } }) };
    const packs = new Packs([shelf({ 'testland/campaign-2024@1': above, 'testland/below@1': below, 'testland/local@1': named('testland/local', 1, local) })]);
    expect(behindOf(await packs.get('testland/below@1'))).toEqual(['testland/local@1']);
  });
  it('that cannot be read, or is none, is a finding that stops approval, and the pack can be read all the same', async () => {
    const naming = ruledFiles();
    head((it) => { it.law = ['testland/absent', 'testland/campaign-2024']; it.id = 'testland/naming'; })(naming);
    const packs = new Packs([shelf({ 'testland/campaign-2024@1': ruledFiles(), 'testland/naming@1': naming, 'testland/law@1': named('testland/law', 1, (files) => { files['law.yaml'] = 'acts: ['; }) })]);
    expect(check(await packs.get('testland/naming')).map(({ id, severity }) => [id, severity])).toEqual([['against-law:testland/law@1', 'error'], ['against-law:testland/absent', 'error'], ['against-law:testland/campaign-2024', 'error']]);
  });
  it('that is installed later stands behind what was read before', async () => {
    const folder = shelf({ 'testland/campaign-2024@1': ruledFiles() });
    const packs = new Packs([folder], { lawsKnownFor: 0 });
    expect(behindOf(await packs.get('testland/campaign-2024@1'))).toEqual([]);
    put(folder, 'testland/law@1', named('testland/law', 1));
    expect(behindOf(await packs.get('testland/campaign-2024@1'))).toEqual(['testland/law@1']);
  });
  it('the law of the house stands behind a folder too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'law-'));
    folders.push(folder);
    cpSync(join(builtInPacks, 'guizhou/reform-2021/1'), folder, { recursive: true });
    expect(behindOf(await new Packs().get(folder))).toEqual(['national/superior-law@2']);
  });
});
