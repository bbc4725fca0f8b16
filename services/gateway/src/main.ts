import type { Relay } from '@zhijian/messaging';
import { dataSourceFor, urlFor } from '@zhijian/persistence';
import { gateway } from './gateway.js';
import { settingsFrom } from './settings.js';

const settings = settingsFrom(process.env);
const dataSource = await dataSourceFor({ url: settings.databaseUrl, schema: 'gateway' }).initialize();
const app = await gateway(settings, dataSource);
await app.listen({ port: settings.port, host: settings.host });
app.log.info({ msg: 'started', url: settings.address });

let relay: Relay | undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void Promise.all([app.close(), stopped(relay)]).then(() => dataSource.destroy()).then(() => process.exit(0)));
}

// What the gateway states (holiday notices) goes to Kafka from here; the door does not wait for the client to be loaded.
const messaging = await import('@zhijian/messaging');
relay = new messaging.Relay({ url: urlFor('gateway_app', settings.databaseUrl), schema: 'gateway', brokers: settings.brokers, topic: 'gateway', log: (entry) => app.log.warn(entry) });
relay.start();

/** A relay that is trying to reach Kafka is not waited for: what it has not sent stays in the outbox. */
async function stopped(running: Relay | undefined): Promise<void> {
  await Promise.race([running?.stop(), new Promise((resolve) => setTimeout(resolve, 1000))]);
}
