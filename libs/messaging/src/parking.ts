import { newId, type Fact } from '@zhijian/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { parse } from './parse.js';

export interface Parked { id: string; topic: string; key: string; factId: string | null; type: string | null; reason: string; attempts: number; parkedAt: string }

type Entry = Omit<Parked, 'id' | 'parkedAt'> & { body: string };
interface Waiting { id: string; topic: string; key: string; body: string }

const insert = (manager: EntityManager, entry: Entry, at: string): Promise<unknown> => manager.query(
  `insert into parked (id, topic, key, fact_id, type, body, reason, attempts, parked_at)
   select $1, $2, $3, $4, $5, $6, $7, $8, $9
    where not exists (select 1 from parked where topic = $2 and key = $3 and state = 'parked' and body = $6)`,
  [newId(), entry.topic, entry.key, entry.factId, entry.type, entry.body, entry.reason, entry.attempts, at]);

/** Facts put aside with their reason, in the consumer's own schema. Nothing is dropped. */
export class Parking {
  constructor(private readonly dataSource: DataSource, private readonly clock: { now(): string }) {}

  /** The same fact delivered again while it waits is kept once. */
  async park(entry: Entry): Promise<void> {
    await this.alone(entry.topic, entry.key, (manager) => insert(manager, entry, this.clock.now()));
  }

  /** Puts a fact behind an earlier one of its subject. @returns false when none waits any more: then it is to be handled */
  parkBehind(entry: Entry): Promise<boolean> {
    return this.alone(entry.topic, entry.key, async (manager) => {
      const rows = await manager.query<unknown[]>(`select 1 from parked where topic = $1 and key = $2 and state = 'parked' limit 1`, [entry.topic, entry.key]);
      if (rows.length === 0) return false;
      await insert(manager, entry, this.clock.now());
      return true;
    });
  }

  /** Queueing behind a subject's facts and taking its last one out exclude each other: nothing is left behind unseen. */
  private alone<T>(topic: string, key: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`parked/${topic}/${key}`]);
      return work(manager);
    });
  }

  list(limit: number, after: string | null): Promise<Parked[]> {
    return this.dataSource.query(
      `select id, topic, key, fact_id as "factId", type, reason, attempts, parked_at as "parkedAt" from parked
        where state = 'parked' and ($2::uuid is null or id > $2::uuid) order by id limit $1`, [limit, after]);
  }

  /**
   * Tries the subject's parked facts again, oldest first, until one fails.
   * @returns how many were handled, and why it stopped if it did
   */
  async retry(id: string, handle: (fact: Fact) => Promise<void>): Promise<{ handled: number; left: number; reason: string | null } | null> {
    const [head] = await this.dataSource.query<{ topic: string; key: string }[]>('select topic, key from parked where id = $1', [id]);
    if (!head) return null;
    for (let handled = 0; ; handled += 1) {
      const rows = await this.dataSource.query<Waiting[]>(
        `select id, topic, key, body from parked where topic = $1 and key = $2 and state = 'parked' order by seq`, [head.topic, head.key]);
      const [first] = rows;
      if (!first) return { handled, left: 0, reason: null };
      const reason = await this.retryOne(first, handle);
      if (reason) return { handled, left: rows.length, reason };
    }
  }

  private async retryOne(row: Waiting, handle: (fact: Fact) => Promise<void>): Promise<string | null> {
    try {
      const read = parse(row.body);
      if (!read.ok) throw new Error(read.reason);
      await handle(read.fact);
      await this.alone(row.topic, row.key, (manager) => manager.query(`update parked set state = 'done', done_at = $2 where id = $1`, [row.id, this.clock.now()]));
      return null;
    } catch (error) {
      const reason = (error as Error).message;
      await this.dataSource.query('update parked set attempts = attempts + 1, reason = $2 where id = $1', [row.id, reason]);
      return reason;
    }
  }
}
