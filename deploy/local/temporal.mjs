// The Temporal server 1.29 on our Postgres: found on PATH, in the cache, as a container, or built from its Go module.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer, run, which } from './command.mjs';
import { cached } from './cache.mjs';
import { container, dockerRuns } from './docker.mjs';
import { readText } from './files.mjs';
import { goPrograms } from './go.mjs';
import * as probe from './probe.mjs';
import { temporalConfig, temporalDynamicConfig } from './temporal-config.mjs';
import { serviceNode, versions } from './settings.mjs';

const cacheName = `temporal-${versions.temporal}`;
const module = `go.temporal.io/server/cmd`;
const fix = '或设置 TEMPORAL_ADDRESS 指向已有的 Temporal; 或把 temporal-server 与 temporal-sql-tool 1.29.1 放进 PATH; 或启动 Docker';

/** Where Temporal comes from: `{ server, sql }` or `{ image }`; builds it when nothing is at hand (about 2 min). */
export async function resolveTemporal() {
  const [server, sql] = [which('temporal-server'), which('temporal-sql-tool')];
  if (server && sql && answer(server, ['--version'])?.includes(versions.temporal)) return { server, sql, from: 'PATH' };
  if (!cached(cacheName) && dockerRuns()) return { image: versions.temporal, from: 'Docker' };
  const from = cached(cacheName) ? '缓存' : 'Go';
  const programs = { 'temporal-server': `${module}/server@v${versions.temporal}`, 'temporal-sql-tool': `${module}/tools/sql@v${versions.temporal}` };
  const path = await goPrograms(cacheName, programs, fix);
  return { server: join(path, 'temporal-server'), sql: join(path, 'temporal-sql-tool'), from };
}

export const temporalPortNames = ['history', 'matching', 'worker', 'frontend'].flatMap((name) => [`temporal-${name}`, `temporal-${name}-membership`]);

/** The supervised process; its two databases are created on first use. `ports` are those of temporalPortNames, `port` is the frontend's. */
export async function temporalProcess({ folder, port, ports, databaseUrl, log }) {
  const source = await resolveTemporal();
  const home = join(folder, 'temporal');
  mkdirSync(join(home, 'config'), { recursive: true });
  await setUpDatabases(source, home, databaseUrl, log);
  const all = { ...ports, 'temporal-frontend': port };
  writeFileSync(join(home, 'config', 'zhijian.yaml'), temporalConfig({ home: source.image ? '/zhijian' : home, databaseUrl, ports: all }));
  writeFileSync(join(home, 'dynamic.yaml'), temporalDynamicConfig(availableParallelism()));
  const args = (root) => ['--root', root, '--config', 'config', '--env', 'zhijian', '--allow-no-auth', 'start'];
  const common = { name: 'temporal', port, level: 1, ready: () => probe.tcp(port), readyWithin: 90_000, attempts: 20 };
  if (source.image) return container({ ...common, image: `temporalio/server:${source.image}`, volumes: [[home, '/zhijian']], options: ['--entrypoint', 'temporal-server'], args: args('/zhijian') });
  return { ...common, command: source.server, args: args(home) };
}

/** Creates or upgrades the schema; each step may have been done before. */
async function setUpDatabases(source, home, databaseUrl, log) {
  const stamp = join(home, 'schema');
  const wanted = `${versions.temporal} ${new URL(databaseUrl).host}`;
  if (readText(stamp) === wanted) return;
  const url = new URL(databaseUrl);
  for (const [database, schema] of [['temporal', 'temporal'], ['temporal_visibility', 'visibility']]) {
    const connection = { SQL_PLUGIN: 'postgres12', SQL_HOST: url.hostname, SQL_PORT: url.port || '5432', SQL_USER: decodeURIComponent(url.username), SQL_PASSWORD: decodeURIComponent(url.password), SQL_DATABASE: database };
    const tool = async (args, allowed) => {
      const inContainer = ['run', '--rm', '--network', 'host', ...Object.keys(connection).flatMap((name) => ['--env', name]), '--entrypoint', 'temporal-sql-tool', `temporalio/admin-tools:${source.image}-tctl-1.18.4-cli-1.5.0`];
      const [command, all] = source.image ? ['docker', [...inContainer, ...args]] : [source.sql, args];
      await run(command, all, { log, env: { ...process.env, ...connection }, what: `建立 Temporal 数据库 ${database}` }).catch((error) => {
        if (!allowed?.test(error.message)) throw error;
      });
    };
    await tool(['create-database'], /already exists/);
    await tool(['setup-schema', '-v', '0.0'], /already exists/);
    await tool(['update-schema', '--schema-name', `postgresql/v12/${schema}`]);
  }
  writeFileSync(stamp, wanted);
}

/** Creates the namespace `zhijian` (retention 30 days) unless it is there. */
export async function createNamespace({ address, namespace = 'zhijian', log }) {
  const script = fileURLToPath(new URL('./namespace.mjs', import.meta.url));
  await run(serviceNode(), [script, address, namespace], { log, what: `建立 Temporal 命名空间 ${namespace}` });
}

