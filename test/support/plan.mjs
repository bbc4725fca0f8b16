import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { node, root } from './root.mjs';
import { jest, run } from './steps.mjs';
import { built, engineEnvironment, timeSkipping } from './shared.mjs';

const bin = (path) => join(root, 'node_modules', path);
const ownNode = node();
/** Engines, and a file for what the rooms log: a test reads it, and it is opened when the first room of the process is loaded. */
const forRooms = async () => {
  const LOG_FILE = join(root, '.local/test-logs/rooms.ndjson');
  rmSync(LOG_FILE, { force: true });
  return { ...await engineEnvironment(), LOG_FILE };
};
const sequence = async (...runs) => {
  for (const one of runs) {
    const done = await one();
    if (done.code !== 0) return done;
  }
  return { code: 0, passed: runs.length, failed: 0 };
};

/** The steps of `npm test`, in order: what is quick and fails often comes first. */
export const steps = [
  { name: 'lint', beside: ['unit'], run: () => sequence(() => run('lint-types', ownNode, [bin('oxlint/bin/oxlint')]), () => run('graph', ownNode, [bin('.bin/nx'), 'show', 'projects']), () => run('lint', ownNode, ['--max-old-space-size=4096', bin('eslint/bin/eslint.js'), '.', '--max-warnings=0'])) },
  { name: 'unit', run: () => jest('unit', ownNode, ['--testRegex', '(?<!int-|workflow\\.|replay\\.|trials\\.)spec\\.ts$', '--testPathIgnorePatterns', '/node_modules/', '/dist/', 'replay.spec.ts', '/deploy/cli/', '/test/audit/']) },
  { name: 'types', run: () => run('types', ownNode, [bin('typescript7/bin/tsc'), '-b'], {}) },
  { name: 'boundaries', run: async () => (await import('../boundaries/check.mjs')).check() },
  { name: 'programs', beside: ['starter'], run: () => jest('programs', ownNode, ['--testRegex', '(deploy/cli|test/audit)/.*(?<!int-|trials\\.)spec\\.ts$']) },
  { name: 'starter', run: () => nodeTests('starter', 'deploy/local', 'test/bench', 'test/support') },
  { name: 'build', run: async () => { await built(); return { code: 0 }; } },
  { name: 'packs', beside: ['damaged', 'workflow'], run: () => sequence(...packChecks()) }, // each of the three leaves a core free
  { name: 'trials', run: () => jest('trials', ownNode, ['--testRegex', 'trials\\.spec\\.ts$']) },
  { name: 'damaged', run: () => damagedPacks(300) },
  { name: 'conformance', run: conformance },
  { name: 'replay', run: () => jest('replay', ownNode, ['--testRegex', 'replay\\.spec\\.ts$']) },
  { name: 'workflow', run: async () => jest('workflow', ownNode, ['--testRegex', 'workflow\\.spec\\.ts$', '-i'], await timeSkipping()) },
  { name: 'integration', beside: ['demonstration'], run: async () => jest('integration', ownNode, ['--testRegex', 'int-spec\\.ts$', '--testTimeout', '60000'], await forRooms()) },
  { name: 'demonstration', run: async () => (await import('./journeys.mjs')).played() },
  { name: 'journeys', run: async () => (await import('./journeys.mjs')).journeys() },
  { name: 'faults', beside: ['later'], run: async () => (await import('./faults.mjs')).faultsOnce() },
  { name: 'later', run: async () => (await import('./journeys.mjs')).later() },
];

function packsOfTheHouse() {
  const packs = join(root, 'libs/policy/packs');
  const inside = (folder) => readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory()).map(({ name }) => name);
  return inside(packs).flatMap((place) => inside(join(packs, place)).map((plan) => `${place}/${plan}`));
}

function packChecks() {
  const cli = (name, ...args) => () => run(name, ownNode, [join(root, 'deploy/cli/bin.mjs'), ...args]);
  return [...packsOfTheHouse().map((name) => cli(`pack-check-${name.replace('/', '-')}`, 'pack', 'check', name)), cli('pack-trace', 'pack', 'trace')];
}

