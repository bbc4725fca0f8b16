import { Injectable } from '@nestjs/common';
import type { AuditedCase } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { withoutWords, type KeptCell } from '../form/form.rules.js';

const unit = 'campaign_id = $1 and unit = $2';
/** What an auditor's file holds of this room, by table: no remark, no name of a person, no contact. */
const tables: Readonly<Record<string, string>> = {
  campaign: `select id, name, pack, pack_version as "packVersion", pack_hash as "packHash", calendar, jurisdiction, state, made_by as "madeBy", made_at as "madeAt", approved_by as "approvedBy", approved_at as "approvedAt", outcome from campaign where id = $1 and $2 <> ''`,
  unit: `select unit, name, state, roster_id as "rosterId", stages, filed_dates as "filedDates", outcome from campaign_unit where ${unit}`,
  moment: `select id, kind, stage, duty, due_at as "dueAt", firm, clauses, state, done_at as "doneAt", counts, digest from moment where ${unit} order by done_at nulls last, ord`,
  obligation: `select id, stage, duty, kind, title, actor, receiver, institution_id as "institutionId", due_on::text as "dueOn", due_at as "dueAt", firm, clauses, state, done_at as "doneAt", late_at as "lateAt" from obligation where ${unit} order by id`,
  journal: `select seq::text, obligation_id as "obligationId", what, at, due_at as "dueAt", moment_id as "momentId", actor from obligation_entry where ${unit} order by obligation_entry.seq`,
  roster: `select r.id as "rosterId", r.digest, r.frozen_at as "frozenAt" from roster r where ${unit}`,
  member: `select institution_id as "institutionId", state, clauses, added_at as "addedAt", reason from roster_member where ${unit} order by institution_id`,
  amendment: `select id, kind, units, stage, duty, due_on::text as "dueOn", clause, actor, amended_at as "amendedAt" from amendment where campaign_id = $1 and (units ? $2 or $2 = '*') order by id`,
  form: `select id, form, version, content - 'head' as content, sha256, sent_at as "sentAt", sent_by as "sentBy", receiver from form_version where ${unit} order by form, version`,
};

interface Content { rows?: KeptCell[][] }
/** A form as it was sent, without what people wrote in it. */
const tableOf = (content: Content) => (content.rows ? { ...content, rows: withoutWords(content.rows) } : content);

@Injectable()
export class AuditedQueries {
  constructor(private readonly dataSource: DataSource) {}

  async of({ campaignId, unit: asked }: AuditedCase): Promise<Record<string, Record<string, unknown>[]>> {
    if (campaignId === null) return {};
    const found = await Promise.all(Object.entries(tables).map(async ([table, sql]) => [table, await this.dataSource.query<Record<string, unknown>[]>(sql, [campaignId, asked])] as const));
    const all = Object.fromEntries(found);
    return { ...all, form: (all['form'] ?? []).map((row) => ({ ...row, content: tableOf(row['content'] as Content) })) };
  }
}
