import { createRequire, syncBuiltinESMExports } from 'node:module';
import threads, { parentPort, workerData } from 'node:worker_threads';
import { quietRuntime, replaying } from './replay.js';

/** What a replay in a process of its own is given. */
export interface Given { code: string; history: Uint8Array; workflowId: string }

function closed(): never { throw new Error('this program may reach nothing outside itself'); }
const close = (owner: object, names: readonly string[]): void => { for (const name of names) Object.defineProperty(owner, name, { value: closed, writable: false, configurable: false }); };

quietRuntime();
// The engine's own native part is loaded; nothing native is from here on, and it opens no connection for anybody.
const { native } = createRequire(import.meta.url)('@temporalio/core-bridge') as { native: Record<string, unknown> };
close(native, Object.keys(native).filter((name) => /client|ephemeral|newRuntime/i.test(name) && typeof native[name] === 'function'));
close(process, ['dlopen']);
close(threads, ['Worker']); // a thread more could be begun without closed doors
syncBuiltinESMExports();

const { code, history, workflowId } = workerData as Given;
parentPort!.postMessage(await replaying.replay(code, history, workflowId));
