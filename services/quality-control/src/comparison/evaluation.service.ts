import { Injectable } from '@nestjs/common';
import { stateAllows, type Principal } from '@zhijian/access';
import { refuse, type Refused } from '@zhijian/contracts';
import { comparisonDecided, comparisonMissed } from '@zhijian/contracts/facts';
import { qualityControl as http, type AnswerOf, type BodyOf } from '@zhijian/contracts/http';
import type { Caller, Tx } from '@zhijian/persistence';
import { evaluateRound, roundCounts, type EvaluatedEntrant, type RoundCounts, type RoundEvaluation } from '@zhijian/policy';
import { Clock, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { lastDay, setAsideFaults, wrongState, type ComparisonRefusal } from './comparison.rules.js';
import { assignedShown, closed, decidedShown, draftShown, packNameOf, policyOf, roundShown, stateOf, uncovered, type Eyes, type RoundShown } from './comparison.shown.js';
import { entrantsOf, participantsOf, resultsOfRound, roundOf, type Figures, type ParticipantRow, type ResultRow, type Round } from './comparison.store.js';
import { certifyAssigned, certifyOutcome, ruleOfRound, type Decided } from './evaluation.evidence.js';
import { participationOf } from './round-counts.js';
import { Rounds } from './rounds.js';
import { spreadOf } from './spread.js';

type Refusal = Refused<ComparisonRefusal>;
export type EvaluationShown = AnswerOf<typeof http.getComparisonEvaluation>;

/** A round's evaluation: a draft by code once the last day has ended, then fixed once and for all; what changes later is a correction. */
@Injectable()
export class ComparisonEvaluations {
  constructor(private readonly rounds: Rounds, private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock) {}

  /** The draft is for the QC centre and its experts; what is fixed for everybody who sees the round. */
  async show(roundId: string, principal: Principal): Promise<EvaluationShown | Refusal> {
    const round = await roundOf(this.dataSource, this.packs, roundId);
    const eyes: Eyes = { blind: principal.role === 'expert' };
    if (round.row.state === 'evaluated') return fixedShown(round, await participantsOf(this.dataSource, roundId), await resultsOfRound(this.dataSource, roundId), eyes);
    if (round.row.state === 'planned' || !['quality-centre', 'expert', 'auditor'].includes(principal.role)) return wrongState(round.row.state, '查看评定');
    if (!closed(round, this.clock.now())) return notClosed(round);
    const rows = await participantsOf(this.dataSource, roundId);
    return drafted(round, rows, evaluateRound(round.pack, round.scheme, entrantsOf(round.scheme, rows), round.row.seal ?? {}), this.clock.now(), eyes);
  }

  /** Fixes assigned values, scores and results; whoever was obliged and has no evaluated result is a finding, not a gap. */
  fix(roundId: string, { setAside: given }: BodyOf<typeof http.fixComparison>, principal: Principal, by: Caller): Promise<RoundShown | Refusal> {
    return this.rounds.organise(roundId, principal, by, async (tx, round) => {
      const { row, scheme } = round;
      if (!stateAllows(http.fixComparison, { comparison: row.state })) return wrongState(row.state, '评定');
      if (!closed(round, tx.now)) return notClosed(round);
      const errors = setAsideFaults(scheme, given);
      if (errors.length) return refuse('comparison-set-aside', [], {}, { errors });
      const setAside = Object.fromEntries(given.map(({ measurand, reason }) => [measurand, reason]));
      const rows = await participantsOf(tx, roundId);
      const entrants = entrantsOf(scheme, rows);
      const evaluation = evaluateRound(round.pack, scheme, entrants, row.seal ?? {}, Object.keys(setAside));
      certifyAssigned(tx, round, entrants, setAside);
      await keepOutcomes(tx, { round, rule: ruleOfRound(round, setAside), assigned: evaluation.assigned, revision: 1, correctionId: null }, evaluation.entrants, rows);
      const counts = roundCounts(scheme, evaluation.entrants.map(({ state, outcome: { result } }) => ({ state, result })));
      await tx.execute(`update comparison_round set state = 'evaluated', assigned = $2, set_aside = $3, figures = $4, counts = $5, evaluated_at = $6, evaluated_by = $7, version = version + 1 where id = $1`,
        [roundId, JSON.stringify(evaluation.assigned), JSON.stringify(setAside), JSON.stringify(figuresOf(evaluation.entrants)), JSON.stringify(counts), tx.now, by.actor]);
      tx.note('comparison evaluated', roundId, policyOf(round, scheme.clauses), { evaluated: counts.evaluated, undetermined: counts.undetermined, grades: Object.fromEntries(counts.grades.map(({ grade, count }) => [grade, count])) });
      const evaluated = await roundOf(tx, this.packs, roundId);
      return roundShown(evaluated, (await participationOf(tx, [evaluated]))(evaluated), tx.now, { blind: false });
    });
  }
}

const notClosed = ({ row }: Round): Refusal => refuse('comparison-not-closed', [], { on: lastDay(row) }, { wrongState: true });

/** Writes results of one revision with their certificates and facts. @returns the certificates of the results, by body */
export async function keepOutcomes(tx: Tx, decided: Decided, entrants: readonly EvaluatedEntrant[], rows: readonly Pick<ParticipantRow, 'institutionId' | 'home' | 'code' | 'obliged'>[]): Promise<ReadonlyMap<string, string>> {
  const { round: { row }, revision, correctionId } = decided;
  const about = new Map(rows.map((it) => [it.institutionId, it]));
  const certificates = new Map<string, string>();
  const written = entrants.map((it) => {
    const { home, code, obliged } = about.get(it.id)!;
    const certificateId = certifyOutcome(tx, decided, it, code ?? '');
    certificates.set(it.id, certificateId);
    const { result, reason, unrated, by, clauses } = it.outcome;
    const of = { roundId: row.id, institutionId: it.id, line: row.line, year: row.year };
    const policy = policyOf(decided.round, clauses);
    tx.fact(comparisonDecided, it.id, { ...of, result, reason, revision, policy }, row.jurisdiction);
    if (obliged && unrated && by === 'without' && correctionId === null) tx.fact(comparisonMissed, it.id, { ...of, because: unrated, policy }, row.jurisdiction);
    return { institutionId: it.id, home, code: code ?? '', state: it.state, results: it.results, scores: it.scored?.scores ?? {}, inputs: it.scored?.inputs ?? {}, result, reason, unrated, clauses, certificateId };
  });
  await tx.execute(
    `insert into comparison_result (round_id, institution_id, revision, jurisdiction, home, line, year, code, state, results, scores, inputs, result, reason, unrated, clauses, because, correction_id, certificate_id, decided_at, decided_by)
     select $1, w."institutionId", $2, $3, w.home, $4, $5, w.code, w.state, w.results, w.scores, w.inputs, w.result, w.reason, w.unrated, w.clauses, $6, $7, w."certificateId", $8, $9
       from jsonb_to_recordset($10::jsonb) as w("institutionId" text, home text, code text, state text, results jsonb, scores jsonb, inputs jsonb, result text, reason text, unrated text, clauses text[], "certificateId" uuid)`,
    [row.id, revision, row.jurisdiction, row.line, row.year, correctionId ? 'correction' : 'evaluation', correctionId, tx.now, tx.by.actor, JSON.stringify(written)]);
  return certificates;
}

const sorted = (texts: readonly string[]): string[] => [...texts].sort((a, b) => Number(a) - Number(b));
/** What the usual plots need, without whose it is. */
export function figuresOf(entrants: readonly Pick<ResultRow, 'results' | 'scores'>[] | readonly EvaluatedEntrant[]): Figures {
  const all = entrants.map((it) => ({ results: it.results, scores: 'scores' in it ? it.scores : (it.scored?.scores ?? {}) }));
  const measurands = [...new Set(all.flatMap(({ results }) => Object.keys(results)))];
  return Object.fromEntries(measurands.map((id) => [id, {
    values: sorted(all.flatMap(({ results }) => results[id]?.value ?? [])), scores: sorted(all.flatMap(({ scores }) => scores[id]?.score ?? [])),
  }]));
}

const countsShown = ({ published }: Round['scheme'], counts: RoundCounts): EvaluationShown['counts'] => ({ ...counts, grades: counts.grades.map((it) => ({ ...it })), of: published.of, includesBetter: published.includesBetter });

function drafted(round: Round, rows: readonly ParticipantRow[], { assigned, entrants }: RoundEvaluation, now: string, eyes: Eyes): EvaluationShown {
  const seen = uncovered(round, eyes);
  const about = new Map(rows.map((it) => [it.institutionId, it]));
  const laboratories = entrants.map((it) => {
    const { code, name } = about.get(it.id)!;
    return { code: code ?? '', institutionId: seen ? it.id : null, name: seen ? name : null, state: it.state, outcome: draftShown(round, it) };
  });
  return {
    fixed: false, asOf: now, assigned: assignedShown(round, assigned, {}), spread: spreadOf(figuresOf(entrants)), laboratories: laboratories.sort((a, b) => (a.code < b.code ? -1 : 1)),
    counts: countsShown(round.scheme, roundCounts(round.scheme, entrants.map(({ state, outcome: { result } }) => ({ state, result })))), clauses: [...round.scheme.clauses], pack: packNameOf(round), calendar: null,
  };
}

function fixedShown(round: Round, rows: readonly ParticipantRow[], results: readonly ResultRow[], eyes: Eyes): EvaluationShown {
  const seen = uncovered(round, eyes);
  const about = new Map(rows.map((it) => [it.institutionId, it]));
  return {
    fixed: true, asOf: round.row.evaluatedAt!, assigned: assignedShown(round, round.row.assigned ?? {}, round.row.setAside), spread: spreadOf(figuresOf(results)), counts: countsShown(round.scheme, round.row.counts as RoundCounts), clauses: [...round.scheme.clauses], pack: packNameOf(round), calendar: null,
    laboratories: results.map((it) => ({ code: it.code, institutionId: seen ? it.institutionId : null, name: seen ? it.name : null, state: about.has(it.institutionId) ? stateOf(round, about.get(it.institutionId)!) : it.state, outcome: decidedShown(round, it) }))
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
  };
}

export { countsShown };
