import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { monitoringRecorded } from '@zhijian/contracts/facts';
import type { AnswerOf, BodyOf, QueryOf, qualityControl } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { packOfYear, quotasOf, titleOf, type Frequency, type Which } from './quota.queries.js';
import { acceptFrequency, type MonitoringPlanRefusal } from './quota.rules.js';

type Visit = AnswerOf<typeof qualityControl.listMonitorings>['items'][number];
type Body = BodyOf<typeof qualityControl.recordMonitoring>;
const shape = `select v.id as "monitoringId", v.institution_id as "institutionId", i.name as "institutionName", v.jurisdiction, v.home, v.year, v.visited_on::text as "visitedOn", v.members, v.problems, v.result, v.colour, v.recorded_at as "recordedAt",
    v.clauses, v.pack || '@' || v.pack_version as pack, null as calendar from monitoring_visit v join institution_ref i on i.id = v.institution_id`;

/** Quality monitoring by colour: visits of the QC centre, and how often it fixed them after reporting. */
@Injectable()
export class MonitoringVisits {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly packs: PackShelf) {}

  record(body: Body, principal: Principal, by: Caller): Promise<Visit | Refused<MonitoringPlanRefusal>> {
    return this.uow.run({ ...by, jurisdiction: body.jurisdiction }, async (tx): Promise<Visit | Refused<MonitoringPlanRefusal>> => {
      const year = Number(body.visitedOn.slice(0, 4));
      if (!inPlace(principal, body.jurisdiction)) return refuse('monitoring-elsewhere', [], { agency: '质控中心' });
      const pack = await packOfYear(tx, this.packs, { jurisdiction: body.jurisdiction, year }, true);
      if (!pack) return refuse('monitoring-year-unknown', [], { year }, { errors: [{ path: '/jurisdiction', message: '没有开展分色管理' }] });
      if (body.visitedOn > tx.now.slice(0, 10)) return refuse('monitoring-in-future', [], { on: body.visitedOn }, { errors: [{ path: '/visitedOn', message: '监测日期不能晚于今天' }] });
      const [known] = await tx.query<{ home: string }>('select jurisdiction as home from institution_ref where id = $1', [body.institutionId]);
      if (!known) return refuse('monitoring-institution-unknown', [], {}, { errors: [{ path: '/institutionId', message: '名录中没有这家机构' }] });
      const quota = (await quotasOf(tx, pack, { jurisdiction: body.jurisdiction, year }, tx.now.slice(0, 10))).find(({ body: { id } }) => id === body.institutionId);
      if (!quota) return refuse('monitoring-not-managed', [], { year }, { errors: [{ path: '/institutionId', message: '不在该年度分色管理的范围内' }] });
      const [monitoringId, policy] = [newId(), { pack: pack.id, version: pack.version, clauses: [...quota.clauses] }];
      await tx.execute(
        `insert into monitoring_visit (id, institution_id, jurisdiction, home, year, visited_on, members, problems, result, colour, pack, pack_version, clauses, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
        [monitoringId, body.institutionId, body.jurisdiction, known.home, year, body.visitedOn, JSON.stringify(body.members), JSON.stringify(body.problems), body.result, quota.colour, pack.id, pack.version, JSON.stringify(policy.clauses), tx.now, by.actor]);
      tx.certify(decidedByPerson(pack, { kind: 'check', subject: monitoringId, about: [body.institutionId], jurisdiction: body.jurisdiction, inputs: { visitedOn: body.visitedOn, colour: quota.colour, problems: body.problems.length }, outcome: 'monitored', clauses: policy.clauses, context: { year } }));
      tx.fact(monitoringRecorded, body.institutionId, { monitoringId, institutionId: body.institutionId, jurisdiction: body.jurisdiction, year, visitedOn: body.visitedOn, problems: body.problems.length, policy }, body.jurisdiction);
      tx.note('monitoring recorded', monitoringId, policy, { institution: body.institutionId, visitedOn: body.visitedOn, problems: body.problems.length, members: body.members });
      const [row] = await tx.query<Omit<Visit, 'colourTitle'>>(`${shape} where v.id = $1`, [monitoringId]);
      return { ...row!, colourTitle: titleOf(pack, row!.colour) };
    });
  }

  /** The QC centre has reported to the commission and fixed how often (CQ-2024-16): no approval, but never less than the text's least number. */
  fix(which: Which, given: BodyOf<typeof qualityControl.fixMonitoringFrequency>, principal: Principal, by: Caller): Promise<Frequency | Refused<MonitoringPlanRefusal>> {
    return this.uow.run({ ...by, jurisdiction: which.jurisdiction }, async (tx): Promise<Frequency | Refused<MonitoringPlanRefusal>> => {
      const pack = await packOfYear(tx, this.packs, which);
      if (!pack) throw notFound('这个年度的分色管理');
      if (!inPlace(principal, which.jurisdiction)) return refuse('monitoring-elsewhere', [], { agency: '质控中心' });
      const fit = acceptFrequency(pack, given, tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      const row = { frequencyId: newId(), ...given, decidedAt: tx.now, clauses: fit.clauses, pack: `${pack.id}@${pack.version}`, calendar: null };
      await written(tx, which, pack, row);
      return { ...row, colourTitle: titleOf(pack, given.colour)! };
    });
  }

  /** The latest recorded first. */
  async list({ limit, cursor, jurisdiction, year, institutionId }: QueryOf<typeof qualityControl.listMonitorings>) {
    const rows = await this.dataSource.query<Omit<Visit, 'colourTitle'>[]>(
      `${shape} where ($1::text is null or v.id < $1) and ($2::text is null or v.jurisdiction = $2) and ($3::int is null or v.year = $3) and ($4::text is null or v.institution_id = $4) order by v.id desc limit $5`,
      [cursor ?? null, jurisdiction ?? null, year ?? null, institutionId ?? null, limit + 1]);
    const items = await Promise.all(rows.slice(0, limit).map(async (row): Promise<Visit> => ({ ...row, colourTitle: titleOf(await this.packs.get(row.pack), row.colour) })));
    return { items, next: rows.length > limit ? items.at(-1)!.monitoringId : null };
  }
}

async function written(tx: Tx, { jurisdiction, year }: Which, pack: { id: string; version: number } & Parameters<typeof decidedByPerson>[0], row: Omit<Frequency, 'colourTitle'>): Promise<void> {
  const policy = { pack: pack.id, version: pack.version, clauses: row.clauses };
  await tx.execute('insert into monitoring_frequency (id, jurisdiction, year, colour, times, years, reported_on, reference, pack, pack_version, clauses, decided_at, decided_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
    [row.frequencyId, jurisdiction, year, row.colour, row.times, row.years, row.reportedOn, row.reference, pack.id, pack.version, JSON.stringify(row.clauses), tx.now, tx.by.actor]);
  tx.certify(decidedByPerson(pack, { kind: 'frequency', subject: row.frequencyId, jurisdiction, inputs: { colour: row.colour, reportedOn: row.reportedOn, reference: row.reference }, outcome: { times: row.times, years: row.years }, clauses: row.clauses, context: { year } }));
  tx.note('monitoring frequency fixed', row.frequencyId, policy, { year, colour: row.colour, times: row.times, years: row.years, reportedOn: row.reportedOn });
}
