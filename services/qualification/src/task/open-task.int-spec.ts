import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { qualification, task } from '@zhijian/contracts/http';
import { aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { aCreditCode } from '../institution/institution.fixture.js';
import { room as description } from '../room.js';

let database: TestDatabase;
let room: TestRoom;
beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2024-10-01T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

it('an open review waits at the authority that issued the qualification, and is seen nowhere else', async () => {
  const { body } = await room.call(qualification.registerInstitution, { as: aPrincipal('county', '990101'), body: { creditCode: aCreditCode(77), name: '示例服务机构 77', kind: 'occupational-health-service', jurisdiction: '990101', address: '示例路 77 号', invented: true, filing: null } });
  room.byHand.add('review');
  await room.dataSource.query(
    `insert into review (id, institution_id, ground, year, authority, jurisdiction, because, seen, pack, pack_version, clauses, opened_at) values ('r-77', $1, 'red-years', 2024, '990101', '990101', '测试', '{}', 'chongqing/colour-2024', 1, '[]', now())`, [body.institutionId]);
  const open = async (place: string) => (await room.call(task.listTasks, { as: aPrincipal('county', place), query: { room: 'qualification' } })).body.items;
  expect(await open('990101')).toMatchObject([{ taskId: 'review/r-77', kind: 'review', title: '研究资质：示例服务机构 77', jurisdiction: '990101', holder: { kind: 'agency' }, link: '/reviews/r-77' }]);
  expect(await open('990102')).toEqual([]);
});
