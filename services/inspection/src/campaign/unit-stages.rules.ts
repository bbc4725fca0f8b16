import { dayOf, type LocalDate } from '@zhijian/calendar';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { campaignStages, type CampaignPlan, type PlannedDuty, type PlannedStage, type StartEvent } from '@zhijian/policy';
import type { CampaignUnit } from './campaign.entity.js';

/** A unit's stages in a plan; as `*`, the campaign's own duties with the stages they stand in. */
export const stagesOfUnit = (plan: CampaignPlan, unit: string): readonly PlannedStage[] =>
  (unit === wholeCampaign ? campaignStages(plan) : plan.cities.find(({ city }) => city === unit)?.stages ?? []);

/** One unit's stages as a plan of its own, for rules that take plans. */
export const planOf = (unit: Pick<CampaignUnit, 'unit' | 'name' | 'stages'>): CampaignPlan =>
  ({ cities: [{ city: unit.unit, name: unit.name, stages: unit.stages, milestones: [] }], campaignDuties: [], refused: [], findings: [], agencies: {}, calendar: '', pack: { id: '', version: 0, hash: '' } });

/** The first day on which anything can have been done for a campaign in a unit: its first stage opens, or it was drawn up where that was earlier. */
export const beginsOn = (stages: readonly Pick<PlannedStage, 'opensOn'>[], madeAt: Date | string): LocalDate => [dayOf(new Date(madeAt).toISOString()), ...stages.map(({ opensOn }) => opensOn)].sort()[0]!;

/** Duties for which the text gives no time at all: they are owed from the beginning, are never late, and what is left of them at the end was not done. */
export const undatedDuties = ({ milestones }: Pick<CampaignUnit, 'milestones'>): readonly PlannedDuty[] => milestones.flatMap(({ duties }) => duties.filter(({ noLimit }) => noLimit));

/** It hangs on something that has not happened: it binds nobody yet, and opens with its event. */
export const awaitsEvent = ({ after, dueOn }: Pick<PlannedDuty, 'after' | 'dueOn'>): boolean => after !== null && dueOn === null;

/** The duties of a unit that this event opens. */
export const dutiesAfter = ({ stages, milestones }: Pick<CampaignUnit, 'stages' | 'milestones'>, event: StartEvent): readonly PlannedDuty[] =>
  [...stages, ...milestones].flatMap(({ duties }) => duties).filter((duty) => awaitsEvent(duty) && duty.after?.event === event);

/** What binds a unit and its institutions from the opening of this stage: its duties except those whose event is still to come and, with the first of the stages, the undated ones. */
export function dutiesOpenedWith(unit: Pick<CampaignUnit, 'stages' | 'milestones'>, stage: PlannedStage): readonly PlannedDuty[] {
  const first = unit.stages.reduce((earliest, other) => (other.opensOn < earliest.opensOn ? other : earliest), stage);
  const duties = stage.duties.filter((duty) => !awaitsEvent(duty));
  return first.id === stage.id ? [...duties, ...undatedDuties(unit)] : duties;
}
