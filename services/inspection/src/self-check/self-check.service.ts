import { Injectable } from '@nestjs/common';
import { ofBody, mayActFor, stateAllows, type Principal } from '@zhijian/access';
import { localDate, startOfDay, type LocalDate } from '@zhijian/calendar';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse } from '@zhijian/contracts';
import { selfCheckAccepted, selfCheckReturned, selfCheckSubmitted } from '@zhijian/contracts/facts';
import { inspection, type BodyOf } from '@zhijian/contracts/http';
import { StaleWrite, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { parameter, type Checklist, type Pack, type PlannedDuty, type PlannedStage } from '@zhijian/policy';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { actingRefused, dutyOf, groundOf, seatOf, type Agency, type Levels } from '../campaign/agency.rules.js';
import type { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf, policyOf } from '../campaign/campaign.shown.js';
import { KnownStages } from '../campaign/known-stages.js';
import { beginsOn } from '../campaign/unit-stages.rules.js';
import { inUnit } from '../notification/notification.service.js';
import { SelfCheck, type SelfCheckItem } from './self-check.entity.js';
import { followMissed, liftUnfounded, raiseFlags } from '../supervision/flag.store.js';
import { certifyTimeliness } from '../evidence/timeliness.evidence.js';
import { certifySupervision } from '../supervision/judgement.evidence.js';
import { keySupervision, qualityWords } from '../supervision/judgement.rules.js';
import { classOf, itemFaults } from './item.rules.js';
import { acceptedDateFaults, acceptReport, timeliness, volumeFaults, type SelfCheckRefusal } from './self-check.rules.js';

type Body = BodyOf<typeof inspection.submitSelfCheck>;
interface Place {
  /** The instant at which it is asked. */ now: string;
  unit: string; madeAt: Date; agencies: Record<string, Agency>; levels: Levels; jurisdiction: string; unitState: string; pack: string; packVersion: number; state: string; memberState: string | null; kind: string; frozen: boolean; stages: readonly PlannedStage[];
  institutionName: string; calendar: string; reports: { selfCheckId: string; report: number; state: string; late: boolean | null; receivedAt: string }[];
  problems: { id: string; year: number }[];
}

/** Where the body stands in the campaign, in one read; its reports from the first to the latest, the problems of every year. */
const place = `select u.unit, c.made_at as "madeAt", c.agencies, c.levels, c.jurisdiction, u.state as "unitState", c.pack, c.pack_version as "packVersion", c.state, m.state as "memberState", i.kind, u.roster_id is not null as frozen, u.stages_key as "stagesKey", i.name as "institutionName", c.calendar,
    coalesce((select jsonb_agg(jsonb_build_object('selfCheckId', h.id, 'report', h.report, 'state', h.state, 'late', h.late, 'receivedAt', h.received_at) order by h.report) from self_check h where h.campaign_id = $1 and h.institution_id = $2), '[]') as reports,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.problem_id, 'year', p.year)) from last_year_problem p where p.institution_id = $2), '[]') as problems
  from campaign c join institution_ref i on i.institution_id = $2
  left join roster_member m on m.campaign_id = c.id and m.institution_id = i.institution_id
  join campaign_unit u on u.campaign_id = c.id and u.unit = coalesce(m.unit, i.jurisdiction)
 where c.id = $1 order by m.state = 'in' desc limit 1`;

/** The problems of the year before the campaign: they are what a report must answer. */
function problemsBefore({ stages, problems }: Pick<Place, 'stages' | 'problems'>): string[] {
  const year = Math.min(...stages.map(({ opensOn }) => Number(opensOn.slice(0, 4)))) - 1;
  return problems.filter((problem) => problem.year === year).map(({ id }) => id);
}

/** The day on which the last stage closes: no report comes after it. */
const lastDayOf = (stages: readonly Pick<PlannedStage, 'closesOn'>[]): string => stages.map(({ closesOn }) => closesOn).sort().at(-1) ?? '9999';

/** In the unit's roster; before it is frozen, of a kind that the pack's scope speaks of, as the roster will ask. */
const takesPart = ({ memberState, frozen, kind }: Pick<Place, 'memberState' | 'frozen' | 'kind'>, { campaign }: Pack): boolean =>
  memberState === 'in' || (memberState === null && !frozen && (campaign?.scope.kinds ?? []).some((one) => one === kind));

@Injectable()
export class SelfCheckService {
  private readonly stages = new KnownStages();

  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly dataSource: DataSource) {}

  /** Takes a report: the first, a corrected one, or one entered by an officer from sealed paper. */
  async submit(campaignId: string, body: Body, principal: Principal, by: Caller) {
    if (ofBody(principal) && !mayActFor(principal, body.institutionId)) return refuse<SelfCheckRefusal>('self-check-foreign');
    if (ofBody(principal) && body.onBehalf) return refuse<SelfCheckRefusal>('self-check-behalf-needs-officer');
    if (!ofBody(principal) && !body.onBehalf) return refuse<SelfCheckRefusal>('self-check-behalf-unstated', [], {}, { errors: [{ path: '/onBehalf', message: '请填写收件日期和代录原因' }] });
    return this.uow.run({ ...by, lock: `self-check/${campaignId}/${body.institutionId}` }, async (tx) => {
      const [found] = await tx.query<Omit<Place, 'stages' | 'now'> & { stagesKey: string }>(place, [campaignId, body.institutionId]);
      const at: Place | undefined = found && { ...found, now: tx.now, stages: await this.stages.of(tx, campaignId, found.unit, found.stagesKey) };
      const stage = at?.stages.find(({ duties }) => duties.some(({ kind }) => kind === 'self-check-report'));
      const pack = at && (await this.packs.get(`${at.pack}@${at.packVersion}`));
      if (!at || !pack || !stage || !takesPart(at, pack)) return refuse<SelfCheckRefusal>('self-check-not-in-campaign', [], {}, { errors: [{ path: '/institutionId', message: '不在本次专项行动的治理名单内' }] });
      const duty = stage.duties.find(({ kind }) => kind === 'self-check-report')!;
      const clauses = [...duty.clauses];
      const stranger = ofBody(principal) ? null : actingRefused(principal, duty.receiver, groundOf(at, at.unit, at.now), clauses, { foreign: 'self-check-unit-foreign', orAbove: true });
      if (stranger) return stranger;
      if (!stateAllows(inspection.submitSelfCheck, { campaign: at.state, unit: at.unitState })) return refuse<SelfCheckRefusal>('self-check-campaign-closed', clauses, {}, { wrongState: true });
      const receivedAt = body.onBehalf ? startOfDay(localDate(body.onBehalf.receivedOn)) : tx.now;
      const receivedOn = localDate(body.onBehalf?.receivedOn ?? tx.now.slice(0, 10));
      if (receivedOn > tx.now.slice(0, 10)) return refuse<SelfCheckRefusal>('self-check-received-in-future', clauses, { on: receivedOn }, { errors: [{ path: '/onBehalf/receivedOn', message: '不能晚于今天' }] });
      const firstDay = beginsOn(at.stages, at.madeAt);
      if (receivedOn < firstDay) return refuse<SelfCheckRefusal>('self-check-received-before-campaign', clauses, { on: receivedOn, opensOn: firstDay }, { errors: [{ path: '/onBehalf/receivedOn', message: `不能早于 ${firstDay}` }] });
      const closesOn = at.stages.map((one) => one.closesOn).sort().at(-1) ?? null;
      const checklist = duty.checklist ? pack.checklists[duty.checklist] : undefined;
      const lastYear = parameter(pack, 'includeLastYearAssessment')?.value.value ?? false;
      const checked = acceptReport(body, { problems: lastYear ? problemsBefore(at) : [], receivedOn, closesOn, clauses });
      if (!checked.ok) return checked;
      const faults = volumeFaults(body.volumes, parameter(pack, 'volumes')) ?? itemFaults(body.items, { pack, checklist, receivedOn });
      if (faults) return faults;
      if (at.reports.at(-1)?.state === 'accepted') return refuse<SelfCheckRefusal>('self-check-accepted', clauses, { receiver: duty.receiver ? named(at, duty.receiver).name : '接收报告的机关' }, { wrongState: true });
      return this.written(tx, campaignId, at, { body, receivedAt, opensOn: stage.opensOn, duty, checklist, clauses, pack });
    });
  }

  private async written(tx: Tx, campaignId: string, at: Place, given: Given) {
    const { body, receivedAt, clauses, duty } = given;
    const previous = at.reports.at(-1);
    if (previous) tx.write(`update self_check set state = 'superseded', version = version + 1 where id = $1 and state <> 'superseded'`, [previous.selfCheckId]);
    const own = timeliness(receivedAt, duty.firm ? duty.dueOn : null, given.opensOn); // nobody is late on a provisional day
    const early = own.early;
    const late = previous?.late === false ? false : own.late; // a body that reported in time is not late for having corrected it
    const row = {
      id: newId(), campaignId, unit: at.unit, institutionId: body.institutionId, report: (previous?.report ?? 0) + 1, state: 'submitted', noProblems: body.noProblems,
      items: body.items.map((item): SelfCheckItem => ({ ...item, class: classOf(item, given.checklist), itemId: newId(), acceptedBy: null })), employers: body.volumes?.employers ?? null, workers: body.volumes?.workers ?? null, sealedBy: body.sealedBy,
      onBehalf: body.onBehalf, receivedAt, dueOn: duty.dueOn, late, early, returns: [], clauses, version: 1,
      receiver: duty.receiver, copyTo: duty.copyTo, attachments: duty.attachments ?? [],
    };
    tx.write(writeReport, [row.id, campaignId, at.unit, row.institutionId, row.report, JSON.stringify(row.items), row.noProblems, row.employers, row.workers, row.sealedBy,
      row.onBehalf && JSON.stringify(row.onBehalf), receivedAt, row.dueOn, late, early, JSON.stringify(clauses), duty.id, tx.now, tx.by.actor, row.receiver, JSON.stringify(row.copyTo), JSON.stringify(row.attachments)]);
    certifyTimeliness(tx, given.pack, campaignId, [{ id: row.id, unit: at.unit, duty: duty.id, dueOn: duty.dueOn, firm: duty.firm, clauses, at: receivedAt }], { about: [row.institutionId], ...(previous?.late === false && { corrects: [row.id] }) });
    await this.followed(tx, campaignId, at, row.institutionId, duty, given.pack);
    tx.fact(selfCheckSubmitted, row.institutionId, {
      campaignId, unit: at.unit, selfCheckId: row.id, institutionId: row.institutionId, version: row.report, receivedAt, late, early, onBehalf: row.onBehalf !== null, problems: row.items.length,
      policy: policyOf(at, clauses), violations: row.items.filter((item) => item.class === 'violation').length,
      ...(row.receiver && { receiver: placed(at, row.receiver) }), copies: row.copyTo.map((agency) => placed(at, agency)), attachments: [...row.attachments],
    }, at.unit);
    tx.note('self-check submitted', row.id, policyOf(at, clauses), { institution: row.institutionId, report: row.report, late, onBehalf: row.onBehalf });
    return shown(at, row);
  }

  /** A late report has its consequence at once; one that was not late after all lifts it. */
  private async followed(tx: Tx, campaignId: string, at: Place, institutionId: string, duty: PlannedDuty, pack: Pack): Promise<void> {
    if (duty.missed.consequence === null) return;
    const { campaign, row } = await inUnit(tx, campaignId, at.unit);
    const late = await tx.query<{ id: string }>(`select id from obligation where campaign_id = $1 and unit = $2 and duty = $3 and institution_id = $4 and state = 'late'`, [campaignId, at.unit, duty.id, institutionId]);
    await followMissed(tx, campaign, row, late.map(({ id }) => id), pack);
    await liftUnfounded(tx, campaign, row, pack);
  }

  returnIt(id: string, reasons: string[], principal: Principal, ifMatch: number, by: Caller) {
    return this.changed(id, principal, ifMatch, by, async (tx, check, { campaign, unit, pack }) => {
      if (unit.state === 'finished' || tx.now.slice(0, 10) > lastDayOf(unit.stages)) return refuse<SelfCheckRefusal>('self-check-return-closed', check.clauses, {}, { wrongState: true });
      if (!stateAllows(inspection.returnSelfCheck, { unit: unit.state, 'self-check': check.state })) return refuse<SelfCheckRefusal>('self-check-not-submitted', check.clauses, {}, { wrongState: true });
      await tx.update(SelfCheck, { id, version: ifMatch }, { state: 'returned', returns: [...check.returns, { at: tx.now, reasons }] });
      tx.fact(selfCheckReturned, check.institutionId, { campaignId: check.campaignId, unit: check.unit, selfCheckId: id, institutionId: check.institutionId, version: check.report, reasons }, check.unit);
      tx.certify(decidedByPerson(pack, { kind: 'return', subject: id, about: [check.institutionId], context: { campaign: campaign.id, unit: check.unit }, inputs: { report: check.report, reasons }, outcome: 'returned', clauses: check.clauses }));
      tx.note('self-check returned', id, null, { reasons, texts: wordsOf(tx, check.items) });
      return { selfCheckId: id };
    });
  }

  /** Takes the report over; the receiver may set other dates for what is not corrected yet, and says if it is perfunctory or false. */
  accept(id: string, { dates, judged }: BodyOf<typeof inspection.acceptSelfCheck>, principal: Principal, ifMatch: number, by: Caller) {
    return this.changed(id, principal, ifMatch, by, async (tx, check, { campaign, unit, pack }) => {
      if (!stateAllows(inspection.acceptSelfCheck, { 'self-check': check.state })) return refuse<SelfCheckRefusal>('self-check-not-submitted', [], {}, { wrongState: true });
      const strange = dates.flatMap(({ itemId }, at) => (check.items.some((item) => item.itemId === itemId) ? [] : [{ path: `/dates/${at}/itemId`, message: '报告中没有这个问题' }]));
      if (strange.length) return refuse<SelfCheckRefusal>('self-check-item-unknown', [], {}, { errors: strange });
      const wrong = acceptedDateFaults(dates, check.items, localDate(tx.now.slice(0, 10)));
      if (wrong.length) return refuse<SelfCheckRefusal>('self-check-date-outside', check.clauses, {}, { errors: wrong });
      const items = check.items.map((item) => ({ ...item, acceptedBy: item.correctedOn ? null : (dates.find(({ itemId }) => itemId === item.itemId)?.correctBy ?? item.correctBy) }));
      await tx.update(SelfCheck, { id, version: ifMatch }, { state: 'accepted', items, judged: judged });
      certifyAcceptance(tx, pack, check, items, dates, judged);
      if (judged) await this.judged(tx, check, judged, { campaign, unit, pack });
      tx.fact(selfCheckAccepted, check.institutionId, { campaignId: check.campaignId, unit: check.unit, selfCheckId: id, institutionId: check.institutionId, version: check.report }, check.unit);
      tx.note('self-check accepted', id, null, { dates, ...(judged && { judged }), texts: wordsOf(tx, check.items) });
      return { selfCheckId: id };
    });
  }

  /** A perfunctory or false report: what the pack's table `key-supervision` says follows. */
  private async judged(tx: Tx, check: SelfCheck, { quality, reason }: Judged, { campaign, unit, pack }: At): Promise<void> {
    certifySupervision(tx, pack, { late: check.late, quality, reason }, { subject: check.institutionId, about: [check.id], jurisdiction: check.unit, context: { campaign: campaign.id, unit: check.unit } });
    const supervision = keySupervision(pack, { late: check.late, quality });
    if (supervision?.key !== true) return;
    const until = dutyOf(unit.stages, 'self-check-report')?.missed.until ?? null;
    await raiseFlags(tx, campaign, unit, [{ institutionId: check.institutionId, kind: 'key-supervision', ground: `report:${check.id}`, reason: `自查报告${qualityWords[quality]}：${reason}`, clauses: supervision.clauses, untilOn: until }], pack);
  }

  /** Only the agency that receives the reports of a unit returns or takes them over; who gets a copy reads. */
  private async changed<T>(id: string, principal: Principal, ifMatch: number, by: Caller, work: (tx: Tx, check: SelfCheck, at: At) => Promise<T>) {
    const jurisdiction = (await this.dataSource.manager.findOneBy(SelfCheck, { id }))?.unit ?? by.jurisdiction;
    return this.uow.run({ ...by, jurisdiction }, async (tx) => {
      const check = await tx.manager.findOneBy(SelfCheck, { id });
      if (!check) throw notFound('这份自查报告');
      const { campaign, row } = await inUnit(tx, check.campaignId, check.unit);
      const stranger = actingRefused(principal, dutyOf(row.stages, 'self-check-report')?.receiver ?? null, groundOf(campaign, check.unit, tx.now), check.clauses, { foreign: 'unit-foreign', orAbove: true });
      if (stranger) return stranger;
      if (check.version !== ifMatch) throw new StaleWrite();
      return work(tx, check, { campaign, unit: row, pack: await this.packs.get(packNameOf(campaign)) });
    });
  }
}

