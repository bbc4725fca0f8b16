import { Injectable } from '@nestjs/common';
import { mayActFor, ofBody, stateAllows, type Principal } from '@zhijian/access';
import { decidedByPerson, decidedByRule, latenessText } from '@zhijian/audit/rules';
import { localDate, startOfDay } from '@zhijian/calendar';
import { newId, refuse, type PolicyRef, type Refused } from '@zhijian/contracts';
import { rectificationAccepted, rectificationReturned, rectificationSubmitted } from '@zhijian/contracts/facts';
import { inspection, type BodyOf } from '@zhijian/contracts/http';
import { StaleWrite, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { actingRefused, type AgencyRefusal } from '../campaign/agency.rules.js';
import { acceptReport, groundIn, latenessOf, reportDuty, type RectificationRefusal } from './rectification.rules.js';

type Body = BodyOf<typeof inspection.submitRectification>;
type Refusal = Refused<RectificationRefusal | AgencyRefusal>;
export interface Done { rectificationId: string }
interface Row {
  id: string; institutionId: string; jurisdiction: string; year: number; state: string; version: number; publishedOn: string; dueOn: string | null; firm: boolean; pack: string; packVersion: number; clauses: string[]; released: string | null;
  reports: { id: string; report: number; state: string; late: boolean | null }[];
}

const held = `select r.id, r.institution_id as "institutionId", r.jurisdiction, r.year, r.state, r.version, r.published_on::text as "publishedOn", r.due_on::text as "dueOn", r.firm, r.pack, r.pack_version as "packVersion", r.clauses,
    r.notes -> -1 ->> 'text' as released, coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'report', p.report, 'state', p.state, 'late', p.late) order by p.report) from rectification_report p where p.rectification_id = r.id), '[]') as reports
  from rectification r where r.id::text = $1`;

/** The reports of coloured bodies: handed in by the body or entered from paper, returned with reasons, accepted. */
@Injectable()
export class RectificationService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  submit(id: string, body: Body, principal: Principal, by: Caller): Promise<Done | Refusal> {
    return this.uow.run({ ...by, lock: `rectification/${id}` }, async (tx) => {
      const row = await taken(tx, id);
      const pack = await this.packs.get(`${row.pack}@${row.packVersion}`);
      const stranger = strangerOf(pack, row, body, principal, tx.now);
      if (stranger) return stranger;
      const receivedOn = body.onBehalf?.receivedOn ?? tx.now.slice(0, 10);
      const fit = acceptReport(body.items, { ...row, receivedOn, today: tx.now.slice(0, 10) });
      if (!fit.ok) return fit;
      return written(tx, pack, row, body, body.onBehalf ? startOfDay(localDate(receivedOn)) : tx.now);
    });
  }

  /** @throws StaleWrite */
  returnIt(id: string, reasons: readonly string[], principal: Principal, version: number, by: Caller): Promise<Done | Refusal> {
    return this.decided(inspection.returnRectification, id, principal, version, by, async (tx, pack, row, report) => {
      await settle(tx, row, report, 'returned', { reasons });
      const policy = policyOf(row, row.clauses);
      tx.certify(decidedByPerson(pack, { kind: 'return', subject: row.id, about: [row.institutionId, report.id], jurisdiction: row.jurisdiction, inputs: { report: report.report, reasons: [...reasons] }, outcome: 'returned', clauses: row.clauses, context: { year: row.year } }));
      tx.fact(rectificationReturned, row.institutionId, { ...ofYear(row), version: report.report, reasons: [...reasons], policy }, row.jurisdiction);
      tx.note('rectification returned', row.id, policy, { report: report.report, reasons });
    });
  }

  /** @throws StaleWrite */
  accept(id: string, note: string, principal: Principal, version: number, by: Caller): Promise<Done | Refusal> {
    return this.decided(inspection.acceptRectification, id, principal, version, by, async (tx, pack, row, report) => {
      await settle(tx, row, report, 'accepted', { reasons: [] });
      const policy = policyOf(row, row.clauses);
      tx.certify(decidedByPerson(pack, { kind: 'acceptance', subject: row.id, about: [row.institutionId, report.id], jurisdiction: row.jurisdiction, inputs: { report: report.report, note }, outcome: 'accepted', clauses: row.clauses, context: { year: row.year } }));
      tx.fact(rectificationAccepted, row.institutionId, { ...ofYear(row), version: report.report, policy }, row.jurisdiction);
      tx.note('rectification accepted', row.id, policy, { report: report.report, note });
    });
  }

  private decided(route: typeof inspection.acceptRectification | typeof inspection.returnRectification, id: string, principal: Principal, version: number, by: Caller, work: (tx: Tx, pack: Pack, row: Row, report: Row['reports'][number]) => Promise<void>): Promise<Done | Refusal> {
    return this.uow.run({ ...by, lock: `rectification/${id}` }, async (tx) => {
      const row = await taken(tx, id);
      const pack = await this.packs.get(`${row.pack}@${row.packVersion}`);
      const stranger = receiverRefused(pack, row, principal, tx.now);
      if (stranger) return stranger;
      const report = row.reports.at(-1);
      if (!stateAllows(route, { rectification: row.state }) || !report) return refuse<RectificationRefusal>('rectification-not-submitted', [...row.clauses], {}, { wrongState: true });
      if (row.version !== version) throw new StaleWrite();
      await work(tx, pack, row, report);
      return { rectificationId: row.id };
    });
  }
}

