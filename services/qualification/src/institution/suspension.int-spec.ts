import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { InstitutionRef } from '@zhijian/contracts/facts';
import { qualification } from '@zhijian/contracts/http';
import { groundless } from '@zhijian/policy';
import { aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';
import { aCreditCode, aRegistration } from './institution.fixture.js';

const home = aPrincipal('county', '990101');
const radiation = { kind: 'radiation-health-service', number: '（测）卫放技字（2023）第001号', issuer: '990000', from: '2023-05-01', to: '2028-04-30' };
const own = 'occupational-health-service';
let database: TestDatabase;
let room: TestRoom;
let institutionId: string;
let number = 300;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2024-03-01T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});
beforeEach(async () => {
  const { status, body } = await room.call(qualification.registerInstitution, { as: home, body: aRegistration({ creditCode: aCreditCode((number += 1)), kind: own }) });
  expect(status).toBe(201);
  ({ institutionId } = body);
});

const suspend = (change: object = {}, as = home) => room.call(qualification.suspendLine, { as, params: { institutionId }, body: { kind: radiation.kind, from: '2024-02-01', how: 'ordered', basis: '示例〔2024〕3号', reason: '技术人员不足', ...change } });
const resume = (change: object = {}) => room.call(qualification.resumeLine, { as: home, params: { institutionId }, body: { kind: radiation.kind, on: '2024-02-20', basis: '示例〔2024〕9号', reason: '条件已经完善', ...change } });
const record = (change: object = {}) => room.call(qualification.recordLine, { as: home, params: { institutionId }, body: { ...radiation, ...change } });
const told = async () => (await room.facts<Record<string, unknown>>()).filter(({ subject }) => subject === institutionId);
const refs = async () => (await told()).filter(({ type }) => type === 'qualification.institution-registered').map(({ data }) => data as unknown as InstitutionRef);
const now = async () => (await room.call(qualification.getInstitution, { as: home, params: { institutionId } })).body.lines!;
const certificates = async () => (await database.query<{ kind: string; body: string }>('qualification', `select kind, body from certificate where subject = $1 and kind in ('suspension', 'resumption') order by at, id`, [institutionId])).map(({ kind, body }) => [kind, JSON.parse(body) as { basis: string; inputs: object; outcome: object; reason: string | null; clauses: { id: string }[] }] as const);

