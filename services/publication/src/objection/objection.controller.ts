import { Controller } from '@nestjs/common';
import { isRefused } from '@zhijian/contracts';
import { publication as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { ownBodies } from '../notice/notice.controller.js';
import { ObjectionQueries } from './objection.queries.js';
import { ObjectionService } from './objection.service.js';

@Controller()
export class ObjectionController {
  constructor(private readonly objections: ObjectionService, private readonly queries: ObjectionQueries) {}

  @Serve(http.raiseObjection) async raise(@Call() { params, body, principal, by }: CallOf<typeof http.raiseObjection>) {
    return this.after(await this.objections.raise(params.noticeId, body, principal, by));
  }

  @Serve(http.listObjections) list(@Call() { query, principal }: CallOf<typeof http.listObjections>) {
    return this.queries.list(query, ownBodies(principal));
  }

  @Serve(http.getObjection) async get(@Call() { params, principal }: CallOf<typeof http.getObjection>) {
    const found = await this.queries.one(params.objectionId);
    if (ownBodies(principal)?.includes(found.institutionId) === false) throw notFound('这件异议');
    return found;
  }

  @Serve(http.setObjectionDue) async due(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.setObjectionDue>) {
    return this.after(await this.objections.setDue(params.objectionId, body.dueOn, principal, ifMatch, by));
  }

  @Serve(http.answerObjection) async answer(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.answerObjection>) {
    return this.after(await this.objections.answer(params.objectionId, body, principal, ifMatch, by));
  }

  @Serve(http.withdrawObjection) async withdraw(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.withdrawObjection>) {
    return this.after(await this.objections.withdraw(params.objectionId, body.source, principal, ifMatch, by));
  }

  private after(done: Awaited<ReturnType<ObjectionService['raise']>>) {
    return isRefused(done) ? done : this.queries.one(done.objectionId);
  }
}
