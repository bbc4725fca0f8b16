import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Relay } from '@zhijian/messaging';
import { dataSourceFor, UnitOfWork, urlFor, type Sender } from '@zhijian/persistence';
import { eventually, fixedClock, testDatabase, type TestDatabase } from '@zhijian/testing';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { brokers, chance, newTopic, readTopic, rowCounted, seed } from './trial-facts.js';

const writers = 16;
const commands = 4000;
const rows = 40;

let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await testDatabase();
  dataSource = await dataSourceFor({ url: database.url, schema: 'inspection', poolSize: writers }).initialize();
  await database.query('inspection', 'create table counted (id text primary key, n int not null)');
  await database.query('inspection', 'grant select, insert, update on counted to inspection_app');
  await database.query('inspection', `insert into counted select 'row-' || i, 0 from generate_series(0, ${rows - 1}) i`);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

interface Sent { statements: { text: string; values: unknown[] }[]; answered: Promise<unknown[]>; resolve(answers: unknown[]): void; reject(error: Error): void }

/** COMMIT travels with what is written before it; now and then it comes late here, after the rows have their numbers. */
function delayCommits(random: () => number, share: number): () => void {
  const { query } = pg.Client.prototype as unknown as { query: (this: unknown, what: unknown, ...rest: unknown[]) => unknown };
  const late = function late(this: unknown, batch: Sent, ...rest: unknown[]): unknown {
    const { statements } = batch;
    const at = Array.isArray(statements) ? statements.findLastIndex(({ text }) => text === 'COMMIT') : -1; // behind it goes what the relay reads
    if (at < 1 || random() >= share) return query.call(this, batch, ...rest);
    const part = (some: Sent['statements']): Sent => new (batch.constructor as new (statements: Sent['statements']) => Sent)(some);
    const [before, commit] = [part(statements.slice(0, at)), part(statements.slice(at))];
    query.call(this, before);
    const whole = async (): Promise<unknown[]> => {
      const answers = await before.answered;
      await new Promise((resolve) => setTimeout(resolve, random() * 15));
      query.call(this, commit);
      return [...answers, ...(await commit.answered)];
    };
    whole().then((answers) => batch.resolve(answers), (error: Error) => batch.reject(error));
    return batch;
  };
  Object.assign(pg.Client.prototype, { query: late });
  return () => void Object.assign(pg.Client.prototype, { query });
}

