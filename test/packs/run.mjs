// node test/packs/run.mjs [--count 300] [--seed N] [--number N]: randomly damaged packs, each refused or running, none
// broken and none hanging. `--number` shows one of them alone.
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Packs } from '@zhijian/policy';
import { trial } from './trial.mjs';

/** A pack that takes longer than this hangs; on a quiet machine it takes some tens of milliseconds. */
const limit = 60_000;
const workers = 2;

/** @returns { passed, failed, lines } */
export async function damagedPacks({ count, seed, log = () => {} }) {
  const names = [...new Packs().list(), ...new Packs().laws()].map(({ id, version }) => `${id}@${version}`);
  const tally = { refused: 0, runs: 0, broken: 0, hung: 0 };
  const lines = [`seed ${seed}, ${count} packs damaged at random out of ${names.join(', ')}`];
  let next = 0;
  const note = (outcome, number, about) => {
    tally[outcome] += 1;
    if (outcome === 'broken' || outcome === 'hung') lines.push(`--seed ${seed} --number ${number}: ${outcome} ${about}`);
    const done = tally.refused + tally.runs + tally.broken + tally.hung;
    if (done % 1000 === 0) log(`${done} of ${count}: ${JSON.stringify(tally)}`);
  };
  /** Packs one after another; a thread that hangs or dies is replaced. */
  const lane = async () => {
    let worker;
    while (next < count) {
      const number = next++;
      worker ??= new Worker(new URL('./trial.mjs', import.meta.url), { workerData: { trials: true } });
      const answer = await asked(worker, { seed, number, names });
      note(answer.outcome, number, `${answer.pack ?? ''} ${answer.what?.join('; ') ?? ''} ${answer.detail ?? ''}`);
      if (answer.lost) { await worker.terminate(); worker = undefined; }
    }
    await worker?.terminate();
  };
  await Promise.all(Array.from({ length: workers }, lane));
  const { refused, runs, broken, hung } = tally;
  lines.push(`${refused} refused, ${runs} run, ${broken} broken, ${hung} hung`);
  return { passed: refused + runs, failed: broken + hung, lines };
}

function asked(worker, question) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done({ outcome: 'hung', lost: true, detail: `no answer within ${limit / 1000} s` }), limit);
    const done = (answer) => { clearTimeout(timer); worker.removeAllListeners('message'); worker.removeAllListeners('error'); resolve(answer); };
    worker.once('message', done);
    worker.once('error', (error) => done({ outcome: 'broken', lost: true, detail: error.stack }));
    worker.postMessage(question);
  });
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({ options: { count: { type: 'string', default: '300' }, seed: { type: 'string' }, number: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  if (values.number !== undefined) {
    console.log(await trial({ seed, number: Number(values.number), names: [...new Packs().list(), ...new Packs().laws()].map(({ id, version }) => `${id}@${version}`) }));
    process.exit(0);
  }
  const { passed, failed, lines } = await damagedPacks({ count: Number(values.count), seed, log: console.log });
  console.log([...lines, `${passed} passed, ${failed} failed`].join('\n'));
  process.exit(failed ? 1 : 0);
}
