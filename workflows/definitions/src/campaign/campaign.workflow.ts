import { executeChild, ParentClosePolicy, proxyActivities, setHandler, sleep, startChild } from '@temporalio/workflow';
import type { InspectionActivities, UnitOutcome } from '@zhijian/contracts/activities';
import { taskQueues, wholeCampaign, workflowIds, type CampaignInput } from '@zhijian/contracts/workflows';
import { amended, unitCampaign } from './unit.workflow.js';

const inspection = proxyActivities<InspectionActivities>({
  taskQueue: taskQueues.inspection, startToCloseTimeout: '2 minutes', retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' },
});

/**
 * The whole campaign: starts one workflow for each unit and collects what they come to. A unit that fails, lags or is
 * suspended holds up no other; the campaign's own duties (roll-up) run beside them like a unit of their own.
 */
export async function campaign({ campaignId }: CampaignInput): Promise<{ finished: number; unfinished: string[] }> {
  setHandler(amended, () => undefined); // the units hear amendments themselves
  const { units } = await inspection.planCampaign({ campaignId });
  const outcomes: UnitOutcome[] = [];
  const failed: string[] = [];
  const child = (unit: string) => ({ workflowId: workflowIds.unit(campaignId, unit), args: [{ campaignId, unit }] as [{ campaignId: string; unit: string }], parentClosePolicy: ParentClosePolicy.ABANDON });
  const following = units.map(async (unit) => {
    try {
      const handle = await startChild(unitCampaign, child(unit));
      outcomes.push(await handle.result());
    } catch {
      failed.push(unit);
    }
  });
  await executeChild(unitCampaign, child(wholeCampaign)).catch(() => failed.push(wholeCampaign));
  // Whoever has not finished a minute after the campaign's own end is named as unfinished, and goes on alone.
  await Promise.race([Promise.all(following), sleep('1 minute')]);
  const { finished, unfinished } = await inspection.finishCampaign({ campaignId, outcomes: [...outcomes].sort((a, b) => (a.unit < b.unit ? -1 : 1)), failed: [...failed].sort() });
  return { finished, unfinished };
}
