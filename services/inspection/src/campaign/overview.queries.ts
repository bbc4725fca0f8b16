import { Injectable } from '@nestjs/common';
import { Clock } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { stands } from '../self-check/awaited-correction.queries.js';
import { packNameOf, shown } from './campaign.shown.js';
import { CampaignQueries, isUnit } from './campaign.queries.js';

/** Of a body that takes part: one that has left the campaign is not counted against the list. */
const listed = (row: string): string => `exists (select 1 from roster_member m where m.campaign_id = $1 and m.unit = ${row}.unit and m.institution_id = ${row}.institution_id and m.state = 'in')`;

const funnelOf = `select u.unit,
    (select count(*)::int from roster_member m where m.campaign_id = $1 and m.unit = u.unit) as filed,
    (select count(*)::int from roster_member m where m.campaign_id = $1 and m.unit = u.unit and m.state = 'in') as roster,
    (select count(*)::int from roster_member m where m.campaign_id = $1 and m.unit = u.unit and m.state = 'idle') as idle,
    (select count(*)::int from roster_member m where m.campaign_id = $1 and m.unit = u.unit and m.state = 'undetermined') as undetermined,
    (select count(*)::int from notification n where n.campaign_id = $1 and n.unit = u.unit and ${listed('n')}) as notified,
    (select count(*)::int from notification n where n.campaign_id = $1 and n.unit = u.unit and n.acknowledged_on is not null and ${listed('n')}) as acknowledged,
    coalesce(s.reports, 0) as "selfChecked", coalesce(s.late, 0) as late, coalesce(s.problems, 0) as problems,
    (select count(*)::int from visit v, jsonb_array_elements(v.verifications) e where v.campaign_id = $1 and v.unit = u.unit and e->>'outcome' = 'corrected') as corrected,
    (select count(distinct v.institution_id)::int from visit v where v.campaign_id = $1 and v.unit = u.unit and v.state = 'recorded' and ${listed('v')}) as visited,
    (select count(*)::int from finding f where f.campaign_id = $1 and f.unit = u.unit) as findings,
    (select count(*)::int from case_file k where k.campaign_id = $1 and k.unit = u.unit) as cases
  from campaign_unit u
  left join (select unit, count(*)::int as reports, count(*) filter (where late)::int as late, sum(jsonb_array_length(items))::int as problems from self_check c where campaign_id = $1 and state in ('submitted', 'accepted')
      and ${listed('c')} group by unit) s on s.unit = u.unit
 where u.campaign_id = $1`;

const counted = `select o.unit, ${stands('o', '$2')} as state, count(*)::int as count from obligation o where o.campaign_id = $1 group by 1, 2`;

const coming = `select o.unit, u.name as "unitName", o.duty, min(o.title) as title, min(o.due_on)::text as "dueOn", bool_and(o.firm) as firm, count(*)::int as open, min(o.clauses::text)::jsonb as clauses, min(o.id::text) as "obligationId"
  from obligation o join campaign_unit u on u.campaign_id = o.campaign_id and u.unit = o.unit
 where o.campaign_id = $1 and ${stands('o', '$2')} = 'open' and o.due_on is not null group by o.unit, u.name, u.ord, o.duty, o.due_on order by o.due_on, u.ord limit 40`;

const steps = [['roster', '名单'], ['notified', '已告知'], ['selfChecked', '已自查'], ['problems', '发现问题'], ['corrected', '已整改'], ['visited', '已检查'], ['cases', '立案']] as const;
export interface Coming { unit: string; unitName: string; duty: string; title: string; dueOn: string; firm: boolean; open: number; clauses: string[]; obligationId: string }
type Funnel = Record<'filed' | 'roster' | 'idle' | 'undetermined' | 'notified' | 'acknowledged' | 'selfChecked' | 'late' | 'problems' | 'corrected' | 'visited' | 'findings' | 'cases', number>;

/** The whole campaign on one screen, in a fixed number of statements however many bodies there are. */
@Injectable()
export class OverviewQueries {
  constructor(private readonly dataSource: DataSource, private readonly campaigns: CampaignQueries, private readonly clock: Clock) {}

  async overview(campaignId: string) {
    const { campaign, units } = await this.campaigns.rows(campaignId);
    const now = this.clock.now();
    const [funnels, counts, next, stages] = await Promise.all([
      this.dataSource.query<(Funnel & { unit: string })[]>(funnelOf, [campaignId]), this.dataSource.query<{ unit: string; state: string; count: number }[]>(counted, [campaignId, now]),
      this.dataSource.query<Coming[]>(coming, [campaignId, now]), this.campaigns.stages(campaignId, units),
    ]);
    const shownUnits = units.filter(isUnit).map(({ unit, name, state }) => {
      const { unit: _, ...funnel } = funnels.find((row) => row.unit === unit)!;
      const of = (kind: string): number => counts.find((row) => row.unit === unit && row.state === kind)?.count ?? 0;
      return { code: unit, name, state, stages: (stages.get(unit) ?? []).map(({ duties: _duties, ...stage }) => stage), funnel, obligations: { open: of('open'), done: of('done'), late: of('late'), overdue: of('overdue') } };
    });
    return {
      campaign: shown(campaign, units), today: now.slice(0, 10), demonstration: this.clock.demonstration, units: shownUnits,
      funnel: steps.map(([step, title]) => ({ step, title, count: shownUnits.reduce((sum, { funnel }) => sum + funnel[step], 0) })), next,
      clauses: [...new Set(units.flatMap((unit) => unit.stages.flatMap((stage) => stage.clauses)))], pack: packNameOf(campaign), calendar: campaign.calendar,
    };
  }
}
