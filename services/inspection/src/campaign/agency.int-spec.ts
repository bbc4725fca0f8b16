import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection, task } from '@zhijian/contracts/http';
import { city, Rehearsal, theRoom } from '../calendar/calendar.fixture.js';
import { county } from './campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Rehearsal;
let bodies: string[];

/** A text by which the districts' supervision acts until 20 December, and the city's team from the next day. */
beforeAll(async () => {
  room = await theRoom();
  play = await new Rehearsal(room, 1, 'testland/visits-2026').approved();
  bodies = await play.has(['in', 'in', 'in']);
  await play.to('2026-12-20T23:59:59+08:00');
});
afterAll(() => room?.stop());
const mayDo = async (as = county(play.unit)) => (await room.call(inspection.getUnit, { as, params: { campaignId: play.campaignId, unit: play.unit } })).body.mayDo;

describe('an agency whose duty ends in the middle of a campaign', () => {
  it('acts to the end of its last day, its successor not before the next', async () => {
    expect((await play.open({ institutionId: bodies[0] })).status).toBe(201);
    expect((await play.open({ institutionId: bodies[1] }, city)).problem).toMatchObject({ code: 'agency-other' });
    expect(await mayDo()).toContain('site-check');
  });

  it('from the next day is refused, told that its duty has ended and who is competent now; nothing is written', async () => {
    room.clock.set('2026-12-21T00:00:00+08:00');
    const refused = await play.open({ institutionId: bodies[1] });
    expect([refused.status, refused.problem]).toMatchObject([422, { code: 'agency-replaced', title: '区监督所的职责已于 2026-12-20 结束，这项工作现由市执法队办理', clauses: ['TEST-2026-02'] }]);
    const { body } = await room.call(inspection.listVisits, { as: city, params: { campaignId: play.campaignId }, query: { unit: play.unit } });
    expect(body.items.map(({ institutionId }) => institutionId)).toEqual([bodies[0]]);
    expect(await mayDo()).not.toContain('site-check');
  });

  it('may not go on with what it has begun either; its successor may, and finds it among its tasks', async () => {
    const { body: { items: [visit] } } = await room.call(inspection.listVisits, { as: city, params: { campaignId: play.campaignId }, query: { unit: play.unit } });
    const { body: seen } = await room.call(inspection.getVisit, { as: county(play.unit), params: { visitId: visit!.visitId } });
    expect([seen.mayAct, (await play.recorded({ ...seen, verifications: [] })).problem?.code]).toEqual([false, 'agency-replaced']);
    expect((await room.call(inspection.getVisit, { as: city, params: { visitId: visit!.visitId } })).body.mayAct).toBe(true);
    const tasks = (await room.call(task.listTasks, { as: city, query: { room: 'inspection', limit: 100 } })).body.items.filter(({ taskId }) => taskId === `visit/${visit!.visitId}`);
    expect(tasks).toMatchObject([{ agency: '市执法队', jurisdiction: '990000' }]);
    expect((await play.open({ institutionId: bodies[2] }, city)).status).toBe(201);
  });
});
