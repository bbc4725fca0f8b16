import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { UnitOfWork } from '@zhijian/persistence';
import { city, county, person, Play, theRoom } from './campaign.fixture.js';
import { openObligations } from './obligation.store.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Play;
let bodies: string[];
const due = (obligationId: string, as = city) => room.call(inspection.getObligationDue, { as, params: { campaignId: play.campaignId, obligationId } });

beforeAll(async () => {
  room = await theRoom();
  room.byHand.add('obligation.due_on'); // the duty is opened by the test itself
  play = await new Play(room, 1).approved();
  bodies = await play.has(['in', 'in']);
  await play.to('2023-03-05T09:00:00+08:00');
});
afterAll(() => room?.stop());

describe('why an obligation is due when it is', () => {
  it('a day printed in the document says so, with the words of the clause', async () => {
    const [one] = await play.obligations({ institutionId: bodies[0]! });
    const { status, body } = await due(one!.obligationId);
    expect(status).toBe(200);
    expect(body).toMatchObject({ dueOn: one!.dueOn, ruleOn: one!.dueOn, firm: true, counted: [], start: null, changes: [] });
    expect(body.because).toContain('文件载明');
    expect(body.clauses.map(({ quote }) => quote.length > 0)).toEqual(body.clauses.map(() => true));
    expect(body.calendar).toMatch(/^CN-/);
  });

  it('an extended one names the change and what the rule gave before', async () => {
    const [before] = await play.obligations({ institutionId: bodies[0]! });
    await play.amend({ kind: 'extend', duty: before!.duty, on: '2023-05-10', reason: '雨雪天气', clause: 'HZ-2023-09' });
    const { body } = await due(before!.obligationId);
    expect(body).toMatchObject({ dueOn: '2023-05-10', ruleOn: before!.dueOn, changes: [{ kind: 'extend', on: '2023-05-10', reason: '雨雪天气' }] });
    expect(body.because).toContain(`按规则原为 ${before!.dueOn}`);
  });

  it('a body asks about its own only', async () => {
    const [one] = await play.obligations({ institutionId: bodies[0]! });
    expect((await due(one!.obligationId, person(bodies[0]!, play.unit))).status).toBe(200);
    expect((await due(one!.obligationId, person(bodies[1]!, play.unit))).status).toBe(404);
    expect((await due('01a20f11-53a8-7d04-a555-302c6d91b204')).status).toBe(404);
  });

  it('one that hangs on an event counts from the event, over Spring Festival, day by day', async () => {
    room.clock.set('2025-01-20T10:00:00+08:00');
    await room.dataSource.query(`update campaign set pack = 'chongqing/colour-2024', pack_version = 1 where id = $1`, [play.campaignId]);
    const [stage] = (await room.dataSource.query<{ stages: { duties: object[] }[] }[]>('select stages from campaign_unit where campaign_id = $1 and unit = $2', [play.campaignId, play.unit]))[0]!.stages;
    const duty = { ...stage!.duties[0]!, id: 'rectification-report', kind: 'rectification-report', title: '整改报告', subject: 'institution', dueOn: '2025-03-07', limitOn: '2025-03-07', firm: true, clauses: ['CQ-2024-17'] };
    await new UnitOfWork(room.dataSource, room.clock).run({ actor: 'test', jurisdiction: play.unit, cause: 'test' }, async (tx) => { await openObligations(tx, play.campaignId, [{ unit: play.unit, momentId: null, duties: [duty as never] }], bodies[0]); });
    const [one] = await play.obligations({ duty: 'rectification-report' });
    const { body } = await due(one!.obligationId);
    expect(body).toMatchObject({ rule: { kind: 'after', workingDays: 30 }, start: { event: 'results-published', title: '结果公开', on: '2025-01-20' }, ruleOn: '2025-03-07', dueOn: '2025-03-07', firm: true });
    expect(body.counted).toHaveLength(30);
    expect(body.counted).not.toContain('2025-01-29');
    expect(body.clauses).toMatchObject([{ id: 'CQ-2024-17', quote: expect.stringContaining('30个工作日') }]);
    await room.dataSource.query(`update campaign set pack = 'hangzhou/exam-campaign-2023' where id = $1`, [play.campaignId]);
  });
});

it('what will be late next can be asked why, duty by duty', async () => {
  const { body } = await room.call(inspection.getOverview, { as: city, params: { campaignId: play.campaignId } });
  expect(body.next.length).toBeGreaterThan(0);
  for (const { obligationId, dueOn, clauses } of body.next) {
    const said = (await due(obligationId)).body;
    expect(said.dueOn).toBe(dueOn);
    expect(clauses).toEqual(expect.arrayContaining(said.clauses.map(({ id }) => id))); // and the clause of what changed it
  }
});

it('every moment of a unit has its reason and its state', async () => {
  const { body } = await room.call(inspection.listMoments, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit } });
  expect(body.items.length).toBeGreaterThan(8);
  expect(body.items.every(({ because, clauses }) => because.length > 5 && clauses.length > 0)).toBe(true);
  expect(body.items.find(({ kind }) => kind === 'remind')!.counted.length).toBeGreaterThan(0);
  expect(new Set(body.items.map(({ state }) => state))).toEqual(new Set(['done', 'pending']));
});
