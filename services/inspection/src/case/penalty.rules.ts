import { stateAllows } from '@zhijian/access';
import { localDate, type Calendar, type Due } from '@zhijian/calendar';
import { isRefused, refuse, type PenaltyEnd, type Refused } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { boundsOf, endOfPeriod, publishedPenalty, type Cited, type LawBehind, type Pack, type Period, type PublishedPenalty, type Punished } from '@zhijian/policy';
import type { EarlierDecision, Sanction } from './case.entity.js';

export type PenaltyRefusal = 'penalty-undecided' | 'penalty-none' | 'penalty-published' | 'penalty-law' | 'penalty-party' | 'penalty-names-person' | 'penalty-not-published' | 'penalty-withdrawn' | 'penalty-change-date' | 'penalty-not-changed' | 'penalty-changed-date' | 'penalty-same-number';
export const penaltySentences = {
  'penalty-undecided': '案件尚未登记处理结果',
  'penalty-none': '不予行政处罚的，没有行政处罚决定可以公开',
  'penalty-published': '处罚决定已经公开，只能依法撤回',
  'penalty-law': '作出决定时没有要求公开行政处罚决定的法律规定，不能公开',
  'penalty-party': '当事人的情况不清楚，不能公开',
  'penalty-names-person': '公开的内容中不能写个人姓名',
  'penalty-not-published': '处罚决定没有公开，不需要撤回',
  'penalty-withdrawn': '公开的处罚决定已经撤回',
  'penalty-change-date': '变更、撤销或者确认的日期须在决定日期 {decidedOn} 与今天之间',
  'penalty-not-changed': '公开的处罚决定没有因变更而撤回，不能登记变更后的决定',
  'penalty-changed-date': '变更后的决定日期须在原决定日期 {decidedOn} 与今天之间',
  'penalty-same-number': '变更后的决定须有新的文号',
} satisfies Record<PenaltyRefusal, string>;

/** The penalty as it is recorded beside its case. `published`: what left the room; null where nothing did. */
export interface Penalty { number: string; authority: string; basis: string; party: 'institution' | 'person'; influential: boolean; reason: string; recordedOn: string; published: PublishedPenalty<Sanction> | null }
export interface PenaltyWithdrawal { ground: PenaltyEnd; changedOn: string; document: string; reason: string; withdrawnOn: string; withdrawBy: string; firm: boolean; late: boolean | null; clauses: string[]; pack: string; calendar: string }

/** What is known of a case when its penalty is recorded. `body`: whom the register knows; `stranger`: who is in none. */
export interface Decided {
  readonly state: string; readonly decidedOn: string | null; readonly sanctions: readonly Sanction[]; readonly reason: string; readonly subjectName: string; readonly penalty: Penalty | null; readonly penaltyWithdrawal: PenaltyWithdrawal | null; readonly earlierDecisions: readonly EarlierDecision[];
  readonly body: { readonly name: string; readonly creditCode: string } | null; readonly stranger: { readonly creditCode: string | null } | null; readonly officers: readonly string[]; readonly law: PenaltyLaw | null;
}
export type Said = Pick<Penalty, 'number' | 'authority' | 'basis' | 'party' | 'influential' | 'reason'>;
export interface Changed extends Said { readonly decidedOn: string; readonly sanctions: readonly Sanction[] }

/** The law by which penalties are published, and how long taking one back may last. */
export interface PenaltyLaw { readonly name: string; readonly withdrawal: Cited<Period>; readonly id: string }

const period = 'penalty-withdrawal';
/** The law behind a pack that holds on a day; null where none does: a decision of before is published by no clause. */
export function penaltyLawOn(pack: Pick<Pack, 'laws'>, on: string): PenaltyLaw | null {
  const found = boundsOf(pack, 'periods').find(({ bound, from, to }) => bound.names.includes(period) && (from ?? '') <= on && on <= (to ?? '9999'));
  const behind = found && pack.laws?.find(({ law }: LawBehind) => law.periods[found.id] === found.bound);
  if (!found?.bound.atMost || !behind) return null;
  const { bound: { title, atMost, clauses }, id } = found;
  return { name: behind.name, id, withdrawal: { value: { title, event: 'decided', after: { event: 'decided', ...atMost }, setBy: null, atLeast: false, inclusive: true, roll: 'none', startStated: true, wording: null, reading: null } as Period, clauses } };
}

/** The last day on which what was published may stand: the day of the change is not counted. */
export const withdrawalDue = ({ withdrawal }: PenaltyLaw, changedOn: string, calendar: Calendar): Due => endOfPeriod(withdrawal.value, localDate(changedOn), calendar)!;

const field = (path: string, message: string) => ({ errors: [{ path, message }] });

/** Fields in which the name of a person of the case stands; one character is no name, nor is an account or the number of a certificate. */
export function namesIn(fields: Readonly<Record<string, string>>, names: readonly string[]): Refused<PenaltyRefusal> | null {
  const errors = Object.entries(fields).flatMap(([name, text]) => (names.some((one) => /^[\p{Script=Han}·]{2,}$/u.test(one) && text.includes(one)) ? [{ path: `/${name}`, message: '写有本案人员的姓名，请改为不含姓名的写法' }] : []));
  return errors.length ? refuse('penalty-names-person', [], {}, { errors }) : null;
}

