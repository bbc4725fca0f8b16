import { refuse, type Refused } from '@zhijian/contracts';
import { drawSample, type DrawRecord, type SampleRule } from '@zhijian/policy';

export type SampleRefusal = 'sample-unknown' | 'sample-closed' | 'sample-roster-open' | 'sample-drawn' | 'sample-stratum-unknown' | 'sample-empty';
export const sampleSentences = {
  'sample-unknown': '方案中没有这项抽查',
  'sample-closed': '专项行动不在进行中，不能抽取',
  'sample-roster-open': '名单尚未全部冻结（{units}），不能抽取',
  'sample-drawn': '已经抽取过，不能重抽；其后须列入的，由系统补充列入',
  'sample-stratum-unknown': '分层“{stratum}”没有数据，不能抽取',
  'sample-empty': '名单中没有可以抽取的机构',
} satisfies Record<SampleRefusal, string>;

/** A body of the frozen rosters. */
export interface Candidate { readonly institutionId: string; readonly unit: string; readonly kind: string | null }
export interface Drawn { readonly stratum: string; readonly record: DrawRecord }

/** How many are drawn of so many: in whole numbers, rounded as the pack says, at least its minimum, never more than there are. */
export function sizeOf({ size, rounding, min = 0 }: Pick<SampleRule, 'size' | 'rounding' | 'min'>, pool: number): number {
  const [part, whole] = 'count' in size ? [size.count, 0] : 'percent' in size ? [pool * size.percent, 100] : [pool * Number(size.ratio.split('/')[0]), Number(size.ratio.split('/')[1])];
  const wanted = whole === 0 ? part : rounding === 'up' ? Math.ceil(part / whole) : rounding === 'down' ? Math.floor(part / whole) : Math.floor((2 * part + whole) / (2 * whole));
  return Math.min(pool, Math.max(min, wanted));
}

const layer = (candidate: Candidate, stratum: SampleRule['strata'][number]): string | null => (stratum === 'unit' ? candidate.unit : stratum === 'kind' ? candidate.kind : null);

/** Draws from each stratum by itself. The pools are settled before anybody knows the seed. */
export function drawInstitutions(rule: SampleRule, candidates: readonly Candidate[], seed: string): { ok: true; draws: Drawn[] } | Refused<SampleRefusal> {
  if (candidates.length === 0) return refuse('sample-empty', [...rule.clauses], {}, { wrongState: true });
  const unknown = rule.strata.find((stratum) => candidates.some((candidate) => layer(candidate, stratum) === null));
  if (unknown) return refuse('sample-stratum-unknown', [...rule.clauses], { stratum: unknown });
  const pools = Map.groupBy(candidates, (candidate) => rule.strata.map((stratum) => layer(candidate, stratum)).join('/') || 'all');
  const draws = [...pools].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stratum, members]): Drawn => {
    const pool = members.map(({ institutionId }) => institutionId).sort();
    const drawn = drawSample({ seed, pool, size: sizeOf(rule, pool.length) });
    if (!drawn.ok) throw new Error(drawn.message);
    return { stratum, record: drawn.record };
  });
  return { ok: true, draws };
}
