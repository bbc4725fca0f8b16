import { Injectable } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { inPlace } from '@zhijian/access';
import { Clock } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { dutyOf, groundOf, levelOf, seatOf, sits } from '../campaign/agency.rules.js';
import type { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { CampaignQueries, isUnit } from '../campaign/campaign.queries.js';
import { agency } from './self-check.queries.js';

type As = 'receiver' | 'copy' | 'reader';

/** The reports that have come in: whoever receives them acts on them, whoever gets a copy reads them. */
@Injectable()
export class ReceivedQueries {
  constructor(private readonly dataSource: DataSource, private readonly campaigns: CampaignQueries, private readonly clock: Clock) {}

  async list(campaignId: string, { unit, limit, cursor }: { unit?: string | undefined; limit: number; cursor?: string | undefined }, principal: Principal) {
    const { campaign, units } = await this.campaigns.rows(campaignId);
    const standing = new Map(units.filter(isUnit).flatMap((row) => {
      const as = standingOf(principal, campaign, row, this.clock.now());
      return as && (unit === undefined || row.unit === unit) ? [[row.unit, as] as const] : [];
    }));
    const items = await this.dataSource.query<{ selfCheckId: string; unit: string }[]>(
      `select s.id as "selfCheckId", s.institution_id as "institutionId", i.name as "institutionName", s.unit, u.name as "unitName", s.report, s.version, s.state, s.received_at as "receivedAt", s.late,
              jsonb_array_length(s.items) as problems, (select count(*)::int from jsonb_array_elements(s.items) p where p->>'class' = 'violation') as violations,
              ${agency('s.receiver')} as receiver, coalesce((select jsonb_agg(${agency('copy.id')}) from jsonb_array_elements_text(s.copy_to) as copy(id)), '[]') as copies,
              s.clauses, c.pack || '@' || c.pack_version as pack, c.calendar
         from self_check s join campaign c on c.id = s.campaign_id join campaign_unit u on u.campaign_id = s.campaign_id and u.unit = s.unit join institution_ref i on i.institution_id = s.institution_id
        where s.campaign_id = $1 and s.unit = any($2::text[]) and s.state <> 'superseded' and ($3::uuid is null or s.id > $3) order by s.id limit $4`, [campaignId, [...standing.keys()], cursor ?? null, limit]);
    return { items: items.map((item) => ({ ...item, as: standing.get(item.unit) ?? 'reader' })), next: items.length === limit ? items.at(-1)!.selfCheckId : null };
  }
}

/** As whom somebody sees the reports of a unit; undefined: not at all. */
function standingOf(principal: Principal, campaign: Campaign, { unit, stages }: CampaignUnit, now: string): As | undefined {
  const duty = dutyOf(stages, 'self-check-report');
  const ground = groundOf(campaign, unit, now);
  if (sits(principal, seatOf(duty?.receiver ?? null, ground))) return 'receiver';
  if (duty?.copyTo.some((one) => sits(principal, seatOf(one, ground)))) return 'copy';
  const above = principal.role === levelOf(campaign.jurisdiction, campaign.levels) && inPlace(principal, campaign.jurisdiction);
  return above || principal.role === 'auditor' ? 'reader' : undefined;
}
