import type { PublicationActivities } from '@zhijian/contracts/activities';
import { stepCaller } from '@zhijian/service-kit';
import type { FinishService } from './notice/finish.service.js';

/** Orders from a notice's workflow, on the task queue `publication`. */
export const publicationActivities = (finish: FinishService): PublicationActivities => ({
  noticeStep: ({ noticeId }) => finish.step(noticeId, stepCaller('')),
  publishReady: ({ noticeId }) => finish.publish(noticeId, stepCaller('')),
});
