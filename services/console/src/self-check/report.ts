import type { Answer, BodyInput, FieldError } from '@zhijian/web';

export type Subject = Answer<'getInstitutionInCampaign'>;
export type Report = Answer<'getSelfCheck'>;
export type ReportItem = Report['items'][number];
export type ReportBody = BodyInput<'submitSelfCheck'>;

/** How a problem stands: corrected on a day, or to be corrected by a day. */
export interface Remedy { corrected: boolean | null; on: string | null }
export interface OwnProblem extends Remedy { area: string; text: string }

/** What has been filled in so far; kept in the browser until it is sent. */
export interface Draft {
  lastYear: Record<string, Remedy>;
  areas: Record<string, 'clear' | 'found'>;
  own: OwnProblem[];
  employers: string;
  workers: string;
  sealedBy: string;
  receivedOn: string | null;
  reason: string;
}

export const emptyDraft: Draft = { lastYear: {}, areas: {}, own: [], employers: '', workers: '', sealedBy: '', receivedOn: null, reason: '' };
export const noRemedy: Remedy = { corrected: null, on: null };
export const newProblem = (area: string): OwnProblem => ({ area, text: '', ...noRemedy });

const datesOf = ({ corrected, on }: Remedy) => ({ correctedOn: corrected ? on : null, correctBy: corrected ? null : on });

/** The report as it is sent: last year's problems first, then the body's own. */
export function bodyOf(draft: Draft, subject: Subject, onBehalf: boolean): ReportBody {
  const lastYear = subject.lastYearProblems.map(({ problemId, text }) => ({ source: 'assessment-last-year' as const, problemId, text, ...datesOf(draft.lastYear[problemId] ?? noRemedy) }));
  const own = draft.own.map((it) => ({ source: 'self' as const, checklistItem: it.area, text: it.text.trim(), ...datesOf(it) }));
  const items = [...lastYear, ...own];
  return {
    institutionId: subject.institutionId, items, noProblems: items.length === 0,
    volumes: { employers: Number(draft.employers), workers: Number(draft.workers) }, sealedBy: draft.sealedBy.trim() || null,
    onBehalf: onBehalf ? { receivedOn: draft.receivedOn ?? '', reason: draft.reason.trim() } : null,
  };
}

const remedyErrors = (at: string, { corrected, on }: Remedy, what: string): FieldError[] => {
  if (corrected === null) return [{ path: at, message: `${what}：请选择已整改还是限期整改` }];
  return on ? [] : [{ path: `${at}/${corrected ? 'correctedOn' : 'correctBy'}`, message: `${what}：请填写${corrected ? '整改完成日期' : '整改期限'}` }];
};
const isCount = (typed: string): boolean => /^\d{1,9}$/.test(typed.trim());

/** What is missing before the report can be checked and sent. */
export function wrongIn(draft: Draft, subject: Subject, onBehalf: boolean): FieldError[] {
  const before = subject.lastYearProblems.length;
  return [
    ...(onBehalf && !draft.receivedOn ? [{ path: '/onBehalf/receivedOn', message: '请填写收到纸质报告的日期' }] : []),
    ...(onBehalf && !draft.reason.trim() ? [{ path: '/onBehalf/reason', message: '请写明代为录入的理由' }] : []),
    ...subject.lastYearProblems.flatMap(({ problemId }, index) => remedyErrors(`/items/${index}`, draft.lastYear[problemId] ?? noRemedy, `上年度通报问题 ${index + 1}`)),
    ...subject.checklist.flatMap(({ id, title }) => (draft.areas[id] ? [] : [{ path: `/areas/${id}`, message: `请填写自查结果：${title}` }])),
    ...draft.own.flatMap((it, index) => [
      ...(it.text.trim() ? [] : [{ path: `/items/${before + index}/text`, message: `自查问题 ${index + 1}：请写明问题` }]),
      ...remedyErrors(`/items/${before + index}`, it, `自查问题 ${index + 1}`),
    ]),
    ...(isCount(draft.employers) ? [] : [{ path: '/volumes/employers', message: '请填写职业健康检查家数（整数）' }]),
    ...(isCount(draft.workers) ? [] : [{ path: '/volumes/workers', message: '请填写职业健康检查人数（整数）' }]),
    ...(draft.sealedBy.trim() ? [] : [{ path: '/sealedBy', message: '请填写用印岗位' }]),
  ];
}

/** An earlier report as the beginning of a corrected one. */
export function draftFrom(report: Report, subject: Subject): Draft {
  const remedy = ({ correctedOn, correctBy }: ReportItem): Remedy => ({ corrected: correctedOn ? true : correctBy ? false : null, on: correctedOn ?? correctBy });
  const own = report.items.filter(({ source }) => source === 'self').map((it) => ({ area: it.checklistItem ?? subject.checklist[0]?.id ?? '', text: it.text, ...remedy(it) }));
  return {
    ...emptyDraft, own, employers: String(report.volumes?.employers ?? ''), workers: String(report.volumes?.workers ?? ''), sealedBy: report.sealedBy ?? '',
    lastYear: Object.fromEntries(report.items.filter(({ problemId }) => problemId).map((it) => [it.problemId ?? '', remedy(it)])),
    areas: Object.fromEntries(subject.checklist.map(({ id }) => [id, own.some(({ area }) => area === id) ? 'found' as const : 'clear' as const])),
  };
}
