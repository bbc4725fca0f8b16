import { Injectable } from '@nestjs/common';
import type { Calendar } from '@zhijian/calendar';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { explainDue, packName, type Pack } from '@zhijian/policy';
import { Calendars, Clock, PackShelf, type AskedTasks, type OpenTask } from '@zhijian/service-kit';
import { DataSource, In } from 'typeorm';
import { groundOf, seatOf, type Seat } from '../campaign/agency.rules.js';
import { Campaign } from '../campaign/campaign.entity.js';
import { packNameOf } from '../campaign/campaign.shown.js';
import { checkDuty, summaryDuty } from '../check/summary.rules.js';
import { limitRuleOf } from '../rectification/limit.rules.js';
import { countedDays, groundIn, reportDuty } from '../rectification/rectification.rules.js';
import { awaitsCorrection } from '../self-check/awaited-correction.queries.js';

const actorOf = (kind: string, of: string): string =>
  `(select d ->> 'actor' from campaign_unit u, jsonb_path_query(u.stages, '$[*].duties[*]') d where u.campaign_id = ${of}.campaign_id and u.unit = ${of}.unit and d ->> 'kind' = ${kind} limit 1)`;

const reportAt = `'/campaigns/' || s.campaign_id || '/institutions/' || s.institution_id || '/self-check'`;

/** A year of colours is the place's as a whole: who sees a part of its bodies would be told another count, and no summary. */
const ofPlace = `(current_setting('app.reach', true) <> 'places' or y.jurisdiction = any(string_to_array(current_setting('app.places', true), ',')))`;

/** Why a day is that day, as the row knows it. */
const why = (row: string, more = ''): string => `jsonb_build_object('clauses', ${row}.clauses, 'firm', ${row}.firm, 'calendar', ${more ? 'c' : row}.calendar${more})`;
const ofObligation = why('o', `, 'obligationId', o.id`);

/**
 * What agencies have open, with the agency of the pack: visits begun, cases undecided, reports to be looked at, returned ones whose
 * correction they wait for, duties not done; of a year of colours the reports of rectification, whether a written limit was kept,
 * the checks that are owed until the year is closed, and its summary until it is sent; sent, again as soon as a quota it has counted
 * is another (a supplement).
 */
