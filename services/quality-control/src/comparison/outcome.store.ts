import { placesIn, type Sql } from './comparison.store.js';
import { outcomeOf, type Outcome, type RoundResult } from './outcome.rules.js';

/** Whose results: everybody's of a year, or of one body and line. */
export interface OutcomesAsked { readonly place: string; readonly year: number; readonly today: string; readonly of?: { readonly institutionId: string; readonly line: string } }
export interface BodyOutcome extends Outcome { readonly institutionId: string; readonly line: string }

/** What each body was compared with, as it counts for a place that colours. */
export async function outcomesFor(sql: Sql, { place, year, today, of }: OutcomesAsked): Promise<BodyOutcome[]> {
  const rows = await sql.query<RoundResult & { institutionId: string; line: string }>(
    `select c.institution_id as "institutionId", c.line, c.round_id as "roundId", r.title, case when c.jurisdiction = $1 then 0 when c.jurisdiction = any($2) then 1 else 2 end as nearness, c.result, c.reason
       from comparison_result_current c join comparison_round r on r.id = c.round_id where c.year = $3 and ($4::text is null or c.institution_id = $4) and ($5::text is null or c.line = $5)`,
    [place, await placesIn(sql, place, today), year, of?.institutionId ?? null, of?.line ?? null]);
  return [...Map.groupBy(rows, ({ institutionId, line }) => `${institutionId} ${line}`).values()].map((results) => ({ institutionId: results[0]!.institutionId, line: results[0]!.line, ...outcomeOf(results)! }));
}

/** The rounds whose results a place's colour of one line rests on. */
export const roundsThatCount = async (sql: Sql, asked: Required<OutcomesAsked>): Promise<readonly string[]> => (await outcomesFor(sql, asked))[0]?.rounds ?? [];
