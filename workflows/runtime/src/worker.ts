import { Worker } from '@temporalio/worker';
import { sha256 } from '@zhijian/audit';
import { taskQueues } from '@zhijian/contracts/workflows';
import { log, temporalConnection, temporalNamespace } from '@zhijian/service-kit';
import { bundleCode } from './bundle.js';

/** Runs the workflow code, and starts anew when it breaks. @returns a function that drains and stops */
export function runWorkflows(): () => Promise<void> {
  let stopped = false;
  let worker: Worker | undefined;
  const loop = (async () => {
    const workflowBundle = { code: await bundleCode() };
    const buildId = `workflow-bundle+${sha256(workflowBundle.code)}`; // goes into every history: which bundle ran it
    while (!stopped) {
      try {
        const connection = await temporalConnection(() => stopped);
        worker = await Worker.create({ connection, namespace: temporalNamespace(), identity: 'workflows', taskQueue: taskQueues.workflows, workflowBundle, buildId, maxCachedWorkflows: 1000, stickyQueueScheduleToStartTimeout: '3s', shutdownGraceTime: '5s' });
        await worker.run();
        await connection.close();
      } catch (error) {
        if (!stopped) log.warn({ msg: 'workflow worker starts anew', error: (error as Error).message });
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
