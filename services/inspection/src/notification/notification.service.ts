import { Injectable } from '@nestjs/common';
import { ofBody, type Principal } from '@zhijian/access';
import { newId, refuse } from '@zhijian/contracts';
import { institutionNotified, noticeAcknowledged, reminderIssued } from '@zhijian/contracts/facts';
import type { BodyOf, inspection } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { localDate, startOfDay } from '@zhijian/calendar';
import type { Pack } from '@zhijian/policy';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { certifyTimeliness, type Settled } from '../evidence/timeliness.evidence.js';
import { actingRefused, dutyOf, groundOf } from '../campaign/agency.rules.js';
import { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { beginsOn } from '../campaign/unit-stages.rules.js';
import { stands } from '../self-check/awaited-correction.queries.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { doneByTelling, modeRefused, modeSentences, type ModeRefusal } from './notification.rules.js';

export type NotificationRefusal = 'not-in-roster' | 'notified-in-future' | 'notified-before-campaign' | 'not-notified' | 'duty-not-open' | 'roster-not-frozen' | 'notice-foreign' | 'duty-unannounced' | ModeRefusal;
export const notificationSentences = {
  'not-in-roster': '有机构不在本辖区的治理名单内',
  'notified-in-future': '通知日期 {on} 尚未到来',
  'notified-before-campaign': '通知日期 {on} 早于本次专项行动开始的日期 {opensOn}',
  'not-notified': '尚未收到通知，无从签收',
  'duty-not-open': '没有未完成的这项任务，无须催办',
  'notice-foreign': '该机构不在您任职的辖区',
  'duty-unannounced': '“四不两直”的检查不发通知、不作催办',
  'roster-not-frozen': '本辖区的名单尚未冻结，请在名单冻结后通知',
  ...modeSentences,
} satisfies Record<NotificationRefusal, string>;

/** Every body is told what is asked of it, on line or at a meeting, and acknowledges. */
@Injectable()
export class NotificationService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  notify(campaignId: string, unit: string, body: BodyOf<typeof inspection.notifyInstitutions>, principal: Principal, by: Caller) {
    return this.uow.run({ ...by, jurisdiction: unit }, async (tx) => {
      const { campaign, row } = await inUnit(tx, campaignId, unit);
      const duty = dutyOf(row.stages, 'notification');
      const stranger = actingRefused(principal, duty?.actor ?? null, groundOf(campaign, unit, tx.now), duty?.clauses ?? [], { foreign: 'unit-foreign' });
      if (stranger) return stranger;
      const pack = await this.packs.get(packNameOf(campaign));
      const otherwise = modeRefused(pack, body);
      if (otherwise) return otherwise;
      if (!row.rosterId) return refuse<NotificationRefusal>('roster-not-frozen', [], {}, { wrongState: true });
      if (body.on > tx.now.slice(0, 10)) return refuse<NotificationRefusal>('notified-in-future', [], { on: body.on }, { errors: [{ path: '/on', message: '不能晚于今天' }] });
      const opensOn = beginsOn(row.stages, campaign.madeAt);
      if (body.on < opensOn) return refuse<NotificationRefusal>('notified-before-campaign', [...(duty?.clauses ?? [])], { on: body.on, opensOn }, { errors: [{ path: '/on', message: `不能早于 ${opensOn}` }] });
      const members = (await tx.query<{ id: string }>(`select institution_id as id from roster_member where campaign_id = $1 and unit = $2 and state = 'in'`, [campaignId, unit])).map(({ id }) => id);
      const named = body.institutions === 'all' ? members : body.institutions;
      const errors = [...named.map((id, at) => [id, `/institutions/${at}`] as const), ...body.attended.map((id, at) => [id, `/attended/${at}`] as const)].filter(([id]) => !members.includes(id)).map(([, path]) => ({ path, message: '不在本辖区的治理名单内' }));
      if (errors.length) return refuse<NotificationRefusal>('not-in-roster', [], {}, { errors });
      const told = await tx.query<{ id: string }>(
        `insert into notification (campaign_id, unit, institution_id, means, notified_on, note, acknowledged_on)
         select $1, $2, i, $4, $5, $6, case when i = any($7::uuid[]) then $5::date end from unnest($3::uuid[]) as i on conflict do nothing returning institution_id as id`,
        [campaignId, unit, named, body.means, body.on, body.note, body.attended]);
      const duties = row.stages.flatMap((stage) => stage.duties).filter(({ kind }) => kind === 'notification');
      const [left] = await tx.query<{ count: number }>(`select count(*)::int as count from roster_member m where campaign_id = $1 and unit = $2 and state = 'in' and not exists (select 1 from notification n where n.campaign_id = $1 and n.institution_id = m.institution_id)`, [campaignId, unit]);
      const remaining = left?.count ?? 0;
      await settleMany(tx, pack, { campaignId, unit, duties: duties.map(({ id }) => id) }, doneByTelling(pack, { told: told.map(({ id }) => id), members, remaining }), body.on);
      const policy = policyOf(campaign, duties.flatMap(({ clauses }) => clauses));
      for (const { id } of told) tx.fact(institutionNotified, id, { campaignId, unit, institutionId: id, means: body.means, notifiedOn: body.on, policy });
      const now = new Set(told.map(({ id }) => id));
      const here = [...new Set(body.attended)].filter((id) => now.has(id));
      for (const id of here) tx.fact(noticeAcknowledged, id, { campaignId, unit, institutionId: id, acknowledgedOn: body.on });
      tx.note('institutions notified', `${campaignId}/${unit}`, policy, { means: body.means, on: body.on, institutions: told.length, attended: here.length });
      return { notified: told.length, acknowledged: here.length, remaining };
    });
  }

  acknowledge(campaignId: string, institutionId: string, principal: Principal, by: Caller) {
    return this.uow.run(by, async (tx) => {
      const [row] = await tx.query<{ unit: string; acknowledgedOn: string | null }>(
        `select unit, acknowledged_on::text as "acknowledgedOn" from notification where campaign_id = $1 and institution_id::text = $2 for update`, [campaignId, institutionId]);
      if (!row) return refuse<NotificationRefusal>('not-notified', [], {}, { wrongState: true });
      const { campaign, row: unit } = await inUnit(tx, campaignId, row.unit);
      const duty = dutyOf(unit.stages, 'notification');
      const stranger = ofBody(principal) ? null : actingRefused(principal, duty?.actor ?? null, groundOf(campaign, row.unit, tx.now), duty?.clauses ?? [], { foreign: 'notice-foreign' });
      if (stranger) return stranger;
      if (row.acknowledgedOn) return { acknowledgedOn: row.acknowledgedOn };
      row.acknowledgedOn = tx.now.slice(0, 10);
      await tx.query('update notification set acknowledged_on = $3::date where campaign_id = $1 and institution_id = $2', [campaignId, institutionId, row.acknowledgedOn]);
      tx.fact(noticeAcknowledged, institutionId, { campaignId, unit: row.unit, institutionId, acknowledgedOn: row.acknowledgedOn }, row.unit);
      tx.note('notice acknowledged', institutionId, null, { campaignId });
      return { acknowledgedOn: row.acknowledgedOn };
    });
  }

  /** 催办: by hand, beside the automatic reminders. */
  remind(campaignId: string, unit: string, duty: string, principal: Principal, by: Caller) {
    return this.uow.run({ ...by, jurisdiction: unit }, async (tx) => {
      const place = await inUnit(tx, campaignId, unit);
      const asked = place.row.stages.flatMap(({ duties }) => duties).find(({ id }) => id === duty);
      const stranger = actingRefused(principal, asked && asked.actor !== 'institution' ? asked.actor : (asked?.receiver ?? null), groundOf(place.campaign, unit, tx.now), asked?.clauses ?? [], { foreign: 'unit-foreign', orAbove: true });
      if (stranger) return stranger;
      if (asked?.mode === 'unannounced') return refuse<NotificationRefusal>('duty-unannounced', [...asked.clauses]);
      const [row] = await tx.query<{ open: number; dueOn: string | null }>(
        `select count(*)::int as open, max(due_on)::text as "dueOn" from obligation o where campaign_id = $1 and unit = $2 and duty = $3 and ${stands('o', '$4')} in ('open', 'overdue')`, [campaignId, unit, duty, tx.now]);
      if (!row?.open || !row.dueOn) return refuse<NotificationRefusal>('duty-not-open', [], {}, { wrongState: true });
      await tx.query('insert into reminder (id, campaign_id, unit, duty, due_on, obligations, automatic, issued_at, actor) values ($1, $2, $3, $4, $5, $6, false, $7, $8)',
        [newId(), campaignId, unit, duty, row.dueOn, row.open, tx.now, by.actor]);
      tx.fact(reminderIssued, unit, { campaignId, unit, duty, dueOn: row.dueOn, obligations: row.open, automatic: false });
      tx.note('reminder issued', `${campaignId}/${unit}`, null, { duty, obligations: row.open });
      return { reminded: row.open };
    });
  }
}

