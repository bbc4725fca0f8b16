import { Injectable } from '@nestjs/common';
import { stateAllows, type Principal } from '@zhijian/access';
import { decidedByPerson } from '@zhijian/audit/rules';
import { isRefused, refuse, type Refused } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { caseDecided } from '@zhijian/contracts/facts';
import { StaleWrite, UnitOfWork, type Caller } from '@zhijian/persistence';
import { Directory, notFound, PackShelf } from '@zhijian/service-kit';
import { packNameOf } from '../campaign/campaign.shown.js';
import { DataSource } from 'typeorm';
import { CaseFile, type Sanction } from './case.entity.js';
import { ownVisitRefused, takeCase } from './case.store.js';

export type CaseRefusal = 'case-decided' | 'case-own-visit' | 'case-date' | 'case-sanctions' | 'case-unit-foreign';
export const caseSentences = {
  'case-decided': '案件已经作出决定',
  'case-own-visit': '检查结论由您登记，处理结果须由另一人登记',
  'case-date': '决定日期须在立案日期 {filedOn} 与今天之间',
  'case-sanctions': '处理结果填写有误',
  'case-unit-foreign': '您不在该辖区任职',
} satisfies Record<CaseRefusal, string>;

/** A fine has an amount in fen, nothing else has; “none” stands alone. */
export function sanctionFaults(sanctions: readonly Sanction[]): Refused<CaseRefusal> | null {
  const errors = sanctions.flatMap(({ kind, fen }, at) => {
    if (kind === 'fine' && !fen) return [{ path: `/sanctions/${at}/fen`, message: '罚款须填写金额' }];
    if (kind !== 'fine' && fen !== null && kind !== 'confiscation') return [{ path: `/sanctions/${at}/fen`, message: '只有罚款和没收有金额' }];
    if (kind === 'none' && sanctions.length > 1) return [{ path: `/sanctions/${at}/kind`, message: '不予处罚不能与其他处理并列' }];
    if (sanctions.findIndex((other) => other.kind === kind) < at) return [{ path: `/sanctions/${at}/kind`, message: '同一种处理重复' }];
    return [];
  });
  return errors.length ? refuse('case-sanctions', [], {}, { errors }) : null;
}

@Injectable()
export class CaseService {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly directory: Directory) {}

  async decide(id: string, decidedOn: string, sanctions: Sanction[], principal: Principal, ifMatch: number, by: Caller) {
    const faults = sanctionFaults(sanctions);
    if (faults) return faults;
    const jurisdiction = (await this.dataSource.manager.findOneBy(CaseFile, { id }))?.unit ?? by.jurisdiction;
    return this.uow.run({ ...by, jurisdiction }, async (tx) => {
      const taken = await takeCase(tx, id, principal);
      if (isRefused(taken)) return taken;
      const { file, campaign } = taken;
      const own = await ownVisitRefused(this.directory, taken, principal);
      if (own) return own;
      if (!stateAllows(inspection.decideCase, { case: file.state })) return refuse<CaseRefusal>('case-decided', [], {}, { wrongState: true });
      if (file.version !== ifMatch) throw new StaleWrite();
      if (decidedOn < file.filedOn || decidedOn > tx.now.slice(0, 10)) return refuse<CaseRefusal>('case-date', file.clauses, { filedOn: file.filedOn }, { errors: [{ path: '/decidedOn', message: `须在 ${file.filedOn} 与今天之间` }] });
      await tx.update(CaseFile, { id, version: ifMatch }, { state: 'decided', decidedOn, sanctions });
      tx.fact(caseDecided, file.institutionId ?? file.unit, { campaignId: file.campaignId, unit: file.unit, caseId: id, institutionId: file.institutionId, decidedOn, sanctions }, file.unit);
      tx.certify(decidedByPerson(await this.packs.get(packNameOf(campaign)), {
        kind: 'sanction', subject: id, about: [...(file.institutionId ? [file.institutionId] : []), file.visitId], context: { campaign: file.campaignId, unit: file.unit }, clauses: [...new Set([...file.clauses, ...(file.circumstance?.clauses ?? [])])],
        inputs: { number: file.number, filedOn: file.filedOn, decidedOn, circumstance: file.circumstance?.value ?? null }, outcome: sanctions.map(({ kind, fen }) => ({ kind, fen })),
      }));
      tx.note('case decided', id, null, { decidedOn, sanctions });
      return { caseId: id };
    });
  }

  async one(id: string) {
    const [row] = await this.dataSource.query<unknown[]>(`${cases} where k.id = $1`, [id]);
    if (!row) throw notFound('这个案件');
    return row;
  }

  async list(campaignId: string, filter: { unit?: string | undefined; limit: number; cursor?: string | undefined }) {
    const items = await this.dataSource.query<{ caseId: string }[]>(`${cases} where k.campaign_id = $1 and ($2::text is null or k.unit = $2) and ($3::uuid is null or k.id > $3) order by k.id limit $4`, [campaignId, filter.unit ?? null, filter.cursor ?? null, filter.limit]);
    return { items, next: items.length === filter.limit ? items.at(-1)!.caseId : null };
  }
}

const cases = `select k.id as "caseId", k.number, k.campaign_id as "campaignId", k.unit, k.institution_id as "institutionId", k.subject_name as "subjectName", k.visit_id as "visitId", k.reason, k.filed_on::text as "filedOn",
    k.state, k.decided_on::text as "decidedOn", k.sanctions, k.circumstance, k.penalty - 'published' || jsonb_build_object('shownAs', k.penalty #> '{published,party}') as penalty, k.penalty_withdrawal as "penaltyWithdrawal",
    (select coalesce(jsonb_agg(jsonb_build_object('number', e #> '{penalty,number}', 'decidedOn', e -> 'decidedOn', 'sanctions', e -> 'sanctions', 'document', e #> '{penaltyWithdrawal,document}', 'changedOn', e #> '{penaltyWithdrawal,changedOn}', 'withdrawnOn', e #> '{penaltyWithdrawal,withdrawnOn}') order by nth), '[]')
       from jsonb_array_elements(k.earlier_decisions) with ordinality as earlier (e, nth)) as "earlierDecisions", k.version, k.clauses, c.pack || '@' || c.pack_version as pack, c.calendar from case_file k join campaign c on c.id = k.campaign_id`;
