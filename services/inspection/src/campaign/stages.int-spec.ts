import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { anInstitution, approver, city, county, Play, theRoom } from './campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

const march = '2023-03-02T09:00:00+08:00';
async function running(states: Parameters<Play['has']>[0] = ['in', 'in'], until = march) {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 1).approved();
  const bodies = await play.has(states);
  const done = await play.to(until);
  return { play, bodies, done };
}
const rows = <Row extends Record<string, unknown>>(sql: string, parameters: unknown[]) => room.database.query<Row>('inspection', sql, parameters);
const factsOf = async <T>(play: Play, type: string) => (await room.facts<T & { campaignId: string }>(type)).filter(({ data }) => data.campaignId === play.campaignId);

describe('moments of a unit', () => {
  it('[HZ-2023-03] [HZ-2023-06] [HZ-2023-09] [HZ-2023-13] are laid down at their legal instants when the unit starts', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    const laid = await rows<{ kind: string; stage: string; at: string }>(`select kind, stage, to_char(due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as at from moment where campaign_id = $1 and unit = $2 and kind in ('open-stage', 'close-stage', 'freeze-roster') order by due_at, ord`, [play.campaignId, play.unit]);
    expect(laid.map(({ kind, stage, at }) => `${at} ${kind} ${stage}`)).toEqual([
      '02-01 00:00 open-stage list', '03-01 00:00 freeze-roster self-check', '03-01 00:00 open-stage self-check', '04-01 00:00 close-stage list', '04-01 00:00 open-stage enforcement',
      '05-01 00:00 close-stage self-check', '11-01 00:00 close-stage enforcement', '11-01 00:00 open-stage summary', '12-01 00:00 close-stage summary',
    ]);
    expect(await play.next()).toMatchObject({ kind: 'open-stage', stage: 'list', dueAt: '2023-02-01T00:00:00+08:00', passed: false, clauses: ['HZ-2023-03'] });
  });

  it('a step ordered long before its instant does nothing and says what to wait for', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    const step = await play.next();
    expect(await play.step(step)).toEqual({ next: step });
    expect(await play.obligations()).toEqual([]);
  });

  it('one ordered shortly before its instant is given again when it has come, and nothing was done meanwhile', async () => {
    room.clock.set('2023-01-31T23:59:57+08:00');
    const play = await new Play(room, 1).approved();
    const step = await play.next();
    await expect(play.step(step)).rejects.toMatchObject({ type: 'NotYet', nextRetryDelay: 3000 });
    await expect(play.do('nextStep', { come: true })).rejects.toMatchObject({ type: 'NotYet', nextRetryDelay: 3000 });
    expect(await play.obligations()).toEqual([]);
    room.clock.set('2023-02-01T00:00:00+08:00');
    expect((await play.step(step)).did).toMatchObject([{ kind: 'open-stage', stage: 'list', counts: { opened: 1 } }]);
  });

  it('pack and calendar are said when a unit is planned, and again only when it goes by another', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).drafted();
    await room.call(inspection.approveCampaign, { as: approver, params: { campaignId: play.campaignId } });
    const calendar = (await room.call(inspection.getCampaign, { as: city, params: { campaignId: play.campaignId } })).body.calendar;
    expect(await play.do('planUnit')).toMatchObject({ pack: 'hangzhou/exam-campaign-2023@1', calendar });
    expect(Object.keys(await play.next())).not.toContain('calendar');
    await rows('update campaign set calendar = $2 where id = $1', [play.campaignId, 'another']);
    expect(await play.next()).toMatchObject({ calendar: 'another' });
    expect(Object.keys(await play.next())).not.toContain('calendar');
  });

  it('the same step ordered twice is done once', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    const step = await play.next();
    room.clock.set('2023-02-01T00:00:00+08:00');
    const both = await Promise.all([play.step(step), play.step(step)]);
    expect(both.filter(({ did }) => did)).toHaveLength(1);
    expect(await play.states('base-list')).toEqual({ open: 1 });
    expect(await factsOf(play, 'inspection.stage-opened')).toHaveLength(1);
  });
});

