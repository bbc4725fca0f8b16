import { compared, decimal, decimalText, plus, times, type Decimal } from './decimal.js';
import { scored, usualLimits, type ScoreLimits, type Unscored, type Verdict } from './proficiency-score.js';
import type { CountedInput, Measurand, Scheme } from './scheme.schema.js';
import type { ComparisonCount } from './vocabulary.js';

/** A result as it was written, with the uncertainty the score asks for (standard for ζ, expanded for E_n). */
export interface Reported { readonly value: string; readonly uncertainty?: string | null | undefined }
/** What it is held against; `value` null where it could not be assigned. */
export interface Against { readonly value: string | null; readonly sd?: string | null | undefined; readonly uncertainty?: string | null | undefined }

export interface MeasurandScore { readonly score: string | null; readonly verdict: Verdict | null; readonly missing?: Unscored['missing'] | 'assigned' }
/** Everything of a scheme that scores and counts: what a certificate keeps of it. */
export type ScoringRule = Pick<Scheme, 'inputs' | 'minimum'> & { readonly measurands: readonly Pick<Measurand, 'id' | 'part' | 'optional' | 'score' | 'limits' | 'weight' | 'points'>[] };
export interface LaboratoryScores {
  readonly scores: Readonly<Record<string, MeasurandScore>>;
  /** Fewer results than the scheme asks for. */
  readonly partial: boolean;
  /** What the decision table is asked with; null where a score that counts could not be computed, or there is nothing to divide by. */
  readonly inputs: Readonly<Record<string, number | null>>;
}

type Scored = ScoringRule['measurands'][number];

/** One laboratory's results of a round: its scores, and what they come to in numbers. Exact; nothing is rounded before it is compared. */
export function laboratoryScores(rule: ScoringRule, results: Readonly<Record<string, Reported>>, against: Readonly<Record<string, Against>>): LaboratoryScores {
  const reported = (it: Scored): boolean => Object.hasOwn(results, it.id);
  const scores = Object.fromEntries(rule.measurands.filter(reported).map((it) => [it.id, scoreOf(it, results[it.id]!, against[it.id])]));
  const missing = rule.measurands.filter((it) => !it.optional && !reported(it));
  const partial = rule.minimum === undefined ? missing.length > 0 : Object.keys(scores).length < rule.minimum;
  return { scores, partial, inputs: Object.fromEntries(Object.entries(rule.inputs).map(([name, input]) => [name, inputOf(rule.measurands, scores, input)])) };
}

function scoreOf(it: Scored, { value, uncertainty }: Reported, against: Against | undefined): MeasurandScore {
  if (!against || against.value === null) return { score: null, verdict: null, missing: 'assigned' };
  const number = (text: string | null | undefined) => (text === null || text === undefined ? undefined : decimal(text));
  const made = scored(it.score, { result: decimal(value), assigned: decimal(against.value), sd: number(against.sd), uncertainty: number(uncertainty), assignedUncertainty: number(against.uncertainty) }, limitsOf(it));
  return made.score === null ? { score: null, verdict: null, missing: made.missing } : { score: decimalText(made.score), verdict: made.verdict };
}

/** The limits of a measurand as numbers: its own, or the usual ones of its score. */
export function limitsOf({ score, limits }: Pick<Measurand, 'score' | 'limits'>): ScoreLimits {
  return limits ? { ...limits, satisfactory: decimal(limits.satisfactory), unsatisfactory: decimal(limits.unsatisfactory) } : usualLimits(score);
}

const nothing: Decimal = { units: 0n, places: 0 };

function inputOf(measurands: readonly Scored[], scores: LaboratoryScores['scores'], { count, part, weighted, per }: CountedInput): number | null {
  const of = measurands.filter((it) => part === undefined || it.part === part);
  const amount = counted(of, scores, count, weighted);
  if (per === undefined || amount === null) return amount && Number(decimalText(amount));
  const whole = counted(of, scores, per, weighted);
  if (whole === null || compared(whole, nothing) === 0) return null;
  const places = Math.max(amount.places, whole.places);
  const scaled = (it: Decimal) => Number(it.units * 10n ** BigInt(places - it.places));
  return (scaled(amount) * 100) / scaled(whole);
}

/** So many, each with its weight or as one; null where what is counted cannot be known. */
function counted(measurands: readonly Scored[], scores: LaboratoryScores['scores'], count: ComparisonCount, weighted: boolean): Decimal | null {
  const there = measurands.filter(({ id }) => Object.hasOwn(scores, id));
  const weight = (it: Scored): Decimal => (weighted ? decimal(it.weight) : decimal('1'));
  const sum = (of: readonly Scored[], each: (it: Scored) => Decimal): Decimal => of.reduce((all, it) => plus(all, each(it)), nothing);
  switch (count) {
    case 'items': return sum(measurands.filter((it) => !it.optional || there.includes(it)), weight);
    case 'reported': return sum(there, weight);
    case 'missing': return sum(measurands.filter((it) => !it.optional && !there.includes(it)), weight);
    case 'most-points': return sum(measurands.filter((it) => !it.optional || there.includes(it)), (it) => times(decimal(it.points?.satisfactory ?? '0'), weight(it)));
    case 'points': case 'satisfactory': case 'questionable': case 'unsatisfactory': {
      if (there.some(({ id }) => !scores[id]?.verdict)) return null;
      if (count === 'points') return sum(there, (it) => times(decimal(it.points?.[scores[it.id]!.verdict!] ?? '0'), weight(it)));
      return sum(there.filter(({ id }) => scores[id]?.verdict === count), weight);
    }
    default: return count satisfies never;
  }
}
