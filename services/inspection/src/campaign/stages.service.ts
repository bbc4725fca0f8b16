import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Basis, Done, Step, StepKind, StepResult, UnitOutcome, UnitRun } from '@zhijian/contracts/activities';
import { campaignFinished, unitFinished } from '@zhijian/contracts/facts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { Clock, notYet, PackShelf } from '@zhijian/service-kit';
import { rostersHere } from '../roster/frozen.store.js';
import { Campaign, CampaignUnit } from './campaign.entity.js';
import { packNameOf, policyOf } from './campaign.shown.js';
import { journalSealed } from './obligation.store.js';
import { laidDown, momentsNext, noneLeft, takeUnit, takeUnits } from './moment.store.js';
import { doDue } from './moment.work.js';
import { placeOf } from './place.js';

/** A step that comes so little before its instant waits for it instead of answering. */
const little = 10 * 60_000;

/** What a unit's workflow orders, moment by moment. */
@Injectable()
export class StagesService {
  constructor(private readonly uow: UnitOfWork, private readonly clock: Clock, private readonly packs: PackShelf) {}

  planCampaign(campaignId: string, by: Caller): Promise<{ units: string[] }> {
    return this.uow.run(by, async (tx) => {
      const units = await tx.manager.find(CampaignUnit, { where: { campaignId }, order: { ord: 'ASC' } });
      return { units: units.map(({ unit }) => unit).filter((unit) => unit !== wholeCampaign) };
    });
  }

  planUnit(run: UnitRun, by: Caller): Promise<StepResult> {
    return this.uow.run(by, async (tx) => {
      const { campaign, unit } = await taken(tx, run);
      await planned(tx, campaign.id, [unit]);
      return (await this.results(tx, campaign, [unit], new Map())).get(unit.unit)!;
    });
  }

  /** @param come the answer is waited for until the moment has come, when that is not long */
  nextStep(run: UnitRun, come: boolean, by: Caller): Promise<Step & Basis> {
    return this.uow.run(by, async (tx) => {
      const { campaign, unit } = await taken(tx, run);
      const { next, did: _none, ...basis } = (await this.results(tx, campaign, [unit], new Map())).get(unit.unit)!;
      if (come) this.wait(next, next.kind);
      return { ...next, ...basis };
    });
  }

  /** Does what has come due in the unit, the moment that was ordered first. */
  advance(run: UnitRun, kind: StepKind, by: Caller): Promise<StepResult> {
    return this.uow.run(by, async (tx) => {
      const { campaign, unit } = await taken(tx, run);
      const done = await this.doDue(tx, campaign, [unit]);
      const result = (await this.results(tx, campaign, [unit], done)).get(unit.unit)!;
      if (!result.did) this.wait(result.next, kind);
      return result;
    });
  }

  /** The roster travels as facts; until all its parts are here the step is tried again. */
  async takeRoster(run: UnitRun, roster: { rosterId: string; digest: string }, by: Caller): Promise<StepResult> {
    return this.uow.run(by, async (tx) => {
      const { campaign, unit } = await taken(tx, run);
      const [row] = await tx.query<{ digest: string }>('select digest from roster where id = $1', [roster.rosterId]);
      if (!row || (await rostersHere(tx, run.campaignId, [run.unit])).length === 0) throw new Error('the roster has not arrived yet');
      if (row.digest !== roster.digest) throw new Error('the roster that arrived is not the one that was frozen');
      return (await this.results(tx, campaign, [unit], await this.doDue(tx, campaign, [unit]))).get(unit.unit)!;
    });
  }

  /**
   * Plans the units of a campaign and does what is due in them, in one transaction. Some units only: the others are as they were.
   * @returns what came of it, by unit
   */
  advanceTogether(campaignId: string, names: readonly string[] | null, by: Caller): Promise<Record<string, StepResult>> {
    return this.uow.run(by, async (tx) => {
      await takeUnits(tx, campaignId, names);
      const campaign = await tx.manager.findOneByOrFail(Campaign, { id: campaignId });
      const units = (await tx.manager.find(CampaignUnit, { where: { campaignId }, order: { ord: 'ASC' } })).filter(({ unit }) => names?.includes(unit) ?? true);
      await planned(tx, campaignId, units.filter(({ state }) => state === 'planned'));
      return Object.fromEntries(await this.results(tx, campaign, units, await this.doDue(tx, campaign, units)));
    });
  }

