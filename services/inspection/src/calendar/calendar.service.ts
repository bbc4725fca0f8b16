import { Injectable } from '@nestjs/common';
import { quoted } from '@zhijian/audit/rules';
import { nameOfNotice, parseNotice, withNotice, type Calendar } from '@zhijian/calendar';
import { newId, type Fact } from '@zhijian/contracts';
import { campaignAmended, clocksPreviewed, type calendarLoaded, type calendarProposed } from '@zhijian/contracts/facts';
import type { FactKind } from '@zhijian/contracts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { UnitOfWork, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { Calendars, inParts, keepForReview, keepPreview, PackShelf, type ClockLine, type KeptLine, type ReviewLine } from '@zhijian/service-kit';
import { Not } from 'typeorm';
import { certifyDates } from '../evidence/due-date.evidence.js';
import { rewritten } from '../campaign/amendment.service.js';
import { Campaign, type CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { placeOf } from '../campaign/place.js';
import { RectificationOrder } from '../rectification/rectification.order.js';
import { doneBehind, eventDays, redated, type EventDay, type ToReview } from './event-day.store.js';
import { recomputed, type Kept, type Move, type Recomputed } from './recomputed.rules.js';
import { standingOf } from './standing.store.js';
import { plannedAnew } from './unit-plan.rules.js';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
type Proposed = Fact<DataOf<typeof calendarProposed>>;
type Loaded = Fact<DataOf<typeof calendarLoaded>>;
interface Changed extends Recomputed { unit: CampaignUnit; events: EventDay[] }

/** What a holiday notice does here: entered, it is answered with the clocks it would move; confirmed, it moves them. */
@Injectable()
export class CalendarService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly reports: RectificationOrder) {}

  /** Lists what the notice would move: duties of campaigns, days that visits gave, and reports of rectification. Moves nothing. */
  async preview({ data }: Proposed, tx: Tx): Promise<void> {
    const calendar = this.with(data);
    const moved: ClockLine[] = [];
    const kept: KeptLine[] = [];
    for (const campaign of await tx.manager.find(Campaign, { where: { state: Not('finished') }, order: { id: 'ASC' } })) { // of a draft the days are reckoned anew too
      const bodies = await bodiesBound(tx, campaign.id);
      const changes = await this.changes(tx, campaign, calendar, false);
      const lines = changes.flatMap(({ unit, moved: moves, events }) => [...moves.map((move) => dutyLine(campaign, unit, move, bodies)), ...events.filter(isMoved).map((day) => eventLine(campaign, unit, day))]);
      moved.push(...lines);
      kept.push(...changes.flatMap(({ unit, kept: stays, events }) => [...stays.map((stay) => ({ ...dutyLine(campaign, unit, stay, bodies), why: stay.why })), ...events.flatMap((day) => (day.verdict === 'moved' ? [] : [{ ...eventLine(campaign, unit, day), why: day.verdict }]))]));
      if (campaign.state === 'approved') answered(tx, campaign, data.noticeId, calendar, lines);
    }
    const reports = await this.reports.preview(tx, calendar, data.noticeId);
    await keepPreview(tx, data.noticeId, calendar.version, { moved: [...moved, ...reports.moved], kept: [...kept, ...reports.kept] });
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
    const changed = changes.filter(({ moved, events }) => moved.length > 0 || events.some(isMoved));
    const kept = changes.flatMap(({ unit, kept: stays, events }) => [...stays.map((stay) => ({ unit: unit.unit, duty: stay.duty, old: stay.old, new: stay.new, why: stay.why })), ...events.flatMap((day) => (day.verdict === 'moved' ? [] : [{ ...shortly(day), why: day.verdict }]))]);
    const pack = await this.packs.get(packNameOf(campaign));
    const behind = await this.behind(tx, campaign, pack, calendar, data.year);
    if (changed.length === 0 && kept.length === 0 && behind.length === 0) return { moved: 0 };
    const moves = changed.flatMap(({ unit, moved, events }) => [...moved.map((move) => ({ unit: unit.unit, duty: move.duty, old: move.old, new: move.new, firm: move.firm })), ...events.filter(isMoved).map((day) => ({ ...shortly(day), firm: day.due.firm }))]);
    for (const { unit, stages, moved, events } of changed) {
      await tx.execute('update campaign_unit set version = version + 1 where id = $1', [unit.id]);
      for (const day of events.filter(isMoved)) await redated(tx, { campaign, pack, calendar }, day);
      if (moved.length === 0) continue;
      await rewritten(tx, unit, stages, moved.map(({ duty }) => duty), pack, campaign.state === 'approved');
      if (campaign.state === 'approved') certifyDates(tx, { campaign, pack, calendar }, [{ unit: unit.unit, stages }], new Set(moved.map(({ duty }) => duty)));
    }
    if (changed.length) await tx.execute('update campaign set calendar = $2, version = version + 1 where id = $1', [id, calendar.version]);
    const reason = `国务院办公厅通知 ${nameOfNotice(data)}`;
    const policy = policyOf(campaign, [...new Set(changed.flatMap(({ moved, events }) => [...moved.flatMap(({ clauses }) => clauses), ...events.filter(isMoved).flatMap(({ duty }) => duty.clauses)]))]);
    const units = changed.map(({ unit }) => unit.unit);
    if (changed.length && campaign.state === 'approved') await amend(tx, campaign, units, reason, policy);
    const done = [...(await doneOnProvisional(tx, id, changed)), ...behind];
    await keepForReview(tx, data.noticeId, calendar.version, done.map((it) => reviewLine(campaign, it)));
    const review = done.map(({ obligation, unit, duty, doneAt, firmDueOn }) => ({ obligation, unit, duty, doneAt, firmDueOn }));
    tx.certify({
      kind: 'calendar', basis: 'rule', subject: id, about: changes.map(({ unit }) => `${id}/${unit.unit}`), jurisdiction: campaign.jurisdiction, clauses: quoted(pack, [...policy.clauses, ...changes.flatMap(({ kept: stays, events }) => [...stays, ...events.map(({ duty }) => duty)].flatMap(({ clauses }) => clauses)), ...done.flatMap(({ clauses }) => clauses)]), pack: { id: pack.id, version: pack.version, sha256: pack.hash }, calendar: calendar.version, rule: null, reason,
      inputs: { notice: data.noticeId, before: campaign.calendar }, outcome: { moved: moves, kept, review },
    });
    tx.note('calendar taken over', id, policy, { notice: data.noticeId, reason, before: campaign.calendar, after: calendar.version, units, moved: moves.map(({ firm: _firm, ...move }) => move), kept, review });
    return { moved: changed.length };
  }

  /** The units whose dates this calendar changes, and those it would change. With `take`, nobody else changes the units meanwhile. */
  private async changes(tx: Tx, campaign: Campaign, calendar: Calendar, take: boolean): Promise<Changed[]> {
    const { units, amendments, bindingIn } = await standingOf(tx, campaign.id, take);
    const pack = await this.packs.get(packNameOf(campaign));
    const anew = plannedAnew(pack, calendar, units, amendments);
    const days = Map.groupBy(campaign.state === 'approved' ? await eventDays(tx, campaign.id, units, pack, calendar) : [], ({ unit }) => unit);
    return units.map((unit) => ({ unit, events: days.get(unit.unit) ?? [], ...recomputed(unit.stages, anew.get(unit.unit) ?? unit.stages, { binding: bindingIn(unit.unit), now: tx.now }) }))
      .filter(({ moved, kept, events }) => moved.length + kept.length + events.length > 0);
  }

  private async behind(tx: Tx, campaign: Campaign, pack: Pack, calendar: Calendar, year: number) {
    return campaign.state === 'approved' ? doneBehind(tx, campaign.id, (await standingOf(tx, campaign.id, false)).units, pack, calendar, year) : [];
  }

  private with({ noticeId: _id, title, ...notice }: Proposed['data'] & { calendar?: string }): Calendar {
    const { calendar: _version, ...own } = notice;
    return withNotice(this.calendars.current(), parseNotice({ ...own, ...(title === null ? {} : { title }) }));
  }
}

