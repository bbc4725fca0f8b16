import { Controller } from '@nestjs/common';
import { qualityControl as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { ComparisonQueries } from './comparison.queries.js';
import { ComparisonService } from './comparison.service.js';
import { ComparisonSamples } from './sample.service.js';
import { ComparisonSubmissions } from './submission.service.js';

/** A round up to its last day. */
@Controller()
export class ComparisonController {
  constructor(private readonly comparisons: ComparisonService, private readonly samples: ComparisonSamples, private readonly submissions: ComparisonSubmissions, private readonly queries: ComparisonQueries) {}

  @Serve(http.listComparisonSchemes) schemes() { return this.queries.schemes(); }

  @Serve(http.planComparison) plan(@Call() { body, principal, by }: CallOf<typeof http.planComparison>) { return this.comparisons.plan(body, principal, by); }

  @Serve(http.listComparisons) list(@Call() { query, principal }: CallOf<typeof http.listComparisons>) { return this.queries.list(query, principal); }

  @Serve(http.getComparison) one(@Call() { params, principal }: CallOf<typeof http.getComparison>) { return this.queries.one(params.roundId, principal); }

  @Serve(http.listComparisonParticipants) participants(@Call() { params, query, principal }: CallOf<typeof http.listComparisonParticipants>) { return this.queries.participants(params.roundId, query, principal); }

  @Serve(http.addComparisonParticipant) add(@Call() { params, body, principal, by }: CallOf<typeof http.addComparisonParticipant>) { return this.comparisons.add(params.roundId, body, principal, by); }

  @Serve(http.excuseComparisonParticipant) excuse(@Call() { params, body, principal, by }: CallOf<typeof http.excuseComparisonParticipant>) { return this.comparisons.excuse(params.roundId, params.institutionId, body.reason, principal, by); }

  @Serve(http.openComparison) open(@Call() { params, body, principal, by }: CallOf<typeof http.openComparison>) { return this.comparisons.open(params.roundId, body, principal, by); }

  @Serve(http.uncoverComparison) uncover(@Call() { params, body, principal, by }: CallOf<typeof http.uncoverComparison>) { return this.comparisons.uncover(params.roundId, body.reason, principal, by); }

  @Serve(http.dispatchSamples) dispatch(@Call() { params, body, principal, by }: CallOf<typeof http.dispatchSamples>) { return this.samples.dispatch(params.roundId, body, principal, by); }

  @Serve(http.receiveSamples) receive(@Call() { params, body, principal, by }: CallOf<typeof http.receiveSamples>) { return this.samples.receive(params.roundId, params.institutionId, body, principal, by); }

  @Serve(http.withdrawFromComparison) withdraw(@Call() { params, body, principal, by }: CallOf<typeof http.withdrawFromComparison>) { return this.samples.withdraw(params.roundId, params.institutionId, body.reason, principal, by); }

  @Serve(http.submitComparison) submit(@Call() { params, body, principal, by }: CallOf<typeof http.submitComparison>) { return this.submissions.submit(params.roundId, params.institutionId, body, principal, by); }

  @Serve(http.enterComparison) enter(@Call() { params, body, principal, by }: CallOf<typeof http.enterComparison>) { return this.submissions.enter(params.roundId, params.code, body, principal, by); }

  @Serve(http.importComparison) import(@Call() { params, query, file, principal, by }: CallOf<typeof http.importComparison>) { return this.submissions.importAll(params.roundId, query.receivedOn, file!, principal, by); }

  @Serve(http.comparisonTemplate) template(@Call() { params }: CallOf<typeof http.comparisonTemplate>) { return this.queries.template(params.roundId); }
}
