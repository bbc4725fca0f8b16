import { Controller } from '@nestjs/common';
import { ofBody, mayActFor } from '@zhijian/access';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { NotificationService } from './notification.service.js';

@Controller()
export class NotificationController {
  constructor(private readonly notifications: NotificationService) {}

  @Serve(http.notifyInstitutions) notify(@Call() { params, body, principal, by }: CallOf<typeof http.notifyInstitutions>) {
    return this.notifications.notify(params.campaignId, params.unit, body, principal, by);
  }

  @Serve(http.acknowledgeNotice) acknowledge(@Call() { params, principal, by }: CallOf<typeof http.acknowledgeNotice>) {
    if (ofBody(principal) && !mayActFor(principal, params.institutionId)) throw notFound('这家机构');
    return this.notifications.acknowledge(params.campaignId, params.institutionId, principal, by);
  }

  @Serve(http.remindNow) remind(@Call() { params, body, principal, by }: CallOf<typeof http.remindNow>) {
    return this.notifications.remind(params.campaignId, params.unit, body.duty, principal, by);
  }
}
