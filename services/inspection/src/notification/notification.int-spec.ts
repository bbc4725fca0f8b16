import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { anInstitution, county, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

async function running() {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 1).approved();
  const bodies = await play.has(['in', 'in', 'idle']);
  await play.to('2023-03-10T09:00:00+08:00');
  return { play, bodies };
}
const notify = (play: Play, body: Record<string, unknown>, as = county(play.unit)) =>
  room.call(inspection.notifyInstitutions, { as, params: { campaignId: play.campaignId, unit: play.unit }, body: { means: 'meeting', on: '2023-03-10', institutions: 'all', ...body } });
const acknowledge = (play: Play, institutionId: string, as = person(institutionId, play.unit)) => room.call(inspection.acknowledgeNotice, { as, params: { campaignId: play.campaignId, institutionId } });

describe('the notice to every body', () => {
  it('[HZ-2023-05] at a meeting tells all in the campaign; who attended has acknowledged, the others do so themselves', async () => {
    const { play, bodies } = await running();
    expect((await notify(play, { attended: [bodies[0]!] })).body).toEqual({ notified: 2, acknowledged: 1, remaining: 0 });
    expect(await play.states('notification')).toEqual({ done: 2 });
    const told = (await room.facts<{ campaignId: string; institutionId: string }>('inspection.institution-notified')).filter(({ data }) => data.campaignId === play.campaignId);
    expect(told.map(({ data, subject }) => [subject, data.institutionId])).toEqual(bodies.slice(0, 2).sort().map((id) => [id, id]));
    expect((await acknowledge(play, bodies[1]!)).body).toEqual({ acknowledgedOn: '2023-03-10' });
    room.clock.set('2023-03-12T09:00:00+08:00');
    expect((await acknowledge(play, bodies[1]!)).body).toEqual({ acknowledgedOn: '2023-03-10' });
    expect((await room.facts<{ campaignId: string }>('inspection.notice-acknowledged')).filter(({ data }) => data.campaignId === play.campaignId)).toHaveLength(2);
  });

  it('told again changes nothing; told after its day it is late', async () => {
    const { play, bodies } = await running();
    expect((await notify(play, { institutions: [bodies[0]!] })).body).toEqual({ notified: 1, acknowledged: 0, remaining: 1 });
    expect((await notify(play, { institutions: [bodies[0]!], attended: [bodies[0]!] })).body).toEqual({ notified: 0, acknowledged: 0, remaining: 1 });
    await play.to('2023-05-02T09:00:00+08:00');
    await notify(play, { on: '2023-05-02' });
    expect(await play.states('notification')).toEqual({ done: 1, late: 1 });
  });

  it('names the field of a body that is not in the campaign, of a day to come, of a unit that is not one’s own', async () => {
    const { play, bodies } = await running();
    const stranger = await anInstitution(room, play.unit);
    expect(await notify(play, { institutions: [bodies[0]!, bodies[2]!], attended: [stranger] })).toMatchObject({ status: 422, problem: { code: 'not-in-roster', errors: [{ path: '/institutions/1' }, { path: '/attended/0' }] } });
    expect(await notify(play, { on: '2023-03-11' })).toMatchObject({ status: 422, problem: { code: 'notified-in-future', title: '通知日期 2023-03-11 尚未到来', errors: [{ path: '/on' }] } });
    expect(await notify(play, {}, county('990000'))).toMatchObject({ status: 404 });
    expect((await play.states('notification'))).toEqual({ open: 2 });
  });

  it('comes after the roster, and is acknowledged only by whom it was sent to', async () => {
    room.clock.set('2023-02-10T09:00:00+08:00');
    const early = await new Play(room, 1).approved();
    expect(await notify(early, { on: '2023-02-10' })).toMatchObject({ status: 409, problem: { code: 'roster-not-frozen' } });
    const { play, bodies } = await running();
    expect(await acknowledge(play, bodies[0]!)).toMatchObject({ status: 409, problem: { code: 'not-notified' } });
    await notify(play, {});
    expect((await acknowledge(play, bodies[0]!, person(bodies[1]!, play.unit))).status).toBe(404);
    expect(await acknowledge(play, bodies[0]!, county('990000'))).toMatchObject({ status: 409, problem: { code: 'not-notified' } });
    expect((await acknowledge(play, 'x', county(play.unit))).status).toBe(409);
  });
});
