import { createHash } from 'node:crypto';
import type { Place } from '@zhijian/access';
import { newId, type FindingKind } from '@zhijian/contracts';
import type { Done, InspectionActivities, Step, StepResult } from '@zhijian/contracts/activities';
import { institutionRegistered, rosterAmended, rosterFrozen, type InstitutionRef, type RosterMember } from '@zhijian/contracts/facts';
import { inspection } from '@zhijian/contracts/http';
import { wholeCampaign, workflowIds } from '@zhijian/contracts/workflows';
import { creditCodeOf, type Packs } from '@zhijian/policy';
import { aFact, aPrincipal, asStepOf, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { inspectionActivities } from '../activities.js';
import { inspectionRoom } from '../room.js';
import { OpeningService } from './opening.service.js';
import { StagesService } from './stages.service.js';

export const pack = 'hangzhou/exam-campaign-2023';
export const policy = { pack, version: 1, clauses: ['HZ-2023-01'] };
export const city = aPrincipal('city');
/** Who approves is another person than who drew up. */
export const approver = aPrincipal('city', '330100', undefined, 'second-person');
export const county = (unit: string) => aPrincipal('county', unit);
/** Who registers a sanction is another person than who recorded the visit. */
export const colleague = (unit: string) => aPrincipal('county', unit, undefined, `colleague-${unit}`);
export const person = (institutionId: string, unit: string) => aPrincipal('institution', unit, institutionId);

let codes = 0;
let units = 0;

/** The room on its own database, without any other room: what they would say is said by the test. */
export async function theRoom(at = '2023-01-20T09:00:00+08:00', packs?: Packs): Promise<TestRoom & { database: TestDatabase }> {
  const database = await testDatabase();
  const room = await testRoom(inspectionRoom, { database, at, ...(packs && { packs }) });
  return { ...room, database, stop: async () => { await room.stop(); await database.drop(); } };
}

/** An invented institution as the register states it. */
export async function anInstitution(room: TestRoom, unit: string, change: Partial<InstitutionRef> = {}): Promise<string> {
  codes += 1;
  const data: InstitutionRef = {
    institutionId: newId(), creditCode: creditCodeOf(`52990101${String(codes).padStart(9, '0')}`), name: `测试${codes}院`, kind: 'health-examination', jurisdiction: unit, address: `测试路${codes}号`, contactPost: '医务科', invented: true,
    filing: { number: null, filedOn: '2020-05-06', filedIn: unit, categories: ['粉尘类', '噪声类'], items: ['矽尘'], outreach: true, closedOn: null }, revision: 1, ...change,
  };
  await room.hear(aFact(institutionRegistered, data.institutionId, data, { jurisdiction: unit }));
  return data.institutionId;
}

export type States = readonly RosterMember['state'][];

/** What differs between campaigns of different packs: who leads, who approves, how units are coded, which bodies it is about. */
export interface Setting { pack: string; lead: ReturnType<typeof aPrincipal>; approver: ReturnType<typeof aPrincipal>; code(number: number): string; name(code: string): string; kind: InstitutionRef['kind'] }
export const hangzhou: Setting = { pack, lead: city, approver, code: (number) => `99${String(number).padStart(4, '0')}`, name: (code) => `测试${code.slice(-2)}区`, kind: 'health-examination' };
/** A province over cities; the bodies hold a qualification of the province. */
export const jiangsu: Setting = {
  pack: 'jiangsu/norm-2014', lead: aPrincipal('province', '320000'), approver: aPrincipal('province', '320000', undefined, 'second-person'), code: (number) => `98${String(number).padStart(2, '0')}00`, name: (code) => `测试${code.slice(2, 4)}市`, kind: 'occupational-health-service',
};

/** A campaign of a real pack (Hangzhou's, when none is named) for invented units, played without Temporal: `to` does every step that is due until then. */
export class Play {
  readonly codes: string[];
  campaignId = '';
  private readonly rosters = new Map<string, string[]>();

  constructor(readonly room: TestRoom, count: number, readonly setting: Setting = hangzhou) {
    this.codes = Array.from({ length: count }, () => setting.code((units += units % 100 === 99 ? 2 : 1)));
    for (const { places } of [setting.lead, setting.approver]) (places as Place[]).push(...this.codes.map((code) => ({ code }))); // below the place they lead from
  }

  get unit(): string {
    return this.codes[0]!;
  }

  async drafted(): Promise<this> {
    const answer = await this.room.call(inspection.draftCampaign, { as: this.setting.lead, body: { name: '测试专项治理', pack: this.setting.pack, units: this.codes.map((code) => ({ code, name: this.setting.name(code) })) } });
    this.campaignId = answer.body.campaignId;
    return this;
  }

  async approved(): Promise<this> {
    await this.drafted();
    await this.room.call(inspection.approveCampaign, { as: this.setting.approver, params: { campaignId: this.campaignId } });
    for (const unit of [...this.codes, wholeCampaign]) await this.do('planUnit', undefined, unit);
    return this;
  }

  /** Institutions of a unit that will stand in its roster in these states. */
  async has(states: States, unit = this.unit): Promise<string[]> {
    const ids: string[] = [];
    for (const _ of states) ids.push(await anInstitution(this.room, unit, { kind: this.setting.kind }));
    await this.stated(unit, ids.map((institutionId, at) => ({ institutionId, state: states[at]!, clauses: ['HZ-2023-01'] })));
    this.rosters.set(unit, ids);
    return ids;
  }

  /** The roster as qualification would state it: one fact for each part. */
  protected async stated(unit: string, members: RosterMember[], frozenAt = '2023-03-01T00:00:00+08:00', by = policy): Promise<void> {
    const rosterId = newId();
    this.rosterIds.set(unit, rosterId);
    const digest = createHash('sha256').update(members.map(({ institutionId, state }) => `${institutionId}:${state}\n`).sort().join('')).digest('hex');
    this.digests.set(unit, digest);
    await this.room.hear(aFact(rosterFrozen, unit, { rosterId, campaignId: this.campaignId, unit, frozenAt, part: 1, parts: 1, digest, members, policy: by }, { jurisdiction: unit }));
  }
  readonly rosterIds = new Map<string, string>();
  readonly digests = new Map<string, string>();

  async amendRoster(institutionId: string, state: RosterMember['state'], reason: string, unit = this.unit): Promise<void> {
    await this.room.hear(aFact(rosterAmended, unit, { rosterId: this.rosterIds.get(unit)!, campaignId: this.campaignId, unit, member: { institutionId, state, clauses: ['HZ-2023-01'] }, reason, amendedAt: this.room.clock.now(), policy }, { jurisdiction: unit }));
  }

  /** One activity, as a workflow would order it; as `null` the campaign's own, else a unit's. */
  do<K extends keyof InspectionActivities>(step: K, input?: Parameters<InspectionActivities[K]>[0], unit: string | null = this.unit): Promise<Awaited<ReturnType<InspectionActivities[K]>>> {
    const activities = inspectionActivities(this.room.app.get(StagesService), this.room.app.get(OpeningService));
    const workflowId = unit === null ? workflowIds.campaign(this.campaignId) : workflowIds.unit(this.campaignId, unit);
    const ordered = activities[step] as (given: typeof input) => Promise<Awaited<ReturnType<InspectionActivities[K]>>>;
    return asStepOf(workflowId, newId())(() => ordered(input));
  }

  next(unit = this.unit): Promise<Step> {
    return this.do('nextStep', undefined, unit);
  }

  /** Does what is due in a unit until the instant, each at its own legal instant, and leaves the clock there. */
  async to(instant: string, unit = this.unit): Promise<Done[]> {
    const done: Done[] = [];
    for (let step = await this.next(unit); step.dueAt && step.kind !== 'suspended' && Date.parse(step.dueAt) <= Date.parse(instant); step = await this.next(unit)) {
      if (Date.parse(step.dueAt) > this.room.clock.milliseconds()) this.room.clock.set(step.dueAt);
      done.push(...((await this.step(step, unit)).did ?? []));
    }
    this.room.clock.set(instant);
    return done;
  }

  step({ kind }: Step, unit = this.unit): Promise<StepResult> {
    if (kind === 'freeze-roster') return this.do('takeRoster', { rosterId: this.rosterIds.get(unit)!, digest: this.digests.get(unit)! }, unit);
    if (kind === 'open-stage') return this.do('openStage', undefined, unit);
    if (kind === 'remind') return this.do('remind', undefined, unit);
    return kind === 'sweep' ? this.do('sweep', undefined, unit) : this.do('closeStage', undefined, unit);
  }

  async obligations(filter: { duty?: string; institutionId?: string } = {}, unit = this.unit) {
    return (await this.room.call(inspection.listObligations, { as: this.setting.lead, params: { campaignId: this.campaignId }, query: { unit, limit: 500, ...filter } })).body.items;
  }

  async states(duty: string, unit = this.unit): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { state } of await this.obligations({ duty }, unit)) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  }

  async version(unit = this.unit): Promise<number> {
    return (await this.room.call(inspection.getUnit, { as: this.setting.lead, params: { campaignId: this.campaignId, unit } })).body.plan.version;
  }

  submit(institutionId: string, change: Record<string, unknown> = {}, as = person(institutionId, this.unit)) {
    return this.room.call(inspection.submitSelfCheck, { as, params: { campaignId: this.campaignId }, body: aReport(institutionId, change) });
  }

  async accepted(institutionId: string, change: Record<string, unknown> = {}): Promise<string> {
    const { body } = await this.submit(institutionId, change);
    await this.room.call(inspection.acceptSelfCheck, { as: county(body.unit), params: { selfCheckId: body.selfCheckId }, ifMatch: body.version, body: {} });
    return body.selfCheckId;
  }

  open(body: Record<string, unknown>, as = county(this.unit)) {
    return this.room.call(inspection.openVisit, { as, params: { campaignId: this.campaignId }, body: { unit: this.unit, kind: 'site-check', visitOn: this.room.clock.now().slice(0, 10), inspectors: ['甲', '乙'], ...body } });
  }

  /** A visit with archives listed and drawn. */
  async drawn(institutionId: string, size = 2, change: Record<string, unknown> = {}) {
    const opened = (await this.open({ institutionId, ...change })).body;
    const as = county(opened.unit);
    const listed = (await this.room.call(inspection.listArchives, { as, params: { visitId: opened.visitId }, ifMatch: opened.version, body: { archives: ['A1', 'A2', 'A3', 'A4'] } })).body;
    return (await this.room.call(inspection.drawArchives, { as, params: { visitId: opened.visitId }, ifMatch: listed.version, body: { size } })).body;
  }

  /** What was seen on a visit; all items corrected unless said otherwise. */
  async recorded(visit: { visitId: string; unit: string; version: number; verifications: readonly { itemId: string }[] }, findings: readonly { kind: FindingKind; serious?: boolean }[] = [], corrected: boolean | null = true) {
    return this.room.call(inspection.recordVisit, {
      as: county(visit.unit), params: { visitId: visit.visitId }, ifMatch: visit.version,
      body: { verifications: visit.verifications.map(({ itemId }) => ({ itemId, corrected, note: '' })), findings: findings.map(({ kind, serious = false }) => ({ kind, text: '现场所见', serious })) },
    });
  }

  async decided(caseId: string, sanctions: readonly { kind: string; fen?: number }[], unit = this.unit) {
    const { body } = await this.room.call(inspection.listCases, { as: county(unit), params: { campaignId: this.campaignId }, query: { unit } });
    const file = body.items.find((one) => one.caseId === caseId)!;
    return this.room.call(inspection.decideCase, { as: colleague(unit), params: { caseId }, ifMatch: file.version, body: { decidedOn: this.room.clock.now().slice(0, 10), sanctions } });
  }

  send(form: string, change: Record<string, unknown> = {}, unit = this.unit, as = unit === wholeCampaign ? city : county(unit)) {
    return this.room.call(inspection.sendForm, { as, params: { campaignId: this.campaignId, unit, form }, body: { filledBy: '监督一科', summary: '工作总结', ...change } });
  }

  amend(body: Record<string, unknown>) {
    return this.room.call(inspection.amendCampaign, { as: city, params: { campaignId: this.campaignId }, body: { reason: '测试', ...body } });
  }
}

export const aReport = (institutionId: string, change: Record<string, unknown> = {}) => ({
  institutionId, items: [], noProblems: true, volumes: { employers: 12, workers: 345 }, sealedBy: '办公室主任', onBehalf: null, ...change,
});
export const anItem = (change: Record<string, unknown> = {}) => ({ source: 'self', text: '档案缺页', correctedOn: null, correctBy: '2023-05-31', ...change });
