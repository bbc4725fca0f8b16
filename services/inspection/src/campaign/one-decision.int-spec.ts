import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { county, Play, theRoom } from './campaign.fixture.js';

/** 10 of each in the tests, 250 of each in `npm run prove -- access`. */
const races = process.env['PROVE'] ? 250 : 10;
let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());
const factsOf = async (type: string, of: (data: Record<string, unknown>) => boolean) => (await room.facts<Record<string, unknown>>(type)).filter(({ data }) => of(data)).length;

it(`one thing that two approve at once is decided once, in ${races} of ${races} races`, async () => {
  for (let race = 0; race < races; race += 1) {
    const play = await new Play(room, 1).drafted();
    const approve = (person: string) => room.call(inspection.approveCampaign, { as: aPrincipal('city', '330100', undefined, person), params: { campaignId: play.campaignId } });
    const answers = await Promise.all([approve('person-1'), approve('person-2'), approve('person-1')]);
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect([statuses[0], statuses.slice(1).every((status) => status === 409 || status === 412)]).toEqual([201, true]);
    expect(await factsOf('inspection.campaign-approved', ({ campaignId }) => campaignId === play.campaignId)).toBe(1);
  }
}, 600_000);

it(`one report that is accepted and returned at once is decided once, in ${races} of ${races} races`, async () => {
  const play = await new Play(room, 1).approved();
  const bodies = await play.has(Array.from({ length: races }, () => 'in' as const));
  await play.to('2023-03-20T09:00:00+08:00');
  for (const institutionId of bodies) {
    const { selfCheckId } = (await play.submit(institutionId)).body;
    const given = { as: county(play.unit), params: { selfCheckId }, ifMatch: 1 };
    const answers = await Promise.all([room.call(inspection.acceptSelfCheck, { ...given, body: { dates: [] } }), room.call(inspection.returnSelfCheck, { ...given, body: { reasons: ['整改措施不具体'] } })]);
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect([statuses[0], statuses[1] === 409 || statuses[1] === 412]).toEqual([201, true]);
    const decided = await factsOf('inspection.self-check-accepted', (data) => data['selfCheckId'] === selfCheckId) + await factsOf('inspection.self-check-returned', (data) => data['selfCheckId'] === selfCheckId);
    expect(decided).toBe(1);
  }
}, 600_000);
