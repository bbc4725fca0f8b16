import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Parking, Retry, kafkaFor, type Handlers } from '@zhijian/messaging';
import { UnitOfWork } from '@zhijian/persistence';
import { eventually, fixedClock, testDatabase, type TestDatabase } from '@zhijian/testing';
import type { DataSource } from 'typeorm';
import { brokers, chance, counted, full, hear, newTopic, rowCounted, seed, send, type Counted } from './trial-facts.js';

const number = full ? 10_000 : 1000;
const operator = { actor: 'operator:trial', jurisdiction: '990100', cause: 'http/trial' };
let database: TestDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await testDatabase();
  for (const room of ['inspection', 'publication']) {
    await database.query(room, 'create table copied (id text primary key, times int not null, last int not null, chain text not null)');
    await database.query(room, `grant select, insert, update on copied to ${room}_app`);
  }
  dataSource = await database.dataSource('inspection');
});
afterAll(() => database?.drop());

/** Keeps of each row how often it changed, the last change, and a digest over all of them in order. */
const copying: Handlers = {
  [rowCounted.type]: (fact, tx) => {
    const { subject, data: { n } } = fact as Counted;
    return tx.execute(
      `insert into copied (id, times, last, chain) values ($1, 1, $2::int, md5($2::int::text))
       on conflict (id) do update set times = copied.times + 1, last = excluded.last, chain = md5(copied.chain || excluded.last::text)`, [subject, n]);
  },
};

const stateOf = (room: string) => database.query(room, 'select * from copied order by id');
const heardAll = (room: string, wanted: number) =>
  eventually(`${wanted} facts heard`, async () => Number((await database.query<{ n: string }>(room, 'select coalesce(sum(times), 0) as n from copied'))[0]!.n) >= wanted, full ? 120_000 : 40_000);

/** Facts of 50 rows in order, a fifth of them delivered again at some later place, subjects mixed. */
function disturbed(random: () => number): { clean: Counted[]; delivered: Counted[] } {
  const clean = Array.from({ length: number }, (_, i) => counted(`row-${i % 50}`, Math.floor(i / 50) + 1));
  const perRow = new Map<string, Counted[]>();
  for (const fact of clean) perRow.set(fact.subject, [...(perRow.get(fact.subject) ?? []), fact]);
  for (const facts of perRow.values()) {
    for (const fact of facts.filter(() => random() < 0.2)) facts.splice(facts.indexOf(fact) + 1 + Math.floor(random() * facts.length), 0, fact);
  }
  const delivered: Counted[] = [];
  const queues = [...perRow.values()];
  while (queues.length) {
    const at = Math.floor(random() * queues.length);
    delivered.push(queues[at]!.shift()!);
    if (queues[at]!.length === 0) queues.splice(at, 1);
  }
  return { clean, delivered };
}

