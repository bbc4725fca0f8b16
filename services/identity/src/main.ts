import { identityServer } from './server.js';
import { settingsFrom } from './settings.js';

const settings = settingsFrom(process.env);
const server = await identityServer(settings);
await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, settings.host, resolve));
console.log(JSON.stringify({ msg: 'started', room: 'identity', url: settings.issuer }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 2000).unref();
  });
}
