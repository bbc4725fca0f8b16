import { newId } from '@zhijian/contracts';
import type { Step, UnitRun } from '@zhijian/contracts/activities';
import type { Tx } from '@zhijian/persistence';
import { momentsOf, type Moment } from '@zhijian/policy';
import { beijing, type Clock } from '@zhijian/service-kit';
import type { CampaignUnit } from './campaign.entity.js';
import { awaitsEvent } from './unit-stages.rules.js';

export interface MomentRow extends Moment { id: string; unit: string; state: 'pending' | 'done' | 'dropped' }

type Raw<T extends Moment> = Omit<T, 'dueAt'> & { dueAt: Date };
const columns = `m.id, m.unit, m.kind, m.stage, m.duty, m.due_at as "dueAt", m.firm, m.clauses, m.state`;
const read = <T extends Moment>(row: Raw<T>): T => ({ ...row, dueAt: beijing(row.dueAt.getTime()).replace('.000', '') }) as unknown as T;

/**
 * Takes units for this transaction. Whoever changes their stages, moments or obligations as a whole takes them first, so
 * that an amendment, a step and a roster's change never read past one another.
 */
export async function takeUnits(tx: Tx, campaignId: string, units: readonly string[] | null): Promise<void> {
  await tx.query('select 1 from campaign_unit where campaign_id = $1 and ($2::text[] is null or unit = any($2)) order by unit for update', [campaignId, units]);
}

export const takeUnit = (tx: Tx, { campaignId, unit }: UnitRun): Promise<void> => takeUnits(tx, campaignId, [unit]);

const sameWork = (a: Moment, b: Moment): boolean =>
  a.kind === b.kind && a.stage === b.stage && a.duty === b.duty && (['open-stage', 'freeze-roster'].includes(a.kind) || Date.parse(a.dueAt) === Date.parse(b.dueAt));

type Staged = Pick<CampaignUnit, 'unit' | 'stages'>;

/** Lays down what the stages of these units order and has not been done yet; earlier pending moments are dropped (kept as rows). */
export async function laidDown(tx: Tx, campaignId: string, units: readonly Staged[]): Promise<void> {
  const names = units.map(({ unit }) => unit);
  const byEvents = units.flatMap((unit) => unit.stages.flatMap(({ duties }) => duties.filter(awaitsEvent).map(({ id }) => `${unit.unit} ${id}`))); // laid down by what happened, not by the stages
  await tx.execute(`update moment set state = 'dropped' where campaign_id = $1 and unit = any($2::text[]) and state = 'pending' and (duty is null or not (unit || ' ' || duty) = any($3::text[]))`, [campaignId, names, byEvents]);
  const done = (await tx.query<Raw<MomentRow>>(`select ${columns} from moment m where campaign_id = $1 and unit = any($2::text[]) and state = 'done'`, [campaignId, names])).map((row) => read<MomentRow>(row));
  const rows = units.flatMap(({ unit, stages }) => momentsOf(stages).filter((moment) => !done.some((past) => past.unit === unit && sameWork(past, moment)))
    .map((moment, ord) => ({ id: newId(), unit, ord, kind: moment.kind, stage: moment.stage, duty: moment.duty, due_at: moment.dueAt, firm: moment.firm, clauses: moment.clauses })));
  await tx.query(
    `insert into moment (id, campaign_id, unit, ord, kind, stage, duty, due_at, firm, clauses)
     select id, $1, unit, ord, kind, stage, duty, due_at, firm, clauses from jsonb_to_recordset($2::jsonb)
       as m(id uuid, unit text, ord int, kind text, stage text, duty text, due_at timestamptz, firm boolean, clauses jsonb)`, [campaignId, JSON.stringify(rows)]);
}

/** One more moment, which an event ordered: a duty is swept when its day has ended, whatever else the stages order. One that is there already is enough. */
export async function laidDownByEvent(tx: Tx, { campaignId, unit }: UnitRun, { stage, duty, dueAt, firm, clauses }: Pick<Moment, 'stage' | 'dueAt' | 'firm' | 'clauses'> & { duty: string }): Promise<void> {
  await tx.query(
    `insert into moment (id, campaign_id, unit, ord, kind, stage, duty, due_at, firm, clauses) select $1, $2, $3, 0, 'sweep', $4, $5, $6, $7, $8
      where not exists (select 1 from moment where campaign_id = $2 and unit = $3 and kind = 'sweep' and duty = $5 and due_at = $6 and firm = $7 and state = 'pending')`,
    [newId(), campaignId, unit, stage, duty, dueAt, firm, JSON.stringify(clauses)]);
}