const isMoved = ({ verdict }: EventDay): boolean => verdict === 'moved';
const shortly = ({ unit, duty, institutionId, old, due }: EventDay) => ({ unit, duty: duty.id, ...(institutionId && { institution: institutionId }), old, new: due.on });

type Bound = ReadonlyMap<string, number>;
/** On how many bodies each duty of a unit is open. */
async function bodiesBound(tx: Tx, campaignId: string): Promise<Bound> {
  const rows = await tx.query<{ key: string; bodies: number }>(`select unit || ' ' || duty as key, count(*)::int as bodies from obligation where campaign_id = $1 and institution_id is not null and state in ('open', 'overdue') group by unit, duty`, [campaignId]);
  return new Map(rows.map(({ key, bodies }) => [key, bodies]));
}

const unitLine = (campaign: Campaign, { unit, name }: CampaignUnit, title: string) =>
  ({ kind: 'duty' as const, title: `${campaign.name}：${title}`, place: placeOf(campaign, unit), placeName: unit === wholeCampaign ? '全行动' : name, pack: packNameOf(campaign) });
const dutyLine = (campaign: Campaign, row: CampaignUnit, { duty, title, old, new: next, firm, clauses }: Move | Kept, bodies: Bound): ClockLine =>
  ({ clock: `campaign/${campaign.id}/${row.unit}/${duty}`, ...unitLine(campaign, row, title), institutionId: null, bodies: bodies.get(`${row.unit} ${duty}`) ?? 0, old, new: next, firm, clauses });
