import { Controller } from '@nestjs/common';
import { inPlace, mayActFor } from '@zhijian/access';
import { isRefused, refuse } from '@zhijian/contracts';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import type { AmendmentRefusal } from '../campaign/amendment.service.js';
import { SelfCheckQueries } from './self-check.queries.js';
import { SelfCheckService } from './self-check.service.js';

@Controller()
export class SelfCheckController {
  constructor(private readonly checks: SelfCheckService, private readonly queries: SelfCheckQueries) {}

  @Serve(http.submitSelfCheck) submit(@Call() { params, body, principal, by }: CallOf<typeof http.submitSelfCheck>) {
    return this.checks.submit(params.campaignId, body, principal, by);
  }

  @Serve(http.getSelfCheck) async get(@Call() { params, principal }: CallOf<typeof http.getSelfCheck>) {
    const check = await this.queries.one(params.selfCheckId);
    if (principal.role === 'institution' && !mayActFor(principal, check.institutionId)) throw notFound('这份自查报告');
    return check;
  }

  @Serve(http.returnSelfCheck) async returnIt(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.returnSelfCheck>) {
    if (await this.foreign(params.selfCheckId, principal)) return refuse<AmendmentRefusal>('unit-foreign');
    const done = await this.checks.returnIt(params.selfCheckId, body.reasons, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.selfCheckId);
  }

  @Serve(http.acceptSelfCheck) async accept(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.acceptSelfCheck>) {
    if (await this.foreign(params.selfCheckId, principal)) return refuse<AmendmentRefusal>('unit-foreign');
    const done = await this.checks.accept(params.selfCheckId, body.dates, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.selfCheckId);
  }

  private async foreign(id: string, principal: CallOf<typeof http.returnSelfCheck>['principal']): Promise<boolean> {
    const { unit } = await this.queries.one(id);
    return principal.role === 'county' && !inPlace(principal, unit);
  }
}
