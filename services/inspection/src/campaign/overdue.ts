import { obligationOverdue } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { followMissed } from '../supervision/flag.store.js';
import type { Campaign, CampaignUnit } from './campaign.entity.js';
import { policyOf } from './campaign.shown.js';
import type { Missed } from './obligation.store.js';
import { placeOf } from './place.js';

/**
 * States what is overdue, and does what the pack attaches to it. A check that is to come unannounced is stated to nobody
 * but the unit, and does not name the body.
 */
export async function stateOverdue(tx: Tx, campaign: Campaign, unit: CampaignUnit, missed: readonly Missed[], pack: Pack): Promise<void> {
  for (const one of missed) {
    const institutionId = one.unannounced ? null : one.institutionId;
    tx.fact(obligationOverdue, institutionId ?? unit.unit, {
      campaignId: unit.campaignId, unit: unit.unit, obligationId: one.id, duty: one.duty, institutionId, dueAt: one.dueAt.toISOString(), policy: policyOf(campaign, one.clauses),
    }, placeOf(campaign, unit.unit));
  }
  await followMissed(tx, campaign, unit, missed.map(({ id }) => id), pack);
}
