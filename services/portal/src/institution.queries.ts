import type { AnswerOf, publication } from '@zhijian/contracts/http';
import type { Pool } from 'pg';
import { cursorOf, searchOf, type After } from './search.js';

export type PublicInstitution = AnswerOf<typeof publication.getPublic>;
export interface Found { items: PublicInstitution[]; next: string | null }

interface Row {
  credit_code: string; name: string; kind: string; jurisdiction: string; address: string; categories: string[]; items: string[]; outreach: boolean;
  filed_on: string | null; filing_closed_on: string | null; invented: boolean; published_at: Date;
}

const columns = `credit_code, name, kind, jurisdiction, address, categories, items, outreach,
  to_char(filed_on, 'YYYY-MM-DD') as filed_on, to_char(filing_closed_on, 'YYYY-MM-DD') as filing_closed_on, invented, published_at`;
/** Names are compared as signs, so that the order, and with it the pages, is the same on every machine. */
const name = 'name collate "C"';

const shown = (row: Row): PublicInstitution => ({
  creditCode: row.credit_code, name: row.name, kind: row.kind, jurisdiction: row.jurisdiction, address: row.address, categories: row.categories, items: row.items,
  outreach: row.outreach, filedOn: row.filed_on, filingClosedOn: row.filing_closed_on, invented: row.invented, publishedAt: row.published_at.toISOString(),
});

/** Searches what publication has published: part of a name, or the beginning of a code. */
export async function search(pool: Pool, { q, limit, after }: { q: string | null; limit: number; after: After | null }): Promise<Found> {
  const like = q === null ? null : searchOf(q);
  const { rows } = await pool.query<Row>(
    `select ${columns} from publication.public_institution
      where ($1::text is null or upper(replace(replace(name, ' ', ''), '　', '')) like $1 or upper(credit_code) like $2)
        and ($3::text is null or (${name}, credit_code) > ($3 collate "C", $4))
      order by ${name}, credit_code limit $5`,
    [like?.name ?? null, like?.code ?? null, after?.name ?? null, after?.code ?? null, limit + 1]);
  const items = rows.slice(0, limit).map(shown);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorOf(last) : null };
}

/** One institution by its code; null when nothing is published of it. */
export async function byCode(pool: Pool, code: string): Promise<PublicInstitution | null> {
  const { rows } = await pool.query<Row>(`select ${columns} from publication.public_institution where credit_code = $1`, [code.replace(/\s+/g, '').toUpperCase()]);
  return rows[0] ? shown(rows[0]) : null;
}

/** What stood there at 24:00 of a day; null when nothing had been published by then. A day that has ended answers the same for ever. */
export async function byCodeAsOf(pool: Pool, code: string, on: string): Promise<PublicInstitution | null> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from publication.public_institution_revision where credit_code = $1 and published_at < (($2::date + 1)::timestamp at time zone 'Asia/Shanghai') order by published_at desc, revision desc limit 1`, [code.replace(/\s+/g, '').toUpperCase(), on]);
  return rows[0] ? shown(rows[0]) : null;
}

/** How many institutions are public, how many of them still filed, and when the last was published. */
export async function totals(pool: Pool): Promise<{ all: number; filed: number; publishedAt: string | null }> {
  const { rows } = await pool.query<{ all: number; filed: number; at: Date | null }>(
    `select count(*)::int as all, count(*) filter (where filed_on is not null and filing_closed_on is null)::int as filed, max(published_at) as at from publication.public_institution`);
  return { all: rows[0]?.all ?? 0, filed: rows[0]?.filed ?? 0, publishedAt: rows[0]?.at?.toISOString() ?? null };
}
