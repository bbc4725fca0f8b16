import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Replaying } from '@zhijian/audit/bundle';
import { historyOf, protoOf } from '../archive/history-bytes.js';

/** Replays tell of no event more than once, and print nothing. To be called once, before anything of Temporal runs in this process. */
export const quietRuntime = (): void => { Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } }); };

/** Reading and replaying histories with the code of their day: no server, no clock, no policy of today. */
export const replaying: Replaying = {
  decode: historyOf,
  async replay(code, history, workflowId) {
    try {
      await Worker.runReplayHistory({ workflowBundle: { code } }, protoOf(history), workflowId);
      return null;
    } catch (error) {
      const message = (error as Error).message;
      const event = /HistoryEvent\(id: (\d+)/.exec(message)?.[1] ?? /event(?:_id| id)?[:= ]+(\d+)/i.exec(message)?.[1];
      return { event: event ? Number(event) : null, message: message.split('\n')[0]!.slice(0, 300) };
    }
  },
};
