import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { campaignApproved, campaignFinished, campaignPackMoved } from '@zhijian/contracts/facts';
import { aFact, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';

let database: TestDatabase;
let room: TestRoom;
beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2023-03-31T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const permutations = <T>(all: readonly T[]): T[][] => (all.length === 0 ? [[]] : all.flatMap((one, at) => permutations(all.filter((_, other) => other !== at)).map((rest) => [one, ...rest])));

it('approval, later pack versions and the end of a campaign give the same copy in every order', async () => {
  const copies = new Set<string>();
  for (const order of permutations([0, 1, 2, 3])) {
    const campaignId = newId();
    const policy = (version: number) => ({ pack: 'hangzhou/exam-campaign-2023', version, clauses: [] });
    const moved = (version: number) => aFact(campaignPackMoved, '330100', { campaignId, units: [], before: { pack: policy(1).pack, version: version - 1 }, reason: '更正', policy: policy(version) });
    const facts = [
      aFact(campaignApproved, '330100', { campaignId, name: '测试', jurisdiction: '330100', units: [], policy: policy(1), calendar: 'CN' }), moved(2), moved(3),
      { ...aFact(campaignFinished, '330100', { campaignId, finished: 0, unfinished: [], digest: 'd', policy: policy(3) }), time: '2023-06-30T09:00:00.000+08:00' },
    ];
    for (const at of order) await room.hear(facts[at]!);
    copies.add(JSON.stringify((await database.query('qualification', 'select name, pack, pack_version, finished_at from campaign where id = $1', [campaignId]))[0]));
  }
  expect([...copies]).toEqual([expect.stringContaining('"pack_version":3')]);
  expect([...copies][0]).toContain('2023-06-30T01:00:00');
});
