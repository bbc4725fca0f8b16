import { asyncLocalStorage, type Context } from '@temporalio/activity';

/**
 * Runs a step as one that a workflow ordered: what a step may ask is its own and its workflow's name. The SDK's mock environment
 * does the same with its whole worker behind it, whose reading takes longer than most tests.
 */
export const asStepOf = (workflowId: string, activityId: string, runId = 'r') => <T>(step: () => Promise<T>): Promise<T> =>
  asyncLocalStorage.run({ info: { activityId, workflowExecution: { workflowId, runId } } } as Context, step);
