import { describe, expect, it } from '@jest/globals';
import type { CommandEntry, Note } from '../command-entry.js';
import type { Contents } from './contents.js';
import { ofOtherRun, otherRunsIn, runs, unaskedRuns } from './runs.check.js';

const own = { workflowId: 'consequences/500000/2026', runId: 'first' };
const note = (action: string, subject: string, detail: Note['detail'] = {}): Note => ({ action, subject, jurisdiction: '', policy: null, detail });
const entry = (id: string, run: string | null, more: Partial<CommandEntry> = {}, workflow = own.workflowId): CommandEntry =>
  ({ v: 1, id, room: 'inspection', at: '2026-11-15T10:00:00.000+08:00', actor: '', jurisdiction: '', cause: '', workflow: run === null ? null : { id: workflow, run, activity: '1' }, notes: [note('reports reminded', 's')], facts: [], certificates: [], ...more });
const archivedAs = (runId: string, subject = own.workflowId, room = 'workflows') => entry(`archived ${runId}`, null, { room, notes: [note('history archived', subject, { runId })] });

function found(entries: CommandEntry[], unasked: string[] = []): Promise<string[]> {
  const contents = { archive: own, entries: entries.map((one) => ({ room: one.room, at: one.id, entry: one, body: '', leaf: '' })), rooms: new Map([['workflows', { rows: { [unaskedRuns]: unasked.map((runId) => ({ runId })) } }]]) };
  return Promise.resolve(runs(contents as unknown as Contents)).then((all) => all.map(({ where }) => where));
}

describe('an entry that names a step of another run of the workflow', () => {
  it('is let be where the log tells of that run’s archive', async () => expect(await found([entry('e', 'second'), archivedAs('second'), archivedAs('first')])).toEqual([]));
  it('is found where it does not', async () => expect(await found([entry('e', 'second'), archivedAs('first')])).toEqual(['e']));
  it('is found where another workflow’s archive, or another room, names the run', async () => {
    expect(await found([entry('e', 'second'), archivedAs('second', 'consequences/500000/2025')])).toEqual(['e']);
    expect(await found([entry('e', 'second'), archivedAs('second', own.workflowId, 'inspection')])).toEqual(['e']);
  });
  it('is passed over where the exporter could not ask for that run, and for that run alone', async () => expect(await found([entry('e', 'second'), entry('f', 'third')], ['second'])).toEqual(['f']));
});

it('entries of this run, of other workflows and of people name no other run', async () => {
  const others = [entry('own', 'first'), entry('elsewhere', 'second', {}, 'colour/500000/2026'), entry('person', null)];
  expect(others.map((one) => ofOtherRun(one, own))).toEqual([false, false, false]);
  expect(await found(others)).toEqual([]);
  const part = { entries: [...others, entry('a', 'third'), entry('b', 'second'), entry('c', 'third')].map((one) => ({ id: one.id, body: JSON.stringify(one), leaf: '' })) };
  expect(otherRunsIn([part], own)).toEqual(['second', 'third']);
});
