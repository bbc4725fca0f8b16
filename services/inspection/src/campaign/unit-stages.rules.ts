import { wholeCampaign } from '@zhijian/contracts/workflows';
import type { CampaignPlan, PlannedStage } from '@zhijian/policy';
import type { CampaignUnit } from './campaign.entity.js';

/** A unit's stages in a plan; as `*`, the campaign's own duties with the stages they stand in. */
export function stagesOfUnit(plan: CampaignPlan, unit: string): readonly PlannedStage[] {
  if (unit !== wholeCampaign) return plan.cities.find(({ city }) => city === unit)?.stages ?? [];
  const own = new Set(plan.campaignDuties.map(({ stage }) => stage));
  return (plan.cities[0]?.stages ?? []).filter(({ id }) => own.has(id)).map((stage) => ({ ...stage, duties: plan.campaignDuties.filter((duty) => duty.stage === stage.id) }));
}

/** One unit's stages as a plan of its own, for rules that take plans. */
export const planOf = (unit: Pick<CampaignUnit, 'unit' | 'name' | 'stages'>): CampaignPlan =>
  ({ cities: [{ city: unit.unit, name: unit.name, stages: unit.stages }], campaignDuties: [], refused: [], findings: [], agencies: {}, calendar: '', pack: { id: '', version: 0, hash: '' } });
