import { decidedByPerson, decidedByRule, decidedByTable } from '@zhijian/audit/rules';
import type { Tx } from '@zhijian/persistence';
import { listingTableOf, type Form, type Pack } from '@zhijian/policy';
import { dutySubject } from '../evidence/due-date.evidence.js';
import type { TargetQueries } from '../target/target.queries.js';
import { listingInputs, merged, type Subject } from './form.rules.js';

export interface Sent { campaignId: string; unit: string; form: Form; formVersionId: string; version: number; sha256: string; receiver: string; supplement: boolean; clauses: readonly string[]; calendar: string }

/** That a form was sent up as it stood, and whom it lists: bodies about which the table is asked the same share a certificate. */
export function certifyForm(tx: Tx, pack: Pack, { campaignId, unit, form, formVersionId, version, sha256, receiver, supplement, clauses, calendar }: Sent, subjects: readonly Subject[]): void {
  const context = { campaign: campaignId, unit, form: form.id, version };
  tx.certify(decidedByPerson(pack, { kind: 'form', subject: formVersionId, about: [`${campaignId}/${unit}/${form.id}`], context, inputs: { receiver, supplement }, outcome: { sha256 }, clauses, calendar }));
  const listingTable = listingTableOf(pack, form);
  if (listingTable === null) return;
  const asked = merged(subjects).map((subject) => ({ key: subject.key, inputs: listingInputs(subject) }));
  for (const alike of Map.groupBy(asked, ({ inputs }) => JSON.stringify(inputs)).values()) {
    tx.certify(decidedByTable(pack, listingTable, alike[0]!.inputs, { kind: 'listing', subject: formVersionId, about: alike.map(({ key }) => key), context }));
  }
}

type Targets = Awaited<ReturnType<TargetQueries['list']>>;

/** What each target had come to when a summary was sent: later counts do not change it. */
export function certifyTargets(tx: Tx, pack: Pack, { campaignId, unit }: { campaignId: string; unit: string }, formVersionId: string, { items, asOf }: Targets): void {
  for (const { target, op, percent, from, to, total, kinds, clauses } of items) {
    for (const { kind, numerator, denominator, sources } of [...(total ? [total] : []), ...kinds]) {
      tx.certify(decidedByRule(pack, {
        kind: 'target', subject: dutySubject(campaignId, unit, target), about: [formVersionId], context: { campaign: campaignId, unit, target, kind, from, to, asOf, sources: sources.map(({ measure, count, asOf: on, source }) => ({ measure, count, asOf: on, source })) },
        form: 'target', name: target, text: { op, percent }, inputs: { numerator, denominator }, clauses,
      }));
    }
  }
}
