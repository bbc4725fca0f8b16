/** Robust estimates of a round's location and spread, after ISO 13528:2022 and GB/T 28043-2019. Values in the measurand's unit. */

/** Half-way value; the mean of the middle two where there is an even number. Throws RangeError on none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('没有结果，无法计算');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A quartile by linear interpolation between ranks (ISO 13528:2022 C.2.3 leaves the definition open; this is the one of spreadsheets and NumPy). */
function quartile(values: readonly number[], q: 0.25 | 0.75): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low]! + (sorted[Math.min(low + 1, sorted.length - 1)]! - sorted[low]!) * (at - low);
}

/** The normalised interquartile range: 0.7413 × (Q3 − Q1) (ISO 13528:2022 C.2.3). */
export const normalisedIqr = (values: readonly number[]): number => 0.7413 * (quartile(values, 0.75) - quartile(values, 0.25));

/** The scaled median absolute deviation: 1.483 × median |x − median| (ISO 13528:2022 C.2.2). */
export function scaledMad(values: readonly number[]): number {
  const centre = median(values);
  return 1.483 * median(values.map((value) => Math.abs(value - centre)));
}

export interface Robust { readonly mean: number; readonly sd: number; readonly iterations: number }

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[], around: number): number => Math.sqrt(values.reduce((sum, value) => sum + (value - around) ** 2, 0) / (values.length - 1));

/**
 * Algorithm A (ISO 13528:2022 C.3; GB/T 28043-2019 附录C): values beyond 1.5 robust standard deviations are drawn in to
 * that distance, mean and 1.134 × standard deviation are taken anew, until neither changes in the sixth significant figure
 * (the standard asks for the third). Where the scaled median absolute deviation is zero it starts from the standard
 * deviation, as the standard's C.3.1 note advises.
 * Takes at least two values. Throws RangeError (Chinese) when there are fewer or it does not converge.
 */
export function algorithmA(values: readonly number[]): Robust {
  if (values.length < 2) throw new RangeError('稳健统计至少需要两个结果');
  let centre = median(values);
  let spread = scaledMad(values) || deviation(values, mean(values));
  const negligible = 1e-6 * spread;
  for (let iterations = 1; iterations <= 10_000; iterations += 1) {
    const reach = 1.5 * spread;
    const drawnIn = values.map((value) => Math.min(Math.max(value, centre - reach), centre + reach));
    const nextCentre = mean(drawnIn);
    const nextSpread = 1.134 * deviation(drawnIn, nextCentre);
    const still = Math.abs(nextCentre - centre) <= 1e-6 * Math.abs(nextSpread) && Math.abs(nextSpread - spread) <= 1e-6 * nextSpread;
    centre = nextCentre;
    spread = nextSpread;
    if (spread <= negligible) return { mean: centre, sd: 0, iterations }; // most results are equal: what differs is drawn in altogether
    if (still) return { mean: centre, sd: spread, iterations };
  }
  throw new RangeError('稳健统计没有收敛');
}

/** Standard uncertainty of an assigned value that is the robust mean of so many participants: 1.25 s / √p (ISO 13528:2022 7.7.3). */
export const uncertaintyOfConsensus = (sd: number, participants: number): number => (1.25 * sd) / Math.sqrt(participants);
