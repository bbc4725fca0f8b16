import { newId, type Fact } from '@zhijian/contracts';
import type { DataSource } from 'typeorm';
import { parse } from './consumer.js';

export interface Parked { id: string; topic: string; key: string; factId: string | null; type: string | null; reason: string; attempts: number; parkedAt: string }

/** Facts put aside with their reason, in the consumer's own schema. Nothing is dropped. */
export class Parking {
  constructor(private readonly dataSource: DataSource, private readonly clock: { now(): string }) {}

  /** Does an earlier fact of this subject still wait? Then later ones queue behind it. */
  async holds(topic: string, key: string): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(`select 1 from parked where topic = $1 and key = $2 and state = 'parked' limit 1`, [topic, key]);
    return rows.length > 0;
  }

  /** The same fact delivered again while it waits is kept once. */
  async park(entry: Omit<Parked, 'id' | 'parkedAt'> & { body: string }): Promise<void> {
    await this.dataSource.query(
      `insert into parked (id, topic, key, fact_id, type, body, reason, attempts, parked_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9
        where not exists (select 1 from parked where topic = $2 and key = $3 and state = 'parked' and body = $6)`,
      [newId(), entry.topic, entry.key, entry.factId, entry.type, entry.body, entry.reason, entry.attempts, this.clock.now()]);
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
    const rows = await this.dataSource.query<{ id: string; body: string }[]>(
      `select id, body from parked where topic = $1 and key = $2 and state = 'parked' order by seq`, [head.topic, head.key]);
    let handled = 0;
    for (const row of rows) {
      const reason = await this.retryOne(row, handle);
      if (reason) return { handled, left: rows.length - handled, reason };
      handled += 1;
    }
    return { handled, left: 0, reason: null };
  }

  private async retryOne(row: { id: string; body: string }, handle: (fact: Fact) => Promise<void>): Promise<string | null> {
    try {
      const read = parse(row.body);
      if (!read.ok) throw new Error(read.reason);
      await handle(read.fact);
      await this.dataSource.query(`update parked set state = 'done', done_at = $2 where id = $1`, [row.id, this.clock.now()]);
      return null;
    } catch (error) {
      const reason = (error as Error).message;
      await this.dataSource.query('update parked set attempts = attempts + 1, reason = $2 where id = $1', [row.id, reason]);
      return reason;
    }
  }
}
