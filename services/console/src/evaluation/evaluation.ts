import type { Answer, BodyInput, Tone } from '@zhijian/web';
import type { Bin } from '../comparison/comparison.js';

export type Plan = Answer<'listEvaluationPlans'>['items'][number];
export type PlanDetail = Answer<'getEvaluationPlan'>;
export type IndicatorSet = PlanDetail['indicators'];
export type Indicator = IndicatorSet['items'][number];
export type EvaluatedBody = Answer<'listEvaluatedBodies'>['items'][number];
export type Sheet = Answer<'getEvaluationSheet'>;
export type Outcome = Sheet['outcome'];
export type Entry = BodyInput<'editEvaluation'>['entries'][number];
export type SheetState = NonNullable<Sheet['state']>;

export const stateWords: Record<SheetState | 'untouched', [Tone, string]> = {
  untouched: ['wait', '未填写'], draft: ['wait', '填写中'], submitted: ['info', '待复核'], looked: ['info', '待审签'], returned: ['warn', '已退回'], signed: ['good', '已审签'],
};
export const progressParts = ['signed', 'looked', 'submitted', 'returned', 'draft', 'untouched'] as const;

/** What stands in the fields of an item while it is being filled in. */
export interface Typed { readonly score: string; readonly counts: Readonly<Record<string, string>>; readonly byScore: boolean; readonly notApplicable: boolean; readonly failed: '' | 'true' | 'false'; readonly note: string }

/** The fields of an item as they stand in its entry; by its grounds for deducting where it has some. */
export function typedOf(item: Indicator, entry: Entry | undefined): Typed {
  return {
    score: entry?.score ?? '', counts: Object.fromEntries(Object.entries(entry?.counts ?? {}).map(([id, count]) => [id, String(count)])), byScore: item.deductions.length === 0 || entry?.score !== undefined,
    notApplicable: entry?.notApplicable ?? false, failed: entry?.failed === undefined ? '' : entry.failed ? 'true' : 'false', note: entry?.note ?? '',
  };
}

/** The entry that the fields make; none while nothing has been filled in. Counts that are no numbers are told apart by `countFaults`. */
export function entryOf(item: Indicator, typed: Typed): Entry | null {
  const note = typed.note.trim() ? { note: typed.note.trim() } : {};
  if (typed.notApplicable) return { item: item.id, notApplicable: true, ...note };
  const failed = typed.failed === '' ? {} : { failed: typed.failed === 'true' };
  const given = Object.entries(typed.counts).filter(([, count]) => count.trim() !== '');
  if (typed.byScore) return typed.score.trim() || typed.failed || typed.note.trim() ? { item: item.id, ...(typed.score.trim() ? { score: typed.score.trim() } : {}), ...failed, ...note } : null;
  return { item: item.id, counts: Object.fromEntries(given.map(([id, count]) => [id, Number(count)])), ...failed, ...note };
}

/** Counts that are no whole numbers: the pointer of their field, and why. */
export const countFaults = (item: Indicator, { byScore, counts, notApplicable }: Typed): { path: string; message: string }[] =>
  (byScore || notApplicable ? [] : Object.entries(counts).filter(([, count]) => count.trim() !== '' && !/^\d{1,6}$/.test(count.trim())).map(([id]) => ({ path: pointerOf(item.id, `counts/${id}`), message: '次数应为不小于 0 的整数' })));

/** Errors name an entry by its place in what was sent; fields are named by their item. */
export const pointerOf = (item: string, part: string): string => `/entries/${item}/${part}`;
export const toFields = (errors: readonly { path: string; message: string }[], sent: readonly Entry[]): { path: string; message: string }[] => errors.map(({ path, message }) => {
  const [, at = '', part = ''] = /^\/entries\/(\d+)\/?(.*)$/.exec(path) ?? [];
  const entry = sent[Number(at)];
  return at && entry ? { path: pointerOf(entry.item, part), message } : { path, message };
});

/** Items under their groups, in the order of the set. */
export function grouped({ items, groups }: IndicatorSet): { title: string | null; points: string | null; items: Indicator[] }[] {
  const found: { id: string | null; title: string | null; points: string | null; items: Indicator[] }[] = [];
  for (const item of items) {
    const last = found.at(-1);
    if (last && last.id === item.group) last.items.push(item);
    else found.push({ id: item.group, title: item.group ? (groups[item.group]?.title ?? item.group) : null, points: item.group ? (groups[item.group]?.points ?? null) : null, items: [item] });
  }
  return found;
}

export const undeterminedWords: Record<'nothing-applies' | 'not-exact', string> = { 'nothing-applies': '各项都不适用，无从得出总分', 'not-exact': '折算后的分数除不尽，而指标没有写明保留几位小数，无从得出总分' };
export const gapWords: Record<IndicatorSet['notApplicable'], string> = { rescale: '不适用的项按其余各项折算', full: '不适用的项按满分计', refuse: '各项都须评分' };

/** Where a band of scores begins, and what it is called. */
export interface BandLine { readonly at: number; readonly word: string }
interface PackBands { rules?: { bands?: Record<string, { decision?: string; printed?: { from: string; value: string }[] } | undefined>; scales?: Record<string, { values?: { id: string; title: string }[] } | undefined> } }
const gradeOfScores = 'quality-grade';

/** The lines between the bands by which a pack grades scores, the lowest band's own beginning left out; none where the pack has no bands. */
export function bandLines(pack: unknown): BandLine[] {
  const rules = (pack as PackBands | undefined)?.rules;
  const printed = Object.values(rules?.bands ?? {}).find((band) => band?.decision === gradeOfScores)?.printed ?? [];
  const titleOf = (id: string): string => rules?.scales?.[gradeOfScores]?.values?.find((one) => one.id === id)?.title ?? id;
  return printed.map(({ from, value }) => ({ at: Number(from), word: `${titleOf(value)} ${from}` })).sort((a, b) => a.at - b.at).slice(1);
}

/** So many classes between nothing and the whole. */
const classes = 20;
/** Scores in equal classes up to the whole, each with its lower end (half-open, as bands are), from below the least score and the lowest line on. */
export function scoreBins(scores: readonly string[], total: string, lines: readonly BandLine[]): Bin[] {
  if (scores.length === 0) return [];
  const width = Number(total) / classes;
  const classOf = (value: number): number => Math.max(0, Math.min(classes - 1, Math.floor(value / width)));
  const first = Math.max(0, Math.min(...scores.map((score) => classOf(Number(score))), ...lines.map(({ at }) => classOf(at) - 1)));
  const counts = new Array<number>(classes).fill(0);
  for (const score of scores) counts[classOf(Number(score))]! += 1;
  return counts.map((count, at) => ({ from: at * width, to: (at + 1) * width, count })).slice(first);
}
