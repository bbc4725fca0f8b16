import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newLogKey } from '@zhijian/audit';
import { verifyBundle, type Verdict } from '@zhijian/audit/bundle';
import { Runtime, Worker } from '@temporalio/worker';
import { protoOf } from '../archive/history-bytes.js';
import { bundle } from '../bundle.js';
import { loadHistory, storedHistories } from '../histories.js';
import { cleanBundle } from './clean-bundle.fixture.js';
import { quietRuntime, replaying } from './replay.js';

/** 1,000 in `npm run prove -- replay`. */
const count = process.env['PROVE'] ? 1000 : 50;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const key = newLogKey('01a20000-0000-7000-8000-0000000000bb');
let code: string;

beforeAll(async () => {
  quietRuntime();
  code = await bundle();
}, 120_000);
afterAll(() => Runtime.instance().shutdown());

/** Mulberry32: the same seed, the same bundles. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

it(`${count} clean bundles of other campaigns raise no alarm (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  const paths = storedHistories();
  const replays: { workflowId: string; history: ReturnType<typeof protoOf> }[] = []; // one worker for all of them: a worker of its own for each takes a second
  const alarms: { path: string; problems: Verdict['problems'] }[] = [];
  for (let at = 0; at < count; at += 1) {
    const path = paths[Math.floor(random() * paths.length)]!;
    const { files } = await cleanBundle(loadHistory(path), { code, key, random });
    const { problems } = await verifyBundle(files, { ...replaying, replay: async (_code, history, workflowId) => { replays.push({ workflowId, history: protoOf(history) }); return null; } });
    if (problems.length) alarms.push({ path, problems });
  }
  expect(alarms).toEqual([]);
  expect(replays).toHaveLength(count);
  const left: unknown[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { code } }, replays)) if (error) left.push({ workflowId, error });
  expect(left).toEqual([]);
}, 3_600_000);
