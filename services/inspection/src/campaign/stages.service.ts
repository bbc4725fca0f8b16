import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MomentRun, Step, StepResult, UnitOutcome, UnitRun } from '@zhijian/contracts/activities';
import { newId } from '@zhijian/contracts';
import { campaignFinished, reminderIssued, stageClosed, stageOpened, unitFinished } from '@zhijian/contracts/facts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { dueAt } from '@zhijian/calendar';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { PlannedStage } from '@zhijian/policy';
import { Clock } from '@zhijian/service-kit';
import { Campaign, CampaignUnit } from './campaign.entity.js';
import { packNameOf, policyOf } from './campaign.shown.js';
import { laidDown, momentOf, nextStep, takeUnit, type MomentRow } from './moment.store.js';
import { journalOf, openObligations, sweepObligations } from './obligation.store.js';
import { stateOverdue } from './overdue.js';
import { creditEarly, settleBaseList } from './early.store.js';

interface Here { tx: Tx; campaign: Campaign; unit: CampaignUnit; moment: MomentRow }
type Counts = Record<string, number>;

/** What a unit's workflow orders, moment by moment. */
@Injectable()
export class StagesService {
  constructor(private readonly uow: UnitOfWork, private readonly clock: Clock) {}

  async planCampaign(campaignId: string, by: Caller): Promise<{ units: string[]; step: StepResult }> {
    return this.uow.run(by, async (tx) => {
      const campaign = await tx.manager.findOneByOrFail(Campaign, { id: campaignId });
      const units = await tx.manager.find(CampaignUnit, { where: { campaignId }, order: { ord: 'ASC' } });
      return { units: units.map(({ unit }) => unit).filter((unit) => unit !== wholeCampaign), step: this.result(campaign, await nextStep(tx, this.clock, { campaignId, unit: wholeCampaign }), false, {}) };
    });
  }

  async planUnit(run: UnitRun, by: Caller): Promise<StepResult> {
    return this.uow.run(by, async (tx) => {
      await takeUnit(tx, run);
      const { campaign, unit } = await this.rows(tx, run);
      const moments = await laidDown(tx, unit);
      await tx.execute(`update campaign_unit set state = 'running', version = version + 1 where id = $1 and state = 'planned'`, [unit.id]);
      return this.result(campaign, await nextStep(tx, this.clock, run), true, { moments });
    });
  }

  nextStep(run: UnitRun, by: Caller): Promise<Step> {
    return this.uow.run(by, (tx) => nextStep(tx, this.clock, run));
  }

  openStage(run: MomentRun, by: Caller): Promise<StepResult> {
    return this.step(run, by, async ({ tx, campaign, unit, moment }) => {
      const stage = stageOf(unit, moment);
      const opened = await openObligations(tx, { ...run, momentId: moment.id }, stage.duties);
      const credited = await creditEarly(tx, run, stage.duties, moment.id);
      tx.fact(stageOpened, unit.unit, { ...here(run), stage: stage.id, obligations: opened, policy: policyOf(campaign, stage.clauses) }, unit.unit);
      return { opened, credited };
    });
  }

  remind(run: MomentRun, by: Caller): Promise<StepResult> {
    return this.step(run, by, async ({ tx, unit, moment }) => {
      const duty = stageOf(unit, moment).duties.find(({ id }) => id === moment.duty);
      if (!duty?.dueOn || duty.mode === 'unannounced' || this.clock.passed(dueAt(duty.dueOn))) return { reminded: 0 }; // a reminder comes before its day, or not at all
      const [row] = await tx.query<{ open: number }>(`select count(*)::int as open from obligation where campaign_id = $1 and unit = $2 and duty = $3 and state = 'open'`, [run.campaignId, run.unit, duty.id]);
      const open = row?.open ?? 0;
      if (open === 0) return { reminded: 0 };
      await tx.query(`insert into reminder (id, campaign_id, unit, duty, due_on, obligations, automatic, issued_at, actor) values ($1, $2, $3, $4, $5, $6, true, $7, $8)`,
        [newId(), run.campaignId, run.unit, duty.id, duty.dueOn, open, tx.now, by.actor]);
      tx.fact(reminderIssued, unit.unit, { ...here(run), duty: duty.id, dueOn: duty.dueOn, obligations: open, automatic: true }, unit.unit);
      return { reminded: open };
    });
  }

  sweep(run: MomentRun, by: Caller): Promise<StepResult> {
    return this.step(run, by, async ({ tx, campaign, unit, moment }) => {
      const missed = await sweepObligations(tx, { ...run, momentId: moment.id }, [moment.duty ?? ''], moment.dueAt);
      await stateOverdue(tx, campaign, unit, missed);
      return { overdue: missed.length };
    });
  }

  closeStage(run: MomentRun, by: Caller): Promise<StepResult> {
    return this.step(run, by, async ({ tx, campaign, unit, moment }) => {
      const stage = stageOf(unit, moment);
      const missed = await sweepObligations(tx, { ...run, momentId: moment.id }, stage.duties.map(({ id }) => id), moment.dueAt);
      await stateOverdue(tx, campaign, unit, missed);
      tx.fact(stageClosed, unit.unit, { ...here(run), stage: stage.id, overdue: missed.length, policy: policyOf(campaign, stage.clauses) }, unit.unit);
      return { overdue: missed.length };
    });
  }

