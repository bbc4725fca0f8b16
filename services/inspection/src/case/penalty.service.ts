import { Injectable } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { decidedByPerson, decidedByRule, periodText } from '@zhijian/audit/rules';
import { localDate } from '@zhijian/calendar';
import { isRefused, type PolicyRef } from '@zhijian/contracts';
import { caseDecided, penaltyDisclosed, penaltyWithdrawn } from '@zhijian/contracts/facts';
import type { BodyOf, inspection } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { Calendars, Directory, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { packNameOf } from '../campaign/campaign.shown.js';
import { CaseFile, type Sanction } from './case.entity.js';
import { sanctionFaults } from './case.service.js';
import { ownVisitRefused, takeCase, type TakenCase } from './case.store.js';
import { changedPenaltyOf, penaltyLawOn, penaltyOf, revisionsOf, withdrawalDue, withdrawalRefused, type Decided, type Penalty } from './penalty.rules.js';

/** What of a penalty the public may see, said once; and taking it back. Nothing is published that nobody found to be of social impact. */
@Injectable()
export class PenaltyService {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly directory: Directory) {}

  /** @throws StaleWrite */
  async record(id: string, said: BodyOf<typeof inspection.recordPenalty>, principal: Principal, ifMatch: number, by: Caller) {
    return this.uow.run(await this.placed(id, by), async (tx) => {
      const taken = await this.takenToDecide(tx, id, principal);
      if (isRefused(taken)) return taken;
      const { file, pack } = taken;
      const penalty = penaltyOf(said, await decidedOf(tx, taken, pack), tx.now.slice(0, 10));
      if (isRefused(penalty)) return penalty;
      await tx.update(CaseFile, { id, version: ifMatch }, { penalty });
      disclosed(tx, pack, file, penalty);
      return { caseId: id };
    });
  }

  /** What came by law in the place of a decision that was taken back: decided and let out anew; the one before stays taken back. @throws StaleWrite */
  async change(id: string, { decidedOn, sanctions, ...said }: BodyOf<typeof inspection.changePenalty>, principal: Principal, ifMatch: number, by: Caller) {
    const faults = sanctionFaults(sanctions);
    if (faults) return faults;
    return this.uow.run(await this.placed(id, by), async (tx) => {
      const taken = await this.takenToDecide(tx, id, principal);
      if (isRefused(taken)) return taken;
      const { file, pack } = taken;
      const penalty = changedPenaltyOf({ ...said, decidedOn, sanctions }, await decidedOf(tx, taken, pack), penaltyLawOn(pack, decidedOn), tx.now.slice(0, 10));
      if (isRefused(penalty)) return penalty;
      const before = { decidedOn: file.decidedOn!, sanctions: file.sanctions, penalty: file.penalty!, penaltyWithdrawal: file.penaltyWithdrawal! };
      const now = { decidedOn, sanctions, penalty, penaltyWithdrawal: null, earlierDecisions: [...file.earlierDecisions, before] };
      await tx.update(CaseFile, { id, version: ifMatch }, now);
      changed(tx, pack, file, { decidedOn, sanctions, number: penalty.number });
      disclosed(tx, pack, { ...file, ...now }, penalty);
      return { caseId: id };
    });
  }

  /** The case, for somebody who did not make the check, with the pack its campaign stands on. */
  private async takenToDecide(tx: Tx, id: string, principal: Principal) {
    const taken = await takeCase(tx, id, principal);
    if (isRefused(taken)) return taken;
    return (await ownVisitRefused(this.directory, taken, principal)) ?? { ...taken, pack: await this.packs.get(packNameOf(taken.campaign)) };
  }

  /** What was published is taken back at once; by which day it had to be stands beside it. @throws StaleWrite */
  async withdraw(id: string, said: BodyOf<typeof inspection.withdrawPenalty>, principal: Principal, ifMatch: number, by: Caller) {
    return this.uow.run(await this.placed(id, by), async (tx) => {
      const taken = await takeCase(tx, id, principal);
      if (isRefused(taken)) return taken;
      const { file, campaign } = taken;
      const today = tx.now.slice(0, 10);
      const decided = await decidedOf(tx, taken, await this.packs.get(packNameOf(campaign)));
      const refused = withdrawalRefused(said, decided, today);
      if (refused) return refused;
      const law = decided.law!; // it was published by this law
      const pack = await this.packs.get(law.name);
      const calendar = this.calendars.current();
      const due = withdrawalDue(law, said.changedOn, calendar);
      const clauses = [...law.withdrawal.clauses];
      const withdrawal = { ...said, withdrawnOn: today, withdrawBy: due.on, firm: due.firm, late: due.firm ? today > due.on : null, clauses, pack: law.name, calendar: calendar.version };
      await tx.update(CaseFile, { id, version: ifMatch }, { penaltyWithdrawal: withdrawal });
      const of = { subject: id, about: aboutOf(file), jurisdiction: file.unit, clauses, context: contextOf(file) };
      tx.certify(decidedByRule(pack, { ...of, kind: 'due-date', form: 'period', name: law.id, text: periodText(law.withdrawal, localDate(said.changedOn), calendar), inputs: { eventOn: said.changedOn }, calendar: calendar.version, reason: due.because }));
      tx.certify(decidedByPerson(pack, { ...of, kind: 'withdrawal', inputs: { ...said, withdrawBy: due.on }, outcome: { withdrawn: true, late: withdrawal.late }, calendar: calendar.version }));
      const policy = policyOf(pack, clauses);
      const { number, authority, decidedOn, creditCode } = decided.penalty!.published!;
      tx.fact(penaltyWithdrawn, subjectOf(file), { ...refOf(file), revision: revisionsOf(file).withdrawn, creditCode, number, authority, decidedOn, ...said, withdrawBy: due.on, policy }, file.unit);
      tx.note('penalty withdrawn', id, policy, { ...said, withdrawBy: due.on, late: withdrawal.late }, file.unit);
      return { caseId: id };
    });
  }

  /** The command is of the place of the case. */
  private async placed(id: string, by: Caller): Promise<Caller> {
    return { ...by, jurisdiction: (await this.dataSource.manager.findOneBy(CaseFile, { id }))?.unit ?? by.jurisdiction };
  }
}

