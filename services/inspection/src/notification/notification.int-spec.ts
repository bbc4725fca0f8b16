import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { builtInPacks, Packs } from '@zhijian/policy';
import { anInstitution, county, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

async function running(room: Awaited<ReturnType<typeof theRoom>>) {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 1).approved();
  const bodies = await play.has(['in', 'in', 'idle']);
  await play.to('2023-03-10T09:00:00+08:00');
  return { play, bodies };
}
const notify = (play: Play, body: Record<string, unknown>, as = county(play.unit)) =>
  play.room.call(inspection.notifyInstitutions, { as, params: { campaignId: play.campaignId, unit: play.unit }, body: { means: 'meeting-on-site', on: '2023-03-10', institutions: 'all', ...body } });
const acknowledge = (play: Play, institutionId: string, as = person(institutionId, play.unit)) => room.call(inspection.acknowledgeNotice, { as, params: { campaignId: play.campaignId, institutionId } });

describe('the notice to every body', () => {
  it('[HZ-2023-05] at a meeting tells all in the campaign; who attended has acknowledged, the others do so themselves', async () => {
    const { play, bodies } = await running(room);
    expect((await notify(play, { attended: [bodies[0]!] })).body).toEqual({ notified: 2, acknowledged: 1, remaining: 0 });
    expect(await play.states('notification')).toEqual({ done: 2 });
    const told = (await room.facts<{ campaignId: string; institutionId: string }>('inspection.institution-notified')).filter(({ data }) => data.campaignId === play.campaignId);
    expect(told.map(({ data, subject }) => [subject, data.institutionId])).toEqual(bodies.slice(0, 2).sort().map((id) => [id, id]));
    expect((await acknowledge(play, bodies[1]!)).body).toEqual({ acknowledgedOn: '2023-03-10' });
    room.clock.set('2023-03-12T09:00:00+08:00');
    expect((await acknowledge(play, bodies[1]!)).body).toEqual({ acknowledgedOn: '2023-03-10' });
    expect((await room.facts<{ campaignId: string }>('inspection.notice-acknowledged')).filter(({ data }) => data.campaignId === play.campaignId)).toHaveLength(2);
  });

  it('[HZ-2023-05] is given in the ways the pack names, which the officer is shown; who attended is known of a meeting only', async () => {
    const { play, bodies } = await running(room);
    const unit = await room.call(inspection.getUnit, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit } });
    expect(unit.body.notificationModes).toEqual(['meeting-online', 'meeting-on-site', 'message']);
    expect(await notify(play, { means: 'message', attended: [bodies[0]!] })).toMatchObject({ status: 422, problem: { code: 'attended-no-meeting', title: '书面通知没有到会机构；以会议通知的才登记到会', errors: [{ path: '/attended' }] } });
    expect(await notify(play, { means: 'telephone' })).toMatchObject({ status: 400, problem: { errors: [{ path: '/means' }] } });
    expect(await play.states('notification')).toEqual({ open: 2 });
    expect((await notify(play, { means: 'meeting-online', institutions: [bodies[0]!], attended: [bodies[0]!] })).body).toEqual({ notified: 1, acknowledged: 1, remaining: 1 });
    expect((await notify(play, { means: 'message' })).body).toEqual({ notified: 1, acknowledged: 0, remaining: 0 });
    const told = (await room.facts<{ campaignId: string; means: string }>('inspection.institution-notified')).filter(({ data }) => data.campaignId === play.campaignId);
    expect(told.map(({ data }) => data.means)).toEqual(['meeting-online', 'message']);
  });

  it('[HZ-2023-05] who joins later has to be told too', async () => {
    const { play } = await running(room);
    await notify(play, {});
    await play.amendRoster(await anInstitution(room, play.unit), 'in', '新备案');
    expect(await play.states('notification')).toEqual({ done: 2, open: 1 });
  });

  it('told again changes nothing; told after its day it is late', async () => {
    const { play, bodies } = await running(room);
    expect((await notify(play, { institutions: [bodies[0]!] })).body).toEqual({ notified: 1, acknowledged: 0, remaining: 1 });
    expect((await notify(play, { institutions: [bodies[0]!], attended: [bodies[0]!] })).body).toEqual({ notified: 0, acknowledged: 0, remaining: 1 });
    await play.to('2023-05-02T09:00:00+08:00');
    await notify(play, { on: '2023-05-02' });
    expect(await play.states('notification')).toEqual({ done: 1, late: 1 });
  });

  it('names the field of a body that is not in the campaign, of a day to come, of a unit that is not one’s own', async () => {
    const { play, bodies } = await running(room);
    const stranger = await anInstitution(room, play.unit);
    expect(await notify(play, { institutions: [bodies[0]!, bodies[2]!], attended: [stranger] })).toMatchObject({ status: 422, problem: { code: 'not-in-roster', errors: [{ path: '/institutions/1' }, { path: '/attended/0' }] } });
    expect(await notify(play, { on: '2023-03-11' })).toMatchObject({ status: 422, problem: { code: 'notified-in-future', title: '通知日期 2023-03-11 尚未到来', errors: [{ path: '/on' }] } });
    expect(await notify(play, { on: '2023-01-19' })).toMatchObject({ status: 422, problem: { code: 'notified-before-campaign', title: '通知日期 2023-01-19 早于本次专项行动开始的日期 2023-01-20', clauses: ['HZ-2023-05'], errors: [{ path: '/on', message: '不能早于 2023-01-20' }] } });
    for (const on of ['0000-01-01', '9999-12-31']) expect(await notify(play, { on })).toMatchObject({ status: 400, problem: { errors: [{ path: '/on', message: '日期应在1900年至2199年之间' }] } });
    expect(await notify(play, {}, county('990000'))).toMatchObject({ status: 404 });
    expect((await play.states('notification'))).toEqual({ open: 2 });
  });

  it('comes after the roster, and is acknowledged only by whom it was sent to', async () => {
    room.clock.set('2023-02-10T09:00:00+08:00');
    const early = await new Play(room, 1).approved();
    expect(await notify(early, { on: '2023-02-10' })).toMatchObject({ status: 409, problem: { code: 'roster-not-frozen' } });
    const { play, bodies } = await running(room);
    expect(await acknowledge(play, bodies[0]!)).toMatchObject({ status: 409, problem: { code: 'not-notified' } });
    await notify(play, {});
    expect((await acknowledge(play, bodies[0]!, person(bodies[1]!, play.unit))).status).toBe(404);
    expect(await acknowledge(play, bodies[0]!, county('990000'))).toMatchObject({ status: 409, problem: { code: 'not-notified' } });
    expect((await acknowledge(play, 'x', county(play.unit))).status).toBe(409);
  });
});

