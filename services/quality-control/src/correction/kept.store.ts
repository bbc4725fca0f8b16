import type { Fact, FactKind } from '@zhijian/contracts';
import type { checkYearClosed, inspectionSummarySent } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import type { PackShelf } from '@zhijian/service-kit';
import { packOfRun, runColumns, type Run } from '../colour/colour.store.js';

type DataOf<K> = K extends FactKind<infer T> ? T : never;

/** A year's lists that were closed, its summaries that were sent, here and by inspection: they stay as they are, with a note. */
export interface Kept { readonly year: number; readonly closedOn: string | null; readonly sentVersion: number | null; readonly checksClosedOn: string | null; readonly checksSentVersion: number | null }
/** The next year, whose quotas go by this year's colour until it has a public one itself; run null: it has begun and nobody has opened it. */
export interface NextYear { readonly runId: string | null; readonly year: number; readonly pack: Pack; readonly colour: string | null }

/** What has been closed and sent of a year and of the next. */
export const keptOf = (tx: Tx, { jurisdiction, year }: Run): Promise<Kept[]> => tx.query<Kept>(
  `select y as year, (select left(r.year_end ->> 'closedAt', 10) from colour_run r where r.jurisdiction = $1 and r.year = y) as "closedOn", (select max(s.version) from monitoring_summary s where s.jurisdiction = $1 and s.year = y) as "sentVersion",
      (select to_char(k.told_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from inspection_kept k where k.jurisdiction = $1 and k.year = y and k.what = 'check-year-end') as "checksClosedOn", (select max(k.version) from inspection_kept k where k.jurisdiction = $1 and k.year = y and k.what = 'inspection-summary') as "checksSentVersion"
     from unnest($2::int[]) y order by y`, [jurisdiction, [year, year + 1]]);

export async function nextYearOf(tx: Tx, packs: PackShelf, run: Run, colourOf: (year: number) => string | null): Promise<NextYear | null> {
  const year = run.year + 1;
  const [next] = await tx.query<Run>(`select ${runColumns} from colour_run where jurisdiction = $1 and year = $2`, [run.jurisdiction, year]);
  if (!next && Number(tx.now.slice(0, 4)) < year) return null;
  return { runId: next?.id ?? null, year, pack: await packOfRun(packs, next ?? run), colour: colourOf(year) };
}

const keep = (tx: Tx, { jurisdiction, year }: { jurisdiction: string; year: number }, what: 'check-year-end' | 'inspection-summary', version: number, at: string): Promise<number> =>
  tx.execute('insert into inspection_kept (jurisdiction, year, what, version, told_at) values ($1, $2, $3, $4, $5) on conflict do nothing', [jurisdiction, year, what, version, at]);

/** Inspection's list of checks that were owed and not done is frozen. */
export const keepChecksClosed = ({ data, time }: Fact<DataOf<typeof checkYearClosed>>, tx: Tx): Promise<number> => keep(tx, data, 'check-year-end', 1, time);
/** Inspection's summary of enforcement by colour was sent. */
export const keepSummarySent = ({ data, time }: Fact<DataOf<typeof inspectionSummarySent>>, tx: Tx): Promise<number> => keep(tx, data, 'inspection-summary', data.version, time);
