import { Controller } from '@nestjs/common';
import { inPlace, mayActFor } from '@zhijian/access';
import { refuse } from '@zhijian/contracts';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import type { AmendmentRefusal } from '../campaign/amendment.service.js';
import { NotificationService } from './notification.service.js';

@Controller()
export class NotificationController {
  constructor(private readonly notifications: NotificationService) {}

  @Serve(http.notifyInstitutions) notify(@Call() { params, body, principal, by }: CallOf<typeof http.notifyInstitutions>) {
    if (!inPlace(principal, params.unit)) return refuse<AmendmentRefusal>('unit-foreign');
    return this.notifications.notify(params.campaignId, params.unit, body, by);
  }

  @Serve(http.acknowledgeNotice) acknowledge(@Call() { params, principal, by }: CallOf<typeof http.acknowledgeNotice>) {
    if (principal.role === 'institution' && !mayActFor(principal, params.institutionId)) throw notFound('这家机构');
    return this.notifications.acknowledge(params.campaignId, params.institutionId, principal, by);
  }

  @Serve(http.remindNow) remind(@Call() { params, body, principal, by }: CallOf<typeof http.remindNow>) {
    if (principal.role === 'county' && !inPlace(principal, params.unit)) return refuse<AmendmentRefusal>('unit-foreign');
    return this.notifications.remind(params.campaignId, params.unit, body.duty, by);
  }
}
