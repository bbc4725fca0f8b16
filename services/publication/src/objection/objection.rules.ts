import { ofBody, mayActFor, samePerson, stateAllows, type Decider, type Principal } from '@zhijian/access';
import { dayOf, localDate, type Calendar, type Due, type LocalDate } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';
import { publication } from '@zhijian/contracts/http';
import { endOfPeriod, periodOf, type Cited, type Pack, type Period } from '@zhijian/policy';

export type ObjectionRefusal =
  | 'objection-foreign' | 'objection-elsewhere' | 'objection-not-running' | 'objection-not-listed' | 'objection-none-foreseen' | 'objection-published' | 'objection-open-already' | 'objection-source-needed' | 'objection-source-own' | 'objection-received'
  | 'objection-answered' | 'objection-own-matter' | 'objection-own-answer' | 'objection-limit-stated' | 'objection-limit-past';
export const objectionSentences = {
  'objection-foreign': '只能就本机构的结果提出异议',
  'objection-elsewhere': '这次公示属{place}，异议由该处的工作人员代录、答复',
  'objection-not-running': '不在公示期内，不能提出异议（公示期 {from} 至 {lastDay} 24:00）',
  'objection-not-listed': '这家机构不在这次公示之中，或者其结果已经改动、另行公示',
  'objection-none-foreseen': '政策包规定这项公示不受理异议',
  'objection-published': '这家机构的结果已经公开，异议不能再录入；书面材料在公示期内收到的，请质控机构发起更正，由两人决定后另行公示',
  'objection-open-already': '这家机构已有一件异议正在办理，答复以前不能再提',
  'objection-source-needed': '代录异议须写明收到的日期和书面材料',
  'objection-source-own': '机构账号请直接提出异议，不填代录来源',
  'objection-received': '收到的日期须在公示期内，且不晚于今天',
  'objection-answered': '这件异议已经答复或者撤回',
  'objection-own-matter': '发布这次公示的人、代录这件异议的人不能答复，须由另一人办理',
  'objection-own-answer': '已答复“应予改动”的人不能改为维持，须由另一人办理',
  'objection-limit-stated': '答复期限由文件规定，不另行指定',
  'objection-limit-past': '答复日期不能早于今天',
} satisfies Record<ObjectionRefusal, string>;

export interface Source { receivedOn: string; document: string }
/** Where a notice and one of its entries stand. */
export interface Standing { jurisdiction: string; state: string; postedOn: string | null; lastDay: string | null; until: string | null; objection: 'entry-waits' | 'all-wait' | 'none'; entryState: string | null; open: boolean; clauses: readonly string[] }

/** Who speaks: the body itself, or an officer of the notice's place from a paper that has come in. */
export function sourceRefused(principal: Principal, { institutionId, source }: { institutionId: string; source: Source | null }, jurisdiction: string): Refused<ObjectionRefusal> | null {
  if (ofBody(principal)) {
    if (!mayActFor(principal, institutionId)) return refuse('objection-foreign', [], {}, { errors: [{ path: '/institutionId', message: '不是本机构' }] });
    return source ? refuse('objection-source-own', [], {}, { errors: [{ path: '/source', message: '不必填写' }] }) : null;
  }
  if (!principal.places.some(({ code }) => code === jurisdiction)) return refuse('objection-elsewhere', [], { place: jurisdiction });
  return source ? null : refuse('objection-source-needed', [], {}, { errors: [{ path: '/source', message: '请写明收到的日期和书面材料' }] });
}

