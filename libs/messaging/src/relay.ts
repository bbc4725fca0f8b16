import pg from 'pg';
import type { Kafka, Producer } from 'kafkajs';
import { kafkaFor, partitioner } from './kafka.js';

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

/**
 * All that is committed and not yet marked, but for the batch under way, in the order of its numbers. Numbers commit out of
 * order, so there is no cursor: what comes to light late is taken by its missing mark. Facts of one subject are numbered
 * while its row is locked: whoever sees the later one sees the earlier one too, and sends it first. (Holding rows back until
 * every older transaction has ended would break just that: the age of a transaction is not the order of its locks.)
 */
const unsent = `select seq, id, type, key, body from outbox
  where published_at is null and seq <> all($2::bigint[]) order by seq limit $1`;

/**
 * Sends what is in the outbox, oldest first, and marks it when Kafka has acknowledged. One relay per schema is active
 * (advisory lock); `NOTIFY` wakes it, a poll every 500 ms is the backstop. At least once: a crash between
 * acknowledgement and mark sends again.
 */
export class Relay {
  private readonly kafka: Kafka;
  private client: pg.Client | undefined;
  private running = true;
  private wake: () => void = () => undefined;
  private woken = false;
  private loop: Promise<void> | undefined;
  private readonly limits: { rows: number; bytes: number };

  constructor(private readonly options: RelayOptions) {
    this.limits = { rows: options.rows ?? 500, bytes: options.bytes ?? 800_000 };
    this.kafka = kafkaFor(options.brokers, `relay-${options.schema}`);
  }

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.wake();
    await this.loop;
  }

  private async run(): Promise<void> {
    for (let failures = 0; this.running; ) {
      try {
        await this.lead();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.options.log?.({ msg: 'relay will try again', schema: this.options.schema, error: String(error) });
        await this.idle(Math.min(2000, 100 * 2 ** Math.min(failures, 5)) * (0.5 + Math.random() / 2));
      } finally {
        await this.client?.end().catch(() => undefined);
        this.client = undefined;
      }
    }
  }

  /** Becomes the one active relay of its schema and sends until something breaks. */
  private async lead(): Promise<void> {
    const client = new pg.Client({ connectionString: this.options.url, application_name: `relay-${this.options.schema}`, connectionTimeoutMillis: 5000 });
    this.client = client;
    let broken: Error | undefined;
    client.on('error', (error) => { broken = error; this.wake(); });
    client.on('notification', () => { this.woken = true; this.wake(); });
    await client.connect();
    await client.query(`set search_path to ${this.options.schema}`);
    await client.query(`listen outbox_${this.options.schema}`);
    const lock = `hashtext('relay-${this.options.schema}')`;
    while (this.running) {
      const { rows } = await client.query<{ leader: boolean }>(`select pg_try_advisory_lock(${lock}) as leader`);
      if (rows[0]?.leader) break;
      await this.idle(1000);
      if (broken) throw broken;
    }
    if (!this.running) return;
    // A new one each time: after a failed send, an idempotent producer's sequence numbers no longer agree with the broker's.
    const producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: partitioner, retry: { retries: 5 } });
    try {
      await producer.connect();
      while (this.running) {
        if (broken) throw broken;
        this.woken = false;
        const sent = await this.sendAll(client, producer);
        if (sent === 0 && !this.woken) await this.idle(500);
      }
    } finally {
      await producer.disconnect().catch(() => undefined);
    }
  }

  /** While one batch is being sent, the one before is marked and the one after is read. */
  private async sendAll(client: pg.Client, producer: Producer): Promise<number> {
    let total = 0;
    let marking: Promise<unknown> = Promise.resolve();
    let batch = await this.next(client, []);
    while (batch.length && this.running) {
      const underWay = batch.map((row) => row.seq);
      const [, following] = await Promise.all([this.send(producer, batch), this.next(client, underWay), marking]);
      marking = client.query('update outbox set published_at = now() where seq = any($1::bigint[])', [underWay]);
      total += batch.length;
      batch = following;
    }
    await marking;
    return total;
  }

  private async next(client: pg.Client, underWay: string[]): Promise<Row[]> {
    const { rows } = await client.query<Row>(unsent, [this.limits.rows, underWay]);
    let bytes = 0;
    const take = rows.findIndex((row) => (bytes += row.body.length * 3) > this.limits.bytes * 3);
    return take <= 0 ? (take === 0 ? rows.slice(0, 1) : rows) : rows.slice(0, take);
  }

  private async send(producer: Producer, batch: Row[]): Promise<void> {
    await producer.send({
      topic: this.options.topic, acks: -1,
      messages: batch.map(({ id, type, key, body }) => ({ key, value: body, headers: { id, type } })),
    });
  }

  private idle(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}
