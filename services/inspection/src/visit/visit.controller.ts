import { Controller } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { isRefused, type Refused } from '@zhijian/contracts';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { CaseService } from '../case/case.service.js';
import { PenaltyService } from '../case/penalty.service.js';
import { VisitQueries } from './visit.queries.js';
import { VisitService } from './visit.service.js';

@Controller()
export class VisitController {
  constructor(private readonly visits: VisitService, private readonly queries: VisitQueries, private readonly cases: CaseService, private readonly penalties: PenaltyService) {}

  @Serve(http.listVisits) list(@Call() { params, query }: CallOf<typeof http.listVisits>) {
    return this.queries.list(params.campaignId, query);
  }

  @Serve(http.listVisitSubjects) subjects(@Call() { query }: CallOf<typeof http.listVisitSubjects>) {
    return this.queries.subjects(query);
  }

  @Serve(http.openVisit) async open(@Call() { params, body, principal, by }: CallOf<typeof http.openVisit>) {
    return this.shown(await this.visits.open(params.campaignId, body, principal, by), principal);
  }

  @Serve(http.getVisit) get(@Call() { params, principal }: CallOf<typeof http.getVisit>) {
    return this.queries.one(params.visitId, principal);
  }

  @Serve(http.listArchives) async archives(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.listArchives>) {
    return this.shown(await this.visits.listArchives(params.visitId, body.archives, principal, ifMatch, by), principal);
  }

  @Serve(http.drawArchives) async draw(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.drawArchives>) {
    return this.shown(await this.visits.draw(params.visitId, body.size, principal, ifMatch, by), principal);
  }

  @Serve(http.recordVisit) async record(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.recordVisit>) {
    return this.shown(await this.visits.record(params.visitId, body, principal, ifMatch, by), principal);
  }

  @Serve(http.getDraw) drawn(@Call() { params }: CallOf<typeof http.getDraw>) {
    return this.queries.draw(params.drawId);
  }

  @Serve(http.listCases) listCases(@Call() { params, query }: CallOf<typeof http.listCases>) {
    return this.cases.list(params.campaignId, query);
  }

  @Serve(http.decideCase) async decide(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.decideCase>) {
    const done = await this.cases.decide(params.caseId, body.decidedOn, body.sanctions, principal, ifMatch, by);
    return isRefused(done) ? done : this.cases.one(done.caseId);
  }

  @Serve(http.recordPenalty) async recordPenalty(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.recordPenalty>) {
    const done = await this.penalties.record(params.caseId, body, principal, ifMatch, by);
    return isRefused(done) ? done : this.cases.one(done.caseId);
  }

  @Serve(http.withdrawPenalty) async withdrawPenalty(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.withdrawPenalty>) {
    const done = await this.penalties.withdraw(params.caseId, body, principal, ifMatch, by);
    return isRefused(done) ? done : this.cases.one(done.caseId);
  }

  @Serve(http.changePenalty) async changePenalty(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.changePenalty>) {
    const done = await this.penalties.change(params.caseId, body, principal, ifMatch, by);
    return isRefused(done) ? done : this.cases.one(done.caseId);
  }

  private shown(done: { visitId: string } | Refused, principal: Principal) {
    return isRefused(done) ? done : this.queries.one(done.visitId, principal);
  }
}
