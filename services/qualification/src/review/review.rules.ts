import { stateAllows } from '@zhijian/access';
import { refuse, type InstitutionKind, type Refused } from '@zhijian/contracts';
import { qualification } from '@zhijian/contracts/http';
import type { QualificationLine } from '@zhijian/contracts/facts';

export type ReviewRefusal = 'review-concluded' | 'review-other-authority' | 'review-refer-only' | 'review-procedure-missing';

export const reviewSentences = {
  'review-concluded': '该审查事项已经办结',
  'review-other-authority': '该项资质由其他机关认可或备案，只能由发证机关决定',
  'review-refer-only': '发证机关不在本系统内，本辖区只能移送，不能作出维持的决定',
  'review-procedure-missing': '转入法定程序的，须写明转入何种程序或者移送的文号',
} satisfies Record<ReviewRefusal, string>;

/** Who looks at what: the authority, and the qualification it issued where it is one only. */
export interface Look { readonly authority: string; readonly line: InstitutionKind | null }

/**
 * Whose matter it is (X-07: only who issued a qualification decides about its end): one look for each authority that issued
 * one of the lines still held; a line whose issuer nobody knows is looked at where the colour is of.
 * @param only the line it is about; null: all of them
 * @param place where the colour is of
 */
export function looksOf(lines: readonly QualificationLine[], only: InstitutionKind | null, place: string, today: string): Look[] {
  const held = lines.filter(({ kind, to }) => (only === null || kind === only) && (to === null || to >= today));
  if (held.length === 0) return [{ authority: place, line: only }];
  const byAuthority = Map.groupBy(held, ({ issuer }) => issuer ?? place);
  return [...byAuthority].map(([authority, theirs]) => ({ authority, line: theirs.length === 1 ? theirs[0]!.kind : only })).sort((a, b) => (a.authority < b.authority ? -1 : 1));
}

export interface Conclusion { readonly outcome: 'kept' | 'referred'; readonly procedure: string | null }

/**
 * May somebody of these places conclude it so?
 * @param known whether the authority has people here; where it has none, the place the colour is of hands the matter on
 */
export function acceptConclusion({ outcome, procedure }: Conclusion, review: { state: string; authority: string; jurisdiction: string; clauses: readonly string[] }, who: { places: readonly string[]; known: boolean }): { ok: true } | Refused<ReviewRefusal> {
  const clauses = [...review.clauses];
  if (!stateAllows(qualification.concludeReview, { review: review.state })) return refuse('review-concluded', clauses, {}, { wrongState: true });
  const forwards = !who.known && who.places.includes(review.jurisdiction);
  if (!who.places.includes(review.authority) && !forwards) return refuse('review-other-authority', clauses);
  if (!who.places.includes(review.authority) && outcome === 'kept') return refuse('review-refer-only', clauses, {}, { errors: [{ path: '/outcome', message: '只能移送发证机关' }] });
  if (outcome === 'referred' && !procedure) return refuse('review-procedure-missing', clauses, {}, { errors: [{ path: '/procedure', message: '请填写转入的程序或者移送的文号' }] });
  return { ok: true };
}

/** Why a review was opened, for people. A late report is not taken for a rectification that was not done: the texts give it no limit. */
export const becauseRedYears = (year: number, redYears: number): string => `至${year}年度已连续${redYears}年为红色`;
export const becauseOverdue = (year: number, dueOn: string): string => `${year}年度整改报告至${dueOn}期满未提交（据此只作审查，不等于限期未整改）`;
/** A day that an agency wrote has ended; what follows from it is a legal procedure's, not this system's. */
export const becauseMissed = (year: number, limitOn: string): string => `${year}年度整改期限至${limitOn}期满，未见核实整改（限期未整改；如何处理须依法定程序）`;
export const rectifiedNote = (rectifiedOn: string, inTime: boolean | null): string => `${rectifiedOn}整改完成${inTime === null ? '' : inTime ? '，在期限以内' : '，在期限以后'}`;
/** What a year is counted as now, after a colour was corrected or withdrawn. */
export const recounted = (year: number, before: number, now: number): string => `至${year}年度，由${before}年改为${now}年`;
