import { absolute, compared, minus, numberOf, plus, roundedTo, squared, times, type Decimal } from './decimal.js';

/**
 * The scores of ISO 13528:2022 clause 9 (GB/T 28043-2019 第9章): z by the standard deviation for proficiency assessment, z′
 * with the uncertainty of the assigned value, ζ by both standard uncertainties, E_n by both expanded ones.
 */
export const scoreKinds = ['z', 'z-prime', 'zeta', 'en'] as const;
export type ScoreKind = (typeof scoreKinds)[number];

export type Verdict = 'satisfactory' | 'questionable' | 'unsatisfactory';

/** Where a score ends being satisfactory and begins being unsatisfactory, and to which side the limits themselves belong. */
export interface ScoreLimits {
  readonly satisfactory: Decimal; readonly satisfactoryIncluded: boolean;
  readonly unsatisfactory: Decimal; readonly unsatisfactoryIncluded: boolean;
}

const whole = (units: bigint): Decimal => ({ units, places: 0 });
/** |z| ≤ 2.0 satisfactory, 2.0 < |z| < 3.0 questionable, |z| ≥ 3.0 unsatisfactory (9.4.2); z′ and ζ alike. */
const byDeviation: ScoreLimits = { satisfactory: whole(2n), satisfactoryIncluded: true, unsatisfactory: whole(3n), unsatisfactoryIncluded: true };
/** |E_n| ≤ 1.0 satisfactory, otherwise not (ISO/IEC 17043, GB/T 27043); a scheme after ISO 13528 9.7 leaves 1.0 itself out. */
const byUncertainty: ScoreLimits = { satisfactory: whole(1n), satisfactoryIncluded: true, unsatisfactory: whole(1n), unsatisfactoryIncluded: false };
export const usualLimits = (kind: ScoreKind): ScoreLimits => (kind === 'en' ? byUncertainty : byDeviation);

/** Numbers as reported and as fixed for the round; `sd` for z and z′, uncertainties standard (z′, ζ) or expanded (E_n). */
export interface ScoreInput {
  readonly result: Decimal; readonly assigned: Decimal;
  readonly sd?: Decimal | undefined; readonly uncertainty?: Decimal | undefined; readonly assignedUncertainty?: Decimal | undefined;
}
export interface Scored { readonly kind: ScoreKind; readonly score: Decimal; readonly verdict: Verdict }
export interface Unscored { readonly kind: ScoreKind; readonly score: null; readonly verdict: null; readonly missing: 'sd' | 'uncertainty' | 'assigned-uncertainty' }

/** The square of what the difference is divided by; or what is missing for it. */
function divisor(kind: ScoreKind, { sd, uncertainty, assignedUncertainty }: ScoreInput): Decimal | Unscored['missing'] {
  if (kind === 'z' || kind === 'z-prime') {
    if (!sd || sd.units <= 0n) return 'sd';
    if (kind === 'z') return squared(sd);
    return assignedUncertainty ? plus(squared(sd), squared(assignedUncertainty)) : 'assigned-uncertainty';
  }
  if (!uncertainty || uncertainty.units <= 0n) return 'uncertainty';
  return assignedUncertainty ? plus(squared(uncertainty), squared(assignedUncertainty)) : 'assigned-uncertainty';
}

/**
 * One result's score, to two places for reading, and its verdict, decided exactly: the square of the difference against the
 * limit's square times the divisor's, so that |z| = 2.00 is 2 and 2.004 is more, however it is printed.
 */
export function scored(kind: ScoreKind, input: ScoreInput, limits: ScoreLimits = usualLimits(kind)): Scored | Unscored {
  const by = divisor(kind, input);
  if (typeof by === 'string') return { kind, score: null, verdict: null, missing: by };
  const difference = minus(input.result, input.assigned);
  const against = (limit: Decimal): number => compared(squared(absolute(difference)), times(squared(limit), by));
  const toSatisfactory = against(limits.satisfactory);
  const toUnsatisfactory = against(limits.unsatisfactory);
  const verdict: Verdict = toSatisfactory < 0 || (toSatisfactory === 0 && limits.satisfactoryIncluded) ? 'satisfactory'
    : toUnsatisfactory > 0 || (toUnsatisfactory === 0 && limits.unsatisfactoryIncluded) ? 'unsatisfactory' : 'questionable';
  return { kind, score: roundedTo(numberOf(difference) / Math.sqrt(numberOf(by)), 2), verdict };
}
