/** A number exactly as it was written: 10.40 is 1040 hundredths. Sums, products and comparisons are exact. */
export interface Decimal { readonly units: bigint; readonly places: number }

const shape = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;

/** Takes `10.40` or `-0.5`. Throws RangeError (Chinese) on anything else: exponents, spaces, full-width digits. */
export function decimal(text: string): Decimal {
  const [, sign, whole, fraction = ''] = shape.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`应为十进制数（如 10.40），收到“${text}”`);
  const units = BigInt(whole + fraction);
  return { units: sign ? -units : units, places: fraction.length };
}

const scaled = ({ units, places }: Decimal, to: number): bigint => units * 10n ** BigInt(to - places);
const aligned = (a: Decimal, b: Decimal): [bigint, bigint, number] => {
  const places = Math.max(a.places, b.places);
  return [scaled(a, places), scaled(b, places), places];
};

export function plus(a: Decimal, b: Decimal): Decimal {
  const [x, y, places] = aligned(a, b);
  return { units: x + y, places };
}

export function minus(a: Decimal, b: Decimal): Decimal {
  const [x, y, places] = aligned(a, b);
  return { units: x - y, places };
}

export const times = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, places: a.places + b.places });
export const squared = (a: Decimal): Decimal => times(a, a);
export const absolute = ({ units, places }: Decimal): Decimal => ({ units: units < 0n ? -units : units, places });

/** Negative, zero or positive, as a is less than, equal to or more than b. */
export function compared(a: Decimal, b: Decimal): number {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export const numberOf = ({ units, places }: Decimal): number => Number(units) / 10 ** places;

/** As written, with all its places: `10.40`. */
export function decimalText({ units, places }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/**
 * A measured or computed number to so many places, a half to the even digit (GB/T 8170-2008 §3.2, 四舍六入五成双).
 * What is rounded is the shortest decimal text of the double, so that 2.675 is a half and not a little less.
 * Throws RangeError on what is no finite number.
 */
export function roundedTo(value: number, places: number): Decimal {
  if (!Number.isFinite(value)) throw new RangeError(`无法修约：${value}`);
  return rounded(written(value), places);
}

/** The same for an exact number. */
export function rounded(of: Decimal, places: number): Decimal {
  if (of.places <= places) return { units: scaled(of, places), places };
  const step = 10n ** BigInt(of.places - places);
  const negative = of.units < 0n;
  const units = negative ? -of.units : of.units;
  const kept = units / step;
  const rest = (units % step) * 2n;
  const up = rest > step || (rest === step && kept % 2n === 1n) ? 1n : 0n;
  return { units: negative ? -(kept + up) : kept + up, places };
}

/** The number that the double's shortest text writes, exponent and all. */
function written(value: number): Decimal {
  const [, sign, whole = '0', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  const places = fraction.length - Number(exponent);
  const units = BigInt(whole + fraction) * 10n ** BigInt(Math.max(0, -places));
  return { units: sign ? -units : units, places: Math.max(0, places) };
}
