import { Injectable } from '@nestjs/common';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import type { Pack } from '@zhijian/policy';
import { PackShelf, type AskedTasks, type OpenTask } from '@zhijian/service-kit';
import { DataSource, In } from 'typeorm';
import { groundOf, seatOf, type Seat } from '../campaign/agency.rules.js';
import { Campaign } from '../campaign/campaign.entity.js';
import { checkDuty, summaryDuty } from '../check/summary.rules.js';
import { groundIn, reportDuty } from '../rectification/rectification.rules.js';

const actorOf = (kind: string, of: string): string =>
  `(select d ->> 'actor' from campaign_unit u, jsonb_path_query(u.stages, '$[*].duties[*]') d where u.campaign_id = ${of}.campaign_id and u.unit = ${of}.unit and d ->> 'kind' = ${kind} limit 1)`;

/** A year of colours is the place's as a whole: who sees a part of its bodies would be told another count, and no summary. */
const ofPlace = `(current_setting('app.reach', true) <> 'places' or y.jurisdiction = any(string_to_array(current_setting('app.places', true), ',')))`;

/**
 * What agencies have open, with the agency of the pack: visits begun, cases undecided, reports to be looked at, duties not done; of
 * a year of colours the reports of rectification, whether a written limit was kept, the checks that are owed until the year is closed, and its summary until it is sent.
 */
const open = `
  select 'visit/' || v.id as task, 'visit' as kind, '现场检查' || case when v.institution_id is null then '：未备案的检查对象' else '：' || v.subject_name end as title, v.campaign_id, v.unit,
         ${actorOf('v.kind', 'v')} as agency, null::text as due_on, '/visits/' || v.id as link, null::text as pack, null::int as year from visit v where v.state = 'open'
  union all
  select 'case/' || k.id, 'case', '案件处理：' || k.number, k.campaign_id, k.unit, ${actorOf(`'site-check'`, 'k')}, null, '/visits/' || k.visit_id, null, null from case_file k where k.state = 'open'
  union all
  select 'self-check/' || s.id, 'self-check', '审阅自查报告：' || i.name, s.campaign_id, s.unit, s.receiver, null, '/campaigns/' || s.campaign_id || '/institutions/' || s.institution_id || '/self-check', null, null
    from self_check s join institution_ref i on i.institution_id = s.institution_id where s.state = 'submitted'
  union all
  select 'duty/' || o.id, 'duty', o.title || coalesce('：' || i.name, ''), o.campaign_id, o.unit, o.actor, o.due_on::text, '/campaigns/' || o.campaign_id || case when o.unit = '${wholeCampaign}' then '' else '/units/' || o.unit end, null, null
    from obligation o join campaign c on c.id = o.campaign_id left join institution_ref i on i.institution_id = o.institution_id
   where o.state in ('open', 'overdue') and o.actor <> 'institution' and coalesce(c.agencies -> o.actor ->> 'level', '') <> 'institution'
  union all
  select 'rectification/' || r.id, 'rectification', '审阅整改报告：' || i.name, null, r.jurisdiction, null, null, '/rectifications/' || r.id, r.pack || '@' || r.pack_version, r.year
    from rectification r join institution_ref i on i.institution_id = r.institution_id where r.state = 'submitted'
  union all
  select 'rectification-limit/' || r.id, 'rectification', '核实整改情况' || case when r.missed_at is null then '' else '（限期未整改）' end || '：' || i.name, null, r.jurisdiction, null, r.limit_on::text, '/rectifications/' || r.id, r.pack || '@' || r.pack_version, r.year
    from rectification r join institution_ref i on i.institution_id = r.institution_id where r.limit_on is not null and r.rectified_on is null
  union all
  select 'check-quota/' || y.jurisdiction || '/' || y.year, 'check-quota', y.year || ' 年度现场监督检查：还有 ' || owed.bodies || ' 家机构应检查 ' || owed.checks || ' 次', null, y.jurisdiction, null, null, '/checks?state=owed&year=' || y.jurisdiction || '/' || y.year, y.pack || '@' || y.pack_version, y.year
    from colour_year y cross join lateral (select count(*) as bodies, sum(q.min - k.done) as checks from check_quota q
      cross join lateral (select count(*) as done from check_record c where c.institution_id = q.institution_id and c.jurisdiction = q.jurisdiction and c.year = q.year and c.origin = 'planned') k
     where q.jurisdiction = y.jurisdiction and q.year = y.year and q.min > k.done) owed where y.closed_at is null and owed.bodies > 0 and ${ofPlace}
  union all
  select 'inspection-summary/' || y.jurisdiction || '/' || y.year, 'inspection-summary', '报送 ' || y.year || ' 年度', null, y.jurisdiction, null, null, '/checks/summaries/' || y.jurisdiction || '/' || y.year, y.pack || '@' || y.pack_version, y.year
    from colour_year y where ${ofPlace} and not exists (select 1 from inspection_summary s where s.jurisdiction = y.jurisdiction and s.year = y.year)`;

interface Row { task: string; kind: OpenTask['kind']; title: string; campaignId: string | null; unit: string; agency: string | null; dueOn: string | null; link: string; pack: string | null; year: number | null }

/** What is open in this room: each with the agency that the pack names for it, and where that sits. */
@Injectable()
export class OpenTaskQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf) {}

  async of({ limit, cursor, unit, only }: AskedTasks): Promise<OpenTask[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select task, kind, title, campaign_id as "campaignId", unit, agency, due_on as "dueOn", link, pack, year from (${open}) open
        where ($1::text is null or task collate "C" > $1) and ($2::text is null or unit = $2) and ($3::text[] is null or task = any($3)) order by task collate "C" limit $4`, [cursor ?? null, unit ?? null, only ?? null, limit]);
    const campaigns = await this.dataSource.manager.find(Campaign, { where: { id: In([...new Set(rows.flatMap(({ campaignId }) => campaignId ?? []))]) } });
    const shown = await Promise.all(rows.map(async (row): Promise<OpenTask[]> => {
      const found = row.pack === null ? ofCampaign(row, campaigns) : ofYear(row, await this.packs.get(row.pack));
      const { task, kind, title, campaignId, dueOn, link } = row;
      return found ? [{ taskId: task, kind, title, jurisdiction: found.seat.place, agency: found.seat.name, dueOn, campaignId, link, ...found.more }] : [];
    }));
    return shown.flat();
  }
}

interface Owner { seat: Seat; more?: Partial<Pick<OpenTask, 'title' | 'dueOn'>> }

/** Whose it is: the agency of the campaign's pack in its unit. */
function ofCampaign({ campaignId, unit, agency }: Row, campaigns: readonly Campaign[]): Owner | undefined {
  const campaign = campaigns.find(({ id }) => id === campaignId);
  return campaign && { seat: seatOf(agency, groundOf(campaign, unit)) };
}

/** Of a year of colours: whom its pack names to receive a report, to check, to sum up; undefined where it names no such duty. */
function ofYear({ kind, title, unit, year }: Row, pack: Pack): Owner | undefined {
  const seat = (agency: string | undefined): Seat => seatOf(agency ?? null, groundIn(pack, unit));
  if (kind === 'rectification') return { seat: seat(reportDuty(pack)?.receiver) };
  const duty = kind === 'check-quota' ? checkDuty(pack) : summaryDuty(pack, 'site-check');
  if (!duty) return undefined;
  return { seat: seat(duty.actor), more: { title: kind === 'check-quota' ? title : `${title}${duty.title}`, dueOn: duty.due.kind === 'yearly' ? `${year}-${duty.due.yearly}` : null } };
}
