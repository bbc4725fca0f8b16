import { Controller } from '@nestjs/common';
import { isRefused } from '@zhijian/contracts';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { LimitService } from './limit.service.js';
import { RectificationQueries } from './rectification.queries.js';
import { RectificationService } from './rectification.service.js';

@Controller()
export class RectificationController {
  constructor(private readonly reports: RectificationService, private readonly limits: LimitService, private readonly queries: RectificationQueries) {}

  @Serve(http.listRectifications) list(@Call() { query }: CallOf<typeof http.listRectifications>) {
    return this.queries.list(query);
  }

  @Serve(http.getRectification) one(@Call() { params, principal }: CallOf<typeof http.getRectification>) {
    return this.queries.one(params.rectificationId, principal);
  }

  @Serve(http.submitRectification) async submit(@Call() { params, body, principal, by }: CallOf<typeof http.submitRectification>) {
    const done = await this.reports.submit(params.rectificationId, body, principal, by);
    return isRefused(done) ? done : this.queries.one(done.rectificationId, principal);
  }

  @Serve(http.returnRectification) async returnIt(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.returnRectification>) {
    const done = await this.reports.returnIt(params.rectificationId, body.reasons, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.rectificationId, principal);
  }

  @Serve(http.acceptRectification) async accept(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.acceptRectification>) {
    const done = await this.reports.accept(params.rectificationId, body.note, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.rectificationId, principal);
  }

  @Serve(http.limitRectification) async limit(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.limitRectification>) {
    const done = await this.limits.write(params.rectificationId, body, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.rectificationId, principal);
  }

  @Serve(http.verifyRectification) async verify(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.verifyRectification>) {
    const done = await this.limits.verify(params.rectificationId, body, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.rectificationId, principal);
  }
}
