import { inspection } from '@zhijian/contracts/http';
import { eventually } from './crew.js';
import { nameOf, type Play } from './play.js';
import type { Body } from './cast.js';

/** Drawn up from the pack and approved; each unit's workflow runs before time goes on. */
export async function approved(play: Play): Promise<string> {
  const { data, units } = play.scenario;
  const draft = await play.lead.ask(inspection.draftCampaign, { key: play.key('draft'), body: { name: data.name, pack: data.pack, units: units.map(({ code, name }) => ({ code, name })) } });
  play.campaignId = draft.campaignId;
  const own = await play.lead.raw('POST', `/api/v1/campaigns/${draft.campaignId}/approval`, { body: {}, key: play.key('approve-own') });
  if (draft.state === 'draft') play.journal.equal('拟定人不能批准自己拟定的行动', own.status, data.approvedFrom ? 403 : 422);
  if (draft.state === 'draft' && !data.approvedFrom) play.journal.equal('拟定人不能批准的理由', (own.body as { code?: string }).code, 'approver-is-author');
  await play.approver.ask(inspection.approveCampaign, { params: { campaignId: draft.campaignId }, key: play.key('approve') });
  const running = await eventually(async () => (await play.lead.ask(inspection.getOverview, { params: { campaignId: draft.campaignId } })).units.every(({ state }) => state !== 'planned'));
  play.journal.expect('各填报单位同时启动', running);
  return `批准启动，${units.length} 个填报单位，提示 ${draft.findings.length} 项`;
}

/** A plan with own dates, of a unit or (`*`) of the campaign; the version is read anew when the workflow was faster. */
export async function planFiled(play: Play, unit: { code: string; name: string }, text: string, dates: readonly { duty: string; on: string }[] = []): Promise<void> {
  const params = { campaignId: play.campaignId, unit: unit.code };
  const caller = unit.code === '*' ? play.lead : play.officer(unit.code);
  const filed = await eventually(async () => {
    const { plan } = await caller.ask(inspection.getUnit, { params });
    const answer = await caller.raw('PUT', `/api/v1/campaigns/${play.campaignId}/units/${encodeURIComponent(unit.code)}/plan`, { body: { text: `${unit.name}：${text}`, dates, file: true }, ifMatch: plan.version, key: play.key('plan', unit.code === '*' ? 'whole' : unit.code) });
    if (answer.status !== 412 && answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.status === 200;
  });
  if (!filed) throw new Error('实施方案没有报上');
}

/** Every body of the campaign is told; most at a meeting, the last two of a unit acknowledge later. */
export function notified(play: Play, on: string): Promise<number> {
  return play.each('通知到每一家', play.scenario.units, async (unit) => {
    const members = unit.bodies.filter((body) => play.scenario.takesPart(body));
    const attended = members.slice(0, -2).map((body) => play.idOf(body));
    const means = unit.bodies.length % 2 === 0 ? 'meeting-on-site' : 'meeting-online';
    const answer = await play.officer(unit.code).ask(inspection.notifyInstitutions, {
      params: { campaignId: play.campaignId, unit: unit.code }, key: play.key('notify', unit.code), body: { means, on, institutions: 'all', attended, note: play.scenario.data.label },
    });
    play.journal.equal(`${unit.name} 通知家数`, [answer.notified, answer.remaining], [members.length, 0]);
  }, nameOf);
}

export function acknowledged(play: Play): Promise<number> {
  const bodies = play.scenario.units.flatMap(({ bodies: all }) => all.filter((body) => play.scenario.takesPart(body)).slice(-2));
  return play.each('签收通知', bodies, async (body: Body) => {
    await play.body(body).ask(inspection.acknowledgeNotice, { params: { campaignId: play.campaignId, institutionId: play.idOf(body) }, key: play.key('acknowledge', body.number) });
  }, nameOf);
}

export interface Change { kind: 'extend' | 'suspend' | 'resume'; unit: string; duty?: string; on?: string; reason: string }

/** The city changes a running campaign, with its reason. */
export async function amended(play: Play, { kind, unit, duty, on, reason }: Change): Promise<void> {
  await play.lead.ask(inspection.amendCampaign, {
    params: { campaignId: play.campaignId }, key: play.key('amend', kind, unit), body: { kind, units: [unit], ...(duty ? { duty } : {}), ...(on ? { on } : {}), reason },
  });
  if (kind === 'suspend') play.suspended.add(unit);
  if (kind === 'resume') play.suspended.delete(unit);
}

export async function reminded(play: Play, unit: string, duty: string): Promise<number> {
  return (await play.officer(unit).ask(inspection.remindNow, { params: { campaignId: play.campaignId, unit }, key: play.key('remind', unit, duty), body: { duty } })).reminded;
}

/** Waits until a unit knows a body as being in that state: a fact that travels. */
export async function known(play: Play, body: Body, state: 'in' | 'idle'): Promise<void> {
  const there = await eventually(async () => (await play.officer(body.unit).ask(inspection.getUnit, { params: { campaignId: play.campaignId, unit: body.unit } }))
    .institutions.some((it) => it.institutionId === play.idOf(body) && it.state === state));
  play.journal.expect(`${body.name} 名单公开变更（${state}）`, there);
}
