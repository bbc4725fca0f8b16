import type { Tx } from '@zhijian/persistence';
import { CampaignUnit } from '../campaign/campaign.entity.js';
import type { RecordedAmendment } from './unit-plan.rules.js';

/** What planning a campaign anew stands on: its units not yet finished, what was amended, which duties bind somebody already. */
export interface Standing { units: CampaignUnit[]; amendments: RecordedAmendment[]; bindingIn: (unit: string) => Set<string> }

/** @param take nobody else changes the units until this transaction ends */
export async function standingOf(tx: Tx, campaignId: string, take: boolean): Promise<Standing> {
  if (take) await tx.query('select 1 from campaign_unit where campaign_id = $1 order by unit for update', [campaignId]);
  const units = (await tx.manager.find(CampaignUnit, { where: { campaignId }, order: { unit: 'ASC' } })).filter(({ state }) => state !== 'finished');
  const amendments = await tx.query<RecordedAmendment>(`select kind, units, stage, duty, due_on::text as on, case when clause is null then '[]'::jsonb else jsonb_build_array(clause) end as clauses from amendment where campaign_id = $1 order by id`, [campaignId]);
  const open = await tx.query<{ unit: string; duties: string[] }>('select unit, array_agg(distinct duty) as duties from obligation where campaign_id = $1 group by unit', [campaignId]);
  return { units, amendments, bindingIn: (unit) => new Set(open.find((row) => row.unit === unit)?.duties) };
}