/** Objections are raised while the notice runs, one at a time for each body. A paper that came in time may be entered later, as long as the result is not published. */
export function raisingRefused(at: Standing, source: Source | null, now: string): Refused<ObjectionRefusal> | null {
  const clauses = [...at.clauses];
  const over = at.until !== null && Date.parse(now) >= Date.parse(at.until);
  if (!stateAllows(publication.raiseObjection, { notice: at.state }) || at.until === null || (over && !source)) return refuse('objection-not-running', clauses, { from: at.postedOn ?? '—', lastDay: at.lastDay ?? '—' }, { wrongState: true });
  if (at.objection === 'none') return refuse('objection-none-foreseen', clauses);
  if (source && (source.receivedOn < at.postedOn! || source.receivedOn > at.lastDay! || source.receivedOn > dayOf(now))) return refuse('objection-received', clauses, {}, { errors: [{ path: '/source/receivedOn', message: `应在 ${at.postedOn} 至${over ? ` ${at.lastDay} ` : '今天'}之间` }] });
  if (over && at.entryState === 'published') return refuse('objection-published', clauses, {}, { wrongState: true });
  if (at.entryState !== 'listed') return refuse('objection-not-listed', clauses, {}, { errors: [{ path: '/institutionId', message: '不在这次公示之中' }] });
  return at.open ? refuse('objection-open-already', clauses, {}, { wrongState: true }) : null;
}

/** What an objection has come to. */
export interface Answered { readonly state: string; readonly outcome: string | null; readonly settled: boolean }
/** Answered `to-be-changed`, and nothing has been changed: quality control may find its input right, and then the result is kept after all. */
export const maybeKept = ({ state, outcome, settled }: Answered): boolean => state === 'answered' && outcome === 'to-be-changed' && !settled;

/** Who answers has neither posted the notice nor entered the objection, and is of the notice's place; who keeps what was to be changed has not answered so. */
export function answeringRefused(principal: Principal, at: Answered, jurisdiction: string, outcome: 'kept' | 'to-be-changed' | null, before: readonly Decider[], answered: Decider | null): Refused<ObjectionRefusal> | null {
  if (!principal.places.some(({ code }) => code === jurisdiction)) return refuse('objection-elsewhere', [], { place: jurisdiction });
  const again = outcome === 'kept' && maybeKept(at);
  const allowed = outcome === null ? stateAllows(publication.setObjectionDue, { objection: at.state }) : at.state === 'open' || again;
  if (!allowed) return refuse('objection-answered', [], {}, { wrongState: true });
  if (before.some((one) => samePerson(principal, one))) return refuse('objection-own-matter');
  return again && answered && samePerson(principal, answered) ? refuse('objection-own-answer') : null;
}

/** The pack's period for an answer, counted from the day of the objection; null where the text gives none. */
export function answerPeriod(pack: Pack, raisedOn: LocalDate): { id: string; period: Cited<Period> } | null {
  const found = Object.entries(pack.rules.periods).filter(([, it]) => it.event === 'objection-raised');
  const id = found.length === 1 ? found[0]![0] : null;
  const period = id === null ? undefined : periodOf(pack, id, { on: raisedOn });
  return period?.value.after ? { id: id!, period } : null;
}

export const answerDue = ({ period }: { period: Cited<Period> }, raisedOn: LocalDate, calendar: Calendar): Due => endOfPeriod(period.value, raisedOn, calendar)!;

/** 怎么算的: by the text's period, counted from the day of the objection, or named by an officer. The days are those of a calendar that still gives the day that stands. */
export function dueReason(pack: Pack, { dueOn, dueStated, raisedOn }: { readonly dueOn: string | null; readonly dueStated: boolean; readonly raisedOn: string }, calendar: Calendar): { because: string | null; counted: LocalDate[] } {
  if (dueOn === null) return { because: null, counted: [] };
  if (!dueStated) return { because: '文件没有规定答复期限，这一天由经办人指定。', counted: [] };
  const from = localDate(raisedOn);
  const period = answerPeriod(pack, from);
  const due = period && answerDue(period, from, calendar);
  return due?.on === dueOn ? { because: due.because, counted: [...due.counted] } : { because: `自 ${raisedOn} 提出异议起算，按当时的放假安排为 ${dueOn}；期限确定后不缩短。`, counted: [] };
}
