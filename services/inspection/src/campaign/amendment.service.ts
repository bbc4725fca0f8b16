import { Injectable } from '@nestjs/common';
import { inPlace, stateAllows, type Principal } from '@zhijian/access';
import { sha256, type DecisionKind } from '@zhijian/audit';
import { decidedByPerson } from '@zhijian/audit/rules';
import { addDays, isLocalDate, localDate, type LocalDate } from '@zhijian/calendar';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { campaignAmended, unitPlanFiled } from '@zhijian/contracts/facts';
import { inspection, type BodyOf } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { StaleWrite, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { amended, checkOwnDates, type Amendment, type Pack, type PlannedDuty } from '@zhijian/policy';
import { Calendars, Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { certifyAmended, certifyOwnDates, type DateGround } from '../evidence/due-date.evidence.js';
import { actingRefused, dutyOf, groundOf } from './agency.rules.js';
import { Campaign, CampaignUnit } from './campaign.entity.js';
import { packNameOf, policyOf } from './campaign.shown.js';
import { liftUnfounded } from '../supervision/flag.store.js';
import { laidDown, takeUnit } from './moment.store.js';
import { moveObligations, settleObligation } from './obligation.store.js';
import { planOf } from './unit-stages.rules.js';

export type AmendmentRefusal = 'campaign-not-running' | 'unit-unknown' | 'amendment-incomplete' | 'date-passed' | 'extension-not-later' | 'stage-closed' | 'not-suspended' | 'not-suspendable' | 'own-dates-refused' | 'unit-foreign' | 'amendment-foreign' | 'amendment-clause-unknown';
export const amendmentSentences = {
  'campaign-not-running': '专项行动不在进行中',
  'unit-unknown': '区划 {unit} 不在本次专项行动中',
  'amendment-incomplete': '延期或改期须写明阶段或任务以及新的日期',
  'date-passed': '新的日期 {on} 已经过去',
  'extension-not-later': '延期后的日期须晚于原定的 {before}',
  'stage-closed': '该阶段已经结束，不能再改期',
  'not-suspended': '没有处于中止状态的填报单位，无须恢复',
  'not-suspendable': '没有正在进行的填报单位可以中止',
  'own-dates-refused': '自定日期不在上级方案允许的范围内',
  'unit-foreign': '您不在该辖区任职',
  'amendment-clause-unknown': '所用政策包中没有条款 {clause}',
  'amendment-foreign': '由组织本次专项行动的辖区决定，您不在该辖区任职',
} satisfies Record<AmendmentRefusal, string>;

/** What each kind of amendment is certified as. */
const decided = { extend: 'extension', 'replace-date': 'date-replacement', suspend: 'suspension', resume: 'resumption' } as const satisfies Record<string, DecisionKind>;

type Body = BodyOf<typeof inspection.amendCampaign>;
type PlanBody = BodyOf<typeof inspection.filePlan>;

/** Changes of a running campaign: by the city (amendments) and by a unit within the city's limits (its own plan). */
@Injectable()
export class AmendmentService {
  constructor(private readonly uow: UnitOfWork, private readonly clock: Clock, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  async amend(campaignId: string, body: Body, principal: Principal, by: Caller) {
    return this.uow.run(by, async (tx) => {
      const campaign = await tx.manager.findOneBy(Campaign, { id: campaignId });
      if (!campaign) throw notFound('这项专项行动');
      if (!inPlace(principal, campaign.jurisdiction)) return refuse<AmendmentRefusal>('amendment-foreign');
      if (!stateAllows(inspection.amendCampaign, { campaign: campaign.state })) return refuse<AmendmentRefusal>('campaign-not-running', [], {}, { wrongState: true });
      const units = await tx.query<CampaignUnit>(`select id, campaign_id as "campaignId", unit, name, ord, state, stages, version from campaign_unit where campaign_id = $1 order by unit for update`, [campaignId]);
      const strange = body.units?.find((code) => !units.some(({ unit }) => unit === code));
      if (strange) return refuse<AmendmentRefusal>('unit-unknown', [], { unit: strange }, { errors: [{ path: `/units/${body.units?.indexOf(strange)}`, message: '不在本次专项行动中' }] });
      const concerned = units.filter(({ unit, state }) => state !== 'finished' && (body.units ? body.units.includes(unit) : true));
      if (concerned.length === 0) return refuse<AmendmentRefusal>('campaign-not-running', [], {}, { wrongState: true });
      const refusal = refusalOf(body, concerned, this.clock.now());
      if (refusal) return refusal;
      const ground = await this.groundOf(campaign);
      if (body.clause && !Object.hasOwn(ground.pack.clauses, body.clause)) return refuse<AmendmentRefusal>('amendment-clause-unknown', [], { clause: body.clause }, { errors: [{ path: '/clause', message: '政策包中没有这个条款；来文文号请填在“来文文号”一栏' }] });
      const clauses = body.clause ? [body.clause] : clausesOf(body, concerned, tx.now.slice(0, 10));
      const on = body.on ? localDate(body.on) : null;
      const amendment: Amendment = { kind: body.kind, units: [], stage: body.stage ?? null, duty: body.duty ?? null, on, clauses: body.clause ? [body.clause] : [] };
      for (const unit of concerned) {
        await applied(tx, unit, amendment, ground, { amendment: body.reason });
        await liftUnfounded(tx, campaign, unit, ground.pack);
      }
      const row = { amendmentId: newId(), kind: body.kind, units: concerned.map(({ unit }) => unit), stage: amendment.stage, duty: amendment.duty, on, reason: body.reason, clause: clauses.join('、') || null, document: body.document ?? null, actor: by.actor, amendedAt: tx.now };
      await tx.query('insert into amendment (id, campaign_id, kind, units, stage, duty, due_on, reason, clause, document, actor, amended_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
        [row.amendmentId, campaignId, row.kind, JSON.stringify(row.units), row.stage, row.duty, row.on, row.reason, row.clause, row.document, row.actor, row.amendedAt]);
      const policy = policyOf(campaign, clauses);
      tx.fact(campaignAmended, campaign.jurisdiction, { campaignId, amendmentId: row.amendmentId, kind: row.kind, units: row.units.filter((unit) => unit !== wholeCampaign), stage: row.stage, duty: row.duty, on, reason: row.reason, policy }, campaign.jurisdiction);
      tx.certify(decidedByPerson(ground.pack, {
        kind: decided[body.kind], subject: campaignId, about: [row.amendmentId, ...row.units.map((unit) => `${campaignId}/${unit}`)], jurisdiction: campaign.jurisdiction, clauses, calendar: campaign.calendar,
        inputs: { units: row.units, stage: row.stage, duty: row.duty, reason: row.reason }, outcome: { on },
      }));
      tx.note('campaign amended', campaignId, policy, { kind: row.kind, units: row.units, stage: row.stage, duty: row.duty, on, reason: row.reason });
      return row;
    });
  }

  /** A unit's own plan; with `file`, it is filed with the city and its own dates take effect. Filing late gates nothing. */
  async filePlan(campaignId: string, unitCode: string, body: PlanBody, principal: Principal, ifMatch: number, by: Caller) {
    return this.uow.run(unitCode === wholeCampaign ? by : { ...by, jurisdiction: unitCode }, async (tx) => {
      await takeUnit(tx, { campaignId, unit: unitCode });
      const campaign = await tx.manager.findOneBy(Campaign, { id: campaignId });
      const unit = await tx.manager.findOneBy(CampaignUnit, { campaignId, unit: unitCode });
      const duty = unit && dutyOf(unit.stages, 'local-plan');
      if (!campaign || !unit || (unitCode === wholeCampaign && !duty)) throw notFound('这个填报单位的方案');
      const stranger = actingRefused(principal, duty?.actor ?? null, groundOf(campaign, unitCode, tx.now), duty?.clauses ?? [], { foreign: 'unit-foreign' });
      if (stranger) return stranger;
      if (!stateAllows(inspection.filePlan, { campaign: campaign.state, unit: unit.state })) return refuse<AmendmentRefusal>('campaign-not-running', [], {}, { wrongState: true });
      if (unit.version !== ifMatch) throw new StaleWrite();
      const dates = body.dates.map(({ duty, on }) => ({ city: unitCode, duty, on: localDate(on) }));
      const checked = checkOwnDates(planOf(unit), dates);
      if (!checked.ok) return ownDatesRefused(checked.refusals, body);
      const policy = policyOf(campaign, unit.stages.flatMap(({ duties }) => duties.filter(({ kind }) => kind === 'local-plan').flatMap(({ clauses }) => clauses)));
      const change = { planText: body.text, planDates: body.dates, ...(body.file ? { planFiledAt: tx.now, planPolicy: policy, filedDates: [...unit.filedDates.filter(({ duty }) => !body.dates.some((date) => date.duty === duty)), ...body.dates] } : {}) };
      await tx.update(CampaignUnit, { id: unit.id, version: unit.version }, change);
      if (body.file) await this.takeEffect(tx, campaign, unit, dates, body.text);
      return { version: unit.version + 1, filedAt: body.file ? tx.now : (unit.planFiledAt && new Date(unit.planFiledAt).toISOString()), text: body.text, dates: body.dates, policy };
    });
  }

  private async groundOf(campaign: Campaign): Promise<DateGround> {
    return { campaign, pack: await this.packs.get(packNameOf(campaign)), calendar: this.calendars.current() };
  }

  private async takeEffect(tx: Tx, campaign: Campaign, unit: CampaignUnit, dates: { duty: string; on: LocalDate }[], text: string): Promise<void> {
    const policy = policyOf(campaign, []);
    const place = unit.unit === wholeCampaign ? campaign.jurisdiction : unit.unit;
    const plans = unit.stages.flatMap(({ duties }) => duties.filter(({ kind }) => kind === 'local-plan').map(({ id }) => id));
    const ground = await this.groundOf(campaign);
    await settleObligation(tx, ground.pack, unit.campaignId, unit.unit, plans, null, tx.now);
    tx.certify(decidedByPerson(ground.pack, {
      kind: 'own-dates', subject: `${unit.campaignId}/${unit.unit}`, jurisdiction: place, calendar: campaign.calendar, clauses: planClauses(unit, [...plans, ...dates.map(({ duty }) => duty)]),
      context: { campaign: unit.campaignId, unit: unit.unit }, inputs: { planVersion: unit.version + 1, textSha256: sha256(text) }, outcome: { dates },
    }));
    if (dates.length) {
      const stages = unit.stages.map((stage) => ({ ...stage, duties: stage.duties.map((duty) => withOwn(duty, dates)) }));
      await rewritten(tx, unit, stages, dates.map(({ duty }) => duty), ground.pack);
      certifyOwnDates(tx, ground, unit, dates);
      tx.fact(campaignAmended, campaign.jurisdiction, { campaignId: unit.campaignId, amendmentId: newId(), kind: 'own-dates', units: [unit.unit], stage: null, duty: null, on: null, reason: '辖区实施方案', policy }, place);
    }
    tx.fact(unitPlanFiled, place, { campaignId: unit.campaignId, unit: unit.unit, planVersion: unit.version + 1, policy }, place);
    tx.note('plan filed', `${unit.campaignId}/${unit.unit}`, policy, { dates });
  }
}

/** The clauses of the plan and of the duties it dates; a plan that nobody asked for, without dates, is one for the stages there are. */
function planClauses({ stages }: CampaignUnit, ids: readonly string[]): string[] {
  const named = stages.flatMap(({ duties }) => duties).filter(({ id }) => ids.includes(id));
  return [...(named.length > 0 ? named : stages)].flatMap(({ clauses }) => clauses);
}

const withOwn = (duty: PlannedDuty, dates: readonly { duty: string; on: LocalDate }[]): PlannedDuty => {
  const own = dates.find((date) => date.duty === duty.id);
  return own ? { ...duty, dueOn: own.on, reminders: duty.reminders.map((reminder) => ({ ...reminder, on: addDays(own.on, -reminder.daysBefore) })) } : duty;
};

function ownDatesRefused(refusals: readonly { duty: string; code: string; message: string; clauses: readonly string[] }[], body: PlanBody): Refused<AmendmentRefusal> {
  const errors = refusals.map(({ duty, message }) => ({ path: `/dates/${body.dates.findIndex((date) => date.duty === duty)}/on`, message }));
  return refuse('own-dates-refused', [...new Set(refusals.flatMap(({ clauses }) => clauses))], {}, { errors });
}

/** What an amendment rests on where nobody names a clause: the clauses of what it moves; a suspension, those of the stages that are running. */
function clausesOf({ kind, stage, duty }: Body, units: readonly CampaignUnit[], today: string): string[] {
  const stages = units.flatMap((unit) => unit.stages);
  const moved = duty ? stages.flatMap(({ duties }) => duties.filter(({ id }) => id === duty))
    : stages.filter((one) => (kind === 'suspend' || kind === 'resume' ? one.opensOn <= today && today <= one.closesOn : one.id === stage));
  return [...new Set(moved.flatMap(({ clauses }) => clauses))];
}

function refusalOf(body: Body, units: readonly CampaignUnit[], now: string): Refused<AmendmentRefusal> | null {
  if (body.kind === 'suspend') return units.some(({ state }) => state !== 'suspended') ? null : refuse('not-suspendable', [], {}, { wrongState: true });
  if (body.kind === 'resume') return units.some(({ state }) => state === 'suspended') ? null : refuse('not-suspended', [], {}, { wrongState: true });
  const on = body.on;
  if (!on || !isLocalDate(on) || (!body.stage && !body.duty)) return refuse('amendment-incomplete', [], {}, { errors: [{ path: '/on', message: '须写明新的日期以及阶段或任务' }] });
  const targets = units.flatMap(({ stages }) => stages.filter((stage) => (body.duty ? stage.duties.some(({ id }) => id === body.duty) : stage.id === body.stage)));
  if (targets.length === 0) return refuse('amendment-incomplete', [], {}, { errors: [{ path: body.duty ? '/duty' : '/stage', message: '方案中没有这个阶段或任务' }] });
  if (on < now.slice(0, 10)) return refuse('date-passed', [], { on }, { errors: [{ path: '/on', message: '日期已经过去' }] });
  const before = targets.map((stage) => (body.duty ? stage.duties.find(({ id }) => id === body.duty)?.dueOn : stage.closesOn) ?? '').sort().at(-1) ?? '';
  if (targets.every(({ closesOn }) => closesOn < now.slice(0, 10))) return refuse('stage-closed', [], {}, { wrongState: true });
  if (body.kind === 'extend' && on <= before) return refuse('extension-not-later', [], { before }, { errors: [{ path: '/on', message: `须晚于 ${before}` }] });
  return null;
}

async function applied(tx: Tx, unit: CampaignUnit, amendment: Amendment, ground: DateGround, cause: Record<string, unknown>): Promise<void> {
  if (amendment.kind === 'suspend' || amendment.kind === 'resume') {
    const [from, to] = amendment.kind === 'suspend' ? [['planned', 'running'], 'suspended'] : [['suspended'], 'running'];
    await tx.execute('update campaign_unit set state = $3, version = version + 1 where id = $1 and state = any($2::text[])', [unit.id, from, to]);
    return;
  }
  const stages = amended(planOf(unit), [amendment]).cities[0]?.stages ?? unit.stages;
  await tx.execute('update campaign_unit set version = version + 1 where id = $1', [unit.id]);
  await rewritten(tx, unit, stages, stages.flatMap(({ duties }) => duties.map(({ id }) => id)), ground.pack);
  if (amendment.on) certifyAmended(tx, ground, unit, stages, { on: amendment.on, scope: amendment.duty === null ? 'stage' : 'duty' }, cause);
}

/** The unit's stages, its open obligations and its pending moments change together; a draft has stages only. */
export async function rewritten(tx: Tx, unit: CampaignUnit, stages: CampaignUnit['stages'], duties: readonly string[], pack: Pack, running = true): Promise<void> {
  await tx.execute('update campaign_unit set stages = $2 where id = $1', [unit.id, JSON.stringify(stages)]);
  if (!running) return;
  await moveObligations(tx, pack, unit.campaignId, unit.unit, stages.flatMap((stage) => stage.duties.filter(({ id }) => duties.includes(id))));
  await laidDown(tx, unit.campaignId, [{ unit: unit.unit, stages }]);
}