/** Packs damaged at random: each refused or running. Says the seed, with which one of them can be looked at again. */
async function damagedPacks(count, show = false) {
  const { readFileSync } = await import('node:fs');
  const seed = process.env.SEED ?? String(Date.now() % 1_000_000);
  const done = await run('damaged', ownNode, [join(root, 'test/packs/run.mjs'), '--count', String(count), '--seed', seed]);
  const said = readFileSync(done.log, 'utf8').trim();
  const [, passed = '0', failed = '1'] = /(\d+) passed, (\d+) failed$/.exec(said) ?? [];
  if (show) console.log(said);
  return { ...done, passed: Number(passed), failed: Number(failed) };
}

/** The compatibility kit of DMN is not ours to keep: where it is absent, the step says so and passes. */
async function conformance() {
  const { readFileSync } = await import('node:fs');
  const done = await run('conformance', ownNode, [join(root, 'test/conformance/run.mjs')]);
  const said = readFileSync(done.log, 'utf8').trim();
  const [, passed = '0', failed = '0'] = /(\d+) passed, (\d+) failed$/.exec(said) ?? [];
  if (done.code === 0 && passed === '0') console.log(said);
  return { ...done, passed: Number(passed), failed: Number(failed) };
}

/** Tests of programs that no room builds, the starter, the figures and this runner: Node's own runner. */
async function nodeTests(name, ...folders) {
  const { readdirSync, readFileSync } = await import('node:fs');
  const files = folders.flatMap((folder) => readdirSync(join(root, folder)).filter((file) => file.endsWith('.spec.mjs')).map((file) => join(root, folder, file)));
  const done = await run(name, ownNode, ['--test', '--test-reporter=tap', ...files]);
  const count = (what) => Number(new RegExp(`^# ${what} (\\d+)`, 'm').exec(readFileSync(done.log, 'utf8'))?.[1] ?? 0);
  return { ...done, passed: count('pass'), failed: count('fail'), skipped: count('skipped') };
}

/** The promises whose full counts are shown by `npm run prove [-- NAME…]`; without a name, all of them. */
const promises = {
  packs: () => damagedPacks(Number(process.env.ROUNDS ?? 10_000), true),
  spine: async () => (await import('./faults.mjs')).faultsInFull(['spine']),
  processes: async () => (await import('./faults.mjs')).faultsInFull(['process']),
  starter: async () => (await import('./faults.mjs')).faultsInFull(['starter']),
  tamper: async () => (await import('./faults.mjs')).faultsInFull(['tamper']),
  access: async () => jest('prove-access', ownNode, ['--testRegex', '(forged-tokens|one-decision|test/access/.*)\\.int-spec\\.ts$', '--testTimeout', '600000', '-i'], { ...await engineEnvironment(), PROVE: '1' }),
  privacy: async () => jest('prove-privacy', ownNode, ['--testRegex', 'test/privacy/.*(int-spec|\\.prove)\\.ts$', '--testTimeout', '3600000', '-i'], { ...await forRooms(), PROVE: '1' }),
  replay: () => jest('prove-replay', ownNode, ['--testRegex', 'replay\\.spec\\.ts$', '--testTimeout', '3600000', '-i'], { PROVE: '1' }),
  facts: async () => jest('prove-facts', ownNode, ['--testRegex', '(test/faults/.*|as-of)\\.?int-spec\\.ts$', '--testTimeout', '600000', '-i'], { ...await engineEnvironment(), PROVE: '1' }),
};
/** `kills` names everything that kill -9 and outages must not do. */
const together = { kills: ['spine', 'facts', 'processes'] };

/** What was asked for, in full. @throws on a name that promises nothing: a proof of nothing must not look like one. */
export function proofs(names) {
  const wanted = (names.length ? names : Object.keys(promises)).flatMap((name) => together[name] ?? [name]);
  const unknown = wanted.filter((name) => !Object.hasOwn(promises, name));
  if (unknown.length) throw new Error(`没有这一项：${unknown.join('、')}；可选：${[...Object.keys(promises), ...Object.keys(together)].join(' ')}`);
  return [{ name: 'build', run: async () => { await built(); return { code: 0 }; } }, ...[...new Set(wanted)].map((name) => ({ name, run: promises[name] }))];
}
