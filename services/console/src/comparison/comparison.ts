import type { Answer, Tone } from '@zhijian/web';

export type Round = Answer<'getComparison'>;
export type Participant = Answer<'listComparisonParticipants'>['items'][number];
export type Evaluation = Answer<'getComparisonEvaluation'>;
export type OwnPage = Answer<'getComparisonParticipant'>;
export type Outcome = NonNullable<OwnPage['outcome']>;
export type Measurand = Round['measurands'][number];

export type Objection = OwnPage['objections'][number];

export const objectionStates: Record<Objection['state'], [Tone, string]> = { open: ['wait', '待答复'], kept: ['off', '维持'], 'to-be-changed': ['info', '提出更正'] };
/** One objection at a time: while it waits its state stands in place of the form. */
export const mayObject = (objections: readonly Pick<Objection, 'state'>[]): boolean => objections.every(({ state }) => state !== 'open');

export const roundStates: Record<Round['state'], [Tone, string]> = { planned: ['wait', '尚未启动'], open: ['info', '正在进行'], evaluated: ['good', '已评定'] };
export const participantStates: Record<Participant['state'], [Tone, string]> = {
  expected: ['wait', '待报送'], reported: ['good', '已报送'], late: ['warn', '逾期报送'], withdrawn: ['off', '已退出'], excused: ['off', '免予参加'], absent: ['bad', '未参加'],
};
export const verdicts: Record<NonNullable<Outcome['scores'][number]['verdict']>, [Tone, string]> = { satisfactory: ['good', '满意'], questionable: ['warn', '有问题'], unsatisfactory: ['bad', '不满意'] };
export const scoreWords: Record<Measurand['score'], string> = { z: 'z', 'z-prime': 'z′', zeta: 'ζ', en: 'Eₙ' };
export const assignedWords: Record<Measurand['assignedBy'], string> = { fixed: '事先确定', 'algorithm-a': '稳健统计（算法A）', 'median-niqr': '稳健统计（中位值与标准化四分位距）' };
export const fixedWords = { value: '指定值', sd: '标准差', uncertainty: '不确定度' } as const;
/** Why there is no result: that it waits stands beside it already. */
export const reasonWords = (reason: string): string => reason.replace(/^待核实：/, '');
const missingWords: Readonly<Record<string, string>> = { assigned: '没有指定值', sd: '没有标准差', uncertainty: '没有报不确定度', 'assigned-uncertainty': '没有指定值的不确定度' };
export const missingWord = (what: string | null): string => (what ? (missingWords[what] ?? what) : '—');

/** A number a laboratory may write: digits, a point, at most so many places. */
export function decimalFault(text: string, places: number): string | null {
  if (!/^-?\d{1,9}(\.\d{1,6})?$/.test(text)) return '应为十进制数，如 10.40';
  return (text.split('.')[1]?.length ?? 0) > places ? `至多 ${places} 位小数` : null;
}

export type Bin = Evaluation['spread'][number]['classes'][number];

export interface Bar { readonly key: string; readonly score: number; readonly shown: string; readonly verdict: 'satisfactory' | 'questionable' | 'unsatisfactory' | null; readonly own: boolean }
/** Scores of a measurand from the least to the greatest. */
export const barsOf = (laboratories: Evaluation['laboratories'], measurand: string): Bar[] => laboratories.flatMap(({ code, outcome }) => {
  const found = outcome.scores.find((it) => it.measurand === measurand);
  return found?.score ? [{ key: code, score: Number(found.score), shown: found.score, verdict: found.verdict, own: false }] : [];
}).sort((a, b) => a.score - b.score);

/** The same without whose they are, one marked as one's own. */
export function ownBars({ scores, own }: OwnPage['figures'][number], { satisfactory, unsatisfactory }: Pick<Measurand, 'satisfactory' | 'unsatisfactory'>): Bar[] {
  let marked = false;
  return scores.map((shown, at) => {
    const size = Math.abs(Number(shown));
    const mine = !marked && shown === own;
    marked ||= mine;
    return { key: String(at), score: Number(shown), shown, own: mine, verdict: size <= Number(satisfactory) ? 'satisfactory' : size >= Number(unsatisfactory) ? 'unsatisfactory' : 'questionable' };
  });
}

/** How far the scale of a chart of scores reaches: beyond the outer limit, not so far that one wild score flattens all others. */
export const reachOf = (bars: readonly Bar[], outer: number): number => Math.min(2 * outer, Math.max(outer * 1.25, ...bars.map(({ score }) => Math.abs(score) * 1.05)));

/** A number as short as it reads: 10.5, not 10.500000001. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));
export const inputWord = (value: number | null): string => (value === null ? '未知' : short(value));
