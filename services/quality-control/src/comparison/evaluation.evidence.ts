import { decidedByPerson, decidedByRule, decidedByTable, type AssignedValueText, type ParticipationText } from '@zhijian/audit/rules';
import type { Tx } from '@zhijian/persistence';
import { counting, resultsOf, scoringRule, type AssignedValue, type Entrant, type EvaluatedEntrant, type NotAssigned, type ScoringRule } from '@zhijian/policy';
import type { Round } from './comparison.store.js';

type Assigned = Readonly<Record<string, AssignedValue | NotAssigned>>;

/** What results are held against: computed from them and from what was sealed, whose hash was certified at the opening. */
export function certifyAssigned(tx: Tx, { row, pack, scheme }: Round, entrants: readonly Entrant[], setAside: Readonly<Record<string, string>>): void {
  for (const { id, assigned, deviation } of counting(scheme, Object.keys(setAside))) {
    const text: AssignedValueText = { assigned, ...(deviation && { deviation }) };
    tx.certify(decidedByRule(pack, {
      kind: 'assigned-value', subject: `${row.id}/${id}`, form: 'assigned-value', name: `${row.scheme}/${id}`, text, clauses: scheme.clauses, context: { round: row.id, sealSha256: row.sealSha256, sealSalt: row.sealSalt },
      inputs: { results: resultsOf(entrants, id).sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1)), fixed: row.seal?.[id] ?? {} },
    }));
  }
  for (const [id, reason] of Object.entries(setAside)) {
    tx.certify(decidedByPerson(pack, { kind: 'exclusion', subject: `${row.id}/${id}`, inputs: { round: row.id, measurand: id, reason }, outcome: 'set-aside', clauses: scheme.clauses, reason }));
  }
}

export interface Decided { readonly round: Round; readonly rule: ScoringRule; readonly assigned: Assigned; readonly revision: number; readonly correctionId: string | null }

/** The scores of one laboratory, and the comprehensive result that comes of them. @returns the certificate of the result */
export function certifyOutcome(tx: Tx, { round: { row, pack, scheme }, rule, assigned, revision, correctionId }: Decided, it: EvaluatedEntrant, code: string): string {
  const of = { subject: `${row.id}/${it.id}`, about: [it.id], jurisdiction: row.jurisdiction };
  const context = { round: row.id, line: row.line, year: row.year, revision, code, state: it.state, correctionId };
  if (it.scored) {
    const against = Object.fromEntries(rule.measurands.map(({ id }) => [id, shortened(assigned[id])]));
    tx.certify(decidedByRule(pack, { ...of, kind: 'score', form: 'proficiency', name: row.scheme, text: rule, inputs: { results: it.results, assigned: against }, clauses: scheme.clauses, context }));
  }
  if (it.outcome.by === 'table') return tx.certify(decidedByTable(pack, scheme.decision, it.scored!.inputs, { ...of, kind: 'comparison', context })).id;
  return tx.certify(decidedByRule(pack, {
    ...of, kind: 'comparison', form: 'participation', name: row.scheme, text: participationText(scheme.without), inputs: { unrated: it.outcome.unrated }, clauses: it.outcome.clauses, context, reason: it.outcome.reason,
  })).id;
}

const shortened = (it: AssignedValue | NotAssigned | undefined) => (it?.value ? { value: it.value, sd: it.sd, uncertainty: it.uncertainty } : { value: null, sd: null, uncertainty: null });
const participationText = ({ absent, late, withdrawn, partial }: Round['scheme']['without']): ParticipationText => ({ absent: absent ?? null, late: late ?? null, withdrawn: withdrawn ?? null, partial: partial ?? null });

export const ruleOfRound = ({ scheme }: Round, setAside: Readonly<Record<string, string>>): ScoringRule => scoringRule(scheme, Object.keys(setAside));
