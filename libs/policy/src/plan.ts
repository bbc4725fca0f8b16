import { addDays, fixed, type Calendar, type LocalDate } from '@zhijian/calendar';
import { amended, type Amendment } from './amendment.js';
import type { Agency, DutyRule, StageRule } from './campaign.schema.js';
import type { After } from './due.schema.js';
import { findingsOf, type Finding } from './contradictions.js';
import { checkOwnDates, type DateRefusal, type OwnDate } from './own-dates.js';
import { packRef, type Pack, type PackRef } from './pack.js';
import type { Consequence, DutyKind, DutySubject, StageKind } from './vocabulary.js';
import { dueAfter } from './rule-lookup.js';
import { remindersOf, windowOf, type Reminder, type Window } from './windows.js';

/** A duty with its dates in one unit. */
export interface PlannedDuty {
  readonly id: string; readonly kind: DutyKind; readonly title: string; readonly stage: string; readonly subject: DutySubject;
  readonly actor: string | null; readonly receiver: string | null; readonly copyTo: readonly string[]; readonly form: string | null; readonly checklist: string | null;
  /** The last day (to 24:00, Beijing); null where it hangs on an event that has not happened, see `after`. The opening of its own stage is known beforehand. */
  readonly dueOn: LocalDate | null;
  /** The latest day the city allows; `dueOn` is earlier where the unit has brought it forward. */
  readonly limitOn: LocalDate | null;
  readonly after: After | null;
  /** False where the date was looked up in a year without a holiday notice, and while it hangs on an event. */
  readonly firm: boolean;
  readonly because: string;
  readonly wording: string | null;
  /** What a clause attaches to lateness; `consequence` null where no clause states one. */
  readonly missed: { readonly consequence: Consequence | null; readonly until?: LocalDate; readonly clauses: readonly string[] };
  readonly reminders: readonly Reminder[];
  readonly mayBringForward: boolean;
  readonly clauses: readonly string[];
  /** What only some texts ask for is there only where the pack asks for it. */
  readonly jointly?: readonly string[];
  readonly sealed?: boolean;
  readonly attachments?: readonly string[];
  readonly mode?: 'unannounced';
  readonly sample?: string;
  /** The table that decides what a record of this duty comes to. */
  readonly decision?: string;
  /** Due on this day of every year, `12-31`; `dueOn` is null. */
  readonly yearly?: string;
  /** The text gives no time at all; `dueOn` and `after` are null. */
  readonly noLimit?: true;
  /** Standing work: it needs no date; `dueOn` and `after` are null. */
  readonly standing?: true;
  /** The earliest day a unit may set for itself, where the pack gives one. */
  readonly notBefore?: LocalDate;
}
/** A stage without any time in the text: it opens and closes on no day, and what is due in it hangs on events. */
export interface PlannedMilestone { readonly id: string; readonly kind: StageKind; readonly title: string; readonly clauses: readonly string[]; readonly duties: readonly PlannedDuty[] }
export interface PlannedStage {
  readonly id: string; readonly kind: StageKind; readonly title: string; readonly opensOn: LocalDate; readonly closesOn: LocalDate;
  readonly clauses: readonly string[]; readonly duties: readonly PlannedDuty[];
}
export interface CityPlan { readonly city: string; readonly name: string; readonly stages: readonly PlannedStage[]; readonly milestones: readonly PlannedMilestone[] }
export interface CampaignPlan {
  readonly pack: PackRef;
  /** Version of the calendar the dates were computed with. */
  readonly calendar: string;
  readonly findings: readonly Finding[];
  readonly agencies: Readonly<Record<string, Agency>>;
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
  const planned = campaign.stages.map((stage) => ({ window: windowOf(stage), ...planMilestone(pack, stage, calendar) }));
  const forUnits = planned.map((stage) => ({ ...stage, duties: stage.duties.filter((duty) => duty.subject !== 'campaign') }));
  const stages = forUnits.flatMap(({ window, duties, clauses, ...it }): PlannedStage[] => (window ? [{ ...it, ...window, clauses, duties }] : []));
  const milestones = forUnits.flatMap(({ window, ...it }): PlannedMilestone[] => (window ? [] : [it]));
  const cities = (input.units ?? campaign.units).map(({ code, name }): CityPlan => ({ city: code, name, stages, milestones }));
  const plan: CampaignPlan = {
    pack: packRef(pack), calendar: calendar.version, findings: findingsOf(pack, calendar), agencies: campaign.agencies,
    cities, campaignDuties: planned.flatMap((stage) => stage.duties.filter((duty) => duty.subject === 'campaign')), refused: [],
  };
  return withOwnDates(amended(plan, input.amendments ?? []), input.unitDates ?? []);
}