/** The days of a duty that hangs on an event have moved: what was laid down for a day on which nothing of it is open any more is dropped. */
export async function droppedByEvent(tx: Tx, { campaignId, unit }: UnitRun, duty: string): Promise<void> {
  await tx.execute(
    `update moment m set state = 'dropped' where campaign_id = $1 and unit = $2 and duty = $3 and kind = 'sweep' and state = 'pending'
        and not exists (select 1 from obligation o where o.campaign_id = m.campaign_id and o.unit = m.unit and o.duty = m.duty and o.state = 'open' and o.due_at = m.due_at and o.firm = m.firm)`, [campaignId, unit, duty]);
}

/** In SQL, of a moment `m` of a unit `u`: its day was given by an event and is provisional. It holds up nothing else of the unit and is asked again when it is all that is left. */
const waitsAlone = `case when m.firm then false else jsonb_path_exists(u.stages, '$[*].duties[*] ? (@.id == $duty && @.dueOn == null)', jsonb_build_object('duty', m.duty)) end`;

/**
 * What has come due in these units, in order, by unit. Nothing legal happens on a provisional date: what stands behind
 * one waits with it. Units that are suspended or finished have nothing due.
 */
export async function momentsDue(tx: Tx, campaignId: string, units: readonly string[]): Promise<Map<string, MomentRow[]>> {
  const rows = await tx.query<Raw<MomentRow>>(
    `select ${columns} from moment m join campaign_unit u using (campaign_id, unit)
      where m.campaign_id = $1 and m.unit = any($2::text[]) and m.state = 'pending' and m.due_at <= $3 and u.state = 'running' and not ${waitsAlone} order by m.unit, m.due_at, m.ord`, [campaignId, units, tx.now]);
  const due = Map.groupBy(rows.map((row) => read<MomentRow>(row)), ({ unit }) => unit);
  return new Map([...due].map(([unit, moments]) => [unit, untilProvisional(moments)]));
}

function untilProvisional(moments: MomentRow[]): MomentRow[] {
  const stop = moments.findIndex(({ firm }) => !firm);
  return stop < 0 ? moments : moments.slice(0, stop);
}

/** The one moment that comes next in each unit; a unit that is missing has none. */
export async function momentsNext(tx: Tx, clock: Clock, campaignId: string, units: readonly string[]): Promise<Map<string, Step>> {
  const rows = await tx.query<Raw<MomentRow> & { unitState: string }>(
    `select distinct on (m.unit) ${columns}, u.state as "unitState"
       from moment m join campaign_unit u using (campaign_id, unit)
      where m.campaign_id = $1 and m.unit = any($2::text[]) and m.state = 'pending' order by m.unit, ${waitsAlone}, m.due_at, m.ord`, [campaignId, units]);
  return new Map(rows.map((row) => [row.unit, stepOf(clock, read(row), row.unitState === 'suspended')]));
}

const daily = 24 * 3600_000;

/** Nothing legal happens on a provisional date: once it has come it is asked again each day until it is firm. */
function stepOf(clock: Clock, { kind, stage, duty, dueAt, firm, clauses }: Moment, suspended: boolean): Step {
  const of = { ...(duty === null ? { stage } : { duty }), dueAt, clauses };
  if (suspended) return { kind: 'suspended', ...of, wakeAt: null, passed: false };
  const come = clock.passed(dueAt);
  return { kind, ...of, wakeAt: clock.wakeAt(come && !firm ? beijing(clock.milliseconds() + daily) : dueAt), passed: come && firm };
}

export const noneLeft: Step = { kind: 'done', passed: true };

export interface DoneMoment { moment: MomentRow; counts: Record<string, number>; journal: Journal | null }
export interface Journal { from: string; to: string; digest: string }

export async function markDone(tx: Tx, done: readonly DoneMoment[]): Promise<void> {
  await tx.execute(
    `update moment m set state = 'done', done_at = $2, counts = d.counts, digest = d.digest from jsonb_to_recordset($1::jsonb) as d(id uuid, counts jsonb, digest text) where m.id = d.id`,
    [JSON.stringify(done.map(({ moment, counts, journal }) => ({ id: moment.id, counts, digest: journal?.digest ?? null }))), tx.now]);
}
