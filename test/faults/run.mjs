// node test/faults/run.mjs [part of a name] [rounds] [seed]: what the test run does, for one of the faults alone.
import { faults } from './index.mjs';

const [part = '', rounds = '1', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
let failures = 0;
for (const { name, run } of faults.filter((fault) => fault.name.includes(part))) {
  const from = Date.now();
  const { passed, failed, lines } = await run({ rounds: Number(rounds), seed: Number(seed), log: (line) => console.log(`  ${line}`) });
  failures += failed;
  console.log(`${failed ? 'FAILED' : 'passed'} ${name}: ${passed} passed, ${failed} failed, seed ${seed}, ${((Date.now() - from) / 1000).toFixed(0)} s`);
  for (const line of lines) console.log(`  ${line}`);
}
process.exit(failures ? 1 : 0);
