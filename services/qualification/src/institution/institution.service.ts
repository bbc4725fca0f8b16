import { Injectable } from '@nestjs/common';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { filingClosed, institutionRegistered, operationRecorded } from '@zhijian/contracts/facts';
import type { BodyOf, qualification } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import { ColourReference } from '../colour/colour.reference.js';
import { RosterAmendments } from '../roster/roster.amendments.js';
import { refOf, type Institution } from './institution.queries.js';
import { acceptClosure, acceptFiling, acceptObservation, readCreditCode } from './institution.rules.js';
import type { LineRefusal } from './line.rules.js';
import { hold, lapse, registerAll, replaceFiling, reread, shareUnits, touch, type FilingInput, type Registration } from './institution.rows.js';
import { presentLine } from './line.service.js';

/** Registers institutions, their filings, and what districts saw of them. */
@Injectable()
export class InstitutionService {
  constructor(private readonly uow: UnitOfWork, private readonly rosters: RosterAmendments, private readonly colours: ColourReference, private readonly packs: PackShelf) {}

  async register(input: Registration, by: Caller): Promise<Institution | Refused> {
    const read = readCreditCode(input.creditCode);
    if (!read.ok) return read;
    if (by.jurisdiction !== input.jurisdiction && input.filing) return refuse<LineRefusal>('visitor-with-filing', [], {}, { errors: [{ path: '/filing', message: '由机构所在地登记' }] });
    return this.uow.run(by, async (tx): Promise<Institution | Refused> => {
      const fit = input.filing ? acceptFiling(input.filing, null, tx.now.slice(0, 10)) : { ok: true as const };
      if (!fit.ok) return fit;
      const [institution] = await registerAll(tx, [{ ...input, creditCode: read.code }], (kind) => this.packs.groundsOf('filing', { kinds: [kind], on: tx.now.slice(0, 10) }));
      if (!institution) {
        const [known] = await tx.query<{ name: string }>('select name from institution where credit_code = $1', [read.code]);
        return refuse('institution-known', [], { name: known?.name ?? '在其他辖区' }, { wrongState: true, errors: [{ path: '/creditCode', message: '该代码已登记' }] });
      }
      if (institution.filing) await this.rosters.follow(tx, [institution], '新备案或新取得资质');
      return institution;
    });
  }

  /** Corrects address and contact post. @throws StaleWrite */
  edit(id: string, version: number, change: BodyOf<typeof qualification.editInstitution>, by: Caller): Promise<Institution> {
    return this.uow.run(by, async (tx) => {
      await touch(tx, id, version, change);
      const institution = await reread(tx, id);
      tx.fact(institutionRegistered, id, refOf(institution), institution.jurisdiction);
      tx.note('institution corrected', id, null, { fields: Object.keys(change) });
      return institution;
    });
  }

  recordFiling(id: string, filing: FilingInput, by: Caller): Promise<Institution | Refused> {
    return this.uow.run(by, async (tx): Promise<Institution | Refused> => {
      await shareUnits(tx, [by.jurisdiction]);
      const before = await hold(tx, id);
      const fit = acceptFiling(filing, before.filing, tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      const institution = await replaceFiling(tx, before, filing, await this.colours.weighed(tx, id, before.filing ? 'change' : 'filing', { kind: before.kind, on: tx.now.slice(0, 10) }));
      await this.rosters.follow(tx, [institution], '新备案或新取得资质');
      return institution;
    });
  }

  closeFiling(id: string, { closedOn, reason }: BodyOf<typeof qualification.closeFiling>, by: Caller): Promise<Institution | Refused> {
    return this.uow.run(by, async (tx): Promise<Institution | Refused> => {
      await shareUnits(tx, [by.jurisdiction]);
      const before = await hold(tx, id);
      const fit = acceptClosure(closedOn, before.filing, tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      await tx.execute('update filing set closed_on = $2, closed_reason = $3 where institution_id = $1 and superseded_at is null', [id, closedOn, reason]);
      if (!(await presentLine(tx, id, before.kind))) await lapse(tx, id, before.kind);
      await touch(tx, id, before.version);
      const institution = await reread(tx, id);
      tx.fact(filingClosed, id, refOf(institution), institution.jurisdiction);
      const { pack, ...ground } = await this.packs.groundsOf('closure', { kinds: [before.kind], on: tx.now.slice(0, 10) });
      tx.certify(decidedByPerson(pack, { kind: 'closure', ...ground, subject: id, jurisdiction: institution.jurisdiction, inputs: { filedOn: before.filing?.filedOn ?? null, closedOn, reason }, outcome: { closedOn } }));
      tx.note('filing closed', id, null, { closedOn, reason });
      await this.rosters.follow(tx, [institution], '备案或资质注销');
      return institution;
    });
  }

  /** What a district saw, with its evidence (HZ-2023-01: filed and actually operating). The register itself is not changed by it. */
  recordOperation(id: string, seen: BodyOf<typeof qualification.recordOperation>, by: Caller): Promise<Institution | Refused> {
    return this.uow.run(by, async (tx): Promise<Institution | Refused> => {
      await shareUnits(tx, [seen.unit]);
      await hold(tx, id);
      const fit = acceptObservation(seen.observedOn, tx.now.slice(0, 10));
      if (!fit.ok) return fit;
      await tx.execute(
        `insert into operation (id, institution_id, unit, operating, observed_on, evidence, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [newId(), id, seen.unit, seen.operating, seen.observedOn, seen.evidence, by.actor, tx.now]);
      const institution = await reread(tx, id);
      tx.fact(operationRecorded, id, { institutionId: id, ...seen });
      const { pack, ...ground } = await this.packs.groundsOf('operation', { kinds: [institution.kind], on: tx.now.slice(0, 10) });
      tx.certify(decidedByPerson(pack, { kind: 'operation', ...ground, subject: id, jurisdiction: seen.unit, inputs: { observedOn: seen.observedOn, evidence: seen.evidence, unit: seen.unit }, outcome: { operating: seen.operating } }));
      tx.note('operation recorded', id, null, { unit: seen.unit, operating: seen.operating });
      await this.rosters.follow(tx, [institution], seen.operating ? '核实已开展' : '核实未开展');
      return institution;
    });
  }
}