const planMilestone = (pack: Pack, stage: StageRule, calendar: Calendar): PlannedMilestone =>
  ({ id: stage.id, kind: stage.kind, title: stage.title, clauses: stage.clauses, duties: stage.duties.map((duty) => planDuty(pack, duty, stage, calendar)) });

function planDuty(pack: Pack, duty: DutyRule, stage: StageRule, calendar: Calendar): PlannedDuty {
  const date = dateOf(duty, windowOf(stage), calendar);
  const { consequence, clauses, until } = duty.missed;
  return {
    id: duty.id, kind: duty.kind, title: duty.title, stage: stage.id, subject: duty.subject, actor: duty.actor ?? null, receiver: duty.receiver ?? null,
    copyTo: duty.copyTo, form: duty.form ?? null, checklist: duty.checklist ?? null,
    dueOn: date.on, limitOn: date.on, after: duty.due.kind === 'after' ? duty.due.after : null, firm: date.firm, because: date.because, wording: duty.due.wording ?? null,
    missed: { consequence: consequence === 'none' ? null : consequence, ...(until && { until }), clauses },
    reminders: remindersOf(duty.reminders, date.on), mayBringForward: duty.unitMayBringForward && duty.subject !== 'campaign', clauses: duty.clauses,
    ...asked(pack, duty),
  };
}

/** What only some duties ask for. */
function asked(pack: Pack, { id, jointly, sealed, attachments, mode, sample, decision, due: rule }: DutyRule): Partial<PlannedDuty> {
  const notBefore = pack.allows.find((it) => it.what === `duty:${id}`)?.notBefore;
  return {
    ...(jointly.length > 0 && { jointly }), ...(sealed && { sealed }), ...(attachments && { attachments }), ...(mode && { mode }), ...(sample && { sample }), ...(decision && { decision }),
    ...(rule.kind === 'yearly' && { yearly: rule.yearly }), ...(rule.kind === 'none' && { noLimit: true as const }), ...(rule.kind === 'standing' && { standing: true as const }), ...(notBefore && { notBefore }),
  };
}

/** “X日前” means that day until 24:00 unless the pack says it is not included. */
function dateOf({ due: rule }: DutyRule, window: Window | undefined, calendar: Calendar): { on: LocalDate | null; firm: boolean; because: string } {
  if (rule.kind === 'after' && rule.after.event === 'stage-opened' && window) { // the one event whose day is known beforehand
    const { on, firm, because } = dueAfter(rule.after, rule.roll, window.opensOn, calendar);
    return { on, firm, because: `期限自阶段开始之日（${window.opensOn}）起算：${because}` };
  }
  if (rule.kind === 'after') return { on: null, firm: false, because: '期限自事件发生后起算，事件尚未发生' };
  if (rule.kind === 'yearly') return { on: null, firm: false, because: `每年${Number(rule.yearly.slice(0, 2))}月${Number(rule.yearly.slice(3))}日前办理` };
  const printed = rule.kind === 'on' ? rule.on : window?.closesOn;
  if (rule.kind === 'standing') return { on: null, firm: false, because: '经常性工作，没有期限' };
  if (rule.kind === 'none' || !printed) return { on: null, firm: false, because: '文件没有写明期限' };
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
