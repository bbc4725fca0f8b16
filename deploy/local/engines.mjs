// The doors of this room for tests: throw-away engines, the whole system, the time-skipping server, Chromium.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { remove } from './files.mjs';
import { lockFolder } from './lock.mjs';
import { freePort } from './ports.mjs';
import { clearLeftovers } from './process-list.mjs';
import { raiseEngines } from './raise-engines.mjs';
import { supervise } from './supervise.mjs';

export { build } from './build.mjs';
export { playDemonstration } from './demonstration.mjs';
export { startSystem } from './system.mjs';
export { timeSkippingServer } from './time-skipping.mjs';
export { ensureChromium } from './chromium.mjs';
export { ensurePython } from './python.mjs';

/**
 * Starts engines on free ports, for tests. Without `dir` their data is in a temporary folder that `stop()` removes;
 * with `dir` it stays, and a second call with the same folder finds it again (also the ports, where still free).
 * Temporal brings Postgres with it. The engines die with this process, however it ends.
 * Gives `{ databaseUrl, kafkaBrokers, temporalAddress, dir, pids(), restarts(), stop() }`; addresses of engines not asked for are undefined.
 */
export async function startEngines({ dir, postgres = false, kafka = false, temporal = false, durable = false, namespace = 'zhijian', report } = {}) {
  const folder = dir ?? mkdtempSync(join(tmpdir(), 'zhijian-'));
  const release = lockFolder(folder);
  const supervisor = supervise({ folder, throwAway: true });
  const stop = async () => {
    await supervisor.stop();
    release();
    if (!dir) remove(folder);
  };
  try {
    await clearLeftovers(folder);
    const ports = { postgres: await freePort(), kafka: await freePort(), temporal: await freePort() };
    const addresses = await raiseEngines({ supervisor, folder, wanted: { postgres, kafka, temporal }, ports, durable, namespace, report });
    return { ...addresses, dir: folder, pids: supervisor.pids, restarts: supervisor.restarts, stop };
  } catch (error) {
    await supervisor.stop();
    release();
    throw error;
  }
}