interface At { campaign: Campaign; unit: CampaignUnit; pack: Pack }

/** What a report says in words: the log commits to them, and by these commitments they can be erased. */
function wordsOf(tx: Tx, items: readonly SelfCheckItem[]): string[] {
  const words = items.flatMap(({ text, measure, responsible }) => [text, measure, responsible].filter((one): one is string => Boolean(one)));
  tx.withhold(words);
  return words;
}

/** That a report was taken over, and by when what it lists must be put right. */
function certifyAcceptance(tx: Tx, pack: Pack, check: SelfCheck, items: readonly SelfCheckItem[], set: readonly { itemId: string; correctBy: string }[], judged: Judged | null): void {
  const what = { subject: check.id, about: [check.institutionId], context: { campaign: check.campaignId, unit: check.unit }, clauses: check.clauses };
  tx.certify(decidedByPerson(pack, { ...what, kind: 'acceptance', inputs: { report: check.report, late: check.late, noProblems: check.noProblems, judged }, outcome: 'accepted' }));
  const open = items.filter(({ correctedOn }) => correctedOn === null);
  if (open.length === 0) return;
  tx.certify(decidedByPerson(pack, {
    ...what, kind: 'remedy-date', inputs: { asked: open.map(({ itemId, correctBy }) => ({ itemId, correctBy })), set: [...set] }, outcome: open.map(({ itemId, acceptedBy }) => ({ itemId, acceptedBy })),
  }));
}

