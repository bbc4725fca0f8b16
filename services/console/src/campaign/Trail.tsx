import { Link } from 'react-router-dom';
import type { Campaign } from './campaign.js';

/** Where a page of a campaign stands. */
export function Trail({ campaign, unit }: { campaign: Pick<Campaign, 'campaignId' | 'name'>; unit?: { code: string; name: string } }) {
  return (
    <>
      <Link to="/campaigns">专项行动</Link>
      <Link to={`/campaigns/${campaign.campaignId}`}>{campaign.name}</Link>
      {unit ? <Link to={`/campaigns/${campaign.campaignId}/units/${unit.code}`}>{unit.name}</Link> : null}
    </>
  );
}
