import type { DataSource } from 'typeorm';
import type { Connection } from './batch.js';
import type { Sender } from './sender.js';
import { plainRunner } from './data-source.js';
import { Transaction } from './transaction.js';
import type { Caller, Tx } from './tx.js';

/** PostgreSQL: serialization failure, deadlock: nothing was committed, trying again is safe. */
const again = new Set(['40001', '40P01']);

export class UnitOfWork {
  private readonly textsHere = new Set<string>();

  /** @param sender this process's relay: what was committed is to be sent; without one the commit itself says so, by NOTIFY */
  constructor(private readonly dataSource: DataSource, private readonly clock: { now(): string }, private readonly sender?: Sender) {}

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
    const runner = plainRunner(this.dataSource);
    const tx = new Transaction(runner, (await runner.connect()) as Connection, by, this.clock.now(), this.sender, (this.dataSource.options as { schema?: string }).schema ?? '', this.textsHere);
    try {
      const result = await this.tried(tx, work);
      if ('done' in result) return result.done;
      const before = await tx.undo();
      if (before) return before.answer as T;
      if ('error' in result) throw result.error;
      return result.refused;
    } finally {
      await runner.release();
    }
  }

  private async tried<T>(tx: Transaction, work: (tx: Tx) => Promise<T>): Promise<{ done: T } | { refused: T } | { error: unknown }> {
    try {
      const result = await work(tx);
      if (isRefusal(result)) return { refused: result };
      await tx.commit(result);
      return { done: result };
    } catch (error) {
      return { error };
    }
  }
}

const isRefusal = (result: unknown): boolean => typeof result === 'object' && result !== null && (result as { ok?: unknown }).ok === false;