describe('a room that hears facts', () => {
  it(`comes to the same state from ${number} facts with a fifth repeated and subjects mixed as from a clean run`, async () => {
    const { clean, delivered } = disturbed(chance(seed));
    expect(delivered.length).toBeGreaterThan(number * 1.15);
    const [tidy, untidy] = [await newTopic(), await newTopic()];
    await Promise.all([send(tidy, clean), send(untidy, delivered)]);
    const from = Date.now();
    const rooms = await Promise.all([hear(untidy, untidy, dataSource, copying), hear(tidy, tidy, await database.dataSource('publication'), copying)]);
    try {
      await Promise.all([heardAll('inspection', number), heardAll('publication', number)]);
      console.log(`seed ${seed}: ${delivered.length} + ${clean.length} deliveries in ${Date.now() - from} ms`);
      await eventually('the last repetition is committed', async () => (await lag(untidy, untidy)) === 0, 30_000);
      expect(await stateOf('inspection')).toEqual(await stateOf('publication'));
    } finally {
      await Promise.all(rooms.map((room) => room.stop()));
    }
  }, 300_000);

  it('does not commit the offset of a fact whose handler met an outage, and sees it again after a restart', async () => {
    const topic = await newTopic();
    const fact = counted('row-of-outage', 1);
    let met = 0;
    const down = await hear(topic, topic, dataSource, { [rowCounted.type]: async () => {
      met += 1;
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    } });
    await send(topic, [fact]);
    await eventually('it was tried more than once', () => met > 1, 15_000);
    await down.stop();
    expect(await lag(topic, topic)).toBe(1);
    expect(await dataSource.query('select 1 from parked where topic = $1', [topic])).toEqual([]);

    const seen: string[] = [];
    const up = await hear(topic, topic, dataSource, { [rowCounted.type]: async (heard) => void seen.push(heard.id) });
    await eventually('it is seen again and committed', async () => seen.length > 0 && (await lag(topic, topic)) === 0, 20_000);
    await up.stop();
    expect(seen).toEqual([fact.id]);
  }, 90_000);

  it('parks one poison fact with its reason while others go on within 5 s, queues its subject behind it, and handles them in order after the fix', async () => {
    const topic = await newTopic();
    let broken = true;
    const seen: string[] = [];
    const room = await hear(topic, topic, dataSource, { [rowCounted.type]: async (fact, tx) => {
      await tx.query('select 1'); // as any handler must before it acts outside of its transaction
      const { subject, data: { n } } = fact as Counted;
      if (broken && subject === 'poisoned' && n === 2) throw new Error('the number two is not understood');
      seen.push(`${subject} ${n}`);
    } });
    const parking = new Parking(dataSource, fixedClock());
    try {
      const others = Array.from({ length: 30 }, (_, i) => counted(`healthy-${i}`, 1));
      await send(topic, [counted('poisoned', 1), counted('poisoned', 2), { key: 'unreadable', value: '{"half' }, ...others, counted('poisoned', 3), counted('poisoned', 4)]);
      await eventually('the others are handled', () => others.every(({ subject }) => seen.includes(`${subject} 1`)), 5000);
      const parked = await eventually('four are parked', async () => {
        const list = (await parking.list(500, null)).filter((entry) => entry.topic === topic);
        return list.length === 4 && list;
      }, 5000);
      expect(parked.filter(({ key }) => key === 'poisoned').map(({ reason, attempts }) => [reason, attempts]).sort()).toEqual(
        [['同一主体的前一事实尚未处理', 0], ['同一主体的前一事实尚未处理', 0], ['the number two is not understood', 3]].sort());
      expect(parked.find(({ key }) => key === 'unreadable')).toMatchObject({ reason: '不是合法的 JSON', factId: null });

      const head = parked.find(({ attempts }) => attempts === 3)!;
      const retry = new Retry(dataSource, new UnitOfWork(dataSource, fixedClock()), (fact) => room.consumer.handle(fact));
      expect(await retry.order(head.id, operator, 'to see whether it works now')).toEqual({ handled: 0, left: 3, reason: 'the number two is not understood' });
      broken = false;
      expect(await retry.order(head.id, operator, 'the number two is understood now')).toEqual({ handled: 3, left: 0, reason: null });
      expect(seen.filter((entry) => entry.startsWith('poisoned'))).toEqual(['poisoned 1', 'poisoned 2', 'poisoned 3', 'poisoned 4']);

      await send(topic, [counted('poisoned', 5)]);
      await eventually('its subject goes on', () => seen.includes('poisoned 5'), 5000);
    } finally {
      await room.stop();
    }
  }, 90_000);

  it('leaves no fact behind one that is being taken out of the parking place', async () => {
    const parking = new Parking(dataSource, fixedClock());
    const handled: number[] = [];
    const entry = (n: number) => {
      const fact = counted('hurried', n);
      return { topic: 'hurried', key: 'hurried', factId: fact.id, type: fact.type, body: JSON.stringify(fact), reason: createHash('sha256').update(String(n)).digest('hex'), attempts: 0 };
    };
    await parking.park(entry(1));
    const [head] = (await parking.list(50, null)).filter(({ key }) => key === 'hurried');
    const arriving = (async () => {
      for (let n = 2; n <= 40; n += 1) if (!(await parking.parkBehind(entry(n)))) handled.push(n);
    })();
    const retrying = new Retry(dataSource, new UnitOfWork(dataSource, fixedClock()), async (fact) => void handled.push((fact as unknown as Counted).data.n)).order(head!.id, operator, 'after the fix');
    await Promise.all([arriving, retrying]);
    const left = (await parking.list(50, null)).filter(({ key }) => key === 'hurried');
    expect({ left, handled }).toEqual({ left: [], handled: Array.from({ length: 40 }, (_, i) => i + 1) });
  }, 30_000);
});

/** How many records of the topic the group has not committed. */
async function lag(topic: string, group: string): Promise<number> {
  const admin = kafkaFor(brokers(), 'trial').admin();
  await admin.connect();
  try {
    const ends = await admin.fetchTopicOffsets(topic);
    const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
    const at = new Map(committed!.partitions.map(({ partition, offset }) => [partition, Math.max(0, Number(offset))]));
    return ends.reduce((sum, { partition, high }) => sum + Number(high) - (at.get(partition) ?? 0), 0);
  } finally {
    await admin.disconnect();
  }
}