/** A campaign's pack with some of its words replaced, beside the built-in ones. */
function changedPack(...changes: (readonly [file: string, from: string, to: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'packs-'));
  const to = join(folder, 'hangzhou/exam-campaign-2023/2');
  cpSync(join(builtInPacks, 'hangzhou/exam-campaign-2023/1'), to, { recursive: true });
  for (const [file, from, next] of [['pack.yaml', 'version: 1', 'version: 2'] as const, ...changes]) {
    const text = readFileSync(join(to, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(to, file), text.replace(from, next));
  }
  rmSync(join(to, 'tests'), { recursive: true });
  return folder;
}
const roomWith = (folder: string) => theRoom('2023-01-20T09:00:00+08:00', new Packs([folder, builtInPacks]));

describe('a pack that lets bodies be told at a meeting only', () => {
  const folder = changedPack(['pack.yaml', 'modes: [meeting-online, meeting-on-site, message]', 'modes: [meeting-on-site]']);
  let other: Awaited<ReturnType<typeof theRoom>>;
  beforeAll(async () => { other = await roomWith(folder); });
  afterAll(async () => { await other?.stop(); rmSync(folder, { recursive: true, force: true }); });

  it('offers that alone, and refuses every other way in the words of the pack, with nothing changed', async () => {
    const { play } = await running(other);
    const unit = await other.call(inspection.getUnit, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit } });
    expect(unit.body.notificationModes).toEqual(['meeting-on-site']);
    for (const [means, word] of [['meeting-online', '线上会议'], ['message', '书面通知']]) {
      expect(await notify(play, { means })).toMatchObject({ status: 422, problem: { code: 'notified-otherwise', title: `本次专项行动的通知方式为现场会议，不能采用${word}`, clauses: ['HZ-2023-05'], errors: [{ path: '/means', message: '可采用：现场会议' }] } });
    }
    expect(await play.states('notification')).toEqual({ open: 2 });
    expect((await notify(play, {})).body).toMatchObject({ notified: 2 });
  });
});

