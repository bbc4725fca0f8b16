import { Injectable } from '@nestjs/common';
import { notFound } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { Campaign } from '../campaign/campaign.entity.js';
import { packNameOf } from '../campaign/campaign.shown.js';

/** A sample as officers and auditors see it: who is in it, why, and the records that prove the draw. */
@Injectable()
export class SampleQueries {
  constructor(private readonly dataSource: DataSource) {}

  async one(campaignId: string, sample: string) {
    const campaign = await this.dataSource.manager.findOneBy(Campaign, { id: campaignId });
    const rule = campaign?.samples[sample];
    if (!campaign || !rule) throw notFound('这项抽查');
    const draws = await this.dataSource.query<unknown[]>(
      `select stratum, 'sha256-rank-1' as algorithm, seed, pool, pool_sha256 as "poolSha256", size, result, drawn_at as "drawnAt" from sample_draw where campaign_id = $1 and sample = $2 order by stratum`, [campaignId, sample]);
    const members = await this.dataSource.query<{ clauses: string[] }[]>(
      `select m.institution_id as "institutionId", coalesce(i.name, m.institution_id::text) as name, m.unit, m.how, m.reason, m.clauses, m.added_at as "addedAt", m.removed_at as "removedAt", m.removed_reason as "removedReason",
              (select min(v.visit_on)::text from visit v where v.campaign_id = m.campaign_id and v.institution_id = m.institution_id) as "visitOn"
         from sample_member m left join institution_ref i on i.institution_id = m.institution_id where m.campaign_id = $1 and m.sample = $2 order by m.unit, m.institution_id`, [campaignId, sample]);
    return {
      campaignId, sample, title: rule.title, stated: rule.stated, draws, members,
      clauses: [...new Set([...rule.clauses, ...members.flatMap(({ clauses }) => clauses)])], pack: packNameOf(campaign), calendar: campaign.calendar,
    };
  }
}