  /** The roster travels as facts; until all its parts are here the step is tried again. */
  takeRoster(run: MomentRun & { rosterId: string; digest: string }, by: Caller): Promise<StepResult> {
    return this.step(run, by, async ({ tx, unit }) => {
      const [row] = await tx.query<{ parts: number; here: number; digest: string; members: number; inside: number }>(
        `select r.parts, r.digest, (select count(*)::int from roster_part p where p.roster_id = r.id) as here,
                (select count(*)::int from roster_member m where m.campaign_id = r.campaign_id and m.unit = r.unit) as members,
                (select count(*)::int from roster_member m where m.campaign_id = r.campaign_id and m.unit = r.unit and m.state = 'in') as inside
           from roster r where r.id = $1`, [run.rosterId]);
      if (!row || row.here < row.parts) throw new Error('the roster has not arrived yet');
      if (row.digest !== run.digest) throw new Error('the roster that arrived is not the one that was frozen');
      await tx.execute('update campaign_unit set roster_id = $2, version = version + 1 where id = $1', [unit.id, run.rosterId]);
      await settleBaseList(tx, run);
      return { members: row.members, inside: row.inside };
    });
  }

  async finishUnit(run: UnitRun, by: Caller): Promise<UnitOutcome> {
    return this.uow.run(by, async (tx) => {
      const { campaign, unit } = await this.rows(tx, run);
      const states = await tx.query<{ state: string; count: number }>('select state, count(*)::int as count from obligation where campaign_id = $1 and unit = $2 group by state order by state', [run.campaignId, run.unit]);
      const digests = await tx.query<{ digest: string | null }>(`select digest from moment where campaign_id = $1 and unit = $2 and state = 'done' order by done_at, ord`, [run.campaignId, run.unit]);
      const outcome: UnitOutcome = { unit: run.unit, outcome: 'finished', counts: Object.fromEntries(states.map(({ state, count }) => [state, count])), digest: sha256(digests.map(({ digest }) => digest ?? '-').join('\n')) };
      await tx.execute(`update campaign_unit set state = 'finished', outcome = $2, version = version + 1 where id = $1`, [unit.id, JSON.stringify(outcome)]);
      tx.fact(unitFinished, unit.unit, { ...here(run), outcome: 'finished', digest: outcome.digest, policy: policyOf(campaign, []) }, placeOf(campaign, run.unit));
      tx.note('unit finished', `${run.campaignId}/${run.unit}`, policyOf(campaign, []), { counts: outcome.counts });
      return outcome;
    });
  }

  async finishCampaign({ campaignId, outcomes, failed }: { campaignId: string; outcomes: UnitOutcome[]; failed: string[] }, by: Caller) {
    return this.uow.run(by, async (tx) => {
      const campaign = await tx.manager.findOneByOrFail(Campaign, { id: campaignId });
      const units = await tx.manager.findBy(CampaignUnit, { campaignId });
      const done = new Set(outcomes.map(({ unit }) => unit));
      const unfinished = units.map(({ unit }) => unit).filter((unit) => unit !== wholeCampaign && !done.has(unit)).sort();
      const digest = sha256(outcomes.map((outcome) => `${outcome.unit} ${outcome.digest}`).join('\n'));
      await tx.execute(`update campaign set state = 'finished', outcome = $2, version = version + 1 where id = $1`, [campaignId, JSON.stringify({ finished: done.size, unfinished, failed, digest })]);
      tx.fact(campaignFinished, campaign.jurisdiction, { campaignId, finished: done.size, unfinished, digest, policy: policyOf(campaign, []) }, campaign.jurisdiction);
      tx.note('campaign finished', campaignId, policyOf(campaign, []), { finished: done.size, unfinished });
      return { digest, finished: done.size, unfinished };
    });
  }

  /** Does a moment's work once, if its instant has passed and the unit is running. */
  private async step(run: MomentRun, by: Caller, work: (here: Here) => Promise<Counts>): Promise<StepResult> {
    return this.uow.run(by, async (tx) => {
      await takeUnit(tx, run);
      const { campaign, unit } = await this.rows(tx, run);
      const moment = await momentOf(tx, run.moment);
      const ready = moment.state === 'pending' && moment.firm && unit.state === 'running' && this.clock.passed(moment.dueAt);
      if (!ready) return this.result(campaign, await nextStep(tx, this.clock, run), false, {});
      const counts = await work({ tx, campaign, unit, moment });
      const journal = await journalOf(tx, moment.id);
      await tx.execute(`update moment set state = 'done', done_at = $2, counts = $3, digest = $4 where id = $1`, [moment.id, tx.now, JSON.stringify(counts), journal?.digest ?? null]);
      tx.note(`moment ${moment.kind}`, `${run.campaignId}/${run.unit}`, policyOf(campaign, moment.clauses), { stage: moment.stage, duty: moment.duty, counts });
      return this.result(campaign, await nextStep(tx, this.clock, run), true, counts, journal);
    });
  }

  private async rows(tx: Tx, { campaignId, unit }: UnitRun): Promise<{ campaign: Campaign; unit: CampaignUnit }> {
    const [campaign, row] = await Promise.all([tx.manager.findOneByOrFail(Campaign, { id: campaignId }), tx.manager.findOneByOrFail(CampaignUnit, { campaignId, unit })]);
    return { campaign, unit: row };
  }

  private result(campaign: Campaign, next: Step, did: boolean, counts: Counts, journal: { from: string; to: string; digest: string } | null = null): StepResult {
    return { did, counts, journal: journal && { from: journal.from, to: journal.to }, digest: journal?.digest ?? null, pack: packNameOf(campaign), calendar: campaign.calendar, next };
  }
}

const here = ({ campaignId, unit }: UnitRun) => ({ campaignId, unit });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const placeOf = (campaign: Campaign, unit: string): string => (unit === wholeCampaign ? campaign.jurisdiction : unit);

function stageOf(unit: CampaignUnit, moment: MomentRow): PlannedStage {
  const stage = unit.stages.find(({ id }) => id === moment.stage);
  if (!stage) throw new Error(`unit ${unit.unit} has no stage ${moment.stage}`);
  return stage;
}
