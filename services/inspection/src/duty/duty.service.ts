import { Injectable } from '@nestjs/common';
import { ofBody, mayActFor, stateAllows, type Principal } from '@zhijian/access';
import { decidedByTable } from '@zhijian/audit/rules';
import { dueAt, localDate, startOfDay, type LocalDate } from '@zhijian/calendar';
import { isRefused, newId, refuse, type Refused } from '@zhijian/contracts';
import { dutyRecorded } from '@zhijian/contracts/facts';
import { inspection, type BodyOf } from '@zhijian/contracts/http';
import { freeCells, readTable, type DocumentFault } from '@zhijian/documents';
import { saying, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { decide, type Pack, type PlannedDuty } from '@zhijian/policy';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { actingRefused, groundOf, type AgencyRefusal } from '../campaign/agency.rules.js';
import { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { openObligations, settleObligation } from '../campaign/obligation.store.js';
import { certifyTimeliness } from '../evidence/timeliness.evidence.js';
import { inUnit } from '../notification/notification.service.js';
import { listsLines, recordRefused, type DutyRefusal, type Issue } from './duty.rules.js';
import { cellPath, issueOf, issueTable } from './issue-table.rules.js';

type Body = BodyOf<typeof inspection.recordDuty>;
interface Outcome { determined: boolean; value: unknown; reason: string | null; missing: readonly string[]; clauses: readonly string[]; rule: string | null; inputs: Body['inputs'] }
interface Here { campaign: Campaign; row: CampaignUnit; duty: PlannedDuty; pack: Pack }

/** Duties that need no page of their own are recorded: issue lists, plans, registers, trainings, confirmations. */
@Injectable()
export class DutyService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly dataSource: DataSource) {}

  /** Records what was done; a later record of the same duty takes the earlier one's place, which is kept. */
  record(campaignId: string, dutyId: string, body: Body, principal: Principal, by: Caller, route: typeof inspection.recordDuty | typeof inspection.importDutyRecord = inspection.recordDuty): Promise<{ recordId: string } | Refused<DutyRefusal | AgencyRefusal | 'unit-foreign'>> {
    return this.uow.run({ ...by, jurisdiction: body.unit }, async (tx) => {
      if (ofBody(principal) && !(body.institutionId && mayActFor(principal, body.institutionId))) return refuse<DutyRefusal>('duty-foreign'); // before anything is read: whether a campaign runs elsewhere is not told
      const { campaign, row } = await inUnit(tx, campaignId, body.unit);
      const duty = [...row.stages, ...row.milestones].flatMap(({ duties }) => duties).find(({ id }) => id === dutyId);
      if (!duty) return refuse<DutyRefusal>('duty-unknown');
      if (!stateAllows(route, { campaign: campaign.state, unit: row.state })) return refuse<DutyRefusal>('duty-campaign-closed', [...duty.clauses], {}, { wrongState: true });
      const pack = await this.packs.get(packNameOf(campaign));
      const known = { duty, form: duty.form ? pack.forms[duty.form] : undefined, checklist: duty.checklist ? pack.checklists[duty.checklist] : undefined, today: tx.now.slice(0, 10) };
      const refused = strangerOf({ campaign, row, duty, pack }, body, principal, tx.now) ?? recordRefused(body, known) ?? (await outsiderOf(tx, campaignId, body, duty));
      if (refused) return refused;
      return write(tx, { campaign, row, duty, pack }, body);
    });
  }

  /** The same from a table: every line or none, each fault at its cell. */
  async importAll(campaignId: string, dutyId: string, given: Omit<Body, 'issues'>, file: Buffer, principal: Principal, by: Caller): Promise<{ recordId: string } | Refused<DutyRefusal | AgencyRefusal | 'unit-foreign'>> {
    const layout = await this.table(campaignId, given.unit, dutyId);
    if ('ok' in layout) return layout;
    const read = await readTable(layout, file);
    const bodies = new Map((await this.dataSource.query<{ name: string; id: string }[]>(`select i.name, i.institution_id as id from roster_member m join institution_ref i using (institution_id) where m.campaign_id = $1 and m.unit = $2 and m.state = 'in'`, [campaignId, given.unit])).map(({ name, id }) => [name, id]));
    const lines = read.rows.map((row) => issueOf(row, layout, bodies));
    const errors = [...read.errors, ...lines.filter((line): line is DocumentFault => 'path' in line)];
    if (errors.length || lines.length === 0) return refuse<DutyRefusal>('duty-file', [], {}, { errors: errors.length ? errors.map(({ path, message }) => ({ path, message })) : [{ path: `${layout.sheet}!A1`, message: '表格中没有数据' }] });
    const words = freeCells(layout, read.rows.map(({ value }) => value));
    const done = await this.record(campaignId, dutyId, { ...given, issues: lines as Issue[] }, principal, saying(by, words, ['standard', 'cause', 'measure']), inspection.importDutyRecord);
    return isRefused(done) && done.errors ? { ...done, errors: done.errors.map(({ path, message }) => ({ path: cellPath(path, read.rows, layout), message })) } : done;
  }

  /** The columns of a duty's list: its own form's, or those of the pack's form for lists where it only names a check list. */
  async table(campaignId: string, unit: string, dutyId: string): Promise<ReturnType<typeof issueTable> | Refused<DutyRefusal>> {
    const { manager } = this.dataSource;
    const [campaign, row] = await Promise.all([manager.findOneBy(Campaign, { id: campaignId }), manager.findOneBy(CampaignUnit, { campaignId, unit })]);
    if (!campaign || !row) throw notFound('这个填报单位');
    const duty = [...row.stages, ...row.milestones].flatMap(({ duties }) => duties).find(({ id }) => id === dutyId);
    if (!duty) return refuse<DutyRefusal>('duty-unknown');
    const pack = await this.packs.get(packNameOf(campaign));
    const checklist = duty.checklist ? pack.checklists[duty.checklist] : undefined;
    const form = duty.form ? pack.forms[duty.form] : Object.values(pack.forms).find(({ rows }) => rows === 'issues');
    return form && listsLines({ form: duty.form ? form : undefined, checklist }) ? issueTable(form, checklist) : refuse<DutyRefusal>('duty-unexpected-issues', [...duty.clauses]);
  }
}

