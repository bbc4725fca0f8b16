import { Controller } from '@nestjs/common';
import { ofBody, mayActFor } from '@zhijian/access';
import { isRefused } from '@zhijian/contracts';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { ReceivedQueries } from './received.queries.js';
import { SelfCheckQueries } from './self-check.queries.js';
import { SelfCheckService } from './self-check.service.js';

@Controller()
export class SelfCheckController {
  constructor(private readonly checks: SelfCheckService, private readonly queries: SelfCheckQueries, private readonly received: ReceivedQueries) {}

  @Serve(http.submitSelfCheck) submit(@Call() { params, body, principal, by }: CallOf<typeof http.submitSelfCheck>) {
    return this.checks.submit(params.campaignId, body, principal, by);
  }

  @Serve(http.listSelfChecks) list(@Call() { params, query, principal }: CallOf<typeof http.listSelfChecks>) {
    return this.received.list(params.campaignId, query, principal);
  }

  @Serve(http.getSelfCheck) async get(@Call() { params, principal }: CallOf<typeof http.getSelfCheck>) {
    const check = await this.queries.one(params.selfCheckId);
    if (ofBody(principal) && !mayActFor(principal, check.institutionId)) throw notFound('这份自查报告');
    return ofBody(principal) ? { ...check, judged: null } : check; // an unannounced check may follow from it
  }

  @Serve(http.returnSelfCheck) async returnIt(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.returnSelfCheck>) {
    const done = await this.checks.returnIt(params.selfCheckId, body.reasons, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.selfCheckId);
  }

  @Serve(http.acceptSelfCheck) async accept(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.acceptSelfCheck>) {
    const done = await this.checks.accept(params.selfCheckId, body, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.selfCheckId);
  }
}
