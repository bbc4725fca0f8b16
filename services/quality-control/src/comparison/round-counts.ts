import type { AnswerOf, qualityControl as http } from '@zhijian/contracts/http';
import { partOf } from './comparison.rules.js';
import type { Round, Sql } from './comparison.store.js';

/** How many take part in a round, and how far they are. */
export type Participation = AnswerOf<typeof http.getComparison>['counts'];
const nobody: Participation = { obliged: 0, voluntary: 0, excused: 0, sent: 0, received: 0, reported: 0, late: 0, withdrawn: 0 };

/**
 * What stands of several submissions is said as `standingOf` says it: for each part the last one that has a result of it; somebody
 * is late as soon as one standing part is. Which part a measurand belongs to knows the pack, so it is asked along.
 */
const participation = `
  with asked as (select * from jsonb_to_recordset($1::jsonb) as a("roundId" text, parts jsonb)),
  standing as (
    select "roundId", institution_id, bool_or(late) as late from (
      select distinct on (a."roundId", s.institution_id, p.part) a."roundId", s.institution_id, p.part = any(s.late) as late
        from asked a join comparison_submission s on s.round_id = a."roundId"
             cross join lateral (select distinct coalesce(a.parts ->> (r ->> 'measurand'), '') as part from jsonb_array_elements(s.results) r) p
       order by a."roundId", s.institution_id, p.part, s.sequence desc) last group by "roundId", institution_id)
  select a."roundId",
         count(*) filter (where p.obliged and p.excused_at is null)::int as obliged, count(*) filter (where not p.obliged)::int as voluntary, count(p.excused_at)::int as excused, count(p.sent_on)::int as sent, count(p.received_on)::int as received,
         count(*) filter (where p.excused_at is null and p.withdrawn_at is null and not s.late)::int as reported, count(*) filter (where p.excused_at is null and p.withdrawn_at is null and s.late)::int as late,
         count(*) filter (where p.excused_at is null and p.withdrawn_at is not null)::int as withdrawn
    from asked a join comparison_participant p on p.round_id = a."roundId" left join standing s on s."roundId" = a."roundId" and s.institution_id = p.institution_id group by a."roundId"`;

/** Counts of any number of rounds in one question, of the participants that whoever asks may see. */
export async function participationOf(sql: Sql, rounds: readonly Round[]): Promise<(round: Round) => Participation> {
  const asked = rounds.map(({ row, scheme }) => ({ roundId: row.id, parts: Object.fromEntries(scheme.measurands.map((it) => [it.id, partOf(it)])) }));
  const rows = asked.length ? await sql.query<Participation & { roundId: string }>(participation, [JSON.stringify(asked)]) : [];
  const counted = new Map(rows.map(({ roundId, ...counts }) => [roundId, counts]));
  return ({ row }) => counted.get(row.id) ?? nobody;
}