describe('[JS-2014-32] a qualification that rests', () => {
  it('is told to everybody with its day, how and by what; why stays in the register, and each step leaves its certificate', async () => {
    await record();
    expect(await suspend()).toMatchObject({ status: 201, body: { version: 3, lines: [{ kind: own }, { ...radiation, suspended: { from: '2024-02-01', how: 'ordered', basis: '示例〔2024〕3号' } }] } });
    expect(await resume()).toMatchObject({ status: 201, body: { version: 4, suspensions: [{ kind: radiation.kind, from: '2024-02-01', reason: '技术人员不足', resumedOn: '2024-02-20', resumedReason: '条件已经完善', lapsed: false }] } });
    expect((await refs()).map(({ revision, lines }) => [revision, lines?.[1]?.suspended?.from, lines?.[1]?.suspendedBefore?.map(({ to }) => to)])).toEqual([[1, undefined, undefined], [2, undefined, undefined], [3, '2024-02-01', undefined], [4, undefined, ['2024-02-20']]]);
    expect((await told()).filter(({ type }) => type.includes('.line-')).map(({ type, data }) => [type, data])).toEqual([
      ['qualification.line-suspended', { institutionId, kind: radiation.kind, from: '2024-02-01', how: 'ordered', basis: '示例〔2024〕3号' }], ['qualification.line-resumed', { institutionId, kind: radiation.kind, on: '2024-02-20', basis: '示例〔2024〕9号' }],
    ]);
    expect(JSON.stringify(await told())).not.toMatch(/人员不足|条件已经完善/u);
    expect((await certificates()).map(([kind, { basis, outcome }]) => [kind, basis, outcome])).toEqual([['suspension', 'person', { from: '2024-02-01' }], ['resumption', 'person', { on: '2024-02-20' }]]);
  });

  it('[ZYWS-2023-07] rests on the law where its words are known, and says so where they are not', async () => {
    await record();
    await record({ kind: own, number: '（测）卫职技字（2023）第009号' });
    for (const kind of [own, radiation.kind]) expect(await suspend({ kind })).toMatchObject({ status: 201 });
    expect((await certificates()).map(([, { clauses, reason }]) => [clauses.map(({ id }) => id), reason])).toEqual([[['ZYWS-2023-07'], null], [[], groundless.unknown]]);
  });

  it('may be the one that its filing is; resumed on its first day, it was entered in error', async () => {
    expect(await suspend({ kind: own, how: 'on-request' })).toMatchObject({ status: 201, body: { lines: [{ kind: own, suspended: { from: '2024-02-01', how: 'on-request' } }] } });
    expect(await resume({ kind: own, on: '2024-02-01' })).toMatchObject({ status: 201, body: { lines: [{ kind: own, suspendedBefore: [{ from: '2024-02-01', to: '2024-02-01' }] }] } });
    expect((await now())[0]).not.toHaveProperty('suspended');
  });

  it('is none where nothing was filed or recorded: what a body is does not grant it anything', async () => {
    const { body } = await room.call(qualification.registerInstitution, { as: home, body: { ...aRegistration({ creditCode: aCreditCode((number += 1)), kind: own }), filing: null } });
    institutionId = body.institutionId;
    expect(await suspend({ kind: own })).toMatchObject({ status: 409, problem: { code: 'suspension-not-held' } });
    expect((await told()).map(({ type }) => type)).toEqual(['qualification.institution-registered']);
  });

  it('is suspended once at a time, from a day that has come, and is not resumed before it', async () => {
    await record();
    expect(await suspend({ from: '2024-03-02' })).toMatchObject({ status: 422, problem: { code: 'suspension-in-future', title: '暂停日期 2024-03-02 晚于今日', errors: [{ path: '/from' }] } });
    expect(await resume()).toMatchObject({ status: 409, problem: { code: 'suspension-none' } });
    await suspend();
    expect(await suspend()).toMatchObject({ status: 409, problem: { code: 'suspension-already', errors: [{ path: '/kind' }] } });
    expect(await resume({ on: '2024-01-31' })).toMatchObject({ status: 422, problem: { code: 'resumption-before', errors: [{ path: '/on' }] } });
    expect(await suspend({ kind: 'hospital' })).toMatchObject({ status: 409, problem: { code: 'suspension-not-held' } });
    expect(await suspend({}, aPrincipal('county', '990103'))).toMatchObject({ status: 404 });
    expect(await suspend({ basis: ' ' })).toMatchObject({ status: 400, problem: { errors: [{ path: '/basis' }] } });
  });

  it('two officers at once suspend it once', async () => {
    await record();
    expect((await Promise.all([suspend(), suspend({ from: '2024-02-02' })])).map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('a renewal does not lift; its end does, and what is registered afterwards is not suspended', async () => {
    await record();
    await suspend();
    expect(await record({ from: '2024-02-10', to: '2029-02-09' })).toMatchObject({ status: 201, body: { lines: [{}, { from: '2024-02-10', suspended: { from: '2024-02-01' } }] } });
    await room.call(qualification.endLine, { as: home, params: { institutionId }, body: { kind: radiation.kind, to: '2024-02-29', how: 'cancelled', reason: '申请注销' } });
    expect((await now())[1]).toMatchObject({ ended: 'cancelled', suspendedBefore: [{ from: '2024-02-01', to: null }] });
    expect((await now())[1]).not.toHaveProperty('suspended');
    expect(await resume()).toMatchObject({ status: 409 });
    await record({ from: '2024-03-01' });
    expect((await now())[1]).not.toHaveProperty('suspended');
  });

  it('a filing that is closed has no suspension left', async () => {
    await suspend({ kind: own });
    await room.call(qualification.closeFiling, { as: home, params: { institutionId }, body: { closedOn: '2024-02-29', reason: '不再开展' } });
    expect((await now())[0]).toMatchObject({ to: '2024-02-29', suspendedBefore: [{ to: null }] });
    expect((await now())[0]).not.toHaveProperty('suspended');
  });
});
