import { drawSample, type DrawRecord } from './draw.js';
import { sampleSize } from './measure.js';
import type { SampleRule } from './sample.schema.js';

/** A body that may be drawn, with what it can be layered by; null where nobody knows. */
export interface SampleCandidate { readonly institutionId: string; readonly unit: string; readonly kind: string | null }
export interface StratumDraw { readonly stratum: string; readonly record: DrawRecord }

type Layer = SampleRule['strata'][number];
const layerOf = (candidate: SampleCandidate, layer: Layer): string | null => (layer === 'unit' ? candidate.unit : candidate.kind);

/** A layer of the rule for which some candidate has no value; such a sample cannot be drawn. */
export const layerUnknown = ({ strata }: Pick<SampleRule, 'strata'>, candidates: readonly SampleCandidate[]): Layer | undefined =>
  strata.find((layer) => candidates.some((candidate) => layerOf(candidate, layer) === null));

/** Draws from each stratum by itself, in the order of their names; the order of the list does not matter. Throws when an id stands twice. */
export function drawStrata(rule: Pick<SampleRule, 'size' | 'rounding' | 'min' | 'strata'>, candidates: readonly SampleCandidate[], seed: string): StratumDraw[] {
  const pools = Map.groupBy(candidates, (candidate) => rule.strata.map((layer) => layerOf(candidate, layer)).join('/') || 'all');
  return [...pools].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stratum, members]): StratumDraw => {
    const pool = members.map(({ institutionId }) => institutionId).sort();
    const drawn = drawSample({ seed, pool, size: sampleSize(rule, pool.length) });
    if (!drawn.ok) throw new Error(drawn.message);
    return { stratum, record: drawn.record };
  });
}
