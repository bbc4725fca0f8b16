import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InstitutionRef } from '@zhijian/contracts/facts';
import { qualification } from '@zhijian/contracts/http';
import { aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';
import { aCreditCode, aRegistration } from './institution.fixture.js';

const home = aPrincipal('county', '990101');
const host = aPrincipal('province', '980000');
let database: TestDatabase;
let room: TestRoom;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2024-03-01T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const register = async (number: number, change = {}, as = home) => {
  const { status, body } = await room.call(qualification.registerInstitution, { as, body: aRegistration({ creditCode: aCreditCode(number), kind: 'occupational-health-service', filing: null, ...change }) });
  expect(status).toBe(201);
  return body;
};
const refsOf = async (id: string) => (await room.facts<InstitutionRef>()).filter((fact) => fact.subject === id).map(({ data }) => data);
const radiation = { kind: 'radiation-health-service', number: '（测）卫放技字（2023）第001号', issuer: '990000', from: '2023-05-01', to: '2028-04-30' };

describe('[CQ-2024-01] qualifications line by line', () => {
  it('a second one stands beside that of its kind, and everybody hears of both', async () => {
    const { institutionId } = await register(101);
    const { status, body } = await room.call(qualification.recordLine, { as: home, params: { institutionId }, body: radiation });
    expect({ status, body }).toMatchObject({ status: 201, body: { version: 2, lines: [{ kind: 'occupational-health-service', issuer: null }, radiation] } });
    expect(await refsOf(institutionId)).toMatchObject([{ revision: 1 }, { revision: 2, lines: [{ kind: 'occupational-health-service' }, radiation] }]);
    expect((await refsOf(institutionId))[0]).not.toHaveProperty('lines');
  });

  it('one that is renewed takes the place of the one before, which is kept; an older one is refused', async () => {
    const { institutionId } = await register(102);
    const record = (from: string, to: string) => room.call(qualification.recordLine, { as: home, params: { institutionId }, body: { ...radiation, from, to } });
    await record('2018-05-01', '2023-04-30');
    expect(await record('2023-05-01', '2028-04-30')).toMatchObject({ status: 201, body: { lines: [{}, { from: '2023-05-01' }] } });
    expect(await record('2018-05-01', '2023-04-30')).toMatchObject({ status: 422, problem: { code: 'line-older-than-present', errors: [{ path: '/from' }] } });
    expect(await database.query('qualification', 'select count(*)::int as kept from qualification_line where institution_id = $1', [institutionId])).toEqual([{ kept: 2 }]);
  });

  it('everybody hears its scope, and how it ended; not why', async () => {
    const { institutionId } = await register(104);
    const scope = { categories: ['放射卫生检测与评价'], items: ['个人剂量监测'] };
    await room.call(qualification.recordLine, { as: home, params: { institutionId }, body: { ...radiation, ...scope } });
    await room.call(qualification.endLine, { as: home, params: { institutionId }, body: { kind: 'radiation-health-service', to: '2024-02-29', how: 'revoked', reason: '依法吊销的理由' } });
    const heard = await refsOf(institutionId);
    expect(heard.map(({ lines }) => lines?.[1])).toEqual([undefined, { ...radiation, ...scope }, { ...radiation, ...scope, to: '2024-02-29', ended: 'revoked' }]);
    expect(JSON.stringify(heard)).not.toContain('理由');
    const own = { ...radiation, ...scope, ended: 'revoked' };
    expect((await room.call(qualification.recordLine, { as: home, params: { institutionId }, body: own })).status).toBe(400); // an end is an act of its own
  });

  it('one that ends keeps its day and reason, and does not end twice', async () => {
    const { institutionId } = await register(103);
    await room.call(qualification.recordLine, { as: home, params: { institutionId }, body: radiation });
    const end = () => room.call(qualification.endLine, { as: home, params: { institutionId }, body: { kind: 'radiation-health-service', to: '2024-02-29', reason: '自行申请注销' } });
    expect(await end()).toMatchObject({ status: 201, body: { lines: [{}, { kind: 'radiation-health-service', to: '2024-02-29' }] } });
    expect(await end()).toMatchObject({ status: 409, problem: { code: 'line-not-held' } });
    expect(await room.call(qualification.endLine, { as: home, params: { institutionId }, body: { kind: 'hospital', to: '2024-02-29', reason: '无' } })).toMatchObject({ status: 409, problem: { errors: [{ path: '/kind' }] } });
  });
});

describe('[CQ-2024-01] bodies of another province that serve here', () => {
  it('are registered by whoever supervises the place they serve; their filing is their home’s', async () => {
    const body = aRegistration({ creditCode: aCreditCode(111), kind: 'occupational-health-service', jurisdiction: '990101', serves: ['980000'] });
    expect(await room.call(qualification.registerInstitution, { as: host, body })).toMatchObject({ status: 422, problem: { code: 'visitor-with-filing', errors: [{ path: '/filing' }] } });
    const { institutionId } = await register(111, { serves: ['980000'] }, host);
    expect(await refsOf(institutionId)).toMatchObject([{ jurisdiction: '990101', serves: ['980000'] }]);
    expect(await room.call(qualification.recordLine, { as: host, params: { institutionId }, body: radiation })).toMatchObject({ status: 201, body: { version: 2, serves: ['980000'] } });
    expect((await room.call(qualification.getInstitution, { as: home, params: { institutionId } })).status).toBe(200);
  });

  it('are not registered for a place that is not one’s own', async () => {
    const body = aRegistration({ creditCode: aCreditCode(112), filing: null, serves: ['980000'] });
    expect(await room.call(qualification.registerInstitution, { as: home, body })).toMatchObject({ status: 403, problem: { code: 'other-place' } });
    expect(await room.call(qualification.registerInstitution, { as: host, body: { ...body, serves: [] } })).toMatchObject({ status: 403 });
  });

  it('that are registered at home already are found by their code, seen from then on, and let go again', async () => {
    const { institutionId, creditCode } = await register(113);
    const seen = () => room.call(qualification.getInstitution, { as: host, params: { institutionId } });
    const serve = (serving: boolean, as = host, place = '980000') => room.call(qualification.recordService, { as, body: { creditCode, place, serving } });
    expect((await seen()).status).toBe(404);
    expect(await serve(true)).toMatchObject({ status: 201, body: { institutionId, serves: ['980000'] } });
    expect(await serve(true)).toMatchObject({ status: 409, problem: { code: 'service-already' } });
    expect((await seen()).status).toBe(200);
    expect((await serve(false)).body).not.toHaveProperty('serves');
    expect(await serve(false)).toMatchObject({ status: 409, problem: { code: 'service-not-recorded' } });
    expect((await seen()).status).toBe(404);
    expect(await serve(true, home, '990101')).toMatchObject({ status: 409, problem: { code: 'service-at-home' } });
    expect(await serve(true, home)).toMatchObject({ status: 403 });
    expect(await room.call(qualification.recordService, { as: host, body: { creditCode: aCreditCode(199), place: '980000', serving: true } })).toMatchObject({ status: 422, problem: { code: 'service-unknown', errors: [{ path: '/creditCode' }] } });
    expect((await refsOf(institutionId)).map(({ revision, serves }) => [revision, serves])).toEqual([[1, undefined], [2, ['980000']], [3, undefined]]);
  });
});