/** Who was punished; a refusal where the record of the check does not say it. */
function punished({ party }: Said, { body, stranger, subjectName }: Decided): Punished | Refused<PenaltyRefusal> {
  if (body) return party === 'institution' ? { kind: 'institution', ...body } : refuse('penalty-party', [], {}, field('/party', '本案当事人是名录中的机构'));
  if (party === 'person') return { kind: 'person', name: subjectName };
  return stranger?.creditCode ? { kind: 'institution', name: subjectName, creditCode: stranger.creditCode } : refuse('penalty-party', [], {}, field('/party', '检查记录中没有该单位的统一社会信用代码，不能作为单位公开'));
}

/**
 * May this be recorded of a penalty, and what of it is published? Only a decision that somebody found to be of social impact,
 * made while the law asked for it: whatever is left open stays in the room.
 */
export function penaltyOf(said: Said, decided: Decided, today: string, route: typeof inspection.recordPenalty | typeof inspection.changePenalty = inspection.recordPenalty): Penalty | Refused<PenaltyRefusal> {
  const { state, decidedOn, sanctions, reason: facts, penalty: before, penaltyWithdrawal, earlierDecisions, law, officers, subjectName } = decided;
  if (!stateAllows(route, { case: state }) || !decidedOn) return refuse('penalty-undecided', [], {}, { wrongState: true });
  if (penaltyWithdrawal) return refuse('penalty-withdrawn', [], {}, { wrongState: true });
  if (before?.influential) return refuse('penalty-published', [], {}, { wrongState: true });
  if (sanctions.some(({ kind }) => kind === 'none')) return refuse('penalty-none');
  const { number, authority, basis, influential, party } = said;
  if (earlierDecisions.some((one) => one.penalty.number === number)) return refuse('penalty-same-number', [], {}, field('/number', '这是原决定的文号'));
  const named = namesIn({ number, authority, basis }, [...officers, ...(party === 'person' ? [subjectName] : [])]);
  if (named) return named;
  const kept = { number, authority, basis, party, influential, reason: said.reason, recordedOn: today };
  if (!influential) return { ...kept, published: null };
  if (!law) return refuse('penalty-law', [], {}, field('/influential', `${decidedOn} 没有要求公开的法律规定`));
  const whom = punished(said, decided);
  if (isRefused(whom)) return whom;
  return { ...kept, published: publishedPenalty({ number, party: whom, facts, basis, sanctions, authority, decidedOn, influential }) };
}

/**
 * A published decision was changed by law and taken back: what came in its place is a decision of its own, with its own number,
 * published by the same rules. @param law the one that holds on its day
 */
export function changedPenaltyOf({ decidedOn, sanctions, ...said }: Changed, decided: Decided, law: PenaltyLaw | null, today: string): Penalty | Refused<PenaltyRefusal> {
  const { penalty, penaltyWithdrawal, sanctions: before, decidedOn: from } = decided;
  if (!penalty || !from || penaltyWithdrawal?.ground !== 'changed') return refuse('penalty-not-changed', [], {}, { wrongState: true });
  if (decidedOn < from || decidedOn > today) return refuse('penalty-changed-date', [], { decidedOn: from }, field('/decidedOn', `须在 ${from} 与今天之间`));
  const earlierDecisions = [...decided.earlierDecisions, { decidedOn: from, sanctions: [...before], penalty, penaltyWithdrawal }];
  return penaltyOf(said, { ...decided, decidedOn, sanctions, law, penalty: null, penaltyWithdrawal: null, earlierDecisions }, today, inspection.changePenalty);
}

/** Each decision that was changed has been let out and taken back before this one. */
export const revisionsOf = ({ earlierDecisions }: Pick<Decided, 'earlierDecisions'>): { disclosed: number; withdrawn: number } => ({ disclosed: earlierDecisions.length * 2 + 1, withdrawn: earlierDecisions.length * 2 + 2 });

/** Why a penalty cannot be taken back; null where it can. */
export function withdrawalRefused({ changedOn, document, reason }: { changedOn: string; document: string; reason: string }, { penalty, penaltyWithdrawal, decidedOn, officers, subjectName }: Omit<Decided, 'law'>, today: string): Refused<PenaltyRefusal> | null {
  if (penaltyWithdrawal) return refuse('penalty-withdrawn', [], {}, { wrongState: true });
  if (!penalty?.published) return refuse('penalty-not-published', [], {}, { wrongState: true });
  if (changedOn < decidedOn! || changedOn > today) return refuse('penalty-change-date', [], { decidedOn }, field('/changedOn', `须在 ${decidedOn} 与今天之间`));
  return namesIn({ document, reason }, [...officers, ...(penalty.party === 'person' ? [subjectName] : [])]);
}
