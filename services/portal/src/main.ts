import { urlFor } from '@zhijian/persistence';
import pg from 'pg';
import { portal } from './server.js';

const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) throw new Error('DATABASE_URL is not set');

const pool = new pg.Pool({ connectionString: urlFor('portal_reader', databaseUrl), max: 8, connectionTimeoutMillis: 3000, statement_timeout: 5000, application_name: 'zhijian-portal' });
pool.on('error', () => undefined); // a lost idle connection is replaced by the pool; the next question says so if it cannot be

const app = portal(pool, { level: process.env['LOG_LEVEL'] ?? 'warn' });
await app.listen({ host: process.env['HOST'] ?? '127.0.0.1', port: Number(process.env['PORT'] ?? 4300) });

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void app.close().then(() => pool.end()).then(() => process.exit(0)));
}
