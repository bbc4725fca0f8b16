import { Controller } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { envelop, newId, type Fact, type FactKind, type Role } from '@zhijian/contracts';
import { appointmentChanged, jurisdictionChanged, personDisabled, personEnabled, personRegistered } from '@zhijian/contracts/facts';
import { defineRoute } from '@zhijian/contracts/http';
import { Call, Directory, Serve, type CallOf } from '@zhijian/service-kit';
import { eventually, testDatabase, testRoom, type TestDatabase, type TestRoom } from './index.js';

const where = defineRoute({ room: 'publication', method: 'GET', path: '/api/v1/where', summary: '何人何处', roles: ['city', 'county', 'security-admin'] });
const heavy = defineRoute({ room: 'publication', method: 'GET', path: '/api/v1/heavy', summary: '须重新确认身份', roles: ['city', 'county'], stepUp: true });

class WhereController {
  where({ principal }: CallOf<typeof where>) { return { places: principal.places.map(({ code }) => code).sort(), personId: principal.personId ?? null, former: principal.formerPlaces?.map(({ code }) => code).sort() ?? [] }; }
  heavy() { return { done: true }; }
}
Controller()(WhereController);
Serve(where)(WhereController.prototype, 'where', Object.getOwnPropertyDescriptor(WhereController.prototype, 'where'));
Serve(heavy)(WhereController.prototype, 'heavy', Object.getOwnPropertyDescriptor(WhereController.prototype, 'heavy'));
Call()(WhereController.prototype, 'where', 0);

let database: TestDatabase;
let room: TestRoom;
const stated = <T>(kind: FactKind<T>, subject: string, data: T): Fact => envelop(kind, subject, data, { actor: 'system-admin:xitong@990000', cause: 'test', jurisdiction: '990000', time: '2026-11-22T10:00:00+08:00' }) as Fact;
const area = (id: string, parents: [string, string, string | null][], version = 1) => stated(jurisdictionChanged, id, {
  jurisdictionId: id, code: /^\d/.test(id) ? id : null, name: `${id}区`, level: 'county', from: '2000-01-01', to: null, mergedInto: null, parents: parents.map(([parent, from, to]) => ({ parent, from, to })), version,
});
const appointed = (personId: string, role: Role, jurisdictionId: string, more: Record<string, unknown> = {}) => {
  const appointmentId = (more['appointmentId'] as string | undefined) ?? newId();
  return stated(appointmentChanged, appointmentId, {
    appointmentId, personId, role, agencyId: null, agencyKind: null, jurisdictionId, institutionId: null, institutionName: null, from: '2020-01-01', to: null, delegatedFrom: null, state: 'granted', handedTo: null, version: 1, ...more,
  } as never);
};
const person = (kind: typeof personRegistered, personId: string, accounts: string[], version: number) => stated(kind, personId, { personId, accounts, state: kind === personDisabled ? 'disabled' : 'active', version });
const token = (id: string, role: Role, more: object = {}) => ({ id, name: id, role, places: [], ...more });
const ask = (id: string, role: Role, more: object = {}) => room.call(where, { as: token(id, role, more) });

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom({ room: 'publication', controllers: [WhereController], rights: (role, route) => (route.roles.includes(role) ? { relation: ['own'] } : undefined) }, { database, at: '2026-11-22T10:00:00+08:00', admission: { strangers: true } });
  // Children before parents: facts of different areas may come in any order.
  for (const fact of [area('990108', [['990100', '2000-01-01', '2024-06-30'], ['990200', '2024-07-01', null]]), area('jiangbei', [['990200', '2015-01-01', null]]), area('990200', [['990000', '2000-01-01', null]]), area('990100', [['990000', '2000-01-01', null]]), area('990000', [])]) await room.hear(fact);
}, 60_000);
afterAll(async () => {
  await room.stop();
  await database.drop();
});
const known = async (account: string, role: Role, place: string, more: Record<string, unknown> = {}): Promise<string> => {
  const personId = newId();
  await room.hear(appointed(personId, role, place, more));
  await room.hear(person(personRegistered, personId, [account, `${account}-second`], 1));
  room.app.get(Directory).forget();
  return personId;
};

