import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Packs, type Pack } from '@zhijian/policy';
import { countsOf, memberOf, partsOf, rosterDigest, rosterOf, type Candidate } from './roster.rules.js';

const day = '2023-03-31';
const aCandidate = (change: Partial<Candidate> = {}): Candidate =>
  ({ institutionId: 'a', kind: 'health-examination', filedOn: '2020-05-06', closedOn: null, operating: true, ...change });
let pack: Pack;
beforeAll(async () => {
  pack = await new Packs().get('hangzhou/exam-campaign-2023@1');
});

describe('the roster of a unit', () => {
  it.each([
    ['filed and operating', {}, 'in'],
    ['filed but idle', { operating: false }, 'idle'],
    ['filed, and nobody has looked yet', { operating: null }, 'undetermined'],
    ['whose filing was closed since', { closedOn: day }, 'idle'],
    ['whose filing was closed before anybody looked', { closedOn: day, operating: null }, 'idle'],
  ] as const)('[HZ-2023-01] an institution %s', (_, change, state) => {
    expect(memberOf(pack, aCandidate(change), day)).toEqual({ institutionId: 'a', state, clauses: ['HZ-2023-01'] });
  });

  it('[HZ-2023-03] holds those in scope whose filing is open on the day, sorted', () => {
    const members = rosterOf(pack, [
      aCandidate({ institutionId: 'd', operating: false }), aCandidate({ institutionId: 'b' }), aCandidate({ institutionId: 'c', closedOn: '2023-04-01' }),
      aCandidate({ institutionId: 'closed', closedOn: day }), aCandidate({ institutionId: 'later', filedOn: '2023-04-01' }),
      aCandidate({ institutionId: 'never', filedOn: null }), aCandidate({ institutionId: 'other', kind: 'disease-diagnosis' }),
    ], day);
    expect(members.map(({ institutionId }) => institutionId)).toEqual(['b', 'c', 'd']);
    expect(countsOf(members)).toEqual({ members: 3, in: 2, idle: 1, undetermined: 0 });
  });

  it('a pack without a table decides by its scope alone', () => {
    const bare = { ...pack, decisions: {} };
    expect(memberOf(bare, aCandidate({ operating: null }), day).state).toBe('undetermined');
    const filedIsEnough = { ...bare, campaign: { ...pack.campaign!, scope: { ...pack.campaign!.scope, operating: false } } };
    expect(memberOf(filedIsEnough, aCandidate({ operating: null }), day).state).toBe('in');
  });
});

it('the digest does not depend on the order, and is recomputable by hand', () => {
  const members = [{ institutionId: 'b', state: 'idle' as const }, { institutionId: 'a', state: 'in' as const }];
  expect(rosterDigest(members)).toBe(rosterDigest([...members].reverse()));
  expect(rosterDigest(members)).toBe(createHash('sha256').update('a:in\nb:idle\n').digest('hex'));
});

it('a roster travels in parts of at most 500, an empty one in one part', () => {
  const members = Array.from({ length: 1001 }, (_, at) => ({ institutionId: String(at), state: 'in' as const, clauses: [] }));
  expect(partsOf(members).map((part) => part.length)).toEqual([500, 500, 1]);
  expect(partsOf([])).toEqual([[]]);
});
