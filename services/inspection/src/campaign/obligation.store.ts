import { sealOf, type JournalRow, type JournalSeal } from '@zhijian/audit/bundle';
import type { Tx } from '@zhijian/persistence';
import type { Pack, PlannedDuty } from '@zhijian/policy';
import { dayOf } from '@zhijian/calendar';
import { certifyTimeliness, type Settled } from '../evidence/timeliness.evidence.js';
import { dutyRows } from './opened.store.js';
import { eventsOfDoing, openAfter } from './event.store.js';
import { awaitsEvent } from './unit-stages.rules.js';

/** The SQL of obligations: opened with one statement, swept with one, every change in the journal beside it. */

export { openObligations, type Opening } from './opened.store.js';

export interface In { campaignId: string; unit: string; momentId: string | null }

const sweep = `with missed as (
    update obligation set state = 'overdue', late_at = due_at
     where campaign_id = $1 and unit = $2 and duty = any($3::text[]) and state = 'open' and firm and due_at <= $4
    returning id, unit, duty, institution_id, due_at, due_on, clauses, unannounced),
  entered as (
    insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, moment_id, actor)
    select $1, $2, id, 'overdue', $5, due_at, $6, $7 from missed)
  select unit, duty, due_at as "dueAt", due_on::text as "dueOn", clauses, unannounced, json_agg(json_build_array(id, institution_id) order by id) as each
    from missed group by unit, duty, due_at, due_on, clauses, unannounced`;

interface Alike { unit: string; duty: string; dueAt: Date; dueOn: string; clauses: string[]; unannounced: boolean }
export interface Missed extends Alike { id: string; institutionId: string | null }

/** Marks what was due by that instant and is still open as overdue; nobody is late on a provisional day. Lateness begins at the legal instant, not when it was noticed. */
export async function sweepObligations(tx: Tx, pack: Pack, { campaignId, unit, momentId }: In, duties: readonly string[], dueBy: string): Promise<Missed[]> {
  const alike = await tx.query<Alike & { each: [string, string | null][] }>(sweep, [campaignId, unit, duties, dueBy, tx.now, momentId, tx.by.actor]); // what thousands share is told once
  const missed = alike.flatMap(({ each, ...shared }) => each.map(([id, institutionId]) => ({ id, institutionId, ...shared })));
  certifyTimeliness(tx, pack, campaignId, missed.map((one) => ({ ...one, firm: true, at: null })), { asOf: dueBy });
  return missed;
}

const settle = `with settled as (
    update obligation set state = case when firm and due_at is not null and $5::timestamptz >= due_at then 'late' else 'done' end, done_at = $5,
           late_at = case when firm and due_at is not null and $5::timestamptz >= due_at then due_at end
     where campaign_id = $1 and unit = $2 and duty = any($3::text[]) and institution_id is not distinct from $4 and state in ('open', 'overdue')
    returning id, unit, duty, due_at, due_on, firm, clauses, done_at, state),
  entered as (
    insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $1, $2, id, state, $5, due_at, $6 from settled)
  select id, unit, duty, due_on::text as "dueOn", firm, clauses, done_at as at, state = 'late' as late from settled order by id`;

/** The duty was done at that instant; late when its day was firm and had ended in Beijing. What hangs on its being done is open from then on. */
export async function settleObligation(tx: Tx, pack: Pack, campaignId: string, unit: string, duties: readonly string[], institutionId: string | null, at: string): Promise<(Settled & { late: boolean })[]> {
  const settled = await tx.query<Settled & { late: boolean }>(settle, [campaignId, unit, duties, institutionId, at, tx.by.actor]);
  certifyTimeliness(tx, pack, campaignId, settled);
  for (const event of eventsOfDoing(pack, duties)) await openAfter(tx, pack, { campaignId, unit, institutionId }, event, dayOf(at));
  return settled;
}

const cancel = `with cancelled as (
    update obligation set state = 'cancelled' where campaign_id = $1 and unit = $2 and institution_id = $3 and state = 'open' returning id, due_at),
  entered as (insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $1, $2, id, 'cancelled', $4, due_at, $5 from cancelled)
  select count(*)::int as cancelled from cancelled`;

export async function cancelObligations(tx: Tx, campaignId: string, unit: string, institutionId: string): Promise<number> {
  const [row] = await tx.query<{ cancelled: number }>(cancel, [campaignId, unit, institutionId, tx.now, tx.by.actor]);
  return row?.cancelled ?? 0;
}

const move = `with duty as (select * from jsonb_to_recordset($3::jsonb) as d(duty text, due_on date, limit_on date, due_at timestamptz, firm boolean, clauses jsonb)),
  moved as (
    update obligation o set due_on = d.due_on, limit_on = d.limit_on, due_at = d.due_at, firm = d.firm, clauses = d.clauses,
           state = case when o.state = 'overdue' and d.due_at > $4::timestamptz then 'open' else o.state end,
           late_at = case when o.state = 'overdue' and d.due_at > $4::timestamptz then null else o.late_at end
      from duty d
     where o.campaign_id = $1 and o.unit = $2 and o.duty = d.duty and o.state in ('open', 'overdue') and (o.due_at, o.limit_on, o.firm) is distinct from (d.due_at, d.limit_on, d.firm)
    returning o.id, o.unit, o.duty, o.due_at, o.due_on, o.firm, o.clauses, old.state = 'overdue' and new.state = 'open' as reopened),
  entered as (insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $1, $2, id, 'moved', $4, due_at, $5 from moved)
  select id, unit, duty, due_on::text as "dueOn", firm, clauses, null as at from moved where reopened order by id`;

/** Takes over changed due dates; what was overdue and has time again is open again. A day that an event gave stays. */
export async function moveObligations(tx: Tx, pack: Pack, campaignId: string, unit: string, duties: readonly PlannedDuty[]): Promise<void> {
  certifyTimeliness(tx, pack, campaignId, await tx.query<Settled>(move, [campaignId, unit, dutyRows(duties.filter((duty) => !awaitsEvent(duty))), tx.now, tx.by.actor]));
}

/** SHA-256 over each moment's own journal entries, in order; what an auditor recomputes. A moment without entries is missing. */
export async function journalsOf(tx: Tx, momentIds: readonly string[]): Promise<Map<string, { from: string; to: string; digest: string }>> {
  const rows = await tx.query<{ moment: string; from: string; to: string; digest: string }>(
    `select moment_id as moment, min(seq)::text as from, max(seq)::text as to,
            encode(sha256(convert_to(string_agg(obligation_id || ' ' || what || ' ' || coalesce(to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '-'), E'\\n' order by obligation_id, what), 'UTF8')), 'hex') as digest
       from obligation_entry where moment_id = any($1::uuid[]) group by moment_id`, [momentIds]);
  return new Map(rows.map(({ moment, ...journal }) => [moment, journal]));
}

/** The whole journal of a unit as it stands, for the log: an auditor finds any row that was edited since. */
export async function journalSealed(tx: Tx, campaignId: string, unit: string): Promise<JournalSeal> {
  return sealOf(await tx.query<JournalRow>(
    `select seq::text, obligation_id as "obligationId", what, at, due_at as "dueAt", moment_id as "momentId", actor from obligation_entry where campaign_id = $1 and unit = $2 order by obligation_entry.seq`, [campaignId, unit]));
}
