import { addDays, type LocalDate } from '@zhijian/calendar';
import { inspection } from '@zhijian/contracts/http';
import type { CampaignPlan } from '@zhijian/policy';
import { eventually } from './crew.js';
import type { Play } from './play.js';

/** A day at whose beginning the units' workflows have something to do. */
interface Moment { on: string; sweeps: string[]; stages: boolean }

/** Every such day of a plan, in order. */
export function momentsOf(plan: CampaignPlan): Moment[] {
  const stages = plan.cities.flatMap((city) => city.stages);
  const duties = [...stages.flatMap((stage) => stage.duties), ...plan.campaignDuties];
  const stageDays = stages.flatMap(({ opensOn, closesOn }) => [opensOn, addDays(closesOn, 1)]);
  const after = (on: LocalDate | null) => (on === null ? [] : [addDays(on, 1)]);
  const days = [...new Set([...stageDays, ...duties.flatMap(({ dueOn, reminders }) => [...after(dueOn), ...reminders.map(({ on }) => on)])])].sort();
  return days.map((on) => ({ on, stages: stageDays.includes(on), sweeps: [...new Set(duties.filter(({ dueOn }) => after(dueOn).includes(on)).map(({ id }) => id))] }));
}

/** Lets time run to an instant of the agenda; on the way it waits, slowly, for what each moment orders. */
export async function until(play: Play, on: string, at: string): Promise<void> {
  const { hands, campaignId } = play;
  for (const moment of play.moments.filter((it) => it.on <= on && hands.today() < it.on)) {
    await hands.until(`${moment.on}T00:00:00+08:00`, { near: false });
    if (campaignId) await settled(play, moment);
  }
  await hands.until(`${on}T${at}:00+08:00`, { near: true });
}

/** Waits until the units have done what was due on days that have passed already, as when a campaign is approved on its first day. */
export async function caughtUp(play: Play): Promise<void> {
  const on = play.hands.today();
  play.journal.expect(`${on} 已到期的阶段随即开始`, await eventually(() => stagesMoved(play, on)), '三分钟内没有转换');
}

async function settled(play: Play, moment: Moment): Promise<void> {
  const done = await eventually(async () => (!moment.stages || (await stagesMoved(play, moment.on))) && (await swept(play, moment)));
  play.journal.expect(`${moment.on} 阶段与期限按日转换`, done, '三分钟内没有转换');
}

/** Every unit that is not suspended has opened and closed what its days order. */
async function stagesMoved({ lead, campaignId }: Play, on: string): Promise<boolean> {
  const { units, campaign } = await lead.ask(inspection.getOverview, { params: { campaignId } });
  if (campaign.state === 'finished') return true;
  return units.filter(({ state }) => state !== 'suspended').every(({ stages }) =>
    stages.every(({ opensOn, closesOn, openedAt, closedAt }) => (opensOn > on || openedAt !== null) && (closesOn >= on || closedAt !== null)));
}

async function swept({ lead, campaignId, suspended }: Play, { sweeps, on }: Moment): Promise<boolean> {
  for (const duty of sweeps) {
    const { items } = await lead.ask(inspection.listObligations, { params: { campaignId }, query: { duty, state: 'open', limit: 500 } });
    if (items.some(({ dueOn, unit }) => dueOn !== null && dueOn < on && !suspended.has(unit))) return false;
  }
  return true;
}
