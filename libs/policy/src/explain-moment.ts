import { addDays, dayOf, daysBetween, type LocalDate } from '@zhijian/calendar';
import { startEventNames } from './explain-due.js';
import type { Moment } from './moments.js';
import type { PlannedStage } from './plan.js';

/** Why something is to happen in a unit at an instant, and the days that were counted for it. */
export interface MomentReason { because: string; counted: LocalDate[] }

/** Explains a moment that `momentsOf` laid down from these stages, or that an event did. */
export function explainMoment({ kind, stage: stageId, duty: dutyId, dueAt }: Pick<Moment, 'kind' | 'stage' | 'duty' | 'dueAt'>, stages: readonly PlannedStage[]): MomentReason {
  const stage = stages.find(({ id }) => id === stageId);
  const duty = stage?.duties.find(({ id }) => id === dutyId);
  const title = stage?.title ?? stageId;
  if (kind === 'open-stage') return printed(`“${title}”阶段自 ${stage?.opensOn ?? dayOf(dueAt)} 零时开始。`);
  if (kind === 'freeze-roster') return printed(`“${title}”是第一个面向机构的阶段，名单于其开始之时（${stage?.opensOn ?? dayOf(dueAt)} 零时）冻结。`);
  if (kind === 'close-stage') return printed(`“${title}”阶段的最后一日为 ${stage?.closesOn ?? addDays(dayOf(dueAt), -1)}，于当日24时届满。`);
  if (kind === 'sweep') return printed(`“${duty?.title ?? dutyId}”的期限为 ${addDays(dayOf(dueAt), -1)}，于当日24时届满。${duty?.after && duty.dueOn === null ? `期限自“${startEventNames[duty.after.event]}”起算。` : duty?.because ?? ''}`);
  const on = dayOf(dueAt);
  const dueOn = duty?.dueOn ?? on;
  const before = daysBetween(on, dueOn);
  return { because: `“${duty?.title ?? dutyId}”的期限为 ${dueOn}，期限前${before}日提醒（提醒的日数由系统设定，文件没有要求）。`, counted: Array.from({ length: before }, (_, at) => addDays(dueOn, -at)).reverse() };
}

const printed = (because: string): MomentReason => ({ because, counted: [] });
