import { Injectable } from '@nestjs/common';
import { notFound } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';

export type DutyRecord = AnswerOf<typeof inspection.recordDuty>;
interface Asked { campaignId: string; unit?: string | undefined; duty?: string | undefined; institutions?: readonly string[] | undefined; superseded: boolean; limit: number; cursor?: string | undefined }

const columns = `r.id as "recordId", r.campaign_id as "campaignId", r.unit, r.duty, r.kind, r.institution_id as "institutionId", i.name as "institutionName", r.done_on::text as "doneOn", r.note, r.issues, r.outcome,
    r.sealed_by as "sealedBy", r.on_behalf is not null as "onBehalf", r.state, r.due_on::text as "dueOn", r.late, r.received_at as "receivedAt", r.clauses, c.pack || '@' || c.pack_version as pack, c.calendar,
    coalesce((select d->>'title' from campaign_unit u, jsonb_array_elements(u.stages || u.milestones) s, jsonb_array_elements(s->'duties') d where u.campaign_id = r.campaign_id and u.unit = r.unit and d->>'id' = r.duty limit 1), r.duty) as title`;
const tables = `duty_record r join campaign c on c.id = r.campaign_id left join institution_ref i on i.institution_id = r.institution_id`;

@Injectable()
export class DutyQueries {
  constructor(private readonly dataSource: DataSource) {}

  async one(recordId: string): Promise<DutyRecord> {
    const [row] = await this.dataSource.query<DutyRecord[]>(`select ${columns} from ${tables} where r.id = $1`, [recordId]);
    if (!row) throw notFound('这份办理登记');
    return row;
  }

  async list({ campaignId, unit, duty, institutions, superseded, limit, cursor }: Asked) {
    const items = await this.dataSource.query<DutyRecord[]>(
      `select ${columns} from ${tables} where r.campaign_id = $1 and ($2::text is null or r.unit = $2) and ($3::text is null or r.duty = $3) and ($4::text[] is null or r.institution_id::text = any($4))
          and ($5 or r.state = 'current') and ($6::uuid is null or r.id > $6) order by r.id limit $7`, [campaignId, unit ?? null, duty ?? null, institutions ?? null, superseded, cursor ?? null, limit]);
    return { items, next: items.length === limit ? items.at(-1)!.recordId : null };
  }
}
