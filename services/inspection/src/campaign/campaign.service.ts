import { Injectable } from '@nestjs/common';
import { inPlace, stateAllows, type Principal } from '@zhijian/access';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { campaignApproved } from '@zhijian/contracts/facts';
import { inspection, type BodyOf } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { UnitOfWork, type Caller } from '@zhijian/persistence';
import { localDate } from '@zhijian/calendar';
import { momentsOf, PackError, planCampaign, type CampaignPlan, type DateRefusal, type Pack, type PlannedStage } from '@zhijian/policy';
import { Calendars, Clock, Directory, notFound, PackShelf } from '@zhijian/service-kit';
import { approving } from './approving.js';
import { approvalRefused, approvalSentences, type ApprovalRefusal } from './approval.rules.js';
import { Campaign, CampaignUnit } from './campaign.entity.js';
import { certifyDates } from '../evidence/due-date.evidence.js';
import { packNameOf, policyOf, shown } from './campaign.shown.js';
import { stagesOfUnit } from './unit-stages.rules.js';

export type CampaignRefusal = 'pack-unknown' | 'unit-twice' | 'campaign-foreign' | 'draft-units-foreign' | 'draft-dates-refused' | ApprovalRefusal | 'campaign-not-draft' | 'campaign-findings-open' | 'campaign-days-over';
export const campaignSentences = {
  'pack-unknown': '没有安装政策包 {pack}：{why}',
  'unit-twice': '区划 {unit} 重复',
  'campaign-foreign': '政策包不是您任职辖区的，由其所在辖区拟定',
  'draft-units-foreign': '有填报单位不在您的管辖范围内',
  'draft-dates-refused': '自定日期不在方案允许的范围内',
  ...approvalSentences,
  'campaign-not-draft': '专项行动已经批准，不能再次批准',
  'campaign-findings-open': '方案文本存在 {count} 项未解决的矛盾，须先在政策包中作出解读',
  'campaign-days-over': '行动的各阶段到 {lastOn} 已经全部结束，不能再启动；请改用日期尚未过去的政策包',
} satisfies Record<CampaignRefusal, string>;

@Injectable()
export class CampaignService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly clock: Clock, private readonly directory: Directory) {}

  /** Draws a campaign up from a pack: the plan is computed now and shown with everything the check found. */
  async draft(input: BodyOf<typeof inspection.draftCampaign>, principal: Principal, by: Caller) {
    const pack = await this.pack(input.pack);
    if ('ok' in pack) return pack;
    const twice = input.units.find((unit, at) => input.units.findIndex(({ code }) => code === unit.code) < at);
    if (twice) return refuse<CampaignRefusal>('unit-twice', [], { unit: twice.code });
    if (!inPlace(principal, pack.jurisdiction)) return refuse<CampaignRefusal>('campaign-foreign');
    const foreign = input.units.flatMap(({ code }, at) => (inPlace(principal, code) ? [] : [{ path: `/units/${at}/code`, message: '不在您的管辖范围内' }]));
    if (foreign.length) return refuse<CampaignRefusal>('draft-units-foreign', [], {}, { errors: foreign });
    const own = input.dates.map(({ unit, duty, on }) => ({ city: unit, duty, on: localDate(on) }));
    const plan = planCampaign(pack, this.calendars.current(), { units: input.units, unitDates: own });
    if (plan.refused.length) return datesRefused(plan.refused, input.dates);
    const levels = await this.directory.levelsOf([pack.jurisdiction, ...input.units.map(({ code }) => code)]);
    return this.uow.run({ ...by, jurisdiction: pack.jurisdiction }, async (tx) => {
      const campaign: Campaign = {
        id: newId(), name: input.name, pack: pack.id, packVersion: pack.version, packHash: pack.hash, calendar: plan.calendar, jurisdiction: pack.jurisdiction, concerns: input.units.map(({ code }) => code),
        state: 'draft', findings: plan.findings, agencies: plan.agencies, levels, samples: pack.rules.samples, madeAt: tx.now, madeBy: principal.id, approvedAt: null, approvedBy: null, outcome: null, version: 1,
      };
      await tx.manager.insert(Campaign, campaign as never);
      const units = unitsOf(campaign.id, plan, input.dates);
      await tx.manager.insert(CampaignUnit, units as never);
      tx.note('campaign drafted', campaign.id, policyOf(campaign, []));
      return shown(campaign, units);
    });
  }

  /** A second person approves: that pins pack and calendar and starts the workflows (by the fact). */
  async approve(campaignId: string, principal: Principal, by: Caller) {
    return this.uow.run(by, async (tx) => {
      const campaign = await tx.manager.findOneBy(Campaign, { id: campaignId });
      if (!campaign) throw notFound('这项专项行动');
      if (!stateAllows(inspection.approveCampaign, { campaign: campaign.state })) return refuse<CampaignRefusal>('campaign-not-draft', [], {}, { wrongState: true });
      const made = campaign.madeBy ?? '';
      const author = await this.directory.personOf(made);
      const no = approvalRefused(principal, { account: made, personId: author }, campaign.jurisdiction, await approving(this.directory, campaign.jurisdiction, author));
      if (no) return no;
      const units = await tx.manager.find(CampaignUnit, { where: { campaignId }, order: { ord: 'ASC' } });
      const open = campaign.findings.filter(({ severity }) => severity === 'error');
      if (open.length) return refuse<CampaignRefusal>('campaign-findings-open', open.flatMap(({ clauses }) => clauses), { count: open.length });
      const over = allOver(units, tx.now.slice(0, 10));
      if (over) return over;
      await tx.update(Campaign, { id: campaign.id, version: campaign.version }, { state: 'approved', approvedAt: tx.now, approvedBy: principal.id });
      const policy = policyOf(campaign, [...new Set(units.flatMap(({ stages }) => stages.flatMap(({ clauses }) => clauses)))]);
      tx.fact(campaignApproved, campaign.jurisdiction, {
        campaignId, name: campaign.name, jurisdiction: campaign.jurisdiction, units: units.map(({ unit }) => unit).filter((unit) => unit !== wholeCampaign), policy, calendar: campaign.calendar,
        freezing: units.filter(({ stages }) => momentsOf(stages).some(({ kind, dueAt }) => kind === 'freeze-roster' && this.clock.passed(dueAt))).map(({ unit }) => unit),
      }, campaign.jurisdiction);
      const pack = await this.packs.get(packNameOf(campaign));
      tx.certify(decidedByPerson(pack, {
        kind: 'approval', subject: campaign.id, jurisdiction: campaign.jurisdiction, clauses: policy.clauses, calendar: campaign.calendar, outcome: 'approved',
        inputs: { name: campaign.name, draftedBy: campaign.madeBy, units: units.map(({ unit }) => unit), findings: campaign.findings.map(({ id, severity, reading }) => ({ id, severity, reading: reading ?? null })) },
      }));
      certifyDates(tx, { campaign, pack, calendar: this.calendars.current() }, units);
      tx.note('campaign approved', campaign.id, policy);
      return shown({ ...campaign, state: 'approved', approvedBy: principal.id, version: campaign.version + 1 }, units);
    });
  }

  private async pack(name: string): Promise<Pack | Refused<CampaignRefusal>> {
    try {
      return await this.packs.get(name);
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      return refuse<CampaignRefusal>('pack-unknown', [], { pack: name, why: error.problems[0]?.message ?? '' });
    }
  }
}

