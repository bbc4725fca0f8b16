import { createHash } from 'node:crypto';
import { envelop, newId, type Actor, type Fact, type FactKind, type PolicyRef } from '@zhijian/contracts';
import type { DataSource, EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import { KeyReused, StaleWrite } from './conflict.js';
import { prepared, type Connection } from './prepared.js';

/** Who acts, where, and why; `once` makes a repetition answer what the first call answered. */
export interface Caller {
  actor: Actor;
  jurisdiction: string;
  /** What brought this about: a request, a fact, a workflow step. */
  cause: string;
  once?: { key: string; body?: unknown };
  /** Transactions that name the same subject come one after the other. */
  lock?: string;
}

/** What a transaction may do beside reading and writing its own rows. */
export interface Tx {
  readonly manager: EntityManager;
  readonly by: Caller;
  /** The (possibly demonstrated) time of this transaction, ISO with +08:00. */
  readonly now: string;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Answers how many rows were changed. */
  execute(sql: string, parameters?: unknown[]): Promise<number>;
  /** States a fact; it is sent after the commit, never without it. */
  fact<T>(kind: FactKind<T>, subject: string, data: T, jurisdiction?: string): Fact<T>;
  /** Leaves an entry in the audit trail. */
  note(action: string, subject: string, policy?: PolicyRef | null, detail?: Record<string, unknown>): void;
  /** Changes one row if nobody changed it meanwhile. @throws StaleWrite */
  update<E extends ObjectLiteral & { version: number }>(entity: EntityTarget<E>, where: { id: string; version: number }, change: QueryDeepPartialEntity<E>): Promise<void>;
}

const enter = `with taken as (
    insert into handled (key, body_hash, at) select $3::text, $4::text, $5::timestamptz where $3::text is not null on conflict do nothing returning key)
  select set_config('app.actor', $1, true), set_config('app.jurisdiction', $2, true),
    case when $6::text is not null then pg_advisory_xact_lock(hashtextextended($6::text, 0)) end, (select key from taken) as key`;

const leave = `with facts as (
    insert into outbox (id, type, key, body) select id, type, key, body from jsonb_to_recordset($1::jsonb) as f(id uuid, type text, key text, body text)),
  notes as (
    insert into audit_entry (id, at, actor, action, subject, jurisdiction, cause, policy, detail)
    select id, at, actor, action, subject, jurisdiction, cause, policy, detail from jsonb_to_recordset($2::jsonb)
      as n(id uuid, at timestamptz, actor text, action text, subject text, jurisdiction text, cause text, policy jsonb, detail jsonb)),
  answer as (update handled set response = $3::jsonb where key = $4)
  select case when $5 then pg_notify('outbox_' || current_schema(), '') end`;

/** PostgreSQL: serialization failure, deadlock: nothing was committed, trying again is safe. */
const again = new Set(['40001', '40P01']);

export class UnitOfWork {
  constructor(private readonly dataSource: DataSource, private readonly clock: { now(): string }) {}

  /**
   * The one write path: row, fact, audit entry and key commit together or not at all.
   * A result `{ ok: false }` (a refusal) rolls back and is returned.
   * @throws KeyReused when the key was used with another body; StaleWrite from a guarded update.
   */
  async run<T>(by: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.once(by, work);
      } catch (error) {
        if (tries >= 5 || !again.has((error as { code?: string }).code ?? '')) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * tries));
      }
    }
  }

  private async once<T>(by: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const connection = (await runner.connect()) as Connection;
    try {
      await connection.query('BEGIN');
      const now = this.clock.now();
      const key = by.once?.key ?? null;
      const hash = by.once?.body === undefined ? null : createHash('sha256').update(JSON.stringify(by.once.body)).digest('hex');
      const { rows: taken } = await connection.query(prepared(enter, [by.actor, by.jurisdiction, key, hash, now, by.lock ?? null]));
      if (key && (taken[0] as { key: string | null }).key === null) {
        const stored = await storedAnswer(connection, key, hash);
        await connection.query('ROLLBACK');
        return stored as T;
      }
      const tx = new Transaction(runner.manager, connection, by, now);
      const result = await work(tx);
      if (isRefusal(result)) {
        await connection.query('ROLLBACK');
        return result;
      }
      await tx.flush(key, result);
      await connection.query('COMMIT');
      return result;
    } catch (error) {
      await connection.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

const isRefusal = (result: unknown): boolean => typeof result === 'object' && result !== null && (result as { ok?: unknown }).ok === false;

async function storedAnswer(connection: Connection, key: string, hash: string | null): Promise<unknown> {
  const { rows } = await connection.query(prepared('select body_hash, response from handled where key = $1', [key]));
  const row = rows[0] as { body_hash: string | null; response: unknown } | undefined;
  if (row && row.body_hash !== hash) throw new KeyReused(key);
  return row?.response ?? undefined;
}

class Transaction implements Tx {
  private readonly facts: { id: string; type: string; key: string; body: string }[] = [];
  private readonly notes: Record<string, unknown>[] = [];

  constructor(readonly manager: EntityManager, private readonly connection: Connection, readonly by: Caller, readonly now: string) {}

  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.connection.query(prepared(sql, parameters))).rows as Row[];
  }

  async execute(sql: string, parameters: unknown[] = []): Promise<number> {
    return (await this.connection.query(prepared(sql, parameters))).rowCount ?? 0;
  }

  fact<T>(kind: FactKind<T>, subject: string, data: T, jurisdiction = this.by.jurisdiction): Fact<T> {
    const fact = envelop(kind, subject, data, { actor: this.by.actor, cause: this.by.cause, jurisdiction, time: this.now });
    this.facts.push({ id: fact.id, type: fact.type, key: subject, body: JSON.stringify(fact) });
    return fact;
  }

  note(action: string, subject: string, policy: PolicyRef | null = null, detail: Record<string, unknown> = {}): void {
    const { actor, jurisdiction, cause } = this.by;
    this.notes.push({ id: newId(), at: this.now, actor, action, subject, jurisdiction, cause, policy, detail });
  }

  async update<E extends ObjectLiteral & { version: number }>(entity: EntityTarget<E>, where: { id: string; version: number }, change: QueryDeepPartialEntity<E>): Promise<void> {
    const done = await this.manager.update(entity, where, { ...change, version: where.version + 1 });
    if (done.affected !== 1) throw new StaleWrite();
  }

  async flush(key: string | null, result: unknown): Promise<void> {
    if (!key && !this.facts.length && !this.notes.length) return;
    await this.connection.query(prepared(leave, [JSON.stringify(this.facts), JSON.stringify(this.notes), JSON.stringify(result ?? null), key, this.facts.length > 0]));
  }
}
