import { Injectable } from '@nestjs/common';
import { notFound } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';

/** An agency of the campaign's pack by its id, with its name. */
export const agency = (id: string): string => `case when ${id} is not null then jsonb_build_object('agency', ${id}, 'name', coalesce(c.agencies->${id}->>'name', ${id})) end`;

@Injectable()
export class SelfCheckQueries {
  constructor(private readonly dataSource: DataSource) {}

  async one(id: string) {
    const [row] = await this.dataSource.query<{ institutionId: string; unit: string }[]>(
      `select s.id as "selfCheckId", s.campaign_id as "campaignId", s.institution_id as "institutionId", i.name as "institutionName", s.unit, s.version, s.report, s.state, s.items, s.no_problems as "noProblems",
              case when s.employers is not null then jsonb_build_object('employers', s.employers, 'workers', s.workers) end as volumes, s.sealed_by as "sealedBy", s.on_behalf is not null as "onBehalf", s.received_at as "receivedAt", s.due_on::text as "dueOn", s.late, s.early, s.returns, s.judged, s.attachments, ${agency('s.receiver')} as receiver, coalesce((select jsonb_agg(${agency('copy.id')}) from jsonb_array_elements_text(s.copy_to) as copy(id)), '[]') as copies,
              (select jsonb_agg(jsonb_build_object('selfCheckId', h.id, 'report', h.report, 'state', h.state, 'receivedAt', h.received_at) order by h.report) from self_check h where h.campaign_id = s.campaign_id and h.institution_id = s.institution_id) as history,
              s.clauses, c.pack || '@' || c.pack_version as pack, c.calendar
         from self_check s join campaign c on c.id = s.campaign_id join institution_ref i on i.institution_id = s.institution_id where s.id = $1`, [id]);
    if (!row) throw notFound('这份自查报告');
    return row;
  }
}
