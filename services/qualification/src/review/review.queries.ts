import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, qualification } from '@zhijian/contracts/http';
import { notFound } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';

export type Review = AnswerOf<typeof qualification.getReview>;
interface Reader { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> }

const shape = `select r.id as "reviewId", r.institution_id as "institutionId", i.name as "institutionName", r.line, r.ground, r.year, r.authority, r.jurisdiction, r.because,
    (r.seen ->> 'redYears')::int as "redYears", r.seen ->> 'dueOn' as "dueOn", r.opened_at as "openedAt", r.notes, r.state, r.concluded_at as "concludedAt", r.reasons, r.procedure, r.version,
    r.clauses, r.pack || '@' || r.pack_version as pack, null as calendar
  from review r join institution i on i.id = r.institution_id`;

export async function reviewById(reader: Reader, id: string): Promise<Review> {
  const [review] = await reader.query<Review>(`${shape} where r.id = $1`, [id]);
  if (!review) throw notFound('这件资质审查事项');
  return review;
}

@Injectable()
export class ReviewQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The latest first. */
  async list({ limit, cursor, state, institutionId }: QueryOf<typeof qualification.listReviews>) {
    const rows = await this.dataSource.query<Review[]>(
      `${shape} where ($1::text is null or r.id < $1) and ($2::text is null or (r.state = 'open') = ($2 = 'open')) and ($3::text is null or r.institution_id = $3) order by r.id desc limit $4`,
      [cursor ?? null, state ?? null, institutionId ?? null, limit + 1]);
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? items.at(-1)!.reviewId : null };
  }

  one(id: string): Promise<Review> {
    return reviewById({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, id);
  }
}
