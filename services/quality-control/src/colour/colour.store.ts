import type { QualificationLine } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { isManaged, managedInputs, redRuns, type Inputs, type LineYear, type Pack } from '@zhijian/policy';
import type { PackShelf } from '@zhijian/service-kit';
import { outcomesFor } from '../comparison/outcome.store.js';
import type { Managed, Proposed } from './colour.rules.js';

/** A row of `colour_run`. */
export interface Run {
  id: string; jurisdiction: string; year: number; basisYear: number; pack: string; packVersion: number; packHash: string; calendar: string; state: 'opened' | 'proposed' | 'signed' | 'published';
  openedBy: string; proposedBy: string | null; digest: string | null; version: number;
}
export const runColumns = `id, jurisdiction, year, basis_year as "basisYear", pack, pack_version as "packVersion", pack_hash as "packHash", calendar, state, opened_by as "openedBy", proposed_by as "proposedBy", digest, version`;

/** Takes a run for this transaction: previews, signatures and steps come one after the other. */
export const takenRun = async (tx: Tx, runId: string): Promise<Run | undefined> => (await tx.query<Run>(`select ${runColumns} from colour_run where id = $1 for update`, [runId]))[0];

export const packOfRun = (packs: PackShelf, { pack, packVersion }: Pick<Run, 'pack' | 'packVersion'>): Promise<Pack> => packs.get(`${pack}@${packVersion}`);

/** The place and everything below it on a day. */
export const here = `(select $1::text as place union select descendant from jurisdiction_closure_ref where ancestor = $1 and from_on <= $2::date and (to_on is null or to_on >= $2::date))`;

interface Body { id: string; home: string; atHome: boolean; serves: boolean; lines: QualificationLine[] }
interface Score { institutionId: string; line: string; score: string | null; served: boolean }

const holds = (line: QualificationLine, today: string): boolean => (line.from === null || line.from <= today) && (line.to === null || line.to >= today);
const keyOf = (row: { institutionId: string; line: string }): string => `${row.institutionId} ${row.line}`;

/** Who reads, and when. */
export type Reading = Pick<Tx, 'query' | 'now'>;
type Basis = Pick<Run, 'jurisdiction' | 'basisYear'>;

/** Every body the pack colours in a place, those from elsewhere that serve in it included, with what its basis year came to (CQ-2024-01, -07). */
export const managedBodies = (tx: Tx, pack: Pack, basis: Basis): Promise<Managed[]> => bodiesOf(tx, basis, (inputs) => isManaged(pack, inputs));

/** The same, by any rule of who is managed; with where each is at home or serves today. */
export async function bodiesOf(tx: Reading, { jurisdiction, basisYear }: Basis, manages: (inputs: Inputs) => boolean): Promise<(Managed & Pick<Body, 'atHome' | 'serves'>)[]> {
  const today = tx.now.slice(0, 10);
  const bodies = await tx.query<Body>(
    `with here as ${here} select i.id, i.jurisdiction as home, i.lines, i.jurisdiction in (select place from here) as "atHome", exists (select 1 from here where place = any(i.serves)) as serves
       from institution_ref i where i.jurisdiction in (select place from here) or exists (select 1 from here where place = any(i.serves)) order by i.id`, [jurisdiction, today]);
  const scores = new Map((await tx.query<Score>('select institution_id as "institutionId", line, score, served from evaluation_current where year = $1', [basisYear])).map((row) => [keyOf(row), row]));
  const results = new Map((await outcomesFor(tx, { place: jurisdiction, year: basisYear, today })).map((row) => [keyOf(row), row]));
  return bodies.flatMap(({ id, home, atHome, serves, lines }) => {
    const managed = lines.filter((line) => holds(line, today) && manages(managedInputs(line.kind, atHome, serves)));
    const years = managed.map(({ kind }): LineYear => {
      const [score, result] = [scores.get(`${id} ${kind}`), results.get(`${id} ${kind}`)];
      return { line: kind, served: score?.served ?? null, score: score?.score ?? null, result: result?.result ?? null, because: result?.result === null ? result.reason : null };
    });
    return years.length ? [{ institutionId: id, home, lines: years, atHome, serves }] : [];
  });
}

/** Has the basis year anything a colour could rest on, for the bodies of a place? */
export async function hasInputs(tx: Tx, jurisdiction: string, year: number): Promise<boolean> {
  const [row] = await tx.query<{ any: boolean }>(
    `with here as ${here}, bodies as (select id from institution_ref where jurisdiction in (select place from here) or exists (select 1 from here where place = any(serves)))
     select exists (select 1 from evaluation_current where year = $3 and institution_id in (select id from bodies)) or exists (select 1 from comparison_result_current where year = $3 and institution_id in (select id from bodies)) as any`,
    [jurisdiction, tx.now.slice(0, 10), year]);
  return row!.any;
}

