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

/** Penalties of the campaign's cases, revision by revision, and whatever stands in its place that no entry of this room tells of: nobody else's file would show it. */
const penalties = `select case_id as "caseId", revision, institution_id as "institutionId", jurisdiction, number, authority, decided_on::text as "decidedOn", credit_code as "creditCode", party, basis, sanctions, withdrawn, ground, changed_on::text as "changedOn",
    document, reason, withdraw_by::text as "withdrawBy", clauses, fact_id as "factId", published_at as "publishedAt"
  from penalty p where case_id = any($1::text[]) or (jurisdiction = $2 and not exists (select 1 from command_entry e where e.body like '%"subject":"' || p.case_id || '"%')) order by case_id, revision`;

/** What was ever public: of a campaign's bodies and penalties, revision by revision, with the fact each rests on; of colours, list by list. */
@Injectable()
export class AuditedQueries {
  constructor(private readonly dataSource: DataSource) {}

  async of({ kind, unit, noticeId, jurisdiction, year, institutions, matters }: AuditedCase): Promise<Rows> {
    if (kind === 'campaign') {
      return { penalty: await this.dataSource.query(penalties, [matters, unit]), published: await this.dataSource.query(
        `select institution_id as "institutionId", revision, content, fact_id as "factId", published_at as "publishedAt" from record_revision where institution_id = any($1::text[]) order by institution_id, revision`, [institutions]) };
    }
    if (kind === 'other') return {};
    const found = await Promise.all(Object.entries(tables).map(async ([table, sql]) => [table, await this.dataSource.query<Rows[string]>(sql, [noticeId, jurisdiction, year])] as const));
    return Object.fromEntries(found);
  }
}
