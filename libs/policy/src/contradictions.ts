import { dayKind, daysBetween, workingDaysBetween, type Calendar, type LocalDate } from '@zhijian/calendar';
import type { DutyRule, StageRule } from './campaign.schema.js';
import { answered, type Finding } from './finding.js';
import type { Pack } from './pack.js';
import { tableFindings } from './table-findings.js';
import { windowOf } from './windows.js';

export type { Finding, Severity } from './finding.js';

/**
 * What is contradictory, missing or awkward in a pack. General rules that know no document.
 * As printed: before the pack's readings; otherwise a finding that a reading answers is info with a pointer to it.
 */
export function findingsOf(pack: Pack, calendar: Calendar, { asPrinted = false } = {}): Finding[] {
  const stages = pack.campaign?.stages ?? [];
  const duties = stages.flatMap((stage) => stage.duties);
  const found = [
    ...duties.flatMap(duplicateDeadline), ...sameDutyTwice(duties), ...duties.flatMap(nobody),
    ...stages.flatMap((stage) => outsideStage(stage)), ...stages.flatMap(backwards),
    ...daysOff(stages, calendar), ...stages.flatMap((stage) => shortWindow(stage, calendar)), ...stagePairs(stages),
    ...unstated(pack), ...otherTitles(pack), ...tableFindings(pack),
  ];
  return asPrinted ? found : found.map((finding) => answered(finding, pack));
}

function duplicateDeadline(duty: DutyRule): Finding[] {
  if (duty.supersedes.length === 0 || duty.due.kind !== 'on') return [];
  const wordings = [...duty.supersedes.map((it) => it.wording), duty.due.wording ?? duty.due.on];
  return [{
    id: `duplicate-deadline:${duty.id}`, kind: 'duplicate-deadline', severity: 'error', clauses: duty.clauses, quote: wordings.join(' … '),
    message: `“${duty.title}”有${wordings.length}个期限：${[...duty.supersedes.map((it) => it.on), duty.due.on].join('、')}`,
  }];
}

function sameDutyTwice(duties: readonly DutyRule[]): Finding[] {
  const same = (a: DutyRule, b: DutyRule) => a.kind === b.kind && a.subject === b.subject && a.actor === b.actor && a.receiver === b.receiver && a.form === b.form;
  return duties.flatMap((duty, index) => {
    const twin = duties.slice(0, index).find((other) => same(duty, other) && JSON.stringify(other.due) !== JSON.stringify(duty.due));
    return twin ? [{ id: `duplicate-deadline:${twin.id}+${duty.id}`, kind: 'duplicate-deadline' as const, severity: 'error' as const, clauses: [...new Set([...twin.clauses, ...duty.clauses])], message: `“${twin.title}”与“${duty.title}”是同一项工作，期限却不同` }] : [];
  });
}

function nobody(duty: DutyRule): Finding[] {
  const about = { severity: 'error' as const, clauses: duty.clauses };
  return [
    duty.actor ? [] : [{ ...about, id: `no-actor:${duty.id}`, kind: 'no-actor' as const, message: `“${duty.title}”没有写明由谁办理` }],
    duty.receiver ? [] : [{ ...about, id: `no-receiver:${duty.id}`, kind: 'no-receiver' as const, message: `“${duty.title}”没有写明报送给谁` }],
  ].flat();
}

function outsideStage(stage: StageRule): Finding[] {
  const { opensOn, closesOn } = windowOf(stage);
  return stage.duties.flatMap((duty) => {
    if (duty.due.kind !== 'on' || (duty.due.on >= opensOn && duty.due.on <= closesOn)) return [];
    return [{ id: `outside-parent:${duty.id}`, kind: 'outside-parent' as const, severity: 'error' as const, clauses: [...new Set([...duty.clauses, ...stage.clauses])], message: `“${duty.title}”的期限 ${duty.due.on} 不在阶段“${stage.title}”（${opensOn} 至 ${closesOn}）之内` }];
  });
}

function backwards(stage: StageRule): Finding[] {
  const { opensOn, closesOn } = windowOf(stage);
  return closesOn < opensOn ? [{ id: `order:${stage.id}`, kind: 'order', severity: 'error', clauses: stage.clauses, message: `阶段“${stage.title}”的结束日 ${closesOn} 早于开始日 ${opensOn}` }] : [];
}

