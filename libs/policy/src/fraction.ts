import { decimal, decimalText, type Decimal } from './decimal.js';

/** A quotient of whole numbers, exact; the divisor is positive. */
export interface Fraction { readonly over: bigint; readonly by: bigint }

const whole = (units: bigint): Fraction => ({ over: units, by: 1n });
export const nought: Fraction = whole(0n);

export const fractionOf = ({ units, places }: Decimal): Fraction => ({ over: units, by: 10n ** BigInt(places) });
/** A number as the text writes it. */
export const fraction = (text: string): Fraction => fractionOf(decimal(text));

export const added = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.by + b.over * a.by, by: a.by * b.by });
export const lessened = (a: Fraction, b: Fraction): Fraction => added(a, { over: -b.over, by: b.by });
export const multiplied = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, by: a.by * b.by });
/** @throws RangeError when there is nothing to divide by */
export function divided(a: Fraction, b: Fraction): Fraction {
  if (b.over === 0n) throw new RangeError('除数为零');
  const sign = b.over < 0n ? -1n : 1n;
  return { over: a.over * b.by * sign, by: a.by * b.over * sign };
}

/** Negative, zero or positive, as a is less than, equal to or more than b. */
export function against(a: Fraction, b: Fraction): number {
  const [x, y] = [a.over * b.by, b.over * a.by];
  return x < y ? -1 : x > y ? 1 : 0;
}

export const least = (a: Fraction, b: Fraction): Fraction => (against(a, b) <= 0 ? a : b);
/** Is it a whole number of such steps? */
export const inSteps = (a: Fraction, step: Fraction): boolean => step.over !== 0n && (a.over * step.by) % (a.by * step.over) === 0n;

/** To so many places: the rest cut off, or a half and more up (of what is not negative). */
export function toPlaces({ over, by }: Fraction, places: number, rounding: 'cut' | 'half-up'): string {
  const scaled = over * 10n ** BigInt(places);
  const units = rounding === 'cut' ? scaled / by : (scaled * 2n + by) / (by * 2n);
  return plainly({ units, places });
}

/** As a decimal of at most six places; null where it has none that is exact. */
export function exactly({ over, by }: Fraction): string | null {
  const scaled = over * 1_000_000n;
  return scaled % by === 0n ? plainly({ units: scaled / by, places: 6 }) : null;
}

/** Without idle zeros: `9.7`, `80`. */
function plainly(of: Decimal): string {
  const text = decimalText(of);
  return of.places === 0 ? text : text.replace(/\.?0+$/, '');
}
