import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { InspectionActivities, QualificationActivities, Step, UnitOutcome } from '@zhijian/contracts/activities';
import { signals, taskQueues, type AmendedSignal, type OpenedSignal, type UnitInput } from '@zhijian/contracts/workflows';
import { reached } from '../timers.js';

const patience = { startToCloseTimeout: '2 minutes', retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' } } as const;
const inspection = proxyActivities<InspectionActivities>({ taskQueue: taskQueues.inspection, ...patience });
const qualification = proxyActivities<QualificationActivities>({ taskQueue: taskQueues.qualification, ...patience });

export const amended = defineSignal<[AmendedSignal]>(signals.amended);
export const opened = defineSignal<[OpenedSignal]>(signals.opened);

/**
 * One unit's part of a campaign: from moment to moment, each with its own legal instant. Every date is the recorded
 * result of an activity; an amendment wakes it and it asks again. What was due at once its campaign has done for all
 * units together; a unit that hears nothing of that does it by itself.
 */
export async function unitCampaign(run: UnitInput): Promise<UnitOutcome> {
  const heard = new Set<string>();
  let news = false;
  let told: OpenedSignal | undefined;
  setHandler(amended, ({ factId }) => {
    news ||= !heard.has(factId);
    heard.add(factId);
  });
  setHandler(opened, (signal) => { told = signal; });

  if (run.together) await condition(() => told !== undefined, '1 minute');
  let next = (told?.result ?? (await inspection.planUnit())).next;
  while (next.kind !== 'done') {
    const woken = !next.passed && (await reached(next.wakeAt ?? null, () => news));
    if (woken) news = false;
    next = woken ? await inspection.nextStep() : await ordered(next);
  }
  return inspection.finishUnit();
}

/**
 * Orders what the moment is for. One that has not come yet (a clock that stood still) waits there or answers with what to
 * wait for; the freezing is another room's work, which cannot tell, so that after a timer it is asked for again first.
 */
async function ordered(step: Step): Promise<Step> {
  switch (step.kind) {
    case 'freeze-roster': {
      if (!step.passed) return inspection.nextStep({ come: true });
      const { rosterId, digest } = await qualification.freezeRoster();
      return (await inspection.takeRoster({ rosterId, digest })).next;
    }
    case 'open-stage':
      return (await inspection.openStage()).next;
    case 'remind':
      return (await inspection.remind()).next;
    case 'sweep':
      return (await inspection.sweep()).next;
    default:
      return (await inspection.closeStage()).next;
  }
}