/** Every printed day: of duties in force and superseded, and the day on which a stage ends. Months print no day. */
function daysOff(stages: readonly StageRule[], calendar: Calendar): Finding[] {
  const printed = stages.flatMap((stage) => [
    ...('on' in stage.closes ? [{ on: stage.closes.on, of: stage.title, clauses: stage.clauses, wording: undefined }] : []),
    ...stage.duties.flatMap((duty) => [...duty.supersedes, ...(duty.due.kind === 'on' ? [duty.due] : [])].map(({ on, wording }) => ({ on, wording, of: duty.title, clauses: duty.clauses }))),
  ]);
  const dates = [...new Set(printed.map((it) => it.on))].sort();
  return dates.flatMap((on) => {
    const day = dayKind(on, calendar);
    if (day.working) return [];
    const about = printed.filter((it) => it.on === on);
    const quote = about.find((it) => it.wording)?.wording;
    return [{
      id: `day-off:${on}`, kind: 'day-off' as const, severity: 'warning' as const, clauses: [...new Set(about.flatMap((it) => it.clauses))], ...(quote && { quote }),
      message: `${on} 是${offWords(on, calendar)}：${[...new Set(about.map((it) => `“${it.of}”`))].join('、')}`,
    }];
  });
}

function offWords(on: LocalDate, calendar: Calendar): string {
  const { kind, notice } = dayKind(on, calendar);
  return kind === 'weekend' ? '双休日' : `法定节假日放假的日子${notice ? `（${notice}）` : ''}`;
}

/** A short window of printed days that has fewer than half of them to work in. */
function shortWindow(stage: StageRule, calendar: Calendar): Finding[] {
  if (!('on' in stage.opens) || !('on' in stage.closes)) return [];
  const days = daysBetween(stage.opens.on, stage.closes.on) + 1;
  const working = workingDaysBetween(stage.opens.on, stage.closes.on, calendar);
  if (days < 1 || days > 31 || working * 2 >= days) return [];
  return [{ id: `short-window:${stage.id}`, kind: 'short-window', severity: 'warning', clauses: stage.clauses, message: `阶段“${stage.title}”共 ${days} 天，其中工作日只有 ${working} 天` }];
}

/** Two stages that share days; a summary that begins before the enforcement it could sum up has ended is out of order. */
function stagePairs(stages: readonly StageRule[]): Finding[] {
  return stages.flatMap((first, index) => stages.slice(index + 1).flatMap((second): Finding[] => {
    const [a, b] = [windowOf(first), windowOf(second)];
    if (a.opensOn > b.closesOn || b.opensOn > a.closesOn) return [];
    const clauses = [...new Set([...first.clauses, ...second.clauses, ...stillDue(first, b.opensOn).flatMap((duty) => duty.clauses)])];
    const kinds = [first.kind, second.kind];
    if (kinds.includes('summary') && kinds.includes('enforcement')) {
      return [{ id: `order:${first.id}+${second.id}`, kind: 'order' as const, severity: 'warning' as const, clauses, message: `总结与执法检查的时间重叠：“${first.title}”与“${second.title}”` }];
    }
    const due = stillDue(first, b.opensOn).map((duty) => `“${duty.title}”（${duty.due.kind === 'on' ? duty.due.on : ''}）`);
    return [{
      id: `overlap:${first.id}+${second.id}`, kind: 'overlap' as const, severity: 'info' as const, clauses,
      message: `阶段“${second.title}”自 ${b.opensOn} 开始时，阶段“${first.title}”（至 ${a.closesOn}）尚未结束${due.length > 0 ? `，${due.join('、')}尚未到期` : ''}`,
    }];
  }));
}

const stillDue = (stage: StageRule, on: LocalDate): DutyRule[] => stage.duties.filter((duty) => duty.due.kind === 'on' && duty.due.on >= on);

function unstated(pack: Pack): Finding[] {
  return Object.entries(pack.parameters).flatMap(([name, value]) => ('stated' in value && !value.stated
    ? [{ id: `undefined-period:${name}`, kind: 'undefined-period' as const, severity: 'warning' as const, clauses: value.clauses, message: `文件没有写明数量，暂按政策包的参数 ${name} 执行（不少于 ${value.min}）` }] : []));
}

function otherTitles(pack: Pack): Finding[] {
  return Object.values(pack.forms).flatMap((form) => (form.otherTitles.length > 0
    ? [{ id: `title-differs:${form.id}`, kind: 'title-differs' as const, severity: 'info' as const, clauses: form.clauses, quote: form.otherTitles.join(' … '), message: `表格标题前后不一：表上为“${form.title}”，正文为“${form.otherTitles.join('”“')}”` }] : []));
}
