import type { Certificate, CertificateDraft, WorkflowStep } from '@zhijian/audit';
import type { Actor, Fact, FactKind, PolicyRef } from '@zhijian/contracts';
import type { Scope } from './scope.js';
import type { EntityManager, EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';

/** Who acts, where, and why; `once` makes a repetition answer what the first call answered. */
export interface Caller {
  actor: Actor;
  jurisdiction: string;
  /** What brought this about: a request, a fact, a workflow step. */
  cause: string;
  /** The workflow step that acts, where one does. */
  workflow?: WorkflowStep;
  /** Whose rows it may see and change; the scope it is asked in, when left out. */
  scope?: Scope;
  once?: { key: string; body?: unknown };
  /** What the caller wrote freely: facts, entries and certificates get a commitment in its place. */
  texts?: readonly string[];
  /** In which fields: there even what looks like a code is theirs. */
  names?: readonly string[];
  /** What the caller wrote for everybody to read: it stands as it is, whatever of it was written elsewhere too. */
  open?: readonly string[];
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
  /**
   * A write whose count nobody asks for: it travels with what is sent next, at the latest with the commit, which an error
   * of it prevents.
   */
  write(sql: string, parameters?: unknown[]): void;
  /** States a fact; it is sent after the commit, never without it. */
  fact<T>(kind: FactKind<T>, subject: string, data: T, jurisdiction?: string): Fact<T>;
  /** Leaves an entry in the audit trail, of the caller's place unless another is named. */
  note(action: string, subject: string, policy?: PolicyRef | null, detail?: Record<string, unknown>, jurisdiction?: string): void;
  /** Words somebody wrote freely earlier, read from a row and about to be stated: they too leave as commitments only. */
  withhold(texts: readonly string[]): void;
  /** Certifies a decision: it is committed with the rows it decides and hashed into the command's entry. */
  certify(draft: CertificateDraft): Certificate;
  /** Changes one row if nobody changed it meanwhile. @throws StaleWrite */
  update<E extends ObjectLiteral & { version: number }>(entity: EntityTarget<E>, where: { id: string; version: number }, change: QueryDeepPartialEntity<E>): Promise<void>;
}
