import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId, type Fact } from '@zhijian/contracts';
import { filingClosed, filingRecorded, institutionRegistered, rosterAmended, rosterFrozen, type InstitutionRef, type RosterMember } from '@zhijian/contracts/facts';
import { aFact, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import fc from 'fast-check';
import { inspectionRoom } from '../room.js';

let database: TestDatabase;
let room: TestRoom;
beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(inspectionRoom, { database, at: '2023-03-31T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const unit = '990101';
const day = (n: number): string => `2023-03-${String(n).padStart(2, '0')}T08:00:00+08:00`;
const states = ['in', 'idle', 'undetermined'] as const;
let codes = 0;

/** A life of one body, told in facts: registered, filed anew, closed; in a frozen roster, and changed there again and again. */
function told(changes: readonly (typeof states)[number][]): { institutionId: string; campaignId: string; facts: Fact[] } {
  const [institutionId, campaignId, rosterId] = [newId(), newId(), newId()];
  codes += 1;
  const policy = { pack: 'hangzhou/exam-campaign-2023', version: 1, clauses: ['HZ-2023-01'] };
  const ref = (revision: number, closedOn: string | null): InstitutionRef => ({
    institutionId, creditCode: `CODE${codes}`, name: `测试${revision}院`, kind: 'health-examination', jurisdiction: unit, address: `测试路${revision}号`, contactPost: null, invented: true, revision,
    filing: revision === 1 ? null : { number: null, filedOn: '2020-05-06', filedIn: unit, categories: ['粉尘类'], items: [], outreach: true, closedOn },
  });
  const member = (state: RosterMember['state']): RosterMember => ({ institutionId, state, clauses: ['HZ-2023-01'] });
  const about = { jurisdiction: unit };
  return {
    institutionId, campaignId,
    facts: [
      aFact(institutionRegistered, institutionId, ref(1, null), about), aFact(filingRecorded, institutionId, ref(2, null), about), aFact(filingClosed, institutionId, ref(3, '2023-03-20'), about),
      aFact(rosterFrozen, unit, { rosterId, campaignId, unit, frozenAt: day(1), part: 1, parts: 1, digest: 'd', members: [member('undetermined')], policy }, about),
      ...changes.map((state, at) => aFact(rosterAmended, unit, { rosterId, campaignId, unit, member: member(state), reason: `第${at + 1}次`, amendedAt: day(at + 2), policy }, about)),
    ],
  };
}
const kept = async ({ institutionId, campaignId }: { institutionId: string; campaignId: string }) => ({
  ref: (await database.query('inspection', 'select name, address, revision, filing from institution_ref where institution_id = $1', [institutionId]))[0],
  member: (await database.query('inspection', 'select state, clauses, reason from roster_member where campaign_id = $1 and institution_id = $2', [campaignId, institutionId]))[0],
});

it('facts of the register and of rosters converge to the same present, in whatever order and however often they arrive', async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 5 }), fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
    async (changes, keys) => {
      const life = told(changes);
      const shuffled = [...life.facts, ...life.facts.slice(0, 3)].map((fact, at) => ({ fact, key: keys[at] ?? 0 })).sort((a, b) => a.key - b.key);
      for (const { fact } of shuffled) await room.hear(fact);
      expect(await kept(life)).toMatchObject({
        ref: { name: '测试3院', revision: 3, filing: { closedOn: '2023-03-20' } }, member: { state: changes.at(-1), reason: `第${changes.length}次` },
      });
    }), { numRuns: 25 });
});
