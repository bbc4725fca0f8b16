import { Injectable } from '@nestjs/common';
import type { AuditedCase } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';

type Rows = Record<string, Record<string, unknown>[]>;
const which = '($1::text is null or notice_id = $1) and ($2::text is null or (jurisdiction = $2 and year = $3))';
/** Of a notice or of a year's notices: what stood there, word for word, and what became public of each body. No words of an objection. */
const tables: Readonly<Record<string, string>> = {
  notice: `select id, run_id as "runId", because, state, posted_on::text as "postedOn", last_day::text as "lastDay", until, working_days as "workingDays", calendar, site, address from notice where ${which.replace('notice_id', 'id')} order by id`,
  colours: `select id, notice_id as "noticeId", run_id as "runId", institution_id as "institutionId", revision, withdrawn, colour, before, published_on::text as "publishedOn", published_at as "publishedAt", proof_sha256 as "proofSha256" from colour_publication where ${which} order by seq`,
  snapshot: `select s.notice_id as "noticeId", s.seq, s.kind, s.sha256, s.body, s.taken_at as "takenAt" from snapshot s join notice n on n.id = s.notice_id where ${which.replace('notice_id', 'n.id')} order by s.notice_id, s.seq`,
};

/** What was ever public: of a campaign's bodies, revision by revision, with the fact each rests on; of colours, list by list. */
@Injectable()
export class AuditedQueries {
  constructor(private readonly dataSource: DataSource) {}

  async of({ kind, noticeId, jurisdiction, year, institutions }: AuditedCase): Promise<Rows> {
    if (kind === 'campaign') {
      return { published: await this.dataSource.query(
        `select institution_id as "institutionId", revision, content, fact_id as "factId", published_at as "publishedAt" from record_revision where institution_id = any($1::text[]) order by institution_id, revision`, [institutions]) };
    }
    if (kind === 'other') return {};
    const found = await Promise.all(Object.entries(tables).map(async ([table, sql]) => [table, await this.dataSource.query<Rows[string]>(sql, [noticeId, jurisdiction, year])] as const));
    return Object.fromEntries(found);
  }
}
