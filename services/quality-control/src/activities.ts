import type { QualityControlActivities } from '@zhijian/contracts/activities';
import { stepCaller } from '@zhijian/service-kit';
import type { ColourSteps } from './colour/colour-steps.service.js';

/** Orders from workflows, on the task queue `quality-control`. */
export const qualityControlActivities = (steps: ColourSteps): QualityControlActivities => ({
  proposeColours: (run) => steps.propose(run, stepCaller(run.jurisdiction)),
  colourYearEnd: (run) => steps.yearEnd(run, stepCaller(run.jurisdiction)),
  countRedYears: (run) => steps.countRedYears(run, stepCaller(run.jurisdiction)),
  closeColourYear: (run) => steps.close(run, stepCaller(run.jurisdiction)),
});
