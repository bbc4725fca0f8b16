import { newId } from '@zhijian/contracts';
import type { Step, StepKind, UnitRun } from '@zhijian/contracts/activities';
import type { Tx } from '@zhijian/persistence';
import { momentsOf, type Moment } from '@zhijian/policy';
import { beijing, type Clock } from '@zhijian/service-kit';
import type { CampaignUnit } from './campaign.entity.js';

export interface MomentRow extends Moment { id: string; state: 'pending' | 'done' | 'dropped' }

const columns = `id, kind, stage, duty, due_at as "dueAt", firm, clauses, state`;
const read = (row: Omit<MomentRow, 'dueAt'> & { dueAt: Date }): MomentRow => ({ ...row, dueAt: beijing(row.dueAt.getTime()) });

/**
 * Takes a unit for this transaction. Whoever changes its stages, moments or obligations as a whole takes it first, so
 * that an amendment, a step and a roster's change never read past one another.
 */
export async function takeUnit(tx: Tx, { campaignId, unit }: UnitRun): Promise<void> {
  await tx.query('select 1 from campaign_unit where campaign_id = $1 and unit = $2 for update', [campaignId, unit]);
}

export async function momentOf(tx: Tx, id: string): Promise<MomentRow> {
  const [row] = await tx.query<Omit<MomentRow, 'dueAt'> & { dueAt: Date }>(`select ${columns} from moment where id = $1 for update`, [id]);
  if (!row) throw new Error(`no moment ${id}`);
  return read(row);
}

const sameWork = (a: Moment, b: Moment): boolean =>
  a.kind === b.kind && a.stage === b.stage && a.duty === b.duty && (['open-stage', 'freeze-roster'].includes(a.kind) || Date.parse(a.dueAt) === Date.parse(b.dueAt));

/**
 * Lays down what a unit's stages order and has not been done yet; earlier pending moments are dropped (kept as rows).
 * @returns how many moments are pending now
 */
export async function laidDown(tx: Tx, unit: Pick<CampaignUnit, 'campaignId' | 'unit' | 'stages'>): Promise<number> {
  await tx.execute(`update moment set state = 'dropped' where campaign_id = $1 and unit = $2 and state = 'pending'`, [unit.campaignId, unit.unit]);
  const done = (await tx.query<Omit<MomentRow, 'dueAt'> & { dueAt: Date }>(`select ${columns} from moment where campaign_id = $1 and unit = $2 and state = 'done'`, [unit.campaignId, unit.unit])).map(read);
  const rows = momentsOf(unit.stages).filter((moment) => !done.some((past) => sameWork(past, moment)))
    .map((moment, ord) => ({ id: newId(), ord, kind: moment.kind, stage: moment.stage, duty: moment.duty, due_at: moment.dueAt, firm: moment.firm, clauses: moment.clauses }));
  await tx.query(
    `insert into moment (id, campaign_id, unit, ord, kind, stage, duty, due_at, firm, clauses)
     select id, $1, $2, ord, kind, stage, duty, due_at, firm, clauses from jsonb_to_recordset($3::jsonb)
       as m(id uuid, ord int, kind text, stage text, duty text, due_at timestamptz, firm boolean, clauses jsonb)`, [unit.campaignId, unit.unit, JSON.stringify(rows)]);
  return rows.length;
}

const none: Step = { kind: 'done', moment: null, stage: null, duty: null, dueAt: null, wakeAt: null, passed: true, clauses: [] };
const daily = 24 * 3600_000;

/** What comes next in a unit. Nothing legal happens on a provisional date: it is asked again each day until it is firm. */
export async function nextStep(tx: Tx, clock: Clock, { campaignId, unit }: UnitRun): Promise<Step> {
  const [row] = await tx.query<Omit<MomentRow, 'dueAt'> & { dueAt: Date; unitState: string }>(
    `select m.id, m.kind, m.stage, m.duty, m.due_at as "dueAt", m.firm, m.clauses, m.state, u.state as "unitState"
       from moment m join campaign_unit u using (campaign_id, unit)
      where m.campaign_id = $1 and m.unit = $2 and m.state = 'pending' order by m.due_at, m.ord limit 1`, [campaignId, unit]);
  if (!row) return none;
  const moment = read(row);
  const step = { moment: moment.id, stage: moment.stage, duty: moment.duty, dueAt: moment.dueAt, clauses: moment.clauses };
  if (row.unitState === 'suspended') return { ...step, kind: 'suspended', wakeAt: null, passed: false };
  const come = clock.passed(moment.dueAt);
  const wakeAt = come && !moment.firm ? clock.wakeAt(beijing(clock.milliseconds() + daily)) : clock.wakeAt(moment.dueAt);
  return { ...step, kind: moment.kind as StepKind, wakeAt, passed: come && moment.firm };
}
