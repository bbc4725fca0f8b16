import type { LocalDate } from '@zhijian/calendar';
import type { CampaignPlan, PlannedDuty, PlannedStage } from './plan.js';

/** A unit's own date for a duty: it may lie earlier than the city's, never later, and inside the stage. */
export interface OwnDate { readonly city: string; readonly duty: string; readonly on: LocalDate }

export type DateRefusalCode = 'unit-unknown' | 'duty-unknown' | 'date-not-movable' | 'date-outside-stage' | 'date-after-city-limit' | 'date-before-city-limit' | 'date-given-twice';
export interface DateRefusal extends OwnDate {
  readonly code: DateRefusalCode;
  readonly clauses: readonly string[];
  readonly message: string;
  readonly facts: Readonly<Record<string, string>>;
}

export const dateRefusalSentences = {
  'unit-unknown': '该地区不在本次专项治理的填报单位之列',
  'duty-unknown': '方案中没有这项工作',
  'date-not-movable': '这项工作的日期由上级方案规定，不能自行安排',
  'date-outside-stage': '自定日期不在该阶段的时间范围内',
  'date-after-city-limit': '自定日期晚于上级方案规定的最后期限',
  'date-before-city-limit': '自定日期早于上级方案允许的最早日期',
  'date-given-twice': '同一项工作给出了两个日期',
} satisfies Record<DateRefusalCode, string>;

/** Checks the dates a unit wants to set for itself against the plan. Gives every refusal, not only the first. */
export function checkOwnDates(plan: CampaignPlan, dates: readonly OwnDate[]): { ok: true } | { ok: false; refusals: DateRefusal[] } {
  const refusals = dates.flatMap((date, index) => {
    const twice = dates.some((other, at) => at < index && other.city === date.city && other.duty === date.duty);
    return twice ? [refuse(date, 'date-given-twice')] : check(plan, date);
  });
  return refusals.length === 0 ? { ok: true } : { ok: false, refusals };
}

function check(plan: CampaignPlan, date: OwnDate): DateRefusal[] {
  const city = plan.cities.find((it) => it.city === date.city);
  if (!city) return [refuse(date, 'unit-unknown')];
  const stage = city.stages.find((it) => it.duties.some((duty) => duty.id === date.duty));
  const duty = stage?.duties.find((it) => it.id === date.duty);
  if (!stage || !duty) return [refuse(date, 'duty-unknown')];
  const code = faultOf(stage, duty, date.on);
  if (!code) return [];
  const { opensOn, closesOn } = stage;
  return [refuse(date, code, code === 'date-outside-stage' ? [...stage.clauses, ...duty.clauses] : duty.clauses, { opensOn, closesOn, ...(duty.limitOn && { limitOn: duty.limitOn }) })];
}

function faultOf({ opensOn, closesOn }: PlannedStage, { mayBringForward, limitOn, notBefore }: PlannedDuty, on: LocalDate): DateRefusalCode | undefined {
  if (!mayBringForward || limitOn === null) return 'date-not-movable';
  if (on < opensOn || on > closesOn) return 'date-outside-stage';
  if (notBefore && on < notBefore) return 'date-before-city-limit';
  return on > limitOn ? 'date-after-city-limit' : undefined;
}

const refuse = (date: OwnDate, code: DateRefusalCode, clauses: readonly string[] = [], facts: Record<string, string> = {}): DateRefusal =>
  ({ ...date, code, clauses: [...new Set(clauses)], message: dateRefusalSentences[code], facts });