describe('the frozen roster', () => {
  it('is taken only when all its parts are here; until then the step is tried again', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    await play.to('2023-02-28T23:59:00+08:00');
    room.clock.set('2023-03-01T00:00:00+08:00');
    const step = await play.next();
    expect(step).toMatchObject({ kind: 'freeze-roster', passed: true });
    await expect(play.do('takeRoster', { rosterId: newId(), digest: 'd' })).rejects.toThrow('has not arrived yet');
    const [body] = await play.has(['in']);
    await expect(play.do('takeRoster', { rosterId: play.rosterIds.get(play.unit)!, digest: 'other' })).rejects.toThrow('not the one');
    await rows(`update roster_member set state = 'idle' where campaign_id = $1 and institution_id = $2`, [play.campaignId, body]);
    await expect(play.step(step)).rejects.toThrow('not the one');
    await rows(`update roster_member set state = 'in' where campaign_id = $1 and institution_id = $2`, [play.campaignId, body]);
    expect((await play.step(step)).did).toMatchObject([{ kind: 'freeze-roster', counts: { members: 1, inside: 1 } }, { kind: 'open-stage', stage: 'self-check' }]);
  });

  it('[HZ-2023-03] settles the base list when every filed body is known to operate or not', async () => {
    const known = await running(['in', 'idle']);
    expect(await known.play.states('base-list')).toEqual({ done: 1 });
    const unknown = await running(['in', 'undetermined']);
    expect(await unknown.play.states('base-list')).toEqual({ open: 1 });
    await unknown.play.amendRoster(unknown.bodies[1]!, 'idle', '核实未开展');
    expect(await unknown.play.states('base-list')).toEqual({ done: 1 });
  });
});

describe('a stage that opens', () => {
  it('[HZ-2023-01] [HZ-2023-07] [HZ-2023-08] gives each body in the campaign and the unit their duties; idle and unseen ones stay visible and get none', async () => {
    const { play, bodies, done } = await running(['in', 'in', 'idle', 'undetermined']);
    expect(done.find(({ kind, stage }) => kind === 'open-stage' && stage === 'self-check')).toMatchObject({ counts: { opened: 6, credited: 0 }, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await play.states('self-check-report')).toEqual({ open: 2 });
    expect(await play.states('self-check-form')).toEqual({ open: 1 });
    expect((await play.obligations({ institutionId: bodies[2]! }))).toEqual([]);
    const { body } = await room.call(inspection.getUnit, { as: city, params: { campaignId: play.campaignId, unit: play.unit } });
    expect(body.institutions.map(({ state, obligations }) => [state, obligations.length]).sort()).toEqual([['idle', 0], ['in', 2], ['in', 2], ['undetermined', 0]]);
    expect((await play.obligations({ duty: 'self-check-report' }))[0]).toMatchObject({ dueOn: '2023-04-15', actor: 'institution', receiver: 'district-supervision', firm: true, clauses: ['HZ-2023-07'], pack: 'hangzhou/exam-campaign-2023@1' });
  });

  it('[HZ-2023-03] the base list of a unit says of each body its address, contact post, day of filing, categories and items, and whether it serves elsewhere', async () => {
    const { play, bodies } = await running(['in', 'undetermined']);
    const { institutions } = (await room.call(inspection.getUnit, { as: city, params: { campaignId: play.campaignId, unit: play.unit } })).body;
    expect(institutions.map(({ institutionId }) => institutionId)).toEqual(bodies);
    for (const body of institutions) expect(body).toMatchObject({ kind: 'health-examination', address: expect.stringMatching(/^测试路\d+号$/), contactPost: '医务科', filedOn: '2020-05-06', categories: ['粉尘类', '噪声类'], items: ['矽尘'], outreach: true });
  });

  it('the digest of the step can be recomputed from the journal', async () => {
    const { play, done } = await running(['in']);
    const { journal, digest } = done.find(({ kind, stage }) => kind === 'open-stage' && stage === 'self-check')!;
    const entries = await rows<{ line: string }>(`select obligation_id || ' ' || what || ' ' || to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as line from obligation_entry where seq between $1 and $2 and campaign_id = $3 and unit = $4 order by obligation_id, what`, [journal![0], journal![1], play.campaignId, play.unit]);
    const { createHash } = await import('node:crypto');
    expect(createHash('sha256').update(entries.map(({ line }) => line).join('\n')).digest('hex')).toBe(digest);
  });

  it('opens the duties of two thousand bodies in one step', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    await play.has(['in']);
    await rows(`insert into roster_member (campaign_id, unit, institution_id, state, clauses, added_at, reason) select $1, $2, uuidv7(), 'in', '[]', now(), '新备案' from generate_series(1, 1999)`, [play.campaignId, play.unit]);
    const done = await play.to('2023-04-16T00:00:00+08:00');
    expect(done.find(({ kind, stage }) => kind === 'open-stage' && stage === 'self-check')!.counts['opened']).toBe(4002);
    expect(await rows(`select count(*)::int as late from obligation where campaign_id = $1 and duty = 'self-check-report' and state = 'overdue'`, [play.campaignId])).toEqual([{ late: 2000 }]);
    expect(await factsOf(play, 'inspection.obligation-overdue')).toHaveLength(2000 + 0);
    expect((await room.call(inspection.getUnit, { as: city, params: { campaignId: play.campaignId, unit: play.unit } })).body.institutions).toHaveLength(2000);
  });
});

