import type { Calendar } from '@zhijian/calendar';
import { PackError, planCampaign, type CampaignPlan, type Packs } from '@zhijian/policy';
import { tokenFor } from '../account/token.js';

export interface Moved { readonly clock: string; readonly old: string | null; readonly new: string | null }
interface Campaign { campaignId: string; pack: string; packVersion: number; state: string; units: { code: string; name: string }[] }

/** What another calendar would move in the campaigns that run in this installation; none where no installation answers. */
export async function movedClocks(env: NodeJS.ProcessEnv, packs: Packs, now: Calendar, then: Calendar): Promise<{ moved: Moved[]; note?: string }> {
  const campaigns = await running(env);
  if (typeof campaigns === 'string') return { moved: [], note: campaigns };
  const moved = await Promise.all(campaigns.map(async (campaign) => {
    try {
      const pack = await packs.get(`${campaign.pack}@${campaign.packVersion}`);
      return differences(campaign.campaignId, planCampaign(pack, now, campaign), planCampaign(pack, then, campaign));
    } catch (error) {
      if (error instanceof PackError) return [];
      throw error;
    }
  }));
  return { moved: moved.flat() };
}

async function running(env: NodeJS.ProcessEnv): Promise<Campaign[] | string> {
  const gateway = env['GATEWAY_URL'] ?? `http://127.0.0.1:${env['GATEWAY_PORT'] ?? '4200'}`;
  try {
    const { access_token: token } = await tokenFor(env, 'yunwei');
    const response = await fetch(`${gateway}/api/v1/campaigns?limit=500`, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(5000) });
    if (!response.ok) return `系统没有给出进行中的专项行动（${response.status}），只检查了通知本身`;
    return ((await response.json()) as { items: Campaign[] }).items.filter(({ state }) => state === 'approved');
  } catch {
    return '系统没有运行，只检查了通知本身';
  }
}

interface Dated { readonly clock: string; readonly dueOn: string | null; readonly firm: boolean }

function clocksOf(campaignId: string, plan: CampaignPlan): Dated[] {
  const own = plan.campaignDuties.map((duty) => ({ ...duty, clock: `campaign/${campaignId}/*/${duty.id}` }));
  return [...plan.cities.flatMap(({ city, stages }) => stages.flatMap(({ duties }) => duties.map((duty) => ({ ...duty, clock: `campaign/${campaignId}/${city}/${duty.id}` })))), ...own];
}

/** A clock is listed when its day moves, and when its day only becomes firm. */
function differences(campaignId: string, before: CampaignPlan, after: CampaignPlan): Moved[] {
  const then = new Map(clocksOf(campaignId, after).map((it) => [it.clock, it]));
  return clocksOf(campaignId, before).flatMap(({ clock, dueOn, firm }) => {
    const next = then.get(clock);
    return next && (next.dueOn !== dueOn || next.firm !== firm) ? [{ clock, old: dueOn, new: next.dueOn }] : [];
  });
}