/** The reporting units and, as `*`, the campaign's own duties with the stages they stand in. */
function unitsOf(campaignId: string, plan: CampaignPlan, dates: readonly { unit: string; duty: string; on: string }[]): CampaignUnit[] {
  const row = (unit: string, name: string, ord: number, stages: readonly PlannedStage[], milestones: CampaignUnit['milestones'] = []): CampaignUnit => ({
    id: newId(), campaignId, unit, name, ord, state: 'planned', stages, milestones, rosterId: null, planText: '', planDates: [], filedDates: dates.filter((date) => date.unit === unit).map(({ duty, on }) => ({ duty, on })), planFiledAt: null, planPolicy: null, told: null, outcome: null, version: 1,
  });
  return [...plan.cities.map(({ city, name, stages, milestones }, at) => row(city, name, at, stages, milestones)), row(wholeCampaign, '汇总', 10_000, stagesOfUnit(plan, wholeCampaign))];
}

/** A campaign whose every stage has ended would make everybody late at once; it is not started. Milestones have no days. */
function allOver(units: readonly Pick<CampaignUnit, 'stages'>[], today: string): Refused<CampaignRefusal> | null {
  const stages = [...new Map(units.flatMap((unit) => unit.stages).map((stage) => [stage.id, stage])).values()];
  const lastOn = units.flatMap((unit) => unit.stages.map(({ closesOn }) => String(closesOn))).sort().at(-1);
  if (lastOn === undefined || lastOn >= today) return null;
  return refuse('campaign-days-over', [...new Set(stages.flatMap(({ clauses }) => clauses))], { lastOn }, { errors: stages.map(({ id, title, closesOn }) => ({ path: `/stages/${id}`, message: `“${title}”已于 ${closesOn} 结束` })) });
}

function datesRefused(refusals: readonly DateRefusal[], dates: readonly { unit: string; duty: string; on: string }[]): Refused<CampaignRefusal> {
  const errors = refusals.map(({ city, duty, message }) => ({ path: `/dates/${dates.findIndex((date) => date.unit === city && date.duty === duty)}/on`, message }));
  return refuse('draft-dates-refused', [...new Set(refusals.flatMap(({ clauses }) => clauses))], {}, { errors });
}
