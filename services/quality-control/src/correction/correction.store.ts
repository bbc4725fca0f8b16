import type { qualityControl as http } from '@zhijian/contracts/http';
import type { Tx } from '@zhijian/persistence';
import type { LineColour, Pack } from '@zhijian/policy';
import type { PackShelf } from '@zhijian/service-kit';
import { packsOfYears, publicColours, type Run } from '../colour/colour.store.js';
import { countChanges } from '../comparison/count-change.js';
import { roundsThatCount } from '../comparison/outcome.store.js';
import type { Before } from './effects.rules.js';
import { keptOf, nextYearOf } from './kept.store.js';

/** A row of `colour_correction`. */
export interface Correction {
  id: string; runId: string; institutionId: string; jurisdiction: string; line: string; because: 'objection' | 'correction'; objectionId: string | null; change: http.ColourChange; reason: string; effects: http.ColourEffect[]; digest: string;
  state: 'draft' | 'accepted' | 'rejected'; draftedBy: string; version: number;
}
const columns = `id, run_id as "runId", institution_id as "institutionId", jurisdiction, line, because, objection_id as "objectionId", change, reason, effects, digest, state, drafted_by as "draftedBy", version`;

export const takenCorrection = async (tx: Tx, id: string): Promise<Correction | undefined> => (await tx.query<Correction>(`select ${columns} from colour_correction where id = $1 for update`, [id]))[0];

/** The colour that stands of a body in a run, with its home; nothing when none does. */
export async function standingEntry(tx: Tx, runId: string, institutionId: string): Promise<{ revision: number; colour: string; home: string; lines: LineColour[] } | undefined> {
  const [row] = await tx.query<{ revision: number; colour: string | null; home: string; lines: LineColour[] }>('select revision, colour, home, lines from colour_entry_current where run_id = $1 and institution_id = $2', [runId, institutionId]);
  return row?.colour ? { ...row, colour: row.colour } : undefined;
}

/** On which clauses the colour of a body rests as it stands. */
export async function standingClauses(tx: Tx, runId: string, institutionId: string): Promise<string[]> {
  const [row] = await tx.query<{ clauses: string[] }>('select clauses from colour_entry_current where run_id = $1 and institution_id = $2', [runId, institutionId]);
  return row?.clauses ?? [];
}

/** Which input is to be another. */
export interface Wanted { readonly line: string; readonly change: http.ColourChange }

/** What a change of this body would start from. */
export async function beforeOf(tx: Tx, packs: PackShelf, pack: Pack, run: Run, institutionId: string, entry: { colour: string; lines: LineColour[] }, { line, change }: Wanted): Promise<Before> {
  const years = await publicColours(tx, run.jurisdiction, institutionId);
  const found = await tx.query<{ runId: string; jurisdiction: string; year: number }>(
    `select e.run_id as "runId", r.jurisdiction, r.year from colour_entry_current e join colour_run r on r.id = e.run_id where e.institution_id = $1 and r.basis_year = $2 and r.id <> $3 and e.colour is not null order by r.jurisdiction`, [institutionId, run.basisYear, run.id]);
  const otherRuns = change.kind === 'comparison' ? await onTheSameRounds(tx, run, { institutionId, line }, found) : found;
  const colourOf = (year: number): string | null => years.find((one) => one.year === year)?.colour ?? null;
  const counts = change.kind === 'comparison' ? await countChanges(tx, packs, tx.now.slice(0, 10), { place: run.jurisdiction, institutionId, line, year: run.basisYear, result: change.result }) : [];
  return {
    runId: run.id, year: run.year, basisYear: run.basisYear, pack, colour: entry.colour, lines: entry.lines, publicColour: years.find((one) => one.runId === run.id)?.colour ?? null, takenDown: years.some((one) => one.runId === run.id && one.colour === null), years, otherRuns,
    counts, next: await nextYearOf(tx, packs, run, colourOf), kept: await keptOf(tx, run), packOf: await packsOfYears(tx, packs, run.jurisdiction),
  };
}

/** Of other places' runs those that count a round this one counts: each place goes by its own first. */
async function onTheSameRounds<T extends { jurisdiction: string }>(tx: Tx, { jurisdiction, basisYear: year }: Run, of: { institutionId: string; line: string }, others: readonly T[]): Promise<T[]> {
  const roundsOf = (place: string): Promise<readonly string[]> => roundsThatCount(tx, { place, year, today: tx.now.slice(0, 10), of });
  const own = await roundsOf(jurisdiction);
  const same: T[] = [];
  for (const other of others) if ((await roundsOf(other.jurisdiction)).some((roundId) => own.includes(roundId))) same.push(other);
  return same;
}

export const objectionOf = async (tx: Tx, objectionId: string | null, runId: string, institutionId: string): Promise<{ settled: boolean } | null> => (await tx.query<{ settled: boolean }>(
  `select correction_id is not null as settled from colour_objection where objection_id = $1 and run_id = $2 and institution_id = $3 and outcome = 'to-be-changed' for update`, [objectionId, runId, institutionId]))[0] ?? null;

export const openCorrection = async (tx: Tx, runId: string, institutionId: string): Promise<boolean> =>
  (await tx.query(`select 1 from colour_correction where run_id = $1 and institution_id = $2 and state = 'draft'`, [runId, institutionId])).length > 0;
