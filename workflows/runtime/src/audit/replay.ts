import { setTimeout as pause } from 'node:timers/promises';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Replaying } from '@zhijian/audit/bundle';
import { historyOf, protoOf } from '../archive/history-bytes.js';

/** Replays tell of no event more than once, and print nothing. To be called once, before anything of Temporal runs in this process. */
export const quietRuntime = (): void => { Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } }); };

/** Reading and replaying histories with the code of their day: no server, no clock, no policy of today. */
/** A history so damaged that the replay waits for ever; ours take a second. */
const patience = 20_000;
const given = (): Promise<{ event: null; message: string }> => pause(patience, { event: null, message: '重放没有结束' }, { ref: false });

export const replaying: Replaying = {
  decode: historyOf,
  async replay(code, history, workflowId) {
    try {
      const left = await Promise.race([Worker.runReplayHistory({ workflowBundle: { code } }, protoOf(history), workflowId).then(() => null), given()]);
      return left;
    } catch (error) {
      const message = (error as Error).message;
      const event = /HistoryEvent\(id: (\d+)/.exec(message)?.[1] ?? /event(?:_id| id)?[:= ]+(\d+)/i.exec(message)?.[1];
      return { event: event ? Number(event) : null, message: message.split('\n')[0]!.slice(0, 300) };
    }
  },
};
