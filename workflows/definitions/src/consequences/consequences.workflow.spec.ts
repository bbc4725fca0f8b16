import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConsequenceKind, ConsequenceResult, ConsequencesActivities } from '@zhijian/contracts/activities';
import { taskQueues, workflowIds, type PublishedSignal } from '@zhijian/contracts/workflows';
import { day, theServer } from '../campaign/campaign.fixture.js';
import { consequences, daysMoved, published } from './consequences.workflow.js';

let server: Awaited<ReturnType<typeof theServer>>;
beforeAll(async () => { server = await theServer(); }, 180_000);
afterAll(() => server?.stop());

interface Due { kind: Exclude<ConsequenceKind, 'done'>; day: number; bodies: number; done?: boolean }

/** Inspection by its own interface: what has to be done on which day, and the colours that have arrived. */
class FakeRoom {
  readonly done: string[] = [];
  readonly orders: string[] = [];
  /** Colours that have been heard, by notice, and what they bring about once they are. */
  readonly arrived = new Map<string, number>();
  readonly brings = new Map<string, Due[]>();
  /** Answers a waking instant after this share of what is left: a clock that runs slower than its timers expect. */
  early = 1;
  constructor(private readonly now: () => Promise<number>, private readonly begun: number, readonly dues: Due[]) {}

  private async on(): Promise<number> { return ((await this.now()) - this.begun) / day; }
  private async answer(did?: Due[]): Promise<ConsequenceResult> {
    const next = this.dues.filter(({ done }) => !done).sort((a, b) => a.day - b.day)[0];
    const basis = { pack: 'testland/colour@1', calendar: 'c', ...(did?.length && { did: did.map(({ kind, bodies }) => ({ kind, counts: { bodies } })) }) };
    if (!next) return { ...basis, next: { kind: 'done', passed: true } };
    const left = (next.day - (await this.on())) * day;
    return { ...basis, next: { kind: next.kind, dueAt: new Date(this.begun + next.day * day).toISOString(), wakeAt: new Date((await this.now()) + (left > day ? left * this.early : Math.max(0, left))).toISOString(), passed: left <= 0, clauses: ['TEST-2030-01'] } };
  }
  private work(kind: Due['kind']) {
    return async (): Promise<ConsequenceResult> => {
      this.orders.push(kind);
      const on = await this.on();
      const come = this.dues.filter((due) => due.kind === kind && !due.done && due.day <= on);
      for (const due of come) { due.done = true; this.done.push(`${kind} ${due.bodies} day ${Math.floor(on)}`); }
      return this.answer(come);
    };
  }

  readonly activities: ConsequencesActivities = {
    takeColours: async ({ noticeId, published: count }) => {
      this.orders.push(`take ${noticeId}`);
      if ((this.arrived.get(noticeId) ?? 0) < count) throw new Error('the colours have not arrived yet');
      this.done.push(`take ${noticeId}`);
      this.dues.push(...(this.brings.get(noticeId) ?? []));
      return this.answer();
    },
    nextConsequence: async () => { this.orders.push('next'); return this.answer(); },
    remindReports: this.work('remind'), sweepReports: this.work('sweep'), closeCheckYear: this.work('year-end'),
  };
}

const start = () => server.environment.client.workflow.start(consequences, { taskQueue: taskQueues.workflows, workflowId: workflowIds.consequences(randomUUID().slice(0, 6), 2030), args: [{ jurisdiction: '990000', year: 2030 }] });
type Handle = Awaited<ReturnType<typeof start>>;
type Tell = (notice: Omit<PublishedSignal, 'factId'>, factId?: string) => Promise<void>;

async function played<T>(dues: Due[], work: (room: FakeRoom, tell: Tell, handle: Handle) => Promise<T>): Promise<T> {
  const room = new FakeRoom(() => server.environment.currentTimeMs(), await server.environment.currentTimeMs(), dues);
  return server.serving({ [taskQueues.inspection]: room.activities }, async () => {
    const handle = await start();
    return work(room, (notice, factId = randomUUID()) => handle.signal(published, { factId, ...notice }), handle);
  });
}

const aYear = (): Due[] => [{ kind: 'remind', day: 38, bodies: 180 }, { kind: 'sweep', day: 46, bodies: 7 }];
const yearEnd = (): Due => ({ kind: 'year-end', day: 98, bodies: 3 });

describe('what the colours of a year entail', () => {
  it('[CQ-2024-17] [CQ-2024-20] is reminded of, stated when the day has ended, and listed at the year’s end, each on its day, in one short history', () => played([yearEnd()], async (room, tell, handle) => {
    room.arrived.set('n1', 180);
    room.brings.set('n1', aYear());
    await tell({ noticeId: 'n1', published: 180 });
    expect(await handle.result()).toEqual({ notices: 1, steps: { remind: 1, sweep: 1, 'year-end': 1 } });
    expect(room.done).toEqual(['take n1', 'remind 180 day 38', 'sweep 7 day 46', 'year-end 3 day 98']);
    expect((await handle.fetchHistory()).events!.length).toBeLessThan(60);
  }), 60_000);

  it('waits until the colours of a notice have arrived', () => played([yearEnd()], async (room, tell, handle) => {
    room.brings.set('n1', aYear());
    await tell({ noticeId: 'n1', published: 2 });
    await server.environment.sleep('1 minute');
    expect(room.done).toEqual([]);
    room.arrived.set('n1', 2);
    await handle.result();
    expect(room.done[0]).toBe('take n1');
  }), 60_000);

  it('a correction’s own notice later in the year, and one told twice', () => played([yearEnd()], async (room, tell, handle) => {
    for (const notice of ['n1', 'n2']) room.arrived.set(notice, 1);
    room.brings.set('n1', aYear());
    room.brings.set('n2', [{ kind: 'sweep', day: 130, bodies: 1 }]);
    await tell({ noticeId: 'n1', published: 1 }, 'f1');
    await server.environment.sleep(80 * day);
    await tell({ noticeId: 'n2', published: 1 }, 'f2');
    await tell({ noticeId: 'n2', published: 1 }, 'f2');
    await server.environment.sleep(day);
    expect(await handle.result()).toEqual({ notices: 2, steps: { remind: 1, sweep: 2, 'year-end': 1 } });
    expect(room.done).toEqual(['take n1', 'remind 180 day 38', 'sweep 7 day 46', 'take n2', 'year-end 3 day 98', 'sweep 1 day 130']);
  }), 60_000);

  it('a timer that fires early asks again and does nothing before its day', () => played([...aYear(), yearEnd()], async (room, _tell, handle) => {
    room.early = 0.5;
    await handle.result();
    expect(room.done).toEqual(['remind 180 day 38', 'sweep 7 day 46', 'year-end 3 day 98']);
  }), 60_000);

  it('a day that is moved is kept as it stands then', () => played([...aYear(), yearEnd()], async (room, _tell, handle) => {
    await server.environment.sleep(40 * day);
    room.dues.find(({ kind }) => kind === 'sweep')!.day = 60;
    await handle.signal(daysMoved, { factId: 'f1' });
    await server.environment.sleep(day);
    await handle.signal(daysMoved, { factId: 'f1' });
    await handle.result();
    expect(room.done).toEqual(['remind 180 day 38', 'sweep 7 day 60', 'year-end 3 day 98']);
    expect(room.orders.filter((order) => order === 'next')).toHaveLength(2);
  }), 60_000);
});
