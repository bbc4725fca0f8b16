import type { Count, CountedHere, Source } from './target.rules.js';

export interface Sql { query<T>(sql: string, parameters?: unknown[]): Promise<T[]> }
/** What is counted: in which units, of which kind, from when to when, about which findings. */
export interface Asked { campaignId: string; units: readonly string[]; kinds: readonly string[]; from: string | null; to: string | null; about: readonly string[] }

/** One row for every body a target is about: those in the campaign's rosters, and whoever a case was filed against. */
const bodies = `select m.institution_id, m.unit, i.kind, i.name from roster_member m join institution_ref i using (institution_id)
   where m.campaign_id = $1 and m.unit = any($2::text[]) and m.state = 'in' and i.kind = any($3::text[])`;
const period = (day: string): string => `($4::date is null or ${day} >= $4::date) and ($5::date is null or ${day} <= $5::date)`;
/** A body visited in the period counts, whichever campaign the visit belonged to. */
const inspected = `select distinct on (b.institution_id) b.institution_id, b.unit, b.kind, b.name, v.visit_on as on, v.id as visit_id, null::uuid as case_id
   from (${bodies}) b join visit v on v.institution_id = b.institution_id and v.state = 'recorded' where ${period('v.visit_on')} order by b.institution_id, v.visit_on, v.id`;
const cases = (concluded: boolean): string => `select c.institution_id, c.unit, i.kind, i.name, c.filed_on as on, c.visit_id, c.id as case_id
   from case_file c join institution_ref i using (institution_id)
  where c.unit = any($2::text[]) and i.kind = any($3::text[]) and ${period('c.filed_on')} ${concluded ? `and c.state = 'decided'` : ''}
    and (cardinality($6::text[]) = 0 or exists (select 1 from finding f where f.visit_id = c.visit_id and f.kind = any($6::text[])))`;

const rowsOf: Record<CountedHere, string> = {
  institutions: `select institution_id, unit, kind, name, null::date as on, null::uuid as visit_id, null::uuid as case_id from (${bodies}) b`,
  'institutions-inspected': inspected, 'cases-verified': cases(false), 'cases-concluded': cases(true),
};
/** Every parameter is named in each statement, so that one list serves all. */
const all = (sql: string): string => `with counted as (${sql}), asked as (select $1::uuid, $4::date, $5::date, $6::text[])`;
const parameters = ({ campaignId, units, kinds, from, to, about }: Asked): unknown[] => [campaignId, units, kinds, from, to, about];

/** How many, by kind. */
export async function counted(sql: Sql, measure: CountedHere, asked: Asked): Promise<Map<string, number>> {
  const rows = await sql.query<{ kind: string; count: number }>(`${all(rowsOf[measure])} select kind, count(*)::int as count from counted group by kind`, parameters(asked));
  return new Map(rows.map(({ kind, count }) => [kind, count]));
}

export interface CountedRow { institutionId: string; unit: string; kind: string; name: string; on: string | null; visitId: string | null; caseId: string | null }
export const countedRows = (sql: Sql, measure: CountedHere, asked: Asked): Promise<CountedRow[]> =>
  sql.query<CountedRow>(`${all(rowsOf[measure])} select institution_id as "institutionId", unit, kind, name, "on"::text as on, visit_id as "visitId", case_id as "caseId" from counted order by name, institution_id, case_id`, parameters(asked));

/** The latest entry of each unit, by kind. */
export async function entered(sql: Sql, measure: string, { campaignId, units }: Pick<Asked, 'campaignId' | 'units'>): Promise<Map<string, Map<string, Source>>> {
  const rows = await sql.query<Source & { unit: string; kind: string }>(
    `select distinct on (kind, unit) kind, unit, measure, count::float8 as count, as_of::text as "asOf", source, entered_at as "enteredAt", actor
       from measure_entry where campaign_id = $1 and measure = $2 and unit = any($3::text[]) order by kind, unit, seq desc`, [campaignId, measure, units]);
  const byKind = new Map<string, Map<string, Source>>();
  for (const { unit, kind, ...source } of rows) byKind.set(kind, (byKind.get(kind) ?? new Map<string, Source>()).set(unit, source));
  return byKind;
}

/** A kind's count from what the units entered: unknown while one that has bodies of the kind has entered nothing. */
export function enteredCount(entries: ReadonlyMap<string, Source> | undefined, unitsWithBodies: readonly string[]): Count {
  const sources = [...(entries?.values() ?? [])];
  const lacking = unitsWithBodies.some((unit) => !entries?.has(unit));
  return { count: lacking ? null : sources.reduce((sum, { count }) => sum + count, 0), sources };
}
