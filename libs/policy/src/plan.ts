import { addDays, due, fixed, type Calendar, type LocalDate } from '@zhijian/calendar';
import { amended, type Amendment } from './amendment.js';
import type { After, DutyRule, StageRule } from './campaign.schema.js';
import { findingsOf, type Finding } from './contradictions.js';
import { checkOwnDates, type DateRefusal, type OwnDate } from './own-dates.js';
import { packRef, type Pack, type PackRef } from './pack.js';
import type { DutyKind, DutySubject, StageKind } from './vocabulary.js';
import { remindersOf, windowOf, type Reminder } from './windows.js';

/** A duty with its dates in one unit. */
export interface PlannedDuty {
  readonly id: string; readonly kind: DutyKind; readonly title: string; readonly stage: string; readonly subject: DutySubject;
  readonly actor: string | null; readonly receiver: string | null; readonly copyTo: readonly string[]; readonly form: string | null; readonly checklist: string | null;
  /** The last day (to 24:00, Beijing); null where it hangs on an event, see `after`. */
  readonly dueOn: LocalDate | null;
  /** The latest day the city allows; `dueOn` is earlier where the unit has brought it forward. */
  readonly limitOn: LocalDate | null;
  readonly after: After | null;
  /** False where the date was looked up in a year without a holiday notice, and while it hangs on an event. */
  readonly firm: boolean;
  readonly because: string;
  readonly wording: string | null;
  /** What a clause attaches to lateness; `consequence` null where no clause states one. */
  readonly missed: { readonly consequence: string | null; readonly clauses: readonly string[] };
  readonly reminders: readonly Reminder[];
  readonly mayBringForward: boolean;
  readonly clauses: readonly string[];
}
export interface PlannedStage {
  readonly id: string; readonly kind: StageKind; readonly title: string; readonly opensOn: LocalDate; readonly closesOn: LocalDate;
  readonly clauses: readonly string[]; readonly duties: readonly PlannedDuty[];
}
export interface CityPlan { readonly city: string; readonly name: string; readonly stages: readonly PlannedStage[] }
export interface CampaignPlan {
  readonly pack: PackRef;
  /** Version of the calendar the dates were computed with. */
  readonly calendar: string;
  readonly findings: readonly Finding[];
  readonly agencies: Readonly<Record<string, { readonly name: string; readonly level: string }>>;
  readonly cities: readonly CityPlan[];
  /** Duties of the campaign as a whole, such as the roll-up: once, not in each unit. */
  readonly campaignDuties: readonly PlannedDuty[];
  /** Own dates that a unit asked for and the city's limits do not allow; they have no effect. */
  readonly refused: readonly DateRefusal[];
}
export interface Unit { readonly code: string; readonly name: string }
export interface PlanInput {
  /** Reporting units; without them the usual ones of the pack. */
  readonly units?: readonly Unit[];
  readonly amendments?: readonly Amendment[];
  readonly unitDates?: readonly OwnDate[];
}

/**
 * What a pack's campaign means for these units: stages as windows, each duty with actor, receiver and due date.
 * Amendments apply in the order given, then the units' own dates. A pure function of its arguments: an auditor who
 * holds pack, calendar and input computes the same plan. Throws when the pack carries no campaign.
 */
export function planCampaign(pack: Pack, calendar: Calendar, input: PlanInput = {}): CampaignPlan {
  const { campaign } = pack;
  if (!campaign) throw new Error(`政策包 ${pack.id}@${pack.version} 没有专项治理方案`);
  const planned = campaign.stages.map((stage) => planStage(stage, calendar));
  const forUnits = planned.map((stage) => ({ ...stage, duties: stage.duties.filter((duty) => duty.subject !== 'campaign') }));
  const cities = (input.units ?? campaign.units).map(({ code, name }): CityPlan => ({ city: code, name, stages: forUnits }));
  const plan: CampaignPlan = {
    pack: packRef(pack), calendar: calendar.version, findings: findingsOf(pack, calendar), agencies: campaign.agencies,
    cities, campaignDuties: planned.flatMap((stage) => stage.duties.filter((duty) => duty.subject === 'campaign')), refused: [],
  };
  return withOwnDates(amended(plan, input.amendments ?? []), input.unitDates ?? []);
}

/** The due date of a duty whose event has happened on that day. */
export function dueAfter(after: After, roll: 'none' | 'forward', eventOn: LocalDate, calendar: Calendar) {
  const { event: _event, ...span } = after;
  return due({ from: eventOn, ...span, roll }, calendar);
}

function planStage(stage: StageRule, calendar: Calendar): PlannedStage {
  const window = windowOf(stage);
  return {
    id: stage.id, kind: stage.kind, title: stage.title, ...window, clauses: stage.clauses,
    duties: stage.duties.map((duty) => planDuty(duty, stage.id, window.closesOn, calendar)),
  };
}

function planDuty(duty: DutyRule, stage: string, closesOn: LocalDate, calendar: Calendar): PlannedDuty {
  const date = dateOf(duty, closesOn, calendar);
  const { consequence, clauses } = duty.missed;
  return {
    id: duty.id, kind: duty.kind, title: duty.title, stage, subject: duty.subject, actor: duty.actor ?? null, receiver: duty.receiver ?? null,
    copyTo: duty.copyTo, form: duty.form ?? null, checklist: duty.checklist ?? null,
    dueOn: date.on, limitOn: date.on, after: duty.due.kind === 'after' ? duty.due.after : null, firm: date.firm, because: date.because, wording: duty.due.wording ?? null,
    missed: { consequence: consequence === 'none' ? null : consequence, clauses },
    reminders: remindersOf(duty.reminders, date.on), mayBringForward: duty.unitMayBringForward && duty.subject !== 'campaign', clauses: duty.clauses,
  };
}

/** “X日前” means that day until 24:00 unless the pack says it is not included. */
function dateOf({ due: rule }: DutyRule, closesOn: LocalDate, calendar: Calendar): { on: LocalDate | null; firm: boolean; because: string } {
  if (rule.kind === 'after') return { on: null, firm: false, because: '期限自事件发生后起算，事件尚未发生' };
  const printed = rule.kind === 'on' ? rule.on : closesOn;
  const { on, firm, because } = fixed(rule.inclusive ? printed : addDays(printed, -1), { roll: rule.roll }, calendar);
  return { on, firm, because: rule.kind === 'endOfStage' ? `期限随阶段届满，阶段的最后一日为 ${printed}` : because };
}

/** The plan with the units' own dates; those the limits do not allow are listed in `refused` and have no effect. */
export function withOwnDates(plan: CampaignPlan, dates: readonly OwnDate[]): CampaignPlan {
  if (dates.length === 0) return plan;
  const checked = checkOwnDates(plan, dates);
  const refused = checked.ok ? [] : checked.refusals;
  const accepted = dates.filter((date) => !refused.some((refusal) => refusal.city === date.city && refusal.duty === date.duty));
  const cities = plan.cities.map((city) => ({ ...city, stages: city.stages.map((stage) => ({ ...stage, duties: stage.duties.map((duty) => {
    const own = accepted.findLast((date) => date.city === city.city && date.duty === duty.id);
    return own ? { ...duty, dueOn: own.on, reminders: remindersOf(duty.reminders, own.on) } : duty;
  }) })) }));
  return { ...plan, cities, refused };
}
