import type { AnswerOf, qualityControl as http } from '@zhijian/contracts/http';
import { decimalText, limitsOf, type AssignedValue, type ComparisonOutcome, type DecisionTable, type EvaluatedEntrant, type Measurand, type NotAssigned } from '@zhijian/policy';
import { dayOf, lastDay, needsUncertainty, toFix } from './comparison.rules.js';
import type { ParticipantRow, ResultRow, Round } from './comparison.store.js';
import type { Participation } from './round-counts.js';
import { standingOf } from './standing.rules.js';

export type RoundShown = AnswerOf<typeof http.getComparison>;
export type ParticipantShown = AnswerOf<typeof http.addComparisonParticipant>;
type Evaluation = AnswerOf<typeof http.getComparisonEvaluation>;
export type OutcomeShown = Evaluation['laboratories'][number]['outcome'];
export type AssignedShown = Evaluation['assigned'][number];

/** Whose eyes: an expert never sees identities beside codes, a laboratory always its own. */
export interface Eyes { readonly blind: boolean }

export const packNameOf = ({ row }: Pick<Round, 'row'>): string => `${row.pack}@${row.packVersion}`;
export const policyOf = ({ row }: Pick<Round, 'row'>, clauses: readonly string[]) => ({ pack: row.pack, version: row.packVersion, clauses: [...clauses] });
/** May identities and codes be seen side by side? */
export const uncovered = ({ row }: Pick<Round, 'row'>, { blind }: Eyes): boolean => !blind && (row.state === 'evaluated' || row.uncoveredAt !== null);
/** Has the last day ended? */
export const closed = ({ row }: Pick<Round, 'row'>, now: string): boolean => now.slice(0, 10) > lastDay(row);

export type State = ParticipantShown['state'];
export function stateOf(round: Round, row: Pick<ParticipantRow, 'excusedAt' | 'withdrawnAt' | 'submitted'>): State {
  if (row.excusedAt) return 'excused';
  if (row.withdrawnAt) return 'withdrawn';
  const { state } = standingOf(round.scheme.measurands, row.submitted ?? []);
  return state === 'absent' && round.row.state !== 'evaluated' ? 'expected' : state;
}

/** Limits as they are written: `2`, `3`, `1`. */
function limitTexts(it: Pick<Measurand, 'score' | 'limits'>): { satisfactory: string; unsatisfactory: string } {
  const { satisfactory, unsatisfactory } = limitsOf(it);
  return { satisfactory: decimalText(satisfactory), unsatisfactory: decimalText(unsatisfactory) };
}
const measurandShown = (it: Measurand): RoundShown['measurands'][number] => ({
  id: it.id, title: it.title, unit: it.unit, places: it.places, part: it.part ?? null, optional: it.optional, score: it.score, assignedBy: it.assigned.by, needsUncertainty: needsUncertainty(it), toFix: toFix(it), ...limitTexts(it),
});

export function roundShown(round: Round, counts: Participation, now: string, eyes: Eyes): RoundShown {
  const { row, scheme } = round;
  return {
    roundId: row.id, title: row.title, scheme: row.scheme, schemeTitle: scheme.title, line: row.line, year: row.year, jurisdiction: row.jurisdiction, state: row.state, submitBy: row.submitBy,
    parts: (scheme.parts ?? []).map(({ id, title }) => ({ id, title, submitBy: dayOf(row, id) })), closed: closed(round, now), measurands: scheme.measurands.map(measurandShown), grades: scheme.grades.map(({ id, passes }) => ({ id, passes })),
    counts,
    plannedAt: row.plannedAt, openedAt: row.openedAt, evaluatedAt: row.evaluatedAt, sealSha256: row.sealSha256, uncovered: uncovered(round, eyes), uncoveredAt: row.uncoveredAt, version: row.version,
    clauses: [...scheme.clauses], pack: packNameOf(round), calendar: null,
  };
}

/** @param own it is the laboratory itself that asks */
export const participantShown = (round: Round, it: ParticipantRow, eyes: Eyes, own = false): ParticipantShown => ({
  institutionId: it.institutionId, name: it.name, home: it.home, invented: it.invented, obliged: it.obliged, state: stateOf(round, it), because: it.because, sentOn: it.sentOn, receivedOn: it.receivedOn, intact: it.intact, receiptRemark: it.receiptRemark,
  code: own || uncovered(round, eyes) ? it.code : null, result: it.result, reason: it.reason, revision: it.revision,
});

const whyNot = { 'not-fixed': '没有事先确定', 'too-few': '结果过少，不能统计', 'no-convergence': '稳健统计没有收敛' } as const;

export function assignedShown({ scheme }: Pick<Round, 'scheme'>, assigned: Readonly<Record<string, AssignedValue | NotAssigned>>, setAside: Readonly<Record<string, string>>): AssignedShown[] {
  return scheme.measurands.map((it) => {
    const made = assigned[it.id];
    const none = !made || made.value === null;
    return {
      measurand: it.id, title: it.title, unit: it.unit, value: none ? null : made.value, sd: none ? null : made.sd, uncertainty: none ? null : made.uncertainty, participants: made?.participants ?? 0,
      why: made?.value === null ? whyNot[made.why] : null, setAside: setAside[it.id] ?? null, ...limitTexts(it),
    };
  });
}

type Scores = ResultRow['scores'];
const scoresShown = (results: EvaluatedEntrant['results'], scores: Scores): OutcomeShown['scores'] => Object.entries(results).map(([measurand, { value, uncertainty }]) => ({
  measurand, value, uncertainty: uncertainty ?? null, score: scores[measurand]?.score ?? null, verdict: scores[measurand]?.verdict ?? null, missing: scores[measurand]?.missing ?? null,
}));
const inputsShown = (table: DecisionTable | undefined, inputs: Readonly<Record<string, number | null>>): OutcomeShown['inputs'] =>
  Object.entries(inputs).map(([name, value]) => ({ name, label: table?.inputs.find(({ expression }) => expression === name)?.label ?? name, value }));

/** What would come of somebody now. */
export function draftShown({ pack, scheme }: Round, { results, scored, outcome }: EvaluatedEntrant): OutcomeShown {
  const { result, reason, unrated, clauses }: ComparisonOutcome = outcome;
  return {
    result, reason, unrated, revision: 0, because: 'draft', decidedAt: null, inputs: inputsShown(pack.decisions[scheme.decision], scored?.inputs ?? {}),
    scores: scoresShown(results, (scored?.scores ?? {})), certificateId: null, clauses: [...clauses],
  };
}
/** What was decided. */
export const decidedShown = ({ pack, scheme }: Round, it: ResultRow): OutcomeShown => ({
  result: it.result, reason: it.reason, unrated: it.unrated, revision: it.revision, because: it.because, decidedAt: it.decidedAt, inputs: inputsShown(pack.decisions[scheme.decision], it.inputs),
  scores: scoresShown(it.results, it.scores), certificateId: it.certificateId, clauses: it.clauses,
});
