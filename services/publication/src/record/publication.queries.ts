import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, publication as http } from '@zhijian/contracts/http';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { colourWord } from '../notice/notice.queries.js';

type Published = AnswerOf<typeof http.withdrawPublication>;
type Row = Omit<Published, 'colour' | 'before'> & { colour: string | null; before: string | null; seq: string };

const columns = `p.seq::text as seq, p.id as "publicationId", p.notice_id as "noticeId", p.institution_id as "institutionId", p.name, p.credit_code as "creditCode", p.jurisdiction, p.year, p.revision, p.withdrawn, p.colour, p.before, p.erratum, p.reason,
    to_char(p.published_on, 'YYYY-MM-DD') as "publishedOn", p.published_at as "publishedAt", p.site, p.address, p.proof_sha256 as "proofSha256", p.clauses, p.pack || '@' || p.pack_version as pack, n.calendar,
    not exists (select 1 from colour_publication l where l.jurisdiction = p.jurisdiction and l.year = p.year and l.institution_id = p.institution_id and l.seq > p.seq) as current`;
const tables = 'colour_publication p join notice n on n.id = p.notice_id';

/** What was published, and what stood before: the latest first. */
@Injectable()
export class PublicationQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf) {}

  async list({ limit, cursor, noticeId, institutionId, year, current }: QueryOf<typeof http.listPublications>, own: readonly string[] | null) {
    const rows = await this.dataSource.query<Row[]>(
      `select * from (select ${columns} from ${tables} where ($1::text is null or p.institution_id = $1) and ($2::int is null or p.year = $2) and ($3::text[] is null or p.institution_id = any($3)) and ($4::bigint is null or p.seq < $4) and ($7::text is null or p.notice_id = $7)) q
        where not $5 or q.current order by q.seq::bigint desc limit $6`, [institutionId ?? null, year ?? null, own, cursor !== undefined && /^\d{1,18}$/.test(cursor) ? cursor : null, current === 'true', limit + 1, noticeId ?? null]);
    const items = await Promise.all(rows.slice(0, limit).map((row) => this.shown(row)));
    return { items, next: rows.length > limit ? rows[limit - 1]!.seq : null };
  }

  async one(publicationId: string): Promise<Published> {
    const [row] = await this.dataSource.query<Row[]>(`select ${columns} from ${tables} where p.id = $1`, [publicationId]);
    if (!row) throw notFound('这份公开');
    return this.shown(row);
  }

  private async shown({ seq: _seq, ...row }: Row): Promise<Published> {
    return { ...row, colour: await colourWord(this.packs, row.pack, row.colour), before: await colourWord(this.packs, row.pack, row.before) };
  }
}
