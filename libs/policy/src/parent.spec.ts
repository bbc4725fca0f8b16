import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { builtInCalendar, localDate } from '@zhijian/calendar';
import { checkOwnDates, clause, decide, findingsOf, frequencyOf, ownOf, Packs, parsePack, planCampaign, tracePacks, type Pack } from './index.js';
import { ruledFiles } from './testland-rules.fixture.js';
import { testlandFiles } from './testland.fixture.js';

/** The county's pack is the parent of a town's, which has its own clauses and stages and nothing else. */
const parentFiles = (allows = '') => { const files = ruledFiles(); files['pack.yaml'] += allows; return files; };
const parentPack = (allows?: string) => parsePack(parentFiles(allows));
const child = (change: (files: Record<string, string>) => void = () => {}): Record<string, string> => {
  const { 'pack.yaml': head = '', 'campaign.yaml': campaign = '' } = testlandFiles();
  const files: Record<string, string> = {
    'pack.yaml': head.replace('testland/campaign-2024', 'town/campaign-2024').replace('inForce:', 'under: testland/campaign-2024@1\ninForce:').replaceAll('TEST-2024', 'TOWN-2024'),
    'campaign.yaml': campaign.replaceAll('TEST-2024', 'TOWN-2024').replace('agencies:\n  county-supervision: { name: 县监督所, level: unit }', 'agencies: {}'),
  };
  change(files);
  return files;
};
const town = (files = child(), parent: () => Promise<Pack> = () => parentPack()) => parsePack(files, { parent });
const edit = (file: string, from: string, to: string) => (files: Record<string, string>) => {
  if (!files[file]?.includes(from)) throw new Error(`${file} 中没有“${from}”`);
  files[file] = files[file].replace(from, to);
};

describe('a pack under another', () => {
  it('finds there what it does not say itself: agencies, tables, forms, rules and clauses', async () => {
    const pack = await town();
    expect(planCampaign(pack, builtInCalendar, { units: [] }).agencies['county-supervision']?.name).toBe('县监督所');
    expect(decide(pack, 'band', { score: 90, served: true })).toMatchObject({ value: 'A', clauses: [{ id: 'TEST-2024-01', quote: '全县已备案的检查机构' }] });
    expect(frequencyOf(pack, 'red')).toMatchObject({ value: { min: 2 }, clauses: ['TEST-2024-05'] });
    expect(Object.keys(pack.forms)).toEqual(['T-F1']);
    expect(clause(pack, 'TEST-2024-05').quote).toContain('不少于2次');
  });
  it('says itself what goes before, section by section and by id', async () => {
    const pack = await town(child((files) => { files['rules.yaml'] = 'frequencies:\n  red: { title: 红色机构检查, activity: inspection, when: { colour: red }, min: 4, per: calendar-year, reading: AMB-TOWN-1, clauses: [TOWN-2024-04] }\n'; edit('pack.yaml', 'readings: {}', 'readings: { AMB-TOWN-1: { clauses: [TOWN-2024-04], chosen: 四次, otherWording: 两次, why: 从严, decidedBy: 镇, decidedOn: 2024-05-01 } }')(files); }));
    expect(frequencyOf(pack, 'red')?.value.min).toBe(4);
    expect(frequencyOf(pack, 'yellow')?.value.target).toBe(1);
  });
  it('has its own stages only, is checked and traced for its own clauses, and keeps its own hash', async () => {
    const pack = await town();
    expect(pack.campaign?.stages.map(({ id }) => id)).toEqual(['self-check', 'visits']);
    expect(tracePacks([pack], []).rows.every((row) => row.clause.startsWith('TOWN'))).toBe(true);
    expect(findingsOf(pack, builtInCalendar)).toEqual([]);
    expect(pack.hash).toBe((await town(child(), () => parentPack('\n# changed\n'))).hash);
    expect(ownOf(pack).rules.frequencies).toEqual({});
  });
  it.each([
    ['without a version', edit('pack.yaml', '2024@1', '2024'), '/under', '上级政策包应写明版本，形如 place/plan-2024@1'],
    ['with a clause of its parent', edit('pack.yaml', 'clauses:\n', 'clauses:\n  TEST-2024-01: { normative: true, quote: 全县已备案的检查机构 }\n'), '/clauses/TEST-2024-01', '上级政策包已有条款 TEST-2024-01'],
  ])('is refused %s', async (_, change, path, message) => {
    await expect(town(child(change))).rejects.toMatchObject({ problems: [{ file: 'pack.yaml', path, message }] });
  });
  it('is refused where nobody can give its parent', async () => {
    await expect(parsePack(child())).rejects.toMatchObject({ problems: [{ path: '/under', message: '没有上级政策包 testland/campaign-2024@1' }] });
  });
});

