import { fileURLToPath } from 'node:url';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Done, InspectionActivities, QualificationActivities, Step, StepKind, StepResult, UnitOutcome } from '@zhijian/contracts/activities';
import { taskQueues, wholeCampaign, workflowIds } from '@zhijian/contracts/workflows';

export interface FakeMoment { kind: Exclude<StepKind, 'suspended' | 'done'>; day: number; done?: boolean }
export const day = 24 * 3600_000;

/** A year of a unit: what the rows of inspection would order, by days after the start. */
export const aYear = (): FakeMoment[] => [
  { kind: 'open-stage', day: 11 }, { kind: 'freeze-roster', day: 39 }, { kind: 'open-stage', day: 39 }, { kind: 'remind', day: 77 }, { kind: 'sweep', day: 85 },
  { kind: 'close-stage', day: 100 }, { kind: 'open-stage', day: 70 }, { kind: 'close-stage', day: 284 }, { kind: 'open-stage', day: 284 }, { kind: 'close-stage', day: 314 },
];

/** Both rooms, by their own interfaces, with rows in memory; time is the test server's. */
export class FakeRooms {
  readonly units = new Map<string, FakeMoment[]>();
  readonly suspended = new Set<string>();
  /** Orders as they came: `<unit> <step>`; how many days had passed when a moment was done. */
  readonly orders: string[] = [];
  readonly done: { unit: string; kind: string; day: number; due: number }[] = [];
  readonly broken = new Set<string>();
  finished: { outcomes: UnitOutcome[]; failed: string[] } | undefined;
  /** Answers a waking instant after this share of what is left: a clock that runs slower than its timers expect. */
  early = 1;
  /** Opening together: whether it works, and how many rosters were frozen for it. */
  together = true;
  private started = 0;

  constructor(private readonly now: () => Promise<number>) {}

  async begin(units: Record<string, FakeMoment[]>): Promise<void> {
    this.started = await this.now();
    for (const [unit, moments] of Object.entries(units)) this.units.set(unit, moments);
  }

  count(order: string): number {
    return this.orders.filter((one) => one === order).length;
  }

  async step(unit: string): Promise<Step> {
    const passed = (await this.now()) - this.started;
    const next = [...this.units.get(unit)!.entries()].filter(([, { done }]) => !done).sort(([a, x], [b, y]) => x.day - y.day || a - b)[0];
    if (!next) return { kind: 'done', passed: true };
    const [, moment] = next;
    const instant = (offset: number) => new Date(this.started + offset).toISOString();
    const common = { stage: 's', dueAt: instant(moment.day * day), clauses: ['TEST-2030-01'] };
    if (this.suspended.has(unit)) return { ...common, kind: 'suspended', wakeAt: null, passed: false };
    const left = moment.day * day - passed;
    return { ...common, kind: moment.kind, wakeAt: instant(passed + (left > day ? left * this.early : Math.max(0, left))), passed: left <= 0 };
  }

  private async result(unit: string, did: Done[] = []): Promise<StepResult> {
    return { ...(did.length && { did }), next: await this.step(unit) };
  }

  /** Does what has come due, in order. A roster is taken only when it was asked for. */
  private async due(unit: string, rosters = true): Promise<Done[]> {
    const passed = ((await this.now()) - this.started) / day;
    const did: Done[] = [];
    const moments = this.units.get(unit)!;
    for (const moment of [...moments].sort((a, b) => a.day - b.day || moments.indexOf(a) - moments.indexOf(b))) {
      if (moment.done) continue;
      if (this.suspended.has(unit) || passed < moment.day || (moment.kind === 'freeze-roster' && !rosters)) break;
      this.done.push({ unit, kind: moment.kind, day: Math.floor(passed), due: moment.day });
      moment.done = true;
      did.push({ kind: moment.kind, counts: {} });
    }
    return did;
  }

  private async work(order: string): Promise<StepResult> {
    const { unit } = asking();
    this.orders.push(`${unit} ${order}`);
    if (this.broken.has(unit)) throw ApplicationFailure.nonRetryable('broken', 'broken');
    return this.result(unit, await this.due(unit));
  }

