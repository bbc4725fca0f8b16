import type { Relay } from '@zhijian/messaging';
import { dataSourceFor, urlFor } from '@zhijian/persistence';
import { gateway } from './gateway.js';
import { settingsFrom } from './settings.js';

const settings = settingsFrom(process.env);
const dataSource = await dataSourceFor({ url: settings.databaseUrl, schema: 'gateway' }).initialize();
const app = await gateway(settings, dataSource);
await app.listen({ port: settings.port, host: settings.host });
app.log.info({ msg: 'started', url: settings.address });

const running: { relay?: Relay } = {};
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void Promise.all([app.close(), stopped(running.relay)]).then(() => dataSource.destroy()).then(() => process.exit(0)));
}

// What the gateway states (holiday notices) goes to Kafka from here; the door does not wait for the client to be loaded.
const messaging = await import('@zhijian/messaging');
running.relay = new messaging.Relay({ url: urlFor('gateway_app', settings.databaseUrl), schema: 'gateway', brokers: settings.brokers, topic: 'gateway', log: (entry) => app.log.warn(entry) });
running.relay.start();

/** A relay that is trying to reach Kafka is not waited for: what it has not sent stays in the outbox. */
async function stopped(relay: Relay | undefined): Promise<void> {
  await Promise.race([relay?.stop(), new Promise((resolve) => setTimeout(resolve, 1000))]);
}
