import { added, against, divided, exactly, fraction, inSteps, least, lessened, multiplied, nought, toPlaces, type Fraction } from './fraction.js';
import type { Indicator, IndicatorSet } from './indicator.schema.js';

/** What stands on a sheet for one item: a score, or how often each ground for deducting was found, or that it does not apply. */
export interface IndicatorEntry {
  readonly item: string;
  /** As written, on the grid. */
  readonly score?: string | undefined;
  /** By the ids of the deductions; what is not named was not found. */
  readonly counts?: Readonly<Record<string, number>> | undefined;
  readonly notApplicable?: boolean | undefined;
  /** A key item, as whoever scores judges it. */
  readonly failed?: boolean | undefined;
}

/** What is wrong with an entry: at which item, in which part of it. */
export interface IndicatorFault { readonly item: string; readonly part: 'item' | 'score' | 'counts' | 'notApplicable' | 'failed'; readonly message: string }

/** An item as it counts; `score` null while it lacks an entry or does not apply. */
export interface ScoredIndicator { readonly item: string; readonly score: string | null; readonly applies: boolean; readonly failed: boolean | null }

export interface IndicatorScore {
  /** The total, exactly; null while something is wrong or missing. */
  readonly score: string | null;
  readonly items: readonly ScoredIndicator[];
  /** What the entries made so far come to, before caps and rescaling. */
  readonly earned: string;
  /** Items without a whole entry, in the order of the set. */
  readonly missing: readonly string[];
  readonly faults: readonly IndicatorFault[];
  /** Key items that failed. */
  readonly failed: readonly string[];
  /** The caps that hold; the lowest of them counts. `before`: the total without them. */
  readonly caps: readonly string[];
  readonly before: string | null;
  /** Why there is no total though every entry is there. */
  readonly undetermined: 'nothing-applies' | 'not-exact' | null;
}

/** The parts of a set that decide; what a certificate keeps of it. */
export type IndicatorRule = Pick<IndicatorSet, 'total' | 'grid' | 'notApplicable' | 'rounded' | 'caps'> & { readonly items: readonly Indicator[] };

/**
 * What a sheet comes to by its set: every item exactly, then items that do not apply, weights, rounding where the set
 * states it, and at last the caps. Nothing is filled in: an item without an entry is missing, and there is no total.
 */
export function scoreIndicators(set: IndicatorRule, entries: readonly IndicatorEntry[]): IndicatorScore {
  const faults = strangers(set, entries);
  const judged = set.items.map((item) => judge(set, item, entries.find((entry) => entry.item === item.id)));
  faults.push(...judged.flatMap((one) => one.faults));
  const missing = judged.flatMap((one) => (one.missing ? [one.item.id] : []));
  const failed = judged.flatMap((one) => (one.failed === true ? [one.item.id] : []));
  const items = judged.map(({ item, points, applies, failed: fails }): ScoredIndicator => ({ item: item.id, score: points && applies ? exactly(points) : null, applies, failed: fails }));
  const earned = exactly(judged.reduce((sum, { points }) => (points ? added(sum, points) : sum), nought)) ?? '0';
  const open = { score: null, items, earned, missing, faults, failed, caps: [], before: null, undetermined: null };
  if (faults.length > 0 || missing.length > 0) return open;
  const total = totalOf(set, judged);
  if (typeof total === 'string') return { ...open, undetermined: total };
  const caps = set.caps.filter((cap) => (cap.keyFailed === undefined ? isBelow(judged, cap.item ?? '', fraction(cap.below ?? '0')) : failed.length >= cap.keyFailed));
  const before = written(set, total);
  const score = before && exactly(caps.reduce((low, cap) => least(low, fraction(cap.most)), fraction(before)));
  return { ...open, score, before, caps: caps.map(({ id }) => id), undetermined: score === null ? 'not-exact' : null };
}

interface Judged { readonly item: Indicator; readonly points: Fraction | null; readonly applies: boolean; readonly failed: boolean | null; readonly missing: boolean; readonly faults: readonly IndicatorFault[] }

function strangers({ items }: IndicatorRule, entries: readonly IndicatorEntry[]): IndicatorFault[] {
  return entries.flatMap((entry, at): IndicatorFault[] => {
    if (items.every(({ id }) => id !== entry.item)) return [{ item: entry.item, part: 'item', message: `本套指标没有“${entry.item}”这一项` }];
    return entries.findIndex((other) => other.item === entry.item) < at ? [{ item: entry.item, part: 'item', message: '同一项填写了两次' }] : [];
  });
}

function judge(set: IndicatorRule, item: Indicator, entry: IndicatorEntry | undefined): Judged {
  const nothing = { item, points: null, applies: true, failed: null, missing: true, faults: [] };
  if (!entry) return nothing;
  const faults = faultsOf(set, item, entry);
  if (faults.length > 0) return { ...nothing, missing: false, faults };
  if (entry.notApplicable) return { item, points: set.notApplicable === 'full' ? fraction(item.points) : null, applies: false, failed: null, missing: false, faults };
  const points = pointsOf(item, entry);
  const failed = item.key && points ? keyFailed(item, entry, points) : null;
  return { item, points, applies: true, failed, missing: points === null || (item.key && failed === null), faults };
}

/** An entry of counts is whole without a score; one of neither is none yet. */
function pointsOf(item: Indicator, { score, counts }: IndicatorEntry): Fraction | null {
  if (score !== undefined) return fraction(score);
  if (counts === undefined) return null;
  const left = item.deductions.reduce((rest, { id, points, most }) => {
    const taken = multiplied(fraction(points), fraction(String(counts[id] ?? 0)));
    return lessened(rest, most === undefined ? taken : least(taken, fraction(most)));
  }, fraction(item.points));
  return against(left, nought) < 0 ? nought : left; // 扣完为止
}

