import { decimal, decimalText, numberOf, roundedTo, times, type Decimal } from './decimal.js';
import { algorithmA, median, normalisedIqr, uncertaintyOfConsensus } from './robust.js';
import type { Measurand } from './scheme.schema.js';

/** Numbers fixed before anybody reported, as they were written; what a scheme prints itself is not repeated here. */
export interface FixedValue { readonly value?: string | null | undefined; readonly sd?: string | null | undefined; readonly uncertainty?: string | null | undefined }
/** How a measurand's assigned value and its standard deviation come about: the part of the scheme that says so. */
export type AssignedRule = Pick<Measurand, 'assigned'> & { readonly deviation?: Measurand['deviation'] };

/** What results are held against, as decimals; `sd` and `uncertainty` null where there is none. `participants`: whose results it was computed from. */
export interface AssignedValue { readonly value: string; readonly sd: string | null; readonly uncertainty: string | null; readonly participants: number }
export interface NotAssigned { readonly value: null; readonly why: 'not-fixed' | 'too-few' | 'no-convergence'; readonly participants: number }

const hundredth: Decimal = { units: 1n, places: 2 };

/**
 * The assigned value of a measurand with the standard deviation for proficiency assessment and the standard uncertainty
 * (ISO 13528:2022 clauses 7 and 8; GB/T 28043-2019 第7、8章). Robust numbers are computed from the results sorted by size,
 * as doubles, and rounded to the places the scheme names (GB/T 8170); a percentage of the value is exact. Nothing is
 * assumed: too few results, or a number nobody fixed, is said so.
 * @param results of everybody whose result counts, as written
 */
export function assignedValue({ assigned, deviation }: AssignedRule, results: readonly string[], fixed: FixedValue = {}): AssignedValue | NotAssigned {
  const numbers = results.map(Number).sort((a, b) => a - b);
  const consensus = assigned.by === 'fixed' ? null : estimated(assigned, numbers);
  if (consensus && 'why' in consensus) return { value: null, why: consensus.why, participants: numbers.length };
  const value = consensus ? consensus.centre : (assigned.by === 'fixed' ? assigned.value : undefined) ?? fixed.value ?? null;
  if (value === null) return { value: null, why: 'not-fixed', participants: numbers.length };
  const sd = deviationOf(deviation, value, numbers, fixed);
  if (sd !== null && typeof sd === 'object') return { value: null, why: sd.why, participants: numbers.length };
  const uncertainty = consensus ? consensus.uncertainty : (assigned.by === 'fixed' ? assigned.uncertainty : undefined) ?? fixed.uncertainty ?? null;
  return { value, sd, uncertainty, participants: numbers.length };
}

interface Estimated { readonly centre: string; readonly spread: string; readonly uncertainty: string }
interface Not { readonly why: NotAssigned['why'] }

function estimated({ by, places, least }: { by: 'algorithm-a' | 'median-niqr'; places: number; least: number }, numbers: readonly number[]): Estimated | Not {
  if (numbers.length < least) return { why: 'too-few' };
  const found = by === 'median-niqr' ? { mean: median(numbers), sd: normalisedIqr(numbers) } : converged(numbers);
  if (!found) return { why: 'no-convergence' };
  const text = (it: number) => decimalText(roundedTo(it, places));
  return { centre: text(found.mean), spread: text(found.sd), uncertainty: text(uncertaintyOfConsensus(found.sd, numbers.length)) };
}

function converged(numbers: readonly number[]): { mean: number; sd: number } | null {
  try {
    return algorithmA(numbers);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function deviationOf(deviation: AssignedRule['deviation'], value: string, numbers: readonly number[], fixed: FixedValue): string | null | Not {
  if (!deviation) return null;
  if (deviation.by === 'fixed') return deviation.value ?? fixed.sd ?? { why: 'not-fixed' };
  if (deviation.by === 'percent') return decimalText(times(times(decimal(value), decimal(deviation.percent)), hundredth));
  const found = estimated(deviation, numbers);
  return 'why' in found ? found : found.spread;
}

/** As a number, where somebody draws it. */
export const numberIn = (text: string): number => numberOf(decimal(text));
