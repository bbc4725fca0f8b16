import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, qualityControl } from '@zhijian/contracts/http';
import { scoreIndicators, type IndicatorSet } from '@zhijian/policy';
import { notFound } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { obligedBodies, type Reader } from './evaluation-plan.queries.js';

export type ShownSheet = AnswerOf<typeof qualityControl.getEvaluationSheet>;
export type ShownSet = AnswerOf<typeof qualityControl.getEvaluationPlan>['indicators'];
type SheetRow = Omit<ShownSheet, 'outcome'>;

const sheet = `select e.id as "evaluationId", $1::text as "planId", p.year, p.line, i.id as "institutionId", i.credit_code as "creditCode", i.name, i.invented, i.jurisdiction as home,
    e.state, coalesce(e.served, true) as served, coalesce(e.entries, '[]') as entries, e.version, e.scored_by as "scoredBy", e.scored_at as "scoredAt", e.looked_by as "lookedBy", e.looked_at as "lookedAt", e.signed_by as "signedBy", e.signed_at as "signedAt",
    coalesce(e.returns, '[]') as returns, (select coalesce(jsonb_agg(jsonb_build_object('revision', r.revision, 'score', r.score, 'served', r.served, 'because', r.because, 'at', r.at, 'by', r.by_account, 'certificateId', r.certificate_id) order by r.revision), '[]')
      from evaluation_revision r where r.evaluation_id = e.id) as revisions
  from evaluation_plan p join institution_ref i on i.id = $2 left join evaluation e on e.plan_id = p.id and e.institution_id = i.id
 where p.id = $1 and (e.id is not null or exists (select 1 from ${obligedBodies.replace('institution_ref i where', 'institution_ref o where').replaceAll('i.', 'o.')} and o.id = i.id))`;

/** A body's sheet, begun or not, with what it comes to. */
export async function sheetOf(reader: Reader, planId: string, institutionId: string, set: IndicatorSet): Promise<ShownSheet> {
  const [row] = await reader.query<SheetRow>(sheet, [planId, institutionId]);
  if (!row) throw notFound('这家机构的评分表');
  return { ...row, outcome: mutable(scoreIndicators(set, row.entries)) };
}

/** The same in the shape of HTTP. */
export const mutable = <T>(value: T): Mutable<T> => value as Mutable<T>;
type Mutable<T> = T extends readonly (infer E)[] ? Mutable<E>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** A set as HTTP shows it: what is not said is null. */
export function shownSet(id: string, set: IndicatorSet, pack: string): ShownSet {
  return {
    set: id, title: set.title, total: set.total, grid: set.grid, groups: Object.fromEntries(Object.entries(set.groups).map(([group, { title, points = null }]) => [group, { title, points }])),
    items: set.items.map(({ id: item, number = null, text, group = null, points, weight = null, key, failsBelow = null, mayNotApply, deductions }) => ({
      id: item, number, text, group, points, weight, key, failsBelow, mayNotApply, deductions: deductions.map(({ id: ground, text: words, points: taken, most = null, failsKey }) => ({ id: ground, text: words, points: taken, most, failsKey })),
    })),
    notApplicable: set.notApplicable, caps: set.caps.map(({ id: cap, text, most }) => ({ id: cap, text, most })), clauses: [...set.clauses], pack, calendar: null,
  };
}

@Injectable()
export class EvaluationQueries {
  constructor(private readonly dataSource: DataSource) {}

  readonly reader: Reader = { query: (sql, parameters) => this.dataSource.query(sql, parameters) };

  /** What counts, by year and body: the latest revision of each signed sheet. */
  async signed({ limit, cursor, institutionId, year, line }: QueryOf<typeof qualityControl.listSignedScores>) {
    const rows = await this.dataSource.query<AnswerOf<typeof qualityControl.listSignedScores>['items']>(
      `select c.evaluation_id as "evaluationId", e.plan_id as "planId", c.institution_id as "institutionId", i.name, i.invented, c.year, c.line, c.score, c.served, c.revision, r.at as "signedAt", c.certificate_id as "certificateId", coalesce(p.pack || '@' || p.pack_version, '') as pack
         from evaluation_current c join evaluation e on e.id = c.evaluation_id join evaluation_revision r on r.evaluation_id = e.id and r.revision = c.revision join institution_ref i on i.id = c.institution_id left join evaluation_plan p on p.id = e.plan_id
        where ($1::text is null or c.evaluation_id < $1) and ($2::text is null or c.institution_id = $2) and ($3::int is null or c.year = $3) and ($4::text is null or c.line = $4) order by c.evaluation_id desc limit $5`,
      [cursor ?? null, institutionId ?? null, year ?? null, line ?? null, limit + 1]);
    return { items: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]!.evaluationId : null };
  }
}
