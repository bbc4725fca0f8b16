import { Controller } from '@nestjs/common';
import { ofBody } from '@zhijian/access';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { DueQueries } from './due.queries.js';

@Controller()
export class DueController {
  constructor(private readonly queries: DueQueries) {}

  /** A body asks about its own only, and never about a check that is announced by nothing. */
  @Serve(http.getObligationDue) due(@Call() { params, principal }: CallOf<typeof http.getObligationDue>) {
    const own = principal.places.flatMap(({ institutionId }) => (institutionId ? [institutionId] : []));
    return this.queries.due(params.campaignId, params.obligationId, ofBody(principal) ? own : null);
  }

  @Serve(http.listMoments) moments(@Call() { params }: CallOf<typeof http.listMoments>) {
    return this.queries.moments(params.campaignId, params.unit);
  }
}
