import { dueAt, localDate, takenOver, type Calendar, type Due, type KeptBecause, type LocalDate } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import type { Pack, PlannedDuty } from '@zhijian/policy';
import type { CampaignUnit } from '../campaign/campaign.entity.js';
import { dueByEvent, firstVisitOn } from '../campaign/event.store.js';
import { droppedByEvent, laidDownByEvent } from '../campaign/moment.store.js';
import { awaitsEvent } from '../campaign/unit-stages.rules.js';
import { certifyAfter, type DateGround } from '../evidence/due-date.evidence.js';

/** A day that a visit gave, by another calendar. */
export interface EventDay {
  obligationId: string; unit: string; duty: PlannedDuty; institutionId: string | null; eventOn: LocalDate;
  old: LocalDate; due: Due; verdict: 'moved' | KeptBecause;
}
interface Row { id: string; unit: string; duty: string; institutionId: string | null; dueOn: string; firm: boolean; doneAt: Date | null; eventOn: string | null }
interface Reckoned { row: Row; duty: PlannedDuty; eventOn: LocalDate; due: Due }

const rows = `select o.id, o.unit, o.duty, o.institution_id as "institutionId", o.due_on::text as "dueOn", o.firm, o.done_at as "doneAt", ${firstVisitOn('o')} as "eventOn"
  from obligation o join jsonb_to_recordset($2::jsonb) as d(unit text, duty text) using (unit, duty)
 where o.campaign_id = $1 and o.due_on is not null and o.state = any($3::text[]) order by o.id`;

const dutiesOf = ({ stages, milestones }: CampaignUnit): PlannedDuty[] => [...stages, ...milestones].flatMap(({ duties }) => duties).filter((duty) => awaitsEvent(duty) && duty.after?.event === 'visit-held');

/** What a calendar makes of the days that visits gave in these units of a campaign; those it leaves as they are are not listed. Changes nothing. */
export async function eventDays(tx: Tx, campaignId: string, units: readonly CampaignUnit[], pack: Pack, calendar: Calendar): Promise<EventDay[]> {
  const days = await reckoned(tx, campaignId, units, pack, calendar, ['open']);
  return days.flatMap(({ row: { id, unit, institutionId, dueOn, firm }, duty, eventOn, due }): EventDay[] => {
    const old = localDate(dueOn);
    const verdict = takenOver({ on: old, firm }, due, tx.now);
    return verdict === 'same' ? [] : [{ obligationId: id, unit, duty, institutionId, eventOn, old, due, verdict }];
  });
}

/** Something done, with the provisional day that it had then and the day that is certain now. */
export interface ToReview { obligation: string; unit: string; duty: string; doneAt: string; firmDueOn: LocalDate; oldDueOn: LocalDate; title: string; institutionId: string | null; clauses: readonly string[] }

/** What was done on a provisional day that a visit had given, and lies behind the day which the calendar of that year makes certain: whether it was late is for an officer to say. */
export async function doneBehind(tx: Tx, campaignId: string, units: readonly CampaignUnit[], pack: Pack, calendar: Calendar, year: number): Promise<ToReview[]> {
  const days = await reckoned(tx, campaignId, units, pack, calendar, ['done', 'late']);
  return days.flatMap(({ row: { id, unit, firm, doneAt, dueOn, institutionId }, duty, due }): ToReview[] =>
    (!firm && due.firm && due.on.startsWith(String(year)) && doneAt && doneAt.getTime() >= Date.parse(dueAt(due.on)) ? [{ obligation: id, unit, duty: duty.id, doneAt: doneAt.toISOString(), firmDueOn: due.on, oldDueOn: localDate(dueOn), title: duty.title, institutionId, clauses: duty.clauses }] : []));
}

/** Obligations in one of these states whose day a visit gave, with what a calendar makes of it. */
async function reckoned(tx: Tx, campaignId: string, units: readonly CampaignUnit[], pack: Pack, calendar: Calendar, states: readonly string[]): Promise<Reckoned[]> {
  const duties = new Map(units.flatMap((unit) => dutiesOf(unit).map((duty) => [`${unit.unit} ${duty.id}`, duty])));
  if (duties.size === 0) return [];
  const found = await tx.query<Row>(rows, [campaignId, JSON.stringify(units.flatMap((unit) => dutiesOf(unit).map(({ id }) => ({ unit: unit.unit, duty: id })))), states]);
  return found.flatMap((row): Reckoned[] => {
    if (row.eventOn === null) return [];
    const duty = duties.get(`${row.unit} ${row.duty}`)!;
    const eventOn = localDate(row.eventOn);
    return [{ row, duty, eventOn, due: dueByEvent(pack, duty, eventOn, calendar) }];
  });
}

/** Takes over what a calendar makes of such a day: the obligation, its journal, its certificate, and the moment at which it is swept. */
export async function redated(tx: Tx, ground: DateGround, { obligationId, unit, duty, eventOn, due: { on, firm } }: EventDay): Promise<void> {
  const run = { campaignId: ground.campaign.id, unit };
  const end = dueAt(on);
  await tx.execute('update obligation set due_on = $2, limit_on = $2, due_at = $3, firm = $4 where id = $1', [obligationId, on, end, firm]);
  await tx.execute(`insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) values ($1, $2, $3, 'moved', $4, $5, $6)`, [run.campaignId, unit, obligationId, tx.now, end, tx.by.actor]);
  certifyAfter(tx, ground, unit, duty, eventOn, [obligationId]);
  await droppedByEvent(tx, run, duty.id);
  if (duty.stage) await laidDownByEvent(tx, run, { stage: duty.stage, duty: duty.id, dueAt: end, firm, clauses: [...duty.clauses] });
}