describe('a pack that is content when one body of a unit was told', () => {
  const folder = changedPack(['pack.yaml', 'message], everyBody: true', 'message], everyBody: false']);
  let other: Awaited<ReturnType<typeof theRoom>>;
  beforeAll(async () => { other = await roomWith(folder); });
  afterAll(async () => { await other?.stop(); rmSync(folder, { recursive: true, force: true }); });

  it('has the duty done for all of them by the first; who was not told is not taken for told', async () => {
    const { play, bodies } = await running(other);
    expect((await notify(play, { institutions: [bodies[0]!] })).body).toEqual({ notified: 1, acknowledged: 0, remaining: 1 });
    expect(await play.states('notification')).toEqual({ done: 2 });
    expect((await other.call(inspection.acknowledgeNotice, { as: person(bodies[1]!, play.unit), params: { campaignId: play.campaignId, institutionId: bodies[1]! } })).status).toBe(409);
  });

  it('and for who joins later', async () => {
    const { play, bodies } = await running(other);
    await notify(play, { institutions: [bodies[0]!] });
    await play.amendRoster(await anInstitution(other, play.unit), 'in', '新备案');
    expect(await play.states('notification')).toEqual({ done: 3 });
  });
});

describe('[HZ-2023-05] a pack that makes telling every body the duty of the unit', () => {
  const campaign = readFileSync(join(builtInPacks, 'hangzhou/exam-campaign-2023/1/campaign.yaml'), 'utf8');
  const [duty = ''] = / {6}- id: notification\n[^]*?(?= {6}- id: )/.exec(campaign) ?? [];
  const [enforcement = ''] = / {2}- id: enforcement\n[^]*? {4}duties:\n/.exec(campaign) ?? [];
  const folder = changedPack(['campaign.yaml', duty, ''], ['campaign.yaml', enforcement, enforcement + duty.replace('subject: institution', 'subject: unit')]);
  let other: Awaited<ReturnType<typeof theRoom>>;
  beforeAll(async () => { other = await roomWith(folder); });
  afterAll(async () => { await other?.stop(); rmSync(folder, { recursive: true, force: true }); });

  it('has it done only when the last one was told', async () => {
    const { play, bodies } = await running(other);
    await play.to('2023-04-10T09:00:00+08:00');
    await notify(play, { institutions: [bodies[0]!] });
    expect(await play.states('notification')).toEqual({ open: 1 });
    await notify(play, { institutions: [bodies[1]!] });
    expect(await play.states('notification')).toEqual({ done: 1 });
  });

  it.each([['one of them', [0], { open: 1 }], ['each of them', [0, 1], { done: 1 }]] as const)('and before its stage opens: %s was told', async (_, named, states) => {
    const { play, bodies } = await running(other);
    for (const at of named) await notify(play, { institutions: [bodies[at]!] });
    expect(await play.states('notification')).toEqual({});
    await play.to('2023-04-10T09:00:00+08:00');
    expect(await play.states('notification')).toEqual(states);
  });
});
