import type { Answer, BodyInput, FieldError } from '@zhijian/web';

export type Subject = Answer<'getInstitutionInCampaign'>;
export type Report = Answer<'getSelfCheck'>;
export type ReportItem = Report['items'][number];
export type ReportBody = BodyInput<'submitSelfCheck'>;

/** How a problem stands: corrected on a day, or to be corrected by a day. */
export interface Remedy { corrected: boolean | null; on: string | null }
/** Measure, post and class are asked only where the pack tells offences from gaps. */
export interface OwnProblem extends Remedy { area: string; text: string; class: ProblemClass | null; measure: string; responsible: string }
export type ProblemClass = 'violation' | 'gap';
export const classWords = { violation: '违法违规', gap: '问题和差距' } satisfies Record<ProblemClass, string>;

export type Quality = NonNullable<Report['judged']>['quality'];
export const qualityWords = { perfunctory: '敷衍了事', falsified: '弄虚作假' } satisfies Record<Quality, string>;
/** Whether the pack draws consequences from how a report was made: then its receiver says. */
export const asksQuality = (pack: unknown): boolean => Object.hasOwn((pack as { decisions?: object } | undefined)?.decisions ?? {}, 'key-supervision');

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
export const newProblem = (area: string): OwnProblem => ({ area, text: '', class: null, measure: '', responsible: '', ...noRemedy });

const areaOf = (subject: Subject, id: string) => subject.checklist.find((area) => area.id === id);
/** Does this campaign tell offences from gaps? */
export const isClassed = (subject: Subject): boolean => subject.checklist.some((area) => !!area.class);
/** The list says what a problem is; of one it does not name, whoever reports it. */
export const classOf = (subject: Subject, problem: OwnProblem): ProblemClass | null => areaOf(subject, problem.area)?.class ?? problem.class;
/** Does this campaign ask for volumes? */
export const asksVolumes = (subject: Subject): boolean => subject.volumePeriod !== null;

const datesOf = ({ corrected, on }: Remedy) => ({ correctedOn: corrected ? on : null, correctBy: corrected ? null : on });

/** The report as it is sent: last year's problems first, then the body's own. */
export function bodyOf(draft: Draft, subject: Subject, onBehalf: boolean): ReportBody {
  const lastYear = subject.lastYearProblems.map(({ problemId, text }) => ({ source: 'assessment-last-year' as const, problemId, text, ...datesOf(draft.lastYear[problemId] ?? noRemedy) }));
  const own = draft.own.map((it) => ({ source: 'self' as const, checklistItem: it.area, text: it.text.trim(), ...datesOf(it), ...(isClassed(subject) ? { class: areaOf(subject, it.area)?.class ? null : it.class, measure: it.measure.trim() || null, responsible: it.responsible.trim() || null } : {}) }));
  const items = [...lastYear, ...own];
  return {
    institutionId: subject.institutionId, items, noProblems: items.length === 0,
    volumes: asksVolumes(subject) ? { employers: Number(draft.employers), workers: Number(draft.workers) } : null, sealedBy: draft.sealedBy.trim() || null,
    onBehalf: onBehalf ? { receivedOn: draft.receivedOn ?? '', reason: draft.reason.trim() } : null,
  };
}

const remedyErrors = (at: string, { corrected, on }: Remedy, what: string): FieldError[] => {
  if (corrected === null) return [{ path: at, message: `${what}：请选择已整改还是限期整改` }];
  return on ? [] : [{ path: `${at}/${corrected ? 'correctedOn' : 'correctBy'}`, message: `${what}：请填写${corrected ? '整改完成日期' : '整改期限'}` }];
};
const isCount = (typed: string): boolean => /^\d{1,9}$/.test(typed.trim());

/** What a gap or an offence needs beside its words and its day. */
function classErrors(at: string, subject: Subject, problem: OwnProblem, what: string): FieldError[] {
  if (!isClassed(subject)) return [];
  const kind = classOf(subject, problem);
  if (!kind) return [{ path: `${at}/class`, message: `${what}：请选择属于违法违规还是问题和差距` }];
  if (kind === 'violation') return [];
  return [...(problem.measure.trim() ? [] : [{ path: `${at}/measure`, message: `${what}：请写明整改措施` }]), ...(problem.responsible.trim() ? [] : [{ path: `${at}/responsible`, message: `${what}：请写明责任岗位` }])];
}

/** What the pack calls the volumes. */
export interface VolumeWords { employers: string; workers: string }

/** What is missing before the report can be checked and sent. */
export function wrongIn(draft: Draft, subject: Subject, onBehalf: boolean, words: VolumeWords): FieldError[] {
  const before = subject.lastYearProblems.length;
  return [
    ...(onBehalf && !draft.receivedOn ? [{ path: '/onBehalf/receivedOn', message: '请填写收到纸质报告的日期' }] : []),
    ...(onBehalf && !draft.reason.trim() ? [{ path: '/onBehalf/reason', message: '请写明代为录入的理由' }] : []),
    ...subject.lastYearProblems.flatMap(({ problemId }, index) => remedyErrors(`/items/${index}`, draft.lastYear[problemId] ?? noRemedy, `上年度通报问题 ${index + 1}`)),
    ...subject.checklist.flatMap(({ id, title }) => (draft.areas[id] ? [] : [{ path: `/areas/${id}`, message: `请填写自查结果：${title}` }])),
    ...draft.own.flatMap((it, index) => [
      ...(it.text.trim() ? [] : [{ path: `/items/${before + index}/text`, message: `自查问题 ${index + 1}：请写明问题` }]),
      ...classErrors(`/items/${before + index}`, subject, it, `自查问题 ${index + 1}`),
      ...remedyErrors(`/items/${before + index}`, it, `自查问题 ${index + 1}`),
    ]),
    ...(isCount(draft.employers) || !asksVolumes(subject) ? [] : [{ path: '/volumes/employers', message: `请填写${words.employers}（整数）` }]),
    ...(isCount(draft.workers) || !asksVolumes(subject) ? [] : [{ path: '/volumes/workers', message: `请填写${words.workers}（整数）` }]),
    ...(draft.sealedBy.trim() ? [] : [{ path: '/sealedBy', message: '请填写用印岗位' }]),
  ];
}

/** An earlier report as the beginning of a corrected one. */
export function draftFrom(report: Report, subject: Subject): Draft {
  const remedy = ({ correctedOn, correctBy }: ReportItem): Remedy => ({ corrected: correctedOn ? true : correctBy ? false : null, on: correctedOn ?? correctBy });
  const own = report.items.filter(({ source }) => source === 'self').map((it) => ({ area: it.checklistItem ?? subject.checklist[0]?.id ?? '', text: it.text, class: it.class ?? null, measure: it.measure ?? '', responsible: it.responsible ?? '', ...remedy(it) }));
  return {
    ...emptyDraft, own, employers: String(report.volumes?.employers ?? ''), workers: String(report.volumes?.workers ?? ''), sealedBy: report.sealedBy ?? '',
    lastYear: Object.fromEntries(report.items.filter(({ problemId }) => problemId).map((it) => [it.problemId ?? '', remedy(it)])),
    areas: Object.fromEntries(subject.checklist.map(({ id }) => [id, own.some(({ area }) => area === id) ? 'found' as const : 'clear' as const])),
  };
}
