import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import type { BodyOf, qualityControl } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { findingsOf, indicatorsOf, PackError, type Cited, type IndicatorSet, type Pack } from '@zhijian/policy';
import { Calendars, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { planById, planRow, type PlanRow, type Reader, type ShownPlan } from './evaluation-plan.queries.js';
import { acceptPlan, type EvaluationPlanRefusal } from './evaluation-plan.rules.js';

/** A plan with its pinned pack and set. */
export interface PinnedPlan { readonly row: PlanRow; readonly pack: Pack; readonly set: Cited<IndicatorSet> }

@Injectable()
export class EvaluationPlanService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly dataSource: DataSource) {}

  /** Opens a year's evaluation of a line in a place: from here on its scores are given by this version of the indicators (CQ-2024-21). */
  async open(input: BodyOf<typeof qualityControl.openEvaluation>, principal: Principal, by: Caller): Promise<ShownPlan | Refused<EvaluationPlanRefusal>> {
    if (!inPlace(principal, input.jurisdiction)) return refuse('evaluation-foreign', [], {}, { errors: [{ path: '/jurisdiction', message: '不在您的任职辖区' }] });
    const pack = await this.pack(input.pack);
    if ('ok' in pack) return pack;
    const set = indicatorsOf(pack, input.set);
    const findings = findingsOf(pack, this.calendars.current());
    return this.uow.run({ ...by, jurisdiction: input.jurisdiction, lock: `evaluation-plan/${input.jurisdiction}/${input.year}/${input.line}` }, async (tx): Promise<ShownPlan | Refused<EvaluationPlanRefusal>> => {
      const fit = acceptPlan(input, set?.value, findings, tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      const [before] = await tx.query('select 1 from evaluation_plan where jurisdiction = $1 and year = $2 and line = $3', [input.jurisdiction, input.year, input.line]);
      if (before) return refuse('evaluation-opened-already', [], { year: input.year }, { wrongState: true });
      const id = newId();
      await tx.execute('insert into evaluation_plan (id, jurisdiction, concerns, year, line, set_id, title, pack, pack_version, pack_hash, opened_at, opened_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
        [id, input.jurisdiction, await concernsOf(tx, input.jurisdiction, principal), input.year, input.line, input.set, fit.set.title, pack.id, pack.version, pack.hash, tx.now, principal.id]);
      tx.note('evaluation opened', id, { pack: pack.id, version: pack.version, clauses: [...fit.set.clauses] }, { jurisdiction: input.jurisdiction, year: input.year, line: input.line, set: input.set });
      return (await planById(tx, id))!;
    });
  }

  /** The plan with the set it pinned. @throws Missing (404) when there is none in sight */
  async pinned(reader: Reader, planId: string): Promise<PinnedPlan> {
    const row = await planRow(reader, planId);
    if (!row) throw notFound('这项绩效评估');
    const pack = await this.packs.get(`${row.pack}@${row.packVersion}`);
    return { row, pack, set: indicatorsOf(pack, row.setId)! };
  }

  /** Where a plan is made. @throws Missing (404) when there is none in sight */
  async placeOf(planId: string): Promise<{ jurisdiction: string }> {
    const [found] = await this.dataSource.query<{ jurisdiction: string }[]>('select jurisdiction from evaluation_plan where id = $1', [planId]);
    if (!found) throw notFound('这项绩效评估');
    return found;
  }

  /** The plan of a sheet and where it is made. @throws Missing (404) when there is none in sight */
  async placeOfSheet(evaluationId: string): Promise<{ planId: string; jurisdiction: string }> {
    const [found] = await this.dataSource.query<{ planId: string; jurisdiction: string }[]>('select plan_id as "planId", jurisdiction from evaluation where id = $1', [evaluationId]);
    if (!found) throw notFound('这份评分表');
    return found;
  }

  private async pack(name: string): Promise<Pack | Refused<EvaluationPlanRefusal>> {
    try {
      return await this.packs.get(name);
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      return refuse('evaluation-pack-unknown', [], { pack: name, why: error.problems[0]?.message ?? '' }, { errors: [{ path: '/pack', message: '没有安装这个政策包' }] });
    }
  }
}

/** The place and those below it today; where the directory does not know it, the places of whoever opens. */
async function concernsOf(tx: Tx, jurisdiction: string, { places }: Principal): Promise<string[]> {
  const known = await tx.query<{ code: string }>('select distinct descendant as code from jurisdiction_closure_ref where ancestor = $1 and from_on <= $2::date and (to_on is null or to_on >= $2::date)', [jurisdiction, tx.now.slice(0, 10)]);
  return [...new Set([jurisdiction, ...(known.length > 0 ? known : places).map(({ code }) => code)])].sort();
}
