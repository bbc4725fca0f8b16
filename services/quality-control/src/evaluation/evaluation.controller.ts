import { Controller } from '@nestjs/common';
import { qualityControl } from '@zhijian/contracts/http';
import { scoreIndicators } from '@zhijian/policy';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { EvaluationPlanQueries } from './evaluation-plan.queries.js';
import { EvaluationPlanService } from './evaluation-plan.service.js';
import { EvaluationQueries, sheetOf, shownSet } from './evaluation.queries.js';
import { EvaluationService } from './evaluation.service.js';

@Controller()
export class EvaluationController {
  constructor(private readonly plans: EvaluationPlanService, private readonly planQueries: EvaluationPlanQueries, private readonly evaluations: EvaluationService, private readonly queries: EvaluationQueries) {}

  @Serve(qualityControl.openEvaluation)
  open(@Call() { body, principal, by }: CallOf<typeof qualityControl.openEvaluation>) {
    return this.plans.open(body, principal, by);
  }

  @Serve(qualityControl.listEvaluationPlans)
  list(@Call() { query }: CallOf<typeof qualityControl.listEvaluationPlans>) {
    return this.planQueries.list(query);
  }

  @Serve(qualityControl.getEvaluationPlan)
  async one(@Call() { params: { planId } }: CallOf<typeof qualityControl.getEvaluationPlan>) {
    const plan = await this.planQueries.one(planId);
    if (!plan) throw notFound('这项绩效评估');
    const { set } = await this.plans.pinned(this.queries.reader, planId);
    return { ...plan, indicators: shownSet(plan.set, set.value, plan.pack), scores: await this.planQueries.scores(planId) };
  }

  @Serve(qualityControl.listEvaluatedBodies)
  async bodies(@Call() { params: { planId }, query }: CallOf<typeof qualityControl.listEvaluatedBodies>) {
    await this.plans.placeOf(planId);
    return this.planQueries.bodies(planId, query);
  }

  @Serve(qualityControl.getEvaluationSheet)
  async sheet(@Call() { params: { planId, institutionId } }: CallOf<typeof qualityControl.getEvaluationSheet>) {
    const { set } = await this.plans.pinned(this.queries.reader, planId);
    return sheetOf(this.queries.reader, planId, institutionId, set.value);
  }

  @Serve(qualityControl.beginEvaluation)
  begin(@Call() { params, body, principal, by }: CallOf<typeof qualityControl.beginEvaluation>) {
    return this.evaluations.begin(params.planId, body, principal, by);
  }

  @Serve(qualityControl.editEvaluation)
  edit(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof qualityControl.editEvaluation>) {
    return this.evaluations.edit(params.evaluationId, body, principal, ifMatch, by);
  }

  @Serve(qualityControl.tryEvaluation)
  async attempt(@Call() { params: { planId }, body }: CallOf<typeof qualityControl.tryEvaluation>) {
    const { set } = await this.plans.pinned(this.queries.reader, planId);
    return scoreIndicators(set.value, body.entries);
  }

  @Serve(qualityControl.submitEvaluations)
  submit(@Call() { params, body, principal, by }: CallOf<typeof qualityControl.submitEvaluations>) {
    return this.evaluations.move('submit', params.planId, body.sheets, principal, by);
  }

  @Serve(qualityControl.lookAtEvaluations)
  look(@Call() { params, body, principal, by }: CallOf<typeof qualityControl.lookAtEvaluations>) {
    return this.evaluations.move('look', params.planId, body.sheets, principal, by);
  }

  @Serve(qualityControl.signEvaluations)
  sign(@Call() { params, body, principal, by }: CallOf<typeof qualityControl.signEvaluations>) {
    return this.evaluations.move('sign', params.planId, body.sheets, principal, by);
  }

  @Serve(qualityControl.returnEvaluation)
  returnIt(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof qualityControl.returnEvaluation>) {
    return this.evaluations.returnIt(params.evaluationId, body.reasons, principal, ifMatch, by);
  }

  @Serve(qualityControl.listSignedScores)
  signed(@Call() { query }: CallOf<typeof qualityControl.listSignedScores>) {
    return this.queries.signed(query);
  }
}
