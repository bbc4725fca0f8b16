import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import type { PackShelf } from '@zhijian/service-kit';
import { packOfRun, runColumns, type Run } from '../colour/colour.store.js';

/** A year's list that was closed, a summary that was sent: they stay as they are, with a note. */
export interface Kept { readonly year: number; readonly closedOn: string | null; readonly sentVersion: number | null }
/** The next year's run, whose quotas go by this year's colour until it is public itself. */
export interface NextYear { readonly runId: string; readonly year: number; readonly pack: Pack; readonly colour: string | null }

/** What has been closed and sent of a year and of the next. */
export const keptOf = (tx: Tx, { jurisdiction, year }: Run): Promise<Kept[]> => tx.query<Kept>(
  `select y as year, (select left(r.year_end ->> 'closedAt', 10) from colour_run r where r.jurisdiction = $1 and r.year = y) as "closedOn", (select max(s.version) from monitoring_summary s where s.jurisdiction = $1 and s.year = y) as "sentVersion"
     from unnest($2::int[]) y order by y`, [jurisdiction, [year, year + 1]]);

export async function nextYearOf(tx: Tx, packs: PackShelf, { jurisdiction, year }: Run, colourOf: (year: number) => string | null): Promise<NextYear | null> {
  const [next] = await tx.query<Run>(`select ${runColumns} from colour_run where jurisdiction = $1 and year = $2`, [jurisdiction, year + 1]);
  return next ? { runId: next.id, year: next.year, pack: await packOfRun(packs, next), colour: colourOf(next.year) } : null;
}