  readonly inspection: InspectionActivities = {
    planCampaign: async () => ({ units: [...this.units.keys()].filter((unit) => unit !== wholeCampaign) }),
    openUnits: async ({ freezing }) => {
      this.orders.push('openUnits');
      if (!this.together) throw ApplicationFailure.nonRetryable('not together', 'broken');
      const results = await Promise.all([...this.units.keys()].filter((unit) => !this.broken.has(unit)).map(async (unit) => [unit, await this.result(unit, await this.due(unit, freezing.includes(unit)))] as const));
      return Object.fromEntries(results);
    },
    planUnit: async () => { this.orders.push(`${asking().unit} planUnit`); return this.result(asking().unit); },
    nextStep: async () => { this.orders.push(`${asking().unit} nextStep`); return this.step(asking().unit); },
    takeRoster: () => this.work('takeRoster'),
    openStage: () => this.work('openStage'),
    remind: () => this.work('remind'),
    sweep: () => this.work('sweep'),
    closeStage: () => this.work('closeStage'),
    finishUnit: async (): Promise<UnitOutcome> => ({ unit: asking().unit, outcome: 'finished', counts: {}, digest: 'd' }),
    finishCampaign: async ({ outcomes, failed }) => {
      this.finished = { outcomes, failed };
      const done = outcomes.map(({ unit }) => unit);
      return { digest: 'd', finished: done.length, unfinished: [...this.units.keys()].filter((unit) => unit !== wholeCampaign && !done.includes(unit)) };
    },
  };

  readonly qualification: QualificationActivities = {
    freezeRoster: async () => { this.orders.push(`${asking().unit} freezeRoster day ${Math.floor(((await this.now()) - this.started) / day)}`); return { rosterId: 'r', digest: 'd', counts: {} }; },
    freezeRosters: async ({ units }) => { this.orders.push(`freezeRosters ${units.join(' ')}`); return Object.fromEntries(units.map((unit) => [unit, 'd'])); },
  };
}

const asking = () => workflowIds.partsOf(Context.current().info.workflowExecution!.workflowId);

/** The SDK gives a server five seconds; a busy machine needs another try. */
async function started(path: string, tries = 12): Promise<TestWorkflowEnvironment> {
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
  } catch (error) {
    if (tries <= 1) throw error;
    return started(path, tries - 1);
  }
}

/** A server that skips time, and our workflows on it. */
export async function theServer() {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });
  const path = process.env['TEMPORAL_TEST_EXE'];
  if (!path) throw new Error('workflow tests need TEMPORAL_TEST_EXE: the path of the time-skipping server');
  const environment = await started(path);
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../index.ts', import.meta.url)), logger: new DefaultLogger('ERROR', () => undefined),
    webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['@zhijian/source', '...'] } }),
  });
  /** Runs the workflows' worker and one for each queue of a room while `work` goes on. */
  const serving = async <T>(rooms: Readonly<Record<string, object>>, work: () => Promise<T>): Promise<T> => {
    const connection = environment.nativeConnection;
    const first = await Worker.create({ connection, taskQueue: taskQueues.workflows, workflowBundle });
    const others = await Promise.all(Object.entries(rooms).map(([taskQueue, activities]) => Worker.create({ connection, taskQueue, activities })));
    const rest = others.map((worker) => worker.run());
    try {
      return await first.runUntil(work);
    } finally {
      others.forEach((worker) => worker.shutdown());
      await Promise.all(rest);
    }
  };
  const played = async <T>(units: Record<string, FakeMoment[]>, work: (rooms: FakeRooms) => Promise<T>): Promise<T> => {
    const rooms = new FakeRooms(() => environment.currentTimeMs());
    await rooms.begin(units);
    return serving({ [taskQueues.inspection]: rooms.inspection, [taskQueues.qualification]: rooms.qualification }, () => work(rooms));
  };
  return { environment, serving, played, stop: async () => { await environment.teardown(); await Runtime.instance().shutdown(); } };
}
