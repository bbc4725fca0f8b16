import type { InspectionActivities } from '@zhijian/contracts/activities';
import { stepCaller } from '@zhijian/service-kit';
import type { StagesService } from './campaign/stages.service.js';

/** Orders from workflows, on the task queue `inspection`. */
export const inspectionActivities = (stages: StagesService): InspectionActivities => ({
  planCampaign: ({ campaignId }) => stages.planCampaign(campaignId, stepCaller('')),
  planUnit: (run) => stages.planUnit(run, stepCaller(run.unit)),
  nextStep: (run) => stages.nextStep(run, stepCaller(run.unit)),
  takeRoster: (run) => stages.takeRoster(run, stepCaller(run.unit)),
  openStage: (run) => stages.openStage(run, stepCaller(run.unit)),
  remind: (run) => stages.remind(run, stepCaller(run.unit)),
  sweep: (run) => stages.sweep(run, stepCaller(run.unit)),
  closeStage: (run) => stages.closeStage(run, stepCaller(run.unit)),
  finishUnit: (run) => stages.finishUnit(run, stepCaller(run.unit)),
  finishCampaign: (run) => stages.finishCampaign(run, stepCaller('')),
});
