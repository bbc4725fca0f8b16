import { dataSourceFor } from '@zhijian/persistence';
import { gateway } from './gateway.js';
import { settingsFrom } from './settings.js';

const settings = settingsFrom(process.env);
const dataSource = await dataSourceFor({ url: settings.databaseUrl, schema: 'gateway' }).initialize();
const app = await gateway(settings, dataSource);
await app.listen({ port: settings.port, host: settings.host });
app.log.info({ msg: 'started', url: settings.address });

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void app.close().then(() => dataSource.destroy()).then(() => process.exit(0)));
}
