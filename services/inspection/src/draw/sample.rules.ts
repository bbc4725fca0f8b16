import { refuse, type Refused } from '@zhijian/contracts';
import { drawStrata, layerUnknown, type SampleCandidate, type SampleRule, type StratumDraw } from '@zhijian/policy';

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
export type Candidate = SampleCandidate;
export type Drawn = StratumDraw;

/** Draws from each stratum by itself. The pools are settled before anybody knows the seed. */
export function drawInstitutions(rule: SampleRule, candidates: readonly Candidate[], seed: string): { ok: true; draws: Drawn[] } | Refused<SampleRefusal> {
  if (candidates.length === 0) return refuse('sample-empty', [...rule.clauses], {}, { wrongState: true });
  const unknown = layerUnknown(rule, candidates);
  if (unknown) return refuse('sample-stratum-unknown', [...rule.clauses], { stratum: unknown });
  return { ok: true, draws: drawStrata(rule, candidates, seed) };
}
