import { Relay } from '@zhijian/messaging/relay';
import { dataSourceFor, urlFor } from '@zhijian/persistence';
import { gateway } from './gateway.js';
import { settingsFrom } from './settings.js';

const settings = settingsFrom(process.env);
const dataSource = await dataSourceFor({ url: settings.databaseUrl, schema: 'gateway' }).initialize();
const app = await gateway(settings, dataSource);
await app.listen({ port: settings.port, host: settings.host });
app.log.info({ msg: 'started', url: settings.address });

// What the gateway states (holiday notices) goes to Kafka from here.
const relay = new Relay({ url: urlFor('gateway_app', settings.databaseUrl), schema: 'gateway', brokers: settings.brokers, topic: 'gateway', log: (entry) => app.log.warn(entry) });
relay.start();
/** A relay that is trying to reach Kafka is not waited for: what it has not sent stays in the outbox. */
const relayStopped = () => Promise.race([relay.stop(), new Promise((resolve) => setTimeout(resolve, 1000))]);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void Promise.all([app.close(), relayStopped()]).then(() => dataSource.destroy()).then(() => process.exit(0)));
}
