// Engines and the processes of the small house, each supervised, each with the crash hook.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTopics } from '@zhijian/messaging';
import { migrateAll } from '@zhijian/persistence';
import pg from 'pg';
import { startEngines } from '../../../deploy/local/engines.mjs';
import { eventually } from '../wait.mjs';
import { clientOf } from './client.mjs';
import { freePort, nodeFlags, probe, serviceNode, supervise } from './deploy.mjs';
import { startIssuer } from './issuer.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const programs = { command: here('command.mjs'), hearing: here('hearing.mjs'), bridge: here('../../../workflows/runtime/dist/main.js') };

/**
 * Starts it all. Gives `{ client, engines, url, query(sql, values), arm(process, point, nth), pids(), logOf(name), stop() }`;
 * `arm` answers a promise of the moment the process died.
 */
export async function startTown({ log = () => undefined } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-faults-'));
  const engines = await startEngines({ dir: folder, postgres: true, kafka: true, temporal: true, durable: true });
  const issuer = await startIssuer();
  const supervisor = supervise({ folder: join(folder, 'town'), throwAway: true });
  const admin = new pg.Pool({ connectionString: engines.databaseUrl, max: 4 });
  admin.on('error', () => undefined);
  const stop = async () => {
    await supervisor.stop();
    await admin.end();
    await issuer.stop();
    await engines.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await migrateAll({ url: engines.databaseUrl });
    await createTopics(engines.kafkaBrokers);
    await admin.query(readFileSync(here('tables.sql'), 'utf8'));
    const ports = {};
    await Promise.all(Object.entries(programs).map(async ([name, program]) => {
      ports[name] = await freePort();
      await supervisor.start({
        name, port: ports[name], level: 3, command: serviceNode(), args: [...nodeFlags, '--import', here('../crash-point.mjs'), program], ready: () => probe.http(ports[name], '/readyz'),
        env: { ...process.env, NODE_ENV: 'development', PORT: String(ports[name]), CRASH_FILE: join(folder, `crash-${name}.json`), KAFKAJS_NO_PARTITIONER_WARNING: '1', OIDC_ISSUER: issuer.issuer, DEMONSTRATION_CLOCK: '', LOG_LEVEL: 'warn', ZHIJIAN_DATA: folder,
          DATABASE_URL: engines.databaseUrl, KAFKA_BROKERS: engines.kafkaBrokers, TEMPORAL_ADDRESS: engines.temporalAddress, TEMPORAL_NAMESPACE: 'zhijian' },
      });
      log(`${name} on ${ports[name]}`);
    }));
    const arm = async (name, point, nth) => {
      const file = join(folder, `crash-${name}.json`);
      writeFileSync(file, JSON.stringify({ id: `${point}-${nth}-${Math.random()}`, point, nth }));
      const pid = supervisor.pids()[name];
      return eventually(`${name} dies ${point}`, () => !existsSync(file) && supervisor.pids()[name] !== pid, 60_000);
    };
    return {
      client: clientOf({ url: `http://127.0.0.1:${ports.command}`, token: issuer.token }), engines, ports, arm, stop, supervisor,
      query: async (sql, values) => (await admin.query(sql, values)).rows,
      ready: (name) => probe.http(ports[name], '/readyz'),
      logOf: (name) => readFileSync(join(folder, 'town', 'logs', `${name}.log`), 'utf8'),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