async function taken(tx: Tx, id: string): Promise<Row> {
  const [row] = await tx.query<Row>(held, [id]);
  if (!row) throw notFound('这份整改任务');
  return row;
}

const ofYear = ({ id, institutionId, jurisdiction, year }: Row) => ({ rectificationId: id, institutionId, jurisdiction, year });
const policyOf = ({ pack, packVersion }: Row, clauses: readonly string[]): PolicyRef => ({ pack, version: packVersion, clauses: [...clauses] });

/** The body itself; or whoever receives the reports, from paper. */
function strangerOf(pack: Pack, row: Row, { onBehalf }: Body, principal: Principal, now: string): Refusal | null {
  if (ofBody(principal)) {
    if (!mayActFor(principal, row.institutionId)) throw notFound('这份整改任务');
    return onBehalf ? refuse<RectificationRefusal>('rectification-behalf-needs-officer', [], {}, { errors: [{ path: '/onBehalf', message: '机构账号请直接提交' }] }) : null;
  }
  const stranger = receiverRefused(pack, row, principal, now);
  return stranger ?? (onBehalf ? null : refuse<RectificationRefusal>('rectification-behalf-unstated', [...row.clauses], {}, { errors: [{ path: '/onBehalf', message: '请填写收件日期和代录原因' }] }));
}

/** Only whom the pack names as receiver, or an authority above it, decides about reports. */
export const receiverRefused = (pack: Pack, { jurisdiction, clauses }: Pick<Row, 'jurisdiction' | 'clauses'>, principal: Principal, now: string): Refusal | null =>
  actingRefused(principal, reportDuty(pack)?.receiver ?? null, groundIn(pack, jurisdiction, now), clauses, { foreign: 'rectification-elsewhere', orAbove: true });

/** A new report takes the place of one that was not decided; in time once, in time for good. */
async function written(tx: Tx, pack: Pack, row: Row, body: Body, receivedAt: string): Promise<Done> {
  const { id, institutionId, jurisdiction, year, dueOn, firm } = row;
  const [reportId, report] = [newId(), (row.reports.at(-1)?.report ?? 0) + 1];
  const late = latenessOf(row, receivedAt, row.reports.map((one) => one.late));
  await tx.execute(`update rectification_report set state = 'superseded' where rectification_id = $1 and state = 'submitted'`, [id]);
  await tx.execute('insert into rectification_report (id, rectification_id, report, summary, items, sealed_by, on_behalf, received_at, late) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [reportId, id, report, body.summary, JSON.stringify(body.items), body.sealedBy, body.onBehalf && JSON.stringify(body.onBehalf), receivedAt, late]);
  // What was written down later and had come in time was never overdue.
  await tx.execute(`update rectification set state = 'submitted', late = $2, overdue_at = case when $2 then overdue_at end, version = version + 1 where id = $1`, [id, late]);
  const policy = policyOf(row, row.clauses);
  const corrects = row.reports.some((one) => one.late === false);
  tx.certify(decidedByRule(pack, {
    kind: 'lateness', subject: id, about: [institutionId, reportId], jurisdiction, form: 'lateness', name: 'lateness', text: latenessText, clauses: row.clauses, context: { year, report },
    reason: dueOn === null ? '没有确定的期限' : firm ? null : '期限暂定，不据此认定逾期', inputs: { dueOn, firm, done: { [reportId]: receivedAt }, asOf: tx.now, ...(corrects && { corrects: [reportId] }) },
  }));
  tx.fact(rectificationSubmitted, institutionId, { ...ofYear(row), version: report, receivedAt, late: late ?? false, policy }, jurisdiction);
  tx.note('rectification submitted', id, policy, { report, late, onBehalf: body.onBehalf !== null });
  return { rectificationId: id };
}

async function settle(tx: Tx, { id, version }: Row, report: Row['reports'][number], state: 'returned' | 'accepted', { reasons }: { reasons: readonly string[] }): Promise<void> {
  await tx.execute('update rectification_report set state = $2, reasons = $3, decided_at = $4 where id = $1', [report.id, state, JSON.stringify(reasons), tx.now]);
  if ((await tx.execute('update rectification set state = $3, version = version + 1 where id = $1 and version = $2', [id, version, state])) !== 1) throw new StaleWrite();
}
