import { wholeCampaign } from '@zhijian/contracts/workflows';
import { campaignStages, type CampaignPlan, type PlannedStage } from '@zhijian/policy';
import type { CampaignUnit } from './campaign.entity.js';

/** A unit's stages in a plan; as `*`, the campaign's own duties with the stages they stand in. */
export const stagesOfUnit = (plan: CampaignPlan, unit: string): readonly PlannedStage[] =>
  (unit === wholeCampaign ? campaignStages(plan) : plan.cities.find(({ city }) => city === unit)?.stages ?? []);

/** One unit's stages as a plan of its own, for rules that take plans. */
export const planOf = (unit: Pick<CampaignUnit, 'unit' | 'name' | 'stages'>): CampaignPlan =>
  ({ cities: [{ city: unit.unit, name: unit.name, stages: unit.stages, milestones: [] }], campaignDuties: [], refused: [], findings: [], agencies: {}, calendar: '', pack: { id: '', version: 0, hash: '' } });
