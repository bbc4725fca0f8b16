// `npm test`: everything that must hold, the quick part first. `-- --only NAME[,NAME]` runs some steps; `--prove [kills|…]` the full counts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { root } from './support/root.mjs';
import { run, tail } from './support/steps.mjs';

const args = process.argv.slice(2);
const after = (flag) => { const at = args.indexOf(flag); return at < 0 ? undefined : (args[at + 1] ?? ''); };
const prove = args.includes('--prove');

/** On a clean clone the packages come first; the lock decides. */
if (!existsSync(join(root, 'node_modules/.package-lock.json'))) {
  console.log('安装依赖 npm ci …');
  const { code, log } = await run('npm-ci', 'npm', ['ci', '--no-audit', '--no-fund'], { env: { npm_config_loglevel: 'error' } });
  if (code !== 0) { console.error(tail(log)); process.exit(1); }
}

const { ensurePython } = await import('../deploy/local/engines.mjs');
await ensurePython().catch((error) => { console.error(`${error.message}\n${error.fix ?? ''}`); process.exit(1); }); // verifiers of their own are written in it
const { steps, proofs } = await import('./support/plan.mjs');
const { stopShared } = await import('./support/shared.mjs');
const asked = () => {
  try { return proofs(args.slice(args.indexOf('--prove') + 1)); } catch (error) { console.error(error.message); process.exit(2); }
};
const chosen = prove ? asked() : steps.filter(({ name }) => !after('--only') || after('--only').split(',').includes(name));
if (chosen.length === 0) { console.error(`没有这一步；可选：${steps.map(({ name }) => name).join(' ')}`); process.exit(2); }

process.setMaxListeners(50); // every engine says good-bye
const total = { passed: 0, failed: 0, skipped: 0 };
const began = performance.now();
const elapsed = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
const started = new Map(); // what runs beside an earlier step, so that its failures show early too
for (const step of chosen) {
  const from = performance.now();
  for (const beside of chosen.filter(({ name }) => step.beside?.includes(name))) started.set(beside.name, beside.run().catch((error) => ({ code: 1, passed: 0, failed: 1, output: error?.stack ?? String(error) })));
  let result;
  try {
    result = await (started.get(step.name) ?? step.run());
  } catch (error) {
    result = { code: 1, passed: 0, failed: 1, skipped: 0, output: error?.stack ?? String(error) };
  }
  const { code = 0, passed = code === 0 ? 1 : 0, failed = code === 0 ? 0 : 1, skipped = 0 } = result;
  total.passed += passed;
  total.failed += Math.max(failed, code !== 0 && failed === 0 ? 1 : 0);
  total.skipped += skipped;
  const ok = code === 0 && failed === 0;
  console.log(`${ok ? '✓' : '✗'} ${step.name.padEnd(12)} ${String(passed).padStart(5)} 通过 ${failed ? `${failed} 失败 ` : ''}${skipped ? `${skipped} 跳过 ` : ''}${((performance.now() - from) / 1000).toFixed(1)} s（累计 ${elapsed()}）`);
  if (!ok) console.log(result.output ?? (result.log ? tail(result.log, step.lines ?? 80) : ''));
}
await stopShared();
if (total.skipped > 0) total.failed += total.skipped; // here a skipped test is a failure: nothing stays unseen
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed ? 1 : 0);
