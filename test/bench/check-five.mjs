// check-five: all installed packs read and checked, in a process of its own: quotes, contradictions, tables, golden cases.
import { fileURLToPath } from 'node:url';
import { builtInCalendar } from '@zhijian/calendar';
import { checkPack, Packs, readSource } from '@zhijian/policy';
import { node } from '../support/root.mjs';
import { counted } from './harness.mjs';
import { commandTimed } from './machine.mjs';

const five = 5; // the documents that the project stands on

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packs = new Packs();
  const checked = [];
  for (const { id, version } of packs.list()) {
    const from = performance.now();
    const pack = await packs.get(`${id}@${version}`);
    const { findings, cases } = checkPack(pack, { sourceText: readSource(pack), calendar: builtInCalendar });
    checked.push({ pack: `${id}@${version}`, findings: findings.length, failed: cases.failed, passed: cases.passed, milliseconds: Math.round(performance.now() - from) });
  }
  console.log(JSON.stringify(checked));
}

export async function run({ profile, say }) {
  const took = [];
  let checked = [];
  for (let time = 0; time < (profile === 'full' ? 5 : 2); time += 1) {
    const { seconds, output } = commandTimed(node(), [fileURLToPath(import.meta.url)]);
    checked = JSON.parse(output);
    took.push(seconds);
    say(`${seconds.toFixed(2)} s: ${checked.map((it) => `${it.pack} ${it.milliseconds} ms`).join(', ')}`);
  }
  const slowest = Math.max(...took);
  const places = new Set(checked.map(({ pack }) => pack.split('/')[0])).size;
  const figure = counted('check-five', `pack check of all ${checked.length} installed packs, slowest of ${took.length}`, `${slowest.toFixed(2)} s`, '< 5 s', slowest < 5);
  return { checked, results: [places < five ? { ...figure, verdict: slowest < 5 ? 'no verdict' : 'fail' } : figure] };
}
