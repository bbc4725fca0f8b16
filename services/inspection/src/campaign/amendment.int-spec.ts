import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { county, Play, theRoom } from './campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

async function running(units = 1, until = '2023-03-20T09:00:00+08:00') {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, units).approved();
  for (const unit of play.codes) await play.has(['in'], unit);
  for (const unit of play.codes) {
    room.clock.set('2023-01-20T09:00:00+08:00');
    await play.to(until, unit);
  }
  return play;
}
const due = async (play: Play, duty: string, unit = play.unit) => (await play.obligations({ duty }, unit)).map(({ dueOn, state }) => [dueOn, state]);
const sweeps = async (play: Play, unit = play.unit) => (await room.database.query<{ at: string }>('inspection', `select to_char(due_at at time zone 'Asia/Shanghai', 'MM-DD') as at from moment where campaign_id = $1 and unit = $2 and kind = 'sweep' and duty = 'self-check-report' and state = 'pending'`, [play.campaignId, unit])).map(({ at }) => at);

describe('amending a running campaign', () => {
  it('an extension moves the day, its reminders and its sweep in the units named, with actor, reason and clause', async () => {
    const play = await running(2);
    const [one, two] = play.codes as [string, string];
    const answer = await play.amend({ kind: 'extend', units: [one], duty: 'self-check-report', on: '2023-04-25', reason: '系统停运', clause: 'HZ-2023-07' });
    expect(answer.body).toMatchObject({ kind: 'extend', units: [one], duty: 'self-check-report', on: '2023-04-25', reason: '系统停运', clause: 'HZ-2023-07', actor: 'city:city-330100@330100' });
    expect([await due(play, 'self-check-report', one), await due(play, 'self-check-report', two)]).toEqual([[['2023-04-25', 'open']], [['2023-04-15', 'open']]]);
    expect([await sweeps(play, one), await sweeps(play, two)]).toEqual([['04-26'], ['04-16']]);
    const facts = await room.facts<{ campaignId: string; units: string[]; reason: string; policy: { clauses: string[] } }>('inspection.campaign-amended');
    expect(facts.at(-1)).toMatchObject({ data: { units: [one], reason: expect.stringMatching(/^commitment:[0-9a-f]{64}$/), policy: { clauses: ['HZ-2023-07'] } } });
    expect((await room.audit(play.campaignId)).at(-1)).toMatchObject({ action: 'campaign amended', detail: { reason: facts.at(-1)!.data.reason, on: '2023-04-25' } });
    const list = await room.call(inspection.listAmendments, { as: county(one), params: { campaignId: play.campaignId } });
    expect(list.body.items).toMatchObject([{ kind: 'extend', reason: '系统停运' }]);
    await play.to('2023-04-26T00:00:00+08:00', one);
    expect(await due(play, 'self-check-report', one)).toEqual([['2023-04-25', 'overdue']]);
  });

  it('rests on the clauses of what it moves where nobody names one; the number of a document stands beside them', async () => {
    const play = await running();
    const last = async () => (await room.facts<{ policy: { clauses: string[] } }>('inspection.campaign-amended')).at(-1)!.data.policy.clauses;
    const duty = await play.amend({ kind: 'extend', duty: 'self-check-report', on: '2023-04-25', document: '测卫〔2023〕9号' });
    expect([duty.body, await last()]).toMatchObject([{ clause: 'HZ-2023-07', document: '测卫〔2023〕9号' }, ['HZ-2023-07']]);
    const stage = await play.amend({ kind: 'extend', stage: 'self-check', on: '2023-05-15' });
    const planned = (await room.call(inspection.getUnit, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit } })).body;
    expect([stage.body.document, (await last()).length > 0, (await last()).every((id) => planned.clauses.includes(id))]).toEqual([null, true, true]);
    expect(stage.body.clause).toBe((await last()).join('、'));
    const suspended = await play.amend({ kind: 'suspend' });
    expect(suspended.body.clause).toContain(stage.body.clause); // of the stages that are running
    const { body } = await room.call(inspection.listAmendments, { as: county(play.unit), params: { campaignId: play.campaignId } });
    expect(body.items.map(({ document }) => document)).toEqual(['测卫〔2023〕9号', null, null]);
  });

  it('an extension after the day has passed opens again what was overdue', async () => {
    const play = await running(1, '2023-04-18T09:00:00+08:00');
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-15', 'overdue']]);
    expect((await play.amend({ kind: 'extend', duty: 'self-check-report', on: '2023-04-25' })).status).toBe(201);
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-25', 'open']]);
    await play.to('2023-04-26T00:00:00+08:00');
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-25', 'overdue']]);
  });

  it('an extended stage closes later, and what is due at its end moves with it', async () => {
    const play = await running();
    await play.amend({ kind: 'extend', stage: 'self-check', on: '2023-05-15' });
    expect(await due(play, 'notification')).toEqual([['2023-05-15', 'open']]);
    await play.to('2023-05-01T09:00:00+08:00');
    expect(await due(play, 'notification')).toEqual([['2023-05-15', 'open']]);
    await play.to('2023-05-16T00:00:00+08:00');
    expect(await due(play, 'notification')).toEqual([['2023-05-15', 'overdue']]);
    expect((await room.facts<{ campaignId: string; stage: string }>('inspection.stage-closed')).filter(({ data }) => data.campaignId === play.campaignId && data.stage === 'self-check')).toHaveLength(1);
  });

  it('a replaced date may lie earlier, but not in the past', async () => {
    const play = await running();
    expect((await play.amend({ kind: 'replace-date', duty: 'self-check-report', on: '2023-04-12' })).status).toBe(201);
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-12', 'open']]);
    expect(await play.amend({ kind: 'replace-date', duty: 'self-check-report', on: '2023-03-19' })).toMatchObject({ status: 422, problem: { code: 'date-passed', errors: [{ path: '/on', message: '日期已经过去' }] } });
  });

  it.each([
    ['a unit that takes no part', { kind: 'suspend', units: ['000000'] }, 422, 'unit-unknown', '/units/0'],
    ['an extension without a day', { kind: 'extend', duty: 'self-check-report' }, 422, 'amendment-incomplete', '/on'],
    ['an extension of nothing', { kind: 'extend', on: '2023-06-01' }, 422, 'amendment-incomplete', '/on'],
    ['a duty the pack does not know', { kind: 'extend', duty: 'x', on: '2023-06-01' }, 422, 'amendment-incomplete', '/duty'],
    ['a stage the pack does not know', { kind: 'extend', stage: 'x', on: '2023-06-01' }, 422, 'amendment-incomplete', '/stage'],
    ['an extension to an earlier day', { kind: 'extend', duty: 'self-check-report', on: '2023-04-15' }, 422, 'extension-not-later', '/on'],
    ['resuming what was never suspended', { kind: 'resume' }, 409, 'not-suspended', undefined],
    ['a day that is no day', { kind: 'extend', duty: 'self-check-report', on: '2023-02-30' }, 400, 'bad-input', '/on'],
    ['a clause the pack does not know', { kind: 'extend', duty: 'self-check-report', on: '2023-06-01', clause: '测卫〔2023〕9号' }, 422, 'amendment-clause-unknown', '/clause'],
    ['no reason', { kind: 'suspend', reason: ' ' }, 400, 'bad-input', '/reason'],
  ])('%s is refused in Chinese, and nothing has changed', async (_, body, status, code, path) => {
    const play = await running();
    const answer = await play.amend(body);
    expect(answer).toMatchObject({ status, problem: { code, title: expect.stringMatching(/[\u4e00-\u9fff]/) } });
    if (path) expect(answer.problem.errors[0]!.path).toBe(path);
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-15', 'open']]);
    expect((await room.call(inspection.listAmendments, { as: county(play.unit), params: { campaignId: play.campaignId } })).body.items).toEqual([]);
  });

  it('a stage that has ended is not extended, and a draft is not amended', async () => {
    const play = await running(1, '2023-05-02T09:00:00+08:00');
    expect(await play.amend({ kind: 'extend', stage: 'self-check', on: '2023-06-01' })).toMatchObject({ status: 409, problem: { code: 'stage-closed' } });
    expect(await (await new Play(room, 1).drafted()).amend({ kind: 'suspend' })).toMatchObject({ status: 409, problem: { code: 'campaign-not-running' } });
  });
});

