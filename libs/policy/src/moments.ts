import { dueAt, startOfDay } from '@zhijian/calendar';
import type { CampaignPlan, PlannedStage } from './plan.js';

export type MomentKind = 'freeze-roster' | 'open-stage' | 'remind' | 'sweep' | 'close-stage';

/** Something that must happen in a unit at a legal instant. */
export interface Moment {
  kind: MomentKind;
  stage: string;
  duty: string | null;
  dueAt: string;
  firm: boolean;
  clauses: string[];
}

const order: readonly MomentKind[] = ['sweep', 'close-stage', 'freeze-roster', 'open-stage', 'remind'];

/**
 * The moments of a unit: each stage opens and closes on its day, each duty is reminded of and swept when its day has
 * ended, and the roster is frozen before the first stage that binds institutions. A duty due on a stage's last day is
 * swept by the closing; while that day is provisional it has a moment of its own, which holds the closing up. At one instant, what ends comes before what begins.
 */
export function momentsOf(stages: readonly PlannedStage[]): Moment[] {
  const bindsInstitutions = [...stages].sort((a, b) => (a.opensOn < b.opensOn ? -1 : 1)).find((stage) => stage.duties.some((duty) => duty.subject === 'institution'));
  const moments = stages.flatMap((stage): Moment[] => {
    const at = (kind: Moment['kind'], instant: string, duty: string | null = null, clauses: readonly string[] = stage.clauses, firm = true): Moment => ({ kind, stage: stage.id, duty, dueAt: instant, firm, clauses: [...clauses] });
    const duties = stage.duties.flatMap((duty) => {
      if (duty.dueOn === null) return [];
      const sweep = duty.dueOn === stage.closesOn && duty.firm ? [] : [at('sweep', dueAt(duty.dueOn), duty.id, duty.clauses, duty.firm)];
      return [...duty.reminders.map((reminder) => at('remind', startOfDay(reminder.on), duty.id, duty.clauses)), ...sweep];
    });
    return [
      ...(stage === bindsInstitutions ? [at('freeze-roster', startOfDay(stage.opensOn))] : []),
      at('open-stage', startOfDay(stage.opensOn)), ...duties, at('close-stage', dueAt(stage.closesOn)),
    ];
  });
  return moments.sort((a, b) => (a.dueAt === b.dueAt ? order.indexOf(a.kind) - order.indexOf(b.kind) : a.dueAt < b.dueAt ? -1 : 1));
}

/**
 * What the campaign's own workflow waits for: the duties of the campaign as a whole, with the stages they stand in, and the
 * stage that ends last, whoever is busy in it. A campaign is not over before its last stage is.
 */
export function campaignStages(plan: CampaignPlan): readonly PlannedStage[] {
  const own = new Set(plan.campaignDuties.map(({ stage }) => stage));
  const stages = plan.cities[0]?.stages ?? [];
  const end = stages.map(({ closesOn }) => closesOn).sort().at(-1);
  const last = stages.some(({ id, closesOn }) => own.has(id) && closesOn === end) ? undefined : stages.find(({ closesOn }) => closesOn === end);
  return stages.filter((stage) => own.has(stage.id) || stage === last).map((stage) => ({ ...stage, duties: plan.campaignDuties.filter((duty) => duty.stage === stage.id) }));
}
