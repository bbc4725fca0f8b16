import type { Frontier, LogKey } from '@zhijian/audit';
import { Loop } from '@zhijian/messaging';
import pg from 'pg';
import type { KeptFile } from './kept-file.js';
import { merge } from './merge.js';
import { LogBroken, rememberedOf, sealedTree, type Remembered } from './sealed-tree.js';

export interface SequencerOptions {
  /** Address for the role `workflows_app`. */
  url: string;
  /** Schemas of the rooms that take part. */
  rooms: readonly string[];
  key: LogKey;
  memory: KeptFile<Remembered>;
  now: () => string;
  /** Milliseconds between two looks; the merge delay is this and the oldest transaction that still runs. */
  every?: number;
  log?: (entry: Record<string, unknown>) => void;
  /** Told when the log is not the one that was signed (each time it is tried again), and when it is again. */
  broken?: (what: LogBroken | null) => void;
}

/** Puts the rooms' entries into the log, one sequencer at a time (advisory lock), until stopped. */
export class Sequencer {
  private readonly loop = new Loop(() => this.turn());
  private failures = 0;

  constructor(private readonly options: SequencerOptions) {}

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async turn(): Promise<void> {
    try {
      await this.lead();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      if (error instanceof LogBroken) this.options.broken?.(error);
      else this.options.log?.({ msg: 'sequencer will try again', error: String(error) });
      await this.loop.pause(error instanceof LogBroken ? 5000 : Math.min(5000, 200 * this.failures));
    }
  }

  private async lead(): Promise<void> {
    const client = new pg.Client({ connectionString: this.options.url, application_name: 'zhijian-log', options: '-c search_path=workflows -c statement_timeout=30000 -c app.reach=all', connectionTimeoutMillis: 5000 });
    let lost: Error | undefined;
    client.on('error', (error) => { lost = error; this.loop.wake(); });
    await client.connect();
    try {
      while (this.loop.running && !(await this.locked(client))) await this.loop.pause(1000);
      if (!this.loop.running) return;
      let frontier = await sealedTree(client, this.options.key, this.options.memory);
      this.options.broken?.(null);
      while (this.loop.running) {
        if (lost) throw lost;
        frontier = await this.step(client, frontier);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async locked(client: pg.Client): Promise<boolean> {
    const { rows: [row] } = await client.query<{ ok: boolean }>(`select pg_try_advisory_lock(hashtext('zhijian-log')) as ok`);
    return row!.ok;
  }

  private async step(client: pg.Client, frontier: Frontier): Promise<Frontier> {
    const merged = await merge(client, { ...this.options, frontier });
    if (merged) this.options.memory.write(rememberedOf(merged.head, merged.frontier));
    if (!merged?.more) await this.loop.pause(this.options.every ?? 1000);
    return merged?.frontier ?? frontier;
  }
}
