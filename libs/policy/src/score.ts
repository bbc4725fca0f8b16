declare const brand: unique symbol;

/**
 * Points of an assessment as an integer of 0.01: 79.99 points are 7999. Sums and deductions are exact; nothing is
 * rounded, so 79.99 never becomes 80. Into a decision table a score goes as the number the text prints (`decimalOf`):
 * the nearest double of a hundredth is the same one that FEEL reads from a cell, so comparisons with edges are exact.
 */
export type Score = number & { readonly [brand]: 'Score' };

/** A mean of scores with weights, as an integer of 0.000001. */
export type WeightedScore = number & { readonly [brand]: 'WeightedScore' };

const shape = /^(-?)(\d{1,7})(?:\.(\d{1,2}))?$/;
const most = 10_000_000_00; // ten million points

/** Takes `79.99`, `80` or `-0.5`, as text or number. Throws RangeError (Chinese) on anything else, such as more than two places. */
export function score(value: string | number): Score {
  const [, sign, whole, places = ''] = shape.exec(String(value)) ?? [];
  if (whole === undefined) throw new RangeError(`分值应写成至多两位小数的数（如 79.99），收到“${String(value)}”`);
  const hundredths = Number(whole) * 100 + Number(places.padEnd(2, '0'));
  return (sign && hundredths > 0 ? -hundredths : hundredths) as Score;
}

/** Is the value a score as an integer of 0.01? */
export const isScore = (value: unknown): value is Score => Number.isSafeInteger(value) && Math.abs(value as number) < most;

const exact = (hundredths: number): Score => {
  if (!isScore(hundredths)) throw new RangeError(`分值超出可计算范围：${hundredths}`);
  return (hundredths + 0) as Score; // never −0
};

export const sumOf = (scores: readonly Score[]): Score => exact(scores.reduce((sum, one) => sum + one, 0));

/** So many times so many points less; not below `least` where the text says that no more than all is deducted (扣完为止). */
export function deduct(from: Score, times: number, points: Score, least?: Score): Score {
  if (!Number.isSafeInteger(times) || times < 0) throw new RangeError(`扣分次数应为非负整数，收到“${times}”`);
  const left = exact(from - times * points);
  return least !== undefined && left < least ? least : left;
}

/** The mean of scores whose weights (percent, at most two places) make 100 %. Throws RangeError when they do not. */
export function weighted(parts: readonly { readonly score: Score; readonly percent: Score }[]): WeightedScore {
  const whole = sumOf(parts.map(({ percent }) => percent));
  if (whole !== 10_000 || parts.some(({ percent }) => percent < 0)) throw new RangeError(`权重合计应为 100%，现为 ${scoreText(whole)}%`);
  const sum = parts.reduce((total, part) => total + part.score * part.percent, 0);
  if (!Number.isSafeInteger(sum)) throw new RangeError(`分值超出可计算范围：${sum}`);
  return (sum + 0) as WeightedScore;
}

/** The number that a decision table compares: 7999 → 79.99. */
export const decimalOf = (of: Score): number => of / 100;
/** The same for a weighted mean; its sixth place still counts: 79.999999 is not 80. */
export const weightedDecimalOf = (of: WeightedScore): number => of / 1_000_000;

/** As people write it, without idle zeros: `9.7`, `80`. */
export const scoreText = (of: Score): string => written(of, 2);
export const weightedText = (of: WeightedScore): string => written(of, 6);

function written(units: number, places: number): string {
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction && `.${fraction}`}`;
}
