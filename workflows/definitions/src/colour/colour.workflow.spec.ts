import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QualityControlActivities } from '@zhijian/contracts/activities';
import { taskQueues, workflowIds, type ColoursMovedSignal } from '@zhijian/contracts/workflows';
import { day, theServer } from '../campaign/campaign.fixture.js';
import { colouring, coloursMoved } from './colour.workflow.js';

let server: Awaited<ReturnType<typeof theServer>>;
beforeAll(async () => { server = await theServer(); }, 180_000);
afterAll(() => server?.stop());

/** Quality control by its own interface; the year ends so many days after the start. */
class FakeRoom {
  readonly orders: string[] = [];
  /** Answers a waking instant after this share of what is left: a clock that runs slower than its timers expect. */
  early = 1;
  /** How often it was asked when the year ends. */
  asked = 0;
  constructor(private readonly now: () => Promise<number>, private readonly begun: number, private readonly yearEnds: number) {}

  private async ordered(what: string): Promise<void> {
    this.orders.push(`${what} day ${Math.floor(((await this.now()) - this.begun) / day)}`);
  }

  readonly activities: QualityControlActivities = {
    proposeColours: async () => { await this.ordered('propose'); return { digest: 'd', determined: 2, undetermined: 1, pack: 'p@1', calendar: 'c' }; },
    colourYearEnd: async () => {
      this.asked += 1;
      const left = this.begun + this.yearEnds * day - (await this.now());
      return { dueAt: new Date(this.begun + this.yearEnds * day).toISOString(), wakeAt: new Date((await this.now()) + (left > day ? left * this.early : Math.max(0, left))).toISOString(), passed: left <= 0, clauses: ['TEST-2030-01'] };
    },
    countRedYears: async () => { await this.ordered('count'); return { counted: 2, alarms: 1, proposals: 0 }; },
    closeColourYear: async () => { await this.ordered('close'); return { open: [], undetermined: 1, unpublished: 0, monitoring: 0, digest: 'd' }; },
  };
}

async function played<T>(yearEnds: number, work: (room: FakeRoom, tell: (what: ColoursMovedSignal['what'], factId?: string) => Promise<void>, handle: Awaited<ReturnType<typeof start>>) => Promise<T>): Promise<T> {
  const room = new FakeRoom(() => server.environment.currentTimeMs(), await server.environment.currentTimeMs(), yearEnds);
  return server.serving({ [taskQueues.qualityControl]: room.activities }, async () => {
    const handle = await start();
    while (room.asked === 0) await new Promise((resolve) => setTimeout(resolve, 10)); // time is not skipped under a first step that still runs
    return work(room, (what, factId = randomUUID()) => handle.signal(coloursMoved, { factId, what }), handle);
  });
}
const start = () => server.environment.client.workflow.start(colouring, { taskQueue: taskQueues.workflows, workflowId: workflowIds.colour(randomUUID(), 2031), args: [{ runId: 'r', jurisdiction: '990000', year: 2031 }] });

describe('a year’s colouring', () => {
  it('proposes at once, counts the red years when the notice has ended, and says at the year’s end what was not done', () => played(300, async (room, tell, handle) => {
    await server.environment.sleep(10 * day);
    await tell('signed');
    await tell('posted');
    await server.environment.sleep(8 * day);
    await tell('finished');
    expect(await handle.result()).toEqual({ signed: 1, posted: 1, finished: 1, closing: { open: [], undetermined: 1, unpublished: 0, monitoring: 0, digest: 'd' } });
    expect(room.orders).toEqual(['propose day 0', 'count day 18', 'close day 300']);
  }), 60_000);

  it('a repeated signal changes nothing; a later notice has the years counted again', () => played(100, async (room, tell, handle) => {
    await tell('finished', 'f1');
    await server.environment.sleep(day);
    await tell('finished', 'f1');
    await server.environment.sleep(day);
    await tell('finished', 'f2');
    expect((await handle.result()).finished).toBe(2);
    expect(room.orders).toEqual(['propose day 0', 'count day 0', 'count day 2', 'close day 100']);
  }), 60_000);

  it('a year that ends before anything was published is said to be unfinished all the same, and the publication is waited for', () => played(20, async (room, tell, handle) => {
    await server.environment.sleep(30 * day);
    expect(room.orders).toEqual(['propose day 0', 'close day 20']);
    await tell('finished');
    expect(await handle.result()).toMatchObject({ signed: 0, finished: 1 });
    expect(room.orders).toEqual(['propose day 0', 'close day 20', 'count day 30']);
  }), 60_000);

  it('a timer that fires early asks again: nothing is closed before the year has ended', () => played(200, async (room, tell, handle) => {
    room.early = 0.5;
    await tell('finished');
    await handle.result();
    expect(room.orders.at(-1)).toBe('close day 200');
  }), 60_000);
});