describe('a room that hears who may act where', () => {
  it('lets a person act in their own place and below, as the tree stands today', async () => {
    const personId = await known('shi-a', 'city', '990200');
    expect((await ask('shi-a', 'city')).body).toEqual({ places: ['990108', '990200', 'jiangbei'], personId, former: [] });
    expect((await ask('shi-a-second', 'city')).body).toMatchObject({ personId });
    await known('shi-b', 'city', '990100');
    expect((await ask('shi-b', 'city')).body).toMatchObject({ places: ['990100'], former: ['990108'] });
  });

  it('narrows by the token and never widens: foreign places in it open nothing', async () => {
    await known('shi-c', 'city', '990200');
    expect((await ask('shi-c', 'city', { places: [{ code: '990108' }, { code: '990100' }] })).body).toMatchObject({ places: ['990108'] });
    expect(await ask('shi-c', 'province')).toMatchObject({ status: 403, problem: { code: 'no-appointment' } });
  });

  it('shuts a disabled person out within five seconds, with a warm cache, on both accounts; enabling lets them in again', async () => {
    const personId = await known('xian-a', 'county', '990108');
    expect((await ask('xian-a', 'county')).status).toBe(200);
    await room.hear(person(personDisabled, personId, ['xian-a', 'xian-a-second'], 2));
    await eventually('the disabled person is out', async () => (await ask('xian-a', 'county')).status === 403, 5000);
    expect(await ask('xian-a-second', 'county')).toMatchObject({ status: 403, problem: { code: 'person-disabled', title: expect.stringContaining('停用') } });
    await room.hear(person(personEnabled, personId, ['xian-a', 'xian-a-second'], 3));
    await room.hear(person(personDisabled, personId, ['xian-a', 'xian-a-second'], 2)); // an old fact again, late
    await eventually('the person is in again', async () => (await ask('xian-a', 'county')).status === 200, 5000);
  });

  it('asks the database nothing while nothing changes', async () => {
    await known('xian-b', 'county', '990108');
    await ask('xian-b', 'county');
    const before = await database.query<{ n: string }>('publication', 'select n_tup_ins + seq_scan + idx_scan as n from pg_stat_user_tables where schemaname = $1 and relname = $2', ['publication', 'appointment_ref']);
    for (let at = 0; at < 50; at += 1) expect((await ask('xian-b', 'county')).status).toBe(200);
    expect(await database.query('publication', 'select n_tup_ins + seq_scan + idx_scan as n from pg_stat_user_tables where schemaname = $1 and relname = $2', ['publication', 'appointment_ref'])).toEqual(before);
  });

  it('takes an ended appointment away, and knows who approves one level up', async () => {
    const author = await known('pi-a', 'approver', '990108');
    const above = await known('pi-b', 'approver', '990200');
    const directory = room.app.get(Directory);
    expect(await directory.approversFor('990108', author)).toEqual({ place: '990200', people: [above] });
    const id = newId();
    await known('pi-c', 'approver', '990108', { appointmentId: id });
    expect((await directory.approversFor('990108', author))?.place).toBe('990108');
    const [row] = await database.query<{ person_id: string }>('publication', 'select person_id from appointment_ref where id = $1', [id]);
    await room.hear(appointed(row!.person_id, 'approver', '990108', { appointmentId: id, state: 'ended', version: 2 }));
    expect((await directory.approversFor('990108', author))?.place).toBe('990200');
  });

  it('demands a late sign-in for what weighs heavily', async () => {
    await known('xian-c', 'county', '990108');
    const at = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
    expect((await room.call(heavy, { as: token('xian-c', 'county', { authenticatedAt: at(60) }) })).status).toBe(200);
    for (const more of [{}, { authenticatedAt: at(601) }, { authenticatedAt: at(-3600) }]) expect(await room.call(heavy, { as: token('xian-c', 'county', more) })).toMatchObject({ status: 403, problem: { code: 'step-up-needed' } });
  });

  it('says to whom a right may be asked from', async () => {
    expect(await room.call(where, { as: token('nobody', 'operator') })).toMatchObject({ status: 403, problem: { code: 'not-allowed', detail: expect.stringMatching(/市级.*县级.*安全管理员申请任命/) } });
  });

  it('lets an account the directory does not know act by its token with a development issuer only', async () => {
    expect((await ask('stranger', 'city', { places: [{ code: '990100' }] })).body).toEqual({ places: ['990100'], personId: null, former: [] });
    const strict = new Directory(room.dataSource, room.clock, false);
    await expect(strict.principalOf(token('stranger', 'city', { places: [{ code: '990100' }] }))).rejects.toMatchObject({ code: 'account-unknown' });
  });

  it('keeps the closure with its dates', async () => {
    const rows = await database.query('publication', `select ancestor, descendant, from_on::text, to_on::text from jurisdiction_closure_ref where descendant = '990108' order by ancestor, from_on`);
    expect(rows).toEqual([
      { ancestor: '990000', descendant: '990108', from_on: '2000-01-01', to_on: '2024-06-30' }, { ancestor: '990000', descendant: '990108', from_on: '2024-07-01', to_on: null },
      { ancestor: '990100', descendant: '990108', from_on: '2000-01-01', to_on: '2024-06-30' }, { ancestor: '990108', descendant: '990108', from_on: '2000-01-01', to_on: null },
      { ancestor: '990200', descendant: '990108', from_on: '2024-07-01', to_on: null },
    ]);
  });
});
