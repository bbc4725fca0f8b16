import type { Calendar, Due, LocalDate } from '@zhijian/calendar';
import { addDays, fixed } from '@zhijian/calendar';
import type { DutyRule, StageRule } from './campaign.schema.js';
import type { After } from './due.schema.js';
import type { Pack } from './pack.js';
import { dueAfter } from './rule-lookup.js';
import type { StartEvent } from './vocabulary.js';
import { windowOf } from './windows.js';

/** How people name what a period hangs on. */
export const startEventNames: Record<StartEvent, string> = {
  'stage-opened': '阶段开始', notified: '通知到机构', 'visit-held': '现场检查', ordered: '责令或要求送达', 'report-returned': '报告退回', decided: '作出决定', 'results-published': '结果公开',
  'results-posted': '结果公示', 'application-submitted': '提出申请', 'application-accepted': '受理申请', 'materials-complete': '材料补齐', 'certificate-issued': '发证', 'result-decided': '结果确定', examined: '检查完成',
  'problem-found': '发现问题', 'violation-found': '发现违法行为', 'violation-handled': '违法行为处理完毕', 'condition-lost': '不再具备条件', 'condition-restored': '恢复条件', 'objection-raised': '提出异议', corrected: '整改完成', approved: '批准',
  'penalty-decided': '作出处罚', 'evaluation-found': '评估发现问题', 'system-ready': '系统建成', 'document-issued': '文件印发',
};

export interface DueRuleShown { kind: DutyRule['due']['kind']; workingDays?: number; days?: number; months?: number; years?: number; immediately?: true; roll: 'none' | 'forward'; inclusive: boolean; wording: string | null; printed: LocalDate | null }
/** Why a duty of one unit or body is due when it is. */
export interface DueExplanation {
  rule: DueRuleShown;
  /** What the period is counted from; `on` null while it has not happened. Null where no event starts it. */
  start: { event: StartEvent; title: string; on: LocalDate | null } | null;
  /** The day the rule gives; null where it gives none (yet). */
  on: LocalDate | null;
  counted: readonly LocalDate[];
  because: string;
  firm: boolean;
  calendar: string;
  clauses: { id: string; quote: string }[];
}

/**
 * Explains a due date from the pack's own rule and the calendar: the event and its day, the days that were counted, or that
 * the day is printed in the document. Undefined when the pack has no such duty.
 * @param eventOn the day of the event the duty hangs on; null while it has not happened
 */
export function explainDue(pack: Pack, dutyId: string, eventOn: LocalDate | null, calendar: Calendar): DueExplanation | undefined {
  const stage = pack.campaign?.stages.find(({ duties }) => duties.some(({ id }) => id === dutyId));
  const duty = stage?.duties.find(({ id }) => id === dutyId);
  if (!stage || !duty) return undefined;
  const { due: rule } = duty;
  const after = rule.kind === 'after' ? rule.after : null;
  const end = after ? (eventOn && dueAfter(after, rule.roll, eventOn, calendar)) : printedEnd(duty, stage, calendar);
  return {
    rule: shownRule(duty, stage), start: after && { event: after.event, title: startEventNames[after.event], on: eventOn },
    on: end?.on ?? null, counted: after && end ? end.counted : [], because: reasonOf(duty, stage, end), firm: end?.firm ?? false, calendar: calendar.version,
    clauses: duty.clauses.map((id) => ({ id, quote: pack.clauses[id]?.quote ?? '' })),
  };
}

function shownRule({ due: rule }: DutyRule, stage: StageRule): DueRuleShown {
  const span: Partial<After> = rule.kind === 'after' ? rule.after : {};
  const { event: _event, ...length } = span as Record<string, unknown>;
  return { kind: rule.kind, ...length, roll: rule.roll, inclusive: rule.inclusive, wording: rule.wording ?? null, printed: rule.kind === 'on' ? rule.on : rule.kind === 'endOfStage' ? (windowOf(stage)?.closesOn ?? null) : null };
}

function printedEnd({ due: rule }: DutyRule, stage: StageRule, calendar: Calendar): Due | null {
  const printed = rule.kind === 'on' ? rule.on : rule.kind === 'endOfStage' ? windowOf(stage)?.closesOn : undefined;
  return printed ? fixed(rule.inclusive ? printed : addDays(printed, -1), { roll: rule.roll }, calendar) : null;
}

function reasonOf({ due: rule }: DutyRule, stage: StageRule, end: Due | null): string {
  if (rule.kind === 'after') return end ? `期限自“${startEventNames[rule.after.event]}”起算：${'immediately' in rule.after ? '须于当日办理。' : end.because}` : `期限自“${startEventNames[rule.after.event]}”之日的次日起算，该事件尚未发生。`;
  if (rule.kind === 'yearly') return `每年${Number(rule.yearly.slice(0, 2))}月${Number(rule.yearly.slice(3))}日前办理。`;
  if (rule.kind === 'standing') return '经常性工作，没有期限。';
  if (!end) return '文件没有写明期限。';
  const excluded = rule.inclusive ? '' : '“前”不含当日，按前一日届满；';
  return rule.kind === 'endOfStage' ? `期限随“${stage.title}”阶段届满，阶段的最后一日由文件载明；${excluded}${end.because}` : `${excluded}${end.because}`;
}