/** A body's public colour of a year. */
export interface PublicYear { institutionId: string; year: number; runId: string; colour: string | null }
const publicYears = `select institution_id as "institutionId", year, run_id as "runId", colour from colour_public where jurisdiction = $1`;

/** What has been made public in a place, year by year; of one body or of all. */
export const publicColours = (tx: Tx, jurisdiction: string, institutionId: string | null = null): Promise<PublicYear[]> =>
  tx.query<PublicYear>(`${publicYears} and ($2::text is null or institution_id = $2) order by year`, [jurisdiction, institutionId]);

/** The pack of each coloured year of a place; a year between goes by the pack of the next one. */
export async function packsOfYears(tx: Tx, packs: PackShelf, jurisdiction: string): Promise<(year: number) => Pack> {
  const runs = await tx.query<Run>(`select ${runColumns} from colour_run where jurisdiction = $1 order by year`, [jurisdiction]);
  const known = await Promise.all(runs.map(async (run) => ({ year: run.year, pack: await packOfRun(packs, run) })));
  return (year) => (known.find((one) => one.year >= year) ?? known.at(-1)!).pack;
}

/** How many red years in a row each body had come to by the year before, as it was made public; a year without a colour in between counts as such. */
export async function redYearsBefore(tx: Tx, packs: PackShelf, { jurisdiction, year }: Pick<Run, 'jurisdiction' | 'year'>): Promise<(institutionId: string) => number> {
  const packOf = await packsOfYears(tx, packs, jurisdiction);
  const earlier = Map.groupBy((await publicColours(tx, jurisdiction)).filter((one) => one.year < year), ({ institutionId }) => institutionId);
  return (institutionId) => {
    const years = earlier.get(institutionId) ?? [];
    const closed = years.some((one) => one.year === year - 1) ? years : [...years, { year: year - 1, colour: null }];
    return years.length ? redRuns(packOf, closed).at(-1)!.redYears : 0;
  };
}

/** Replaces what the preview of a run says. @param proposer the account that asked for it; null: the workflow did */
export async function keepProposed(tx: Tx, run: Run, proposed: readonly Proposed[], digest: string, proposer: string | null): Promise<void> {
  await tx.execute('delete from colour_proposed where run_id = $1', [run.id]);
  await tx.execute(
    `insert into colour_proposed (run_id, institution_id, jurisdiction, home, colour, red_years, lines, clauses)
     select $1, p."institutionId", $2, p.home, p.colour, p."redYears", p.lines, p.clauses from jsonb_to_recordset($3::jsonb) as p("institutionId" text, home text, colour text, "redYears" int, lines jsonb, clauses text[])`,
    [run.id, run.jurisdiction, JSON.stringify(proposed)]);
  await tx.execute(`update colour_run set digest = $2, proposed_at = $3, proposed_by = $4, state = case state when 'opened' then 'proposed' else state end, version = version + 1 where id = $1`, [run.id, digest, tx.now, proposer]);
}

/** The bodies of a run that have a signed colour now, with the revision that stands. */
export async function signedBodies(tx: Tx, runId: string): Promise<Map<string, { revision: number; colour: string | null }>> {
  const rows = await tx.query<{ institutionId: string; revision: number; colour: string | null }>('select institution_id as "institutionId", revision, colour from colour_entry_current where run_id = $1', [runId]);
  return new Map(rows.map((row) => [row.institutionId, row]));
}

export interface NewEntry extends Proposed { readonly revision: number }
/** Writes decided colours; earlier revisions stay. */
export const keepEntries = (tx: Tx, run: Run, entries: readonly NewEntry[], why: { because: 'run' | 'objection' | 'correction'; correctionId: string | null }): Promise<number> => tx.execute(
  `insert into colour_entry (run_id, institution_id, revision, jurisdiction, home, year, colour, red_years, lines, clauses, because, correction_id, decided_at, decided_by)
   select $1, e."institutionId", e.revision, $2, e.home, $3, e.colour, e."redYears", e.lines, e.clauses, $4, $5, $6, $7
     from jsonb_to_recordset($8::jsonb) as e("institutionId" text, revision int, home text, colour text, "redYears" int, lines jsonb, clauses text[])`,
  [run.id, run.jurisdiction, run.year, why.because, why.correctionId, tx.now, tx.by.actor, JSON.stringify(entries)]);

/** A correction has changed the inputs too: the preview of this body says what stands. */
export const previewAs = (tx: Tx, runId: string, { institutionId, colour, redYears, lines, clauses }: Proposed): Promise<number> =>
  tx.execute('update colour_proposed set colour = $3, red_years = $4, lines = $5, clauses = $6 where run_id = $1 and institution_id = $2', [runId, institutionId, colour, redYears, JSON.stringify(lines), [...clauses]]);
