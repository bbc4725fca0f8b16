import { Injectable } from '@nestjs/common';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, type InstitutionKind, type Refused } from '@zhijian/contracts';
import { lineResumed, lineSuspended, type QualificationLine } from '@zhijian/contracts/facts';
import type { BodyOf, qualification } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import type { Institution } from './institution.queries.js';
import { hold } from './institution.rows.js';
import { withOwn } from './line.rules.js';
import { stated } from './line.service.js';
import { acceptResumption, acceptSuspension, lineOf } from './suspension.rules.js';

/** A qualification rests, and serves again. Only somebody's decision does either: no rule of ours suspends or resumes. */
@Injectable()
export class SuspensionService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  suspend(id: string, { kind, from, how, basis, reason }: BodyOf<typeof qualification.suspendLine>, by: Caller): Promise<Institution | Refused> {
    return this.uow.run(by, async (tx): Promise<Institution | Refused> => {
      const before = await hold(tx, id);
      const fit = acceptSuspension(from, await heldOf(tx, before, kind), ofKind(before, kind), tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      await tx.execute('insert into line_suspension (id, institution_id, kind, from_on, how, basis, reason, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [newId(), id, kind, from, how, basis, reason, by.actor, tx.now]);
      const { pack, ...ground } = await this.packs.groundsOf('suspension', { kinds: [kind], on: tx.now.slice(0, 10) });
      tx.certify(decidedByPerson(pack, { kind: 'suspension', ...ground, subject: id, jurisdiction: by.jurisdiction, inputs: { kind, term: { from: fit.line.from, to: fit.line.to }, how, basis, reason }, outcome: { from } }));
      tx.fact(lineSuspended, id, { institutionId: id, kind, from, how, basis }, before.jurisdiction);
      return stated(tx, before, 'qualification suspended', { kind, from, how, basis, reason });
    });
  }

  resume(id: string, { kind, on, basis, reason }: BodyOf<typeof qualification.resumeLine>, by: Caller): Promise<Institution | Refused> {
    return this.uow.run(by, async (tx): Promise<Institution | Refused> => {
      const before = await hold(tx, id);
      const fit = acceptResumption(on, ofKind(before, kind), tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      await tx.execute('update line_suspension set resumed_on = $3, resumed_basis = $4, resumed_reason = $5, resumed_by = $6, resumed_at = $7 where institution_id = $1 and kind = $2 and resumed_on is null and lapsed_at is null',
        [id, kind, on, basis, reason, by.actor, tx.now]);
      const { pack, ...ground } = await this.packs.groundsOf('resumption', { kinds: [kind], on: tx.now.slice(0, 10) });
      tx.certify(decidedByPerson(pack, { kind: 'resumption', ...ground, subject: id, jurisdiction: by.jurisdiction, inputs: { kind, from: fit.present.from, basis, reason }, outcome: { on } }));
      tx.fact(lineResumed, id, { institutionId: id, kind, on, basis }, before.jurisdiction);
      return stated(tx, before, 'qualification resumed', { kind, on, basis, reason });
    });
  }
}

/** The qualification of a kind, filed or recorded; what the body's kind alone implies was granted by nobody. */
async function heldOf(tx: Tx, body: Institution, kind: InstitutionKind): Promise<QualificationLine | undefined> {
  const granted = (body.filing !== null && kind === body.kind) || (await tx.query('select 1 from qualification_line where institution_id = $1 and kind = $2 and superseded_at is null', [body.institutionId, kind])).length > 0;
  return granted ? lineOf(body.lines ?? withOwn([], body), kind) : undefined;
}
const ofKind = ({ suspensions = [] }: Institution, kind: InstitutionKind) => suspensions.filter((one) => one.kind === kind);
