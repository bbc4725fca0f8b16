import type { PolicyRef } from '@zhijian/contracts';
import type { Tx } from '@zhijian/persistence';
import { notFound } from '@zhijian/service-kit';
import type { Before } from './content.rules.js';

/** A notice as its row has it. */
export interface NoticeRow {
  id: string; version: number; runId: string; jurisdiction: string; year: number; basisYear: number; because: 'run' | 'objection' | 'correction'; correctionId: string | null; state: string;
  pack: string; packVersion: number; title: string; lastDay: string | null; until: string | null; site: 'portal' | 'elsewhere' | null; address: string | null; explanation: string | null; clauses: { id: string; quote: string }[];
  postedBy: string | null; postedOn: string | null; calendar: string | null; toldPublished: number | null; toldWaiting: number | null;
}

const columns = `id, version, run_id as "runId", jurisdiction, year, basis_year as "basisYear", because, correction_id as "correctionId", state, pack, pack_version as "packVersion", title, to_char(last_day, 'YYYY-MM-DD') as "lastDay",
  to_char(until at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') as until, site, address, explanation, clauses, posted_by as "postedBy", to_char(posted_on, 'YYYY-MM-DD') as "postedOn", calendar, told_published as "toldPublished", told_waiting as "toldWaiting"`;

/** Takes a notice for this transaction. @throws not found where there is none, or none of this reader's */
export async function takeNotice(tx: Tx, noticeId: string): Promise<NoticeRow> {
  tx.write('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`notice/${noticeId}`]);
  const [row] = await tx.query<NoticeRow>(`select ${columns} from notice where id = $1`, [noticeId]);
  if (!row) throw notFound('这次公示');
  return row;
}

export const packNameOf = ({ pack, packVersion }: Pick<NoticeRow, 'pack' | 'packVersion'>): string => `${pack}@${packVersion}`;
export const policyOf = ({ pack, packVersion, clauses }: Pick<NoticeRow, 'pack' | 'packVersion' | 'clauses'>, ids: readonly string[] = clauses.map(({ id }) => id)): PolicyRef => ({ pack, version: packVersion, clauses: [...ids] });
/** What every fact of a notice says of it. */
export const ofNotice = ({ id, runId, jurisdiction, year }: Pick<NoticeRow, 'id' | 'runId' | 'jurisdiction' | 'year'>) => ({ noticeId: id, runId, jurisdiction, year });

/** Where a notice stands on our own portal. */
export const portalAddress = (noticeId: string): string => `${process.env['PORTAL_URL'] ?? ''}/notices/${noticeId}`;

/** Keeps a list word for word. @returns its number among those of the notice */
export async function keepSnapshot(tx: Tx, noticeId: string, { kind, entries, sha256, body }: { kind: 'notice' | 'publication' | 'withdrawal'; entries: number; sha256: string; body: string }): Promise<void> {
  tx.write(`insert into snapshot (notice_id, seq, kind, taken_at, entries, sha256, body) select $1, (select count(*)::int + 1 from snapshot s where s.notice_id = $1), $2, $3, $4, $5, $6`,
    [noticeId, kind, tx.now, entries, sha256, body]);
}

/** What stands in public of these bodies for a year, and the last colour of a year before. */
export async function stoodBefore(reading: { query(sql: string, values?: unknown[]): Promise<unknown> }, { jurisdiction, year }: Pick<NoticeRow, 'jurisdiction' | 'year'>, bodies: readonly string[]): Promise<Map<string, Before>> {
  const rows = (await reading.query(
    `select distinct on (institution_id, year) institution_id as id, year, colour from colour_publication where jurisdiction = $1 and year <= $2 and institution_id = any($3::text[]) order by institution_id, year, seq desc`, [jurisdiction, year, bodies])) as { id: string; year: number; colour: string | null }[];
  const known = Map.groupBy(rows, ({ id }) => id);
  return new Map(bodies.map((id) => {
    const own = known.get(id) ?? [];
    const last = own.filter((it) => it.year < year && it.colour !== null).at(-1);
    return [id, { colour: own.find((it) => it.year === year)?.colour ?? null, lastYear: last ? { year: last.year, colour: last.colour! } : null }];
  }));
}
