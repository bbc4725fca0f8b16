import { defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { InspectionActivities, MomentRun, QualificationActivities, Step, StepResult, UnitOutcome } from '@zhijian/contracts/activities';
import { signals, taskQueues, type AmendedSignal, type UnitInput } from '@zhijian/contracts/workflows';
import { reached } from '../timers.js';

const patience = { startToCloseTimeout: '2 minutes', retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' } } as const;
const inspection = proxyActivities<InspectionActivities>({ taskQueue: taskQueues.inspection, ...patience });
const qualification = proxyActivities<QualificationActivities>({ taskQueue: taskQueues.qualification, ...patience });

export const amended = defineSignal<[AmendedSignal]>(signals.amended);

/**
 * One unit's part of a campaign: from moment to moment, each with its own legal instant. Every date is the recorded
 * result of an activity; an amendment wakes it and it asks again.
 */
export async function unitCampaign(run: UnitInput): Promise<UnitOutcome> {
  const heard = new Set<string>();
  let news = false;
  setHandler(amended, ({ factId }) => {
    news ||= !heard.has(factId);
    heard.add(factId);
  });

  let next = (await inspection.planUnit(run)).next;
  while (next.kind !== 'done') {
    if (!next.passed) {
      const woken = await reached(next.wakeAt, () => news);
      if (woken) {
        news = false;
        next = await inspection.nextStep(run);
        continue;
      }
    }
    next = await act(run, next);
  }
  return inspection.finishUnit(run);
}

/**
 * Does what the moment orders. A moment that has not come yet (a clock that stood still) answers with what to wait for;
 * the freezing is another room's work, which cannot tell, so that after a timer it is asked for again first.
 */
async function act(run: UnitInput, step: Step): Promise<Step> {
  if (step.moment === null || (step.kind === 'freeze-roster' && !step.passed)) return inspection.nextStep(run);
  const moment = { ...run, moment: step.moment };
  return (await ordered(step, moment)).next;
}

async function ordered(step: Step, moment: MomentRun): Promise<StepResult> {
  switch (step.kind) {
    case 'freeze-roster': {
      const { rosterId, digest } = await qualification.freezeRoster({ campaignId: moment.campaignId, unit: moment.unit });
      return inspection.takeRoster({ ...moment, rosterId, digest });
    }
    case 'open-stage':
      return inspection.openStage(moment);
    case 'remind':
      return inspection.remind(moment);
    case 'sweep':
      return inspection.sweep(moment);
    default:
      return inspection.closeStage(moment);
  }
}
