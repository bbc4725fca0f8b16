import { newId } from '@zhijian/contracts';
import type { DataSource, EntityManager } from 'typeorm';

export interface Parked { id: string; topic: string; key: string; factId: string | null; type: string | null; reason: string; attempts: number; parkedAt: string }

type Entry = Omit<Parked, 'id' | 'parkedAt'> & { body: string };

const insert = (manager: EntityManager, entry: Entry, at: string): Promise<unknown> => manager.query(
  `insert into parked (id, topic, key, fact_id, type, body, reason, attempts, parked_at)
   select $1, $2, $3, $4, $5, $6, $7, $8, $9
    where not exists (select 1 from parked where topic = $2 and key = $3 and state = 'parked' and body = $6)`,
  [newId(), entry.topic, entry.key, entry.factId, entry.type, entry.body, entry.reason, entry.attempts, at]);

/** By this name queueing behind a subject's facts and taking its last one out exclude each other. */
export const subjectLock = (topic: string, key: string): string => `parked/${topic}/${key}`;

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

  /** One after the other of a subject: nothing is left behind unseen. */
  private alone<T>(topic: string, key: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [subjectLock(topic, key)]);
      return work(manager);
    });
  }

  list(limit: number, after: string | null): Promise<Parked[]> {
    return this.dataSource.query(
      `select id, topic, key, fact_id as "factId", type, reason, attempts, parked_at as "parkedAt" from parked
        where state = 'parked' and ($2::uuid is null or id > $2::uuid) order by id limit $1`, [limit, after]);
  }
}
