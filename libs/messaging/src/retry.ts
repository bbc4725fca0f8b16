import type { Fact } from '@zhijian/contracts';
import type { Caller, Tx, UnitOfWork } from '@zhijian/persistence';
import type { DataSource } from 'typeorm';
import { parse } from './parse.js';
import { subjectLock } from './parking.js';

interface Head { id: string; topic: string; key: string }
interface Waiting { id: string; seq: string; factId: string | null; body: string }
/** How many facts have left the parking place, how many stay, and why it stopped if it did. */
export interface Retried { handled: number; left: number; reason: string | null }
/** What has come of the facts so far, oldest first. */
interface Tried { handled: Waiting[]; failed: { fact: Waiting; reason: string } | null }

/** Facts put aside, tried again by somebody's order. */
export class Retry {
  constructor(private readonly dataSource: DataSource, private readonly uow: UnitOfWork, private readonly handle: (fact: Fact) => Promise<void>) {}

  /**
   * Tries the parked facts of a subject again, oldest first, until one fails or none waits. Each is handled in its own
   * transaction, once; what came of it is one command of whoever ordered it: the places left free, the entry with why, and
   * the answer commit together. A death before that leaves facts that are handled and still parked: the next try finds
   * them handled.
   * @param id any of the subject's entries
   * @param why as the operator wrote it
   * @returns null when there is no such entry
   */
  async order(id: string, by: Caller, why: string): Promise<Retried | null> {
    const [head] = await this.dataSource.query<Head[]>('select id, topic, key from parked where id = $1', [id]);
    if (!head) return null;
    const tried: Tried = { handled: [], failed: null };
    for (;;) {
      await this.goOn(head, tried);
      const done = await this.uow.run({ ...by, lock: subjectLock(head.topic, head.key) }, (tx) => this.kept(tx, head, tried, why));
      if (!('ok' in done)) return done;
    }
  }

  private async goOn(head: Head, tried: Tried): Promise<void> {
    for (;;) {
      const [next] = await this.dataSource.query<Waiting[]>(`select id, seq, fact_id as "factId", body from parked where topic = $1 and key = $2 and state = 'parked' and seq > $3 order by seq limit 1`, [head.topic, head.key, tried.handled.at(-1)?.seq ?? 0]);
      if (!next) return;
      const reason = await this.once(next);
      if (reason !== null) {
        tried.failed = { fact: next, reason };
        return;
      }
      tried.handled.push(next);
    }
  }

  private async once({ body }: Waiting): Promise<string | null> {
    const read = parse(body);
    if (!read.ok) return read.reason;
    try {
      await this.handle(read.fact);
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Refused, and therefore undone, when another fact was put behind them meanwhile: it is tried too. */
  private async kept(tx: Tx, { id, topic, key }: Head, { handled, failed }: Tried, why: string): Promise<Retried | { ok: false }> {
    const ids = handled.map((one) => one.id);
    const [{ left }] = (await tx.query<{ left: number }>(`select count(*)::int as left from parked where topic = $1 and key = $2 and state = 'parked' and id <> all($3::uuid[])`, [topic, key, ids])) as [{ left: number }];
    if (left > 0 && !failed) return { ok: false };
    const done = await tx.execute(`update parked set state = 'done', done_at = $2 where id = any($1::uuid[]) and state = 'parked'`, [ids, tx.now]);
    if (failed) tx.write(`update parked set attempts = attempts + 1, reason = $2 where id = $1 and state = 'parked'`, [failed.fact.id, failed.reason]);
    const named = (fact: Waiting): string => fact.factId ?? fact.id;
    tx.note('parked fact retried', key || id, null, { topic, handled: handled.map(named), failed: failed && named(failed.fact), left, reason: why });
    return { handled: done, left, reason: failed?.reason ?? null };
  }
}
