import type { WorkflowInterceptors } from '@temporalio/workflow';

/**
 * Every step must say that it is alive: one whose process was killed is tried again after ten seconds, not after the two
 * minutes a long step may take. The activity workers of `service-kit` say it each second.
 */
export const interceptors = (): WorkflowInterceptors => ({
  outbound: [{ scheduleActivity: (input, next) => next({ ...input, options: { heartbeatTimeout: '10s', ...input.options } }) }],
});