/** The body itself, or an officer for it from paper; any other duty by the agency that the pack names. */
function strangerOf({ campaign, duty }: Here, body: Body, principal: Principal, now: string): Refused<DutyRefusal | AgencyRefusal | 'unit-foreign'> | null {
  const clauses = [...duty.clauses];
  const ground = groundOf(campaign, body.unit, now);
  if (ofBody(principal)) {
    if (duty.actor !== 'institution') return refuse<DutyRefusal>('duty-foreign', clauses);
    return body.onBehalf ? refuse<DutyRefusal>('duty-behalf-needs-officer', clauses, {}, { errors: [{ path: '/onBehalf', message: '机构账号请直接报送' }] }) : null;
  }
  if (duty.actor === 'institution') {
    const stranger = actingRefused(principal, duty.receiver, ground, clauses, { foreign: 'unit-foreign', orAbove: true });
    return stranger ?? (body.onBehalf ? null : refuse<DutyRefusal>('duty-behalf-unstated', clauses, {}, { errors: [{ path: '/onBehalf', message: '须注明收件日期和代录原因' }] }));
  }
  // What another level does (a provincial confirmation) is written down by whoever it is sent to, too.
  const asActor = actingRefused(principal, duty.actor, ground, clauses, { foreign: 'unit-foreign' });
  return asActor && duty.receiver !== 'institution' && !actingRefused(principal, duty.receiver, ground, clauses, { foreign: 'unit-foreign' }) ? null : asActor;
}

async function outsiderOf(tx: Tx, campaignId: string, { unit, institutionId, onBehalf, issues }: Body, duty: PlannedDuty): Promise<Refused<DutyRefusal> | null> {
  if (onBehalf && onBehalf.receivedOn > tx.now.slice(0, 10)) return refuse<DutyRefusal>('duty-in-future', [...duty.clauses], { on: onBehalf.receivedOn }, { errors: [{ path: '/onBehalf/receivedOn', message: '不能晚于今天' }] });
  if (!institutionId) return strangeLine(tx, campaignId, unit, issues, duty);
  const member = await tx.query(`select 1 from roster_member where campaign_id = $1 and unit = $2 and institution_id::text = $3 and state = 'in'`, [campaignId, unit, institutionId]);
  return member.length ? null : refuse<DutyRefusal>('duty-not-in-roster', [...duty.clauses], {}, { errors: [{ path: '/institutionId', message: '不在本辖区的名单内' }] });
}

/** A unit's list names bodies of its own roster only. */
async function strangeLine(tx: Tx, campaignId: string, unit: string, issues: Body['issues'], duty: PlannedDuty): Promise<Refused<DutyRefusal> | null> {
  const named = [...new Set(issues.flatMap(({ institutionId }) => (institutionId ? [institutionId] : [])))];
  if (named.length === 0) return null;
  const known = await tx.query<{ id: string }>(`select institution_id::text as id from roster_member where campaign_id = $1 and unit = $2 and state = 'in' and institution_id::text = any($3::text[])`, [campaignId, unit, named]);
  const at = issues.findIndex(({ institutionId }) => institutionId !== null && !known.some(({ id }) => id === institutionId));
  return at < 0 ? null : refuse<DutyRefusal>('duty-not-in-roster', [...duty.clauses], {}, { errors: [{ path: `/issues/${at}/institutionId`, message: '不在本辖区的名单内' }] });
}

