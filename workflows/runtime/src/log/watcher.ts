import type { LogKey, SignedHead } from '@zhijian/audit';
import { Loop } from '@zhijian/messaging';
import pg from 'pg';
import type { Alarms } from './alarms.js';
import { checkCountersignatures } from './check-countersignatures.js';
import { checkRoom } from './check-room.js';
import { checkTree } from './check-tree.js';
import type { Finding, FindingKind } from './finding.js';
import type { KeptFile } from './kept-file.js';
import type { RegisteredWitness } from './witnesses.js';

/** What the watcher keeps outside the database: heads it has seen, and since when entries are sealed. */
export interface Held { heads: SignedHead[]; /** How many heads were stored. */ count: number; sealedFrom: number }

export interface Look { at: string; took: number; size: number; entries: number }

export interface WatcherOptions {
  /** Address for the role `log_watcher`. */
  url: string;
  rooms: readonly string[];
  key: Pick<LogKey, 'publicKey' | 'installation'>;
  seal: Buffer | null;
  held: KeptFile<Held>;
  /** Read at each look: who is registered meanwhile needs no restart. */
  witnesses: KeptFile<RegisteredWitness[]>;
  alarms: Alarms;
  now: () => string;
  /** Shortest and longest rest between two looks, ms; it is nine times as long as a look took, so that watching costs a tenth of a core at most. */
  rest?: { least: number; most: number };
  /** An entry may wait so long for the log, ms: the merge delay and a margin. */
  patience?: number;
  looked?: (look: Look) => void;
  log?: (entry: Record<string, unknown>) => void;
}

const unread = 60_000;
const ofTheCheck: FindingKind[] = ['entry-changed', 'entry-missing', 'entry-not-logged', 'entry-not-sealed', 'certificate-changed', 'certificate-missing', 'certificate-foreign', 'fact-changed', 'fact-missing', 'fact-foreign', 'rule-changed',
  'leaf-missing', 'leaf-changed', 'node-changed', 'head-changed', 'log-cut', 'log-rewritten', 'foreign-key', 'countersignature-changed'];

/** Reads everything again and again, and alarms when something is not what it was. */
export class Watcher {
  private readonly loop = new Loop(() => this.turn());
  private last = Date.now();
  private readonly verified = new Set<string>();
  private seen = new Map<string, number>();

  constructor(private readonly options: WatcherOptions) {}

  start(): void {
    this.last = Date.now();
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async turn(): Promise<void> {
    const { alarms, log, rest = { least: 3000, most: 30_000 } } = this.options;
    const from = Date.now();
    try {
      await this.look();
      this.last = Date.now();
      alarms.settle(['log-unread'], []);
    } catch (error) {
      log?.({ msg: 'watcher will try again', error: String(error) });
      if (Date.now() - this.last > unread) alarms.settle(['log-unread'], [{ kind: 'log-unread', room: null, subject: 'log' }]);
    }
    await this.loop.pause(Math.min(rest.most, Math.max(rest.least, 9 * (Date.now() - from))));
  }

  /** One look at everything, each part in one snapshot. */
  async look(): Promise<Finding[]> {
    const { url, rooms, key, seal, held: file, witnesses, alarms, now, looked } = this.options;
    const from = Date.now();
    const client = new pg.Client({ connectionString: url, application_name: 'zhijian-log-watcher', statement_timeout: 30_000, connectionTimeoutMillis: 5000 });
    client.on('error', () => undefined); // the statement under way says so
    await client.connect();
    try {
      const held = file.read();
      const tree = await inOneSnapshot(client, async () => {
        const checked = await checkTree(client, { held: held?.heads ?? [], key, verified: this.verified });
        checked.findings.push(...(await checkCountersignatures(client, { heads: checked.heads, witnesses: witnesses.read() ?? [], verified: this.verified })));
        return checked;
      });
      const sealedFrom = held?.sealedFrom ?? tree.size;
      const findings = tree.findings;
      if (held && tree.heads.length < held.count) findings.push({ kind: 'head-changed', room: null, subject: `${held.count - tree.heads.length} of ${held.count}` });
      let entries = 0;
      const waiting: string[] = [];
      for (const room of rooms) {
        const checked = await inOneSnapshot(client, () => checkRoom(client, room, { seal, sealedFrom }));
        findings.push(...checked.findings, ...this.late(room, checked.waiting));
        waiting.push(...checked.waiting);
        entries += checked.entries;
      }
      const still = new Set(waiting);
      this.seen = new Map([...this.seen].filter(([id]) => still.has(id)));
      if (!findings.length && tree.heads.length !== held?.count) file.write({ heads: thinned(held ? [...held.heads, ...tree.heads.slice(held.count)] : tree.heads), count: tree.heads.length, sealedFrom });
      alarms.settle(ofTheCheck, findings);
      looked?.({ at: now(), took: Date.now() - from, size: tree.size, entries });
      return findings;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** What has been waiting for the log too long. */
  private late(room: string, waiting: readonly string[]): Finding[] {
    const at = Date.now();
    for (const id of waiting) if (!this.seen.has(id)) this.seen.set(id, at);
    return waiting.filter((id) => at - this.seen.get(id)! > (this.options.patience ?? 8000)).map((subject) => ({ kind: 'entry-not-logged', room, subject }));
  }
}

async function inOneSnapshot<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin isolation level repeatable read read only');
  try {
    return await work();
  } finally {
    await client.query('commit');
  }
}

const most = 64;
/** The first, the newest, and ever fewer of the older ones between. */
export function thinned(heads: readonly SignedHead[]): SignedHead[] {
  let kept = [...heads];
  while (kept.length > most) kept = kept.filter((_, at) => at === 0 || at >= kept.length / 2 || at % 2 === 0);
  return kept;
}
