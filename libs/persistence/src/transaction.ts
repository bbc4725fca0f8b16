import { canonicalJson, certificateBody, commit, entryBody, holdOf, leafHash, likeCode, saidUnder, sha256, withheld, type Certificate, type CertificateDraft, type Note } from '@zhijian/audit';
import { envelop, newId, type Fact, type FactKind, type PolicyRef } from '@zhijian/contracts';
import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity, QueryRunner } from 'typeorm';
import { send, type Answer, type Connection } from './batch.js';
import { KeyReused, StaleWrite } from './conflict.js';
import { prepared, type Statement } from './prepared.js';
import { commanding, currentScope, valuesOf } from './scope.js';
import { bodyHashes, sealOf } from './seal.js';
import type { Sender } from './sender.js';
import type { Caller, Tx } from './tx.js';

/** Behind BEGIN: the row-security context (the connection's own where the caller has none), and the lock that was asked for. */
const enter = `select set_config('app.actor', $1, true), set_config('app.jurisdiction', $2, true), set_config('app.command', case when $8::boolean then '' else 'on' end, true),
    set_config('app.reach', coalesce($4, current_setting('app.reach', true), ''), true), set_config('app.places', coalesce($5, ''), true),
    set_config('app.bodies', coalesce($6, ''), true), set_config('app.located', coalesce($7, ''), true),
    case when $3::text is not null then pg_advisory_xact_lock(hashtextextended($3::text, 0)) end`;

const parts = `facts as (
    insert into outbox (id, type, key, body) select id, type, key, body from jsonb_to_recordset($1::jsonb) as f(id uuid, type text, key text, body text)),
  entry as (insert into command_entry (id, at, body, leaf, seal) select $2::uuid, $7::timestamptz, $8::text, $9::bytea, $10::bytea where $2::uuid is not null),
  answer as (insert into handled (key, body_hash, response, at) select $4::text, $6::text, $3::jsonb, $7::timestamptz where $4::text is not null)`;
/** Certificates, and the texts of their rules that are not here yet. */
const certified = `texts as (insert into rule_text (sha256, body) select sha256, body from jsonb_to_recordset($12::jsonb) as t(sha256 text, body text) on conflict do nothing),
  certificates as (
    insert into certificate (id, kind, subject, about, jurisdiction, at, sha256, body, entry)
    select id, kind, subject, coalesce(about, '{}'), jurisdiction, at, sha256, body, $2::uuid
      from jsonb_to_recordset($11::jsonb) as c(id uuid, kind text, subject text, about text[], jurisdiction text, at timestamptz, sha256 text, body text))`;
/** Words that somebody wrote freely, under their commitments; four parameters from the `first` on. */
const kept = (first: number) => `words as (
    insert into kept_text (commitment, salt, body, subject, jurisdiction, actor, kept_at, hold_until, hold_basis, names, rest)
    select commitment, decode(salt, 'hex'), text, subject, jurisdiction, $${first + 1}, $7::timestamptz, $${first + 2}::date, $${first + 3}, names, coalesce(rest, false)
      from jsonb_to_recordset($${first}::jsonb) as k(commitment text, salt text, text text, subject text, jurisdiction text, rest boolean, names text[])
    on conflict do nothing)`;
const told = `select case when $5 then pg_notify('outbox_' || current_schema(), '') end`;
/** What a command leaves, in one statement; one text for each kind of command, for each connection plans a text once. */
const leaving = {
  plain: `with ${parts} ${told}`,
  certified: `with ${certified}, ${parts} ${told}`,
  kept: `with ${kept(11)}, ${parts} ${told}`,
  'certified and kept': `with ${certified}, ${kept(13)}, ${parts} ${told}`,
};

const stored = 'select body_hash, response from handled where key = $1';

const texts = new WeakMap<object, { sha256: string; body: string }>();
/** A rule's text in canonical form; one that is handed in again and again is written out once. */
function hashed(text: unknown): { sha256: string; body: string } {
  const known = typeof text === 'object' && text !== null ? texts.get(text) : undefined;
  if (known) return known;
  const body = canonicalJson(text);
  const made = { sha256: sha256(body), body };
  if (typeof text === 'object' && text !== null) texts.set(text, made);
  return made;
}

/**
 * One transaction. BEGIN travels with the first statement of the work, what it only writes with the next one, and facts,
 * entries, the key and its answer with COMMIT: a command that reads once and then writes takes two round trips.
 *
 * The key is taken last. Where it had been taken before, the work comes to a refusal, an error or at the latest to the
 * key's own conflict; whichever it is, it is rolled back and what was answered then is the answer.
 */