/** What stands of a penalty from now on, and what of it leaves the room. */
function disclosed(tx: Tx, pack: Pack, file: CaseFile, { number, authority, basis, party, influential, reason, published }: Penalty): void {
  const policy = policyOf(pack, [...file.clauses, ...(published?.clauses ?? [])]);
  if (published) tx.fact(penaltyDisclosed, subjectOf(file), { ...refOf(file), revision: revisionsOf(file).disclosed, penalty: { ...published, sanctions: [...published.sanctions], clauses: [...published.clauses] }, policy }, file.unit);
  tx.certify(decidedByPerson(pack, {
    kind: 'publication', subject: file.id, about: aboutOf(file), jurisdiction: file.unit, clauses: policy.clauses, context: contextOf(file),
    inputs: { number, authority, basis, party, decidedOn: file.decidedOn, reason }, outcome: { influential, published: published && { ...published } },
  }));
  tx.note('penalty recorded', file.id, policy, { number, influential, published: published !== null }, file.unit);
}

/** @param file as it stood before */
function changed(tx: Tx, pack: Pack, file: CaseFile, { decidedOn, sanctions, number }: { decidedOn: string; sanctions: Sanction[]; number: string }): void {
  const clauses = [...new Set([...file.clauses, ...(file.circumstance?.clauses ?? [])])];
  tx.fact(caseDecided, subjectOf(file), { ...refOf(file), decidedOn, sanctions }, file.unit);
  tx.certify(decidedByPerson(pack, {
    kind: 'sanction', subject: file.id, about: aboutOf(file), jurisdiction: file.unit, clauses, context: contextOf(file),
    inputs: { number: file.number, filedOn: file.filedOn, decidedOn, circumstance: file.circumstance?.value ?? null, paper: number, before: { decidedOn: file.decidedOn, paper: file.penalty!.number, changedBy: file.penaltyWithdrawal!.document } }, outcome: sanctions.map(({ kind, fen }) => ({ kind, fen })),
  }));
  tx.note('penalty changed', file.id, policyOf(pack, clauses), { decidedOn, sanctions, number, before: file.penalty!.number }, file.unit);
}

const subjectOf = ({ institutionId, unit }: CaseFile): string => institutionId ?? unit;
const refOf = ({ campaignId, unit, id, institutionId }: CaseFile) => ({ campaignId, unit, caseId: id, institutionId });
const aboutOf = ({ institutionId, visitId }: CaseFile): string[] => [...(institutionId ? [institutionId] : []), visitId];
const contextOf = ({ campaignId, unit }: CaseFile) => ({ campaign: campaignId, unit });
const policyOf = ({ id, version }: Pack, clauses: readonly string[]): PolicyRef => ({ pack: id, version, clauses: [...new Set(clauses)] });

/** What the rules ask of a case: who the body is by the register, or by the record of the check. */
async function decidedOf(tx: Tx, { file, visit }: TakenCase, pack: Pack): Promise<Decided> {
  const [body] = file.institutionId ? await tx.query<{ name: string; creditCode: string }>('select name, credit_code as "creditCode" from institution_ref where institution_id = $1', [file.institutionId]) : [];
  return { ...file, body: body ?? null, stranger: visit?.unregistered ?? null, officers: visit?.inspectors ?? [], law: file.decidedOn ? penaltyLawOn(pack, file.decidedOn) : null };
}
