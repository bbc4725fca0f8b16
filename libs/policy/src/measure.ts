import type { SampleRule } from './sample.schema.js';
import type { Scale } from './scale.schema.js';
import type { TargetRule } from './target.schema.js';

/** A decimal as written, as a whole number of millionths: exact, unlike a floating-point number. */
export function millionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}

export type TargetOutcome = 'met' | 'not-met' | 'not-applicable';

/** What a count means against its target, exactly. A denominator of zero is neither met nor missed. Throws for counts that are no whole numbers from 0. */
export function targetOutcome(target: Pick<TargetRule, 'op' | 'percent'>, numerator: number, denominator: number): TargetOutcome {
  for (const count of [numerator, denominator]) if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('件数应为不小于 0 的整数');
  if (denominator === 0) return 'not-applicable';
  const reached = BigInt(numerator) * 100_000_000n;
  const asked = millionths(target.percent) * BigInt(denominator);
  return (target.op === '=' ? reached === asked : reached >= asked) ? 'met' : 'not-met';
}

/** How many of so many are drawn: never more than there are. */
export function sampleSize({ size, rounding, min }: Pick<SampleRule, 'size' | 'rounding' | 'min'>, of: number): number {
  const drawn = 'count' in size ? size.count : rounded(of, 'percent' in size ? [size.percent, 100] : ratio(size.ratio), rounding);
  return Math.min(of, Math.max(drawn, min ?? 0));
}

const ratio = (text: string): [number, number] => text.split('/').map(Number) as [number, number];
function rounded(of: number, [part, whole]: [number, number], rounding: SampleRule['rounding']): number {
  if (rounding === 'up') return Math.ceil((of * part) / whole);
  return rounding === 'down' ? Math.floor((of * part) / whole) : Math.round((of * part) / whole);
}

/** The worse or the better of several outcomes of a scale, as the scale says; undefined where it does not say, or for a word it does not know. */
export function combined(scale: Pick<Scale, 'direction' | 'values' | 'combine'>, outcomes: readonly string[]): string | undefined {
  const order = scale.values.map(({ id }) => id);
  const places = outcomes.map((it) => order.indexOf(it));
  if (!scale.combine || places.length === 0 || places.includes(-1)) return undefined;
  const first = (scale.combine === 'best') === (scale.direction === 'best-first');
  return order[first ? Math.min(...places) : Math.max(...places)];
}
