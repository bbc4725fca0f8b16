import { dueAt, type LocalDate } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import { dueAfter, type DutyKind, type Pack, type StartEvent } from '@zhijian/policy';
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

interface Where { campaignId: string; unit: string; institutionId: string | null }

/** An event came about on that day: the duties that hang on it are opened with their day, once; the first event of a unit opens what the unit owes. */
export async function openAfter(tx: Tx, pack: Pack, { campaignId, unit, institutionId }: Where, event: StartEvent, on: LocalDate): Promise<void> {
  const row = await tx.manager.findOneBy(CampaignUnit, { campaignId, unit });
  const duties = (row ? dutiesAfter(row, event) : []).filter(({ subject }) => subject !== 'institution' || institutionId !== null);
  if (duties.length === 0) return;
  const calendar = new Calendars().current();
  const campaign = await tx.manager.findOneByOrFail(Campaign, { id: campaignId });
  for (const duty of duties) {
    const { on: dueOn, firm, because } = dueAfter(duty.after!, ruleOf(pack, duty.id)?.due.roll ?? 'none', on, calendar);
    const of = duty.subject === 'institution' ? institutionId : null;
    const opened = await openObligations(tx, campaignId, [{ unit, momentId: null, duties: [{ ...duty, dueOn, limitOn: dueOn, firm, because }] }], of);
    if ((opened.get(unit) ?? 0) === 0) continue; // an earlier event opened it
    const rows = await tx.query<{ id: string }>('select id from obligation where campaign_id = $1 and unit = $2 and duty = $3 and institution_id is not distinct from $4', [campaignId, unit, duty.id, of]);
    if (firm && row!.stages.some(({ id }) => id === duty.stage)) await laidDownByEvent(tx, { campaignId, unit }, { stage: duty.stage, duty: duty.id, dueAt: dueAt(dueOn), clauses: [...duty.clauses] }); // behind a provisional day nothing else would go on
    certifyAfter(tx, { campaign, pack, calendar }, unit, duty, on, rows.map(({ id }) => id));
  }
}
