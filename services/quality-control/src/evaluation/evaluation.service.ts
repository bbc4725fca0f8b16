import { Injectable } from '@nestjs/common';
import { inPlace, samePerson, type Principal } from '@zhijian/access';
import { decidedByPerson, decidedByRule, indicatorText } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { evaluationSigned } from '@zhijian/contracts/facts';
import type { AnswerOf, BodyOf, EvaluationEntry, qualityControl } from '@zhijian/contracts/http';
import { StaleWrite, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { cite, scoreIndicators, type IndicatorScore } from '@zhijian/policy';
import { Directory, notFound } from '@zhijian/service-kit';
import { obligedBodies } from './evaluation-plan.queries.js';
import { EvaluationPlanService, type PinnedPlan } from './evaluation-plan.service.js';
import { sheetOf, type ShownSheet } from './evaluation.queries.js';
import { acceptDraft, acceptReturn, acceptStep, decisive, mayEdit, stateAfter, type EvaluationRefusal, type Sheet, type Step } from './evaluation.rules.js';

type Drafted = BodyOf<typeof qualityControl.editEvaluation>;
type Moved = AnswerOf<typeof qualityControl.signEvaluations>;
type Answered<T> = Promise<T | Refused<EvaluationRefusal>>;

const sheetRow = `select id as "evaluationId", institution_id as "institutionId", state, served, entries, score, missing, scorers, scored_by as "scoredBy", looked_by as "lookedBy", revision, version from evaluation`;
const notes: Record<Step, string> = { submit: 'evaluations submitted', look: 'evaluations looked at', sign: 'evaluations signed' };

/** Score sheets from the first entry to the signature; who wrote scores neither looks a second time nor signs. */
@Injectable()
export class EvaluationService {
  constructor(private readonly uow: UnitOfWork, private readonly plans: EvaluationPlanService, private readonly directory: Directory) {}

  /** Begins a body's sheet of a year. */
  begin(planId: string, { institutionId, ...drafted }: BodyOf<typeof qualityControl.beginEvaluation>, principal: Principal, by: Caller): Answered<ShownSheet> {
    return this.within(planId, principal, { ...by, lock: `evaluation/${planId}/${institutionId}` }, async (tx, plan) => {
      const fit = acceptDraft(plan.set.value, drafted);
      if (!fit.ok) return fit;
      const [body] = await tx.query<{ home: string; begun: boolean }>(
        `select i.jurisdiction as home, exists (select 1 from evaluation e where e.institution_id = i.id and e.line = p.line and e.year = p.year) as begun from evaluation_plan p, ${obligedBodies} and p.id = $1 and i.id = $2`, [planId, institutionId]);
      if (!body) return refuse('evaluation-not-obliged', [], {}, { errors: [{ path: '/institutionId', message: '不在本项评估之列' }] });
      if (body.begun) return refuse('evaluation-begun', [], {}, { wrongState: true });
      const kept = await insertSheet(tx, plan, { id: newId(), institutionId, home: body.home, account: principal.id, ...drafted }, fit.outcome);
      if (!kept) return refuse('evaluation-elsewhere', [], {}, { wrongState: true });
      tx.note('evaluation drafted', institutionId, policyOf(plan), { plan: planId, served: drafted.served, entries: drafted.entries.length });
      return sheetOf(tx, planId, institutionId, plan.set.value);
    });
  }

  /** Writes on a sheet that is being filled in. */
  async edit(evaluationId: string, drafted: Drafted, principal: Principal, ifMatch: number, by: Caller): Answered<ShownSheet> {
    return this.ofOne(evaluationId, principal, by, ifMatch, async (tx, plan, sheet) => {
      if (!mayEdit(sheet.state)) return refuse('evaluation-locked', [], {}, { wrongState: true });
      const fit = acceptDraft(plan.set.value, drafted);
      if (!fit.ok) return fit;
      await updateSheet(tx, sheet, drafted, fit.outcome, principal.id);
      tx.note('evaluation drafted', sheet.institutionId, policyOf(plan), { plan: plan.row.id, served: drafted.served, entries: drafted.entries.length });
      return sheetOf(tx, plan.row.id, sheet.institutionId, plan.set.value);
    });
  }

  /** Takes sheets a step further, all of them or none. Signing makes their scores count. */
  move(step: Step, planId: string, read: BodyOf<typeof qualityControl.signEvaluations>['sheets'], principal: Principal, by: Caller): Answered<Moved> {
    return this.within(planId, principal, by, async (tx, plan) => {
      const ids = read.map(({ evaluationId }) => evaluationId);
      const found = await tx.query<Sheet>(`${sheetRow} where plan_id = $1 and id = any($2::text[]) order by id for update`, [planId, ids]);
      const own = await this.ownership(principal, found);
      const fit = acceptStep(step, read, found, own);
      if (!fit.ok) return fit;
      const to = stateAfter(step);
      await tx.execute(`update evaluation set state = $2, version = version + 1, ${columnsOf[step]} where id = any($1::text[])`, [ids, to, principal.id, tx.now]);
      if (step === 'look') for (const sheet of found) tx.certify(decidedByPerson(plan.pack, { kind: 'acceptance', subject: sheet.evaluationId, about: [sheet.institutionId], clauses: plan.set.clauses, inputs: { served: sheet.served, score: sheet.score, scoredBy: sheet.scoredBy }, outcome: 'looked' }));
      if (step === 'sign') await this.signed(tx, plan, found, principal);
      tx.note(notes[step], planId, policyOf(plan), { sheets: ids });
      return { items: found.map(({ evaluationId, version }) => ({ evaluationId, state: to, version: version + 1 })) };
    });
  }

  /** Sends a sheet back with reasons; a signed score counts until the next is signed. */
  returnIt(evaluationId: string, reasons: string[], principal: Principal, ifMatch: number, by: Caller): Answered<Moved> {
    return this.ofOne(evaluationId, principal, by, ifMatch, async (tx, plan, sheet) => {
      const own = (await this.ownership(principal, [sheet]))(sheet);
      const fit = acceptReturn(sheet, own, await isColoured(tx, sheet.institutionId, plan));
      if (!fit.ok) return fit;
      await tx.execute(`update evaluation set state = 'returned', version = version + 1, looked_by = null, looked_at = null, returns = returns || $2::jsonb where id = $1`, [evaluationId, JSON.stringify([{ at: tx.now, by: principal.id, reasons }])]);
      tx.certify(decidedByPerson(plan.pack, { kind: 'return', subject: evaluationId, about: [sheet.institutionId], clauses: plan.set.clauses, inputs: { state: sheet.state, score: sheet.score, reasons }, outcome: 'returned' }));
      tx.note('evaluation returned', evaluationId, policyOf(plan), { institution: sheet.institutionId, reasons });
      return { items: [{ evaluationId, state: 'returned', version: sheet.version + 1 }] };
    });
  }

  /** Score by score its certificate, its revision and its fact. */
  private async signed(tx: Tx, plan: PinnedPlan, found: readonly Sheet[], principal: Principal): Promise<void> {
    const { row, pack, set } = plan;
    const revisions = found.map((sheet) => {
      const revision = sheet.revision + 1;
      const entries = decisive(set.value, sheet.entries);
      const context = { plan: row.id, year: row.year, line: row.line, revision };
      const about = [sheet.institutionId];
      const clauses = citedBy(plan, sheet);
      const { id } = tx.certify(decidedByRule(pack, { kind: 'score', subject: sheet.evaluationId, about, context, form: 'indicators', name: row.setId, text: indicatorText(set.value), inputs: { served: sheet.served, entries }, clauses }));
      tx.certify(decidedByPerson(pack, { kind: 'approval', subject: sheet.evaluationId, about, context, clauses, inputs: { served: sheet.served, score: sheet.score, scorers: [...sheet.scorers], lookedBy: sheet.lookedBy }, outcome: 'signed' }));
      tx.fact(evaluationSigned, sheet.institutionId, { evaluationId: sheet.evaluationId, institutionId: sheet.institutionId, line: row.line as never, year: row.year, score: sheet.score, served: sheet.served, revision, policy: { pack: pack.id, version: pack.version, clauses } }, row.jurisdiction);
      return { evaluationId: sheet.evaluationId, revision, served: sheet.served, score: sheet.score, entries, certificateId: id };
    });
    await tx.execute(`insert into evaluation_revision (evaluation_id, revision, served, score, because, entries, at, by_account, certificate_id)
      select "evaluationId", revision, served, score, 'signed', entries, $2, $3, "certificateId" from jsonb_to_recordset($1::jsonb) as r("evaluationId" text, revision int, served boolean, score text, entries jsonb, "certificateId" text)`, [JSON.stringify(revisions), tx.now, principal.id]);
  }

  /** Did this person write scores on a sheet, by whichever of their accounts? */
  private async ownership(principal: Principal, sheets: readonly Sheet[]): Promise<(sheet: Sheet) => boolean> {
    const accounts = [...new Set(sheets.flatMap(({ scorers }) => scorers))];
    const people = new Map(await Promise.all(accounts.map(async (account) => [account, await this.directory.personOf(account)] as const)));
    return ({ scorers }) => scorers.some((account) => samePerson(principal, { account, personId: people.get(account) ?? null }));
  }

  private async within<T>(planId: string, principal: Principal, by: Caller, work: (tx: Tx, plan: PinnedPlan) => Answered<T>): Answered<T> {
    const { jurisdiction } = await this.plans.placeOf(planId);
    return this.uow.run({ ...by, jurisdiction }, async (tx) => {
      const plan = await this.plans.pinned(tx, planId);
      return inPlace(principal, plan.row.jurisdiction) ? work(tx, plan) : refuse<EvaluationRefusal>('evaluation-foreign');
    });
  }

  private async ofOne<T>(evaluationId: string, principal: Principal, by: Caller, ifMatch: number, work: (tx: Tx, plan: PinnedPlan, sheet: Sheet) => Answered<T>): Answered<T> {
    const { planId, jurisdiction } = await this.plans.placeOfSheet(evaluationId);
    return this.uow.run({ ...by, jurisdiction }, async (tx) => {
      const plan = await this.plans.pinned(tx, planId);
      const [found] = await tx.query<Sheet>(`${sheetRow} where id = $1 for update`, [evaluationId]);
      if (!found) throw notFound('这份评分表');
      if (!inPlace(principal, plan.row.jurisdiction)) return refuse<EvaluationRefusal>('evaluation-foreign');
      if (found.version !== ifMatch) throw new StaleWrite();
      return work(tx, plan, found);
    });
  }
}

const columnsOf: Record<Step, string> = { submit: 'scored_by = $3, scored_at = $4', look: 'looked_by = $3, looked_at = $4', sign: 'signed_by = $3, signed_at = $4, revision = revision + 1' };

export const policyOf = ({ pack, set }: PinnedPlan) => ({ pack: pack.id, version: pack.version, clauses: [...set.clauses] });

/** The clauses of the set, of its items and of the caps that hold. */
function citedBy({ set }: PinnedPlan, { served, entries }: Sheet): string[] {
  if (!served) return [...set.clauses];
  const { caps } = scoreIndicators(set.value, entries);
  return [...cite(set, ...set.value.items.map(({ clauses = [] }) => clauses), ...set.value.caps.filter(({ id }) => caps.includes(id)).map(({ clauses = [] }) => clauses)).clauses];
}

interface NewSheet { readonly id: string; readonly institutionId: string; readonly home: string; readonly account: string; readonly served: boolean; readonly entries: readonly EvaluationEntry[] }

/** Whether it was kept: a body has one sheet for a line and a year, and another place may have begun it. */
async function insertSheet(tx: Tx, { row }: PinnedPlan, sheet: NewSheet, outcome: IndicatorScore): Promise<boolean> {
  const kept = await tx.execute(`insert into evaluation (id, plan_id, institution_id, jurisdiction, home, line, year, state, served, entries, score, missing, scorers) values ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, $9, $10, $11, array[$12::text]) on conflict do nothing`,
    [sheet.id, row.id, sheet.institutionId, row.jurisdiction, sheet.home, row.line, row.year, sheet.served, JSON.stringify(sheet.entries), sheet.served ? outcome.score : null, sheet.served ? outcome.missing.length : 0, sheet.account]);
  return kept === 1;
}

async function updateSheet(tx: Tx, { evaluationId, version }: Sheet, { served, entries }: Drafted, outcome: IndicatorScore, account: string): Promise<void> {
  const changed = await tx.execute(`update evaluation set served = $3, entries = $4, score = $5, missing = $6, scorers = case when $7 = any(scorers) then scorers else scorers || $7::text end, version = version + 1 where id = $1 and version = $2`,
    [evaluationId, version, served, JSON.stringify(entries), served ? outcome.score : null, served ? outcome.missing.length : 0, account]);
  if (changed !== 1) throw new StaleWrite();
}

/** Does a signed colour rest on the body's score of that year? */
async function isColoured(tx: Tx, institutionId: string, { row }: PinnedPlan): Promise<boolean> {
  const [found] = await tx.query('select 1 from colour_entry e join colour_run r on r.id = e.run_id where e.institution_id = $1 and r.basis_year = $2 limit 1', [institutionId, row.year]);
  return found !== undefined;
}
