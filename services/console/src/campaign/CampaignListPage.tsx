import { campaignStateWords, Chip, Empty, Page, Part, Shown, useAnswer, type Tone } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { useIs, useSession } from '../app/session.js';
import { OwnDuties, OwnRectifications } from '../task/OwnTasks.js';
import { ApproveCampaign } from './ApproveCampaign.js';
import { packOf, type Campaign } from './campaign.js';

const tones: Record<string, Tone> = { draft: 'wait', approved: 'info', finished: 'good' };

/** Where this person goes from here: the overview, their own district, their own self-check. */
function Ways({ campaign }: { campaign: Campaign }) {
  const { me, place } = useSession();
  const own = campaign.units.find(({ code }) => me.places.some((it) => it.code === code) && (me.role !== 'county' || code === place?.code || me.places.length === 1))
    ?? campaign.units.find(({ code }) => me.places.some((it) => it.code === code));
  const body = useOwnBody();
  if (campaign.state === 'draft') return <span className="zj-soft">批准后开始</span>;
  if (ofBody(me.role)) return body ? <Link className="zj-button zj-primary" to={`/campaigns/${campaign.campaignId}/institutions/${body}/self-check`}>本机构自查</Link> : <span>账号尚未关联机构</span>;
  return (
    <>
      {own && me.role === 'county' ? <Link className="zj-button zj-primary" to={`/campaigns/${campaign.campaignId}/units/${own.code}`}>{own.name}工作页</Link> : null}
      <Link className="zj-button" to={`/campaigns/${campaign.campaignId}`}>行动全景</Link>
    </>
  );
}

/** The body on whose behalf this person acts; undefined for officers, and for an account that is tied to none. */
function useOwnBody(): string | undefined {
  const { me, place } = useSession();
  return place?.institutionId ?? me.places.find(({ institutionId }) => institutionId)?.institutionId ?? undefined;
}
const ofBody = (role: string): boolean => role === 'institution' || role === 'institution-head';

function CampaignCard({ campaign }: { campaign: Campaign }) {
  const mayApprove = useIs('province', 'city', 'approver') && campaign.state === 'draft';
  const mayDraft = useIs('province', 'city', 'county');
  const body = useOwnBody();
  const asBody = useIs('institution', 'institution-head') && campaign.state === 'approved';
  return (
    <Part title={campaign.name} aside={<Ways campaign={campaign} />}>
      <p><Chip tone={tones[campaign.state] ?? 'info'}>{campaignStateWords[campaign.state] ?? campaign.state}</Chip>
        <span className="zj-soft">　{campaign.units.length} 个填报单位 · 政策包 {packOf(campaign)}</span></p>
      {body && asBody ? <OwnDuties campaign={campaign} institutionId={body} /> : null}
      {mayApprove ? <ApproveCampaign campaign={campaign} /> : null}
      {mayDraft && campaign.state !== 'draft' ? <p><Link to={`/campaigns/new?from=${campaign.campaignId}`}>以此为底拟定下一次</Link></p> : null}
    </Part>
  );
}

/** The landing page: the campaigns this person has to do with. */
export function CampaignListPage() {
  const campaigns = useAnswer('listCampaigns', { query: { limit: 100 } }, { every: 15_000 });
  const mayDraft = useIs('province', 'city', 'county');
  const body = useIs('institution', 'institution-head');
  const draft = mayDraft ? <Link className="zj-button" to="/campaigns/new">拟定专项行动</Link> : undefined;
  return (
    <Page title="专项行动" aside={draft}>
      {body ? <OwnRectifications /> : null}
      <Shown of={campaigns} what="专项行动列表">
        {({ items }) => items.length
          ? <>{items.map((campaign) => <CampaignCard key={campaign.campaignId} campaign={campaign} />)}</>
          : <Empty action={draft}>{mayDraft ? '还没有专项行动。先选择政策包，核对其日期与说明，再选定参加的填报单位。' : '目前没有与您有关的专项行动。上级批准后会在这里出现，无需操作。'}</Empty>}
      </Shown>
    </Page>
  );
}
