// rehearse: `campaign rehearse` of 14 cities × 400 bodies, as people call it: a process of its own, from reading the roster to the last line of JSON.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Packs } from '@zhijian/policy';
import { node, root } from '../support/root.mjs';
import { mustEqual } from './ground.mjs';
import { counted } from './harness.mjs';
import { commandTimed } from './machine.mjs';

const [cities, each, officers] = [14, 400, 8];
const bar = 300;

export async function run({ profile, say }) {
  const packs = new Packs();
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-bench-roster-'));
  const results = [];
  for (const { id, version } of packs.list()) {
    const { campaign } = await packs.get(`${id}@${version}`);
    if (!campaign) continue;
    const roster = join(folder, 'roster.csv');
    const lines = Array.from({ length: cities * each }, (_, at) => `B${at},示例机构${at},${campaign.scope.kinds[0]},${990_001 + Math.floor(at / each)},${officers}`);
    writeFileSync(roster, ['id,name,kind,city,inspectors', ...lines, ''].join('\n'));
    const took = [];
    const hashes = new Set();
    for (let time = 0; time < (profile === 'full' ? 5 : 2); time += 1) {
      const { seconds, output } = commandTimed(node(), [join(root, 'deploy/cli/bin.mjs'), 'campaign', 'rehearse', `${id}@${version}`, '--roster', roster, '--late', '20', '--seed', '7', '--json']);
      const { hash, cities: played } = JSON.parse(output);
      mustEqual('bodies', played.reduce((sum, { bodies }) => sum + bodies, 0), cities * each);
      hashes.add(hash);
      took.push(seconds);
    }
    mustEqual('reports of one seed', hashes.size, 1);
    const slowest = Math.max(...took);
    say(`${id}@${version}: ${took.map((it) => it.toFixed(2)).join(' ')} s`);
    results.push(counted('rehearse', `campaign rehearse of ${cities} × ${each} bodies, ${id}@${version}, slowest of ${took.length}`, `${slowest.toFixed(2)} s`, `< ${bar} s`, slowest < bar));
  }
  rmSync(folder, { recursive: true, force: true });
  return { results };
}