async function write(tx: Tx, here: Here, body: Body): Promise<{ recordId: string }> {
  const { campaign, duty, pack } = here;
  const { campaignId, unit } = here.row;
  const recordId = newId();
  // Sent in, it counts from its receipt; written down by whoever did it, from the day it was done.
  const at = duty.actor === 'institution' ? (body.onBehalf ? startOfDay(localDate(body.onBehalf.receivedOn)) : tx.now) : startOfDay(localDate(body.doneOn));
  const outcome = outcomeOf(here, body);
  const { dueOn, firm } = await owedDay(tx, here, body.institutionId);
  const clauses = [...new Set([...duty.clauses, ...(outcome?.clauses ?? [])])];
  const [before] = await tx.query<{ late: boolean | null }>(`with replaced as (update duty_record set state = 'superseded' where campaign_id = $1 and unit = $2 and duty = $3 and institution_id is not distinct from $4 and state = 'current' returning late) select late from replaced`, [campaignId, unit, duty.id, body.institutionId]);
  const inTimeBefore = before?.late === false; // who was in time is not late for having done it again
  const late = dueOn === null || !firm ? null : !inTimeBefore && Date.parse(at) >= Date.parse(dueAt(dueOn));
  await tx.query(
    `insert into duty_record (id, campaign_id, unit, duty, kind, institution_id, done_on, note, issues, outcome, sealed_by, on_behalf, late, due_on, clauses, received_at, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [recordId, campaignId, unit, duty.id, duty.kind, body.institutionId, body.doneOn, body.note, JSON.stringify(body.issues), outcome && JSON.stringify(outcome), body.sealedBy, body.onBehalf && JSON.stringify(body.onBehalf), late, dueOn, JSON.stringify(clauses), at, tx.by.actor]);
  if (here.row.milestones.some(({ duties }) => duties.some(({ id }) => id === duty.id))) await openObligations(tx, campaignId, [{ unit, momentId: null, duties: [duty] }], body.institutionId);
  await settleObligation(tx, pack, campaignId, unit, [duty.id], body.institutionId, at);
  const policy = policyOf(campaign, clauses);
  tx.fact(dutyRecorded, body.institutionId ?? unit, { campaignId, unit, recordId, duty: duty.id, kind: duty.kind, institutionId: body.institutionId, doneOn: body.doneOn, issues: body.issues.length, late, receiver: duty.receiver, copyTo: [...duty.copyTo], policy }, unit);
  certifyTimeliness(tx, pack, campaignId, [{ id: recordId, unit, duty: duty.id, dueOn, firm, clauses: duty.clauses, at }], { about: body.institutionId ? [body.institutionId] : [], ...(late === false && inTimeBefore && { corrects: [recordId] }) });
  if (duty.decision) tx.certify(decidedByTable(pack, duty.decision, body.inputs, { kind: 'verdict', subject: recordId, about: body.institutionId ? [body.institutionId] : [], context: { campaign: campaignId, unit, duty: duty.id } }));
  tx.note('duty recorded', recordId, policy, { duty: duty.id, institution: body.institutionId, issues: body.issues.length, late, onBehalf: body.onBehalf !== null, ...(outcome ? { outcome: outcome.value, inputs: body.inputs } : {}) });
  return { recordId };
}

/** The day as it is owed here: the plan has none for what hangs on an event, the obligation that the event opened has. */
async function owedDay(tx: Tx, { row: { campaignId, unit }, duty }: Here, institutionId: string | null): Promise<{ dueOn: LocalDate | null; firm: boolean }> {
  if (duty.after === null || duty.dueOn !== null) return duty;
  const [owed] = await tx.query<{ dueOn: string | null; firm: boolean }>(
    `select due_on::text as "dueOn", firm from obligation where campaign_id = $1 and unit = $2 and duty = $3 and institution_id is not distinct from $4 and state <> 'cancelled'`, [campaignId, unit, duty.id, institutionId]);
  return owed?.dueOn ? { dueOn: localDate(owed.dueOn), firm: owed.firm } : duty;
}

/** Where the pack decides a duty by a table, the record carries the decision; undetermined is an outcome too. */
function outcomeOf({ duty, pack }: Here, { inputs }: Body): Outcome | null {
  if (!duty.decision) return null;
  const { determined, value, reason, missing, clauses, rule } = decide(pack, duty.decision, inputs);
  return { determined, value, reason, missing, clauses: clauses.map(({ id }) => id), rule, inputs };
}
