import { Controller } from '@nestjs/common';
import { ofBody, type Principal } from '@zhijian/access';
import { isRefused } from '@zhijian/contracts';
import { publication as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { PublicationQueries } from '../record/publication.queries.js';
import { PublicationService } from '../record/publication.service.js';
import { NoticeQueries } from './notice.queries.js';
import { NoticeService } from './notice.service.js';

/** A body sees its own results only; null: whoever asks is no body's person. */
export const ownBodies = (principal: Principal): string[] | null => (ofBody(principal) ? principal.places.flatMap(({ institutionId }) => institutionId ?? []) : null);

@Controller()
export class NoticeController {
  constructor(private readonly notices: NoticeService, private readonly queries: NoticeQueries, private readonly publications: PublicationService, private readonly published: PublicationQueries) {}

  @Serve(http.listNotices) list(@Call() { query, principal }: CallOf<typeof http.listNotices>) {
    return this.queries.list(query, ownBodies(principal));
  }

  @Serve(http.getNotice) get(@Call() { params, principal }: CallOf<typeof http.getNotice>) {
    return this.queries.withChecks(params.noticeId, ownBodies(principal));
  }

  @Serve(http.listNoticeEntries) entries(@Call() { params, query, principal }: CallOf<typeof http.listNoticeEntries>) {
    return this.queries.entries(params.noticeId, query, ownBodies(principal));
  }

  @Serve(http.postNotice) async post(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.postNotice>) {
    const done = await this.notices.post(params.noticeId, body, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.noticeId);
  }

  @Serve(http.withdrawNotice) async withdraw(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.withdrawNotice>) {
    const done = await this.notices.withdraw(params.noticeId, body.reason, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.noticeId);
  }

  @Serve(http.recordPublication) async record(@Call() { params, body, principal, ifMatch, by }: CallOf<typeof http.recordPublication>) {
    const done = await this.notices.record(params.noticeId, body, principal, ifMatch, by);
    return isRefused(done) ? done : this.queries.one(done.noticeId);
  }

  @Serve(http.listPublications) publicationsOf(@Call() { query, principal }: CallOf<typeof http.listPublications>) {
    return this.published.list(query, ownBodies(principal));
  }

  @Serve(http.withdrawPublication) async takeDown(@Call() { params, body, principal, by }: CallOf<typeof http.withdrawPublication>) {
    const done = await this.publications.withdraw(params.publicationId, body.reason, principal, by);
    return isRefused(done) ? done : this.published.one(done.publicationId);
  }
}
