// The whole system as its users have it: the demonstration is played on real engines, then looked at from outside.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, playDemonstration } from '../../deploy/local/engines.mjs';
import { node, root } from './root.mjs';
import { built, sharedSystem, stopEngines } from './shared.mjs';
import { jest } from './steps.mjs';

/** Half a day a second: a notice of some days ends while a test looks, and people still have the time to click. */
const daysPass = 43_200;

/**
 * Two lines of tests side by side, for a page mostly waits. In one line: what alters rows to be found out stands with what
 * proves that nothing was altered, and what acts in the running campaign with what makes it.
 */
const first = 'test/(journeys/(?!audit)[^/]*\\.journey|browser/(running-|attacks|coloured-years|corrected-notice|rectified|console|packs|portal|operations|consequences)[^/]*\\.browser)\\.ts$';
const lines = { journeys: first, browser: `^(?!.*${first}).*\\.(journey|browser)\\.ts$` };

let demonstration;
/** Plays the demonstration, once however many steps ask; it waits for days more than it computes, so other steps may run beside it. */
export const played = () => (demonstration ??= play());

async function play() {
  await built();
  const system = await sharedSystem();
  const told = [];
  const began = performance.now();
  try {
    await playDemonstration({ system, line: (text) => told.push(text) });
  } catch (error) {
    return { code: 1, passed: 0, failed: 1, output: [...told.slice(-40), String(error?.message ?? error)].join('\n') };
  }
  told.push(`demonstration ${((performance.now() - began) / 1000).toFixed(0)} s`);
  return { code: 0, passed: 1, failed: 0, told };
}

let looked;
/** Runs tests against the system that the demonstration left; null where it was not played to its end. */
async function looker() {
  const { code, told } = await played();
  if (code) return null;
  const chromium = await ensureChromium();
  const system = await sharedSystem();
  const screenshots = join(root, '.local', 'screenshots');
  const logs = join(root, '.local', 'test-logs');
  for (const folder of [screenshots, logs]) mkdirSync(folder, { recursive: true });
  const about = join(logs, 'system.json');
  writeFileSync(about, JSON.stringify({ urls: system.urls, dir: system.dir, databaseUrl: system.databaseUrl, temporalAddress: system.temporalAddress, kafkaBrokers: system.kafkaBrokers, processes: system.processesFile, screenshots, chromium, demonstration: told }));
  const pages = join(logs, 'pages.log');
  writeFileSync(pages, '');
  const environment = { ZHIJIAN_SYSTEM: about, DATABASE_URL: system.databaseUrl, KAFKA_BROKERS: system.kafkaBrokers, TEMPORAL_ADDRESS: system.temporalAddress };
  const args = ['-i', '--testTimeout', '120000', '--testEnvironment', join(root, 'test/browser/environment.mjs')];
  return { system, told, pages, look: (name, files) => jest(name, node(), ['--testRegex', files, ...args], environment) };
}

/** Lines of tests side by side. */
async function look(lines, before) {
  looked ??= looker();
  const at = await looked;
  if (!at) return { code: 1, passed: 0, failed: 1, output: '演示没有演完，无从查看' };
  await before?.(at);
  const done = await Promise.all(Object.entries(lines).map(([name, files]) => at.look(name, files)));
  const sum = (what) => done.reduce((total, one) => total + (one[what] ?? 0), 0);
  return { code: sum('code'), passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), output: [at.told.at(-1), ...done.map(({ output = '' }) => output), readFileSync(at.pages, 'utf8').slice(0, 8000)].join('\n') };
}

/** Every journey and browser test, in the quiet that they need. */
export const journeys = () => look(lines, stopEngines);

/** What comes to its end while days pass. It moves everybody's days, so it is last, and mostly waits. */
export const later = () => look({ 'later-notice': 'ended-notice\\.later\\.ts$', 'later-years': '^(?!.*ended-notice).*\\.later\\.ts$' }, ({ system }) => system.clock.change({ scale: daysPass, cruise: daysPass }));
