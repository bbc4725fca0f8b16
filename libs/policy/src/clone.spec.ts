import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, localDate } from '@zhijian/calendar';
import { builtInPacks, checkPack, clonePack, dateTitle, mayBeApproved, PackError, Packs, parsePack, planCampaign, readFiles, readSource } from './index.js';
import { testlandFiles, testlandSource } from './testland.fixture.js';

const shelf = new Packs([builtInPacks]);
const from = 'testland/campaign-2024@1';
const { id, files, shifted } = clonePack(testlandFiles(), { year: 2025, from });
const draft = await parsePack(files);
const findings = (pack: typeof draft) => checkPack(pack, { sourceText: testlandSource, calendar: builtInCalendar }).findings.filter(({ kind }) => kind === 'unquoted');

it.each(shelf.list().map(({ id: name, version, folder }) => [`${name}@${version}`, folder]))('each date of %s that a later year takes over is named in words', async (ref, folder) => {
  const pack = await shelf.get(ref);
  const moved = clonePack(readFiles(folder), { year: Number(pack.inForce.from.slice(0, 4)) + 1, from: ref }).shifted;
  expect(moved.map((date) => dateTitle(pack, date)).filter((title) => /\.yaml|[a-z]{3,}/.test(title))).toEqual([]);
});

describe('a pack cloned for a later year', () => {
  it('is a first version under the name of its year, with the dates of the plan moved', () => {
    expect({ id, version: draft.version, inForce: draft.inForce }).toEqual({ id: 'testland/campaign-2025', version: 1, inForce: { from: localDate('2025-05-01') } });
    const [unit] = planCampaign(draft, builtInCalendar, { units: [{ code: '990011', name: '东镇' }] }).cities;
    expect(unit?.stages.map(({ opensOn, closesOn }) => [opensOn, closesOn])).toEqual([['2025-05-06', '2025-05-31'], ['2025-06-01', '2025-06-30']]);
    expect(unit?.stages[0]?.duties[0]?.dueOn).toBe('2025-05-20');
  });
  it('marks each moved date in its line and leaves the rest of the text alone', () => {
    const [old, now] = [testlandFiles()['campaign.yaml'] ?? '', files['campaign.yaml'] ?? ''];
    const changed = now.split('\n').filter((line, at) => line !== old.split('\n')[at]);
    expect(changed).toHaveLength(5);
    expect(changed.every((line) => /2025.*# 待确认：原为 2024-/.test(line))).toBe(true);
    expect(files['decisions/band.dmn']).toBe(testlandFiles()['decisions/band.dmn']);
  });
  it('keeps clauses, quotes and readings as those of the old text', () => {
    expect(Object.entries(draft.clauses).map(([clause, { quote }]) => [clause, quote])).toContainEqual(['TEST-2024-02', '自查（5月6日至5月31日）：各机构5月20日前向县监督所报送自查报告']);
  });
  it('cannot be approved before each date has been confirmed and the text is the new one', async () => {
    const found = findings(draft);
    expect(found).toHaveLength(shifted.length + 1);
    expect(found.every(({ severity }) => severity === 'error')).toBe(true);
    expect(found).toContainEqual(expect.objectContaining({ id: 'unquoted:draft:campaign.yaml/stages/self-check/duties/report/due/on', clauses: ['TEST-2024-02'], message: expect.stringContaining('2025-05-20 由 testland/campaign-2024@1 的 2024-05-20 推算') }));
    expect(mayBeApproved(checkPack(draft, { sourceText: testlandSource, calendar: builtInCalendar }))).toBe(false);
    const confirmed = await parsePack({ ...files, 'pack.yaml': (files['pack.yaml'] ?? '').replace(/# 由较早的[^]*$/, '') });
    expect(findings(confirmed)).toEqual([]);
  });
  it('moves the golden cases about dates along, and no other', () => {
    expect(checkPack(draft, { sourceText: testlandSource, calendar: builtInCalendar }).cases).toMatchObject({ failed: 0 });
  });
  it('turns a 29 February into the 28th, and moves months and years', async () => {
    const old = testlandFiles();
    old['campaign.yaml'] = (old['campaign.yaml'] ?? '').replace('opens: { on: 2024-05-06 }', 'opens: { on: 2024-02-29 }').replace('closes: { month: 2024-06 }', "closes: { byEndOf: '2024' }");
    const campaign = (await parsePack(clonePack(old, { year: 2025, from }).files)).campaign;
    expect([campaign?.stages[0]?.opens, campaign?.stages[1]?.closes]).toEqual([{ on: '2025-02-28' }, { byEndOf: '2025' }]);
  });
  it('is asked for another year', () => {
    expect(() => clonePack(testlandFiles(), { year: 2024, from })).toThrow(PackError);
  });
  it.each(shelf.list().map(({ id: name, folder }) => [name, folder]))('works for every pack of the house: %s can be read and its golden cases hold', async (name, folder) => {
    const pack = await shelf.get(name);
    const year = Number(pack.inForce.from.slice(0, 4)) + 1;
    const clone = await parsePack(clonePack(readFiles(folder), { year, from: `${name}@1` }).files, shelf.parents);
    const checked = checkPack(clone, { sourceText: readSource(pack), calendar: builtInCalendar });
    expect({ failures: checked.cases.failures, approved: mayBeApproved(checked) }).toEqual({ failures: [], approved: false });
    expect(clone.readings).toEqual(pack.readings);
    expect(clone.basis).toEqual(pack.basis);
  });
});
