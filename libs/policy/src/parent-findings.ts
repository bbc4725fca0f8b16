import { addDays, type LocalDate } from '@zhijian/calendar';
import type { StageRule } from './campaign.schema.js';
import type { FrequencyRule } from './frequency.schema.js';
import { laterDue, type Later } from './later-due.js';
import { clausesOf, type Found } from './finding.js';
import { ownOf, packName, type Pack } from './pack.js';
import { weakerPeriods } from './weaker-period.js';
import { windowOf } from './windows.js';

/**
 * Where a pack leaves what the packs above it allow: dates outside their windows, values beyond their bounds or weaker
 * than their own. Each pack above is asked for what it says itself, so that what the one between leaves out holds all
 * the same; for one thing the nearest that it leaves.
 */
export function parentFindings(pack: Pack): Found[] {
  const own = ownOf(pack);
  const above = ancestors(pack).map(ownOf);
  const whole = above.find(({ campaign }) => campaign);
  const found = above.flatMap((parent) => [...windows(own, parent, parent === whole), ...dates(own, parent), ...values(own, parent)]);
  return [...new Map(found.toReversed().map((it) => [it.id, it])).values()].toReversed();
}

const ancestors = ({ parent }: Pack): Pack[] => (parent ? [parent, ...ancestors(parent)] : []);

interface Outside { readonly what: string; readonly mine: { readonly title: string; readonly clauses: readonly string[]; readonly reading?: string | undefined }; readonly theirs: readonly string[]; readonly why: string; readonly severity?: 'error' | 'warning' }
const outside = (parent: Pack, { what, mine, theirs, why, severity = 'error' }: Outside): Found =>
  ({ id: `outside-parent:${what}`, kind: 'outside-parent', severity, clauses: [...new Set([...mine.clauses, ...theirs])], follows: mine.reading, message: `“${mine.title}”${severity === 'error' ? '超出' : '可能超出'}上级政策包 ${packName(parent)} 允许的范围：${why}` });

/** Each stage that the parent has too and, under the nearest parent with stages, each other one within them all. */
function windows(own: Pack, parent: Pack, nearest: boolean): Found[] {
  const [mine, theirs] = [own.campaign?.stages ?? [], parent.campaign?.stages ?? []];
  const whole = nearest ? outer(theirs) : undefined;
  return mine.flatMap((stage) => {
    const window = windowOf(stage);
    if (!window) return [];
    const above = theirs.find((it) => it.id === stage.id);
    const limit = (above && windowOf(above)) ?? whole;
    const bound = parent.allows.find((it) => it.what === `stage:${stage.id}`);
    const from = bound?.notBefore ?? limit?.opensOn;
    const to = bound?.notAfter ?? limit?.closesOn;
    if ((!from || window.opensOn >= from) && (!to || window.closesOn <= to)) return [];
    return [outside(parent, { what: stage.id, mine: stage, theirs: bound?.clauses ?? above?.clauses ?? [], why: `${window.opensOn} 至 ${window.closesOn} 不在 ${from ?? ''} 至 ${to ?? ''} 之内` })];
  });
}

function outer(stages: readonly StageRule[]): { opensOn: LocalDate; closesOn: LocalDate } | undefined {
  const all = stages.flatMap((stage) => windowOf(stage) ?? []);
  const [first] = all;
  return first && all.reduce((a, b) => ({ opensOn: a.opensOn < b.opensOn ? a.opensOn : b.opensOn, closesOn: a.closesOn > b.closesOn ? a.closesOn : b.closesOn }), first);
}

