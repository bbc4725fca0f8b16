// plan-333: `campaign plan` for 333 cities, as people call it: a process of its own, from reading the pack to the last line of JSON.
import { join } from 'node:path';
import { Packs } from '@zhijian/policy';
import { node, root } from '../support/root.mjs';
import { mustEqual } from './ground.mjs';
import { counted } from './harness.mjs';
import { commandTimed } from './machine.mjs';

const cities = Array.from({ length: 333 }, (_, at) => String(990_001 + at));

export async function run({ profile, say }) {
  const packs = new Packs();
  const names = [];
  for (const { id, version } of packs.list()) if ((await packs.get(`${id}@${version}`)).campaign) names.push(`${id}@${version}`);
  const results = [];
  for (const name of names) {
    const took = [];
    for (let time = 0; time < (profile === 'full' ? 5 : 2); time += 1) {
      const { seconds, output } = commandTimed(node(), [join(root, 'deploy/cli/bin.mjs'), 'campaign', 'plan', name, '--json', ...cities.flatMap((city) => ['--city', city])]);
      const planned = new Set(JSON.parse(output).cities.map(({ city }) => city)); // beside them the campaign's own duties
      mustEqual('cities', cities.filter((city) => planned.has(city)).length, cities.length);
      took.push(seconds);
    }
    const slowest = Math.max(...took);
    say(`${name}: ${took.map((it) => it.toFixed(2)).join(' ')} s`);
    results.push(counted('plan-333', `campaign plan for 333 cities, ${name}, slowest of ${took.length}`, `${slowest.toFixed(2)} s`, '< 10 s', slowest < 10));
  }
  return { results };
}