const open = `
  select 'visit/' || v.id as task, 'visit' as kind, '现场检查' || case when v.institution_id is null then '：未登记的检查对象' else '：' || v.subject_name end as title, v.campaign_id, v.unit,
         ${actorOf('v.kind', 'v')} as agency, null::text as due_on, '/visits/' || v.id as link, null::text as pack, null::int as year, null::jsonb as why from visit v where v.state = 'open'
  union all
  select 'case/' || k.id, 'case', '案件处理：' || k.number, k.campaign_id, k.unit, ${actorOf(`'site-check'`, 'k')}, null, '/visits/' || k.visit_id, null, null, null from case_file k where k.state = 'open'
  union all
  select 'self-check/' || s.id, 'self-check', '审阅自查报告：' || i.name, s.campaign_id, s.unit, s.receiver, null, ${reportAt}, null, null, null
    from self_check s join institution_ref i on i.institution_id = s.institution_id where s.state = 'submitted'
  union all
  select 'self-check-correction/' || s.id, 'self-check', '等待更正已退回的自查报告：' || i.name, s.campaign_id, s.unit, s.receiver, o.due_on::text, ${reportAt}, null, null, ${ofObligation}
    from self_check s join institution_ref i on i.institution_id = s.institution_id join campaign c on c.id = s.campaign_id
    join obligation o on o.campaign_id = s.campaign_id and o.unit = s.unit and o.institution_id = s.institution_id and ${awaitsCorrection('o')} where s.state = 'returned'
  union all
  select 'duty/' || o.id, 'duty', o.title || coalesce('：' || i.name, ''), o.campaign_id, o.unit, o.actor, o.due_on::text, '/campaigns/' || o.campaign_id || case when o.unit = '${wholeCampaign}' then '' else '/units/' || o.unit end, null, null, ${ofObligation}
    from obligation o join campaign c on c.id = o.campaign_id left join institution_ref i on i.institution_id = o.institution_id
   where o.state in ('open', 'overdue') and o.actor <> 'institution' and coalesce(c.agencies -> o.actor ->> 'level', '') <> 'institution'
  union all
  select 'rectification/' || r.id, 'rectification', '审阅整改报告：' || i.name, null, r.jurisdiction, null, null, '/rectifications/' || r.id, r.pack || '@' || r.pack_version, r.year, null
    from rectification r join institution_ref i on i.institution_id = r.institution_id where r.state = 'submitted'
  union all
  select 'rectification-correction/' || r.id, 'rectification', '等待重报已退回的整改报告：' || i.name, null, r.jurisdiction, null, r.due_on::text, '/rectifications/' || r.id, r.pack || '@' || r.pack_version, r.year, ${why('r')} || jsonb_build_object('because', r.because, 'publishedOn', r.published_on)
    from rectification r join institution_ref i on i.institution_id = r.institution_id where r.state = 'returned'
  union all
  select 'rectification-limit/' || r.id, 'rectification', '核实整改情况' || case when r.missed_at is null then '' else '（限期未整改）' end || '：' || i.name, null, r.jurisdiction, null, r.limit_on::text, '/rectifications/' || r.id, r.pack || '@' || r.pack_version, r.year,
         jsonb_build_object('because', concat(r.limits -> -1 ->> 'agency', '写明的整改期限，', r.limits -> -1 ->> 'document', '：', r.limits -> -1 ->> 'reason'), 'limit', true, 'publishedOn', r.published_on, 'firm', true, 'calendar', null)
    from rectification r join institution_ref i on i.institution_id = r.institution_id where r.limit_on is not null and r.rectified_on is null
  union all
  select 'check-quota/' || y.jurisdiction || '/' || y.year, 'check-quota', y.year || ' 年度现场监督检查：还有 ' || owed.bodies || ' 家机构应检查 ' || owed.checks || ' 次', null, y.jurisdiction, null, null, '/checks?state=owed&year=' || y.jurisdiction || '/' || y.year, y.pack || '@' || y.pack_version, y.year, null
    from colour_year y cross join lateral (select count(*) as bodies, sum(q.min - k.done) as checks from check_quota q
      cross join lateral (select count(*) as done from check_record c where c.institution_id = q.institution_id and c.jurisdiction = q.jurisdiction and c.year = q.year and c.origin = 'planned') k
     where q.jurisdiction = y.jurisdiction and q.year = y.year and q.min > k.done) owed where y.closed_at is null and owed.bodies > 0 and ${ofPlace}
  union all
  select 'inspection-summary/' || y.jurisdiction || '/' || y.year, 'inspection-summary', case when sent.at is null then '报送 ' else '补报（报送后颜色有变动） ' end || y.year || ' 年度', null, y.jurisdiction, null, null, '/checks/summaries/' || y.jurisdiction || '/' || y.year, y.pack || '@' || y.pack_version, y.year, null
    from colour_year y cross join lateral (select max(s.sent_at) as at from inspection_summary s where s.jurisdiction = y.jurisdiction and s.year = y.year) sent
   where ${ofPlace} and (sent.at is null or exists (select 1 from check_quota q where q.jurisdiction = y.jurisdiction and q.year = y.year and (q.history -> -1 ->> 'at')::timestamptz > sent.at
     and (q.history -> -1 ->> 'colour' is distinct from q.colour or (q.history -> -1 ->> 'min')::int is distinct from q.min)))`;

/** What a row knows of its day. `limit`: an agency wrote it for the case. */
interface Told { because?: string; clauses?: string[]; firm: boolean; calendar: string | null; obligationId?: string; publishedOn?: string; limit?: true }
interface Row { task: string; kind: OpenTask['kind']; title: string; campaignId: string | null; unit: string; agency: string | null; dueOn: string | null; link: string; pack: string | null; year: number | null; told: Told | null }

