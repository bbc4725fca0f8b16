export { campaign } from './campaign/campaign.workflow.js';
export { unitCampaign } from './campaign/unit.workflow.js';
