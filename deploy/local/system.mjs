// The whole system in one data folder: engines, databases, services, clock. `npm start` and the journeys both use it.
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ownClock } from './clock.mjs';
import { entryKeyIn } from './entry-key.mjs';
import { remove } from './files.mjs';
import { lockFolder } from './lock.mjs';
import { freePort } from './ports.mjs';
import { installBuiltInPacks, migrateAndCreateTopics, requireBuild } from './prepare.mjs';
import { clearLeftovers, listFile } from './process-list.mjs';
import { nodeFlags, services } from './processes.mjs';
import * as probe from './probe.mjs';
import { raiseEngines } from './raise-engines.mjs';
import { demonstrationStart, documentedPorts, repository, serviceNode } from './settings.mjs';
import { supervise } from './supervise.mjs';

/**
 * Starts everything (the programs must be built) and waits until all of it is ready.
 * - `dir`: data folder, kept; without it a temporary one that `stop()` removes.
 * - `ports`: name → port for all names of documentedPorts; default: free ones.
 * - `addresses`: engines that are there already, `{ databaseUrl, kafkaBrokers, temporalAddress, oidcIssuer }`.
 * - `only`: names of services to start (default all); `env`: more environment for the services; `policyFolder`: default `packs` in the folder.
 * - `durable`: false for a faster Postgres that may lose data when the machine fails; `throwAway`: processes die with this one, even at kill -9.
 * - `clock`: false for real time; `begin`: first simulated instant of a new folder.
 * - `signal`: an AbortSignal that stops it, also while it starts; `release`: the unlocking function of a lock already held.
 * - `report(step, detail)`: progress; steps engine, prepared, service, skipped.
 * Gives `{ dir, urls, ports, databaseUrl, kafkaBrokers, temporalAddress, environment, clock, processesFile, skipped, pids(), restarts(), stop() }`.
 */
export async function startSystem({
  dir, ports, addresses = {}, only, env = {}, policyFolder, durable = true, throwAway = true, clock: withClock = true, begin = demonstrationStart(),
  namespace = process.env.TEMPORAL_NAMESPACE ?? 'zhijian', report = () => {}, release = undefined, signal,
} = {}) {
  requireBuild();
  const folder = dir ? resolve(dir) : mkdtempSync(join(tmpdir(), 'zhijian-'));
  const unlock = release ?? lockFolder(folder);
  const supervisor = supervise({ folder, throwAway });
  let clock;
  let stopped;
  const stop = () => (stopped ??= (async () => {
    clock?.stop();
    await supervisor.stop();
    unlock();
    if (!dir) remove(folder);
  })());
  signal?.addEventListener('abort', () => void stop(), { once: true });
  try {
    await clearLeftovers(folder);
    const at = ports ?? (await freePorts());
    if (withClock) clock = ownClock({ folder, begin });
    const wanted = { postgres: true, kafka: true, temporal: true, temporalUi: !addresses.temporalAddress };
    const engines = await raiseEngines({ supervisor, folder, wanted, addresses, ports: at, durable, namespace, report: (name, took) => report('engine', { name, took }) });

    const urls = Object.fromEntries(Object.entries(at).filter(([name]) => !['postgres', 'kafka', 'temporal'].includes(name)).map(([name, port]) => [name, `http://127.0.0.1:${port}`]));
    if (addresses.oidcIssuer) urls.identity = addresses.oidcIssuer;
    const environment = { ...serviceEnvironment({ folder, urls, engines, namespace, clock, policyFolder }), ...env };
    const migrated = await migrateAndCreateTopics({ environment, log: join(folder, 'logs', 'prepare.log') });
    report('prepared', { migrated, packs: installBuiltInPacks(environment.POLICY_DIR) });

    const skipped = [];
    const chosen = services.filter(({ name }) => (!only || only.includes(name)) && !(name === 'identity' && addresses.oidcIssuer));
    await Promise.all(chosen.map(async ({ name, main }) => {
      if (!existsSync(join(repository, main))) {
        skipped.push(name);
        report('skipped', { name });
        return;
      }
      await supervisor.start(serviceProcess({ name, main, port: at[name], environment }));
      report('service', { name, url: urls[name] });
    }));
    return { dir: folder, urls, ports: at, ...engines, environment, clock, processesFile: listFile(folder), skipped, pids: supervisor.pids, restarts: supervisor.restarts, stopping: supervisor.stopping, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePorts() {
  const ports = {};
  for (const name of Object.keys(documentedPorts)) ports[name] = await freePort();
  return ports;
}

function serviceEnvironment({ folder, urls, engines, namespace, clock, policyFolder }) {
  const calendars = process.env.CALENDAR_DIR ?? join(folder, 'calendar');
  mkdirSync(calendars, { recursive: true });
  return {
    ...process.env,
    NODE_ENV: process.env.NODE_ENV ?? 'development',
    KAFKAJS_NO_PARTITIONER_WARNING: '1',
    DATABASE_URL: engines.databaseUrl,
    KAFKA_BROKERS: engines.kafkaBrokers,
    TEMPORAL_ADDRESS: engines.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    POLICY_DIR: policyFolder ?? join(folder, 'packs'),
    CALENDAR_DIR: calendars,
    ZHIJIAN_DATA: folder,
    ENTRY_KEY_FILE: process.env.ENTRY_KEY_FILE ?? entryKeyIn(folder),
    // A demonstration begins with invented agencies and people; an installation names its own file, or begins with none.
    ...(clock ? { DEMONSTRATION_CLOCK: clock.file, DIRECTORY_SEED: process.env.DIRECTORY_SEED ?? join(repository, 'services/gateway/demonstration-directory.json') } : {}),
    ...Object.fromEntries(services.map(({ name, url }) => [url, urls[name]])),
  };
}

function serviceProcess({ name, main, port, environment }) {
  return {
    name,
    port,
    level: 3,
    command: serviceNode(),
    args: [...nodeFlags, join(repository, main)],
    cwd: repository,
    env: { ...environment, PORT: String(port) },
    ready: () => probe.http(port, '/readyz'),
    readyWithin: 60_000,
  };
}
