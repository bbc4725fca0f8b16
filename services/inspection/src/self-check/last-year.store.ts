import type { Fact, FactKind } from '@zhijian/contracts';
import type { assessmentCirculated } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';

type Circulated = typeof assessmentCirculated extends FactKind<infer T> ? T : never;

/** The problems of a body in the last quality assessment: its self-check must answer them. */
export async function keepProblems(fact: Fact<Circulated>, tx: Tx): Promise<void> {
  const { institutionId, year, problems } = fact.data;
  await tx.query(`insert into last_year_problem (problem_id, institution_id, year, text) select p."problemId", $1, $2, p.text from jsonb_to_recordset($3::jsonb) as p("problemId" uuid, text text) on conflict do nothing`,
    [institutionId, year, JSON.stringify(problems)]);
}