/** A duty of both: not later than above, unless more is allowed, and never outside the bounds. */
function dates(own: Pack, parent: Pack): Found[] {
  const above = dutiesOf(parent);
  return dutiesOf(own).flatMap(({ duty, on }) => {
    const twin = above.find((it) => it.duty.id === duty.id);
    const bound = parent.allows.find((it) => it.what === `duty:${duty.id}`);
    const notAfter = bound?.notAfter ?? twin?.on;
    const about = { what: duty.id, mine: duty, theirs: [...(bound?.clauses ?? []), ...(twin?.duty.clauses ?? [])] };
    if (on && (notAfter || bound?.notBefore)) {
      if ((!notAfter || on <= notAfter) && (!bound?.notBefore || on >= bound.notBefore)) return [];
      return [outside(parent, { ...about, why: `${on}，上级为${bound?.notBefore ? `不早于 ${bound.notBefore}` : ''}${notAfter ? `不晚于 ${notAfter}` : ''}` })];
    }
    if (notAfter) return [outside(parent, { ...about, why: `没有固定的日期，上级为不晚于 ${notAfter}` })];
    const later: Later | undefined = twin && laterDue(duty.due, twin.duty.due);
    return later ? [outside(parent, { ...about, ...later })] : [];
  });
}

/** Duties with the last day on which they are in time, where that is a day of the calendar. */
const dutiesOf = ({ campaign }: Pack) => (campaign?.stages ?? []).flatMap((stage) => stage.duties.map((duty) => ({ duty, on: lastDay(stage, duty.due) })));

function lastDay(stage: StageRule, due: StageRule['duties'][number]['due']): LocalDate | undefined {
  const printed = due.kind === 'on' ? due.on : due.kind === 'endOfStage' ? windowOf(stage)?.closesOn : undefined;
  return printed && !due.inclusive ? addDays(printed, -1) : printed;
}

/** Targets and frequencies may be stricter than above, not weaker; bounds that are given hold instead. */
function values(own: Pack, parent: Pack): Found[] {
  const check = (what: string, mine: Outside['mine'], value: number, twin: { value: number; clauses: readonly string[] } | undefined): Found[] => {
    const bound = parent.allows.find((it) => it.what === what);
    const atLeast = bound ? bound.atLeast : twin?.value;
    if ((atLeast === undefined || value >= atLeast) && (bound?.atMost === undefined || value <= bound.atMost)) return [];
    return [outside(parent, { what, mine, theirs: clausesOf([bound, twin].filter((it) => !!it)), why: `${value}${atLeast === undefined ? '' : `，应不少于 ${atLeast}`}${bound?.atMost === undefined ? '' : `，应不多于 ${bound.atMost}`}` })];
  };
  const twinOf = <T extends { clauses: readonly string[] }>(it: T | undefined, value: (it: T) => number) => it && { value: value(it), clauses: it.clauses };
  return [
    ...Object.entries(own.rules.targets).flatMap(([id, it]) => check(`target:${id}`, it, Number(it.percent), twinOf(parent.rules.targets[id], (up) => Number(up.percent)))),
    ...Object.entries(own.rules.frequencies).flatMap(([id, it]) => check(`frequency:${id}`, it, it.min, twinOf(parent.rules.frequencies[id], (up) => up.min * inWindows(it.per, up.per)))),
    ...Object.entries(own.rules.periods).flatMap(([id, it]) => {
      const bound = parent.allows.find(({ what }) => what === `period:${id}`);
      const twin = parent.rules.periods[id];
      return weakerPeriods(it, twin, bound).map((weaker) => outside(parent, { what: `period:${id}`, mine: it, theirs: clausesOf([bound, twin].filter((one) => !!one)), ...weaker }));
    }),
  ];
}

/** How many of the other window go into one: twice in two years is once in a year. One where a window has no length of its own. */
function inWindows(mine: FrequencyRule['per'], theirs: FrequencyRule['per']): number {
  const months = (per: FrequencyRule['per']) => (typeof per === 'string' ? (per === 'calendar-year' ? 12 : undefined) : 'years' in per ? per.years * 12 : per.months);
  const [a, b] = [months(mine), months(theirs)];
  return a === undefined || b === undefined ? 1 : a / b;
}
