import { newId } from '@zhijian/contracts';
import type { ConsequencesActivities } from '@zhijian/contracts/activities';
import { colourPublished, colourRunOpened, colourWithdrawn, type InstitutionRef } from '@zhijian/contracts/facts';
import { inspection } from '@zhijian/contracts/http';
import { workflowIds } from '@zhijian/contracts/workflows';
import { aFact, aPrincipal, asStepOf, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { consequencesActivities } from '../activities.js';
import { anInstitution } from '../campaign/campaign.fixture.js';
import { ConsequencesService } from './consequences.service.js';

export const chongqing = '500000';
const pack = 'chongqing/colour-2024';
/** Whoever receives the reports and sends the summaries: the municipality's own. */
export const commission = aPrincipal('province', chongqing);
export const district = aPrincipal('county', '500103');
export const inspector = aPrincipal('inspector', '500103');
export const person = (institutionId: string) => aPrincipal('institution', '500103', institutionId);

/** The municipality and its district, as the directory has them. */
export const inTree = (room: { database: TestDatabase }) =>
  room.database.query('inspection', `insert into jurisdiction_closure_ref (ancestor, descendant, from_on) values ('500000', '500000', '1997-06-18'), ('500000', '500103', '1997-06-18')`);

/** A year of Chongqing's colours, played without any other room: what they would say is said by the test. */
export class Year {
  private revisions = 0;

  private readonly policy: { pack: string; version: number; clauses: string[] };

  /** @param by the pack it is coloured by, Chongqing's when none is named */
  constructor(readonly room: TestRoom, readonly year: number, by = pack) {
    this.policy = { pack: by, version: 1, clauses: ['CQ-2024-09'] };
  }

  body(change: Partial<InstitutionRef> = {}): Promise<string> {
    return anInstitution(this.room, '500103', { kind: 'occupational-health-service', filing: null, ...change });
  }

  opened(): Promise<void> {
    return this.room.hear(aFact(colourRunOpened, chongqing, { runId: `run-${this.year}`, jurisdiction: chongqing, year: this.year, basisYear: this.year - 1, policy: this.policy, calendar: 'c' }, { jurisdiction: chongqing }));
  }

  /** Publication makes a colour public today. */
  published(institutionId: string, colour: string, { before = null, year = this.year, noticeId = `notice-${this.year}`, revision }: { before?: string | null; year?: number; noticeId?: string; revision?: number } = {}): Promise<void> {
    this.revisions += 1;
    const now = this.room.clock.now();
    return this.room.hear(aFact(colourPublished, institutionId, {
      noticeId, runId: `run-${year}`, jurisdiction: chongqing, year, institutionId, revision: revision ?? this.revisions, colour, before, erratum: before !== null, publishedOn: now.slice(0, 10), publishedAt: now,
      site: 'portal', address: `/institutions/${institutionId}`, proofSha256: '0'.repeat(64), policy: this.policy,
    }, { jurisdiction: chongqing, time: now }));
  }

  withdrawn(institutionId: string, before: string): Promise<void> {
    return this.room.hear(aFact(colourWithdrawn, institutionId, { noticeId: `notice-${this.year}`, runId: `run-${this.year}`, jurisdiction: chongqing, year: this.year, institutionId, revision: this.revisions, before, reason: '撤回更正', policy: this.policy }, { jurisdiction: chongqing, time: this.room.clock.now() }));
  }

  /** One activity, as the year's workflow would order it. */
  do<K extends keyof ConsequencesActivities>(step: K, input?: Parameters<ConsequencesActivities[K]>[0]): Promise<Awaited<ReturnType<ConsequencesActivities[K]>>> {
    const activities = consequencesActivities(this.room.app.get(ConsequencesService));
    const ordered = activities[step] as (given: typeof input) => Promise<Awaited<ReturnType<ConsequencesActivities[K]>>>;
    return asStepOf(workflowIds.consequences(chongqing, this.year), newId())(() => ordered(input));
  }

  async duty(institutionId: string, as = commission) {
    const { body } = await this.room.call(inspection.listRectifications, { as, query: { institutionId, year: this.year } });
    const [listed] = body.items;
    return listed && (await this.room.call(inspection.getRectification, { as, params: { rectificationId: listed.rectificationId } })).body;
  }

  async report(institutionId: string, change: Record<string, unknown> = {}, as = person(institutionId)) {
    const { rectificationId } = (await this.duty(institutionId))!;
    return this.room.call(inspection.submitRectification, { as, params: { rectificationId }, body: aReport(change) });
  }

  async accept(institutionId: string, as = commission) {
    const { rectificationId, version } = (await this.duty(institutionId))!;
    return this.room.call(inspection.acceptRectification, { as, params: { rectificationId }, ifMatch: version, body: {} });
  }

  async returned(institutionId: string, reasons: string[], as = commission) {
    const { rectificationId, version } = (await this.duty(institutionId))!;
    return this.room.call(inspection.returnRectification, { as, params: { rectificationId }, ifMatch: version, body: { reasons } });
  }

  /** The receiver writes by which day this body must have rectified. */
  async limit(institutionId: string, limitOn: string, change: Record<string, unknown> = {}, as = commission) {
    const { rectificationId, version } = (await this.duty(institutionId))!;
    return this.room.call(inspection.limitRectification, { as, params: { rectificationId }, ifMatch: version, body: { limitOn, reason: '原始记录问题须限期整改', document: '（测）责改〔2024〕1号', ...change } });
  }

  async verify(institutionId: string, rectifiedOn: string, from: object = { kind: 'report' }, as = commission) {
    const { rectificationId, version } = (await this.duty(institutionId))!;
    return this.room.call(inspection.verifyRectification, { as, params: { rectificationId }, ifMatch: version, body: { rectifiedOn, verifiedBy: ['测试核实员'], from } });
  }

  async quota(institutionId: string, as = commission) {
    return (await this.room.call(inspection.listQuotas, { as, params: { jurisdiction: chongqing, year: this.year }, query: { institutionId } })).body.items[0];
  }

  check(institutionId: string, change: Record<string, unknown> = {}, as = inspector) {
    const body = { institutionId, jurisdiction: chongqing, origin: 'planned', visitedOn: this.room.clock.now().slice(0, 10), inspectors: ['甲', '乙'], problems: ['原始记录缺少签名'], result: '责令改正', ...change };
    return this.room.call(inspection.recordCheck, { as, body });
  }
}

export const aReport = (change: Record<string, unknown> = {}) => ({
  summary: '已对照分色结果逐项整改', items: [{ problem: '原始记录缺少签名', measure: '修订记录表格并培训', correctedOn: null, correctBy: '2030-12-31' }], sealedBy: '质量负责人', onBehalf: null, ...change,
});
