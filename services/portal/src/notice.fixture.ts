import type pg from 'pg';

const worded = (id: string) => ({ id, title: { red: '红色', yellow: '黄色', green: '绿色' }[id] ?? id });
const clause = { id: 'TEST-2024-06', quote: '对技术服务机构进行赋色，分为红色、黄色、绿色三色。' };

/** What publication puts up of one body. */
export const aContent = (year: number, colour: string, before: string | null = null): string => JSON.stringify({
  year, basisYear: year - 1, colour: worded(colour), before: before && worded(before), lastYear: null, redYears: 0, clauses: [clause], pack: 'testland/colour@1',
  lines: [{ line: 'occupational-health-service', score: '86.50', served: true, result: '合格', grade: { id: 'A', title: 'A级' }, level: { id: 'II', title: 'II级（合格）' }, colour: worded(colour), rule: 'A-II', because: 'A级、II级，中风险', reason: null, clauses: [clause] }],
});

export interface Entered { id: string; code: string; name: string; colour: string; before?: string; revision?: number }

/** A posted notice as publication's own rows have it, and what was published of it; by SQL, for the portal knows no other room. */
export class PublishedBySql {
  constructor(private readonly client: pg.Client) {}

  async posted(id: string, entries: readonly Entered[], { year = 2024, because = 'run', explanation = null as string | null, lastDay = '2024-09-23', site = 'portal' } = {}): Promise<void> {
    const run = (sql: string, values: unknown[] = []) => this.client.query(sql, values);
    await run(`insert into publication.notice (id, run_id, jurisdiction, year, basis_year, because, state, pack, pack_version, title, document, parts, undetermined, made_at, clauses)
      values ($1, $1, '990000', $2, $2::int - 1, $3, 'draft', 'testland/colour', 1, $4, $5, 1, 0, '2024-09-13T09:00:00+08:00', $6)`, [id, year, because, `${year} 年度示例结果公示`, JSON.stringify({ title: '示例分色管理工作方案', issuer: '示例市卫生健康委', number: null, onRequest: true }), JSON.stringify([{ id: 'TEST-2024-08', quote: '公示期不少于5个工作日' }])]);
    for (const it of entries) {
      await run(`insert into publication.notice_entry (notice_id, institution_id, revision, colour, before, entry, credit_code, name, kind, jurisdiction, invented, content) values ($1, $2, $3, $4, $5, '{}', $6, $7, 'occupational-health-service', '990103', true, $8)`,
        [id, it.id, it.revision ?? 1, it.colour, it.before ?? null, it.code, it.name, aContent(year, it.colour, it.before ?? null)]);
    }
    const counted = ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23'];
    await run(`update publication.notice set state = 'posted', posted_at = '2024-09-13T10:00:00+08:00', posted_on = '2024-09-13', last_day = $2::date, until = (($2::date + 1)::timestamp at time zone 'Asia/Shanghai'), working_days = 5, counted = $3::date[], calendar = 'c', site = $4, place = '市卫生健康委官方网站', address = '/notices/' || id, proof_sha256 = 'p', explanation = $5 where id = $1`, [id, lastDay, counted, site, explanation]);
    await run(`insert into publication.snapshot (notice_id, seq, kind, taken_at, entries, sha256, body) values ($1, 1, 'notice', '2024-09-13T10:00:00+08:00', $2, $3, $4)`, [id, entries.length, 'ab'.repeat(32), '{"entries":[]}']);
  }

  objected(id: string, institutionId: string): Promise<unknown> {
    return this.client.query(`insert into publication.objection (id, notice_id, institution_id, jurisdiction, raised_at, raised_by, due_stated, firm, clauses) values ($1, $2, $3, '990000', '2024-09-18T09:00:00+08:00', 'x', false, true, '[]')`, [`o-${institutionId}`, id, institutionId]);
  }

  async published(id: string, entries: readonly Entered[], { year = 2024, at = '2024-09-24T00:00:01+08:00', reason = null as string | null } = {}): Promise<void> {
    await this.client.query(`update publication.notice set state = 'ended', ended_at = $2 where id = $1`, [id, at]);
    for (const it of entries) {
      await this.client.query(`update publication.notice_entry set state = 'published' where notice_id = $1 and institution_id = $2`, [id, it.id]);
      await this.client.query(`insert into publication.colour_publication (id, jurisdiction, year, institution_id, revision, withdrawn, colour, before, erratum, reason, content, credit_code, name, kind, invented, notice_id, run_id, published_on, published_at, site, address, proof_sha256, pack, pack_version, clauses)
        values ($1, '990000', $2, $3, $4, false, $5, $6::text, $6::text is not null, $7, $8, $9, $10, 'occupational-health-service', true, $11, 'run', ($12::timestamptz at time zone 'Asia/Shanghai')::date, $12, 'portal', '/notices/' || $11::text, $13, 'testland/colour', 1, '[]')`,
        [`${id}-${it.id}`, year, it.id, it.revision ?? 1, it.colour, it.before ?? null, reason, aContent(year, it.colour, it.before ?? null), it.code, it.name, id, at, 'cd'.repeat(32)]);
    }
  }

  withdrawn(id: string, reason: string): Promise<unknown> {
    return this.client.query(`update publication.notice set state = 'withdrawn', withdrawn_at = '2024-09-14T09:00:00+08:00', withdrawn_reason = $2 where id = $1`, [id, reason]);
  }
}