describe('suspending', () => {
  it('holds up one unit and no other; resumed, it does what has become due', async () => {
    const play = await running(2);
    const [one, two] = play.codes as [string, string];
    await play.amend({ kind: 'suspend', units: [one] });
    expect(await play.next(one)).toMatchObject({ kind: 'suspended', wakeAt: null, passed: false });
    expect(await play.amend({ kind: 'suspend', units: [one] })).toMatchObject({ status: 409, problem: { code: 'not-suspendable' } });
    await play.to('2023-05-02T09:00:00+08:00', one);
    room.clock.set('2023-03-20T09:00:00+08:00');
    await play.to('2023-05-02T09:00:00+08:00', two);
    expect([await due(play, 'self-check-report', one), await due(play, 'self-check-report', two)]).toEqual([[['2023-04-15', 'open']], [['2023-04-15', 'overdue']]]);
    await play.amend({ kind: 'resume', units: [one] });
    await play.to('2023-05-02T09:00:00+08:00', one);
    expect(await due(play, 'self-check-report', one)).toEqual([['2023-04-15', 'overdue']]);
  });

  it('a step ordered while its unit is suspended does nothing', async () => {
    const play = await running();
    const step = await play.next();
    await play.amend({ kind: 'suspend' });
    room.clock.set(step.dueAt!);
    expect(await play.step(step)).toMatchObject({ next: { kind: 'suspended' } });
    expect((await play.next()).kind).toBe('suspended');
  });

  it('a unit that outlasts its campaign can still be resumed', async () => {
    const play = await running();
    await play.amend({ kind: 'suspend', units: [play.unit] });
    await play.do('finishCampaign', { campaignId: play.campaignId, outcomes: [], failed: [] });
    expect((await play.amend({ kind: 'resume', units: [play.unit] })).status).toBe(201);
    expect((await play.next()).kind).not.toBe('suspended');
  });

  it('a suspension beside a step leaves either the step done or the unit still before it', async () => {
    const play = await running();
    const step = await play.next();
    room.clock.set(step.dueAt!);
    const [done] = await Promise.all([play.step(step), play.amend({ kind: 'extend', duty: 'self-check-report', on: '2023-04-25' })]);
    expect(done.did === undefined || done.did.length > 0).toBe(true);
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-25', 'open']]);
  });
});

