import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, type Fact } from '@zhijian/contracts';
import { institutionRegistered, type InstitutionRef } from '@zhijian/contracts/facts';
import { operations } from '@zhijian/contracts/http';
import { FactConsumer, RefusedFact } from '@zhijian/messaging';
import { aFact, aPrincipal, samplesOf, testDatabase, testRoom, type TestDatabase, type TestRoom } from './index.js';

let database: TestDatabase;
let room: TestRoom;
/** Whether the room understands what it hears. */
let broken: boolean;
const operator = aPrincipal('operator', '990000');

beforeAll(async () => {
  database = await testDatabase();
  await database.query('publication', 'create table heard (seq serial, fact text)'); // no unique key: what is handled twice is seen
  await database.query('publication', 'grant select, insert on heard to publication_app; grant usage on sequence heard_seq_seq to publication_app');
  room = await testRoom({
    room: 'publication', hears: ['qualification'],
    handlers: { inject: [], make: () => ({ [institutionRegistered.type]: async (fact, tx) => {
      await tx.query('select 1'); // as any handler must before it acts outside of its transaction
      if (broken) throw new RefusedFact('not understood');
      await tx.execute('insert into heard (fact) values ($1)', [fact.id]);
    } }) },
  }, { database });
}, 60_000);
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});
beforeEach(async () => {
  broken = true;
  await database.query('publication', 'delete from heard');
});
const handled = async () => (await database.query<{ fact: string }>('publication', 'select fact from heard order by seq')).map(({ fact }) => fact);

const [[, sample]] = samplesOf(institutionRegistered.type) as [[string, Fact]];
const registered = (subject: string): Fact => aFact(institutionRegistered, subject, { ...(sample.data as unknown as InstitutionRef), institutionId: subject }, { jurisdiction: '990100' });
/** Facts of one institution that the room could not handle, oldest first, and the entry of the first. */
async function parked(...facts: Fact[]): Promise<string> {
  for (const fact of facts) await room.app.get(FactConsumer).hear({ topic: 'qualification', key: fact.subject, value: JSON.stringify(fact), heartbeat: async () => undefined });
  return (await listed()).find(({ factId }) => factId === facts[0]!.id)!.id;
}
const listed = async () => (await room.call(operations.listParked, { as: operator, query: { limit: 500 } })).body.items;
const waiting = async (subject: string) => (await listed()).filter(({ key }) => key === subject).map(({ factId, attempts }) => [factId, attempts]);
const retry = (id: string, more: { as?: typeof operator; body?: object; key?: string } = {}) =>
  room.call(operations.retryParked, { as: operator, params: { room: 'publication', id }, body: { reason: '已更正程序，重试' }, ...more });

describe('a fact that was put aside, tried again by an operator', () => {
  it('is handled with those behind it, and one entry says who ordered it, why, and what came of it', async () => {
    const subject = newId();
    const facts = [registered(subject), registered(subject)];
    const id = await parked(...facts);
    broken = false;
    expect(await retry(id)).toMatchObject({ status: 201, body: { handled: 2, left: 0, reason: null } });
    expect(await handled()).toEqual(facts.map((fact) => fact.id));
    expect(await waiting(subject)).toEqual([]);
    const entries = (await room.audit(subject)).filter(({ action }) => action === 'parked fact retried');
    expect(entries).toMatchObject([{ actor: 'operator:operator-990000@990000', detail: { topic: 'qualification', handled: facts.map((fact) => fact.id), failed: null, left: 0 } }]);
    const [kept] = await room.dataSource.query<{ body: string }[]>('select body from kept_text where commitment = $1', [entries[0]!.detail['reason']]);
    expect(kept?.body).toBe('已更正程序，重试');
  });

  it('that fails again stays with what lies behind it; the entry says so', async () => {
    const subject = newId();
    const facts = [registered(subject), registered(subject)];
    const id = await parked(...facts);
    expect(await retry(id)).toMatchObject({ status: 201, body: { handled: 0, left: 2, reason: 'not understood' } });
    expect(await waiting(subject)).toEqual([[facts[0]!.id, 2], [facts[1]!.id, 0]]);
    expect((await room.audit(subject)).at(-1)).toMatchObject({ action: 'parked fact retried', detail: { handled: [], failed: facts[0]!.id, left: 2 } });
  });

  it('the same order sent twice is one order', async () => {
    const subject = newId();
    const id = await parked(registered(subject));
    broken = false;
    const key = newId();
    const [first, second] = [await retry(id, { key }), await retry(id, { key })];
    expect(second.body).toEqual(first.body);
    expect(await room.audit(subject)).toHaveLength(1);
    expect(await retry(id, { key, body: { reason: '另一理由' } })).toMatchObject({ status: 422, problem: { code: 'key-reused' } });
  });

  it('without its entry nothing is taken out of the parking place', async () => {
    const subject = newId();
    const id = await parked(registered(subject));
    broken = false;
    await database.query('publication', 'revoke insert on command_entry from publication_app');
    expect((await retry(id)).status).toBe(500);
    await database.query('publication', 'grant insert on command_entry to publication_app');
    expect(await waiting(subject)).toHaveLength(1);
    expect(await retry(id)).toMatchObject({ body: { handled: 1, left: 0 } });
    expect(await handled()).toHaveLength(1); // by its own key, once
  });

  it.each<[string, object, number]>([['without a reason', {}, 400], ['with an empty one', { reason: ' ' }, 400], ['with a field nobody knows', { reason: '重试', force: true }, 400]])('%s it is refused, and nothing is tried', async (_, body, status) => {
    const subject = newId();
    const id = await parked(registered(subject));
    broken = false;
    expect(await retry(id, { body })).toMatchObject({ status, problem: { code: 'bad-input', title: expect.stringMatching(/[\u4e00-\u9fff]/) } });
    expect([await handled(), await waiting(subject), await room.audit(subject)]).toEqual([[], [[expect.any(String), 1]], []]);
  });

  it('is the operator’s to order: an auditor reads only; what is not there is not found', async () => {
    const subject = newId();
    const id = await parked(registered(subject));
    expect((await retry(id, { as: aPrincipal('auditor', '990000') })).status).toBe(403);
    expect((await retry(newId())).status).toBe(404);
    expect((await retry('f2')).status).toBe(404);
    expect(await room.audit(subject)).toEqual([]);
  });
});