describe('what a pack may do under another', () => {
  const outside = async (change: (files: Record<string, string>) => void, allows = '') =>
    findingsOf(await town(child(change), () => parentPack(allows)), builtInCalendar).filter(({ kind }) => kind === 'outside-parent').map(({ id, severity }) => `${id} ${severity}`);
  const due = (on: string) => edit('campaign.yaml', 'due: { on: 2024-05-20', `due: { on: ${on}`);
  it('ask for a report earlier, not later', async () => {
    expect(await outside(due('2024-05-17'))).toEqual([]);
    expect(await outside(due('2024-05-21'))).toEqual(['outside-parent:report error']);
  });
  it('not leave a fixed day for the end of the stage, an event or no limit', async () => {
    const limit = (to: string) => edit('campaign.yaml', 'due: { on: 2024-05-20, wording: 5月20日前 }', `due: { ${to} }`);
    expect(await outside(limit('endOfStage: true'))).toEqual(['outside-parent:report error']);
    expect(await outside(limit('after: { event: notified }, days: 5'))).toEqual(['outside-parent:report error']);
    expect(await outside(limit('limit: none'))).toEqual(['outside-parent:report error']);
  });
  it('ask for it sooner after an event, not later', async () => {
    const limit = (to: string) => edit('campaign.yaml', 'event: visit-held }, workingDays: 10', `event: ${to}`);
    expect(await outside(limit('visit-held }, workingDays: 7'))).toEqual([]);
    expect(await outside(limit('visit-held }, workingDays: 60'))).toEqual(['outside-parent:feedback error']);
    expect(await outside(limit('visit-held }, days: 10'))).toEqual([]);
    expect(await outside(limit('visit-held }, months: 1'))).toEqual(['outside-parent:feedback warning']); // how many days off lie in it, no pack knows
    expect(await outside(limit('decided }, workingDays: 7'))).toEqual(['outside-parent:feedback warning']);
  });
  it('shorten a period, not lengthen it; a least it may lengthen, not shorten', async () => {
    const rules = (text: string) => (files: Record<string, string>) => { files['rules.yaml'] = `periods:\n${text}\n`; };
    const permit = (days: number) => rules(`  permit: { title: 许可时限, event: application-accepted, workingDays: ${days}, clauses: [TOWN-2024-04] }`);
    const notice = (days: number) => rules(`  notice: { title: 公示, event: results-posted, workingDays: ${days}, atLeast: true, clauses: [TOWN-2024-04] }`);
    expect(await outside(permit(10))).toEqual([]);
    expect(await outside(permit(11))).toEqual(['outside-parent:period:permit error']); // ten from July on
    expect(await outside(rules('  permit: { title: 许可时限, event: application-accepted, limit: none, clauses: [TOWN-2024-04] }'))).toEqual(['outside-parent:period:permit error']);
    expect(await outside(notice(7))).toEqual([]);
    expect(await outside(notice(3))).toEqual(['outside-parent:period:notice error']);
    expect(await outside(notice(9), '\nallows: [ { what: period:notice, atLeast: 3, atMost: 8, clauses: [TEST-2024-08] } ]\n')).toEqual(['outside-parent:period:notice error']);
  });
  it('differ within the bounds that are given, and no further', async () => {
    const allows = '\nallows: [ { what: duty:report, notBefore: 2024-05-13, notAfter: 2024-05-24, clauses: [TEST-2024-02] } ]\n';
    expect(await outside(due('2024-05-24'), allows)).toEqual([]);
    expect(await outside(due('2024-05-10'), allows)).toEqual(['outside-parent:report error']);
    expect(await outside(due('2024-05-27'), allows)).toEqual(['outside-parent:report error']);
  });
  it('open its stages within those above', async () => {
    expect(await outside((files) => { edit('campaign.yaml', 'opens: { on: 2024-05-06 }', 'opens: { on: 2024-04-29 }')(files); edit('pack.yaml', 'inForce: { from: 2024-05-01 }', 'inForce: { from: 2024-04-01 }')(files); })).toEqual(['outside-parent:self-check error']);
    expect(await outside(edit('campaign.yaml', 'id: visits', 'id: extra'))).toEqual([]); // within the whole
    expect(await outside((files) => { edit('campaign.yaml', 'id: visits', 'id: extra')(files); edit('campaign.yaml', 'closes: { month: 2024-06 }', 'closes: { month: 2024-07 }')(files); })).toEqual(['outside-parent:extra error', 'outside-parent:visit error']); // due with the end of the stage
  });
  it('ask for more, not for less', async () => {
    const red = (min: number, per = 'calendar-year') => (files: Record<string, string>) => { files['rules.yaml'] = `frequencies:\n  red: { title: 红色机构检查, activity: inspection, min: ${min}, per: ${per}, clauses: [TOWN-2024-04] }\n`; };
    expect(await outside(red(3))).toEqual([]);
    expect(await outside(red(1, '{ months: 6 }'))).toEqual([]);
    expect(await outside(red(3, '{ years: 2 }'))).toEqual(['outside-parent:frequency:red error']);
    expect(await outside(red(1))).toEqual(['outside-parent:frequency:red error']);
    expect(await outside(red(5), '\nallows: [ { what: frequency:red, atMost: 4, clauses: [TEST-2024-05] } ]\n')).toEqual(['outside-parent:frequency:red error']);
  });
  it('set a bound for its units too', async () => {
    const plan = planCampaign(await parentPack('\nallows: [ { what: duty:report, notBefore: 2024-05-13, clauses: [TEST-2024-02] } ]\n'), builtInCalendar, { units: [{ code: '990011', name: '东镇' }] });
    const ask = (on: string) => checkOwnDates(plan, [{ city: '990011', duty: 'report', on: localDate(on) }]);
    expect(ask('2024-05-13')).toEqual({ ok: true });
    expect(ask('2024-05-10')).toMatchObject({ refusals: [{ code: 'date-before-city-limit', clauses: ['TEST-2024-02'] }] });
  });
});

