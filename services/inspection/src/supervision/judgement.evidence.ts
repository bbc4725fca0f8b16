import { decidedByTable, type Of } from '@zhijian/audit/rules';
import type { Tx } from '@zhijian/persistence';
import { decide, type Pack } from '@zhijian/policy';
import { circumstanceInputs, supervisionInputs, type Judgement, type Offence, type Quality } from './judgement.rules.js';

/** Why a report puts its body under key supervision, or does not, or leaves it open. `reasons` are the officer's own. */
export function certifySupervision(tx: Tx, pack: Pack, given: { late: boolean | null; quality: Quality; reason: string }, what: Omit<Of, 'kind'>): void {
  if (!Object.hasOwn(pack.decisions, 'key-supervision')) return;
  tx.certify(decidedByTable(pack, 'key-supervision', supervisionInputs(given.late, given.quality), { ...what, kind: 'supervision', context: { ...what.context, stated: given.reason } }));
}

/** Leniency, strictness, and what a case makes of both: three tables, each certified with what it was asked. */
export function certifyCircumstance(tx: Tx, pack: Pack, offences: readonly Offence[], judged: readonly Judgement[], what: Omit<Of, 'kind'>): void {
  if (!Object.hasOwn(pack.decisions, 'case-circumstance') || offences.length === 0) return;
  const asked = circumstanceInputs(offences, judged);
  tx.certify(decidedByTable(pack, 'leniency', asked.leniency, { ...what, kind: 'leniency' }));
  tx.certify(decidedByTable(pack, 'strict-circumstance', asked['strict-circumstance'], { ...what, kind: 'strictness' }));
  const inputs = { leniency: decide(pack, 'leniency', asked.leniency).value, strictness: decide(pack, 'strict-circumstance', asked['strict-circumstance']).value };
  tx.certify(decidedByTable(pack, 'case-circumstance', inputs, { ...what, kind: 'circumstance' }));
}
