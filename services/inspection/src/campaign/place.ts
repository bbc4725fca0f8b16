import { wholeCampaign } from '@zhijian/contracts/workflows';
import type { Campaign } from './campaign.entity.js';

/** The place of a unit; the campaign's own duties belong to the campaign's place. */
export const placeOf = (campaign: Pick<Campaign, 'jurisdiction'>, unit: string): string => (unit === wholeCampaign ? campaign.jurisdiction : unit);