describe('what was done before its stage opened', () => {
  it('[HZ-2023-04] [HZ-2023-07] an early report, plan and notice count when the stage opens', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    const [body] = await play.has(['in', 'in']);
    await play.to('2023-02-20T09:00:00+08:00');
    expect((await play.submit(body!)).body).toMatchObject({ early: true, late: false, state: 'submitted' });
    expect((await room.call(inspection.filePlan, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit }, ifMatch: await play.version(), body: { text: '方案', file: true } })).status).toBe(200);
    await play.to(march);
    expect(await play.states('self-check-report')).toEqual({ done: 1, open: 1 });
    expect(await play.states('local-plan')).toEqual({ done: 1 });
    expect(Date.parse((await play.obligations({ duty: 'self-check-report', institutionId: body! }))[0]!.doneAt!)).toBe(Date.parse('2023-02-20T09:00:00+08:00'));
  });

  it('what was done before a stage opened late, and after its day, is late and not missing', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    const [body] = await play.has(['in']);
    room.clock.set('2023-04-18T09:00:00+08:00'); // the unit lags: nothing was opened yet
    await play.submit(body!);
    await play.to('2023-04-18T09:00:00+08:00');
    expect(await play.states('self-check-report')).toEqual({ late: 1 });
  });
});

describe('reminders and the end of a day', () => {
  it('[HZ-2023-07] reminds of a report seven and three days before its day, only while somebody is still to report', async () => {
    const { play, bodies } = await running(['in', 'in'], '2023-04-08T00:00:00+08:00');
    for (const body of bodies) await play.submit(body);
    await play.to('2023-04-13T00:00:00+08:00');
    const reminders = await factsOf<{ duty: string; dueOn: string; obligations: number; automatic: boolean }>(play, 'inspection.reminder-issued');
    expect(reminders.map(({ data: { duty, dueOn, obligations, automatic } }) => [duty, dueOn, obligations, automatic])).toEqual([['self-check-report', '2023-04-15', 2, true]]);
  });

  it('[HZ-2023-07] a report of 23:59 on the 15th is in time; at 24:00 whoever is silent is overdue, and stays to be reminded', async () => {
    const { play, bodies } = await running(['in', 'in', 'in'], '2023-04-15T23:59:59+08:00');
    expect((await play.submit(bodies[0]!)).body.late).toBe(false);
    expect(await play.states('self-check-report')).toEqual({ done: 1, open: 2 });
    await play.to('2023-04-16T00:00:00+08:00');
    expect(await play.states('self-check-report')).toEqual({ done: 1, overdue: 2 });
    const late = (await play.submit(bodies[1]!)).body;
    expect(late).toMatchObject({ late: true, state: 'submitted' });
    const [settled] = await play.obligations({ duty: 'self-check-report', institutionId: bodies[1]! });
    expect([settled!.state, Date.parse(settled!.lateAt!)]).toEqual(['late', Date.parse('2023-04-16T00:00:00+08:00')]);
    const overdue = await factsOf<{ institutionId: string; dueAt: string; policy: { clauses: string[] } }>(play, 'inspection.obligation-overdue');
    expect(overdue.map(({ subject, data }) => [subject, Date.parse(data.dueAt), data.policy.clauses])).toEqual(bodies.slice(1).sort().map((id) => [id, Date.parse('2023-04-16T00:00:00+08:00'), ['HZ-2023-07']]));
    const remind = () => room.call(inspection.remindNow, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit }, body: { duty: 'self-check-report' } });
    expect((await remind()).body).toEqual({ reminded: 1 });
    await play.submit(bodies[2]!);
    expect(await remind()).toMatchObject({ status: 409, problem: { code: 'duty-not-open' } });
  });

  it('[HZ-2023-05] [HZ-2023-09] what is due at the end of a stage is overdue when the stage closes', async () => {
    const { play } = await running(['in'], '2023-05-01T00:00:00+08:00');
    expect(await play.states('notification')).toEqual({ overdue: 1 });
    expect((await factsOf<{ stage: string; overdue: number }>(play, 'inspection.stage-closed')).map(({ data }) => [data.stage, data.overdue])).toEqual([['list', 0], ['self-check', 1]]);
    await play.to('2023-11-01T00:00:00+08:00');
    expect(await play.states('site-check')).toEqual({ overdue: 1 });
  });

  it('[HZ-2023-14] the city’s own duty has its own moments', async () => {
    const { play } = await running(['in'], '2023-11-01T00:00:00+08:00');
    const done = await play.to('2023-11-16T00:00:00+08:00', wholeCampaign);
    expect(done.map(({ kind }) => kind)).toEqual(['open-stage', 'remind', 'sweep']);
    expect(await play.obligations({}, wholeCampaign)).toMatchObject([{ duty: 'roll-up', actor: 'city-enforcement', receiver: 'commission-supervision', dueOn: '2023-11-15', state: 'overdue', clauses: ['HZ-2023-14'] }]);
  });
});

