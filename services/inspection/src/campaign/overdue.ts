import { obligationOverdue } from '@zhijian/contracts/facts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import type { Tx } from '@zhijian/persistence';
import { followMissed } from '../supervision/flag.store.js';
import type { Campaign, CampaignUnit } from './campaign.entity.js';
import { policyOf } from './campaign.shown.js';
import type { Missed } from './obligation.store.js';

/** Facts of the campaign's own duties belong to its place. */
export const placeOf = (campaign: Campaign, unit: string): string => (unit === wholeCampaign ? campaign.jurisdiction : unit);

/**
 * States what is overdue, and does what the pack attaches to it. A check that is to come unannounced is stated to nobody
 * but the unit, and does not name the body.
 */
export async function stateOverdue(tx: Tx, campaign: Campaign, unit: CampaignUnit, missed: readonly Missed[]): Promise<void> {
  for (const one of missed) {
    const institutionId = one.unannounced ? null : one.institutionId;
    tx.fact(obligationOverdue, institutionId ?? unit.unit, {
      campaignId: unit.campaignId, unit: unit.unit, obligationId: one.id, duty: one.duty, institutionId, dueAt: one.dueAt.toISOString(), policy: policyOf(campaign, one.clauses),
    }, placeOf(campaign, unit.unit));
  }
  await followMissed(tx, campaign, unit, missed.map(({ id }) => id));
}
