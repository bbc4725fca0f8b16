import pg from 'pg';
import type { Kafka, Producer } from 'kafkajs';
import { prepared, send, type Brought, type Sender } from '@zhijian/persistence';
import { kafkaFor, partitioner } from './kafka.js';
import { Loop } from './loop.js';

export interface RelayOptions {
  /** Address for the room's own role. */
  url: string;
  schema: string;
  brokers: string;
  topic: string;
  /** At most so many rows and bytes in one send. */
  rows?: number;
  bytes?: number;
  log?: (entry: Record<string, unknown>) => void;
}

interface Row { seq: string; id: string; type: string; key: string; body: string }
interface Read { rows: Row[]; more: boolean }

/**
 * All that is committed and not yet marked, but for the batch under way, in the order of its numbers. Numbers commit out of
 * order, so there is no cursor: what comes to light late is taken by its missing mark. Facts of one subject are numbered
 * while its row is locked: whoever sees the later one sees the earlier one too, and sends it first. (Holding rows back until
 * every older transaction has ended would break just that: the age of a transaction is not the order of its locks.)
 */
const unsent = `select seq, id, type, key, body from outbox
  where published_at is null and seq <> all($2::bigint[]) order by seq limit $1`;
const listed = (numbers: string[]): string => `{${numbers.join(',')}}`;
const mark = 'update outbox set published_at = now() where seq = any($1::bigint[])';

/**
 * Sends what is in the outbox, oldest first, and marks it when Kafka has acknowledged. One relay per schema is active
 * (advisory lock). It is woken by its own process (`announce`, or `next` with what it would read first), by `NOTIFY` from
 * others; a poll every 500 ms is the backstop. At least once: a crash between acknowledgement and mark sends again.
 */
export class Relay implements Sender {
  private readonly kafka: Kafka;
  private client: pg.Client | undefined;
  private readonly loop = new Loop(() => this.turnOfLeading());
  private failures = 0;
  private woken = false;
  private leading = false;
  private notifying = false;
  private resting = false;
  /** The one commit that brings a reading along. Whoever else wakes the relay meanwhile takes it away: then the relay reads for itself. */
  private bringing: object | undefined;
  private brought: Read | undefined;
  private readonly limits: { rows: number; bytes: number };

  constructor(private readonly options: RelayOptions) {
    this.limits = { rows: options.rows ?? 500, bytes: options.bytes ?? 800_000 };
    this.kafka = kafkaFor(options.brokers, `relay-${options.schema}`);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Facts have been committed in this process. Where another relay leads, it is told by NOTIFY, once for all that come meanwhile. */
  announce(): void {
    if (this.leading) return this.wake();
    this.woken = true;
    const { client } = this;
    if (!client || this.notifying) return;
    this.notifying = true;
    const done = (): void => { this.notifying = false; };
    setImmediate(() => void client.query(`select pg_notify('outbox_${this.options.schema}', '')`).then(done, done)); // its own poll is the backstop
  }

  next(): Brought | null {
    if (!this.resting || this.bringing) return null;
    const mine = (this.bringing = {});
    return {
      statement: prepared(unsent, [this.limits.rows, listed([])]),
      told: (rows) => {
        if (this.bringing !== mine) return rows ? this.announce() : undefined;
        this.bringing = undefined;
        if (!rows) return;
        this.brought = this.within(rows as Row[]);
        this.loop.wake();
      },
    };
  }

  private wake(): void {
    this.woken = true;
    this.bringing = undefined;
    this.loop.wake();
  }

  /** Nothing is under way and nothing is known that would have to be sent. */
  private async rest(): Promise<void> {
    this.resting = true;
    await this.loop.pause(500);
    this.resting = false;
    this.bringing = undefined;
  }

  private async turnOfLeading(): Promise<void> {
    try {
      await this.lead();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      this.options.log?.({ msg: 'relay will try again', schema: this.options.schema, error: String(error) });
      await this.loop.pause(Math.min(2000, 100 * 2 ** Math.min(this.failures, 5)) * (0.5 + Math.random() / 2));
    } finally {
      await this.client?.end().catch(() => undefined);
      this.client = undefined;
    }
  }

  /** Becomes the one active relay of its schema and sends until something breaks. */
  private async lead(): Promise<void> {
    const client = new pg.Client({ connectionString: this.options.url, application_name: `relay-${this.options.schema}`, connectionTimeoutMillis: 5000 });
    this.client = client;
    let broken: Error | undefined;
    client.on('error', (error) => { broken = error; this.loop.wake(); });
    client.on('notification', () => this.wake());
    await client.connect();
    await client.query(`set search_path to ${this.options.schema}`);
    await client.query(`listen outbox_${this.options.schema}`);
    const lock = `hashtext('relay-${this.options.schema}')`;
    while (this.loop.running) {
      const { rows } = await client.query<{ leader: boolean }>(`select pg_try_advisory_lock(${lock}) as leader`);
      if (rows[0]?.leader) break;
      await this.loop.pause(1000);
      if (broken) throw broken;
    }
    if (!this.loop.running) return;
    this.leading = true;
    // A new one each time: after a failed send, an idempotent producer's sequence numbers no longer agree with the broker's.
    const producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: partitioner, retry: { retries: 5 } });
    try {
      await producer.connect();
      while (this.loop.running) {
        if (broken) throw broken;
        await this.sendAll(client, producer);
        if (!this.woken) await this.rest();
      }
    } finally {
      this.leading = this.resting = false;
      this.brought = undefined;
      await producer.disconnect().catch(() => undefined);
    }
  }

  /** While one batch is being sent, the one before is marked and the one after is read, if there is more to read. */
  private async sendAll(client: pg.Client, producer: Producer): Promise<void> {
    let batch = this.brought ?? (await this.turn(client, [], []));
    this.brought = undefined;
    let acknowledged: string[] = [];
    while (this.loop.running && (batch.rows.length || acknowledged.length)) {
      const underWay = batch.rows.map(({ seq }) => seq);
      const [following] = await Promise.all([
        this.turn(client, acknowledged, batch.more || this.woken ? underWay : null),
        batch.rows.length ? this.send(producer, batch.rows) : undefined,
      ]);
      acknowledged = underWay;
      batch = following;
    }
    if (acknowledged.length) await this.turn(client, acknowledged, null);
  }

  /** Marks what was acknowledged and reads what is to be sent next, but for what is under way (nothing at all when that is null), in one round trip. */
  private async turn(client: pg.Client, acknowledged: string[], underWay: string[] | null): Promise<Read> {
    const statements = [
      ...(acknowledged.length ? [prepared(mark, [listed(acknowledged)])] : []),
      ...(underWay ? [prepared(unsent, [this.limits.rows, listed(underWay)])] : []),
    ];
    if (underWay) this.woken = false; // what is announced from here on may be missing from the answer
    if (!statements.length) return { rows: [], more: false };
    const rows = (await send(client, statements)).at(-1)!.rows as Row[];
    return underWay ? this.within(rows) : { rows: [], more: false };
  }

  /** As much as one send may hold. */
  private within(rows: Row[]): Read {
    let bytes = 0;
    const take = rows.findIndex(({ body }) => (bytes += Buffer.byteLength(body)) > this.limits.bytes);
    if (take < 0) return { rows, more: rows.length === this.limits.rows };
    return { rows: rows.slice(0, Math.max(1, take)), more: true };
  }

  private async send(producer: Producer, batch: Row[]): Promise<void> {
    await producer.send({
      topic: this.options.topic, acks: -1,
      messages: batch.map(({ id, type, key, body }) => ({ key, value: body, headers: { id, type } })),
    });
  }
}
