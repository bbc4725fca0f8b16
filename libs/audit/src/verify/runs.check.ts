import type { ArchiveRecord, RoomPart } from '../bundle/format.js';
import type { CommandEntry } from '../command-entry.js';
import { finder, rowsOf, type Check } from './contents.js';
import { entryName } from './log.check.js';

/** Where the exporter says which runs it could not ask for: rows of the workflows' room. */
export const unaskedRuns = 'unaskedRun';

type Which = Pick<ArchiveRecord, 'workflowId' | 'runId'>;

/** Whether a step of another run of the same workflow made an entry. */
export const ofOtherRun = ({ workflow }: Pick<CommandEntry, 'workflow'>, which: Which | null): boolean => workflow !== null && workflow.id === which?.workflowId && workflow.run !== which.runId;

/** The other runs of the workflow that entries of these parts name, each once. */
export const otherRunsIn = (parts: readonly Pick<RoomPart, 'entries'>[], which: Which): string[] =>
  [...new Set(parts.flatMap(({ entries }) => entries.map(({ body }) => JSON.parse(body) as CommandEntry)).filter((entry) => ofOtherRun(entry, which)).map(({ workflow }) => workflow!.run))].sort();

/**
 * A workflow may have been begun anew under its id: what steps of its other runs did is held against their histories, in their
 * own files. Here each of these runs is one that the log has archived; only what could not be asked for is passed over.
 */
export const runs: Check = (contents) => {
  const { archive, entries } = contents;
  const archived = entries.filter(({ room }) => room === 'workflows').flatMap(({ entry }) => entry.notes).filter(({ action, subject }) => action === 'history archived' && subject === archive?.workflowId);
  const known = new Set([...archived.map(({ detail }) => detail['runId']), ...rowsOf<{ runId: string }>(contents, 'workflows', unaskedRuns).map(({ runId }) => runId)]);
  return entries.filter(({ entry }) => ofOtherRun(entry, archive) && !known.has(entry.workflow!.run))
    .map(({ at, entry }) => finder('history')(at, `${entryName(entry)}写明由运行 ${entry.workflow!.run} 的步骤办理，日志中没有这次运行的归档`));
};
