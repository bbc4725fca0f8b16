/** Names shared by the bridge, the workflows and the archive. No zod here: this file goes into the workflow bundle. */
export const taskQueues = { workflows: 'workflows', inspection: 'inspection', qualification: 'qualification' } as const;

/** The unit of a campaign's own duties (roll-up): the campaign as a whole. */
export const wholeCampaign = '*';

export const workflowIds = {
  campaign: (campaignId: string) => `campaign/${campaignId}`,
  unit: (campaignId: string, unit: string) => `campaign/${campaignId}/${unit}`,
} as const;

export interface CampaignInput { campaignId: string }
export interface UnitInput { campaignId: string; unit: string }
export interface AmendedSignal { factId: string; kind: string }
export const signals = { amended: 'amended' } as const;
