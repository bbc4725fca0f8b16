import type { Reader } from '../monitoring/quota.queries.js';

/** A correction that was accepted after something of a year had been closed or sent. */
export interface Noted { readonly correctionId: string; readonly institutionId: string; readonly name: string; readonly decidedAt: string; readonly year: number }

/** Corrections whose list named what was closed or sent of a year: the note that stays with it. */
export async function notedOn(reader: Reader, what: 'year-end' | 'monitoring-summary', { jurisdiction, year }: { jurisdiction: string; year: number }): Promise<Noted[]> {
  const rows = await reader.query<Omit<Noted, 'decidedAt'> & { decidedAt: Date }>(
    `select k.id as "correctionId", k.institution_id as "institutionId", coalesce(i.name, '') as name, k.decided_at as "decidedAt", r.year from colour_correction k join colour_run r on r.id = k.run_id left join institution_ref i on i.id = k.institution_id
      where k.jurisdiction = $1 and k.state = 'accepted' and k.effects @> $2::jsonb order by k.id`, [jurisdiction, JSON.stringify([{ what, year }])]);
  return rows.map((row) => ({ ...row, decidedAt: new Date(row.decidedAt.getTime() + 8 * 3600_000).toISOString().replace('Z', '+08:00') }));
}
