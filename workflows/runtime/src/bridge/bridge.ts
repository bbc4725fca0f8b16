import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Fact } from '@zhijian/contracts';
import { taskQueues } from '@zhijian/contracts/workflows';
import type { Handlers } from '@zhijian/messaging';
import type { Tx } from '@zhijian/persistence';
import { routes, type Move } from './routes.js';

/**
 * The only one that starts and signals workflows from outside. A start that already exists and a signal to a finished
 * run are answers, not errors: the rows hold the truth, and a unit that starts later reads it there.
 */
export function bridgeHandlers(client: () => Promise<Client>): Handlers {
  const move = async (fact: Fact, tx: Tx): Promise<void> => {
    await tx.query('select 1'); // whatever keeps a fact back (one of its subject is parked) does so here, before anything moves
    for (const step of routes[fact.type]!(fact)) {
      const what = await moved(await client(), step);
      await tx.query('insert into bridged (fact_id, workflow_id, what, at) values ($1, $2, $3, $4) on conflict do nothing', [fact.id, step.workflowId, what, tx.now]);
    }
  };
  return Object.fromEntries(Object.keys(routes).map((type) => [type, move as Handlers[string]]));
}

async function moved(client: Client, step: Move): Promise<string> {
  if (step.do === 'start') {
    try {
      await client.workflow.start(step.workflow, { taskQueue: taskQueues.workflows, workflowId: step.workflowId, args: [step.input], workflowIdReusePolicy: step.again ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE' });
      return 'started';
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return 'already-started';
      throw error;
    }
  }
  try {
    await client.workflow.getHandle(step.workflowId).signal(step.signal, step.input);
    return 'signalled';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'not-running';
    throw error;
  }
}
