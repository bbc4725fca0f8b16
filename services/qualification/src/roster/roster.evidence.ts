import { decidedByRule, decidedByTable, type Of } from '@zhijian/audit/rules';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { filedOn, inScope, memberOf, scopeTable, type Candidate } from './roster.rules.js';

interface Listed { rosterId: string; campaignId: string; unit: string }

/** Why each body of a list is in it, idle, or still to be looked at: the verdict rests on two answers of the register, so each pair of them is certified once, with the bodies it is about. */
export function certifyVerdicts(tx: Tx, pack: Pack, { rosterId, campaignId, unit }: Listed, candidates: readonly Candidate[], day: string, reason: string | null = null): void {
  const groups = Map.groupBy(candidates.filter((candidate) => inScope(pack, candidate)), (candidate) => `${filedOn(candidate, day)} ${candidate.operating}`);
  for (const group of groups.values()) {
    const [first] = group as [Candidate];
    const filed = filedOn(first, day);
    const { state, clauses } = memberOf(pack, first, day);
    const what: Of = {
      kind: state === 'idle' ? 'exclusion' : 'inclusion', subject: rosterId, about: group.map(({ institutionId }) => institutionId), jurisdiction: unit, context: { campaign: campaignId, unit, on: day, state, reason },
    };
    const inputs = { filed, operating: filed ? first.operating : (first.operating ?? false) };
    const scope = pack.campaign?.scope;
    if (Object.hasOwn(pack.decisions, scopeTable)) tx.certify(decidedByTable(pack, scopeTable, inputs, what));
    else if (scope) tx.certify(decidedByRule(pack, { ...what, form: 'scope', name: 'scope', text: { filed: scope.filed, operating: scope.operating, kinds: scope.kinds }, inputs: { filed, operating: first.operating }, clauses }));
  }
}
