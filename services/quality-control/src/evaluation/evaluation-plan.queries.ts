import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, qualityControl } from '@zhijian/contracts/http';
import { DataSource } from 'typeorm';

export type Reader = { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> };
export type ShownPlan = AnswerOf<typeof qualityControl.openEvaluation>;
export type EvaluatedBody = AnswerOf<typeof qualityControl.listEvaluatedBodies>['items'][number];

/** A plan as the room works with it. */
export interface PlanRow {
  readonly id: string; readonly jurisdiction: string; readonly concerns: string[]; readonly year: number; readonly line: string; readonly setId: string; readonly title: string; readonly pack: string; readonly packVersion: number;
}

/** Whom a plan `p` concerns: whoever held the line in that year, at home or serving in its places. */
export const obligedBodies = `institution_ref i where (i.jurisdiction = any(p.concerns) or i.serves && p.concerns) and (i.closed_on is null or i.closed_on >= make_date(p.year, 1, 1))
  and exists (select 1 from jsonb_array_elements(i.lines) l where l ->> 'kind' = p.line and coalesce((l ->> 'from')::date <= make_date(p.year, 12, 31), true) and coalesce((l ->> 'to')::date >= make_date(p.year, 1, 1), true))`;

const planShape = `select p.id as "planId", p.jurisdiction, p.year, p.line, p.set_id as "set", p.title, p.pack || '@' || p.pack_version as pack, p.opened_at as "openedAt", p.opened_by as "openedBy", p.version,
    jsonb_build_object('obliged', (select count(*) from ${obligedBodies}),
      'untouched', (select count(*) from ${obligedBodies} and not exists (select 1 from evaluation e where e.plan_id = p.id and e.institution_id = i.id)),
      'draft', coalesce(c.draft, 0), 'submitted', coalesce(c.submitted, 0), 'looked', coalesce(c.looked, 0), 'returned', coalesce(c.returned, 0), 'signed', coalesce(c.signed, 0), 'notServed', coalesce(c.idle, 0)) as progress
  from evaluation_plan p left join (
    select plan_id, count(*) filter (where state = 'draft') as draft, count(*) filter (where state = 'submitted') as submitted, count(*) filter (where state = 'looked') as looked,
      count(*) filter (where state = 'returned') as returned, count(*) filter (where state = 'signed') as signed, count(*) filter (where state = 'signed' and not served) as idle from evaluation group by plan_id) c on c.plan_id = p.id`;

/** One plan as HTTP shows it, without its indicators. */
export const planById = async (reader: Reader, id: string): Promise<ShownPlan | undefined> => (await reader.query<ShownPlan>(`${planShape} where p.id = $1`, [id]))[0];

/** One plan as the room works with it. */
export const planRow = async (reader: Reader, id: string): Promise<PlanRow | undefined> =>
  (await reader.query<PlanRow>('select id, jurisdiction, concerns, year, line, set_id as "setId", title, pack, pack_version as "packVersion" from evaluation_plan where id = $1', [id]))[0];

@Injectable()
export class EvaluationPlanQueries {
  constructor(private readonly dataSource: DataSource) {}

  async list({ limit, cursor, year, line }: QueryOf<typeof qualityControl.listEvaluationPlans>) {
    const items = await this.dataSource.query<ShownPlan[]>(
      `${planShape} where ($1::text is null or p.id < $1) and ($2::int is null or p.year = $2) and ($3::text is null or p.line = $3) order by p.id desc limit $4`, [cursor ?? null, year ?? null, line ?? null, limit + 1]);
    return { items: items.slice(0, limit), next: items.length > limit ? items[limit - 1]!.planId : null };
  }

  one(planId: string): Promise<ShownPlan | undefined> {
    return planById({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, planId);
  }

  /** The scores that count, from the least to the greatest, without whose they are. */
  async scores(planId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ score: string }[]>('select c.score from evaluation_current c join evaluation e on e.id = c.evaluation_id where e.plan_id = $1 and c.score is not null order by c.score::numeric, c.score', [planId]);
    return rows.map(({ score }) => score);
  }

  /** The bodies a plan concerns and those that have a sheet in it, by name. */
  async bodies(planId: string, { limit, cursor, state, q }: QueryOf<typeof qualityControl.listEvaluatedBodies>) {
    const rows = await this.dataSource.query<EvaluatedBody[]>(
      `select i.id as "institutionId", i.credit_code as "creditCode", i.name, i.invented, i.jurisdiction as home, e.id as "evaluationId", e.state, e.served, e.score, e.missing, coalesce(e.revision, 0) as revision, e.version, e.scored_by as "scoredBy"
         from institution_ref i left join evaluation e on e.plan_id = $1 and e.institution_id = i.id
        where (e.id is not null or i.id in (select i.id from evaluation_plan p, ${obligedBodies} and p.id = $1))
          and ($2::text is null or (i.name, i.id) > (split_part($2, chr(10), 1), split_part($2, chr(10), 2))) and ($3::text is null or coalesce(e.state, 'untouched') = $3) and ($4::text is null or i.name ilike '%' || $4 || '%' or i.credit_code ilike '%' || $4 || '%')
        order by i.name, i.id limit $5`, [planId, cursor ?? null, state ?? null, q?.replaceAll(/[%_\\]/gu, '\\$&') ?? null, limit + 1]);
    const last = rows[limit - 1];
    return { items: rows.slice(0, limit), next: rows.length > limit && last ? `${last.name}\n${last.institutionId}` : null };
  }
}
