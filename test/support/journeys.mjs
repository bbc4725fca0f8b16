// The whole system as its users have it: the demonstration is played on real engines, then looked at from outside.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, playDemonstration } from '../../deploy/local/engines.mjs';
import { node, root } from './root.mjs';
import { sharedSystem, stopEngines } from './shared.mjs';
import { jest } from './steps.mjs';

/** Plays the demonstration once and runs every journey and browser test against the system it leaves. */
export async function journeys() {
  await stopEngines();
  const chromium = await ensureChromium();
  const system = await sharedSystem();
  const lines = [];
  const began = performance.now();
  try {
    await playDemonstration({ system, line: (text) => lines.push(text) });
  } catch (error) {
    return { code: 1, passed: 0, failed: 1, output: [...lines.slice(-40), String(error?.message ?? error)].join('\n') };
  }
  const took = (performance.now() - began) / 1000;
  const screenshots = join(root, '.local', 'screenshots');
  const logs = join(root, '.local', 'test-logs');
  for (const folder of [screenshots, logs]) mkdirSync(folder, { recursive: true });
  const about = join(logs, 'system.json');
  writeFileSync(about, JSON.stringify({ urls: system.urls, dir: system.dir, databaseUrl: system.databaseUrl, temporalAddress: system.temporalAddress, kafkaBrokers: system.kafkaBrokers, processes: system.processesFile, screenshots, chromium, demonstration: lines }));
  const done = await jest('journeys', node(), ['--testRegex', '\\.(journey|browser)\\.ts$', '-i', '--testTimeout', '120000'], { ZHIJIAN_SYSTEM: about, DATABASE_URL: system.databaseUrl, KAFKA_BROKERS: system.kafkaBrokers, TEMPORAL_ADDRESS: system.temporalAddress });
  return { ...done, passed: done.passed + 1, output: `demonstration ${took.toFixed(0)} s\n${readFileSync(done.log, 'utf8').slice(-6000)}` };
}
