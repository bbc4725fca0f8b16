// P5: colours of bodies from DMN tables, each with rule, clauses and version; against a bare loop over typed arrays.
// The pack is `pack/testland/colours`: a score falls into a band, band and comparison make a colour.
import { join } from 'node:path';
import { decide, decimalOf, interpretTable, loadPack } from '@zhijian/policy';
import { root } from '../support/root.mjs';
import { mustEqual } from './ground.mjs';
import { paired } from './harness.mjs';
import { interval } from './statistics.mjs';

const year = 18_000; // evaluations of a province's year: performance model of a large one
const levels = ['I', 'II', 'III'];
const colours = ['green', 'blue', 'yellow', 'red'];
/** Matrix of the pack, by hand: row A–D, column I–III. */
const matrix = Uint8Array.from([0, 1, 2, 1, 1, 2, 2, 2, 3, 3, 3, 3]);

export async function run({ profile, random, say }) {
  const cases = Array.from({ length: year }, () => ({ units: Math.floor(random() * 10_001), level: Math.floor(random() * 3) }));
  const units = Int32Array.from(cases, (one) => one.units);
  const level = Uint8Array.from(cases, (one) => one.level);
  const rounds = profile === 'full' ? 20 : 5;

  /** One pass over a year: two decisions for each evaluation, their explanation kept. */
  const pass = (pack) => cases.map((one) => {
    const grade = decide(pack, 'grade', { score: decimalOf(one.units) });
    return { grade, colour: decide(pack, 'colour', { grade: grade.value, comparison: levels[one.level] }) };
  });
  const bareOf = (at) => matrix[(units[at] >= 8000 ? 0 : units[at] >= 7000 ? 1 : units[at] >= 6000 ? 2 : 3) * 3 + level[at]];

  // Cold: the pack read, its tables compiled, a year in one pass.
  const from = performance.now();
  const pack = await loadPack(join(root, 'test/bench/pack/testland/colours/1'));
  const read = performance.now();
  const first = pass(pack);
  const onePass = performance.now() - read;
  for (const [at, { grade, colour }] of first.entries()) {
    mustEqual('colour', colour.value, colours[bareOf(at)]);
    mustEqual('clauses', [...grade.clauses, ...colour.clauses].map(({ id }) => id).join(), 'TEST-2023-01,TEST-2023-02');
    mustEqual('version', colour.pack.hash, pack.hash);
  }
  say(`pack read in ${(read - from).toFixed(0)} ms, ${year} evaluations in ${onePass.toFixed(0)} ms`);

  const timed = (work, times) => async () => {
    const cpu = process.cpuUsage();
    const began = performance.now();
    for (let round = 0; round < times; round += 1) work();
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - began) / 1000 / times, cpu: (user + system) / 1000 / times };
  };
  let kept;
  const bare = new Uint8Array(year);
  const done = await paired({ ours: timed(() => { kept = pass(pack); }, rounds), bare: timed(() => { for (let at = 0; at < year; at += 1) bare[at] = bareOf(at); }, rounds * 50), profile, random, say });
  for (let at = 0; at < year; at += 1) mustEqual('colour', kept[at].colour.value, colours[bare[at]]);

  // FEEL itself, cell by cell: what the lookups are equal to, and what they save.
  const some = cases.slice(0, 100);
  const slow = performance.now();
  for (const [at, one] of some.entries()) mustEqual('FEEL', interpretTable(pack.decisions.colour, { grade: kept[at].grade.value, comparison: levels[one.level] }).value, kept[at].colour.value);
  const feel = some.length / ((performance.now() - slow) / 1000);

  const own = done.pairs.filter(({ same }) => !same);
  const rate = interval(own.map(({ ours }) => 2 * year / (ours.cpu / 1000)), random);
  const onClock = interval(own.map(({ ours }) => 2 * year / ours.seconds), random);
  const { time } = done.figures;
  const shown = ({ median, low, high }) => `${thousand(median)}/s (${thousand(low)}–${thousand(high)})`;
  const verdict = (bar) => (rate.low >= bar ? 'pass' : rate.median >= bar ? 'no verdict' : 'fail');
  return { ...done, feel, onePass, results: [
    { id: 'P5', what: 'decisions with explanation, per second of CPU', value: shown(rate), bar: '≥ 10 k/s', verdict: verdict(10_000) },
    { id: 'P5 moonshot', what: 'the same', value: shown(rate), bar: '≥ 1 M/s', verdict: verdict(1_000_000) === 'fail' ? 'info' : verdict(1_000_000) },
    { id: 'P5 clock', what: 'the same, by the clock on the wall', value: shown(onClock), bar: '', verdict: 'info' },
    { id: 'P5 year', what: `${year} evaluations in one pass, pack just read`, value: `${onePass.toFixed(0)} ms`, bar: 'one pass', verdict: 'pass' },
    { id: 'P5 ratio', what: 'the same / typed arrays without explanation', ratio: { median: 1 / time.cost.median, low: 1 / time.cost.high, high: 1 / time.cost.low }, bar: '', same: time.same.median, verdict: 'info' },
    { id: 'P5 FEEL', what: 'one table through FEEL, uncached', value: `${thousand(feel)}/s`, bar: '', verdict: 'info' },
  ] };
}

const thousand = (value) => (value >= 1e6 ? `${(value / 1e6).toFixed(2)} M` : value >= 1e4 ? `${(value / 1e3).toFixed(0)} k` : value.toFixed(0));