export class Transaction implements Tx {
  private readonly facts: { id: string; type: string; key: string; body: string }[] = [];
  private readonly notes: Note[] = [];
  private readonly certificates: { id: string; kind: string; subject: string; about?: readonly string[]; jurisdiction: string; at: string; sha256: string; body: string }[] = [];
  private readonly ruleTexts = new Map<string, string>();
  private texts: readonly string[];
  private readonly kept = new Map<string, { commitment: string; salt: Buffer; text: string; subject: string; jurisdiction: string; /** Stands in nothing that was stated. */ rest?: boolean }>();
  private readonly key: string | null;
  private readonly hashes: readonly (string | null)[];
  private begun = false;
  private waiting: Statement[] = [];
  private typed: EntityManager | undefined;

  /**
   * @param sender is told of facts that were committed; without one the commit itself says (NOTIFY) that they have come
   * @param room its schema
   * @param textsHere texts of rules that stand in this database for certain, by their hash; they are never taken out
   */
  constructor(private readonly runner: QueryRunner, private readonly connection: Connection, readonly by: Caller, readonly now: string, private readonly sender: Sender | undefined, private readonly room: string, private readonly textsHere: Set<string>) {
    this.texts = by.texts ?? [];
    this.key = by.once?.key ?? null;
    this.hashes = by.once?.body === undefined ? [null] : bodyHashes(by.once.body);
  }

