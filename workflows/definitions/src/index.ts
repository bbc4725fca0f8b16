export { campaign } from './campaign/campaign.workflow.js';
export { unitCampaign } from './campaign/unit.workflow.js';
export { colouring } from './colour/colour.workflow.js';
export { consequences } from './consequences/consequences.workflow.js';
export { notice } from './notice/notice.workflow.js';
