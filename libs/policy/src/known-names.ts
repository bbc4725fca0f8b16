import { colouringTables } from './colouring.js';
import { quotaTables } from './quota.js';
import type { DutyKind, StartEvent } from './vocabulary.js';

/**
 * Names that a pack must use because the rooms look things up by them: a table of another name is asked by nobody. A room
 * that asks for a new name adds it here.
 */
export const knownNames = {
  decisions: [
    'in-campaign', 'report-lateness', 'item-due', 'item-complete', 'item-verification', 'case-filing', 'key-supervision', 'leniency', 'strict-circumstance', 'case-circumstance', 'site-check',
    ...colouringTables, ...Object.values(quotaTables), 'colour-in-use', 'rectification-duty', 'may-publish', 'colour-in-review',
  ],
  periods: ['rectification-report', 'rectification'],
  scales: ['colour', 'quality-grade', 'comparison-level'],
  runs: ['red-years'],
} as const;
export type NamedSection = keyof typeof knownNames;

/** What must be there too where a name is used, or else what the name stands for does not happen; with what does not. */
export const neededWith: readonly { readonly when: string; readonly needs: readonly string[]; readonly or: string }[] = [
  { when: 'decisions/colour', needs: [...colouringTables.map((id) => `decisions/${id}`), 'scales/quality-grade', 'scales/comparison-level', 'scales/colour', 'runs/red-years', 'decisions/may-publish'], or: '不能赋色和公示' },
  { when: 'decisions/inspection-frequency', needs: ['decisions/colour-in-use'], or: '不知道适用哪一年的颜色，算不出检查次数' },
  { when: 'decisions/monitoring-frequency', needs: ['decisions/colour-in-use'], or: '不知道适用哪一年的颜色，算不出质量监测次数' },
  { when: 'decisions/colour-in-use', needs: ['scales/colour'], or: '颜色没有名称' },
  { when: 'decisions/rectification-duty', needs: ['periods/rectification-report', 'scales/colour'], or: '不会要求提交整改报告' },
  { when: 'decisions/rectification-state', needs: ['periods/rectification'], or: '不能写明整改期限' },
  { when: 'decisions/leniency', needs: ['decisions/case-circumstance', 'decisions/strict-circumstance'], or: '案件没有从宽、从严的情节' },
  { when: 'decisions/strict-circumstance', needs: ['decisions/case-circumstance', 'decisions/leniency'], or: '案件没有从宽、从严的情节' },
  { when: 'decisions/case-circumstance', needs: ['decisions/leniency', 'decisions/strict-circumstance'], or: '案件没有从宽、从严的情节' },
];

/** Which duties an event of the rooms opens. What is not here nobody opens: a day that hangs on it is never counted. */
export const openedBy: Partial<Record<StartEvent, { readonly kinds: readonly DutyKind[] | 'all'; readonly needs?: readonly DutyKind[] }>> = {
  'stage-opened': { kinds: 'all' },
  'visit-held': { kinds: 'all', needs: ['site-check', 'extension-check'] },
  'results-published': { kinds: ['rectification-report'] },
};
/** Periods that the rooms count, by their names: beside those that a posting names. */
export const countedPeriods: readonly string[] = knownNames.periods;
