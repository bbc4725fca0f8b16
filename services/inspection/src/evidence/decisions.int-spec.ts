import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decisions, inspection } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { city, county, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Play;
let bodies: string[];
let reportDuty: string;
const auditor = aPrincipal('auditor', '330100');
const room_ = 'inspection';
const list = async (query: Record<string, string | number>, as = auditor) => (await room.call(decisions.listDecisions, { as, query: { room: room_, ...query } })).body;
const asOf = async (subject: string, on: string) => (await room.call(decisions.asOfDay, { as: auditor, query: { room: room_, subject, on } })).body;
const one = async (id: string) => (await room.call(decisions.getDecision, { as: auditor, params: { id }, query: { room: room_ } })).body;

beforeAll(async () => {
  room = await theRoom();
  play = await new Play(room, 2).approved();
  bodies = await play.has(['in', 'in', 'in', 'idle']);
  await play.to('2023-03-05T09:00:00+08:00');
  reportDuty = (await room.dataSource.query<{ duty: string }[]>(`select duty from obligation where campaign_id = $1 and kind = 'self-check-report' limit 1`, [play.campaignId]))[0]!.duty;
});
afterAll(() => room?.stop());

describe('the certificate of a date', () => {
  it('is one for a duty and unit, whatever the number of bodies, with rule, clause words, pack and calendar', async () => {
    const { items } = await list({ subject: `${play.campaignId}/${play.unit}/${reportDuty}`, kind: 'due-date' });
    expect(items).toHaveLength(1);
    const { certificate, ruleText, recomputed, entry, body } = await one(items[0]!.id);
    expect(certificate).toMatchObject({ basis: 'rule', determined: true, pack: { id: play.setting.pack, version: 1 }, rule: { form: 'date' }, actor: 'city:second-person@330100', calendar: expect.stringMatching(/^CN-/) });
    expect(certificate.clauses.every(({ quote }) => quote.length > 4)).toBe(true);
    expect(ruleText).toMatchObject({ printed: (certificate.outcome as { dueOn: string }).dueOn });
    expect(recomputed).toEqual({ determined: true, outcome: certificate.outcome, same: true }); // no table: no rule of one hit
    expect(entry).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(body)).toMatchObject({ id: certificate.id });
  });

  it('opening a stage for many bodies certifies no date anew', async () => {
    const before = (await list({ kind: 'due-date', limit: 500 })).items.length;
    const other = play.codes[1]!;
    await play.has(Array.from({ length: 40 }, () => 'in' as const), other);
    await play.to('2023-03-05T09:00:00+08:00', other);
    expect((await list({ kind: 'due-date', limit: 500 })).items).toHaveLength(before);
    expect((await play.obligations({}, other)).length).toBeGreaterThan(40);
  });
});

describe('as of a day', () => {
  it('answers what was known and which versions held, and goes on answering it whatever comes later', async () => {
    const duty = (await play.obligations({ duty: reportDuty, institutionId: bodies[0]! }))[0]!;
    const subject = `${play.campaignId}/${play.unit}/${duty.duty}`;
    await play.to('2023-03-20T09:00:00+08:00');
    const days = ['2023-01-20', '2023-03-04', '2023-03-19'];
    const before = await Promise.all(days.map((day) => asOf(subject, day)));
    expect(before.map(({ settled }) => settled)).toEqual([true, true, true]);
    expect(before[2]).toMatchObject({ items: [{ kind: 'due-date', outcome: { dueOn: duty.dueOn } }], versions: [{ campaign: play.campaignId, pack: `${play.setting.pack}@1` }] });
    expect((await asOf(subject, '2023-01-19')).items).toEqual([]);
    await play.amend({ kind: 'extend', duty: duty.duty, on: '2023-05-20', reason: '雨雪天气', clause: 'HZ-2023-09' });
    await play.submit(bodies[0]!);
    await play.to('2023-05-22T09:00:00+08:00');
    expect(await Promise.all(days.map((day) => asOf(subject, day)))).toEqual(before);
    const now = await asOf(subject, '2023-05-21');
    expect(now.items.find(({ kind }) => kind === 'due-date')).toMatchObject({ rule: { form: 'amended-date' }, outcome: { dueOn: '2023-05-20', limitOn: '2023-05-20', firm: true }, inputs: { before: { dueOn: duty.dueOn }, context: { amendment: expect.stringMatching(/^commitment:/) } } });
    expect(now.items.find(({ kind }) => kind === 'lateness')).toMatchObject({ basis: 'rule', determined: true });
    expect((await asOf(subject, '2023-05-22')).settled).toBe(false);
  });

  it('of a body lists what was decided about it, a person\'s decision with its reasons', async () => {
    const [report] = (await room.dataSource.query<{ id: string; version: number }[]>('select id, version from self_check where institution_id = $1', [bodies[0]]));
    await room.call(inspection.returnSelfCheck, { as: county(play.unit), params: { selfCheckId: report!.id }, ifMatch: report!.version, body: { reasons: ['未附证明材料'] } });
    const { items } = await list({ subject: bodies[0]! });
    expect(items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['lateness', 'return']));
    expect(items.find(({ kind }) => kind === 'return')).toMatchObject({ basis: 'person', inputs: { reasons: [expect.stringMatching(/^commitment:/)] }, actor: `county:${county(play.unit).id}@${play.unit}`, rule: null });
  });
});

describe('who asks and how', () => {
  it('pages through them, the newest first, each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 7, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe((await list({ limit: 500 })).items.length);
  });

  it('a body does not; another room is not asked here; an unknown one is not found', async () => {
    expect((await room.call(decisions.listDecisions, { as: person(bodies[0]!, play.unit), query: { room: room_ } })).status).toBe(403);
    expect((await room.call(decisions.listDecisions, { as: auditor, query: { room: 'publication' } })).status).toBe(404);
    expect((await room.call(decisions.getDecision, { as: auditor, params: { id: '01a20f11-53a8-7d04-a555-302c6d91b204' }, query: { room: room_ } })).status).toBe(404);
    expect((await room.call(decisions.listDecisions, { as: city, query: { room: room_, limit: 1 } })).status).toBe(200);
  });
});
