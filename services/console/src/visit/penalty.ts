import type { BodyInput, FieldError } from '@zhijian/web';
import { sanctionsOf, type SanctionRow } from './sanction.js';

type PenaltyBody = BodyInput<'recordPenalty'>;
type ChangedBody = BodyInput<'changePenalty'>;
type WithdrawalBody = BodyInput<'withdrawPenalty'>;
/** `influential` null: nobody has chosen yet; nothing is taken for granted. */
export interface PenaltyDraft { number: string; authority: string; basis: string; party: 'institution' | 'person'; influential: boolean | null; reason: string }
export interface WithdrawalDraft { ground: WithdrawalBody['ground'] | null; changedOn: string | null; document: string; reason: string }

const lacking = (of: readonly (readonly [boolean, string, string])[]): FieldError[] => of.flatMap(([is, path, message]) => (is ? [{ path, message }] : []));

/** What is missing, as the server would say it; otherwise the body to be sent. */
export function penaltyBody({ number, authority, basis, party, influential, reason }: PenaltyDraft): { wrong: FieldError[] } | { body: PenaltyBody } {
  const wrong = lacking([
    [!number.trim(), '/number', '请填写行政处罚决定书的文号'], [!authority.trim(), '/authority', '请填写作出决定的机关'], [!basis.trim(), '/basis', '请写明处罚依据的法律、法规、规章条款'],
    [influential === null, '/influential', '请选择是否具有一定社会影响'], [!reason.trim(), '/reason', '请写明认定的理由'],
  ]);
  return wrong.length || influential === null ? { wrong } : { body: { number, authority, basis, party, influential, reason } };
}

/** The decision that came by law in the place of one of `before`. */
export function changedBody(draft: PenaltyDraft, decidedOn: string | null, rows: readonly SanctionRow[], before: string, today: string): { wrong: FieldError[] } | { body: ChangedBody } {
  const paper = penaltyBody(draft);
  const { sanctions, wrong } = sanctionsOf(rows);
  const all = [...lacking([[decidedOn === null, '/decidedOn', '请填写变更后的决定日期'], [decidedOn !== null && (decidedOn < before || (today !== '' && decidedOn > today)), '/decidedOn', `须在 ${before} 与今天之间`]]), ...wrong, ...('wrong' in paper ? paper.wrong : [])];
  return all.length || decidedOn === null || 'wrong' in paper ? { wrong: all } : { body: { ...paper.body, decidedOn, sanctions } };
}

export function withdrawalBody({ ground, changedOn, document, reason }: WithdrawalDraft, decidedOn: string, today: string): { wrong: FieldError[] } | { body: WithdrawalBody } {
  const wrong = lacking([
    [ground === null, '/ground', '请选择撤回的原因'], [changedOn === null, '/changedOn', '请填写日期'], [changedOn !== null && (changedOn < decidedOn || (today !== '' && changedOn > today)), '/changedOn', `须在 ${decidedOn} 与今天之间`],
    [!document.trim(), '/document', '请填写变更、撤销或者确认的文书文号'], [!reason.trim(), '/reason', '请写明理由，理由将一并公开'],
  ]);
  return wrong.length || ground === null || changedOn === null ? { wrong } : { body: { ground, changedOn, document, reason } };
}
