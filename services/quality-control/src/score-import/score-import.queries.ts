import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, qualityControl } from '@zhijian/contracts/http';
import { DataSource } from 'typeorm';
import { obligedBodies, type PlanRow, type Reader } from '../evaluation/evaluation-plan.queries.js';
import type { KnownBody } from './score-import.rules.js';
import type { TableBody } from './score-table.js';

export type ShownImport = AnswerOf<typeof qualityControl.getScoreImport>;
type ShownRow = AnswerOf<typeof qualityControl.listScoreRows>['items'][number];

/** One import as HTTP shows it. */
export async function scoreImportById(reader: Reader, id: string): Promise<ShownImport | undefined> {
  const [found] = await reader.query<ShownImport>(
    `select id as "importId", plan_id as "planId", file_name as "fileName", sha256, state, version, rows, good, bodies, faults, errors, uploaded_at as "uploadedAt", entered, unchanged, passed_over as "passedOver" from score_import where id = $1`, [id]);
  return found;
}

/** The register by credit code, as a plan looks at it. */
export async function knownBodies(reader: Reader, { id }: PlanRow): Promise<Map<string, KnownBody>> {
  const rows = await reader.query<KnownBody & { creditCode: string }>(
    `select i.id, i.credit_code as "creditCode", i.name, i.id in (select i.id from evaluation_plan p, ${obligedBodies} and p.id = $1) as concerned,
        exists (select 1 from jsonb_array_elements(i.lines) l where l ->> 'kind' = p.line and coalesce((l ->> 'from')::date <= make_date(p.year, 12, 31), true) and coalesce((l ->> 'to')::date >= make_date(p.year, 1, 1), true)) as holds
       from evaluation_plan p, institution_ref i where p.id = $1`, [id]);
  return new Map(rows.map(({ creditCode, ...body }) => [creditCode, body]));
}

@Injectable()
export class ScoreImportQueries {
  constructor(private readonly dataSource: DataSource) {}

  one(importId: string): Promise<ShownImport | undefined> {
    return scoreImportById({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, importId);
  }

  async rows(importId: string, { limit, cursor }: QueryOf<typeof qualityControl.listScoreRows>) {
    const rows = await this.dataSource.query<ShownRow[]>(
      `select r.row_no as row, r.institution_id as "institutionId", i.name, r.item is not null as served, r.item, r.score, r.not_applicable as "notApplicable", r.failed, r.note
         from score_row r join institution_ref i on i.id = r.institution_id where r.import_id = $1 and r.row_no > $2 order by r.row_no limit $3`, [importId, Number(cursor ?? 0) || 0, limit + 1]);
    return { items: rows.slice(0, limit), next: rows.length > limit ? String(rows[limit - 1]!.row) : null };
  }

  /** Bodies whose sheets may still be filled in, with what has been entered. */
  bodiesToFill(planId: string): Promise<TableBody[]> {
    return this.dataSource.query<TableBody[]>(
      `select i.credit_code as "creditCode", i.name, e.served, coalesce(e.entries, '[]') as entries from evaluation_plan p, ${obligedBodies.replace('institution_ref i', 'institution_ref i left join evaluation e on e.plan_id = $1 and e.institution_id = i.id')}
          and p.id = $1 and coalesce(e.state, 'draft') in ('draft', 'returned') order by i.name, i.id`, [planId]);
  }
}
