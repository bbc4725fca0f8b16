import { officerFaults, type Holder } from '@zhijian/access';
import { refuse, type FindingKind, type Refused } from '@zhijian/contracts';
import { decide, type Checklist, type Pack } from '@zhijian/policy';
import { classOf, otherItem, type ProblemClass } from '../self-check/item.rules.js';
import type { SelfCheckItem } from '../self-check/self-check.entity.js';
import type { Verification } from './visit.entity.js';

export type VisitRefusal =
  | 'visit-campaign-closed' | 'visit-unit-foreign' | 'visit-subject-missing' | 'visit-not-in-roster' | 'visit-institution-unknown' | 'visit-credit-code' | 'visit-registered' | 'visit-outside-window' | 'visit-in-future' | 'visit-inspector-twice' | 'visit-inspector-unknown'
  | 'visit-recorded' | 'visit-undrawn' | 'visit-unverified' | 'visit-item-unknown' | 'archives-frozen' | 'archives-missing' | 'archive-twice' | 'draw-size' | 'draw-made' | 'finding-unclassed' | 'finding-item-unknown';
export const visitSentences = {
  'visit-campaign-closed': '专项行动不在进行中',
  'visit-unit-foreign': '您不在该辖区任职',
  'visit-subject-missing': '请选择被检查的机构；延伸检查中不在名录的单位请填写名称和地址',
  'visit-not-in-roster': '该机构不在本辖区的治理名单内，请作为延伸检查记录',
  'visit-institution-unknown': '名录中没有这家机构',
  'visit-credit-code': '检查对象的统一社会信用代码有误',
  'visit-registered': '该统一社会信用代码的机构“{name}”已在名录中，请从名录中选择',
  'visit-outside-window': '检查日期不在执法检查阶段（{opensOn} 至 {closesOn}）内',
  'visit-in-future': '检查日期 {on} 尚未到来',
  'visit-inspector-twice': '两名执法人员不能是同一人',
  'visit-inspector-unknown': '所填执法人员当日不在该辖区任职，请从任职名单中选择',
  'visit-recorded': '检查结论已经登记，不能再改',
  'visit-undrawn': '请先由机构提供档案清单并随机抽取档案',
  'visit-unverified': '自查项目须逐项现场核实',
  'visit-item-unknown': '自查报告中没有这个项目',
  'archives-frozen': '已经抽取，档案清单不能再改',
  'archives-missing': '机构尚未提供档案清单',
  'archive-twice': '档案清单中有重复的编号',
  'draw-size': '抽取数量不得少于 {min} 份，也不能多于清单中的 {pool} 份',
  'draw-made': '本次检查已经抽取过，不能重抽',
  'finding-unclassed': '请选择检查项目；清单以外的问题须注明是否违法违规',
  'finding-item-unknown': '自查报告中没有这个项目',
} satisfies Record<VisitRefusal, string>;

/** At least two officers, two persons: those the directory knows in the unit on the day, where it knows any two. */
export function inspectorsRefused(named: readonly string[], known: readonly Holder[]): Refused<VisitRefusal> | null {
  const faults = officerFaults(named, known);
  const errors = faults.map(({ at, fault }) => ({ path: `/inspectors/${at}`, message: fault === 'twice' ? '与前一名是同一人' : '当日不在该辖区任执法职务' }));
  const [first] = faults;
  return first ? refuse(first.fault === 'twice' ? 'visit-inspector-twice' : 'visit-inspector-unknown', [], {}, { errors }) : null;
}

/** Is every item of the self-check verified, and only those? */
export function verificationFaults(items: readonly SelfCheckItem[], given: readonly { itemId: string }[]): Refused<VisitRefusal> | null {
  const strange = given.flatMap(({ itemId }, at) => (items.some((item) => item.itemId === itemId) ? [] : [{ path: `/verifications/${at}/itemId`, message: '自查报告中没有这个项目' }]));
  if (strange.length) return refuse('visit-item-unknown', [], {}, { errors: strange });
  const open = items.filter(({ itemId }) => !given.some((one) => one.itemId === itemId));
  return open.length ? refuse('visit-unverified', [], {}, { errors: open.map(({ text }) => ({ path: '/verifications', message: `尚未核实：${text}` })) }) : null;
}

/** The day by which an item counts as put right. */
export const acceptedDay = ({ correctedOn, acceptedBy, correctBy }: Pick<SelfCheckItem, 'correctedOn' | 'acceptedBy' | 'correctBy'>): string | null => correctedOn ?? acceptedBy ?? correctBy;
/** What the table `item-verification` asks. */
export const verificationInputs = (by: string | null, corrected: boolean | null, visitOn: string) => ({ corrected, dueBeforeVisit: by === null ? null : by < visitOn });

/**
 * Verifies a self-check's items as the pack says. What is not corrected on a day before its own accepted date is not
 * uncorrected; what nobody could see is undetermined.
 */
export function verify(items: readonly SelfCheckItem[], given: readonly { itemId: string; corrected: boolean | null; note: string }[], visitOn: string, pack: Pack): Verification[] {
  return items.map((item) => {
    const seen = given.find(({ itemId }) => itemId === item.itemId);
    const by = acceptedDay(item);
    const decision = decide<'corrected' | 'not-yet-due' | 'uncorrected'>(pack, 'item-verification', verificationInputs(by, seen?.corrected ?? null, visitOn));
    return {
      itemId: item.itemId, text: item.text, ...(item.class && { class: item.class }), acceptedBy: by, ...(item.correctedOn && { correctedOn: item.correctedOn }), corrected: seen?.corrected ?? null, note: seen?.note ?? '',
      outcome: decision.determined ? decision.value : 'undetermined', clauses: decision.clauses.map(({ id }) => id),
    };
  });
}

