import { assignedValue, type AssignedValue, type FixedValue, type NotAssigned } from './assigned-value.js';
import { laboratoryScores, type LaboratoryScores, type Reported, type ScoringRule } from './comparison-scores.js';
import { decide } from './decide.js';
import type { Pack } from './pack.js';
import type { Scheme } from './scheme.schema.js';

/** What became of somebody in a round. */
export const entrantStates = ['reported', 'late', 'withdrawn', 'absent'] as const;
export type EntrantState = (typeof entrantStates)[number];
export interface Entrant { readonly id: string; readonly state: EntrantState; readonly results: Readonly<Record<string, Reported>> }

/** Why somebody was not rated by their scores. */
export type Unrated = Exclude<EntrantState, 'reported'> | 'partial';
/** The comprehensive result (综合评定结果). `result` null: undetermined, with the reason. `by`: the decision table, or what the scheme says of those without full results. */
export interface Outcome { readonly result: string | null; readonly reason: string | null; readonly by: 'table' | 'without'; readonly unrated: Unrated | null; readonly clauses: readonly string[] }
export interface Evaluated extends Entrant { readonly scored: LaboratoryScores | null; readonly outcome: Outcome }
export interface RoundEvaluation { readonly assigned: Readonly<Record<string, AssignedValue | NotAssigned>>; readonly entrants: readonly Evaluated[] }

/** Measurands that count: all but those set aside for everybody, such as a batch of samples that turned out uneven. */
export const counting = (scheme: Scheme, setAside: readonly string[]): Scheme['measurands'] => scheme.measurands.filter(({ id }) => !setAside.includes(id));
/** What of a scheme scores and counts, without what was set aside. */
export const scoringRule = (scheme: Scheme, setAside: readonly string[] = []): ScoringRule => ({
  measurands: counting(scheme, setAside).map(({ id, part, optional, score, limits, weight, points }) => ({ id, optional, score, weight, ...(part && { part }), ...(limits && { limits }), ...(points && { points }) })),
  inputs: scheme.inputs, ...(scheme.minimum !== undefined && { minimum: scheme.minimum }),
});

/** Assigned values of a round. Results that came in time enter robust statistics, late and withdrawn ones do not. */
export function assignedValues(scheme: Scheme, entrants: readonly Entrant[], fixed: Readonly<Record<string, FixedValue>>, setAside: readonly string[] = []): RoundEvaluation['assigned'] {
  return Object.fromEntries(counting(scheme, setAside).map((it) => [it.id, assignedValue(it, resultsOf(entrants, it.id), fixed[it.id])]));
}

/** The results of a measurand that enter its statistics, as written. */
export const resultsOf = (entrants: readonly Entrant[], measurand: string): string[] =>
  entrants.flatMap(({ state, results }) => (state === 'reported' && Object.hasOwn(results, measurand) ? [results[measurand]!.value] : []));

/**
 * A whole round: assigned values, scores, comprehensive results. Pure; in nobody's order. Throws when the pack has no
 * such decision: that is a fault of the program.
 * @param fixed numbers fixed when the round was opened, by measurand
 * @param setAside measurands that count for nobody
 */
export function evaluateRound(pack: Pack, scheme: Scheme, entrants: readonly Entrant[], fixed: Readonly<Record<string, FixedValue>>, setAside: readonly string[] = []): RoundEvaluation {
  const assigned = assignedValues(scheme, entrants, fixed, setAside);
  return { assigned, entrants: entrants.map((it) => evaluateEntrant(pack, scheme, it, assigned, setAside)) };
}

/** One entrant against values that stand: also how a corrected result is judged after the round. */
export function evaluateEntrant(pack: Pack, scheme: Scheme, entrant: Entrant, assigned: RoundEvaluation['assigned'], setAside: readonly string[] = []): Evaluated {
  const rates = entrant.state === 'reported' || (entrant.state === 'late' && scheme.without.late === 'table');
  const scored = rates ? laboratoryScores(scoringRule(scheme, setAside), entrant.results, assigned) : null;
  return { ...entrant, scored, outcome: scored ? ratedOutcome(pack, scheme, entrant.state, scored) : instead(scheme, entrant.state as Unrated) };
}

function ratedOutcome(pack: Pack, scheme: Scheme, state: EntrantState, { partial, inputs }: LaboratoryScores): Outcome {
  if (partial && scheme.without.partial !== 'table') return instead(scheme, 'partial');
  const decision = decide<string>(pack, scheme.decision, inputs);
  const clauses = [...new Set([...decision.clauses.map(({ id }) => id), ...scheme.clauses])];
  return { result: decision.value, reason: decision.reason, by: 'table', unrated: partial ? 'partial' : state === 'late' ? 'late' : null, clauses };
}

const words: Record<Unrated, string> = { absent: '未参加', late: '逾期报送', withdrawn: '已退出', partial: '只报送了部分项目' };

/** What the scheme says of somebody without full results; where it is silent, undetermined. */
function instead({ without, clauses }: Scheme, unrated: Unrated): Outcome {
  const rule = without[unrated];
  if (typeof rule === 'object') return { result: rule.result, reason: words[unrated], by: 'without', unrated, clauses: rule.clauses ?? clauses };
  const silent = rule === undefined ? '方案没有写明如何评定' : '按方案不作评定';
  return { result: null, reason: `待核实：${words[unrated]}，${silent}`, by: 'without', unrated, clauses };
}

/** Published counts: of whom they are, how many of each grade, and how many pass. */
export interface RoundCounts {
  readonly registered: number; readonly submitting: number; readonly evaluated: number;
  readonly grades: readonly { readonly grade: string; readonly passes: boolean; readonly count: number; readonly published: number }[];
  readonly undetermined: number; readonly passed: number; readonly denominator: number;
  /** In percent, cut and not rounded at two decimals; null where there is nobody to count. */
  readonly passRate: string | null;
}

/** As the scheme says they are counted; `published` includes better grades where 合格 includes 优秀. */
export function roundCounts({ grades, published }: Pick<Scheme, 'grades' | 'published'>, entrants: readonly { readonly state: EntrantState; readonly result: string | null }[]): RoundCounts {
  const count = (grade: string) => entrants.filter(({ result }) => result === grade).length;
  const submitting = entrants.filter(({ state }) => state === 'reported' || state === 'late').length;
  const evaluated = entrants.filter(({ result }) => result !== null).length;
  const of = { registered: entrants.length, submitting, evaluated };
  const passed = grades.filter(({ passes }) => passes).reduce((all, { id }) => all + count(id), 0);
  const better = (at: number) => grades.slice(0, at + 1).reduce((all, { id }) => all + count(id), 0);
  const denominator = of[published.of];
  const cut = denominator > 0 ? Math.floor((passed * 10_000) / denominator) : null;
  return {
    ...of, undetermined: entrants.length - evaluated, passed, denominator,
    grades: grades.map(({ id, passes }, at) => ({ grade: id, passes, count: count(id), published: passes && published.includesBetter ? better(at) : count(id) })),
    passRate: cut === null ? null : `${Math.floor(cut / 100)}.${String(cut % 100).padStart(2, '0')}`,
  };
}
