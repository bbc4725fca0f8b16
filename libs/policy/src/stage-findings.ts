import { dayKind, daysBetween, workingDaysBetween, type Calendar, type LocalDate } from '@zhijian/calendar';
import type { DutyRule, StageRule } from './campaign.schema.js';
import { lastDayOf, type Edge } from './dates.schema.js';
import { clausesOf, type Found } from './finding.js';
import { dueAfter } from './rule-lookup.js';
import { inWords } from './span-words.js';
import { windowOf, type Window } from './windows.js';

export function backwards(stage: StageRule): Found[] {
  const window = windowOf(stage);
  return window && window.closesOn < window.opensOn
    ? [{ id: `order:${stage.id}`, kind: 'order', severity: 'error', clauses: stage.clauses, message: `阶段“${stage.title}”的结束日 ${window.closesOn} 早于开始日 ${window.opensOn}` }] : [];
}

/** A month prints no day; “某月底” means its last. */
const printedDay = (edge: Edge | undefined): LocalDate[] => (!edge ? [] : 'on' in edge ? [edge.on] : 'byEndOf' in edge ? [lastDayOf(edge.byEndOf)] : []);

/** Every printed day on a day off: of duties in force and superseded, and the day on which a stage ends. */
export function daysOff(stages: readonly StageRule[], calendar: Calendar): Found[] {
  const printed = stages.flatMap((stage) => [
    ...printedDay(stage.closes).map((on) => ({ on, of: stage.title, clauses: stage.clauses, wording: undefined })),
    ...stage.duties.flatMap((duty) => [...duty.supersedes, ...(duty.due.kind === 'on' ? [duty.due] : [])].map(({ on, wording }) => ({ on, wording, of: duty.title, clauses: duty.clauses }))),
  ]);
  return [...new Set(printed.map((it) => it.on))].sort().flatMap((on) => {
    if (dayKind(on, calendar).working) return [];
    const about = printed.filter((it) => it.on === on);
    const quote = about.find((it) => it.wording)?.wording;
    return [{
      id: `day-off:${on}`, kind: 'day-off' as const, severity: 'warning' as const, clauses: clausesOf(about), ...(quote && { quote }),
      message: `${on} 是${offWords(on, calendar)}：${[...new Set(about.map((it) => `“${it.of}”`))].join('、')}`,
    }];
  });
}

function offWords(on: LocalDate, calendar: Calendar): string {
  const { kind, notice } = dayKind(on, calendar);
  return kind === 'weekend' ? '双休日' : `法定节假日放假的日子${notice ? `（${notice}）` : ''}`;
}

/** A short window with fewer than half of its days to work in, and one that is over before a duty in it could be due, had its event come on the first day. */
export function shortWindow(stage: StageRule, calendar: Calendar): Found[] {
  const window = windowOf(stage);
  if (!window || window.closesOn < window.opensOn) return [];
  const days = daysBetween(window.opensOn, window.closesOn) + 1;
  const working = () => workingDaysBetween(window.opensOn, window.closesOn, calendar);
  const few: Found[] = days > 31 || working() * 2 >= days ? []
    : [{ id: `short-window:${stage.id}`, kind: 'short-window', severity: 'warning', clauses: stage.clauses, message: `阶段“${stage.title}”共 ${days} 天，其中工作日只有 ${working()} 天` }];
  return [...few, ...stage.duties.flatMap((duty): Found[] => {
    if (duty.due.kind !== 'after') return [];
    const { on } = dueAfter(duty.due.after, duty.due.roll, window.opensOn, calendar);
    if (on <= window.closesOn) return [];
    return [{ id: `short-window:${duty.id}`, kind: 'short-window', severity: 'warning', clauses: clausesOf([duty, stage]), follows: duty.due.reading, ...(duty.due.wording && { quote: duty.due.wording }),
      message: `“${duty.title}”需要${inWords(duty.due.after)}，而阶段“${stage.title}”（${window.opensOn} 至 ${window.closesOn}）只有 ${working()} 个工作日，自第一日起算也要到 ${on}` }];
  })];
}

interface Dated { readonly stage: StageRule; readonly window: Window }
const summing = ['summary', 'reporting'];

/** Two stages that share days; a summary that begins before the enforcement it could sum up has ended is out of order. */
export function stagePairs(stages: readonly StageRule[]): Found[] {
  const dated = stages.flatMap((stage): Dated[] => { const window = windowOf(stage); return window ? [{ stage, window }] : []; });
  return dated.flatMap((first, index) => dated.slice(index + 1).flatMap((second) => pair(first, second, dated)));
}

function pair(first: Dated, second: Dated, all: readonly Dated[]): Found[] {
  const [a, b] = [first.window, second.window];
  const apart = a.opensOn > b.closesOn || b.opensOn > a.closesOn;
  const [summary] = [first, second].filter(({ stage }) => summing.includes(stage.kind));
  const [work] = [first, second].filter(({ stage }) => stage.kind === 'enforcement');
  if (summary && work && (!apart || tooEarly(summary, work, all))) {
    return [{ id: `order:${first.stage.id}+${second.stage.id}`, kind: 'order', severity: 'warning', clauses: clausesOf([first.stage, second.stage, ...stillDue(first.stage, b.opensOn)]),
      message: apart ? `总结先于执法检查结束：“${summary.stage.title}”在“${work.stage.title}”（至 ${work.window.closesOn}）之前` : `总结与执法检查的时间重叠：“${first.stage.title}”与“${second.stage.title}”` }];
  }
  if (apart) return [];
  const due = stillDue(first.stage, b.opensOn);
  return [{
    id: `overlap:${first.stage.id}+${second.stage.id}`, kind: 'overlap', severity: 'info', clauses: clausesOf([first.stage, second.stage, ...due]),
    message: `阶段“${second.stage.title}”自 ${b.opensOn} 开始时，阶段“${first.stage.title}”（至 ${a.closesOn}）尚未结束${due.length > 0 ? `，${due.map((duty) => `“${duty.title}”（${duty.due.kind === 'on' ? duty.due.on : ''}）`).join('、')}尚未到期` : ''}`,
  }];
}

/** The only summary there is ends before the enforcement begins. */
const tooEarly = ({ stage, window }: Dated, work: Dated, all: readonly Dated[]): boolean =>
  stage.kind === 'summary' && window.closesOn < work.window.opensOn && all.every((it) => it.stage.kind !== 'summary' || it.window.opensOn < work.window.closesOn);

const stillDue = (stage: StageRule, on: LocalDate): DutyRule[] => stage.duties.filter((duty) => duty.due.kind === 'on' && duty.due.on >= on);
