import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decisions, inspection } from '@zhijian/contracts/http';
import { builtInPacks, Packs } from '@zhijian/policy';
import { aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { inspectionRoom } from '../room.js';
import { approver, city, county, pack, Play } from './campaign.fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'packs-'));
const third = aPrincipal('city', '330100', undefined, 'third-person');
let database: TestDatabase;
let room: TestRoom;

/** The next version of the Hangzhou pack with these words of its campaign changed. */
function version(number: number, ...changes: [string, string][]): void {
  const to = join(folder, 'hangzhou/exam-campaign-2023', String(number));
  cpSync(join(builtInPacks, 'hangzhou/exam-campaign-2023/1'), to, { recursive: true });
  const edit = (file: string, pairs: [string, string][]) => writeFileSync(join(to, file), pairs.reduce((text, [from, into]) => {
    if (!text.includes(from)) throw new Error(`${file} has no “${from}”`);
    return text.replace(from, into);
  }, readFileSync(join(to, file), 'utf8')));
  edit('pack.yaml', [['version: 1', `version: ${number}`]]);
  edit('campaign.yaml', changes);
}

beforeAll(async () => {
  version(2, ['on: 2023-11-10', 'on: 2023-11-13'], ['on: 2023-04-20', 'on: 2023-04-25'], ['name: 市卫生健康行政执法队', 'name: 市卫生监督所']);
  version(3, ['- id: extension-check', '- id: extended-check']);
  database = await testDatabase();
  room = await testRoom(inspectionRoom, { database, packs: new Packs([folder, builtInPacks]), at: '2023-05-08T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const preview = (campaignId: string, to: string) => room.call(inspection.previewPackVersion, { as: city, params: { campaignId }, query: { to } });
const move = (campaignId: string, to: string, as = third) => room.call(inspection.movePackVersion, { as, params: { campaignId }, body: { pack: to, reason: '更正版已经印发' } });
const running = async () => {
  const play = new Play(room, 1);
  const answer = await room.call(inspection.draftCampaign, { as: city, body: { name: '测试专项治理', pack: `${pack}@1`, units: [{ code: play.unit, name: '测试区' }] } });
  play.campaignId = answer.body.campaignId;
  await room.call(inspection.approveCampaign, { as: approver, params: { campaignId: play.campaignId } });
  await play.do('planUnit');
  return play;
};
const dayOf = async ({ campaignId, unit }: Play, duty: string) => (await room.call(inspection.getUnit, { as: county(unit), params: { campaignId, unit } })).body.stages.flatMap(({ duties }) => duties).find(({ id }) => id === duty)?.dueOn;

describe('a running campaign and a later version of its pack', () => {
  it('stays on the version it was approved with, whatever is installed', async () => {
    const play = await running();
    expect(await dayOf(play, 'summary')).toBe('2023-11-10');
    expect((await room.call(inspection.getCampaign, { as: city, params: { campaignId: play.campaignId } })).body).toMatchObject({ packVersion: 1 });
  });

  it('is shown what would differ, and nothing moves', async () => {
    const play = await running();
    const { body } = await preview(play.campaignId, `${pack}@2`);
    expect(body.differences.map(({ path }) => path)).toEqual(expect.arrayContaining(['/campaign/agencies/city-enforcement/name', '/campaign/stages/summary/duties/summary/due/on']));
    expect(body.moved).toMatchObject([{ unit: play.unit, duty: 'summary', old: '2023-11-10', new: '2023-11-13', clauses: ['HZ-2023-13'] }]);
    expect(body.kept.map(({ duty, why }) => [duty, why])).toEqual([['self-check-form', 'passed']]);
    expect(await dayOf(play, 'summary')).toBe('2023-11-10');
  });

  it('moves by a recorded decision of another person than who approved it; days that have passed stay', async () => {
    const play = await running();
    expect(await move(play.campaignId, `${pack}@2`, approver)).toMatchObject({ status: 422, problem: { code: 'pack-version-own' } });
    expect((await move(play.campaignId, `${pack}@2`)).status).toBe(201);
    expect([await dayOf(play, 'summary'), await dayOf(play, 'self-check-form')]).toEqual(['2023-11-13', '2023-04-20']);
    expect((await room.call(inspection.getCampaign, { as: city, params: { campaignId: play.campaignId } })).body).toMatchObject({ packVersion: 2 });
    const fact = (await room.facts('inspection.campaign-pack-moved')).at(-1);
    expect(fact).toMatchObject({ data: { campaignId: play.campaignId, before: { pack, version: 1 }, policy: { pack, version: 2, clauses: expect.arrayContaining(['HZ-2023-13']) } } });
    const recorded = await room.call(inspection.listAmendments, { as: city, params: { campaignId: play.campaignId } });
    expect(recorded.body.items.at(-1)).toMatchObject({ kind: 'pack', actor: expect.stringContaining('third-person'), reason: expect.stringContaining('更正版已经印发') });
    expect((await room.audit(play.campaignId)).map(({ action }) => action)).toContain('pack version moved');
  });

  it('leaves what was known on an earlier day as it was, with the version that held then', async () => {
    const play = await running();
    const subject = `${play.campaignId}/${play.unit}/summary`;
    const asOf = async (on: string) => (await room.call(decisions.asOfDay, { as: aPrincipal('auditor', '330100'), query: { room: 'inspection', subject, on } })).body;
    room.clock.set('2023-05-10T09:00:00+08:00');
    const before = await asOf('2023-05-08');
    expect(before).toMatchObject({ settled: true, items: [{ kind: 'due-date', outcome: { dueOn: '2023-11-10' } }], versions: [{ pack: `${pack}@1` }] });
    await move(play.campaignId, `${pack}@2`);
    room.clock.set('2023-05-12T09:00:00+08:00');
    expect(await asOf('2023-05-10')).toMatchObject({ settled: true, items: [{ outcome: { dueOn: '2023-11-13' } }], versions: [{ pack: `${pack}@2` }] });
    expect(await asOf('2023-05-08')).toEqual(before);
    room.clock.set('2023-05-08T09:00:00+08:00');
  });

  it('never moves back, to another pack, to one that is not there, or to one with other stages or duties', async () => {
    const play = await running();
    await move(play.campaignId, `${pack}@2`);
    expect(await move(play.campaignId, `${pack}@1`)).toMatchObject({ status: 422, problem: { code: 'pack-version-not-later' } });
    expect(await move(play.campaignId, `${pack}@9`)).toMatchObject({ status: 422, problem: { code: 'pack-version-unknown' } });
    expect(await move(play.campaignId, `${pack}@3`)).toMatchObject({ status: 422, problem: { code: 'pack-version-parts', title: expect.stringContaining('extension-check') } });
  });

  it('does not move before it is approved', async () => {
    const play = new Play(room, 1);
    const draft = await room.call(inspection.draftCampaign, { as: city, body: { name: '测试专项治理', pack: `${pack}@1`, units: [{ code: play.unit, name: '测试区' }] } });
    expect(await move(draft.body.campaignId, `${pack}@2`)).toMatchObject({ status: 409, problem: { code: 'pack-version-state' } });
  });
});
