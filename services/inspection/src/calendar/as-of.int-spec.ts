import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type Fact } from '@zhijian/contracts';
import { institutionRegistered, rosterAmended, rosterFrozen, type InstitutionRef } from '@zhijian/contracts/facts';
import { decisions } from '@zhijian/contracts/http';
import { aFact, aPrincipal } from '@zhijian/testing';
import { loaded, noticeA, noticeB, Rehearsal, theRoom } from './calendar.fixture.js';

const began = '2026-10-20T09:00:00+08:00';
const auditor = aPrincipal('auditor', '990000');
/** More of them in `npm run prove -- facts`. */
const orders = process.env['PROVE'] ? 60 : 6;
const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000);
let room: Awaited<ReturnType<typeof theRoom>>;
beforeEach(async () => { room = await theRoom(); room.clock.set(began); }, 60_000);
afterEach(() => room?.stop());

describe('what was known on a day, after the calendar was corrected', () => {
  const asOf = async (subject: string, on: string) => (await room.call(decisions.asOfDay, { as: auditor, query: { room: 'inspection', subject, on } })).body;

  it('is answered as it was before: day, whether it was firm, clauses, calendar and pack', async () => {
    const play = await new Rehearsal(room, 1).approved();
    const subject = `${play.campaignId}/${play.unit}/report`;
    const days = ['2026-10-20', '2026-11-20', '2027-02-20'];
    room.clock.set('2026-11-20T09:00:00+08:00');
    await room.hear(loaded(noticeA));
    room.clock.set('2026-11-22T09:00:00+08:00');
    const unconfirmed = await asOf(subject, days[0]!);
    const underA = await asOf(subject, days[1]!);
    expect([unconfirmed, underA].map(({ settled, items }) => [settled, items.find(({ kind }) => kind === 'due-date')?.outcome])).toEqual([
      [true, expect.objectContaining({ dueOn: '2027-05-10', firm: false })], [true, expect.objectContaining({ dueOn: '2027-05-08', firm: true })],
    ]);

    room.clock.set('2027-02-20T09:00:00+08:00');
    await room.hear(loaded(noticeB));
    room.clock.set('2027-02-22T09:00:00+08:00');
    const underB = await asOf(subject, days[2]!);
    expect(underB.items.find(({ kind }) => kind === 'due-date')).toMatchObject({ outcome: { dueOn: '2027-05-11', firm: true } });
    expect(new Set([unconfirmed, underA, underB].map(({ versions }) => versions[0]!.calendar)).size).toBe(3);
    expect([await asOf(subject, days[0]!), await asOf(subject, days[1]!)]).toEqual([unconfirmed, underA]);

    await room.hear(loaded(noticeA)); // corrected back
    await play.has(['in']);
    await play.to('2027-05-20T09:00:00+08:00');
    expect(await Promise.all(days.map((day) => asOf(subject, day)))).toEqual([unconfirmed, underA, underB]);
  });
});

