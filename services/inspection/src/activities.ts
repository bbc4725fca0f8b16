import type { ConsequencesActivities, InspectionActivities, StepKind } from '@zhijian/contracts/activities';
import { workflowIds } from '@zhijian/contracts/workflows';
import { askingUnit, stepCaller } from '@zhijian/service-kit';
import type { OpeningService } from './campaign/opening.service.js';
import type { StagesService } from './campaign/stages.service.js';
import type { ConsequencesService } from './rectification/consequences.service.js';

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

/** What a year's colours entail, step by step. */
export const consequencesActivities = (consequences: ConsequencesService): ConsequencesActivities => ({
  takeColours: (notice) => consequences.takeColours(askingYear(), notice, yearCaller()),
  nextConsequence: () => consequences.next(askingYear(), yearCaller()),
  remindReports: () => consequences.remind(askingYear(), yearCaller()),
  sweepReports: () => consequences.sweep(askingYear(), yearCaller()),
  closeCheckYear: () => consequences.closeYear(askingYear(), yearCaller()),
});

const caller = () => stepCaller(askingUnit().unit);
/** The year of colours whose workflow asks, as its id says. */
const askingYear = () => workflowIds.yearOf(stepCaller('').workflow!.id);
const yearCaller = () => stepCaller(askingYear().jurisdiction);