export type CaseDecision = { file: boolean; clauses: string[]; reason: string } | { file: null; clauses: string[]; reason: string };

/** A finding with its class: an offence or a gap where the checklist tells them apart, and whether the body had reported it itself. */
export interface Found { findingId: string; kind: FindingKind; text: string; serious: boolean; checklistItem: string | null; class: ProblemClass | null; selfReported: boolean | null }
interface Given extends Pick<Found, 'kind' | 'text' | 'serious' | 'checklistItem' | 'class'> { selfCheckItem: string | null }

/** A pack whose cases rest on offences has to know of each finding whether it is one. */
export const classAsked = (pack: Pack): boolean => pack.decisions['case-filing']?.inputs.some(({ expression }) => expression === 'violationFound') ?? false;

/**
 * Classes the findings by the checklist of the visit, and compares them with what the body had reported itself; without
 * such a list, a class is what the inspectors say.
 */
export function found(given: readonly Given[], checklist: Checklist | undefined, reported: readonly SelfCheckItem[], newId: () => string, asked = false): Found[] | Refused<VisitRefusal> {
  const classed = checklist?.items.some((item) => item.class !== undefined) ?? false;
  const strange = given.findIndex(({ selfCheckItem }) => selfCheckItem !== null && !reported.some(({ itemId }) => itemId === selfCheckItem));
  if (strange >= 0) return refuse('finding-item-unknown', [], {}, { errors: [{ path: `/findings/${strange}/selfCheckItem`, message: '自查报告中没有这个项目' }] });
  const findings = given.map((one): Found => ({
    findingId: newId(), kind: one.kind, text: one.text, serious: one.serious, checklistItem: one.checklistItem, class: classed ? classOf(one, checklist) : one.class,
    selfReported: classed ? reported.some(({ itemId, checklistItem }) => itemId === one.selfCheckItem || (checklistItem !== null && checklistItem !== otherItem && checklistItem === one.checklistItem)) : null,
  }));
  const open = findings.findIndex((one) => (classed || asked) && one.class === null);
  return open < 0 ? findings : refuse('finding-unclassed', [], {}, { errors: [{ path: `/findings/${open}/${!classed || findings[open]?.checklistItem === otherItem ? 'class' : 'checklistItem'}`, message: '请选择检查项目，或注明是否违法违规' }] });
}

/** The offences a case rests on: those found, and those reported and still not corrected. */
export const offencesOf = (verifications: readonly Pick<Verification, 'outcome' | 'class'>[], findings: readonly Found[]): { selfReported: boolean }[] => [
  ...findings.filter((one) => one.class === 'violation').map((one) => ({ selfReported: one.selfReported === true })),
  ...verifications.filter((one) => one.class === 'violation' && one.outcome === 'uncorrected').map(() => ({ selfReported: true })),
];

type Verified = Pick<Verification, 'outcome' | 'text' | 'class'>;
type Seen = { kind?: FindingKind; serious: boolean; text: string; class?: ProblemClass | null };

/** What the table `case-filing` asks: an item hangs in the air while nobody could see it and nothing else settles the question. */
export function caseInputs(verifications: readonly Verified[], findings: readonly Seen[]) {
  const uncorrected = verifications.filter(({ outcome }) => outcome === 'uncorrected');
  const unknown = verifications.some(({ outcome }) => outcome === 'undetermined');
  const seriousViolation = findings.some((finding) => finding.serious);
  const offences = findings.filter((finding) => finding.class === 'violation');
  const unseen = verifications.some((item) => item.class === 'violation' && item.outcome === 'undetermined');
  return {
    uncorrectedItem: uncorrected.length > 0 ? true : unknown && !seriousViolation ? null : false, seriousViolation,
    uncorrectedViolation: uncorrected.some((item) => item.class === 'violation') ? true : unseen && offences.length === 0 ? null : false,
    violationFound: offences.length > 0, workingAfterQualityFailure: offences.some(({ kind }) => kind === 'quality-assessment'),
  };
}

/** Must a case be filed? The pack's table asks for what it needs to know of these; undetermined while an item it hangs on is. */
export function caseNeeded(verifications: readonly Verified[], findings: readonly Seen[], pack: Pack): CaseDecision {
  const uncorrected = verifications.filter(({ outcome }) => outcome === 'uncorrected');
  const serious = findings.filter((finding) => finding.serious);
  const offences = findings.filter((finding) => finding.class === 'violation');
  const decision = decide<string>(pack, 'case-filing', caseInputs(verifications, findings));
  const clauses = decision.clauses.map(({ id }) => id);
  if (!decision.determined) return { file: null, clauses, reason: decision.reason };
  return { file: decision.value === 'file-case', clauses, reason: [...uncorrected.map(({ text }) => `逾期未整改：${text}`), ...serious.map(({ text }) => `严重违法：${text}`), ...offences.filter((one) => !one.serious).map(({ text }) => `违法违规：${text}`)].join('；') };
}

/** A case number from the pack's pattern. */
export const caseNumber = (pattern: string, parts: { unit: string; year: number; serial: number }): string =>
  pattern.replaceAll('{unit}', parts.unit).replaceAll('{year}', String(parts.year)).replaceAll('{serial}', String(parts.serial));
