import { targetOutcome, type Measure, type TargetOutcome, type TargetRule } from '@zhijian/policy';

/** Measures this room counts from its own rows; every other one is entered, with its source. */
export const countedHere = ['institutions', 'institutions-inspected', 'cases-verified', 'cases-concluded'] as const satisfies readonly Measure[];
export type CountedHere = (typeof countedHere)[number];
export const isCountedHere = (measure: Measure): measure is CountedHere => (countedHere as readonly Measure[]).includes(measure);

/** A count with where it comes from; `count` null where nobody has entered it. */
export interface Count { readonly count: number | null; readonly sources: readonly Source[] }
export interface Source { readonly measure: string; readonly count: number; readonly asOf: string; readonly source: string; readonly enteredAt: string; readonly actor: string }

export interface Reached {
  readonly kind: string | null; readonly numerator: number | null; readonly denominator: number | null;
  /** In percent with two decimals, cut and not rounded: 99.999 is never 100.00. Null where there is nothing to divide. */
  readonly percent: string | null;
  readonly state: TargetOutcome | 'undetermined'; readonly missing: readonly string[]; readonly sources: readonly Source[];
}

/**
 * What a target comes to. A missing count leaves it undetermined; a denominator of zero is not applicable; a numerator
 * greater than its denominator is a mistake in what was entered, and leaves it undetermined too.
 */
export function reached(rule: Pick<TargetRule, 'op' | 'percent' | 'numerator' | 'denominator'>, kind: string | null, numerator: Count, denominator: Count): Reached {
  const sources = [...numerator.sources, ...denominator.sources];
  const missing = [...(numerator.count === null ? [rule.numerator] : []), ...(denominator.count === null ? [rule.denominator] : [])];
  const counts = { kind, numerator: numerator.count, denominator: denominator.count, missing, sources };
  if (denominator.count === 0 && (numerator.count ?? 0) === 0) return { ...counts, missing: [], percent: null, state: 'not-applicable' };
  if (numerator.count === null || denominator.count === null) return { ...counts, percent: null, state: 'undetermined' };
  if (numerator.count > denominator.count) return { ...counts, percent: null, state: 'undetermined', missing: [rule.denominator] };
  return { ...counts, percent: percentOf(numerator.count, denominator.count), state: targetOutcome(rule, numerator.count, denominator.count) };
}

export function percentOf(numerator: number, denominator: number): string {
  const cut = (BigInt(numerator) * 10_000n) / BigInt(denominator);
  return `${cut / 100n}.${String(cut % 100n).padStart(2, '0')}`;
}

/** The sum of several counts; unknown as soon as one is. */
export const sum = (counts: readonly Count[]): Count => ({ count: counts.some(({ count }) => count === null) ? null : counts.reduce((all, { count }) => all + (count ?? 0), 0), sources: counts.flatMap(({ sources }) => sources) });