type Judged = NonNullable<BodyOf<typeof inspection.acceptSelfCheck>['judged']>;
interface Given { body: Body; receivedAt: string; opensOn: LocalDate; duty: PlannedDuty; checklist: Checklist | undefined; clauses: string[]; pack: Pack }
const named = (at: Place, agency: string) => ({ agency, name: seatOf(agency, groundOf(at, at.unit, at.now)).name });
const placed = (at: Place, agency: string) => ({ ...named(at, agency), place: seatOf(agency, groundOf(at, at.unit, at.now)).place });

interface Written {
  id: string; campaignId: string; institutionId: string; report: number; items: SelfCheckItem[]; noProblems: boolean; employers: number | null; workers: number | null; receiver: string | null; copyTo: readonly string[]; attachments: readonly string[]; sealedBy: string | null;
  onBehalf: Body['onBehalf']; receivedAt: string; dueOn: LocalDate | null; late: boolean | null; early: boolean; clauses: string[];
}

/** The report as it was just written, without reading it again. */
const shown = (at: Place, row: Written) => ({
  selfCheckId: row.id, campaignId: row.campaignId, institutionId: row.institutionId, institutionName: at.institutionName, unit: at.unit, version: 1, report: row.report, state: 'submitted' as const,
  items: row.items, noProblems: row.noProblems, volumes: row.employers === null || row.workers === null ? null : { employers: row.employers, workers: row.workers }, sealedBy: row.sealedBy, onBehalf: row.onBehalf !== null, receivedAt: row.receivedAt,
  dueOn: row.dueOn, late: row.late, early: row.early, receiver: row.receiver === null ? null : named(at, row.receiver), copies: row.copyTo.map((agency) => named(at, agency)), attachments: [...row.attachments], judged: null, returns: [], history: [...at.reports.map(({ selfCheckId, report, receivedAt }) => ({ selfCheckId, report, state: 'superseded', receivedAt })), { selfCheckId: row.id, report: row.report, state: 'submitted', receivedAt: row.receivedAt }],
  clauses: row.clauses, pack: `${at.pack}@${at.packVersion}`, calendar: at.calendar,
});

/** Report, obligation and journal in one statement; lateness is counted from the legal instant. */
const writeReport = `with report as (
    insert into self_check (id, campaign_id, unit, institution_id, report, state, items, no_problems, employers, workers, sealed_by, on_behalf, received_at, due_on, late, early, clauses, receiver, copy_to, attachments)
    values ($1, $2, $3, $4, $5, 'submitted', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $20, $21, $22)),
  settled as (
    update obligation set state = case when firm and due_at is not null and $12::timestamptz >= due_at then 'late' else 'done' end, done_at = $12,
           late_at = case when firm and due_at is not null and $12::timestamptz >= due_at then due_at end
     where campaign_id = $2 and unit = $3 and duty = $17 and institution_id = $4 and (state in ('open', 'overdue') or (state = 'late' and $12::timestamptz < due_at)) returning id, due_at, state)
  insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $2, $3, id, state, $18, due_at, $19 from settled`;
