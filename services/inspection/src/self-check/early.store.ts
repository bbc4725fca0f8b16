import type { UnitRun } from '@zhijian/contracts/activities';
import type { Tx } from '@zhijian/persistence';
import type { PlannedDuty } from '@zhijian/policy';

/** Reports that came before the stage opened count for the obligations it opens. */
export async function creditEarlyReports(tx: Tx, { campaignId, unit }: UnitRun, duties: readonly PlannedDuty[], momentId: string): Promise<number> {
  const reports = duties.filter(({ kind }) => kind === 'self-check-report').map(({ id }) => id);
  if (reports.length === 0) return 0;
  const [row] = await tx.query<{ credited: number }>(
    `with credited as (
       update obligation o set state = 'done', done_at = s.received_at from self_check s
        where o.campaign_id = $1 and o.unit = $2 and o.duty = any($3::text[]) and o.state = 'open'
          and s.campaign_id = o.campaign_id and s.institution_id = o.institution_id and s.state in ('submitted', 'accepted')
       returning o.id, o.due_at),
     entered as (
       insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, moment_id, actor) select $1, $2, id, 'done', $4, due_at, $5, $6 from credited)
     select count(*)::int as credited from credited`, [campaignId, unit, reports, tx.now, momentId, tx.by.actor]);
  return row?.credited ?? 0;
}
