import { ParentClosePolicy, proxyActivities, setHandler, sleep, startChild } from '@temporalio/workflow';
import type { InspectionActivities, QualificationActivities, StepResult, UnitOutcome } from '@zhijian/contracts/activities';
import { taskQueues, wholeCampaign, workflowIds, type CampaignInput, type UnitInput } from '@zhijian/contracts/workflows';
import { amended, opened, unitCampaign } from './unit.workflow.js';

const patience = { startToCloseTimeout: '2 minutes', retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' } } as const;
const inspection = proxyActivities<InspectionActivities>({ taskQueue: taskQueues.inspection, ...patience });
/** Done for all units at once, or else by each unit for itself: not worth waiting for long. */
const soon = { startToCloseTimeout: '30s', scheduleToCloseTimeout: '45s', retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumAttempts: 3 } } as const;
const together = { inspection: proxyActivities<InspectionActivities>({ taskQueue: taskQueues.inspection, ...soon }), qualification: proxyActivities<QualificationActivities>({ taskQueue: taskQueues.qualification, ...soon }) };

/**
 * The whole campaign: starts one workflow for each unit, does for all of them at once what is due at once, and collects
 * what they come to. A unit that fails, lags or is suspended holds up no other; the campaign's own duties (roll-up) run
 * beside them like a unit of their own.
 */
export async function campaign({ campaignId, units, freezing = [] }: CampaignInput): Promise<{ finished: number; unfinished: string[] }> {
  setHandler(amended, () => undefined); // the units hear amendments themselves
  const all = units ?? (await inspection.planCampaign()).units;
  const outcomes: UnitOutcome[] = [];
  const failed: string[] = [];
  const opening = units && openedTogether(freezing);
  const followed = async (unit: string): Promise<void> => {
    try {
      const outcome = await ran({ campaignId, unit, ...(opening && { together: true }) }, opening);
      if (unit !== wholeCampaign) outcomes.push(outcome);
    } catch {
      failed.push(unit);
    }
  };
  const following = all.map(followed);
  await followed(wholeCampaign);
  // Whoever has not finished a minute after the campaign's own end is named as unfinished, and goes on alone.
  await Promise.race([Promise.all(following), sleep('1 minute')]);
  const { finished, unfinished } = await inspection.finishCampaign({ campaignId, outcomes: [...outcomes].sort((a, b) => (a.unit < b.unit ? -1 : 1)), failed: [...failed].sort() });
  return { finished, unfinished };
}

/** One unit from its start to its outcome; when all have been opened together it is told what came of that for it. */
async function ran(run: UnitInput, opening: Promise<Record<string, StepResult>> | undefined): Promise<UnitOutcome> {
  const handle = await startChild(unitCampaign, { workflowId: workflowIds.unit(run.campaignId, run.unit), args: [run], parentClosePolicy: ParentClosePolicy.ABANDON });
  if (opening) {
    const result = (await opening)[run.unit] ?? null;
    await handle.signal(opened, { result }).catch(() => undefined); // not told, it asks by itself
  }
  return handle.result();
}

/** Freezes the rosters that are due and opens what is due in all units; whatever fails is left to the units. */
async function openedTogether(freezing: string[]): Promise<Record<string, StepResult>> {
  const frozen = freezing.length ? together.qualification.freezeRosters({ units: freezing }).catch(() => undefined) : undefined;
  const results = await together.inspection.openUnits({ freezing }).catch(() => ({}));
  await frozen;
  return results;
}
