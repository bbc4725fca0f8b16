import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, qualityControl } from '@zhijian/contracts/http';
import { DataSource } from 'typeorm';

export type Circular = AnswerOf<typeof qualityControl.circulateAssessment>;

const shape = `select c.id as "circularId", c.year, c.title, c.circulated_at as "circulatedAt",
    (select jsonb_agg(jsonb_build_object('institutionId', a.institution_id, 'problems', a.problems) order by a.institution_id) from assessment a where a.circular_id = c.id) as institutions
  from assessment_circular c`;

@Injectable()
export class MonitoringQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Circulars, the latest first. */
  async list({ limit, cursor, year }: QueryOf<typeof qualityControl.listAssessments>) {
    const items = await this.dataSource.query<Circular[]>(
      `${shape} where ($1::text is null or c.id < $1) and ($2::int is null or c.year = $2) order by c.id desc limit $3`, [cursor ?? null, year ?? null, limit + 1]);
    const shown = items.slice(0, limit);
    return { items: shown, next: items.length > limit ? shown.at(-1)!.circularId : null };
  }
}
