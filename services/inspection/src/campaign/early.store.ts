import type { UnitRun } from '@zhijian/contracts/activities';
import type { Tx } from '@zhijian/persistence';
import type { PlannedDuty } from '@zhijian/policy';

/** When the work of a duty was already done, by kind of duty: `o` is the obligation just opened. */
const doneAt: Partial<Record<PlannedDuty['kind'], string>> = {
  'self-check-report': `(select s.received_at from self_check s where s.campaign_id = o.campaign_id and s.institution_id = o.institution_id and s.state in ('submitted', 'accepted'))`,
  'local-plan': `(select u.plan_filed_at from campaign_unit u where u.campaign_id = o.campaign_id and u.unit = o.unit)`,
  'self-check-form': sent(), summary: sent(), 'roll-up': sent(),
  'site-check': `(select min(v.visit_on)::timestamp at time zone 'Asia/Shanghai' from visit v where v.campaign_id = o.campaign_id and v.unit = o.unit and v.institution_id = o.institution_id and v.kind = 'site-check' and v.state = 'recorded')`,
  'extension-check': `(select min(v.visit_on)::timestamp at time zone 'Asia/Shanghai' from visit v where v.campaign_id = o.campaign_id and v.unit = o.unit and v.kind = 'extension-check' and v.state = 'recorded')`,
  notification: `(select n.notified_on::timestamp at time zone 'Asia/Shanghai' from notification n where n.campaign_id = o.campaign_id and n.institution_id = o.institution_id)`,
};

function sent(): string {
  return `(select min(f.sent_at) from form_version f where f.campaign_id = o.campaign_id and f.unit = o.unit and f.form = $6)`;
}

/** What was done before its stage opened counts for the obligations it opens: being early is daily work, not an error. */
export async function creditEarly(tx: Tx, { campaignId, unit }: UnitRun, duties: readonly PlannedDuty[], momentId: string | null): Promise<number> {
  let credited = 0;
  for (const duty of duties) {
    const when = doneAt[duty.kind];
    if (!when) continue;
    const [row] = await tx.query<{ credited: number }>(
      `with early as (select o.id, ${when} as at from obligation o where o.campaign_id = $1 and o.unit = $2 and o.duty = $3 and o.state = 'open' and ($6::text is null or true)),
       credited as (update obligation o set state = case when o.firm and o.due_at is not null and e.at >= o.due_at then 'late' else 'done' end, done_at = e.at, late_at = case when o.firm and o.due_at is not null and e.at >= o.due_at then o.due_at end
         from early e where o.id = e.id and e.at is not null returning o.id, o.due_at, o.state),
       entered as (insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, moment_id, actor) select $1, $2, id, state, $4, due_at, $5, $7 from credited)
       select count(*)::int as credited from credited`,
      [campaignId, unit, duty.id, tx.now, momentId, duty.form, tx.by.actor]);
    credited += row?.credited ?? 0;
  }
  return credited;
}

/** The base list stands when every filed body is known to operate or not. */
export async function settleBaseList(tx: Tx, { campaignId, unit }: UnitRun): Promise<void> {
  await tx.query(
    `with done as (
       update obligation set state = case when firm and due_at is not null and $3::timestamptz >= due_at then 'late' else 'done' end, done_at = $3, late_at = case when firm and due_at is not null and $3::timestamptz >= due_at then due_at end
        where campaign_id = $1 and unit = $2 and kind = 'base-list' and state in ('open', 'overdue')
          and not exists (select 1 from roster_member m where m.campaign_id = $1 and m.unit = $2 and m.state = 'undetermined') returning id, due_at, state)
     insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $1, $2, id, state, $3, due_at, $4 from done`,
    [campaignId, unit, tx.now, tx.by.actor]);
}
