import type { LocalDate } from '@zhijian/calendar';
import type { StageRule } from './campaign.schema.js';
import { spansOf } from './due.schema.js';
import { clausesOf, type Found } from './finding.js';
import { ownOf, packName, type Pack } from './pack.js';
import { windowOf } from './windows.js';

/** Where a pack leaves what the pack above it allows: dates outside its windows, values beyond its bounds or weaker than its own. */
export function parentFindings(pack: Pack): Found[] {
  const { parent } = pack;
  if (!parent) return [];
  const own = ownOf(pack);
  return [...windows(own, parent), ...dates(own, parent), ...values(own, parent)];
}

interface Outside { readonly what: string; readonly mine: { readonly title: string; readonly clauses: readonly string[]; readonly reading?: string | undefined }; readonly theirs: readonly string[]; readonly why: string }
const outside = (parent: Pack, { what, mine, theirs, why }: Outside): Found =>
  ({ id: `outside-parent:${what}`, kind: 'outside-parent', severity: 'error', clauses: [...new Set([...mine.clauses, ...theirs])], follows: mine.reading, message: `“${mine.title}”超出上级政策包 ${packName(parent)} 允许的范围：${why}` });

/** The campaign's own window, and each stage that the parent has too. */
function windows(own: Pack, parent: Pack): Found[] {
  const [mine, theirs] = [own.campaign?.stages ?? [], parent.campaign?.stages ?? []];
  const whole = outer(theirs);
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
  const above = (parent.campaign?.stages ?? []).flatMap((stage) => stage.duties);
  return (own.campaign?.stages ?? []).flatMap((stage) => stage.duties).flatMap((duty) => {
    const twin = above.find((it) => it.id === duty.id);
    const bound = parent.allows.find((it) => it.what === `duty:${duty.id}`);
    const notAfter = bound?.notAfter ?? (twin?.due.kind === 'on' ? twin.due.on : undefined);
    if (duty.due.kind !== 'on') return [];
    const { on } = duty.due;
    if ((!notAfter || on <= notAfter) && (!bound?.notBefore || on >= bound.notBefore)) return [];
    return [outside(parent, { what: duty.id, mine: duty, theirs: [...(bound?.clauses ?? []), ...(twin?.clauses ?? [])], why: `${on}，上级为${bound?.notBefore ? `不早于 ${bound.notBefore}` : ''}${notAfter ? `不晚于 ${notAfter}` : ''}` })];
  });
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
    ...Object.entries(own.rules.frequencies).flatMap(([id, it]) => check(`frequency:${id}`, it, it.min, twinOf(parent.rules.frequencies[id], (up) => up.min))),
    ...Object.entries(own.rules.periods).flatMap(([id, it]) => [it, ...(it.variants ?? [])].flatMap((one) => spansOf(one).flatMap((span) => check(`period:${id}`, it, length(span), undefined)))),
  ];
}

const length = (span: object): number => Object.values(span).map((it) => (typeof it === 'number' ? it : 0))[0] ?? 0;
