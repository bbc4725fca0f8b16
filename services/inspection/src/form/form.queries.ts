import { Injectable } from '@nestjs/common';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { DataSource } from 'typeorm';
import type { Subject } from './form.rules.js';

interface Reader { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> }

/**
 * Bodies of a unit (`*`: of all units) with report, findings and cases: the roster's members in the campaign, and
 * whoever else was checked there, registered or not. A stranger without a credit code is known by name within its unit only:
 * one of the same name in another unit is somebody else.
 */
const subjects = `with member as (
    select m.unit, m.institution_id from roster_member m where m.campaign_id = $1 and ($2 = '*' or m.unit = $2) and m.state = 'in'),
  checked as (
    select distinct v.unit, v.institution_id, case when v.institution_id is null then coalesce(v.unregistered->>'creditCode', v.unregistered->>'name') end as stranger, v.subject_name, v.unregistered
      from visit v where v.campaign_id = $1 and ($2 = '*' or v.unit = $2) and v.state = 'recorded'),
  body as (
    select unit, institution_id, null::text as stranger, null::text as subject_name, null::jsonb as unregistered, true as member, true as filed_here from member
    union all
    select c.unit, c.institution_id, c.stranger, c.subject_name, c.unregistered, false,
        exists (select 1 from roster_member r where r.campaign_id = $1 and r.unit = c.unit and r.institution_id = c.institution_id) from checked c where not exists (select 1 from member m where m.unit = c.unit and m.institution_id = c.institution_id))
  select coalesce(b.institution_id::text, 'unregistered:' || case when b.unregistered->>'creditCode' is null then b.unit || '/' else '' end || b.stranger) as key, coalesce(i.name, b.subject_name) as name, coalesce(i.address, b.unregistered->>'address', '') as address,
    coalesce(i.filing->'categories', '[]') as categories, (i.filing->>'outreach')::boolean as outreach, b.member, b.filed_here as "filedHere",
    (not b.filed_here and i.institution_id is not null and i.filing is not null and i.filing->>'closedOn' is null) as "filedElsewhere",
    (select jsonb_build_object('employers', s.employers, 'workers', s.workers, 'noProblems', s.no_problems, 'late', s.late, 'returned', case when s.state = 'returned' then to_char(s.received_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') end, 'problems', (select coalesce(jsonb_agg(t->>'text'), '[]') from jsonb_array_elements(s.items) t))
       from self_check s where s.campaign_id = $1 and s.institution_id = b.institution_id and s.state <> 'superseded') as report,
    coalesce((select jsonb_agg(distinct f.kind) from finding f join visit v on v.id = f.visit_id where f.campaign_id = $1 and f.unit = b.unit
       and (f.institution_id = b.institution_id or (b.institution_id is null and f.institution_id is null and coalesce(v.unregistered->>'creditCode', v.unregistered->>'name') = b.stranger))), '[]') as findings,
    coalesce((select jsonb_agg(jsonb_build_object('caseId', k.id, 'number', k.number, 'decided', k.state = 'decided', 'throughExtension', v.kind = 'extension-check', 'sanctions', k.sanctions) order by k.number)
       from case_file k join visit v on v.id = k.visit_id where k.campaign_id = $1 and k.unit = b.unit
        and (k.institution_id = b.institution_id or (b.institution_id is null and k.institution_id is null and coalesce(v.unregistered->>'creditCode', v.unregistered->>'name') = b.stranger))), '[]') as cases
  from body b left join institution_ref i on i.institution_id = b.institution_id
 order by b.filed_here desc, b.unit, 2`;

export interface FormVersionRow {
  formVersionId: string; version: number; sentAt: string; sentBy: string; receiver: string; sha256: string; rows: number; supplement: boolean; late: boolean | null; note: string; content?: unknown;
}

@Injectable()
export class FormQueries {
  constructor(private readonly dataSource: DataSource) {}

  subjects(campaignId: string, unit: string, reader: Reader = this.dataSource): Promise<Subject[]> {
    return reader.query<Subject>(subjects, [campaignId, unit]);
  }

  versions(campaignId: string, unit: string, form: string): Promise<FormVersionRow[]> {
    return this.dataSource.query(
      `select id as "formVersionId", version, sent_at as "sentAt", sent_by as "sentBy", receiver, sha256, jsonb_array_length(content->'rows') as rows, version > 1 as supplement, late, note
         from form_version where campaign_id = $1 and unit = $2 and form = $3 order by version`, [campaignId, unit, form]);
  }

  /** What a version said when it was sent, with the summary that went along. */
  async sent(campaignId: string, unit: string, form: string, version: number): Promise<{ content: unknown; summary: string } | null> {
    const [row] = await this.dataSource.query<{ content: unknown; summary: string }[]>('select content, summary from form_version where campaign_id = $1 and unit = $2 and form = $3 and version = $4', [campaignId, unit, form, version]);
    return row ?? null;
  }

  /** Units whose own form has not come yet: the roll-up says so. */
  async unsent(campaignId: string, form: string, reader: Reader = this.dataSource): Promise<string[]> {
    const rows = await reader.query<{ name: string }>(
      `select u.name from campaign_unit u where u.campaign_id = $1 and u.unit <> $3 and not exists (select 1 from form_version f where f.campaign_id = $1 and f.unit = u.unit and f.form = $2) order by u.ord`, [campaignId, form, wholeCampaign]);
    return rows.map(({ name }) => name);
  }
}