describe('a unit’s own plan', () => {
  const file = (play: Play, body: Record<string, unknown>, ifMatch?: number, as = county(play.unit)) =>
    room.call(inspection.filePlan, { as, params: { campaignId: play.campaignId, unit: play.unit }, ...(ifMatch === undefined ? {} : { ifMatch }), body: { text: '本区实施方案', ...body } });

  it('[HZ-2023-04] with dates of its own inside what the city allows takes effect when it is filed', async () => {
    const play = await running();
    const draft = await file(play, { dates: [{ duty: 'self-check-report', on: '2023-04-10' }] }, await play.version());
    expect(draft).toMatchObject({ status: 200, body: { filedAt: null } });
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-15', 'open']]);
    const filed = await file(play, { dates: [{ duty: 'self-check-report', on: '2023-04-10' }], file: true }, draft.body.version);
    expect(filed.body).toMatchObject({ version: draft.body.version + 1, filedAt: expect.any(String), policy: { clauses: ['HZ-2023-04', 'HZ-2023-08'] } });
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-10', 'open']]);
    expect(await sweeps(play)).toEqual(['04-11']);
    expect(await play.states('local-plan')).toEqual({ done: 1 });
    expect((await play.obligations({ duty: 'self-check-report' }))[0]).toMatchObject({ limitOn: '2023-04-15' });
    const reminders = await room.database.query<{ at: string }>('inspection', `select to_char(due_at at time zone 'Asia/Shanghai', 'MM-DD') as at from moment where campaign_id = $1 and unit = $2 and kind = 'remind' and duty = 'self-check-report' and state = 'pending' order by due_at`, [play.campaignId, play.unit]);
    expect(reminders.map(({ at }) => at)).toEqual(['04-03', '04-07']);
  });

  it.each([
    ['after the city’s last day', 'self-check-report', '2023-04-16', '自定日期晚于上级方案规定的最后期限'],
    ['outside the stage', 'self-check-report', '2023-02-10', '自定日期不在该阶段的时间范围内'],
    ['of a duty nobody knows', 'x', '2023-04-10', '方案中没有这项工作'],
  ])('[HZ-2023-07] a date %s is refused with its field', async (_, duty, on, message) => {
    const play = await running();
    const version = await play.version();
    expect(await file(play, { dates: [{ duty, on }], file: true }, version)).toMatchObject({ status: 422, problem: { code: 'own-dates-refused', title: '自定日期不在上级方案允许的范围内', errors: [{ path: '/dates/0/on', message }] } });
    expect(await play.version()).toBe(version);
    expect(await due(play, 'self-check-report')).toEqual([['2023-04-15', 'open']]);
  });

  it('needs the version it was made from, and is refused when somebody was faster or elsewhere', async () => {
    const play = await running();
    const version = await play.version();
    expect(await file(play, {})).toMatchObject({ status: 428, problem: { code: 'if-match-missing' } });
    expect((await file(play, {}, version)).status).toBe(200);
    expect(await file(play, {}, version)).toMatchObject({ status: 412, problem: { code: 'stale-write', title: '他人已先行修改，请刷新后重试' } });
    expect(await file(play, {}, version + 1, county('990000'))).toMatchObject({ status: 404 });
    expect((await room.call(inspection.filePlan, { as: county(wholeCampaign), params: { campaignId: play.campaignId, unit: wholeCampaign }, ifMatch: 1, body: { text: 'x' } })).status).toBe(404);
  });

  it('of twenty edits at once on one version one holds, the others are told', async () => {
    const play = await running();
    const version = await play.version();
    const statuses = (await Promise.all(Array.from({ length: 20 }, (_, at) => file(play, { text: `方案${at}` }, version)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412)).toHaveLength(19);
    expect(await play.version()).toBe(version + 1);
  });

  it('filed late it is late and gates nothing', async () => {
    const play = await running(1, '2023-04-25T09:00:00+08:00');
    expect(await play.states('local-plan')).toEqual({ overdue: 1 });
    expect((await file(play, { file: true }, await play.version())).status).toBe(200);
    expect(await play.states('local-plan')).toEqual({ late: 1 });
    expect((await room.facts('inspection.unit-plan-filed')).length).toBeGreaterThan(0);
  });
});
