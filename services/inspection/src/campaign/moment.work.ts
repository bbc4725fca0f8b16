import { newId } from '@zhijian/contracts';
import type { Done } from '@zhijian/contracts/activities';
import { reminderIssued, stageClosed, stageOpened } from '@zhijian/contracts/facts';
import { dueAt } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import type { MomentKind, Pack, PlannedStage } from '@zhijian/policy';
import { takeRosters } from '../roster/frozen.store.js';
import type { Campaign, CampaignUnit } from './campaign.entity.js';
import { policyOf } from './campaign.shown.js';
import { stateOverdue } from './overdue.js';
import { placeOf } from './place.js';
import { creditEarly, settleBaseList } from './early.store.js';
import { dutiesOpenedWith } from './unit-stages.rules.js';
import { markDone, momentsDue, type DoneMoment, type MomentRow } from './moment.store.js';
import { awaitsCorrection } from '../self-check/awaited-correction.queries.js';
import { journalsOf, openObligations, sweepObligations } from './obligation.store.js';

type Counts = Record<string, number>;
/** A moment of one unit, about to be done. */
interface Here { tx: Tx; campaign: Campaign; pack: Pack; unit: CampaignUnit; moment: MomentRow }

/**
 * Does everything that has come due in these units of a campaign, moment by moment; the same kind of moment is done for
 * all units at once where one statement can do it. Before a roster that has not arrived, a unit stops.
 * @returns what was done, by unit, in order
 */
export async function doDue(tx: Tx, campaign: Campaign, units: readonly CampaignUnit[], pack: Pack): Promise<Map<string, Done[]>> {
  const due = await momentsDue(tx, campaign.id, units.map(({ unit }) => unit));
  const done: DoneMoment[] = [];
  for (let round = heads({ tx, campaign, pack }, units, due); round.length > 0; round = heads({ tx, campaign, pack }, units, due)) {
    for (const [kind, here] of Map.groupBy(round, ({ moment }) => moment.kind)) {
      const counted = await work[kind](here);
      here.forEach(({ unit, moment }, at) => {
        const counts = counted[at];
        if (counts) done.push({ moment, counts, journal: null });
        else due.delete(unit.unit);
      });
    }
  }
  return recorded(tx, campaign, done);
}

/** The first moment left of each unit, taken off. */
function heads(ground: Pick<Here, 'tx' | 'campaign' | 'pack'>, units: readonly CampaignUnit[], due: ReadonlyMap<string, MomentRow[]>): Here[] {
  return units.flatMap((unit) => {
    const moment = due.get(unit.unit)?.shift();
    return moment ? [{ ...ground, unit, moment }] : [];
  });
}

/** Journal, mark and audit entry of what was done; an entry belongs to the place of its unit. */
async function recorded(tx: Tx, campaign: Campaign, done: readonly DoneMoment[]): Promise<Map<string, Done[]>> {
  if (done.length === 0) return new Map();
  const journals = await journalsOf(tx, done.map(({ moment }) => moment.id));
  const all = done.map((one) => ({ ...one, journal: journals.get(one.moment.id) ?? null }));
  await markDone(tx, all);
  for (const { moment, counts } of all) {
    tx.note(`moment ${moment.kind}`, `${campaign.id}/${moment.unit}`, policyOf(campaign, moment.clauses), { stage: moment.stage, duty: moment.duty, counts }, placeOf(campaign, moment.unit));
  }
  return new Map([...Map.groupBy(all, ({ moment }) => moment.unit)].map(([unit, ones]) => [unit, ones.map(told)]));
}

const told = ({ moment: { kind, stage, duty }, counts, journal }: DoneMoment): Done =>
  ({ kind, ...(duty === null ? { stage } : { duty }), counts, ...(journal && { journal: [journal.from, journal.to], digest: journal.digest }) });

/** What each kind of moment does: for several units at once, or one after the other. Null: not yet, the unit stops here. */
const work: Record<MomentKind, (here: readonly Here[]) => Promise<(Counts | null)[]>> = {
  'freeze-roster': rostersTaken,
  'open-stage': stagesOpened,
  remind: each(reminded),
  sweep: each(swept),
  'close-stage': each(stageEnded),
};

