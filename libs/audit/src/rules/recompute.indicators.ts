import { scoreIndicators, type IndicatorEntry, type IndicatorRule, type IndicatorSet } from '@zhijian/policy';
import { determined, undetermined, type Recomputed } from './recomputed.js';

/** What of a set of indicators decides a score. */
export type IndicatorText = IndicatorRule;

const texts = new WeakMap<IndicatorSet, IndicatorText>();
/** The same object for the same set, so that it is written out once for many scores. */
export function indicatorText(set: IndicatorSet): IndicatorText {
  let text = texts.get(set);
  if (!text) {
    const { total, grid, items, notApplicable, rounded, caps } = set;
    texts.set(set, text = JSON.parse(JSON.stringify({ total, grid, items, notApplicable, rounded, caps })) as IndicatorText);
  }
  return text;
}

/** A sheet's score; a body that did no service in the year has none, and that is determined. */
export function indicatorScore(text: IndicatorText, { served, entries }: { served: boolean; entries: readonly IndicatorEntry[] }): Recomputed {
  if (!served) return determined({ served, score: null });
  const { score, before, items, failed, caps } = scoreIndicators(text, entries);
  return score === null ? undetermined : determined({ served, score, before, items, failed, caps });
}
