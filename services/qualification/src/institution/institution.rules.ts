import { refuse, type Refused } from '@zhijian/contracts';
import { creditCode, creditCodeSentences, type CreditCode, type CreditCodeRefusal } from '@zhijian/policy';

export type InstitutionRefusal = CreditCodeRefusal
  | 'institution-known' | 'filing-in-future' | 'filing-older-than-present' | 'filing-not-open' | 'closure-before-filing' | 'closure-in-future' | 'observation-in-future';

export const institutionSentences = {
  ...creditCodeSentences,
  'institution-known': '该统一社会信用代码已登记（{name}），请勿重复登记',
  'filing-in-future': '备案（发证）日期 {filedOn} 晚于今日',
  'filing-older-than-present': '备案（发证）日期 {filedOn} 早于现行备案或资质的日期 {presentOn}',
  'filing-not-open': '该机构没有有效的备案或资质可以注销',
  'closure-before-filing': '注销日期 {closedOn} 早于备案（发证）日期 {filedOn}',
  'closure-in-future': '注销日期 {closedOn} 晚于今日',
  'observation-in-future': '核实日期 {observedOn} 晚于今日',
} satisfies Record<InstitutionRefusal, string>; // a new code without a sentence does not compile

/** What the register knows of a filing when it judges a change of it. */
export interface PresentFiling { readonly filedOn: string; readonly closedOn: string | null }

/** The credit code as typed → the code, or the refusal that names its field. GB 32100-2015. */
export function readCreditCode(text: string): { ok: true; code: CreditCode } | Refused<CreditCodeRefusal> {
  const read = creditCode.parse(text);
  return read.ok ? read : refuse(read.reason, [], {}, { errors: [{ path: '/creditCode', message: read.message }] });
}

/** May this filing become the present one? Days are LocalDates. */
export function acceptFiling(filing: { readonly filedOn: string }, present: PresentFiling | null, today: string): { ok: true } | Refused<InstitutionRefusal> {
  if (filing.filedOn > today) return refuse('filing-in-future', [], { filedOn: filing.filedOn });
  if (present && filing.filedOn < present.filedOn) return refuse('filing-older-than-present', [], { filedOn: filing.filedOn, presentOn: present.filedOn });
  return { ok: true };
}

/** May the present filing be closed on this day? */
export function acceptClosure(closedOn: string, present: PresentFiling | null, today: string): { ok: true } | Refused<InstitutionRefusal> {
  if (!present || present.closedOn) return refuse('filing-not-open', [], {}, { wrongState: true });
  if (closedOn < present.filedOn) return refuse('closure-before-filing', [], { closedOn, filedOn: present.filedOn });
  if (closedOn > today) return refuse('closure-in-future', [], { closedOn });
  return { ok: true };
}

export const acceptObservation = (observedOn: string, today: string): { ok: true } | Refused<InstitutionRefusal> =>
  observedOn > today ? refuse('observation-in-future', [], { observedOn }) : { ok: true };