const eventLine = (campaign: Campaign, row: CampaignUnit, { obligationId, duty, institutionId, old, due }: EventDay): ClockLine =>
  ({ clock: `campaign/${campaign.id}/${row.unit}/${duty.id}/${obligationId}`, ...unitLine(campaign, row, duty.title), institutionId, bodies: institutionId ? 1 : 0, old, new: due.on, firm: due.firm, clauses: duty.clauses });

/** Of a unit that stands by its code: names are read when the list is shown. */
const reviewLine = (campaign: Campaign, { obligation, unit, duty, doneAt, firmDueOn, oldDueOn, title, institutionId, clauses }: ToReview): ReviewLine => ({
  clock: `campaign/${campaign.id}/${unit}/${duty}/${obligation}`, kind: 'duty', title: `${campaign.name}：${title}`, place: placeOf(campaign, unit), ...(unit === wholeCampaign && { placeName: '全行动' }),
  institutionId, bodies: institutionId ? 1 : 0, old: oldDueOn, new: firmDueOn, firm: true, clauses, pack: packNameOf(campaign), doneAt: new Date(doneAt).toISOString(),
});

function answered(tx: Tx, campaign: Campaign, noticeId: string, calendar: Calendar, lines: readonly ClockLine[]): void {
  for (const part of inParts(lines)) tx.fact(clocksPreviewed, campaign.jurisdiction, { noticeId, campaignId: campaign.id, calendar: calendar.version, ...part, policy: policyOf(campaign, []) }, campaign.jurisdiction);
}

/** The record, and the signal by which every unit concerned asks again. */
async function amend(tx: Tx, campaign: Campaign, units: readonly string[], reason: string, policy: ReturnType<typeof policyOf>): Promise<void> {
  const amendmentId = newId();
  await tx.query('insert into amendment (id, campaign_id, kind, units, stage, duty, due_on, reason, clause, actor, amended_at) values ($1, $2, $3, $4, null, null, null, $5, null, $6, $7)',
    [amendmentId, campaign.id, 'calendar', JSON.stringify(units), reason, tx.by.actor, tx.now]);
  tx.fact(campaignAmended, campaign.jurisdiction, { campaignId: campaign.id, amendmentId, kind: 'calendar', units: units.filter((unit) => unit !== wholeCampaign), stage: null, duty: null, on: null, reason, policy }, campaign.jurisdiction);
}

/** What was done while its day was provisional and lies behind the day that is now firm: whether it was late is for an officer to say. */
async function doneOnProvisional(tx: Tx, campaignId: string, changed: readonly Changed[]): Promise<ToReview[]> {
  const days = changed.flatMap(({ unit, moved }) => moved.filter(({ firm }) => firm).map(({ duty, new: on }) => ({ unit: unit.unit, duty, on })));
  return tx.query(
    `select o.id as obligation, o.unit, o.duty, o.done_at as "doneAt", d.on::text as "firmDueOn", o.due_on::text as "oldDueOn", o.title, o.institution_id as "institutionId", o.clauses
       from obligation o join jsonb_to_recordset($2::jsonb) as d(unit text, duty text, "on" date) using (unit, duty)
      where o.campaign_id = $1 and o.state in ('done', 'late') and not o.firm and o.done_at >= (d.on + 1)::timestamp at time zone 'Asia/Shanghai' order by o.id`, [campaignId, JSON.stringify(days)]);
}