describe(`facts that arrive in any order (seed ${seed})`, () => {
  /** A number in [0, 1) for each place and attempt, the same for the same seed. */
  const dice = (attempt: number, at: number): number => createHash('sha256').update(`${seed} ${attempt} ${at}`).digest().readUInt32BE(0) / 2 ** 32;
  interface Arrival { key: string; hear: () => Promise<unknown> }

  /** A merge of the keys' own orders: what Kafka may do to facts of different subjects. Some come twice. */
  function merged(arrivals: readonly Arrival[], attempt: number): Arrival[] {
    const queues = [...Map.groupBy(arrivals, ({ key }) => key).values()].map((queue) => [...queue]);
    const order: Arrival[] = [];
    for (let at = 0; queues.some((queue) => queue.length); at += 1) {
      const open = queues.filter((queue) => queue.length);
      const next = open[Math.floor(dice(attempt, at) * open.length)]!.shift()!;
      order.push(next, ...(dice(attempt, 1000 + at) < 0.3 ? [next] : []));
    }
    return order;
  }

  /** What stands in the end, bodies by their number. */
  async function presentOf(play: Rehearsal, bodies: readonly string[]) {
    const number = new Map(bodies.map((id, at) => [id, at]));
    const members = await room.dataSource.query<{ id: string; state: string }[]>('select institution_id as id, state from roster_member where campaign_id = $1', [play.campaignId]);
    const copies = await room.dataSource.query<{ id: string; address: string; revision: number }[]>('select institution_id as id, address, revision from institution_ref where institution_id = any($1)', [bodies]);
    return {
      days: await play.days(), whole: await play.rollUp(), states: members.map(({ id, state }) => `${number.get(id)} ${state}`).sort(), copies: copies.map(({ id, address, revision }) => `${number.get(id)} ${address} ${revision}`).sort(),
      obligations: (await play.obligations()).filter(({ state }) => state !== 'cancelled').map(({ duty, institutionId, dueOn, firm, state }) => `${duty} ${institutionId ? number.get(institutionId) : '-'} ${dueOn} ${firm} ${state}`).sort(),
    };
  }

  async function played(attempt: number) {
    room.clock.set(began);
    const play = await new Rehearsal(room, 1).approved();
    const bodies = [newId(), newId(), newId(), newId()];
    const of = (number: number, revision: number): Fact => {
      const data: InstitutionRef = {
        institutionId: bodies[number]!, creditCode: `测${attempt}-${number}`, name: `示例机构 ${number}`, kind: 'health-examination', jurisdiction: play.unit, address: `示例路 ${number} 号第 ${revision} 版`, contactPost: null, invented: true,
        filing: { number: null, filedOn: '2020-05-06', filedIn: play.unit, categories: ['粉尘类'], items: ['矽尘'], outreach: true, closedOn: null }, revision,
      };
      return aFact(institutionRegistered, data.institutionId, data, { jurisdiction: play.unit });
    };
    const [rosterId, policy] = [newId(), { pack: 'testland/plan-2027', version: 1, clauses: ['TEST-2027-01'] }];
    const members = bodies.slice(0, 3).map((institutionId) => ({ institutionId, state: 'in' as const, clauses: [] })).sort((a, b) => (a.institutionId < b.institutionId ? -1 : 1));
    const digest = createHash('sha256').update(members.map(({ institutionId, state }) => `${institutionId}:${state}\n`).join('')).digest('hex');
    play.rosterIds.set(play.unit, rosterId);
    play.digests.set(play.unit, digest);
    const frozen = aFact(rosterFrozen, play.unit, { rosterId, campaignId: play.campaignId, unit: play.unit, frozenAt: '2027-03-01T00:00:00+08:00', part: 1, parts: 1, digest, members, policy }, { jurisdiction: play.unit });
    const amended = (number: number, state: 'in' | 'idle', on: string): Fact => aFact(rosterAmended, play.unit, { rosterId, campaignId: play.campaignId, unit: play.unit, member: { institutionId: bodies[number]!, state, clauses: [] }, reason: '示例', amendedAt: `${on}T00:00:00+08:00`, policy }, { jurisdiction: play.unit });
    const heard = (key: string, fact: Fact): Arrival => ({ key, hear: () => room.hear(fact) });
    const arrivals = [
      ...[0, 1, 2, 3].flatMap((number) => [heard(`body ${number}`, of(number, 1)), heard(`body ${number} again`, of(number, 2))]), // the newest revision counts, whichever comes first
      heard('unit', frozen), { key: 'unit', hear: () => play.to('2027-04-10T09:00:00+08:00') },
      heard('joined', amended(3, 'in', '2027-04-01')), heard('left', amended(2, 'idle', '2027-04-02')), heard('calendar', loaded(noticeA)), heard('calendar', loaded(noticeB)),
    ];
    for (const { hear } of merged(arrivals, attempt)) await hear();
    return presentOf(play, bodies);
  }

  it(`come to the same present in ${orders} orders, some of them twice`, async () => {
    room.byHand.add('obligation.due_on'); // each order begins in the same autumn: for what was played before, time goes back
    const first = await played(0);
    expect(first).toMatchObject({ days: { report: '05-11' }, states: ['0 in', '1 in', '2 idle', '3 in'], copies: [0, 1, 2, 3].map((number) => `${number} 示例路 ${number} 号第 2 版 2`) });
    expect(first.obligations.filter((one) => one.startsWith('report '))).toEqual(['report 0 2027-05-11 true open', 'report 1 2027-05-11 true open', 'report 3 2027-05-11 true open']);
    for (let attempt = 1; attempt < orders; attempt += 1) expect({ attempt, ...(await played(attempt)) }).toEqual({ attempt, ...first });
  }, 600_000);
});
