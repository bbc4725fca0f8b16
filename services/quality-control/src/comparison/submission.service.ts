import { Injectable } from '@nestjs/common';
import { mayActFor, stateAllows, type Principal } from '@zhijian/access';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { decidedByRule, latenessText } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { qualityControl as http, type AnswerOf, type BodyOf } from '@zhijian/contracts/http';
import { readTable } from '@zhijian/documents';
import type { Caller, Tx } from '@zhijian/persistence';
import { notFound } from '@zhijian/service-kit';
import { dayOf, partOf, resultFaults, wholeRound, wrongState, type ComparisonRefusal, type ResultSent } from './comparison.rules.js';
import { policyOf } from './comparison.shown.js';
import { participantByCode, participantOf, type ParticipantRow, type Round } from './comparison.store.js';
import { Rounds } from './rounds.js';
import { inTime, standingOf } from './standing.rules.js';
import { byLaboratory, submissionTable } from './submission-table.js';

type Refusal = Refused<ComparisonRefusal>;
export type SubmissionShown = AnswerOf<typeof http.submitComparison>;
interface Sent { readonly results: readonly ResultSent[]; readonly remark: string; /** The day the paper came, where the QC centre enters it. */ readonly receivedOn: string | null }

/** What laboratories report: by themselves, or entered by code from paper. Kept as it was written, never changed; a later one stands in its place. */
@Injectable()
export class ComparisonSubmissions {
  constructor(private readonly rounds: Rounds) {}

  /** By the laboratory itself. */
  async submit(roundId: string, institutionId: string, { results, remark }: BodyOf<typeof http.submitComparison>, principal: Principal, by: Caller): Promise<SubmissionShown | Refusal> {
    if (!mayActFor(principal, institutionId)) throw notFound('这家机构的比对');
    return this.rounds.run(roundId, by, async (tx, round) => {
      const it = await participantOf(tx, roundId, institutionId);
      return it ? taken(http.submitComparison, tx, round, it, { results, remark, receivedOn: null }) : refuse('comparison-not-participant');
    });
  }

  /** From paper, by the laboratory's number: whoever enters it does not learn whose it is. */
  enter(roundId: string, code: string, sent: BodyOf<typeof http.enterComparison>, principal: Principal, by: Caller): Promise<SubmissionShown | Refusal> {
    return this.rounds.organise(roundId, principal, by, async (tx, round) => {
      if (sent.receivedOn > tx.now.slice(0, 10)) return inFuture(sent.receivedOn);
      const it = await participantByCode(tx, roundId, code);
      return it ? taken(http.enterComparison, tx, round, it, sent) : refuse('comparison-code-unknown', [], { code }, { errors: [{ path: '/code', message: '没有这个实验室编号' }] });
    });
  }

  /** Every line or none; every fault with its cell. */
  async importAll(roundId: string, receivedOn: string, file: Buffer, principal: Principal, by: Caller): Promise<{ laboratories: number; results: number } | Refusal> {
    const read = await readTable(submissionTable, file);
    return this.rounds.organise(roundId, principal, by, async (tx, round) => {
      if (receivedOn > tx.now.slice(0, 10)) return inFuture(receivedOn);
      const laboratories = byLaboratory(round.scheme, read.rows);
      const errors = [...read.errors];
      for (const { code, lines } of laboratories) {
        const cell = (at: number, field: string) => lines[at]!.cell(field);
        if (!(await participantByCode(tx, roundId, code))) errors.push({ path: cell(0, 'code'), message: `本轮比对没有实验室编号 ${code}` });
        errors.push(...lines.flatMap(({ unknown }, at) => (unknown ? [{ path: cell(at, 'measurand'), message: unknown }] : [])));
        const known = lines.filter(({ unknown }) => !unknown);
        errors.push(...resultFaults(round.scheme, known.map(({ sent }) => sent), (at, field) => known[at]!.cell(field)));
      }
      if (errors.length || laboratories.length === 0) return refuse('comparison-file', [], { count: Math.max(1, errors.length) }, { errors: errors.length ? errors : [{ path: `${submissionTable.sheet}!A1`, message: '表格中没有数据' }] });
      for (const { code, lines } of laboratories) {
        const it = await participantByCode(tx, roundId, code);
        const made = await taken(http.importComparison, tx, round, it!, { results: lines.map(({ sent }) => sent), remark: '', receivedOn });
        if ('ok' in made) return refuse('comparison-file', made.clauses, { count: 1 }, { errors: [{ path: lines[0]!.cell('code'), message: `实验室 ${code}：${made.code === 'comparison-same' ? '与已录入的结果相同' : made.code === 'comparison-out' ? '已退出或免予参加' : '该次已经截止，结果不能更改'}` }] });
      }
      return { laboratories: laboratories.length, results: read.rows.length };
    });
  }
}

