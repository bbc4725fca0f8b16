import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, inspection } from '@zhijian/contracts/http';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { titleOf } from './which.js';

type Check = AnswerOf<typeof inspection.listChecks>['items'][number];
type Row = Omit<Check, 'colourTitle'>;

const shape = `select k.id as "checkId", k.institution_id as "institutionId", i.name as "institutionName", k.jurisdiction, k.place, k.year, k.origin, k.visited_on::text as "visitedOn", k.inspectors, k.problems, k.result, k.complaint, k.colour, k.ruling,
    k.recorded_at as "recordedAt", k.clauses, k.pack || '@' || k.pack_version as pack, null as calendar
  from check_record k join institution_ref i on i.institution_id = k.institution_id`;

@Injectable()
export class CheckQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf) {}

  /** The latest recorded first. */
  async list({ limit, cursor, jurisdiction, year, institutionId, origin }: QueryOf<typeof inspection.listChecks>) {
    const rows = await this.dataSource.query<Row[]>(
      `${shape} where ($1::text is null or k.id::text < $1) and ($2::text is null or k.jurisdiction = $2) and ($3::int is null or k.year = $3) and ($4::text is null or k.institution_id::text = $4) and ($5::text is null or k.origin = $5) order by k.id desc limit $6`,
      [cursor ?? null, jurisdiction ?? null, year ?? null, institutionId ?? null, origin ?? null, limit + 1]);
    const items = await Promise.all(rows.slice(0, limit).map((row) => this.shown(row)));
    return { items, next: rows.length > limit ? items.at(-1)!.checkId : null };
  }

  async one(checkId: string): Promise<Check> {
    const [row] = await this.dataSource.query<Row[]>(`${shape} where k.id = $1`, [checkId]);
    if (!row) throw notFound('这次检查');
    return this.shown(row);
  }

  private async shown(row: Row): Promise<Check> {
    return { ...row, colourTitle: titleOf(await this.packs.get(row.pack), row.colour) };
  }
}
