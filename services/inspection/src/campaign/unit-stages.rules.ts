import { wholeCampaign } from '@zhijian/contracts/workflows';
import { campaignStages, type CampaignPlan, type PlannedDuty, type PlannedStage } from '@zhijian/policy';
import type { CampaignUnit } from './campaign.entity.js';

/** A unit's stages in a plan; as `*`, the campaign's own duties with the stages they stand in. */
export const stagesOfUnit = (plan: CampaignPlan, unit: string): readonly PlannedStage[] =>
  (unit === wholeCampaign ? campaignStages(plan) : plan.cities.find(({ city }) => city === unit)?.stages ?? []);

/** One unit's stages as a plan of its own, for rules that take plans. */
export const planOf = (unit: Pick<CampaignUnit, 'unit' | 'name' | 'stages'>): CampaignPlan =>
  ({ cities: [{ city: unit.unit, name: unit.name, stages: unit.stages, milestones: [] }], campaignDuties: [], refused: [], findings: [], agencies: {}, calendar: '', pack: { id: '', version: 0, hash: '' } });

/** Duties for which the text gives no time at all: they are owed from the beginning, are never late, and what is left of them at the end was not done. */
export const undatedDuties = ({ milestones }: Pick<CampaignUnit, 'milestones'>): readonly PlannedDuty[] => milestones.flatMap(({ duties }) => duties.filter(({ noLimit }) => noLimit));

/** What binds a unit and its institutions from the opening of this stage: its duties and, with the first of the stages, the undated ones. */
export function dutiesOpenedWith(unit: Pick<CampaignUnit, 'stages' | 'milestones'>, stage: PlannedStage): readonly PlannedDuty[] {
  const first = unit.stages.reduce((earliest, other) => (other.opensOn < earliest.opensOn ? other : earliest), stage);
  return first.id === stage.id ? [...stage.duties, ...undatedDuties(unit)] : stage.duties;
}