describe('a roster that changes later', () => {
  it('[HZ-2023-03] a body that joins gets what is still ahead, one that leaves is released, one that comes back is bound again', async () => {
    const { play, bodies } = await running(['in'], '2023-04-20T09:00:00+08:00');
    const late = await anInstitution(room, play.unit);
    await play.amendRoster(late, 'undetermined', '新备案');
    expect(await play.obligations({ institutionId: late })).toEqual([]);
    await play.amendRoster(late, 'in', '核实已开展');
    expect((await play.obligations({ institutionId: late })).map(({ duty, state }) => [duty, state]).sort()).toEqual([['notification', 'open'], ['site-check', 'open']]);
    await play.amendRoster(late, 'idle', '备案注销');
    expect((await play.obligations({ institutionId: late })).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    await play.amendRoster(late, 'in', '核实已开展');
    expect((await play.obligations({ institutionId: late })).map(({ state }) => state)).toEqual(['open', 'open']);
    expect((await play.obligations({ institutionId: bodies[0]! })).length).toBe(3);
    const { body } = await room.call(inspection.getUnit, { as: city, params: { campaignId: play.campaignId, unit: play.unit } });
    expect(body.institutions.find(({ institutionId }) => institutionId === late)).toMatchObject({ state: 'in', reason: '核实已开展' });
  });

  it('a body that reported before the list was frozen without it, and joins later, is credited', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    const late = await anInstitution(room, play.unit);
    await play.submit(late);
    await play.has(['in']);
    await play.to('2023-03-10T09:00:00+08:00');
    await play.amendRoster(late, 'in', '新备案');
    expect((await play.obligations({ institutionId: late, duty: 'self-check-report' }))[0]).toMatchObject({ state: 'done' });
  });

  it('joining while the stage opens loses nothing, whichever comes first', async () => {
    const { play } = await running(['in'], '2023-03-31T23:59:00+08:00');
    const late = await anInstitution(room, play.unit);
    room.clock.set('2023-04-01T00:00:00+08:00');
    const closing = await play.next();
    expect(closing).toMatchObject({ kind: 'close-stage', stage: 'list' });
    const [{ did }] = await Promise.all([play.step(closing), play.amendRoster(late, 'in', '新备案')]);
    expect(did).toMatchObject([{ kind: 'close-stage', stage: 'list' }, { kind: 'open-stage', stage: 'enforcement' }]);
    expect((await play.obligations({ institutionId: late })).map(({ duty }) => duty).sort()).toEqual(['notification', 'self-check-report', 'site-check']);
  });
});

describe('the end', () => {
  it('a unit and a campaign finish with what became of every duty; who has not finished is named', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 2).approved();
    await play.has(['in']);
    const done = await play.to('2023-12-01T00:00:00+08:00');
    expect(done.at(-1)).toMatchObject({ kind: 'close-stage', stage: 'summary' });
    expect(await play.next()).toEqual({ kind: 'done', passed: true });
    const outcome = await play.do('finishUnit');
    expect(outcome).toMatchObject({ unit: play.unit, outcome: 'finished', digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(Object.values(outcome.counts).reduce((a, b) => a + b, 0)).toBe(3 + 5);
    const finished = await play.do('finishCampaign', { campaignId: play.campaignId, outcomes: [outcome], failed: [] });
    expect(finished).toMatchObject({ finished: 1, unfinished: [play.codes[1]] });
    expect((await factsOf<{ unfinished: string[] }>(play, 'inspection.campaign-finished'))[0]!.data.unfinished).toEqual([play.codes[1]]);
  });
});
