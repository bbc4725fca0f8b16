import type { Tx } from '@zhijian/persistence';
import type { Pack, PlannedDuty } from '@zhijian/policy';
import { certifyTimeliness, type Settled } from '../evidence/timeliness.evidence.js';
import { everyBodyTold } from '../notification/notification.rules.js';
import type { Opening } from './obligation.store.js';

/** When the work of a duty was already done, by kind of duty (`o` is the obligation just opened, `d` its duty), and where to look whether anything was. */
const doneAt: Partial<Record<PlannedDuty['kind'], { at: string; any: string }>> = {
  'self-check-report': {
    at: `(select s.received_at from self_check s where s.campaign_id = o.campaign_id and s.institution_id = o.institution_id and s.state in ('submitted', 'accepted'))`,
    any: 'self_check where campaign_id = $1',
  },
  'local-plan': { at: `(select u.plan_filed_at from campaign_unit u where u.campaign_id = o.campaign_id and u.unit = o.unit)`, any: 'campaign_unit where campaign_id = $1' },
  'self-check-form': sent(), summary: sent(), 'roll-up': sent(),
  'site-check': visited(`v.institution_id = o.institution_id and v.kind = 'site-check'`), 'extension-check': visited(`v.kind = 'extension-check'`),
};

/** Telling is each body's own, and the unit's when all its bodies were told; or, where the pack is content with one, done with the first. */
function told(everyBody: boolean) {
  const untold = `exists (select 1 from roster_member m where m.campaign_id = o.campaign_id and m.unit = o.unit and m.state = 'in' and not exists (select 1 from notification x where x.campaign_id = m.campaign_id and x.institution_id = m.institution_id))`;
  const day = (of: string, where: string) => `(select ${of}(n.notified_on)::timestamp at time zone 'Asia/Shanghai' from notification n where n.campaign_id = o.campaign_id and ${where})`;
  return { at: everyBody ? `(case when o.institution_id is not null then ${day('max', 'n.institution_id = o.institution_id')} when not ${untold} then ${day('max', 'n.unit = o.unit')} end)` : day('min', 'n.unit = o.unit'), any: 'notification where campaign_id = $1' };
}

function sent() {
  return { at: `(select min(f.sent_at) from form_version f where f.campaign_id = o.campaign_id and f.unit = o.unit and f.form = d.form)`, any: 'form_version where campaign_id = $1' };
}

function visited(which: string) {
  return { at: `(select min(v.visit_on)::timestamp at time zone 'Asia/Shanghai' from visit v where v.campaign_id = o.campaign_id and v.unit = o.unit and ${which} and v.state = 'recorded')`, any: 'visit where campaign_id = $1' };
}

/**
 * What was done before its stage opened counts for the obligations it opens: being early is daily work, not an error.
 * @returns how many, by unit
 */
export async function creditEarly(tx: Tx, campaignId: string, openings: readonly Opening[], pack: Pack): Promise<Map<string, number>> {
  const credited = new Map<string, number>();
  const duties = openings.flatMap(({ unit, momentId, duties: all }) => all.map(({ kind, id, form }) => ({ kind, duty: id, form, unit, moment: momentId })));
  for (const [kind, rows] of Map.groupBy(duties, (one) => one.kind)) {
    const when = kind === 'notification' ? told(everyBodyTold(pack)) : doneAt[kind];
    if (!when) continue;
    const found = await tx.query<Settled>(
      `with d as (select * from jsonb_to_recordset($2::jsonb) as d(unit text, moment uuid, duty text, form text)),
       early as (select o.id, d.moment, ${when.at} as at from d join obligation o on o.campaign_id = $1 and o.unit = d.unit and o.duty = d.duty and o.state = 'open' where exists (select 1 from ${when.any})),
       credited as (update obligation o set state = case when o.firm and o.due_at is not null and e.at >= o.due_at then 'late' else 'done' end, done_at = e.at, late_at = case when o.firm and o.due_at is not null and e.at >= o.due_at then o.due_at end
         from early e where o.id = e.id and e.at is not null returning o.id, o.unit, o.duty, o.due_at, o.due_on, o.firm, o.clauses, o.done_at, o.state, e.moment),
       entered as (insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, moment_id, actor) select $1, unit, id, state, $3, due_at, moment, $4 from credited)
       select id, unit, duty, due_on::text as "dueOn", firm, clauses, done_at as at from credited order by id`,
      [campaignId, JSON.stringify(rows), tx.now, tx.by.actor]);
    certifyTimeliness(tx, pack, campaignId, found);
    for (const { unit } of found) credited.set(unit, (credited.get(unit) ?? 0) + 1);
  }
  return credited;
}

/** The base list stands when every filed body is known to operate or not. */
export async function settleBaseList(tx: Tx, campaignId: string, units: readonly string[], pack: Pack): Promise<void> {
  const settled = await tx.query<Settled>(
    `with done as (
       update obligation o set state = case when firm and due_at is not null and $3::timestamptz >= due_at then 'late' else 'done' end, done_at = $3, late_at = case when firm and due_at is not null and $3::timestamptz >= due_at then due_at end
        where campaign_id = $1 and unit = any($2::text[]) and kind = 'base-list' and state in ('open', 'overdue')
          and not exists (select 1 from roster_member m where m.campaign_id = $1 and m.unit = o.unit and m.state = 'undetermined') returning id, unit, duty, due_at, due_on, firm, clauses, done_at, state),
       entered as (insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $1, unit, id, state, $3, due_at, $4 from done)
     select id, unit, duty, due_on::text as "dueOn", firm, clauses, done_at as at from done order by id`,
    [campaignId, units, tx.now, tx.by.actor]);
  certifyTimeliness(tx, pack, campaignId, settled);
}
