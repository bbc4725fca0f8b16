import type { InspectionActivities, StepKind } from '@zhijian/contracts/activities';
import { askingUnit, stepCaller } from '@zhijian/service-kit';
import type { OpeningService } from './campaign/opening.service.js';
import type { StagesService } from './campaign/stages.service.js';

/** Orders from workflows, on the task queue `inspection`. Each step is named after the moment it is ordered for. */
export function inspectionActivities(stages: StagesService, opening: OpeningService): InspectionActivities {
  const advance = (kind: StepKind) => () => stages.advance(askingUnit(), kind, caller());
  return {
    planCampaign: () => stages.planCampaign(askingUnit().campaignId, stepCaller('')),
    openUnits: ({ freezing }) => opening.open(askingUnit().campaignId, freezing, stepCaller('')),
    planUnit: () => stages.planUnit(askingUnit(), caller()),
    nextStep: (asked) => stages.nextStep(askingUnit(), asked?.come ?? false, caller()),
    takeRoster: (roster) => stages.takeRoster(askingUnit(), roster, caller()),
    openStage: advance('open-stage'),
    remind: advance('remind'),
    sweep: advance('sweep'),
    closeStage: advance('close-stage'),
    finishUnit: () => stages.finishUnit(askingUnit(), caller()),
    finishCampaign: (run) => stages.finishCampaign(run, stepCaller('')),
  };
}

const caller = () => stepCaller(askingUnit().unit);
