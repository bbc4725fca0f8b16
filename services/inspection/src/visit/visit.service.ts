import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { rightOf, stateAllows, type Principal } from '@zhijian/access';
import { localDate, startOfDay } from '@zhijian/calendar';
import { isRefused, newId, refuse, roles } from '@zhijian/contracts';
import { caseFiled, drawMade, findingRecorded, visitOpened, visitRecorded } from '@zhijian/contracts/facts';
import { inspection, type BodyOf } from '@zhijian/contracts/http';
import { StaleWrite, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { creditCode, drawSample, parameter, type Pack } from '@zhijian/policy';
import { Directory, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { doingRefused, dutyOf, groundOf } from '../campaign/agency.rules.js';
import type { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { settleObligation } from '../campaign/obligation.store.js';
import { inUnit } from '../notification/notification.service.js';
import type { SelfCheckItem } from '../self-check/self-check.entity.js';
import { raiseFlags, type Flag } from '../supervision/flag.store.js';
import { circumstanceOf, flagsOf, keySupervision, qualityWords, type Circumstance } from '../supervision/judgement.rules.js';
import { certifyDraw, certifyVisit } from './visit.evidence.js';
import { certifySupervision } from '../supervision/judgement.evidence.js';
import { Visit, type Judged } from './visit.entity.js';
import { caseNeeded, caseNumber, classAsked, found, inspectorsRefused, offencesOf, verificationFaults, verify, type Found, type VisitRefusal } from './visit.rules.js';

type OpenBody = BodyOf<typeof inspection.openVisit>;
type RecordBody = BodyOf<typeof inspection.recordVisit>;
/** Offices whose holders make visits: those to whom the reviewed table grants it. */
const enforcing = roles.filter((role) => rightOf(role, inspection.openVisit));

@Injectable()
export class VisitService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly dataSource: DataSource, private readonly directory: Directory) {}

  open(campaignId: string, body: OpenBody, principal: Principal, by: Caller) {
    return this.uow.run({ ...by, jurisdiction: body.unit }, async (tx) => {
      const { campaign, row } = await inUnit(tx, campaignId, body.unit);
      const duty = dutyOf(row.stages, body.kind);
      const stranger = doingRefused(principal, duty, groundOf(campaign, body.unit, tx.now), duty?.clauses ?? [], { foreign: 'visit-unit-foreign' });
      if (stranger) return stranger;
      if (!stateAllows(inspection.openVisit, { campaign: campaign.state, unit: row.state })) return refuse<VisitRefusal>('visit-campaign-closed', [], {}, { wrongState: true });
      const stage = row.stages.find(({ duties }) => duties.some(({ kind }) => kind === body.kind));
      const clauses = stage?.duties.filter(({ kind }) => kind === body.kind).flatMap((duty) => duty.clauses) ?? [];
      if (!stage || body.visitOn < stage.opensOn || body.visitOn > stage.closesOn) return refuse<VisitRefusal>('visit-outside-window', clauses, { opensOn: stage?.opensOn, closesOn: stage?.closesOn }, { errors: [{ path: '/visitOn', message: '不在执法检查阶段内' }] });
      if (body.visitOn > tx.now.slice(0, 10)) return refuse<VisitRefusal>('visit-in-future', clauses, { on: body.visitOn }, { errors: [{ path: '/visitOn', message: '不能晚于今天' }] });
      const unfit = inspectorsRefused(body.inspectors, await this.directory.holdersOf(body.unit, enforcing, body.visitOn));
      if (unfit) return unfit;
      const subject = await subjectOf(tx, campaignId, body);
      if ('ok' in subject) return subject;
      const visit: Omit<Visit, 'recordedAt' | 'recordedBy' | 'archives'> = {
        id: newId(), campaignId, unit: body.unit, kind: body.kind, institutionId: body.institutionId, subjectName: subject.name, unregistered: subject.unregistered, filedElsewhere: subject.filedElsewhere,
        visitOn: body.visitOn, inspectors: body.inspectors, mode: body.mode ?? duty?.mode ?? 'announced', judged: [], state: 'open', verifications: [], remarks: '', clauses: [...clauses], version: 1,
      };
      await tx.manager.insert(Visit, visit);
      tx.fact(visitOpened, body.institutionId ?? body.unit, { campaignId, unit: body.unit, visitId: visit.id, kind: body.kind, institutionId: body.institutionId, visitOn: body.visitOn });
      tx.note('visit opened', visit.id, policyOf(campaign, clauses), { kind: body.kind, inspectors: body.inspectors });
      return { visitId: visit.id };
    });
  }

  listArchives(id: string, archives: string[], principal: Principal, ifMatch: number, by: Caller) {
    return this.changed(inspection.listArchives, id, principal, ifMatch, by, async (tx, visit) => {
      if (visit.archives && (await drawn(tx, id))) return refuse<VisitRefusal>('archives-frozen', [], {}, { wrongState: true });
      const seen = new Set<string>();
      const twice = archives.findIndex((one) => seen.size === seen.add(one).size);
      if (twice >= 0) return refuse<VisitRefusal>('archive-twice', [], {}, { errors: [{ path: `/archives/${twice}`, message: '编号重复' }] });
      await tx.update(Visit, { id, version: ifMatch }, { archives });
      tx.note('archives listed', id, null, { archives: archives.length });
      return { visitId: id };
    });
  }

  /** The pool is frozen before the seed exists; nobody can draw again. */
  draw(id: string, size: number, principal: Principal, ifMatch: number, by: Caller) {
    return this.changed(inspection.drawArchives, id, principal, ifMatch, by, async (tx, visit, { pack }) => {
      if (!visit.archives) return refuse<VisitRefusal>('archives-missing', [], {}, { wrongState: true });
      if (await drawn(tx, id)) return refuse<VisitRefusal>('draw-made', [], {}, { wrongState: true });
      const sample = parameter(pack, 'archiveSample');
      const min = sample?.value.min ?? 1;
      const clauses = [...(sample?.clauses ?? [])];
      if (size < min || size > visit.archives.length) return refuse<VisitRefusal>('draw-size', clauses, { min, pool: visit.archives.length }, { errors: [{ path: '/size', message: `应在 ${min} 与 ${visit.archives.length} 之间` }] });
      const result = drawSample({ seed: randomBytes(32).toString('hex'), pool: visit.archives, size });
      if (!result.ok) return refuse<VisitRefusal>('archive-twice', clauses, {}, { errors: [{ path: '/archives', message: result.message }] });
      const { record } = result;
      const drawId = newId();
      await tx.query('insert into draw (id, visit_id, seed, pool, pool_sha256, size, result, clauses, drawn_at, actor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
        [drawId, id, record.seed, JSON.stringify(record.pool), record.poolSha256, size, JSON.stringify(record.result), JSON.stringify(clauses), tx.now, by.actor]);
      await tx.update(Visit, { id, version: ifMatch }, {});
      certifyDraw(tx, pack, visit, drawId, record, { min, clauses });
      tx.fact(drawMade, visit.institutionId ?? visit.unit, { campaignId: visit.campaignId, unit: visit.unit, visitId: id, drawId, algorithm: record.algorithm, poolSha256: record.poolSha256, size, policy: { ...pinned(pack), clauses } });
      tx.note('archives drawn', id, { ...pinned(pack), clauses }, { drawId, poolSha256: record.poolSha256, size });
      return { visitId: id };
    });
  }

  /** The outcome of a visit: items verified, findings, and a case where the pack demands one. */
  record(id: string, body: RecordBody, principal: Principal, ifMatch: number, by: Caller) {
    return this.changed(inspection.recordVisit, id, principal, ifMatch, by, async (tx, visit, { pack, campaign, unit }) => {
      if (visit.kind === 'site-check' && parameter(pack, 'archiveSample') && !(await drawn(tx, id))) return refuse<VisitRefusal>('visit-undrawn', [...visit.clauses], {}, { wrongState: true });
      const report = visit.institutionId ? await reportOf(tx, visit.campaignId, visit.institutionId) : null;
      const items = visit.kind === 'site-check' ? (report?.items ?? []) : [];
      tx.withhold(items.map(({ text }) => text));
      const faults = verificationFaults(items, body.verifications);
      if (faults) return faults;
      const verifications = verify(items, body.verifications, visit.visitOn, pack);
      const listed = dutyOf(unit.stages, visit.kind)?.checklist;
      const checklist = listed ? pack.checklists[listed] : undefined;
      const findings = found(body.findings, checklist, report?.items ?? [], newId, classAsked(pack));
      if (isRefused(findings)) return findings;
      const needed = caseNeeded(verifications, findings, pack);
      const clauses = [...new Set([...visit.clauses, ...needed.clauses])];
      await tx.update(Visit, { id, version: ifMatch }, { state: 'recorded', verifications, judged: body.judged, remarks: body.remarks, recordedAt: tx.now, recordedBy: principal.id, clauses });
      await this.findings(tx, visit, findings, pack);
      await this.judgedThere(tx, visit, body.judged, report?.late ?? null, { pack, campaign, unit });
      await this.settled(tx, visit, pack);
      tx.fact(visitRecorded, visit.institutionId ?? visit.unit, {
        campaignId: visit.campaignId, unit: visit.unit, visitId: id, institutionId: visit.institutionId, visitOn: visit.visitOn, findings: findings.length,
        uncorrected: verifications.filter(({ outcome }) => outcome === 'uncorrected').length, policy: { ...pinned(pack), clauses },
      });
      tx.note('visit recorded', id, { ...pinned(pack), clauses }, { findings: findings.length, case: needed.file, reason: needed.reason, ...(body.judged.length > 0 && { judged: body.judged }) });
      const caseId = !needed.file ? null : await this.fileCase(tx, visit, { ...needed, circumstance: circumstanceOf(pack, offencesOf(verifications, findings), body.judged.map(({ kind }) => kind)) }, { pack, campaign, unit });
      certifyVisit(tx, pack, visit, { checklist, items, verifications, findings, judged: body.judged, caseId });
      return { visitId: id };
    });
  }

  private async findings(tx: Tx, visit: Visit, findings: readonly Found[], pack: Pack): Promise<void> {
    const form = Object.values(pack.forms).find((one) => one.rows === 'checked');
    const clauses = [...(form?.clauses ?? [])];
    await tx.query(
      `insert into finding (id, campaign_id, unit, visit_id, institution_id, kind, text, serious, clauses, checklist_item, class, self_reported)
       select f."findingId", $1, $2, $3, $4, f.kind, f.text, f.serious, $6, f."checklistItem", f.class, f."selfReported"
         from jsonb_to_recordset($5::jsonb) as f("findingId" uuid, kind text, text text, serious boolean, "checklistItem" text, class text, "selfReported" boolean)`,
      [visit.campaignId, visit.unit, visit.id, visit.institutionId, JSON.stringify(findings), JSON.stringify(clauses)]);
    for (const { findingId, kind, serious } of findings) {
      tx.fact(findingRecorded, visit.institutionId ?? visit.unit, { campaignId: visit.campaignId, unit: visit.unit, findingId, visitId: visit.id, institutionId: visit.institutionId, kind, serious, policy: { ...pinned(pack), clauses } });
    }
  }

  /** The check was made on the day of the visit, whenever its outcome is written down. */
  private async settled(tx: Tx, visit: Visit, pack: Pack): Promise<void> {
    const { row } = await inUnit(tx, visit.campaignId, visit.unit);
    const duties = row.stages.flatMap((stage) => stage.duties.filter(({ kind }) => kind === visit.kind));
    for (const duty of duties) await settleObligation(tx, pack, visit.campaignId, visit.unit, [duty.id], duty.subject === 'institution' ? visit.institutionId : null, startOfDay(localDate(visit.visitOn)));
  }

  private async fileCase(tx: Tx, visit: Visit, needed: { clauses: string[]; reason: string; circumstance: Circumstance | null }, { pack, campaign, unit }: Ordered): Promise<string> {
    const year = Number(tx.now.slice(0, 4));
    const [serial] = await tx.query<{ serial: number }>('insert into case_serial (unit, year, serial) values ($1, $2, 1) on conflict (unit, year) do update set serial = case_serial.serial + 1 returning serial', [visit.unit, year]);
    const numbering = parameter(pack, 'caseNumbering');
    const number = caseNumber(numbering?.value.pattern ?? '{unit}〔{year}〕{serial}', { unit: unit.name, year, serial: serial!.serial });
    const filedOn = tx.now.slice(0, 10);
    const caseId = newId();
    await tx.query('insert into case_file (id, number, campaign_id, unit, visit_id, institution_id, subject_name, reason, clauses, filed_on, circumstance) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
      [caseId, number, visit.campaignId, visit.unit, visit.id, visit.institutionId, visit.subjectName, needed.reason, JSON.stringify(needed.clauses), filedOn, needed.circumstance && JSON.stringify(needed.circumstance)]);
    const { circumstance } = needed;
    if (circumstance && visit.institutionId) {
      const { institutionId } = visit;
      await raiseFlags(tx, campaign, unit, flagsOf(circumstance).map((kind): Flag => ({ institutionId, kind, ground: `visit:${visit.id}`, caseId, reason: circumstance.reason ?? '', clauses: circumstance.clauses })), pack);
    }
    tx.fact(caseFiled, visit.institutionId ?? visit.unit, { campaignId: visit.campaignId, unit: visit.unit, caseId, number, visitId: visit.id, institutionId: visit.institutionId, filedOn, policy: { ...pinned(pack), clauses: needed.clauses } });
    tx.note('case filed', caseId, { ...pinned(pack), clauses: needed.clauses }, { number, visit: visit.id });
    return caseId;
  }

  /** A self-check that turned out perfunctory or false: what the pack's table says of key supervision follows. */
  private async judgedThere(tx: Tx, visit: Visit, judged: readonly Judged[], late: boolean | null, { pack, campaign, unit }: Ordered): Promise<void> {
    const worst = judged.find(({ kind }) => kind === 'false-report') ?? judged.find(({ kind }) => kind === 'perfunctory');
    if (!worst || !visit.institutionId) return;
    const quality = worst.kind === 'false-report' ? 'falsified' : 'perfunctory';
    certifySupervision(tx, pack, { late, quality, reason: worst.reason }, { subject: visit.institutionId, about: [visit.id], jurisdiction: visit.unit, context: { campaign: campaign.id, unit: visit.unit } });
    const supervision = keySupervision(pack, { late, quality });
    if (supervision?.key !== true) return;
    const until = dutyOf(unit.stages, 'self-check-report')?.missed.until ?? null;
    await raiseFlags(tx, campaign, unit, [{ institutionId: visit.institutionId, kind: 'key-supervision', ground: `visit:${visit.id}`, reason: `自查报告${qualityWords[quality]}：${worst.reason}`, clauses: supervision.clauses, untilOn: until }], pack);
  }

  private async changed<T>(route: typeof inspection.listArchives | typeof inspection.drawArchives | typeof inspection.recordVisit, id: string, principal: Principal, ifMatch: number, by: Caller, work: (tx: Tx, visit: Visit, at: Ordered) => Promise<T>) {
    const jurisdiction = (await this.dataSource.manager.findOneBy(Visit, { id }))?.unit ?? by.jurisdiction;
    return this.uow.run({ ...by, jurisdiction }, async (tx) => {
      const visit = await tx.manager.findOneBy(Visit, { id });
      if (!visit) throw notFound('这次检查');
      const { campaign, row } = await inUnit(tx, visit.campaignId, visit.unit);
      const stranger = doingRefused(principal, dutyOf(row.stages, visit.kind), groundOf(campaign, visit.unit, tx.now), visit.clauses, { foreign: 'visit-unit-foreign' });
      if (stranger) return stranger;
      if (!stateAllows(route, { visit: visit.state })) return refuse<VisitRefusal>('visit-recorded', [], {}, { wrongState: true });
      if (visit.version !== ifMatch) throw new StaleWrite();
      return work(tx, { ...visit, visitOn: localDate(visit.visitOn) }, { pack: await this.packs.get(packNameOf(campaign)), campaign, unit: row });
    });
  }
}

/** The pinned pack, the campaign and the unit a visit belongs to. */
interface Ordered { pack: Pack; campaign: Campaign; unit: CampaignUnit }
const pinned = ({ id, version }: Pack) => ({ pack: id, version });
const drawn = async (tx: Tx, visitId: string): Promise<boolean> => (await tx.query('select 1 from draw where visit_id = $1', [visitId])).length > 0;

/** The report that stands, as it counts on a visit: also one that was returned, until its correction comes. */
async function reportOf(tx: Tx, campaignId: string, institutionId: string): Promise<{ items: SelfCheckItem[]; late: boolean | null } | null> {
  const [row] = await tx.query<{ items: SelfCheckItem[]; late: boolean | null }>(`select items, late from self_check where campaign_id = $1 and institution_id = $2 and state <> 'superseded'`, [campaignId, institutionId]);
  return row ?? null;
}

async function subjectOf(tx: Tx, campaignId: string, body: OpenBody) {
  if (!body.institutionId) {
    if (body.kind === 'extension-check' && body.unregistered) return strangerOf(tx, body.unregistered);
    return refuse<VisitRefusal>('visit-subject-missing', [], {}, { errors: [{ path: '/institutionId', message: '请选择机构' }] });
  }
  const [known] = await tx.query<{ name: string; elsewhere: boolean; member: string | null }>(
    `select i.name, coalesce(i.filing->>'closedOn' is null and coalesce(i.filing->>'filedIn', i.jurisdiction) <> $2, false) and i.filing is not null as elsewhere, (select m.state from roster_member m where m.campaign_id = $1 and m.unit = $2 and m.institution_id = i.institution_id) as member from institution_ref i where i.institution_id = $3`,
    [campaignId, body.unit, body.institutionId]);
  if (!known) return refuse<VisitRefusal>('visit-institution-unknown', [], {}, { errors: [{ path: '/institutionId', message: '名录中没有这家机构' }] });
  if (body.kind === 'site-check' && known.member !== 'in') return refuse<VisitRefusal>('visit-not-in-roster', [], {}, { errors: [{ path: '/institutionId', message: '不在本辖区的治理名单内' }] });
  return { name: known.name, filedElsewhere: known.elsewhere, unregistered: null };
}

/** Somebody who is not in the register. A code that is given is a right one and nobody's there: a body counted under two names would stand twice in the roll-up. */
async function strangerOf(tx: Tx, given: NonNullable<OpenBody['unregistered']>) {
  const code = given.creditCode === null ? null : creditCode.parse(given.creditCode);
  if (code && !code.ok) return refuse<VisitRefusal>('visit-credit-code', [], {}, { errors: [{ path: '/unregistered/creditCode', message: code.message }] });
  const [known] = code ? await tx.query<{ name: string }>('select name from institution_ref where credit_code = $1', [code.code]) : [];
  if (known) return refuse<VisitRefusal>('visit-registered', [], { name: known.name }, { errors: [{ path: '/unregistered/creditCode', message: `名录中的“${known.name}”` }] });
  return { name: given.name, filedElsewhere: false, unregistered: { ...given, creditCode: code?.code ?? null } };
}
