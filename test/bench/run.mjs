// `npm run bench [-- --profile smoke|full] [--only P3,P7] [--seed 7] [--no-build]`
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { node, root } from '../support/root.mjs';

const { values: option } = parseArgs({ options: { profile: { type: 'string', default: 'full' }, only: { type: 'string' }, seed: { type: 'string' }, 'no-build': { type: 'boolean', default: false } } });

// The figures are taken with the Node that the services run on.
if (process.execPath !== node() && !process.env.ZHIJIAN_BENCH_NODE) {
  const again = spawnSync(node(), [...process.argv.slice(1)], { stdio: 'inherit', env: { ...process.env, ZHIJIAN_BENCH_NODE: '1' } });
  process.exit(again.status ?? 1);
}
process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1';
process.removeAllListeners('warning');

const newest = (folder) => Math.max(...readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name)).mtimeMs));
function build() {
  const tsc = spawnSync(node(), [join(root, 'node_modules/typescript7/bin/tsc'), '-b'], { cwd: root, stdio: 'inherit' });
  if (tsc.status !== 0) throw new Error('tsc -b failed');
  const bundle = join(root, 'workflows/runtime/dist/workflow-bundle.js');
  if (existsSync(bundle) && statSync(bundle).mtimeMs > newest(join(root, 'workflows/definitions/src'))) return;
  if (spawnSync(node(), [join(root, 'workflows/runtime/dist/bundle.js')], { cwd: root, stdio: 'inherit' }).status !== 0) throw new Error('the workflow bundle failed');
}
if (!option['no-build']) build();

const { startEngines, startSystem } = await import('../../deploy/local/engines.mjs');
const { load, machine } = await import('./machine.mjs');
const { profiles } = await import('./harness.mjs');
const { randomFrom } = await import('./statistics.mjs');
const { startIssuer } = await import('./issuer.mjs');
const { table } = await import('./table.mjs');

const profile = option.profile;
if (!profiles[profile]) throw new Error(`--profile ${Object.keys(profiles).join(' | ')}`);
const seed = Number(option.seed ?? Date.now() % 1_000_000);
const wanted = option.only?.split(',');
// P1 before P2: the demonstration clock only moves forward.
const benches = [['P5', './p5-decisions.mjs'], ['P14', './p14-replay.mjs'], ['P16', './p16-working-days.mjs'], ['plan-333', './plan-333.mjs'], ['check-five', './check-five.mjs'], ['rehearse', './rehearse.mjs'], ['what-if', './what-if.mjs'],
  ['P1', './p1-launch.mjs'], ['P2', './p2-whole-campaign.mjs'], ['P3', './p3-self-check.mjs'], ['P4', './p4-scores.mjs'], ['import', './import-scores.mjs'], ['log', './log-cost.mjs'], ['P7', './p7-sweep.mjs'], ['P8', './p8-publish-list.mjs'], ['P9', './p9-public-query.mjs'], ['P10', './p10-name-search.mjs'], ['P11', './p11-relay.mjs'], ['P12', './p12-end-to-end.mjs'], ['P13', './p13-own-copy.mjs']]
  .filter(([name]) => !wanted || wanted.some((one) => one.replace(/^P1[ab]$/, 'P1') === name)); // P1a and P1b may be asked for apart
const withoutEngines = new Set(['P5', 'P14', 'P16', 'plan-333', 'check-five', 'rehearse', 'what-if']);
const needs = (...names) => benches.some(([name]) => names.includes(name));

console.log(`profile ${profile}, seed ${seed}, load ${load()}`);
const policyFolder = mkdtempSync(join(tmpdir(), 'zhijian-bench-packs-'));
cpSync(join(root, 'test/bench/pack'), policyFolder, { recursive: true });
const issuer = await startIssuer();
// One set of engines for everything; the rooms run only where a launch is measured.
const idle = { stop: async () => {} };
const system = benches.every(([name]) => withoutEngines.has(name)) ? idle : needs('P1', 'P2')
  ? await startSystem({ only: ['qualification', 'inspection', 'workflows'], addresses: { oidcIssuer: issuer.url }, durable: true, throwAway: true, policyFolder, begin: '2023-01-05T08:00:00+08:00', env: { OIDC_ISSUER: issuer.url, LOG_LEVEL: 'warn' } })
  : await startEngines({ postgres: true, kafka: needs('P11', 'P12', 'P13'), durable: true });
let interrupted = false;
process.once('SIGINT', () => { interrupted = true; void system.stop().then(() => process.exit(130)); });

if (needs('P11', 'P12', 'P13')) await (await import('./ground.mjs')).warmKafka(system.kafkaBrokers);

const started = new Date();
const results = [];
const raw = {};
try {
  for (const [name, path] of benches) {
    const from = Date.now();
    const say = (line) => process.stderr.write(`  ${name} ${line}\n`);
    try {
      const { run } = await import(path);
      const done = await run({ system, issuer, profile, wanted, random: randomFrom(seed + (Number(name.replace(/\D/g, '')) || 0)), say });
      results.push(...done.results);
      raw[name] = { ...done, took: Date.now() - from };
      process.stderr.write(`${table(done.results)}\n`);
    } catch (error) {
      if (interrupted) throw error;
      console.error(`${name}: ${error.stack}`);
      results.push({ id: name, what: String(error.message).slice(0, 60), bar: '', verdict: 'fail' });
      raw[name] = { error: error.stack };
    }
    say(`took ${((Date.now() - from) / 1000).toFixed(0)} s, load ${load()}`);
  }
} finally {
  await system.stop();
  issuer.stop();
  rmSync(policyFolder, { recursive: true, force: true });
}

const file = join(root, '.local/bench', `${started.toISOString().slice(0, 19).replaceAll(':', '')}.json`);
mkdirSync(join(root, '.local/bench'), { recursive: true });
writeFileSync(file, JSON.stringify({ at: started.toISOString(), profile, seed, machine: machine(), load: load(), results, raw }, null, 1));
console.log(`\n${table(results)}\n\n${file}`);
process.exit(results.some(({ verdict }) => verdict === 'fail') ? 1 : 0);