  async finishUnit(run: UnitRun, by: Caller): Promise<UnitOutcome> {
    return this.uow.run(by, async (tx) => {
      const { campaign, unit } = await taken(tx, run);
      const states = await tx.query<{ state: string; count: number }>('select state, count(*)::int as count from obligation where campaign_id = $1 and unit = $2 group by state order by state', [run.campaignId, run.unit]);
      const digests = await tx.query<{ digest: string | null }>(`select digest from moment where campaign_id = $1 and unit = $2 and state = 'done' order by done_at, ord`, [run.campaignId, run.unit]);
      const outcome: UnitOutcome = { unit: run.unit, outcome: 'finished', counts: Object.fromEntries(states.map(({ state, count }) => [state, count])), digest: sha256(digests.map(({ digest }) => digest ?? '-').join('\n')) };
      await tx.execute(`update campaign_unit set state = 'finished', outcome = $2, version = version + 1 where id = $1`, [unit.id, JSON.stringify(outcome)]);
      tx.fact(unitFinished, unit.unit, { ...run, outcome: 'finished', digest: outcome.digest, policy: policyOf(campaign, []) }, placeOf(campaign, run.unit));
      const notDone = await tx.query<{ duty: string; count: number }>(`select duty, count(*)::int as count from obligation where campaign_id = $1 and unit = $2 and state = 'open' group by duty order by duty`, [run.campaignId, run.unit]);
      tx.note('unit finished', `${run.campaignId}/${run.unit}`, policyOf(campaign, []), { counts: outcome.counts, ...(notDone.length > 0 && { notDone }), journal: await journalSealed(tx, run.campaignId, run.unit) });
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

  private async doDue(tx: Tx, campaign: Campaign, units: readonly CampaignUnit[]): Promise<Map<string, Done[]>> {
    return doDue(tx, campaign, units, await this.packs.get(packNameOf(campaign)));
  }

  /** What was done in each unit, what comes next, and what it goes by where it was not told that yet. */
  private async results(tx: Tx, campaign: Campaign, units: readonly CampaignUnit[], done: ReadonlyMap<string, Done[]>): Promise<Map<string, StepResult>> {
    const next = await momentsNext(tx, this.clock, campaign.id, units.map(({ unit }) => unit));
    const basis = { pack: packNameOf(campaign), calendar: campaign.calendar };
    const told = `${basis.pack} ${basis.calendar}`;
    const untold = units.filter((unit) => unit.told !== told);
    if (untold.length) await tx.execute('update campaign_unit set told = $2 where id = any($1::uuid[])', [untold.map(({ id }) => id), told]);
    return new Map(units.map((unit) => {
      const did = done.get(unit.unit);
      return [unit.unit, { ...(did && { did }), ...(untold.includes(unit) && basis), next: next.get(unit.unit) ?? noneLeft }];
    }));
  }

  /** Nothing was due: when the ordered moment comes soon, the step is given again then, and its history stays as it is. */
  private wait({ kind, dueAt, wakeAt, passed }: Step, ordered: StepKind): void {
    if (passed || kind !== ordered || !wakeAt || !dueAt || this.clock.passed(dueAt)) return;
    const wait = this.clock.wait(dueAt);
    if (wait <= little) throw notYet(wait);
  }
}

/** Takes a unit for this transaction, with its campaign. */
async function taken(tx: Tx, run: UnitRun): Promise<{ campaign: Campaign; unit: CampaignUnit }> {
  await takeUnit(tx, run);
  const [campaign, unit] = await Promise.all([tx.manager.findOneByOrFail(Campaign, { id: run.campaignId }), tx.manager.findOneByOrFail(CampaignUnit, { campaignId: run.campaignId, unit: run.unit })]);
  return { campaign, unit };
}

/** Lays the moments of these units down; from now on they run. */
async function planned(tx: Tx, campaignId: string, units: readonly CampaignUnit[]): Promise<void> {
  if (units.length === 0) return;
  await laidDown(tx, campaignId, units);
  await tx.execute(`update campaign_unit set state = 'running', version = version + 1 where id = any($1::uuid[]) and state = 'planned'`, [units.map(({ id }) => id)]);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
