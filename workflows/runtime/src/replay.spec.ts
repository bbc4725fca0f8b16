import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundle } from './bundle.js';
import { loadHistory, storedHistories, withoutTraces, wordsOf, type StoredHistory } from './histories.js';

const histories = storedHistories();
let options: ReplayWorkerOptions;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  options = { workflowBundle: { code: await bundle() } };
}, 120_000);
afterAll(() => Runtime.instance().shutdown());

const workflowIdOf = (history: StoredHistory): string => (history.events[0]!['workflowExecutionStartedEventAttributes'] as { workflowId: string }).workflowId;
const replayed = (history: StoredHistory) => Worker.runReplayHistory(options, historyFromJSON(history), workflowIdOf(history));

/** The same history with its first activity under another name. */
function altered(path: string): StoredHistory {
  const history = loadHistory(path);
  const scheduled = history.events.find(({ eventType }) => eventType === 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED');
  (scheduled!['activityTaskScheduledEventAttributes'] as { activityType: { name: string } }).activityType.name = 'other';
  return history;
}

describe('stored histories', () => {
  it('are there, of a parent and of units in several situations', () => {
    expect(histories.filter((path) => path.startsWith('campaign/')).length).toBeGreaterThan(0);
    expect(new Set(histories.filter((path) => path.startsWith('unit-campaign/')).map((path) => path.split('.')[0])).size).toBeGreaterThan(1);
  });

  it.each(histories)('%s still replays', async (path) => {
    await expect(replayed(loadHistory(path))).resolves.toBeUndefined();
  }, 60_000);

  it.each(histories)('%s with its first activity renamed is rejected', async (path) => {
    await expect(replayed(altered(path))).rejects.toThrow(DeterminismViolationError);
  }, 60_000);

  it.each(histories)('%s says nothing of a person, a machine or a folder', (path) => {
    const history = loadHistory(path);
    expect(history).toEqual(withoutTraces(history));
    for (const word of wordsOf(history)) {
      expect(word).not.toMatch(/(?:^|["\s(:])\/(?:home|root|work|usr|tmp|var|opt|Users)\//);
      expect(word).not.toMatch(/(?<![\w-])\d+@[\w.-]|\b(?:\d{1,3}\.){3}\d{1,3}\b|localhost|(?<![\w-])1[3-9]\d{9}(?![\w-])/);
    }
  });
});

it('one copy of protobufjs is installed: with two, a JSON history cannot be read', () => {
  const from = (name: string): string => createRequire(createRequire(import.meta.url).resolve(`${name}/package.json`)).resolve('protobufjs');
  expect(from('@temporalio/proto')).toBe(createRequire(import.meta.url).resolve('protobufjs'));
  expect(from('@temporalio/common')).toBe(from('@temporalio/proto'));
});
