import { dueAt } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import type { PlannedDuty } from '@zhijian/policy';

const dutyRow = (duty: PlannedDuty) => ({
  duty: duty.id, kind: duty.kind, stage: duty.stage, title: duty.title, actor: duty.actor ?? '', receiver: duty.receiver ?? '', subject: duty.subject,
  due_on: duty.dueOn, limit_on: duty.limitOn, due_at: duty.dueOn && dueAt(duty.dueOn), firm: duty.firm, clauses: duty.clauses, missed: duty.missed, unannounced: duty.mode === 'unannounced', sample: duty.sample ?? null,
});
export const dutyRows = (duties: readonly PlannedDuty[]) => JSON.stringify(duties.map(dutyRow));

const open = `with duty as (
    select * from jsonb_to_recordset($2::jsonb) as d(unit text, moment uuid, duty text, kind text, stage text, title text, actor text, receiver text, subject text, due_on date, limit_on date, due_at timestamptz, firm boolean, clauses jsonb, missed jsonb, unannounced boolean, sample text)),
  opened as (
    insert into obligation (id, campaign_id, unit, stage, duty, kind, title, actor, receiver, institution_id, due_on, limit_on, due_at, firm, clauses, missed, unannounced)
    select uuidv7(), $1, d.unit, d.stage, d.duty, d.kind, d.title, d.actor, d.receiver, m.institution_id, d.due_on, d.limit_on, d.due_at, d.firm, d.clauses, d.missed, d.unannounced
      from duty d
      left join roster_member m on d.subject = 'institution' and m.campaign_id = $1 and m.unit = d.unit and m.state = 'in' and ($5::uuid is null or m.institution_id = $5)
     where (d.sample is null or exists (select 1 from sample_member s where s.campaign_id = $1 and s.sample = d.sample and s.institution_id = m.institution_id and s.removed_at is null))
       and (d.subject = 'institution') = (m.institution_id is not null) and ($5::uuid is null or d.subject = 'institution')
    on conflict (campaign_id, unit, duty, institution_id) do update
       set state = 'open', due_on = excluded.due_on, limit_on = excluded.limit_on, due_at = excluded.due_at, firm = excluded.firm, clauses = excluded.clauses, late_at = null
     where obligation.state = 'cancelled' -- a body that left and has come back
    returning id, unit, duty, due_at),
  entered as (
    insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, moment_id, actor)
    select $1, o.unit, o.id, 'opened', $3, o.due_at, d.moment, $4 from opened o join duty d using (unit, duty))
  select unit, count(*)::int as opened from opened group by unit`;

/** The duties that bind a unit and its institutions from now on, and the moment that says so. */
export interface Opening { unit: string; momentId: string | null; duties: readonly PlannedDuty[] }

/** Opens the obligations of these duties: one for the unit, or one for each institution of its roster (or the one named). @returns how many, by unit */
export async function openObligations(tx: Tx, campaignId: string, openings: readonly Opening[], institutionId: string | null = null): Promise<Map<string, number>> {
  const duties = openings.flatMap(({ unit, momentId, duties: all }) => all.map((duty) => ({ unit, moment: momentId, ...dutyRow(duty) })));
  const rows = await tx.query<{ unit: string; opened: number }>(open, [campaignId, JSON.stringify(duties), tx.now, tx.by.actor, institutionId]);
  return new Map(rows.map(({ unit, opened }) => [unit, opened]));
}
