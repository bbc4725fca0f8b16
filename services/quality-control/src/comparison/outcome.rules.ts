/** A body's result in one round, and how near the round is to whoever colours. */
export interface RoundResult { readonly roundId: string; readonly title: string; readonly nearness: Nearness; readonly result: string | null; readonly reason: string | null }
/** Organised by the place itself, by one below it, or by somebody else. */
export type Nearness = 0 | 1 | 2;
/** What a body was compared with for one place, and the rounds that say so. */
export interface Outcome { readonly result: string | null; readonly reason: string | null; readonly rounds: readonly string[] }

/**
 * The result that counts for a place (CQ-2024-04). Its own rounds come first, whenever they were decided and even if they left
 * it open; then those below it, then those of others. Rounds equally near that agree say it together; where they do not agree
 * the texts name none that prevails, so it is undetermined.
 */
export function outcomeOf(results: readonly RoundResult[]): Outcome | null {
  const nearest = Math.min(...results.map(({ nearness }) => nearness));
  const counting = results.filter(({ nearness }) => nearness === nearest).sort((a, b) => (a.roundId < b.roundId ? -1 : 1));
  const [first] = counting;
  if (!first) return null;
  const rounds = counting.map(({ roundId }) => roundId);
  if (counting.every(({ result }) => result === first.result)) return { result: first.result, reason: first.reason, rounds };
  return { result: null, reason: `待核实：同一年度有多轮比对而结果不一致（${counting.map(({ title, result }) => `${title}：${result ?? '未确定'}`).join('；')}），政策文件没有规定以哪一轮为准`, rounds };
}