/** By a ground that fails it, by its mark, or as it was judged; null while nobody has judged it. */
function keyFailed(item: Indicator, { counts, failed }: IndicatorEntry, points: Fraction): boolean | null {
  if (item.deductions.some(({ id, failsKey }) => failsKey && (counts?.[id] ?? 0) > 0)) return true;
  if (item.failsBelow !== undefined && against(points, fraction(item.failsBelow)) < 0) return true;
  const decidedOtherwise = item.failsBelow !== undefined || (counts !== undefined && item.deductions.some(({ failsKey }) => failsKey));
  return failed ?? (decidedOtherwise ? false : null);
}

function faultsOf(set: IndicatorRule, item: Indicator, entry: IndicatorEntry): IndicatorFault[] {
  const fault = (part: IndicatorFault['part'], message: string): IndicatorFault[] => [{ item: item.id, part, message }];
  if (entry.notApplicable) {
    if (!item.mayNotApply || set.notApplicable === 'refuse') return fault('notApplicable', '该项不得作“不适用”处理');
    return entry.score === undefined && entry.counts === undefined ? [] : fault('notApplicable', '已作“不适用”处理，不应再填写得分或扣分');
  }
  if (entry.failed !== undefined && !item.key) return fault('failed', '该项不是关键项，不作合格与否的判定');
  if (entry.score !== undefined && entry.counts !== undefined) return fault('score', '得分和扣分次数只填一样');
  if (entry.counts !== undefined) return countFaults(item, entry.counts);
  const message = entry.score === undefined ? null : scoreFault(set, item, entry.score);
  return message === null ? [] : fault('score', message);
}

function countFaults(item: Indicator, counts: Readonly<Record<string, number>>): IndicatorFault[] {
  if (item.deductions.length === 0) return [{ item: item.id, part: 'counts', message: '该项没有列出扣分情形，请填写得分' }];
  return Object.entries(counts).flatMap(([id, count]): IndicatorFault[] => {
    const wrong = item.deductions.every((one) => one.id !== id) ? `该项没有“${id}”这一扣分情形` : Number.isSafeInteger(count) && count >= 0 && count <= 100_000 ? null : `扣分次数应为不小于 0 的整数，实为“${count}”`;
    return wrong === null ? [] : [{ item: item.id, part: 'counts', message: wrong }];
  });
}

const shape = /^\d{1,9}(?:\.\d{1,6})?$/;

/** What is wrong with the score of an item as it was written, in Chinese; null when nothing is. */
export function scoreFault({ grid }: Pick<IndicatorRule, 'grid'>, { points }: Pick<Indicator, 'points'>, score: string): string | null {
  if (/^-\d/.test(score)) return '得分不能小于 0';
  if (!shape.test(score)) return `得分应为数字，如 ${points}`;
  if (against(fraction(score), fraction(points)) > 0) return `得分 ${score} 高于该项满分 ${points}`;
  return inSteps(fraction(score), fraction(grid)) ? null : `得分 ${score} 不是 ${grid} 分的整数倍`;
}

/** What is wrong with a total somebody gives as a whole, in Chinese: not above the total of the set, no finer than its scores can be. */
export function totalFault(set: IndicatorRule, score: string): string | null {
  if (!shape.test(score)) return `评分应为数字，如 ${set.total}`;
  if (against(fraction(score), fraction(set.total)) > 0) return `评分 ${score} 高于总分 ${set.total}`;
  const quotient = set.items.some(({ weight }) => weight !== undefined) || (set.notApplicable === 'rescale' && set.items.some(({ mayNotApply }) => mayNotApply));
  const step = quotient ? (set.rounded ? (10 ** -set.rounded.places).toFixed(set.rounded.places) : '0.000001') : set.grid;
  return inSteps(fraction(score), fraction(step)) || set.caps.some(({ most }) => against(fraction(score), fraction(most)) === 0) ? null : `评分 ${score} 不是 ${step} 分的整数倍`;
}

/** The sum; with weights, or without what does not apply, a quotient: the share of what could be had. */
function totalOf(set: IndicatorRule, judged: readonly Judged[]): { readonly of: Fraction; readonly quotient: boolean } | 'nothing-applies' {
  const weighted = set.items.some(({ weight }) => weight !== undefined);
  const shareOf = ({ weight, points }: Indicator): Fraction => fraction(weighted ? (weight ?? '0') : points);
  const counting = judged.filter((one) => one.points !== null);
  const sum = counting.reduce((all, { item, points }) => added(all, weighted ? divided(multiplied(points!, shareOf(item)), fraction(item.points)) : points!), nought);
  const lacking = set.notApplicable === 'rescale' && counting.length < judged.length;
  if (!weighted && !lacking) return { of: sum, quotient: false };
  const could = counting.reduce((all, { item }) => added(all, shareOf(item)), nought);
  return could.over === 0n ? 'nothing-applies' : { of: divided(multiplied(sum, fraction(set.total)), could), quotient: true };
}

const isBelow = (judged: readonly Judged[], item: string, mark: Fraction): boolean => judged.some((one) => one.item.id === item && one.applies && one.points !== null && against(one.points, mark) < 0);

/** A sum as it is, a quotient as the set writes it; null where it does not say how, and no decimal of six places is exact. */
const written = ({ rounded }: IndicatorRule, { of, quotient }: { of: Fraction; quotient: boolean }): string | null => (quotient && rounded ? toPlaces(of, rounded.places, rounded.rounding) : exactly(of));
