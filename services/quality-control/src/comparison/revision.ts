import { decidedByPerson } from '@zhijian/audit/rules';
import { refuse, type Refused } from '@zhijian/contracts';
import { comparisonDecided } from '@zhijian/contracts/facts';
import type { ComparisonChange } from '@zhijian/contracts/http';
import type { Tx } from '@zhijian/persistence';
import { evaluateEntrant, roundCounts, type ComparisonOutcome, type EvaluatedEntrant } from '@zhijian/policy';
import type { PackShelf } from '@zhijian/service-kit';
import { resultFaults, type ComparisonRefusal } from './comparison.rules.js';
import { policyOf } from './comparison.shown.js';
import { participantOf, resultsOfBody, resultsOfRound, roundOf, type ResultRow, type Round, type Sql } from './comparison.store.js';
import { ruleOfRound } from './evaluation.evidence.js';
import { figuresOf, keepOutcomes } from './evaluation.service.js';
import { roundsThatCount } from './outcome.store.js';

type Refusal = Refused<ComparisonRefusal>;
export interface ChangeWanted { readonly roundId: string; readonly institutionId: string; readonly change: ComparisonChange }
/** What a change would come to: the result that stands and the one it would become. */
export interface RevisionPreview { readonly ok: true; readonly line: string; readonly year: number; readonly before: Pick<ResultRow, 'result' | 'reason' | 'revision'>; readonly after: { readonly result: string | null; readonly reason: string | null } }
export interface Revised { readonly ok: true; readonly revision: number; readonly result: string | null; readonly reason: string | null; readonly certificateId: string }

/** A result as it is to be from now on for a place that colours, of whoever it is known by in a correction of colours. `result`: a grade of the round's scheme. */
export interface ResultChange { readonly place: string; readonly institutionId: string; readonly line: string; readonly year: number; readonly result: string }
/** What the correction was, and who drafted it beside whoever decides it now. */
export interface Corrected { readonly correctionId: string; readonly reason: string; readonly draftedBy: string }

/**
 * Could the result that counts for a place be changed so? Nothing is written. Refused: nothing evaluated, a grade the scheme does
 * not know (基本合格), no change. Of several rounds that say it together the first that would change is shown.
 */
export async function standingResult(sql: Sql, packs: PackShelf, today: string, change: ResultChange): Promise<RevisionPreview | Refusal> {
  return first(await inEveryRound(sql, today, change, (roundId) => previewChange(sql, packs, { roundId, institutionId: change.institutionId, change: { grade: change.result } })));
}

/** Writes a change that two persons have decided as the next revision of the result in every round that counts, inside their transaction: row, certificate, fact `comparison-decided`. */
export async function reviseResult(tx: Tx, packs: PackShelf, change: ResultChange, why: Corrected): Promise<Revised | Refusal> {
  return first(await inEveryRound(tx, tx.now.slice(0, 10), change, (roundId) => reviseComparison(tx, packs, { roundId, institutionId: change.institutionId, change: { grade: change.result } }, why)));
}

const noResult = (): Refusal => refuse('comparison-no-result', [], {}, { wrongState: true });

async function inEveryRound<T extends { ok: true }>(sql: Sql, today: string, { place, institutionId, line, year }: ResultChange, work: (roundId: string) => Promise<T | Refusal>): Promise<(T | Refusal)[]> {
  const made: (T | Refusal)[] = [];
  for (const roundId of await roundsThatCount(sql, { place, year, today, of: { institutionId, line } })) made.push(await work(roundId));
  return made;
}

/** A round that already says so stands; any other refusal is everybody's, and all of them together are refused as one. */
function first<T extends { ok: true }>(made: readonly (T | Refusal)[]): T | Refusal {
  const no = made.filter((one): one is Refusal => !one.ok);
  return no.find(({ code }) => code !== 'comparison-nothing-changes') ?? made.find((one): one is T => one.ok) ?? no[0] ?? noResult();
}

/** What a change would come to; nothing is written. */
export async function previewChange(sql: Sql, packs: PackShelf, wanted: ChangeWanted): Promise<RevisionPreview | Refusal> {
  const found = await changed(sql, packs, wanted);
  if ('ok' in found) return found;
  const { round: { row }, before, outcome } = found;
  return { ok: true, line: row.line, year: row.year, before: { result: before.result, reason: before.reason, revision: before.revision }, after: { result: outcome.result, reason: outcome.reason } };
}

/**
 * Writes the next revision in the transaction given, certifies it and states `comparison-decided`. The values everybody was
 * held against stand; only this laboratory is judged anew, or persons state its grade. That they are two is the caller's.
 */
