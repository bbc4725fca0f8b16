// One damaged pack, in a thread of its own so that a hang can be ended from outside: it is refused with a PackError that
// names file and place in Chinese, or it can be checked, planned and decided on.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { builtInCalendar } from '@zhijian/calendar';
import {
  agencyOn, checkPack, citedDecision, combined, decide, diffPacks, endOfPeriod, explain, frequenciesFor, listAt, loadPack, PackError, Packs, periodOf, planCampaign, readSource, rehearse, ruleOf, sampleSize, targetOutcome,
} from '@zhijian/policy';
import { chance } from '../faults/chance.mjs';
import { damaged } from './damage.mjs';

const originals = new Map();

async function original(name) {
  if (!originals.has(name)) {
    const packs = new Packs();
    const { folder } = [...packs.list(), ...packs.laws()].find(({ id, version }) => `${id}@${version}` === name);
    const files = Object.fromEntries(readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile()).map((path) => [path, readFileSync(join(folder, path))]));
    const pack = await packs.get(name);
    originals.set(name, { files, pack, source: readSource(pack) });
  }
  return originals.get(name);
}

/** The damage that a number stands for. */
export async function damageOf({ seed, number, names }) {
  const random = chance((Math.imul(seed, 1_000_003) + number) >>> 0);
  const name = names[Math.floor(random() * names.length)];
  return { name, ...damaged((await original(name)).files, random) };
}

/** @returns `{ outcome: 'refused' | 'runs' | 'broken', what, detail? }` */
export async function trial(asked) {
  const { name, files, what } = await damageOf(asked);
  const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
  try {
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const about = { pack: name, what };
    let pack;
    try {
      pack = await loadPack(folder);
    } catch (error) {
      if (!(error instanceof PackError)) return { outcome: 'broken', ...about, detail: `not refused but thrown: ${error.stack}` };
      const wordless = error.problems.find((problem) => !named(problem));
      return error.problems.length === 0 || wordless ? { outcome: 'broken', ...about, detail: `refused without file, place or Chinese words: ${JSON.stringify(wordless)}` } : { outcome: 'refused', ...about, said: error.message };
    }
    try {
      used(pack, await original(name));
      return { outcome: 'runs', ...about };
    } catch (error) {
      return { outcome: 'broken', ...about, detail: `accepted, then: ${error.stack}` };
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A problem names its file and says in Chinese what is wrong; where in the file by path or line, but for what concerns the file as a whole. */
const asAWhole = /^(缺少文件|文件应是一组字段|政策包中|文件超过|文件不是 UTF-8|文件中没有决策|不允许文件类型声明|没有|编号|文件不是有效的 JSON：不合语法，或没有写完|不是有效的 DMN)/;
const named = ({ file, path, message }) => file !== '' && /\p{Script=Han}/u.test(message) && (path !== '' || /第 \d+ 行/.test(message) || asAWhole.test(message));

function used(pack, { pack: whole, source }) {
  checkPack(pack, { sourceText: source, calendar: builtInCalendar });
  checkPack(pack, { sourceText: '', calendar: builtInCalendar, asPrinted: true, with: whole });
  diffPacks(pack, whole);
  if (pack.campaign) {
    JSON.stringify(planCampaign(pack, builtInCalendar, { units: [{ code: '990001', name: '测区' }, { code: '990002', name: '测县' }] }));
    const bodies = pack.campaign.scope.kinds.map((kind, at) => ({ id: `b${at}`, name: `机构${at}`, kind, city: `99000${at % 2}`, inspectors: [] }));
    JSON.stringify(rehearse(pack, builtInCalendar, { bodies }));
    for (const id of Object.keys(pack.campaign.agencies)) agencyOn(pack, id, '2024-05-20');
  }
  for (const [section, rules] of Object.entries(pack.rules)) for (const id of Object.keys(rules)) JSON.stringify(ruleUsed(pack, section, id));
  const values = [true, false, null, 0, 79.99, 80, -1, '', 'x', '2024-05-20', undefined, Number.NaN, [], {}];
  for (const [id, table] of Object.entries(pack.decisions)) {
    for (let at = 0; at < values.length; at += 3) {
      const inputs = Object.fromEntries(table.inputs.map(({ expression }, column) => [expression, values[(at + column * 3) % values.length]]));
      citedDecision(decide(pack, id, inputs));
      if (at === 0) JSON.stringify(explain(pack, id, inputs, builtInCalendar));
    }
  }
}

function ruleUsed(pack, section, id) {
  const { value, clauses } = ruleOf(pack, section, id);
  switch (section) {
    case 'periods': { const period = periodOf(pack, id, { on: '2024-05-20' }); return period && endOfPeriod(period.value, '2024-05-20', builtInCalendar); }
    case 'frequencies': return frequenciesFor(pack, { activity: value.activity });
    case 'targets': return [[0, 0], [1, 3], [3, 3], [5, 3]].map(([numerator, denominator]) => targetOutcome(value, numerator, denominator));
    case 'samples': return [0, 1, 7, 100].map((of) => sampleSize(value, of));
    case 'scales': return combined(value, value.values.map((one) => one.id));
    case 'lists': return listAt(pack, id, '2024-05-20');
    default: return clauses;
  }
}

if (!isMainThread && workerData?.trials) parentPort.on('message', async (asked) => parentPort.postMessage({ number: asked.number, ...await trial(asked) }));
