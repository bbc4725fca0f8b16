import { dueAt, type Calendar, type Due, type LocalDate } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import { dueAfter, type DutyKind, type Pack, type PlannedDuty, type StartEvent } from '@zhijian/policy';
import { Calendars } from '@zhijian/service-kit';
import { certifyAfter } from '../evidence/due-date.evidence.js';
import { Campaign, CampaignUnit } from './campaign.entity.js';
import { laidDownByEvent } from './moment.store.js';
import { openObligations } from './opened.store.js';
import { dutiesAfter } from './unit-stages.rules.js';

/** To do one of these is an event on which other duties may hang. */
const doneAs: Partial<Record<DutyKind, StartEvent>> = { 'site-check': 'visit-held', 'extension-check': 'visit-held' };

const ruleOf = (pack: Pack, id: string) => pack.campaign?.stages.flatMap(({ duties }) => duties).find((duty) => duty.id === id);

/** The events that come about when these duties are done, of those that the pack lets something hang on. */
export function eventsOfDoing(pack: Pack, duties: readonly string[]): StartEvent[] {
  const awaited = new Set((pack.campaign?.stages ?? []).flatMap((stage) => stage.duties.flatMap(({ due }) => (due.kind === 'after' ? [due.after.event] : []))));
  return [...new Set(duties.flatMap((id) => doneAs[ruleOf(pack, id)?.kind ?? 'study'] ?? []))].filter((event) => awaited.has(event));
}

/** The day of the first visit that was recorded, of an obligation `o`: from it the day of what hangs on a visit is counted. */
export const firstVisitOn = (o: string): string => `(select v.visit_on::text from visit v where v.campaign_id = ${o}.campaign_id and v.unit = ${o}.unit and v.state = 'recorded'
    and (${o}.institution_id is null or v.institution_id = ${o}.institution_id) order by v.recorded_at limit 1)`;

/** The day of so long after an event, as the pack rolls it. */
export const dueByEvent = (pack: Pack, duty: PlannedDuty, eventOn: LocalDate, calendar: Calendar): Due => dueAfter(duty.after!, ruleOf(pack, duty.id)?.due.roll ?? 'none', eventOn, calendar);

interface Where { campaignId: string; unit: string; institutionId: string | null }

/** An event came about on that day: the duties that hang on it are opened with their day, once; the first event of a unit opens what the unit owes. */
export async function openAfter(tx: Tx, pack: Pack, { campaignId, unit, institutionId }: Where, event: StartEvent, on: LocalDate): Promise<void> {
  const row = await tx.manager.findOneBy(CampaignUnit, { campaignId, unit });
  const duties = (row ? dutiesAfter(row, event) : []).filter(({ subject }) => subject !== 'institution' || institutionId !== null);
  if (duties.length === 0) return;
  const calendar = new Calendars().current();
  const campaign = await tx.manager.findOneByOrFail(Campaign, { id: campaignId });
  for (const duty of duties) {
    const { on: dueOn, firm, because } = dueByEvent(pack, duty, on, calendar);
    const of = duty.subject === 'institution' ? institutionId : null;
    const opened = await openObligations(tx, campaignId, [{ unit, momentId: null, duties: [{ ...duty, dueOn, limitOn: dueOn, firm, because }] }], of);
    if ((opened.get(unit) ?? 0) === 0) continue; // an earlier event opened it
    const rows = await tx.query<{ id: string }>('select id from obligation where campaign_id = $1 and unit = $2 and duty = $3 and institution_id is not distinct from $4', [campaignId, unit, duty.id, of]);
    if (row!.stages.some(({ id }) => id === duty.stage)) await laidDownByEvent(tx, { campaignId, unit }, { stage: duty.stage, duty: duty.id, dueAt: dueAt(dueOn), firm, clauses: [...duty.clauses] });
    certifyAfter(tx, { campaign, pack, calendar }, unit, duty, on, rows.map(({ id }) => id));
  }
}