export async function reviseComparison(tx: Tx, packs: PackShelf, wanted: ChangeWanted, why: Corrected): Promise<Revised | Refusal> {
  const found = await changed(tx, packs, wanted);
  if ('ok' in found) return found;
  const { round, before, entrant, outcome } = found;
  const { correctionId } = why;
  const revision = before.revision + 1;
  const body = (await participantOf(tx, wanted.roundId, wanted.institutionId))!;
  const decided = { round, rule: ruleOfRound(round, round.row.setAside), assigned: round.row.assigned ?? {}, revision, correctionId };
  tx.withhold([why.reason]);
  const certificateId = entrant ? (await keepOutcomes(tx, decided, [entrant], [body])).get(entrant.id)! : await stated(tx, round, before, { home: body.home, outcome, revision, why });
  const standing = await resultsOfRound(tx, wanted.roundId);
  await tx.execute('update comparison_round set counts = $2, figures = $3, version = version + 1 where id = $1', [wanted.roundId, JSON.stringify(roundCounts(round.scheme, standing)), JSON.stringify(figuresOf(standing))]);
  tx.note('comparison corrected', wanted.roundId, policyOf(round, outcome.clauses), { institutionId: wanted.institutionId, revision, correctionId }, round.row.jurisdiction);
  return { ok: true, revision, result: outcome.result, reason: outcome.reason, certificateId };
}

async function changed(sql: Sql, packs: PackShelf, { roundId, institutionId, change }: ChangeWanted): Promise<Changed | Refusal> {
  const round = await roundOf(sql, packs, roundId);
  const [before] = await resultsOfBody(sql, roundId, institutionId);
  if (!before) return noResult();
  if ('grade' in change) return restated(round, before, change.grade);
  const errors = resultFaults(round.scheme, change.results, (at, field) => `/change/results/${at}/${field}`);
  if (errors.length) return refuse('comparison-results-refused', [], { count: errors.length }, { errors });
  const results = { ...before.results, ...Object.fromEntries(change.results.map(({ measurand, value, uncertainty }) => [measurand, { value, uncertainty: uncertainty ?? null }])) };
  const entrant = evaluateEntrant(round.pack, round.scheme, { id: institutionId, state: 'reported', results }, round.row.assigned ?? {}, Object.keys(round.row.setAside));
  const same = entrant.outcome.result === before.result && change.results.every(({ measurand, value, uncertainty }) => before.results[measurand]?.value === value && (before.results[measurand].uncertainty ?? null) === (uncertainty ?? null));
  return same ? refuse('comparison-nothing-changes', [], {}, { wrongState: true }) : { round, before, entrant, outcome: entrant.outcome };
}

interface Changed { readonly round: Round; readonly before: ResultRow; readonly entrant: EvaluatedEntrant | null; readonly outcome: Pick<ComparisonOutcome, 'result' | 'reason' | 'clauses'> }

function restated(round: Round, before: ResultRow, grade: string | null): Changed | Refusal {
  if (grade !== null && round.scheme.grades.every(({ id }) => id !== grade)) return refuse('comparison-grade-unknown', [...round.scheme.clauses], { grade }, { errors: [{ path: '/change/grade', message: `方案的等级为${round.scheme.grades.map(({ id }) => id).join('、')}` }] });
  if (grade === before.result) return refuse('comparison-nothing-changes', [], {}, { wrongState: true });
  return { round, before, entrant: null, outcome: { result: grade, reason: grade === null ? '待核实：经更正，不作综合评定' : '经更正确定', clauses: round.scheme.clauses } };
}

interface Statement { home: string; outcome: Changed['outcome']; revision: number; why: Corrected }

/** A grade that persons state, without new scores: theirs are its reasons. */
async function stated(tx: Tx, round: Round, before: ResultRow, { home, outcome, revision, why: { correctionId, reason, draftedBy } }: Statement): Promise<string> {
  const { row } = round;
  const { institutionId } = before;
  const { id } = tx.certify(decidedByPerson(round.pack, {
    kind: 'comparison', subject: `${row.id}/${institutionId}`, about: [institutionId], inputs: { before: before.result, reason, draftedBy }, jurisdiction: row.jurisdiction, outcome: outcome.result, clauses: outcome.clauses, reason: outcome.reason,
    context: { round: row.id, line: row.line, year: row.year, revision, code: before.code, state: before.state, correctionId },
  }));
  tx.fact(comparisonDecided, institutionId, { roundId: row.id, institutionId, line: row.line, year: row.year, result: outcome.result, reason: outcome.reason, revision, policy: policyOf(round, outcome.clauses) }, row.jurisdiction);
  await tx.execute(
    `insert into comparison_result (round_id, institution_id, revision, jurisdiction, home, line, year, code, state, results, scores, inputs, result, reason, unrated, clauses, because, correction_id, certificate_id, decided_at, decided_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'correction', $17, $18, $19, $20)`,
    [row.id, institutionId, revision, row.jurisdiction, home, row.line, row.year, before.code, before.state, JSON.stringify(before.results), JSON.stringify(before.scores), JSON.stringify(before.inputs), outcome.result, outcome.reason, before.unrated, [...outcome.clauses], correctionId, id, tx.now, tx.by.actor]);
  return id;
}
