import { Client, Connection } from '@temporalio/client';
import { start, temporalAddress, temporalNamespace } from '@zhijian/service-kit';
import { bridgeHandlers } from './bridge/bridge.js';
import { logRoom } from './log/log.controller.js';
import { runLog } from './log/run-log.js';
import { runWorkflows } from './worker.js';

let connected: Promise<Client> | undefined;
/** One client, made when first needed; a failed attempt is not remembered. */
function client(): Promise<Client> {
  connected ??= Connection.connect({ address: temporalAddress(), connectTimeout: '3s' })
    .then((connection) => new Client({ connection, namespace: temporalNamespace() }))
    .catch((error: unknown) => { connected = undefined; throw error; });
  return connected;
}

const stopWorkflows = runWorkflows();
const evidence = runLog();
process.once('SIGTERM', () => void Promise.all([stopWorkflows(), evidence.stop()]));
await start({ room: 'workflows', ...logRoom(evidence), states: false, hears: ['inspection'], handlers: { inject: [], make: () => bridgeHandlers(client) } });