  /** TypeORM's statements go out when nothing is waiting any more. */
  get manager(): EntityManager {
    if (this.typed) return this.typed;
    const query = this.runner.query.bind(this.runner) as (...given: unknown[]) => Promise<unknown>;
    this.runner.query = (async (...given: unknown[]) => {
      if (!this.begun || this.waiting.length) await this.send([]);
      return query(...given);
    }) as QueryRunner['query'];
    return (this.typed = this.runner.manager);
  }

  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.send([prepared(sql, parameters)])).at(-1)!.rows as Row[];
  }

  async execute(sql: string, parameters: unknown[] = []): Promise<number> {
    return (await this.send([prepared(sql, parameters)])).at(-1)!.rowCount;
  }

  write(sql: string, parameters: unknown[] = []): void {
    this.waiting.push(prepared(sql, parameters));
  }

  fact<T>(kind: FactKind<T>, subject: string, data: T, jurisdiction = this.by.jurisdiction): Fact<T> {
    const fact = envelop(kind, subject, this.stated(data, subject, jurisdiction), { actor: this.by.actor, cause: this.by.cause, jurisdiction, time: this.now });
    this.facts.push({ id: fact.id, type: fact.type, key: subject, body: JSON.stringify(fact) });
    return fact;
  }

  note(action: string, subject: string, policy: PolicyRef | null = null, detail: Record<string, unknown> = {}, jurisdiction = this.by.jurisdiction): void {
    this.notes.push({ action, subject, jurisdiction, policy, detail: this.stated(detail, subject, jurisdiction, true) });
  }

  certify({ rule, jurisdiction = this.by.jurisdiction, determined = true, ...draft }: CertificateDraft): Certificate {
    const said = this.stated({ inputs: draft.inputs, outcome: draft.outcome, reason: draft.reason }, draft.subject, jurisdiction);
    const text = rule && hashed(rule.text);
    const named = rule && text ? { form: rule.form, name: rule.name, sha256: text.sha256 } : null;
    if (text) this.ruleTexts.set(text.sha256, text.body);
    const { actor, cause, workflow = null } = this.by;
    const certificate: Certificate = { ...draft, ...said, id: newId(), jurisdiction, determined, rule: named, inputsSha256: sha256(canonicalJson(said.inputs)), actor, cause, workflow, at: this.now };
    const { id, kind, subject, about, at } = certificate;
    this.certificates.push({ id, kind, subject, ...(about && { about }), jurisdiction, at, ...certificateBody(certificate) });
    return certificate;
  }

  withhold(texts: readonly string[]): void {
    this.texts = [...new Set([...this.texts, ...texts.filter((text) => text.trim())])].sort((a, b) => b.length - a.length);
  }

  /** What leaves this room's rows for good: whatever the caller wrote freely stands in it as a commitment, whose salt and text stay here. */
  private stated<T>(value: T, subject: string, jurisdiction: string, names = false): T {
    return withheld(value, this.texts, (text) => {
      const known = this.kept.get(text) ?? { ...commit(text), subject, jurisdiction };
      if (names) Object.assign(known, { subject, jurisdiction }); // a note is about the matter itself
      this.kept.set(text, known);
      return known.commitment;
    }, this.by);
  }

  /** Words of a command that nothing it states repeats have a commitment as well: what has none cannot be named for erasure. */
  private keepRest(): void {
    const { subject, jurisdiction } = this.notes[0] ?? { subject: this.facts[0]?.key ?? this.by.jurisdiction, jurisdiction: this.by.jurisdiction }; // a draft that is saved states nothing
    for (const text of this.by.texts ?? []) if (text.trim() && !this.kept.has(text)) this.kept.set(text, { ...commit(text), subject, jurisdiction, rest: true });
  }

  /** Parameters of `kept`. */
  private keeping(): unknown[] {
    const { until, basis } = holdOf(this.now);
    const names = [...saidUnder, ...(this.by.names ?? [])].flatMap((name) => [name, name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]); // as fields and as columns
    const rows = [...this.kept.values()].map(({ salt, ...row }) => ({ ...row, salt: salt.toString('hex'), names: likeCode(row.text) ? [...new Set(names)] : null }));
    return [JSON.stringify(rows), this.by.actor, until, basis];
  }

  async update<E extends ObjectLiteral & { version: number }>(entity: EntityTarget<E>, where: { id: string; version: number }, change: QueryDeepPartialEntity<E>): Promise<void> {
    const done = await this.manager.update(entity, where, { ...change, version: where.version + 1 });
    if (done.affected !== 1) throw new StaleWrite();
  }

  /** What still waits, facts, entries, the key's answer and COMMIT in one batch: the first error undoes all of it. */
  async commit(result: unknown): Promise<void> {
    const entry = this.logged();
    this.keepRest();
    const last = this.key !== null || entry || this.kept.size ? [this.leaving(result, entry)] : [];
    if (!this.begun && !this.waiting.length && !last.length) return;
    await this.committed(last);
    if (this.textsHere.size > 10_000) this.textsHere.clear();
    for (const hash of this.ruleTexts.keys()) this.textsHere.add(hash);
  }

  /** The last batch. Behind its COMMIT goes what the sender would read next: its own way to the database and back is saved. */
  private async committed(last: Statement[]): Promise<void> {
    const brought = this.facts.length ? this.sender?.next() : null;
    const statements = [...last, prepared('COMMIT')];
    const answers = await this.send(brought ? [...statements, brought.statement] : statements).catch((error: unknown) => {
      brought?.told(null);
      throw error;
    });
    const read = brought ? answers.pop()!.rows : null;
    if (answers.at(-1)!.command !== 'COMMIT') { brought?.told(null); throw new Error('a statement had failed: nothing was committed'); } // its error was swallowed
    if (brought) brought.told(read);
    else if (this.facts.length) this.sender?.announce();
  }

  private leaving(result: unknown, entry: ReturnType<Transaction['logged']>): Statement {
    const values = [JSON.stringify(this.facts), entry?.id ?? null, JSON.stringify(result ?? null), this.key, !this.sender && this.facts.length > 0, this.hashes[0], this.now, entry?.body ?? null, entry?.leaf ?? null, entry && sealOf(entry.leaf)];
    const words = this.kept.size ? this.keeping() : [];
    if (this.certificates.length === 0) return prepared(words.length ? leaving.kept : leaving.plain, [...values, ...words]);
    const missing = [...this.ruleTexts].filter(([hash]) => !this.textsHere.has(hash)).map(([hash, body]) => ({ sha256: hash, body }));
    return prepared(words.length ? leaving['certified and kept'] : leaving.certified, [...values, JSON.stringify(this.certificates), JSON.stringify(missing), ...words]);
  }

  /** The command's entry: a transaction that notes, states and certifies nothing is no command (a copy taken over from a fact, say). */
  private logged(): { id: string; body: string; leaf: Buffer } | null {
    if (!this.notes.length && !this.facts.length && !this.certificates.length) return null;
    const { actor, jurisdiction, cause, workflow = null } = this.by;
    const id = newId();
    const body = entryBody({
      v: 1, id, room: this.room, at: this.now, actor, jurisdiction, cause, workflow, notes: this.notes,
      facts: this.facts.map((fact) => ({ id: fact.id, type: fact.type, sha256: sha256(fact.body) })),
      certificates: this.certificates.map((certificate) => ({ id: certificate.id, sha256: certificate.sha256 })),
    });
    return { id, body, leaf: leafHash(body) };
  }

  /**
   * Rolls back.
   * @returns what the key answered when it was handled before, if it was
   * @throws KeyReused when that was for another body
   */
  async undo(): Promise<{ answer: unknown } | null> {
    const rollback = this.begun ? [prepared('ROLLBACK')] : [];
    if (this.key === null) {
      if (this.begun) await send(this.connection, rollback).catch(() => undefined); // a lost connection has rolled back
      return null;
    }
    const row = (await send(this.connection, [...rollback, prepared(stored, [this.key])])).at(-1)!.rows[0] as { body_hash: string | null; response: unknown } | undefined;
    if (row && !this.hashes.includes(row.body_hash)) throw new KeyReused(this.key);
    return row ? { answer: row.response ?? undefined } : null;
  }

  /** Everything that waits and then these; before all of it BEGIN and the row-security context. */
  private send(statements: Statement[]): Promise<Answer[]> {
    const all = [...(this.begun ? [] : this.entry()), ...this.waiting, ...statements];
    this.begun = true;
    this.waiting = [];
    return send(this.connection, all);
  }

  private entry(): Statement[] {
    const { actor, jurisdiction, lock, scope = currentScope() } = this.by;
    return [prepared('BEGIN'), prepared(enter, [actor, jurisdiction, lock ?? null, ...(scope ? valuesOf(commanding(scope)) : [null, null, null, null]), scope?.reading ?? false])];
  }
}
