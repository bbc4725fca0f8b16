import { Injectable } from '@nestjs/common';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { PackShelf, type AskedTasks, type OpenTask } from '@zhijian/service-kit';
import { DataSource, In } from 'typeorm';
import { groundOf, seatOf, type Seat } from '../campaign/agency.rules.js';
import { Campaign } from '../campaign/campaign.entity.js';
import { groundIn, reportDuty } from '../rectification/rectification.rules.js';

const actorOf = (kind: string, of: string): string =>
  `(select d ->> 'actor' from campaign_unit u, jsonb_path_query(u.stages, '$[*].duties[*]') d where u.campaign_id = ${of}.campaign_id and u.unit = ${of}.unit and d ->> 'kind' = ${kind} limit 1)`;

/** What agencies have open, with the agency of the pack: visits begun, cases undecided, reports to be looked at, duties not done; of a year of colours the reports of rectification. */
const open = `
  select 'visit/' || v.id as task, 'visit' as kind, '现场检查' || case when v.institution_id is null then '：未备案的检查对象' else '：' || v.subject_name end as title, v.campaign_id, v.unit,
         ${actorOf('v.kind', 'v')} as agency, null::text as due_on, '/visits/' || v.id as link, null::text as pack from visit v where v.state = 'open'
  union all
  select 'case/' || k.id, 'case', '案件处理：' || k.number, k.campaign_id, k.unit, ${actorOf(`'site-check'`, 'k')}, null, '/visits/' || k.visit_id, null from case_file k where k.state = 'open'
  union all
  select 'self-check/' || s.id, 'self-check', '审阅自查报告：' || i.name, s.campaign_id, s.unit, s.receiver, null, '/campaigns/' || s.campaign_id || '/institutions/' || s.institution_id || '/self-check', null
    from self_check s join institution_ref i on i.institution_id = s.institution_id where s.state = 'submitted'
  union all
  select 'duty/' || o.id, 'duty', o.title || coalesce('：' || i.name, ''), o.campaign_id, o.unit, o.actor, o.due_on::text, '/campaigns/' || o.campaign_id || case when o.unit = '${wholeCampaign}' then '' else '/units/' || o.unit end, null
    from obligation o join campaign c on c.id = o.campaign_id left join institution_ref i on i.institution_id = o.institution_id
   where o.state in ('open', 'overdue') and o.actor <> 'institution' and coalesce(c.agencies -> o.actor ->> 'level', '') <> 'institution'
  union all
  select 'rectification/' || r.id, 'rectification', '审阅整改报告：' || i.name, null, r.jurisdiction, null, null, '/rectifications/' || r.id, r.pack || '@' || r.pack_version
    from rectification r join institution_ref i on i.institution_id = r.institution_id where r.state = 'submitted'`;

interface Row { task: string; kind: OpenTask['kind']; title: string; campaignId: string | null; unit: string; agency: string | null; dueOn: string | null; link: string; pack: string | null }

/** What is open in this room: each with the agency that the pack names for it, and where that sits. */
@Injectable()
export class OpenTaskQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf) {}

  async of({ limit, cursor, unit, only }: AskedTasks): Promise<OpenTask[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select task, kind, title, campaign_id as "campaignId", unit, agency, due_on as "dueOn", link, pack from (${open}) open
        where ($1::text is null or task collate "C" > $1) and ($2::text is null or unit = $2) and ($3::text[] is null or task = any($3)) order by task collate "C" limit $4`, [cursor ?? null, unit ?? null, only ?? null, limit]);
    const campaigns = await this.dataSource.manager.find(Campaign, { where: { id: In([...new Set(rows.flatMap(({ campaignId }) => campaignId ?? []))]) } });
    const shown = await Promise.all(rows.map(async (row): Promise<OpenTask[]> => {
      const seat = await this.seat(row, campaigns);
      const { task, kind, title, campaignId, dueOn, link } = row;
      return seat ? [{ taskId: task, kind, title, jurisdiction: seat.place, agency: seat.name, dueOn, campaignId, link }] : [];
    }));
    return shown.flat();
  }

  /** Whose it is: the agency of the campaign's pack in its unit; of a year of colours the receiver that its pack names. */
  private async seat({ campaignId, unit, agency, pack }: Row, campaigns: readonly Campaign[]): Promise<Seat | undefined> {
    if (pack !== null) {
      const of = await this.packs.get(pack);
      return seatOf(reportDuty(of)?.receiver ?? null, groundIn(of, unit));
    }
    const campaign = campaigns.find(({ id }) => id === campaignId);
    return campaign && seatOf(agency, groundOf(campaign, unit));
  }
}