export async function inUnit(tx: Tx, campaignId: string, unit: string): Promise<{ campaign: Campaign; row: CampaignUnit }> {
  const campaign = await tx.manager.findOneBy(Campaign, { id: campaignId });
  const row = await tx.manager.findOneBy(CampaignUnit, { campaignId, unit });
  if (!campaign || !row) throw notFound('这个填报单位');
  return { campaign, row };
}

async function settleMany(tx: Tx, pack: Pack, { campaignId, unit, duties }: { campaignId: string; unit: string; duties: readonly string[] }, done: { bodies: readonly string[]; unit: boolean }, on: string): Promise<void> {
  const settled = await tx.query<Settled>(
    `with settled as (
       update obligation set state = case when firm and due_at is not null and $5::timestamptz >= due_at then 'late' else 'done' end, done_at = $5, late_at = case when firm and due_at is not null and $5::timestamptz >= due_at then due_at end
        where campaign_id = $1 and unit = $2 and duty = any($3::text[]) and (institution_id = any($4::uuid[]) or institution_id is null and $7) and state in ('open', 'overdue') returning id, unit, duty, due_at, due_on, firm, clauses, done_at, state),
     entered as (insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $1, $2, id, state, $6, due_at, $8 from settled)
     select id, unit, duty, due_on::text as "dueOn", firm, clauses, done_at as at from settled order by id`,
    [campaignId, unit, duties, done.bodies, startOfDay(localDate(on)), tx.now, done.unit, tx.by.actor]);
  certifyTimeliness(tx, pack, campaignId, settled);
}
