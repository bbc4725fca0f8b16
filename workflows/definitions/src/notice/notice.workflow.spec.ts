import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PublicationActivities } from '@zhijian/contracts/activities';
import { taskQueues, workflowIds, type NoticeMovedSignal } from '@zhijian/contracts/workflows';
import { day, theServer } from '../campaign/campaign.fixture.js';
import { notice, noticeMoved } from './notice.workflow.js';

let server: Awaited<ReturnType<typeof theServer>>;
beforeAll(async () => { server = await theServer(); }, 180_000);
afterAll(() => server?.stop());

/** Publication by its own interface: a notice of so many days, with so many entries, of which some are held back. */
class FakeRoom {
  readonly orders: string[] = [];
  /** Answers a waking instant after this share of what is left: a clock that runs slower than its timers expect. */
  early = 1;
  withdrawn = false;
  /** Entries that wait for an answer, and whether somebody has to post them on another site. */
  held = 0;
  elsewhere = false;
  private done = 0;
  constructor(private readonly now: () => Promise<number>, private readonly begun: number, private readonly days: number, private readonly entries: number) {}

  private async passed(): Promise<number> { return (await this.now()) - this.begun; }

  readonly activities: PublicationActivities = {
    noticeStep: async () => {
      const left = this.days * day - (await this.passed());
      return {
        state: this.withdrawn ? 'withdrawn' : 'posted', dueAt: new Date(this.begun + this.days * day).toISOString(), wakeAt: new Date((await this.now()) + (left > day ? left * this.early : Math.max(0, left))).toISOString(), passed: left <= 0,
        pack: 'testland/colour@1', calendar: 'c', clauses: ['TEST-2030-01'],
      };
    },
    publishReady: async () => {
      const on = Math.floor((await this.passed()) / day);
      const free = this.entries - this.held;
      const published = this.elsewhere ? this.done : free;
      if (published > this.done) this.orders.push(`publish ${published - this.done} day ${on}`);
      this.done = published;
      const ready = free - published;
      return { published, ready, waiting: this.held, settled: ready === 0 && this.held === 0 };
    },
  };
}

const start = () => server.environment.client.workflow.start(notice, { taskQueue: taskQueues.workflows, workflowId: workflowIds.notice(randomUUID()), args: [{ noticeId: 'n' }] });
type Tell = (what: NoticeMovedSignal['what'], factId?: string) => Promise<void>;

async function played<T>({ days, entries }: { days: number; entries: number }, work: (room: FakeRoom, tell: Tell, handle: Awaited<ReturnType<typeof start>>) => Promise<T>, before: (room: FakeRoom) => void = () => undefined): Promise<T> {
  const room = new FakeRoom(() => server.environment.currentTimeMs(), await server.environment.currentTimeMs(), days, entries);
  before(room);
  return server.serving({ [taskQueues.publication]: room.activities }, async () => {
    const handle = await start();
    return work(room, (what, factId = randomUUID()) => handle.signal(noticeMoved, { factId, what }), handle);
  });
}

describe('a notice', () => {
  it('[CQ-2024-08] [CQ-2024-09] is published when its last day is over, and not a day before', () => played({ days: 11, entries: 3 }, async (room, _tell, handle) => {
    expect(await handle.result()).toEqual({ outcome: 'settled', published: 3 });
    expect(room.orders).toEqual(['publish 3 day 11']);
    expect((await handle.fetchHistory()).events!.length).toBeLessThan(30);
  }), 60_000);

  it('a timer that fires early asks again and publishes nothing', () => played({ days: 40, entries: 2 }, async (room, _tell, handle) => {
    await handle.result();
    expect(room.orders).toEqual(['publish 2 day 40']);
  }, (room) => { room.early = 0.5; }), 60_000);

  it('withdrawn before its end it publishes nothing', () => played({ days: 11, entries: 3 }, async (room, tell, handle) => {
    await server.environment.sleep(4 * day);
    room.withdrawn = true;
    await tell('withdrawn');
    expect(await handle.result()).toEqual({ outcome: 'withdrawn', published: 0 });
    expect(room.orders).toEqual([]);
  }), 60_000);

  it('an answer during the notice does not shorten it', () => played({ days: 11, entries: 3 }, async (room, tell, handle) => {
    await server.environment.sleep(3 * day);
    await tell('answered');
    await handle.result();
    expect(room.orders).toEqual(['publish 3 day 11']);
  }), 60_000);

  it('[CQ-2024-09] what an objection holds back keeps it waiting, however long; the others have gone on', () => played({ days: 11, entries: 5 }, async (room, tell, handle) => {
    await server.environment.sleep(100 * day);
    expect(room.orders).toEqual(['publish 3 day 11']);
    room.held = 1;
    await tell('answered');
    await server.environment.sleep(30 * day);
    room.held = 0;
    await tell('answered');
    expect(await handle.result()).toEqual({ outcome: 'settled', published: 5 });
    expect(room.orders).toEqual(['publish 3 day 11', 'publish 1 day 100', 'publish 1 day 130']);
  }, (room) => { room.held = 2; }), 60_000);

  it('a repeated signal changes nothing', () => played({ days: 2, entries: 2 }, async (room, tell, handle) => {
    await server.environment.sleep(5 * day);
    await tell('answered', 'f1');
    await server.environment.sleep(day);
    room.held = 0;
    await tell('answered', 'f1');
    await server.environment.sleep(day);
    expect(room.orders).toEqual(['publish 1 day 2']);
    await tell('answered', 'f2');
    await handle.result();
  }, (room) => { room.held = 1; }), 60_000);

  it('posted on another official site it stays open until that has been recorded', () => played({ days: 11, entries: 3 }, async (room, tell, handle) => {
    await server.environment.sleep(20 * day);
    expect(room.orders).toEqual([]);
    room.elsewhere = false;
    await tell('counted');
    expect(await handle.result()).toMatchObject({ published: 3 });
  }, (room) => { room.elsewhere = true; }), 60_000);
});
