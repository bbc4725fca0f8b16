import type { Fact } from '@zhijian/contracts';
import { everywhere, within, type Tx, type UnitOfWork } from '@zhijian/persistence';
import { isOutage } from './outage.js';
import { parse } from './parse.js';
import type { Parking } from './parking.js';

/**
 * What a room does on hearing a fact, inside one transaction with the fact's own key. Whether the fact must wait behind one
 * that is parked goes to the database with the first statement: who acts outside of the transaction sends one before.
 */
export type Handler = (fact: Fact<never>, tx: Tx) => Promise<unknown>;
export type Handlers = Record<string, Handler>;

export interface Arrival { topic: string; key: string; value: string; /** What its header says it is. */ type?: string | undefined; heartbeat(): Promise<void> }

/** A handler may refuse a fact for good; it is parked at once, without tries. */
export class RefusedFact extends Error {}

const tries = 3;

/**
 * Hears one fact: handled once (its id is the key), after a few tries parked with its reason and every later fact of
 * the same subject behind it. Returns when the offset may be committed; throws only while something is down.
 */
export class FactConsumer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly parking: Parking,
    private readonly handlers: Handlers,
    private readonly log: (entry: Record<string, unknown>) => void = () => undefined,
  ) {}

  async hear(arrival: Arrival): Promise<'handled' | 'parked' | 'ignored'> {
    if (arrival.type && !this.handlers[arrival.type]) return 'ignored'; // long facts that are of no use here are not read
    const read = parse(arrival.value);
    if (read.ok && !this.handlers[read.fact.type]) return 'ignored';
    if (!read.ok) return this.park(arrival, null, read.reason, 1);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.handle(read.fact, arrival);
        return 'handled';
      } catch (error) {
        if (isOutage(error)) throw error;
        if (behindParked(error)) {
          if (await this.parking.parkBehind(entryOf(arrival, read.fact, '同一主体的前一事实尚未处理', 0))) return 'parked';
          attempt -= 1; // the earlier one has been handled meanwhile
          continue;
        }
        if (attempt >= tries || error instanceof RefusedFact) return this.park(arrival, read.fact, String((error as Error).message), attempt);
        await arrival.heartbeat();
        await new Promise((resolve) => setTimeout(resolve, 100 * 3 ** attempt));
      }
    }
  }

  /**
   * Handles a fact in one transaction with its key: hearing it again changes nothing. The room itself takes it over, whosever command it tells of.
   * @param behind not before what is parked of its topic and key; left out for a fact that was parked itself
   */
  async handle(fact: Fact, behind?: Pick<Arrival, 'topic' | 'key'>): Promise<void> {
    const handler = this.handlers[fact.type];
    if (!handler) return;
    const by = { actor: fact.actor, jurisdiction: fact.jurisdiction, cause: fact.id, once: { key: `fact/${fact.id}` } };
    await within(everywhere, () => this.uow.run(by, async (tx) => {
      if (behind) tx.write('select not_behind_parked($1, $2)', [behind.topic, behind.key]); // goes out with the handler's first statement
      await handler(fact as Fact<never>, tx);
      return { handled: true };
    }));
  }

  private async park(arrival: Arrival, fact: Fact | null, reason: string, attempts: number): Promise<'parked'> {
    await this.parking.park(entryOf(arrival, fact, reason, attempts));
    this.log({ msg: 'fact parked', topic: arrival.topic, fact: fact?.id, type: fact?.type, reason });
    return 'parked';
  }
}

/** See persistence's migration 0011. */
const behindParked = (error: unknown): boolean => (error as { code?: unknown }).code === 'ZJ001';

const entryOf = ({ topic, key, value }: Arrival, fact: Fact | null, reason: string, attempts: number) =>
  ({ topic, key, factId: fact?.id ?? null, type: fact?.type ?? null, body: value, reason, attempts });
