import { Client, Connection } from '@temporalio/client';
import { temporalAddress, temporalNamespace } from '@zhijian/service-kit';

let connected: Promise<Client> | undefined;
/** One client, made when first needed; a failed attempt is not remembered. It names itself by its room, not by its machine. */
export function client(): Promise<Client> {
  connected ??= Connection.connect({ address: temporalAddress(), connectTimeout: '3s' })
    .then((connection) => new Client({ connection, namespace: temporalNamespace(), identity: 'workflows' }))
    .catch((error: unknown) => { connected = undefined; throw error; });
  return connected;
}
