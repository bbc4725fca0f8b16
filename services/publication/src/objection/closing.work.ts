import { decidedByPerson } from '@zhijian/audit/rules';
import { objectionAnswered } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { ofNotice, policyOf, type NoticeRow } from '../notice/notice.store.js';
import type { Source } from './objection.rules.js';

interface Closing { notice: NoticeRow; pack: Pack; outcome: 'kept' | 'to-be-changed' | 'withdrawn'; words: string; source: Source | null; account: string }

/** Closes an objection with its words; one that is to be changed stays unsettled until quality control says what the result is now. */
export async function closed(tx: Tx, row: { id: string; state: string; institutionId: string; jurisdiction: string }, { notice, pack, outcome, words, source, account }: Closing): Promise<{ objectionId: string }> {
  await tx.execute(`update objection set state = 'answered', outcome = $2, answered_at = $3, answered_by = $4, settled_at = $5, version = version + 1 where id = $1 and settled_at is null`, [row.id, outcome, tx.now, account, outcome === 'to-be-changed' ? null : tx.now]);
  tx.write(`insert into objection_word (objection_id, what, words, source, said_at, said_by) values ($1, $6, $2, $3, $4, $5)`, [row.id, words, source && JSON.stringify(source), tx.now, account, row.state === 'open' ? 'answered' : 'kept-after-all']);
  const policy = policyOf(notice);
  tx.certify(decidedByPerson(pack, { kind: 'objection', subject: row.id, about: [row.institutionId], jurisdiction: row.jurisdiction, clauses: policy.clauses, inputs: { reasons: words }, outcome, context: { notice: notice.id, run: notice.runId } }));
  tx.fact(objectionAnswered, row.institutionId, { objectionId: row.id, ...ofNotice(notice), institutionId: row.institutionId, outcome, policy }, row.jurisdiction);
  tx.note('objection answered', row.id, policy, { outcome, notice: notice.id }, row.jurisdiction);
  return { objectionId: row.id };
}
