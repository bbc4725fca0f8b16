import type { Tx } from '@zhijian/persistence';

/** Who takes over what is open in a place. */
export interface Heir { readonly jurisdictionId: string; readonly personId: string | null; readonly as: 'successor' | 'agency-head' | 'agency' }

/** A task of somebody's: where it is, and whether they hold another office there. */
interface Theirs { task: string; jurisdiction: string; stays: boolean; heir: string | null }

/** Their tasks, each with whether another office of theirs still covers its place, and the first of these places that covers it. */
const theirs = `select h.task, h.jurisdiction,
    exists (select 1 from appointment_ref a join jurisdiction_closure_ref c on c.ancestor = a.jurisdiction and c.descendant = h.jurisdiction
       where a.person_id = h.person_id and a.state = 'granted' and a.from_on <= $2::date and (a.to_on is null or a.to_on >= $2::date) and c.from_on <= $2::date and (c.to_on is null or c.to_on >= $2::date)) as stays,
    (select c.ancestor from jurisdiction_closure_ref c where c.descendant = h.jurisdiction and c.ancestor = any($3::text[]) and c.from_on <= $2::date and (c.to_on is null or c.to_on >= $2::date) limit 1) as heir
  from task_holder h where h.person_id = $1`;

/**
 * Somebody leaves an office, or is disabled: each open task of theirs goes to whoever takes over its place, and where nobody
 * is named back to the agency. Each leaves an entry in the log.
 * @param all whether what other offices of theirs cover goes too (a disabled person holds none)
 */
export async function handOver(tx: Tx, leaving: string, heirs: readonly Heir[], all: boolean): Promise<void> {
  const tasks = await tx.query<Theirs>(theirs, [leaving, tx.now.slice(0, 10), heirs.map(({ jurisdictionId }) => jurisdictionId)]);
  for (const { task, jurisdiction, stays, heir } of tasks) {
    const to = heirs.find(({ jurisdictionId }) => jurisdictionId === heir || jurisdictionId === jurisdiction);
    if (stays && !all) continue;
    await tx.execute(`update task_holder set person_id = $2, since = $3, reason = '原承办人离任，移交', version = version + 1 where task = $1`, [task, to?.personId ?? null, tx.now]);
    tx.note('task handed over', task.slice(task.indexOf('/') + 1), null, { task, from: leaving, to: to?.personId ?? 'agency', as: to?.as ?? 'agency' }, jurisdiction);
  }
}
