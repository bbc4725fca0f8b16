import { Part, usePack, useAnswer } from '@zhijian/web';
import { Spread } from '../comparison/Charts.js';
import { bandLines, scoreBins, type PlanDetail } from './evaluation.js';

/** How the scores that count are spread, with the bands of the pack by which the year is coloured; before a colouring those of the indicators' own pack. */
export function Scores({ plan }: { plan: PlanDetail }) {
  const runs = useAnswer('listColourRuns', { query: { jurisdiction: plan.jurisdiction, limit: 100 } });
  const coloured = runs.data?.items.find(({ basisYear }) => basisYear === plan.year) ?? runs.data?.items[0];
  const lines = bandLines(usePack(coloured?.pack).data);
  return (
    <Part title="评分分布" note="已审签的评分；当年未开展服务的没有评分，不在其中。">
      {plan.scores.length ? <Spread title={`评分分布（${plan.scores.length} 家，总分 ${plan.indicators.total} 分）`} bins={scoreBins(plan.scores, plan.indicators.total, lines)} marks={lines} /> : <p className="zj-soft">还没有已审签的评分。</p>}
    </Part>
  );
}
