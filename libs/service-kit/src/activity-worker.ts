import { Context } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityInterceptorsFactory, NativeConnection, Worker } from '@temporalio/worker';
import type { UnitRun } from '@zhijian/contracts/activities';
import { workflowIds } from '@zhijian/contracts/workflows';
import { everywhere, within, type Caller } from '@zhijian/persistence';
import { temporalAddress, temporalNamespace } from './config.js';
import { log } from './log.js';

/** The same over all retries of one step of one run, different when a step is asked again. */
export function onceKey(): string {
  const { workflowExecution, activityId } = Context.current().info;
  return `activity/${workflowExecution?.workflowId}/${workflowExecution?.runId}/${activityId}`;
}

/** The step as a caller: the workflow acts, in the place it was started for. */
export function stepCaller(jurisdiction: string): Caller {
  const { workflowExecution, activityId } = Context.current().info;
  const { workflowId, runId } = workflowExecution!;
  const key = onceKey();
  return { actor: `workflow:${workflowId}`, jurisdiction, cause: key, workflow: { id: workflowId, run: runId, activity: activityId }, once: { key } };
}

/** Campaign and unit of the workflow that asks, as its id says. */
export const askingUnit = (): UnitRun => workflowIds.partsOf(Context.current().info.workflowExecution?.workflowId ?? '');

const soonest = 50;
/**
 * Says that a step's instant has not come: Temporal gives the step again after that many milliseconds, and the history
 * stays as it is.
 */
export function notYet(milliseconds: number): ApplicationFailure {
  const failure = ApplicationFailure.create({ message: 'its instant has not come yet', type: 'NotYet', nextRetryDelay: Math.max(soonest, milliseconds), category: ApplicationFailureCategory.BENIGN });
  failure.stack = '';
  return failure;
}

/** The worker's half of the SDK is six hundred files and a native library: read by what serves steps, not by what only has some. */
const sdk = () => import('@temporalio/worker');

/** Waits for Temporal as long as it takes. */
export async function temporalConnection(stopping: () => boolean = () => false): Promise<NativeConnection> {
  const { NativeConnection } = await sdk();
  for (let wait = 200; ; wait = Math.min(wait * 2, 3000)) {
    try {
      return await NativeConnection.connect({ address: temporalAddress() });
    } catch (error) {
      if (stopping()) throw error;
      log.warn({ msg: 'Temporal does not answer yet', error: (error as Error).message });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** A step says every second that it is alive, so that one whose process was killed is given to another within seconds. It acts for the whole installation. */
const beating: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      const beat = setInterval(() => context.heartbeat(), 1000);
      try {
        return await within(everywhere, () => next(input));
      } catch (error) {
        if (error instanceof Error) error.stack = ''; // what goes into a history is kept for years and given to auditors: no paths of this machine
        throw error;
      } finally {
        clearInterval(beat);
      }
    },
  },
});

/**
 * Serves a room's activities on the task queue named after it, until stopped; when the worker breaks it is started anew.
 * @returns a function that drains and stops
 */
export function serveActivities(taskQueue: string, activities: object, concurrency = 8): () => Promise<void> {
  let stopped = false;
  let worker: Worker | undefined;
  const loop = (async () => {
    while (!stopped) {
      try {
        const [connection, { Worker }] = [await temporalConnection(() => stopped), await sdk()];
        worker = await Worker.create({ connection, namespace: temporalNamespace(), identity: taskQueue, taskQueue, activities, maxConcurrentActivityTaskExecutions: concurrency, shutdownGraceTime: '5s', maxHeartbeatThrottleInterval: '1s', interceptors: { activity: [beating] } });
        await worker.run();
        await connection.close();
      } catch (error) {
        if (!stopped) log.warn({ msg: 'activity worker starts anew', taskQueue, error: (error as Error).message });
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  })();
  return async () => {
    stopped = true;
    if (worker?.getState() === 'RUNNING') worker.shutdown();
    await loop;
  };
}