/** What is open in this room: each with the agency that the pack names for it, where that sits, and why its day is that day. */
@Injectable()
export class OpenTaskQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly clock: Clock) {}

  async of({ limit, cursor, unit, only }: AskedTasks): Promise<OpenTask[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select task, kind, title, campaign_id as "campaignId", unit, agency, due_on as "dueOn", link, pack, year, why as told from (${open}) open
        where ($1::text is null or task collate "C" > $1) and ($2::text is null or unit = $2) and ($3::text[] is null or task = any($3)) order by task collate "C" limit $4`, [cursor ?? null, unit ?? null, only ?? null, limit]);
    const campaigns = await this.dataSource.manager.find(Campaign, { where: { id: In([...new Set(rows.flatMap(({ campaignId }) => campaignId ?? []))]) } });
    const shown = await Promise.all(rows.map(async (row): Promise<OpenTask[]> => {
      const found = row.pack === null ? ofCampaign(row, campaigns, this.clock.now()) : ofYear(row, await this.packs.get(row.pack), this.calendars.current(), this.clock.now());
      const { task, kind, title, campaignId, dueOn, link } = row;
      return found ? [{ taskId: task, kind, title, jurisdiction: found.seat.place, agency: found.seat.name, dueOn, why: null, campaignId, link, ...found.more }] : [];
    }));
    return shown.flat();
  }
}

interface Owner { seat: Seat; more?: Partial<Pick<OpenTask, 'title' | 'dueOn' | 'why' | 'obligationId'>> }

/** Whose it is: the agency of the campaign's pack in its unit. Rule, event and counted days of a duty are told by the obligation. */
function ofCampaign({ campaignId, unit, agency, dueOn, told }: Row, campaigns: readonly Campaign[], now: string): Owner | undefined {
  const campaign = campaigns.find(({ id }) => id === campaignId);
  if (!campaign) return undefined;
  const why = told && dueOn ? { because: null, counted: [], firm: told.firm, clauses: told.clauses ?? [], pack: packNameOf(campaign), calendar: told.calendar } : null;
  return { seat: seatOf(agency, groundOf(campaign, unit, now)), more: { why, ...(told?.obligationId && { obligationId: told.obligationId }) } };
}

/** Of a year of colours: whom its pack names to receive a report, to check, to sum up; undefined where it names no such duty. */
function ofYear(row: Row, pack: Pack, calendar: Calendar, now: string): Owner | undefined {
  const { kind, title, unit, year } = row;
  const seat = (agency: string | undefined): Seat => seatOf(agency ?? null, groundIn(pack, unit, now));
  if (kind === 'rectification') return { seat: seat(reportDuty(pack)?.receiver), more: { why: ofReport(row, pack, calendar) } };
  const duty = kind === 'check-quota' ? checkDuty(pack) : summaryDuty(pack, 'site-check');
  if (!duty) return undefined;
  const dueOn = duty.due.kind === 'yearly' ? `${year}-${duty.due.yearly}` : null;
  const why = dueOn === null ? null : { because: explainDue(pack, duty.id, null, calendar)?.because ?? null, counted: [], firm: true, clauses: [...duty.clauses], pack: packName(pack), calendar: calendar.version };
  return { seat: seat(duty.actor), more: { title: kind === 'check-quota' ? title : `${title}${duty.title}`, dueOn, why } };
}

/** The day of a report that is awaited again, or of the limit an agency wrote. */
function ofReport({ dueOn, told }: Row, pack: Pack, calendar: Calendar): OpenTask['why'] {
  if (!told?.publishedOn || dueOn === null) return null;
  const { because = null, firm, calendar: by, publishedOn } = told;
  const rest = told.limit ? { clauses: [...limitRuleOf(pack, publishedOn).clauses], counted: [] } : { clauses: told.clauses ?? [], counted: [...countedDays(pack, { publishedOn, dueOn }, calendar)] };
  return { because, firm, ...rest, pack: packName(pack), calendar: by };
}
