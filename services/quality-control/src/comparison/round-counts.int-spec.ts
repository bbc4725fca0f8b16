import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { qualityControl as http } from '@zhijian/contracts/http';
import { PackShelf } from '@zhijian/service-kit';
import fc from 'fast-check';
import { aLaboratory, anOpenRound, aPlace, bodyOf, centre, city, counties, plan, type Place } from './comparison.fixture.js';
import { stateOf } from './comparison.shown.js';
import { participantsOf, roundOf, type Round } from './comparison.store.js';
import { participationOf, type Participation } from './round-counts.js';

const bodies = 40;
/** Lead and benzene are rated together, fluoride in a second part. */
const inParts = (round: Round): Round => ({ ...round, scheme: { ...round.scheme, measurands: round.scheme.measurands.map((it) => ({ ...it, part: it.id === 'fluoride' ? 'second' : 'first' })) } });

const seldom = fc.constantFrom(true, false, false, false, false, false);
/** Anybody: obliged or not, excused or withdrawn or neither, with samples or without, with any submissions, each part late or in time. */
const anybody = fc.record({
  obliged: fc.boolean(), excused: seldom, withdrawn: seldom, sent: fc.boolean(), received: fc.boolean(),
  submitted: fc.array(fc.record({ results: fc.uniqueArray(fc.constantFrom('lead', 'benzene', 'fluoride', 'radon'), { maxLength: 4 }), late: fc.subarray(['*', 'first', 'second']) }), { maxLength: 4 }),
});

let room: Place;
const rounds: Round[] = [];
beforeAll(async () => {
  room = await aPlace();
  const labs: string[] = [];
  for (let n = 0; n < bodies; n += 1) labs.push(await aLaboratory(room));
  const ids = [(await anOpenRound(room)).roundId, (await plan(room, { year: 2025 })).body.roundId];
  for (const column of ['comparison_participant.excused_at', 'comparison_participant.withdrawn_at', 'comparison_submission.late']) room.byHand.add(column);
  const write = (sql: string, values: unknown[]) => room.database.query('quality_control', sql, values);
  for (const [at, roundId] of ids.entries()) {
    for (const [n, it] of fc.sample(anybody, { numRuns: bodies, seed: 20240628 + at }).entries()) {
      await write(`update comparison_participant set obliged = $3, excused_at = case when $4 then now() end, withdrawn_at = case when $5 then now() end, sent_on = case when $6 then current_date end, received_on = case when $7 then current_date end where round_id = $1 and institution_id = $2`,
        [roundId, labs[n], it.obliged, it.excused, it.withdrawn, it.sent, it.received]);
      for (const [sequence, { results, late }] of it.submitted.entries()) {
        await write(`insert into comparison_submission (id, round_id, institution_id, jurisdiction, home, sequence, results, remark, submitted_at, submitted_by, on_behalf, late) values ($1, $2, $3, $4, $5, $6, $7, '', now(), 'x', false, $8)`,
          [`s-${at}-${n}-${sequence}`, roundId, labs[n], city, counties[0], sequence + 1, JSON.stringify(results.map((measurand) => ({ measurand, value: '1.00' }))), late]);
      }
    }
    rounds.push(await roundOf(room.dataSource, room.app.get(PackShelf), roundId));
  }
}, 120_000);
afterAll(() => room?.finish());

/** The same, counted one participant after the other. */
async function counted(round: Round): Promise<Participation> {
  const rows = await participantsOf(room.dataSource, round.row.id);
  const of = (state: string) => rows.filter((it) => stateOf(round, it) === state).length;
  return {
    obliged: rows.filter(({ obliged, excusedAt }) => obliged && !excusedAt).length, voluntary: rows.filter(({ obliged }) => !obliged).length, excused: of('excused'),
    sent: rows.filter(({ sentOn }) => sentOn).length, received: rows.filter(({ receivedOn }) => receivedOn).length, reported: of('reported'), late: of('late'), withdrawn: of('withdrawn'),
  };
}

describe('how far the rounds are', () => {
  it('is the same counted by the database in one question as participant by participant, with parts and without', async () => {
    for (const asked of [rounds, rounds.map(inParts)]) {
      const countsOf = await participationOf(room.dataSource, asked);
      for (const round of asked) expect(countsOf(round)).toEqual(await counted(round));
    }
    expect(Object.values(await counted(rounds[0]!)).every((count) => count > 0 && count < bodies)).toBe(true);
    expect((await counted(inParts(rounds[0]!))).late).not.toBe((await counted(rounds[0]!)).late);
  });
  it('is what the list shows, and each round of its own', async () => {
    const { items } = (await room.call(http.listComparisons, { as: centre })).body;
    expect(items.map(({ roundId }) => roundId)).toEqual(rounds.map(({ row }) => row.id).toReversed());
    for (const item of items) {
      expect(item.counts).toEqual(await counted(rounds.find(({ row }) => row.id === item.roundId)!));
      expect((await room.call(http.getComparison, { as: centre, params: { roundId: item.roundId } })).body.counts).toEqual(item.counts);
    }
  });
  it('counts for a laboratory itself only, and nobody in a round without participants one may see', async () => {
    const own = (await room.call(http.listComparisons, { as: bodyOf('lab-001') })).body.items;
    expect(own.map(({ counts: { obliged, voluntary, excused } }) => obliged + voluntary + excused >= 1)).toEqual([true, true]);
    expect(own.every(({ counts: { obliged, voluntary } }) => obliged + voluntary <= 1)).toBe(true);
    expect((await participationOf(room.dataSource, []))(rounds[0]!)).toEqual({ obliged: 0, voluntary: 0, excused: 0, sent: 0, received: 0, reported: 0, late: 0, withdrawn: 0 });
  });
});
