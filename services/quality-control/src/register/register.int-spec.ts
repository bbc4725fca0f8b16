import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { filingClosed, institutionRegistered, type InstitutionRef } from '@zhijian/contracts/facts';
import { aFact, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';

let database: TestDatabase;
let room: TestRoom;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2025-03-10T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const aBody = (more: Partial<InstitutionRef> = {}): InstitutionRef => ({
  institutionId: 'body-1', creditCode: '91990000MA0000001X', name: '示例职业卫生技术服务机构 01', kind: 'occupational-health-service', jurisdiction: '990101', address: '示例路 1 号', contactPost: null, invented: true,
  filing: { number: '示例备 001', filedOn: '2020-05-06', filedIn: '990101', categories: [], items: [], outreach: false, closedOn: null }, revision: 1, ...more,
});
const kept = (id: string) => database.query('quality_control', `select name, lines, serves, closed_on::text as closed, revision from institution_ref where id = '${id}'`);

describe('the copy of the register', () => {
  it('a body without listed qualifications has one, of its kind', async () => {
    await room.hear(aFact(institutionRegistered, 'body-1', aBody()));
    expect(await kept('body-1')).toEqual([{
      name: '示例职业卫生技术服务机构 01', lines: [{ kind: 'occupational-health-service', number: '示例备 001', issuer: null, from: '2020-05-06', to: null }], serves: [], closed: null, revision: 1,
    }]);
  });

  it('a body with two qualifications keeps both, each with its issuer', async () => {
    const lines = (['occupational-health-service', 'radiation-health-service'] as const).map((kind) => ({ kind, number: `${kind} 1`, issuer: '示例省卫生健康委', from: '2021-01-01', to: null }));
    await room.hear(aFact(institutionRegistered, 'body-2', aBody({ institutionId: 'body-2', lines, serves: ['990200'] })));
    expect(await kept('body-2')).toMatchObject([{ lines, serves: ['990200'] }]);
  });

  it('the newest revision stands, in whatever order facts arrive', async () => {
    const closed = aBody({ institutionId: 'body-3', name: '示例机构 03（更名）', revision: 3, filing: { ...aBody().filing!, closedOn: '2025-02-01' } });
    await room.hear(aFact(filingClosed, 'body-3', closed));
    await room.hear(aFact(institutionRegistered, 'body-3', aBody({ institutionId: 'body-3', revision: 2 })));
    expect(await kept('body-3')).toMatchObject([{ name: '示例机构 03（更名）', closed: '2025-02-01', revision: 3 }]);
  });
});
