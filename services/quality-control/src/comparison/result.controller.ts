import { Controller } from '@nestjs/common';
import { qualityControl as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { ComparisonQueries } from './comparison.queries.js';
import { ComparisonCorrections } from './correction.service.js';
import { ComparisonEvaluations } from './evaluation.service.js';

/** A round from its last day on. */
@Controller()
export class ComparisonResultController {
  constructor(private readonly evaluation: ComparisonEvaluations, private readonly corrections: ComparisonCorrections, private readonly queries: ComparisonQueries) {}

  @Serve(http.getComparisonEvaluation) show(@Call() { params, principal }: CallOf<typeof http.getComparisonEvaluation>) { return this.evaluation.show(params.roundId, principal); }

  @Serve(http.fixComparison) fix(@Call() { params, body, principal, by }: CallOf<typeof http.fixComparison>) { return this.evaluation.fix(params.roundId, body, principal, by); }

  @Serve(http.downloadComparisonReport) report(@Call() { params, principal }: CallOf<typeof http.downloadComparisonReport>) { return this.queries.report(params.roundId, principal); }

  @Serve(http.getComparisonParticipant) participant(@Call() { params, principal }: CallOf<typeof http.getComparisonParticipant>) { return this.queries.participant(params.roundId, params.institutionId, principal); }

  @Serve(http.downloadParticipantReport) participantReport(@Call() { params, principal }: CallOf<typeof http.downloadParticipantReport>) { return this.queries.participantReport(params.roundId, params.institutionId, principal); }

  @Serve(http.objectToComparison) object(@Call() { params, body, principal, by }: CallOf<typeof http.objectToComparison>) { return this.corrections.object(params.roundId, params.institutionId, body.text, principal, by); }

  @Serve(http.listComparisonObjections) objections(@Call() { params, query }: CallOf<typeof http.listComparisonObjections>) { return this.corrections.objections(params.roundId, query); }

  @Serve(http.answerComparisonObjection) answer(@Call() { params, body, principal, by }: CallOf<typeof http.answerComparisonObjection>) { return this.corrections.answer(params.objectionId, body, principal, by); }

  @Serve(http.correctComparison) correct(@Call() { params, body, principal, by }: CallOf<typeof http.correctComparison>) { return this.corrections.propose(params.roundId, params.institutionId, body, principal, by); }

  @Serve(http.listComparisonCorrections) listCorrections(@Call() { params, query }: CallOf<typeof http.listComparisonCorrections>) { return this.corrections.corrections(params.roundId, query); }

  @Serve(http.decideComparisonCorrection) decide(@Call() { params, body, principal, by }: CallOf<typeof http.decideComparisonCorrection>) { return this.corrections.decide(params.correctionId, body, principal, by); }
}
