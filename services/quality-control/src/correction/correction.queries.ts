import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, qualityControl as http } from '@zhijian/contracts/http';
import { notFound } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';

type Shown = AnswerOf<typeof http.getColourCorrection>;
const shape = `select k.id as "correctionId", k.run_id as "runId", r.year, k.institution_id as "institutionId", coalesce(i.name, '') as name, k.line, k.because, k.objection_id as "objectionId", k.change, k.reason, k.effects, k.digest, k.state,
    k.drafted_at as "draftedAt", k.drafted_by as "draftedBy", k.decided_at as "decidedAt", k.decided_by as "decidedBy", k.decided_because as "decidedBecause", k.revision, k.version, r.pack || '@' || r.pack_version as pack, r.calendar
  from colour_correction k join colour_run r on r.id = k.run_id left join institution_ref i on i.id = k.institution_id`;
const instant = (at: unknown): string | null => (at instanceof Date ? new Date(at.getTime() + 8 * 3600_000).toISOString().replace('Z', '+08:00') : null);
const shown = (row: Shown): Shown => ({ ...row, draftedAt: instant(row.draftedAt)!, decidedAt: instant(row.decidedAt), clauses: [...new Set(row.effects.flatMap(({ clauses }) => clauses))] });

@Injectable()
export class CorrectionQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Corrections, the latest first. */
  async list({ limit, cursor, runId, state }: QueryOf<typeof http.listColourCorrections>) {
    const rows = await this.dataSource.query<Shown[]>(`${shape} where ($1::text is null or k.id < $1) and ($2::text is null or k.run_id = $2) and ($3::text is null or k.state = $3) order by k.id desc limit $4`, [cursor ?? null, runId ?? null, state ?? null, limit + 1]);
    const items = rows.slice(0, limit).map(shown);
    return { items, next: rows.length > limit ? items.at(-1)!.correctionId : null };
  }

  async one(correctionId: string): Promise<Shown> {
    const [row] = await this.dataSource.query<Shown[]>(`${shape} where k.id = $1`, [correctionId]);
    if (!row) throw notFound('这项更正');
    return shown(row);
  }
}
