import { byId, decidedByRule, latenessText } from '@zhijian/audit/rules';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { dutySubject } from './due-date.evidence.js';

/** An obligation with its day, and when it was done; null: not yet. */
export interface Settled { id: string; unit: string; duty: string; dueOn: string | null; firm: boolean; clauses: readonly string[]; at: string | Date | null }

const instant = (at: string | Date | null): string | null => (at instanceof Date ? at.toISOString() : at);

/** In time, late or overdue: one certificate for all obligations of a duty and unit that have the same day. */
export function certifyTimeliness(tx: Tx, pack: Pack, campaignId: string, rows: readonly Settled[], { asOf = tx.now, corrects, about = [] }: { asOf?: string; corrects?: readonly string[]; about?: readonly string[] } = {}): void {
  for (const alike of Map.groupBy(rows, ({ unit, duty, dueOn, firm }) => `${unit} ${duty} ${dueOn} ${firm}`).values()) {
    const { unit, duty, dueOn, firm, clauses } = alike[0]!;
    tx.certify(decidedByRule(pack, {
      kind: 'lateness', subject: dutySubject(campaignId, unit, duty), about: [...alike.map(({ id }) => id), ...about], ...(unit === wholeCampaign ? {} : { jurisdiction: unit }), context: { campaign: campaignId, unit, duty },
      form: 'lateness', name: 'lateness', text: latenessText, clauses, reason: dueOn === null ? '没有确定的期限' : firm ? null : '期限暂定，不据此认定逾期',
      inputs: { dueOn, firm, done: byId(alike.map(({ id, at }) => [id, instant(at)])), asOf, ...(corrects && { corrects }) },
    }));
  }
}
