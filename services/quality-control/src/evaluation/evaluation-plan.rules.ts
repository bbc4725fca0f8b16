import { refuse, type Refused } from '@zhijian/contracts';
import type { Finding, IndicatorSet } from '@zhijian/policy';

export type EvaluationPlanRefusal = 'evaluation-foreign' | 'evaluation-pack-unknown' | 'evaluation-set-unknown' | 'evaluation-set-line' | 'evaluation-year-not-begun' | 'evaluation-opened-already' | 'evaluation-findings-open';
export const evaluationPlanSentences = {
  'evaluation-foreign': '您不在开展评估的辖区任职',
  'evaluation-pack-unknown': '没有安装政策包 {pack}：{why}',
  'evaluation-set-unknown': '政策包中没有质量指标“{set}”',
  'evaluation-set-line': '“{title}”不用于这类机构',
  'evaluation-year-not-begun': '{year} 年度尚未开始，不能开展评估',
  'evaluation-opened-already': '该辖区 {year} 年度这类机构的绩效评估已经开展',
  'evaluation-findings-open': '政策包存在 {count} 项未解决的矛盾，须先在政策包中作出理解',
} satisfies Record<EvaluationPlanRefusal, string>;

export interface PlanWanted { readonly year: number; readonly line: string; readonly set: string }

/** A year is evaluated once it has begun, by a set that is for the line and has no open contradiction. */
export function acceptPlan(wanted: PlanWanted, set: IndicatorSet | undefined, findings: readonly Finding[], today: string): { ok: true; set: IndicatorSet } | Refused<EvaluationPlanRefusal> {
  if (wanted.year > Number(today.slice(0, 4))) return refuse('evaluation-year-not-begun', [], { year: wanted.year }, { errors: [{ path: '/year', message: '年度尚未开始' }] });
  if (!set) return refuse('evaluation-set-unknown', [], { set: wanted.set }, { errors: [{ path: '/set', message: '政策包中没有这套质量指标' }] });
  if (set.lines.every((line) => line !== wanted.line)) return refuse('evaluation-set-line', [...set.clauses], { title: set.title }, { errors: [{ path: '/line', message: '这套质量指标不用于这类机构' }] });
  const open = findings.filter(({ severity }) => severity === 'error');
  return open.length > 0 ? refuse('evaluation-findings-open', [...new Set(open.flatMap(({ clauses }) => clauses))], { count: open.length }) : { ok: true, set };
}
