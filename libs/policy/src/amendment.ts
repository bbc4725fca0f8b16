import type { LocalDate } from '@zhijian/calendar';
import type { CampaignPlan, PlannedDuty, PlannedStage } from './plan.js';
import { remindersOf } from './windows.js';

/**
 * A recorded change of a running campaign. `extend` and `replace-date` move the end of a stage or the due day of a
 * duty; `suspend` and `resume` stop and restart the work but move no date, so a plan takes them as they are.
 */
export interface Amendment {
  readonly kind: 'extend' | 'replace-date' | 'suspend' | 'resume' | 'own-dates' | 'calendar' | 'pack';
  /** Units it concerns; none named means all of them and the campaign's own duties. */
  readonly units: readonly string[];
  readonly stage: string | null;
  readonly duty: string | null;
  readonly on: LocalDate | null;
  /** What the amendment rests on, beside the clauses of what it moves. */
  readonly clauses?: readonly string[];
}

/** The plan after these amendments, in the order given. */
export const amended = (plan: CampaignPlan, amendments: readonly Amendment[]): CampaignPlan => amendments.reduce(apply, plan);

function apply(plan: CampaignPlan, it: Amendment): CampaignPlan {
  const { on } = it;
  if (on === null || (it.kind !== 'extend' && it.kind !== 'replace-date')) return plan;
  const everyUnit = it.units.length === 0;
  const move = (duty: PlannedDuty): PlannedDuty => (duty.id === it.duty ? moved(duty, on, it) : duty);
  const cities = plan.cities.map((city) => (everyUnit || it.units.includes(city.city)
    ? { ...city, stages: city.stages.map((stage) => amendStage(stage, on, it, move)) } : city));
  return { ...plan, cities, campaignDuties: everyUnit ? plan.campaignDuties.map((duty) => (followsStage(plan, duty, it) ? moved(duty, on, it) : move(duty))) : plan.campaignDuties };
}

/** Is the duty of the campaign as a whole due at the very end of the stage that moves? */
const followsStage = (plan: CampaignPlan, duty: PlannedDuty, it: Amendment): boolean =>
  it.duty === null && duty.stage === it.stage && duty.dueOn === plan.cities[0]?.stages.find((stage) => stage.id === it.stage)?.closesOn;

function amendStage(stage: PlannedStage, on: LocalDate, it: Amendment, move: (duty: PlannedDuty) => PlannedDuty): PlannedStage {
  if (it.duty !== null) return { ...stage, duties: stage.duties.map(move) };
  if (stage.id !== it.stage) return stage;
  const follows = (duty: PlannedDuty) => duty.limitOn === stage.closesOn; // what is due when the stage ends moves with its end
  return { ...stage, closesOn: on, clauses: withClauses(stage.clauses, it), duties: stage.duties.map((duty) => (follows(duty) ? movedLimit(duty, on, it) : duty)) };
}

/** The limit moves; a unit's own earlier day stays as it is, as long as it still lies within. */
const movedLimit = (duty: PlannedDuty, on: LocalDate, it: Amendment): PlannedDuty =>
  (duty.dueOn !== null && duty.limitOn !== null && duty.dueOn < duty.limitOn && duty.dueOn <= on ? { ...duty, limitOn: on } : moved(duty, on, it));

const moved = (duty: PlannedDuty, on: LocalDate, it: Amendment): PlannedDuty =>
  ({ ...duty, dueOn: on, limitOn: on, firm: true, reminders: remindersOf(duty.reminders, on), because: '期限经记录在案的调整决定变更', clauses: withClauses(duty.clauses, it) });

const withClauses = (clauses: readonly string[], it: Amendment): string[] => [...new Set([...clauses, ...(it.clauses ?? [])])];
