import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { quietRuntime } from './audit/replay.js';
import { editedBundle } from './edited-bundle.fixture.js';
import { loadHistory, storedHistories } from './histories.js';
import { incompatibleEdits, type Edit } from './incompatible-edits.fixture.js';

/** All of them in `npm run prove -- replay`; bundling each takes seconds. */
const edits = process.env['PROVE'] ? incompatibleEdits : [incompatibleEdits[4]!, incompatibleEdits[11]!, incompatibleEdits[21]!, incompatibleEdits[26]!, incompatibleEdits[29]!, incompatibleEdits[32]!];

beforeAll(() => quietRuntime());
afterAll(() => Runtime.instance().shutdown());

/** Why the code does not replay one of the stored histories; null: it replays all of them. */
async function caughtBy(code: string): Promise<Error | null> {
  function* each() {
    for (const path of storedHistories()) yield { workflowId: workflowIdOf(path), history: historyFromJSON(loadHistory(path)) };
  }
  for await (const { error } of Worker.runReplayHistories({ workflowBundle: { code } }, each())) {
    if (error) return error;
  }
  return null;
}

/** What a file's workflow is called where its histories lie. */
const workflowOf: Partial<Record<Edit['file'], string>> = { unit: 'unit-campaign', colour: 'colouring' };

const workflowIdOf = (path: string): string => (loadHistory(path).events[0]!['workflowExecutionStartedEventAttributes'] as { workflowId: string }).workflowId;

describe('the stored histories catch an incompatible edit', () => {
  it('of which there are 34, all different, some in every workflow of which histories are stored', () => {
    expect(incompatibleEdits).toHaveLength(34);
    expect(new Set(incompatibleEdits.map(({ file, from, to }) => `${file} ${from} ${to}`)).size).toBe(34);
    expect(new Set(incompatibleEdits.map(({ file }) => workflowOf[file] ?? file))).toEqual(new Set(storedHistories().map((path) => path.split('/')[0])));
  });

  it.each(edits.map((edit) => [edit.what, edit] as const))('%s', async (_what, edit) => {
    expect(await caughtBy(await editedBundle(edit))).toBeInstanceOf(DeterminismViolationError);
  }, 120_000);
});
