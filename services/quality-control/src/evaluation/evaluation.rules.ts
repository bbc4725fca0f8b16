import { stateAllows } from '@zhijian/access';
import { refuse, type Refused } from '@zhijian/contracts';
import { qualityControl, type EvaluationEntry, type EvaluationState } from '@zhijian/contracts/http';
import { scoreIndicators, type IndicatorEntry, type IndicatorScore, type IndicatorSet } from '@zhijian/policy';

export type EvaluationRefusal =
  | 'evaluation-foreign' | 'evaluation-not-obliged' | 'evaluation-begun' | 'evaluation-elsewhere' | 'evaluation-locked' | 'evaluation-entries-wrong' | 'evaluation-idle-scored' | 'evaluation-sheet-unknown' | 'evaluation-stale'
  | 'evaluation-incomplete' | 'evaluation-not-draft' | 'evaluation-not-submitted' | 'evaluation-not-looked' | 'evaluation-own' | 'evaluation-not-returnable' | 'evaluation-coloured';

export const evaluationSentences = {
  'evaluation-foreign': '您不在开展评估的辖区任职',
  'evaluation-not-obliged': '该机构当年在本辖区没有这类资质，不在评估之列',
  'evaluation-begun': '该机构的评分表已经填写，请在原表上修改',
  'evaluation-elsewhere': '该机构当年这类资质已由其他辖区评估，不重复评估',
  'evaluation-locked': '评分表已提交复核或者审签，不能修改；须先退回',
  'evaluation-entries-wrong': '评分有 {count} 处错误',
  'evaluation-idle-scored': '当年未开展服务的，不填写评分',
  'evaluation-sheet-unknown': '有评分表不属于这项评估',
  'evaluation-stale': '有评分表在您查看之后被人改动，请刷新后重试',
  'evaluation-incomplete': '评分表还没有填完，不能提交',
  'evaluation-not-draft': '只有填写中的评分表可以提交复核',
  'evaluation-not-submitted': '只有已提交的评分表可以复核',
  'evaluation-not-looked': '只有已复核的评分表可以审签',
  'evaluation-own': '评分人不能复核、审签或者退回自己评分的表，须由另一人办理',
  'evaluation-not-returnable': '填写中的评分表无须退回',
  'evaluation-coloured': '该年度的评分已用于分色，更正须通过分色更正办理',
} satisfies Record<EvaluationRefusal, string>;

/** A sheet in the course of its states. */
export interface Sheet {
  readonly evaluationId: string; readonly institutionId: string; readonly state: EvaluationState; readonly served: boolean; readonly entries: readonly EvaluationEntry[]; readonly score: string | null;
  readonly missing: number; readonly scorers: readonly string[]; readonly scoredBy: string | null; readonly lookedBy: string | null; readonly revision: number; readonly version: number;
}

export type Step = 'submit' | 'look' | 'sign';
const from: Record<Step, { readonly route: { method: string; path: string }; readonly code: EvaluationRefusal; readonly to: EvaluationState }> = {
  submit: { route: qualityControl.submitEvaluations, code: 'evaluation-not-draft', to: 'submitted' },
  look: { route: qualityControl.lookAtEvaluations, code: 'evaluation-not-submitted', to: 'looked' },
  sign: { route: qualityControl.signEvaluations, code: 'evaluation-not-looked', to: 'signed' },
};
export const stateAfter = (step: Step): EvaluationState => from[step].to;

/** What the entries say to the rule: without the notes, which decide nothing, in the order of the set. */
export function decisive(set: IndicatorSet, entries: readonly EvaluationEntry[]): IndicatorEntry[] {
  const order = new Map(set.items.map(({ id }, at) => [id, at]));
  return entries.map(({ note: _note, ...entry }) => entry).sort((a, b) => (order.get(a.item) ?? 0) - (order.get(b.item) ?? 0));
}

/**
 * What may be kept of a sheet as a draft: it may lack entries, but holds none that its set does not allow; a body that did no
 * service in the year has no entries at all.
 */
export function acceptDraft(set: IndicatorSet, { served, entries }: { served: boolean; entries: readonly EvaluationEntry[] }): { ok: true; outcome: IndicatorScore } | Refused<EvaluationRefusal> {
  if (!served && entries.length > 0) return refuse('evaluation-idle-scored', [...set.clauses], {}, { errors: [{ path: '/entries', message: '当年未开展服务的，不填写评分' }] });
  const outcome = scoreIndicators(set, entries);
  const errors = outcome.faults.map(({ item, part, message }) => ({ path: `/entries/${entries.findLastIndex((entry) => entry.item === item)}/${part}`, message }));
  return errors.length > 0 ? refuse('evaluation-entries-wrong', [...set.clauses], { count: errors.length }, { errors }) : { ok: true, outcome };
}

/** May somebody write on it? Only while it is being filled in, for the first time or after it was sent back. */
export const mayEdit = (state: EvaluationState): boolean => stateAllows(qualityControl.editEvaluation, { evaluation: state });

/** Sheets as somebody read them, each with its version then. */
export interface Read { readonly evaluationId: string; readonly version: number }

/** All of them may take the step, or none does: every one that may not is named by its place. `own`: by whom the caller is not told apart. */
export function acceptStep(step: Step, read: readonly Read[], found: readonly Sheet[], own: (sheet: Sheet) => boolean): { ok: true } | Refused<EvaluationRefusal> {
  const sheets = new Map(found.map((sheet) => [sheet.evaluationId, sheet]));
  const faults = read.flatMap(({ evaluationId, version }, at): { at: number; code: EvaluationRefusal }[] => {
    const sheet = sheets.get(evaluationId);
    const twice = read.findIndex((one) => one.evaluationId === evaluationId) < at;
    const code = !sheet || twice ? 'evaluation-sheet-unknown' : sheet.version !== version ? 'evaluation-stale' : wrong(step, sheet, own);
    return code ? [{ at, code }] : [];
  });
  const [first] = faults;
  if (!first) return { ok: true };
  return refuse(first.code, [], {}, { wrongState: !['evaluation-own', 'evaluation-incomplete'].includes(first.code), errors: faults.map(({ at, code }) => ({ path: `/sheets/${at}`, message: evaluationSentences[code] })) });
}

function wrong(step: Step, sheet: Sheet, own: (sheet: Sheet) => boolean): EvaluationRefusal | null {
  if (!stateAllows(from[step].route, { evaluation: sheet.state })) return from[step].code;
  if (step === 'submit') return sheet.missing > 0 || (sheet.served && sheet.score === null) ? 'evaluation-incomplete' : null;
  return own(sheet) ? 'evaluation-own' : null;
}

/** Whoever looks or signs sends back what is not right; a signed sheet only while no colour rests on it. */
export function acceptReturn({ state }: Pick<Sheet, 'state'>, own: boolean, coloured: boolean): { ok: true } | Refused<EvaluationRefusal> {
  if (!stateAllows(qualityControl.returnEvaluation, { evaluation: state })) return refuse('evaluation-not-returnable', [], {}, { wrongState: true });
  if (own) return refuse('evaluation-own');
  return state === 'signed' && coloured ? refuse('evaluation-coloured', [], {}, { wrongState: true }) : { ok: true };
}