function each(one: (here: Here) => Promise<Counts>): (all: readonly Here[]) => Promise<Counts[]> {
  return async (all) => {
    const counted: Counts[] = [];
    for (const here of all) counted.push(await one(here));
    return counted;
  };
}

/** The roster travels as facts: it is taken when all its parts are here. */
async function rostersTaken(all: readonly Here[]): Promise<(Counts | null)[]> {
  const { tx, campaign, pack } = all[0]!;
  const taken = await takeRosters(tx, campaign.id, all.map(({ unit }) => unit.unit));
  await settleBaseList(tx, campaign.id, [...taken.keys()], pack);
  return all.map(({ unit }) => taken.get(unit.unit) ?? null);
}

async function stagesOpened(all: readonly Here[]): Promise<Counts[]> {
  const { tx, campaign, pack } = all[0]!;
  const openings = all.map(({ unit, moment }) => ({ unit: unit.unit, momentId: moment.id, duties: dutiesOpenedWith(unit, stageOf(unit, moment)) }));
  const opened = await openObligations(tx, campaign.id, openings);
  const credited = await creditEarly(tx, campaign.id, openings, pack);
  return all.map(({ unit, moment }) => {
    const stage = stageOf(unit, moment);
    const counts = { opened: opened.get(unit.unit) ?? 0, credited: credited.get(unit.unit) ?? 0 };
    tx.fact(stageOpened, unit.unit, { ...here(unit), stage: stage.id, obligations: counts.opened, policy: policyOf(campaign, stage.clauses) }, unit.unit);
    return counts;
  });
}

async function reminded({ tx, unit, moment }: Here): Promise<Counts> {
  const duty = stageOf(unit, moment).duties.find(({ id }) => id === moment.duty);
  if (!duty?.dueOn || duty.mode === 'unannounced' || Date.parse(tx.now) >= Date.parse(dueAt(duty.dueOn))) return { reminded: 0 }; // a reminder comes before its day, or not at all
  const [row] = await tx.query<{ open: number }>(`select count(*)::int as open from obligation o where campaign_id = $1 and unit = $2 and duty = $3 and (state = 'open' or state in ('done', 'late') and ${awaitsCorrection('o')})`, [unit.campaignId, unit.unit, duty.id]);
  const open = row?.open ?? 0;
  if (open === 0) return { reminded: 0 };
  await tx.query(`insert into reminder (id, campaign_id, unit, duty, due_on, obligations, automatic, issued_at, actor) values ($1, $2, $3, $4, $5, $6, true, $7, $8)`,
    [newId(), unit.campaignId, unit.unit, duty.id, duty.dueOn, open, tx.now, tx.by.actor]);
  tx.fact(reminderIssued, unit.unit, { ...here(unit), duty: duty.id, dueOn: duty.dueOn, obligations: open, automatic: true }, unit.unit);
  return { reminded: open };
}

async function swept({ tx, campaign, pack, unit, moment }: Here): Promise<Counts> {
  const missed = await sweepObligations(tx, pack, { ...here(unit), momentId: moment.id }, [moment.duty ?? ''], moment.dueAt);
  await stateOverdue(tx, campaign, unit, missed, pack);
  return { overdue: missed.length };
}

async function stageEnded({ tx, campaign, pack, unit, moment }: Here): Promise<Counts> {
  const stage = stageOf(unit, moment);
  const missed = await sweepObligations(tx, pack, { ...here(unit), momentId: moment.id }, stage.duties.map(({ id }) => id), moment.dueAt);
  await stateOverdue(tx, campaign, unit, missed, pack);
  tx.fact(stageClosed, unit.unit, { ...here(unit), stage: stage.id, overdue: missed.length, policy: policyOf(campaign, stage.clauses) }, unit.unit);
  return { overdue: missed.length };
}

const here = ({ campaignId, unit }: CampaignUnit) => ({ campaignId, unit });

function stageOf(unit: CampaignUnit, moment: MomentRow): PlannedStage {
  const stage = unit.stages.find(({ id }) => id === moment.stage);
  if (!stage) throw new Error(`unit ${unit.unit} has no stage ${moment.stage}`);
  return stage;
}
