import { Injectable } from '@nestjs/common';
import { quoted } from '@zhijian/audit/rules';
import { nameOfNotice, parseNotice, withNotice, type Calendar } from '@zhijian/calendar';
import { newId, type Fact } from '@zhijian/contracts';
import { campaignAmended, clocksPreviewed, type calendarLoaded, type calendarProposed } from '@zhijian/contracts/facts';
import type { FactKind } from '@zhijian/contracts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { UnitOfWork, type Tx } from '@zhijian/persistence';
import { Calendars, PackShelf } from '@zhijian/service-kit';
import { certifyDates } from '../evidence/due-date.evidence.js';
import { rewritten } from '../campaign/amendment.service.js';
import { Campaign, type CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { recomputed, type Kept, type Move, type Recomputed } from './recomputed.rules.js';
import { standingOf } from './standing.store.js';
import { plannedAnew } from './unit-plan.rules.js';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
type Proposed = Fact<DataOf<typeof calendarProposed>>;
type Loaded = Fact<DataOf<typeof calendarLoaded>>;
interface Changed extends Recomputed { unit: CampaignUnit }
const perFact = 500; // clocks in one fact, far below what Kafka takes

/** What a holiday notice does here: entered, it is answered with the clocks it would move; confirmed, it moves them. */
@Injectable()
export class CalendarService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** Lists what the notice would move in running campaigns. Moves nothing. */
  async preview({ data }: Proposed, tx: Tx): Promise<void> {
    const calendar = this.with(data);
    const moved: unknown[] = [];
    const kept: unknown[] = [];
    for (const campaign of await tx.manager.find(Campaign, { where: { state: 'approved' }, order: { id: 'ASC' } })) {
      const changes = await this.changes(tx, campaign, calendar, false);
      const clocks = changes.flatMap(({ unit, moved: moves }) => moves.map((move) => clockOf(campaign, unit, move)));
      moved.push(...clocks);
      kept.push(...changes.flatMap(({ unit, kept: stays }) => stays.map((stay) => ({ ...clockOf(campaign, unit, stay), why: stay.why }))));
      answered(tx, campaign, data.noticeId, calendar, clocks);
    }
    await tx.query(
      `insert into calendar_preview (notice_id, calendar, heard_at, moved, kept) values ($1, $2, $3, $4, $5)
       on conflict (notice_id) do update set calendar = excluded.calendar, heard_at = excluded.heard_at, moved = excluded.moved, kept = excluded.kept`,
      [data.noticeId, calendar.version, tx.now, JSON.stringify(moved), JSON.stringify(kept)]);
  }

  /** Recomputes every campaign that is planned or running, each in a transaction of its own: one that fails holds up no other's dates. */
  async load(fact: Loaded, tx: Tx): Promise<void> {
    const calendar = this.with(fact.data);
    const ids = await tx.query<{ id: string }>(`select id from campaign where state <> 'finished' order by id`);
    const failures: unknown[] = [];
    for (const { id } of ids) {
      const by = { actor: fact.actor, jurisdiction: fact.jurisdiction, cause: fact.id, once: { key: `fact/${fact.id}/${id}` } };
      await this.uow.run(by, (own) => this.moveCampaign(own, id, fact, calendar)).catch((error: unknown) => failures.push(error));
    }
    if (failures.length) throw failures[0]; // heard again; the campaigns already moved are known by their key
  }

  private async moveCampaign(tx: Tx, id: string, { data }: Loaded, calendar: Calendar): Promise<{ moved: number }> {
    const [row] = await tx.query<{ state: string }>('select state from campaign where id = $1 for update', [id]);
    if (!row || row.state === 'finished') return { moved: 0 };
    const campaign = await tx.manager.findOneByOrFail(Campaign, { id });
    const changes = await this.changes(tx, campaign, calendar, true);
    const changed = changes.filter(({ moved }) => moved.length > 0);
    const kept = changes.flatMap(({ unit, kept: stays }) => stays.map((stay) => ({ unit: unit.unit, duty: stay.duty, old: stay.old, new: stay.new, why: stay.why })));
    if (changed.length === 0 && kept.length === 0) return { moved: 0 };
    const pack = await this.packs.get(packNameOf(campaign));
    for (const { unit, stages, moved } of changed) {
      await tx.execute('update campaign_unit set version = version + 1 where id = $1', [unit.id]);
      await rewritten(tx, unit, stages, moved.map(({ duty }) => duty), pack, campaign.state === 'approved');
      if (campaign.state === 'approved') certifyDates(tx, { campaign, pack, calendar }, [{ unit: unit.unit, stages }], new Set(moved.map(({ duty }) => duty)));
    }
    if (changed.length) await tx.execute('update campaign set calendar = $2, version = version + 1 where id = $1', [id, calendar.version]);
    const reason = `国务院办公厅通知 ${nameOfNotice(data)}`;
    const policy = policyOf(campaign, [...new Set(changed.flatMap(({ moved }) => moved.flatMap(({ clauses }) => clauses)))]);
    const units = changed.map(({ unit }) => unit.unit);
    if (changed.length && campaign.state === 'approved') await amend(tx, campaign, units, reason, policy);
    const review = await doneOnProvisional(tx, id, changed);
    tx.certify({
      kind: 'calendar', basis: 'rule', subject: id, about: changes.map(({ unit }) => `${id}/${unit.unit}`), jurisdiction: campaign.jurisdiction, clauses: quoted(pack, policy.clauses), pack: { id: pack.id, version: pack.version, sha256: pack.hash }, calendar: calendar.version, rule: null, reason,
      inputs: { notice: data.noticeId, before: campaign.calendar }, outcome: { moved: changed.flatMap(({ unit, moved }) => moved.map((move) => ({ unit: unit.unit, duty: move.duty, old: move.old, new: move.new, firm: move.firm }))), kept, review },
    });
    tx.note('calendar taken over', id, policy, { notice: data.noticeId, reason, before: campaign.calendar, after: calendar.version, units, moved: changed.flatMap(({ unit, moved }) => moved.map((move) => ({ unit: unit.unit, duty: move.duty, old: move.old, new: move.new }))), kept, review });
    return { moved: changed.length };
  }

  /** The units whose dates this calendar changes, and those it would change. With `take`, nobody else changes the units meanwhile. */
  private async changes(tx: Tx, campaign: Campaign, calendar: Calendar, take: boolean): Promise<Changed[]> {
    const { units, amendments, bindingIn } = await standingOf(tx, campaign.id, take);
    const planned = plannedAnew(await this.packs.get(packNameOf(campaign)), calendar, units, amendments);
    return units.map((unit) => ({ unit, ...recomputed(unit.stages, planned.get(unit.unit) ?? unit.stages, { binding: bindingIn(unit.unit), now: tx.now }) }))
      .filter(({ moved, kept }) => moved.length + kept.length > 0);
  }

  private with({ noticeId: _id, title, ...notice }: Proposed['data'] & { calendar?: string }): Calendar {
    const { calendar: _version, ...own } = notice;
    return withNotice(this.calendars.current(), parseNotice({ ...own, ...(title === null ? {} : { title }) }));
  }
}