const inFuture = (on: string): Refusal => refuse('comparison-received-in-future', [], { on }, { errors: [{ path: '/receivedOn', message: '收到日期尚未到来' }] });

/** Checks and keeps one submission; late parts are marked and certified. */
async function taken(route: typeof http.submitComparison | typeof http.enterComparison | typeof http.importComparison, tx: Tx, round: Round, it: ParticipantRow, { results, remark, receivedOn }: Sent): Promise<SubmissionShown | Refusal> {
  const { row, scheme } = round;
  if (!stateAllows(route, { comparison: row.state })) return wrongState(row.state, '报送');
  if (it.withdrawnAt || it.excusedAt) return refuse('comparison-out', [], { how: it.withdrawnAt ? '退出' : '免予参加' }, { wrongState: true });
  const errors = resultFaults(scheme, results);
  if (errors.length) return refuse('comparison-results-refused', [], { count: errors.length }, { errors });
  const at = receivedOn ? `${receivedOn}T00:00:00.000+08:00` : tx.now;
  const parts = [...new Set(results.map(({ measurand }) => partOf(scheme.measurands.find(({ id }) => id === measurand)!)))];
  const late = parts.filter((part) => at.slice(0, 10) > dayOf(row, part));
  const shut = late.find((part) => inTime(scheme.measurands, it.submitted ?? []).has(part));
  if (shut) return refuse('comparison-part-closed', [...scheme.clauses], { part: scheme.parts?.find(({ id }) => id === shut)?.title ?? '本轮比对' }, { wrongState: true });
  const kept = results.map(({ measurand, value, uncertainty }) => ({ measurand, value, ...(uncertainty !== undefined && { uncertainty }) }));
  const standing = standingOf(scheme.measurands, it.submitted ?? []).results;
  if (kept.every(({ measurand, value, uncertainty }) => standing[measurand]?.value === value && (standing[measurand].uncertainty ?? undefined) === uncertainty) && sameParts(scheme.measurands, parts, standing, kept)) return refuse('comparison-same', [], {}, { wrongState: true });
  return keep(tx, round, it, { kept, remark, receivedOn, late, parts, at });
}

/** Nothing of these parts stands that is not reported again. */
const sameParts = (measurands: Round['scheme']['measurands'], parts: readonly string[], standing: Readonly<Record<string, unknown>>, kept: readonly ResultSent[]): boolean =>
  measurands.filter((one) => parts.includes(partOf(one)) && Object.hasOwn(standing, one.id)).every(({ id }) => kept.some(({ measurand }) => measurand === id));

interface Kept { kept: ResultSent[]; remark: string; receivedOn: string | null; late: string[]; parts: string[]; at: string }

async function keep(tx: Tx, round: Round, it: ParticipantRow, { kept, remark, receivedOn, late, parts, at }: Kept): Promise<SubmissionShown> {
  const { row, scheme } = round;
  const submissionId = newId();
  const sequence = (it.submitted?.at(-1)?.sequence ?? 0) + 1;
  await tx.execute(
    `insert into comparison_submission (id, round_id, institution_id, jurisdiction, home, sequence, results, remark, submitted_at, submitted_by, on_behalf, received_on, late) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [submissionId, row.id, it.institutionId, row.jurisdiction, it.home, sequence, JSON.stringify(kept), remark, tx.now, tx.by.actor, receivedOn !== null, receivedOn, late]);
  const sealedResults = sha256(canonicalJson({ results: kept, salt: row.sealSalt })); // without the round's salt, which nobody is shown before the evaluation, the hash would lead from results seen by number to whose they are
  for (const part of parts) {
    tx.certify(decidedByRule(round.pack, { // by code nobody is named: the certificate must not tell whose it is
      kind: 'lateness', subject: submissionId, ...(receivedOn === null && { about: [it.institutionId] }), form: 'lateness', name: row.scheme, text: latenessText, clauses: scheme.clauses,
      inputs: { dueOn: dayOf(row, part), firm: true, done: { [submissionId]: at }, asOf: tx.now }, context: { round: row.id, part: part === wholeRound ? null : part, resultsSha256: sealedResults },
    }));
  }
  tx.note('comparison submitted', submissionId, policyOf(round, scheme.clauses), { round: row.id, sequence, results: kept.length, late: late.length > 0, onBehalf: receivedOn !== null });
  return { submissionId, sequence, submittedAt: tx.now, onBehalf: receivedOn !== null, late: late.length > 0, remark, results: kept.map(({ measurand, value, uncertainty }) => ({ measurand, value, uncertainty: uncertainty ?? null })), standing: true };
}