describe('a pack under two others', () => {
  /** The county gives a bound for red; the town between leaves the report out and says nothing of red. */
  const between = () => child(edit('campaign.yaml', 'id: report', 'id: other'));
  const village = (change: (files: Record<string, string>) => void = () => {}) => {
    const files = child(change);
    return { 'pack.yaml': files['pack.yaml']!.replace('id: town/', 'id: village/').replace('under: testland/', 'under: town/').replaceAll('TOWN-2024', 'VILL-2024'), 'campaign.yaml': files['campaign.yaml']!.replaceAll('TOWN-2024', 'VILL-2024'), ...(files['rules.yaml'] && { 'rules.yaml': files['rules.yaml'].replaceAll('TOWN-2024', 'VILL-2024') }) };
  };
  const outside = async (change: (files: Record<string, string>) => void, allows = '') => {
    const middle = await parsePack(between(), { parent: () => parentPack(allows) });
    return findingsOf(await parsePack(village(change), { parent: () => Promise.resolve(middle) }), builtInCalendar).filter(({ kind }) => kind === 'outside-parent').map(({ id, message }) => `${id} ${/政策包 (\S+)/.exec(message)?.[1] ?? ''}`);
  };
  const red = (min: number) => (files: Record<string, string>) => { files['rules.yaml'] = `frequencies:\n  red: { title: 红色机构检查, activity: inspection, min: ${min}, per: calendar-year, clauses: [TOWN-2024-04] }\n`; };
  it('is held to a duty that the one between leaves out', async () => {
    expect(await outside(() => {})).toEqual([]);
    expect(await outside(edit('campaign.yaml', 'due: { on: 2024-05-20', 'due: { on: 2024-05-24'))).toEqual(['outside-parent:report testland/campaign-2024@1']);
  });
  it('is told once where it leaves both, and has the bounds that the highest gives', async () => {
    expect(await outside(edit('campaign.yaml', 'workingDays: 10', 'workingDays: 60'))).toEqual(['outside-parent:feedback town/campaign-2024@1']);
    expect(await outside(red(1))).toEqual(['outside-parent:frequency:red testland/campaign-2024@1']);
    expect(await outside(red(1), '\nallows: [ { what: frequency:red, atLeast: 1, clauses: [TEST-2024-05] } ]\n')).toEqual([]);
  });
});

describe('a shelf of packs', () => {
  const root = mkdtempSync(join(tmpdir(), 'parent-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const put = (name: string, files: Record<string, string>) => Object.entries(files).forEach(([path, text]) => {
    const file = join(root, ...name.split('/'), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  });
  it('looks a parent up by its version; asked for both at once, gives both', async () => {
    put('testland/campaign-2024/1', parentFiles());
    put('town/campaign-2024/1', child());
    const packs = new Packs([root]);
    const [pack, parent] = await Promise.all([packs.get('town/campaign-2024'), packs.get('testland/campaign-2024@1')]);
    expect(pack.parent).toBe(parent);
  });
  it('refuses packs that stand under each other, and a parent that is not there', async () => {
    put('ring/a/1', { 'pack.yaml': 'id: ring/a\nunder: ring/b@1\n' });
    put('ring/b/1', { 'pack.yaml': 'id: ring/b\nunder: ring/a@1\n' });
    put('lone/campaign-2024/1', child(edit('pack.yaml', 'testland/campaign-2024@1', 'nowhere/plan@1')));
    const packs = new Packs([root]);
    await expect(packs.get('ring/a')).rejects.toMatchObject({ problems: [{ path: '/under', message: '上级政策包循环：ring/a@1 → ring/b@1 → ring/a@1' }] });
    await expect(packs.get('lone/campaign-2024')).rejects.toMatchObject({ problems: [{ path: '/under', message: '上级政策包 nowhere/plan@1：没有安装这个政策包' }] });
  });
});