describe('the relay', () => {
  it(`loses none of ${commands} facts of ${writers} writers whose commits come late, and keeps the order of each row`, async () => {
    const random = chance(seed);
    const inTime = delayCommits(random, 0.3);
    const topic = await newTopic();
    const relays = [0, 1].map(() => new Relay({ url: urlFor('inspection_app', database.url), schema: 'inspection', brokers: brokers(), topic }));
    const either = () => relays[Math.floor(random() * 2)]!; // one of them leads, one passes it on
    const uow = new UnitOfWork(dataSource, fixedClock(), { announce: () => either().announce(), next: () => either().next() });
    relays.forEach((relay) => relay.start());
    let left = commands;
    const write = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const row = `row-${Math.floor(random() * rows)}`;
        await uow.run({ actor: 'operator:trial', jurisdiction: '990100', cause: 'http/trial' }, async (tx) => {
          const [changed] = await tx.query<{ n: number }>('update counted set n = n + 1 where id = $1 returning n', [row]);
          tx.fact(rowCounted, row, { n: changed!.n });
        });
      }
    };
    await Promise.all(Array.from({ length: writers }, write)).finally(inTime);
    await eventually('everything is sent', async () => (await database.query<{ n: string }>('inspection', 'select count(*) as n from outbox where published_at is null'))[0]!.n === '0', 30_000);
    await Promise.all(relays.map((relay) => relay.stop()));

    const facts = await readTopic(topic, commands);
    const stated = await database.query<{ id: string }>('inspection', 'select id from outbox');
    expect(stated).toHaveLength(commands);
    expect(new Set(facts.map((fact) => fact.id))).toEqual(new Set(stated.map(({ id }) => id)));
    expect(facts).toHaveLength(commands);
    const last = new Map<string, number>();
    const overtaken = facts.filter(({ subject, data: { n } }) => {
      const before = last.get(subject) ?? 0;
      last.set(subject, n);
      return n !== before + 1;
    });
    expect(overtaken).toEqual([]);
  }, 120_000);

  it('sends at once what is announced to it, also where another leads', async () => {
    const topic = await newTopic();
    const relays = [0, 1].map(() => new Relay({ url: urlFor('inspection_app', database.url), schema: 'inspection', brokers: brokers(), topic }));
    const [first, second] = [relays[0]!, relays[1]!];
    const state = (n: number, sender: Sender) => new UnitOfWork(dataSource, fixedClock(), sender)
      .run({ actor: 'operator:trial', jurisdiction: '990100', cause: 'http/trial' }, async (tx) => void tx.fact(rowCounted, 'row-1', { n }));
    const { loop } = first as unknown as { loop: { pause(milliseconds: number): Promise<void>; awaken: () => void } };
    const poll = jest.spyOn(loop, 'pause');
    try {
      first.start();
      await state(1, { announce: () => undefined, next: () => null });
      await readTopic(topic, 1, 10_000);
      second.start();
      const relayConnections = async () => Number((await database.query<{ n: string }>('inspection', `select count(*) as n from pg_stat_activity where application_name = 'relay-inspection' and datname = current_database()`))[0]!.n);
      await eventually('both are connected', async () => (await relayConnections()) === 2, 10_000);
      poll.mockImplementation((milliseconds) => new Promise((resolve) => { // without its poll, as long as nothing wakes it
        loop.awaken = () => resolve();
        if (milliseconds > 500) resolve();
      }));
      await eventually('the poll is off', () => poll.mock.results.length > 0, 5000);
      await state(2, first);
      await state(3, second);
      expect((await readTopic(topic, 3, 20_000)).map(({ data }) => data.n)).toEqual([1, 2, 3]);
    } finally {
      poll.mockRestore();
      await Promise.all(relays.map((relay) => relay.stop()));
    }
  }, 60_000);

  it('is brought by the commit that ends its rest what it sends first, unless somebody woke it meanwhile', async () => {
    const topic = await newTopic();
    const relay = new Relay({ url: urlFor('inspection_app', database.url), schema: 'inspection', brokers: brokers(), topic });
    const inner = relay as unknown as { resting: boolean; turn(client: unknown, acknowledged: string[], underWay: string[] | null): Promise<unknown> };
    const turns = jest.spyOn(inner, 'turn');
    const reads = () => turns.mock.calls.filter(([, , underWay]) => underWay).length;
    const resting = () => eventually('the relay rests', () => inner.resting, 10_000);
    const uow = new UnitOfWork(dataSource, fixedClock(), relay);
    const state = (n: number, meanwhile = (): void => undefined) => uow.run({ actor: 'operator:trial', jurisdiction: '990100', cause: 'http/trial' }, async (tx) => {
      tx.fact(rowCounted, 'row-2', { n });
      if (n < 0) throw new Error('not to be committed');
      meanwhile();
    });
    relay.start();
    try {
      await resting();
      const before = reads();
      await state(1);
      await readTopic(topic, 1);
      expect(reads()).toBe(before);
      await resting();
      await expect(state(-1)).rejects.toThrow('not to be committed');
      const next = relay.next.bind(relay);
      jest.spyOn(relay, 'next').mockImplementationOnce(() => { const brought = next(); relay.announce(); return brought; });
      await state(2);
      await resting();
      await state(3);
      expect((await readTopic(topic, 3)).map(({ data }) => data.n)).toEqual([1, 2, 3]);
      await eventually('all are marked', async () => (await database.query<{ n: string }>('inspection', 'select count(*) as n from outbox where published_at is null'))[0]!.n === '0');
    } finally {
      await relay.stop();
    }
  }, 60_000);

  it('is followed by another at once when its connection is cut off', async () => {
    const topic = await newTopic();
    const uow = new UnitOfWork(dataSource, fixedClock());
    const relays = [0, 1].map(() => new Relay({ url: urlFor('inspection_app', database.url), schema: 'inspection', brokers: brokers(), topic }));
    relays.forEach((relay) => relay.start());
    const state = (n: number) => uow.run({ actor: 'operator:trial', jurisdiction: '990100', cause: 'http/trial' }, async (tx) => void tx.fact(rowCounted, 'row-0', { n }));
    try {
      await state(1);
      await readTopic(topic, 1);
      const holder = `select pid from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`;
      const [leader] = await eventually('a relay leads', async () => {
        const found = await database.query<{ pid: number }>('inspection', holder);
        return found.length > 0 && found;
      });
      await database.query('inspection', 'select pg_terminate_backend($1)', [leader!.pid]);
      await state(2);
      const facts = await readTopic(topic, 2, 10_000);
      expect(facts.map(({ data }) => data.n)).toEqual([1, 2]);
    } finally {
      await Promise.all(relays.map((relay) => relay.stop()));
    }
  }, 60_000);
});