const clockOf = (campaign: Campaign, { unit }: CampaignUnit, { duty, title, old, new: next, firm, clauses }: Move | Kept) =>
  ({ clock: `campaign/${campaign.id}/${unit}/${duty}`, title, old, new: next, firm, clauses, pack: packNameOf(campaign) });

function answered(tx: Tx, campaign: Campaign, noticeId: string, calendar: Calendar, clocks: ReturnType<typeof clockOf>[]): void {
  const parts = Math.ceil(clocks.length / perFact);
  for (let part = 0; part < parts; part += 1) {
    const moved = clocks.slice(part * perFact, (part + 1) * perFact).map(({ clock, old, new: next, firm }) => ({ clock, old, new: next, firm }));
    tx.fact(clocksPreviewed, campaign.jurisdiction, { noticeId, campaignId: campaign.id, calendar: calendar.version, part: part + 1, parts, moved, policy: policyOf(campaign, []) }, campaign.jurisdiction);
  }
}

/** The record, and the signal by which every unit concerned asks again. */
async function amend(tx: Tx, campaign: Campaign, units: readonly string[], reason: string, policy: ReturnType<typeof policyOf>): Promise<void> {
  const amendmentId = newId();
  await tx.query('insert into amendment (id, campaign_id, kind, units, stage, duty, due_on, reason, clause, actor, amended_at) values ($1, $2, $3, $4, null, null, null, $5, null, $6, $7)',
    [amendmentId, campaign.id, 'calendar', JSON.stringify(units), reason, tx.by.actor, tx.now]);
  tx.fact(campaignAmended, campaign.jurisdiction, { campaignId: campaign.id, amendmentId, kind: 'calendar', units: units.filter((unit) => unit !== wholeCampaign), stage: null, duty: null, on: null, reason, policy }, campaign.jurisdiction);
}

/** What was done while its day was provisional and lies behind the day that is now firm: whether it was late is for an officer to say. */
async function doneOnProvisional(tx: Tx, campaignId: string, changed: readonly Changed[]): Promise<{ obligation: string; unit: string; duty: string; doneAt: string; firmDueOn: string }[]> {
  const days = changed.flatMap(({ unit, moved }) => moved.filter(({ firm }) => firm).map(({ duty, new: on }) => ({ unit: unit.unit, duty, on })));
  return tx.query(
    `select o.id as obligation, o.unit, o.duty, o.done_at as "doneAt", d.on::text as "firmDueOn"
       from obligation o join jsonb_to_recordset($2::jsonb) as d(unit text, duty text, "on" date) using (unit, duty)
      where o.campaign_id = $1 and o.state in ('done', 'late') and not o.firm and o.done_at >= (d.on + 1)::timestamp at time zone 'Asia/Shanghai' order by o.id`, [campaignId, JSON.stringify(days)]);
}
