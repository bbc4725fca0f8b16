import { Injectable } from '@nestjs/common';
import { inPlace, stateAllows, type Principal } from '@zhijian/access';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { colourRevised } from '@zhijian/contracts/facts';
import { qualityControl as http, type BodyOf } from '@zhijian/contracts/http';
import { everywhere, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { redYearsOf, type Pack } from '@zhijian/policy';
import { Directory, notFound, PackShelf } from '@zhijian/service-kit';
import { certifyEntry } from '../colour/colour.evidence.js';
import { secondPerson } from '../colour/colour.rules.js';
import { policyOf } from '../colour/colour.service.js';
import { keepEntries, packOfRun, previewAs, redYearsBefore, takenRun, type NewEntry, type Run } from '../colour/colour.store.js';
import { acceptChange, acceptGround, acceptSame, unchanged, type CorrectionRefusal } from './correction.rules.js';
import { beforeOf, objectionOf, openCorrection, standingClauses, standingEntry, takenCorrection, type Correction } from './correction.store.js';
import { effectsOf, type After } from './effects.rules.js';
import { inputStands, reviseInput } from './inputs.js';

type Draft = BodyOf<typeof http.draftColourCorrection>;
type Decision = BodyOf<typeof http.decideColourCorrection>;
type Made = { correctionId: string } | Refused;

/** A result or score that turns out wrong after the colours were signed: one person lists everything that follows, another decides. */
@Injectable()
export class CorrectionService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly directory: Directory) {}

  /** Drafts a correction: nothing is changed but a list of all that would be. */
  draft(input: Draft, principal: Principal, by: Caller): Promise<Made> {
    return this.uow.run({ ...by, scope: everywhere }, async (tx): Promise<Made> => {
      const run = await takenRun(tx, input.runId);
      if (!run || !inPlace(principal, run.jurisdiction)) throw notFound('这个年度的赋色');
      const entry = await standingEntry(tx, run.id, input.institutionId);
      if (!entry) return refuse<CorrectionRefusal>('correction-nothing-signed', [], { year: run.year }, { wrongState: true, errors: [{ path: '/institutionId', message: '没有已签发的颜色' }] });
      const pack = await packOfRun(this.packs, run);
      const fit = acceptChange(pack, entry.lines, input.line, input.change);
      if (!fit.ok) return fit;
      const before = await beforeOf(tx, this.packs, pack, run, input.institutionId, entry, input);
      const same = unchanged(entry.lines, input.line, input.change);
      const other = acceptSame(same, before.takenDown, input.change);
      if (!other.ok) return other;
      const ground = acceptGround(input.because, before.publicColour !== null || before.takenDown, await objectionOf(tx, input.objectionId, run.id, input.institutionId));
      if (!ground.ok) return ground;
      if (await openCorrection(tx, run.id, input.institutionId)) return refuse<CorrectionRefusal>('correction-open', [], {}, { wrongState: true });
      const possible = same ? { ok: true as const } : await inputStands(tx, this.packs, { place: run.jurisdiction, institutionId: input.institutionId, line: input.line, year: run.basisYear }, input.change);
      if (!possible.ok) return possible;
      const { effects, digest, clauses } = effectsOf(before, input.line, input.change);
      const correctionId = newId();
      await tx.execute(
        `insert into colour_correction (id, run_id, institution_id, jurisdiction, line, because, objection_id, change, reason, effects, digest, drafted_at, drafted_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [correctionId, run.id, input.institutionId, run.jurisdiction, input.line, input.because, input.because === 'objection' ? input.objectionId : null, JSON.stringify(input.change), input.reason, JSON.stringify(effects), digest, tx.now, principal.id]);
      tx.note('colour correction drafted', correctionId, policyOf(run, clauses), { run: run.id, institution: input.institutionId, line: input.line, because: input.because, digest, effects: effects.length }, run.jurisdiction);
      return { correctionId };
    });
  }

  /** A second person decides. Accepted: the input is revised, the body coloured anew, and publication told; all in one transaction. */
  decide(correctionId: string, decision: Decision, principal: Principal, by: Caller): Promise<Made> {
    return this.uow.run({ ...by, scope: everywhere }, async (tx): Promise<Made> => {
      const correction = await takenCorrection(tx, correctionId);
      if (!correction || !inPlace(principal, correction.jurisdiction)) throw notFound('这项更正');
      if (!stateAllows(http.decideColourCorrection, { 'colour-correction': correction.state })) return refuse<CorrectionRefusal>('correction-decided', [], {}, { wrongState: true });
      const account = correction.draftedBy;
      const personId = await this.directory.personOf(account);
      const no = secondPerson(principal, { account, personId }, correction.jurisdiction, await this.directory.approversFor(correction.jurisdiction, personId ?? ''));
      if (no) return no;
      const run = (await takenRun(tx, correction.runId))!;
      const pack = await packOfRun(this.packs, run);
      tx.withhold([correction.reason]);
      if (decision.outcome === 'rejected') return this.rejected(tx, run, pack, correction, decision, principal);
      return this.accepted(tx, run, pack, correction, decision, principal);
    });
  }

  private async rejected(tx: Tx, run: Run, pack: Pack, correction: Correction, { reason }: Decision, principal: Principal): Promise<Made> {
    await this.settled(tx, correction, { state: 'rejected', reason, revision: null }, principal);
    const clauses = await standingClauses(tx, run.id, correction.institutionId); // the colour stands, and what it rests on
    tx.certify(decidedByPerson(pack, { ...ofCorrection(run, correction), clauses, inputs: weighed(correction), outcome: { state: 'rejected' }, reason }));
    tx.note('colour correction rejected', correction.id, policyOf(run, clauses), { institution: correction.institutionId, reason }, run.jurisdiction);
    return { correctionId: correction.id };
  }

  private async accepted(tx: Tx, run: Run, pack: Pack, correction: Correction, { digest, reason }: Decision, principal: Principal): Promise<Made> {
    const stale = refuse<CorrectionRefusal>('correction-stale', [], {}, { wrongState: true });
    const entry = await standingEntry(tx, run.id, correction.institutionId);
    if (!entry || digest !== correction.digest) return stale;
    const before = await beforeOf(tx, this.packs, pack, run, correction.institutionId, entry, correction);
    const ground = acceptGround(correction.because, before.publicColour !== null || before.takenDown, await objectionOf(tx, correction.objectionId, run.id, correction.institutionId));
    if (!ground.ok) return ground;
    const after = effectsOf(before, correction.line, correction.change);
    if (after.digest !== correction.digest) return stale;
    // A colour that was taken down wrongly stands again upon the same input: nothing of its keeper's is changed.
    const revised = unchanged(entry.lines, correction.line, correction.change) ? { ok: true as const } : await reviseInput(tx, this.packs, { place: run.jurisdiction, institutionId: correction.institutionId, line: correction.line, year: run.basisYear }, correction.change, { correctionId: correction.id, reason: correction.reason, draftedBy: correction.draftedBy });
    if (!revised.ok) return revised;
    const revision = entry.revision + 1;
    await this.settled(tx, correction, { state: 'accepted', reason, revision }, principal);
    if (correction.objectionId) await tx.execute('update colour_objection set correction_id = $2 where objection_id = $1', [correction.objectionId, correction.id]);
    await this.revised(tx, run, pack, correction, { institutionId: correction.institutionId, home: entry.home, revision, before: entry.colour, after });
    tx.note('colour corrected', correction.id, policyOf(run, after.clauses), { institution: correction.institutionId, revision, before: entry.colour, after: after.colour, effects: after.effects.length, digest }, run.jurisdiction);
    return { correctionId: correction.id };
  }

  /** The colour as it is from now on, with its certificates, and the fact that brings it its own notice. */
  private async revised(tx: Tx, run: Run, pack: Pack, correction: Correction, { institutionId, home, revision, before, after }: { institutionId: string; home: string; revision: number; before: string; after: After }): Promise<void> {
    const redBefore = (await redYearsBefore(tx, this.packs, run))(institutionId);
    const entry: NewEntry = { institutionId, home, revision, colour: after.colour, redYears: redYearsOf(pack, after.colour, redBefore), lines: after.lines, clauses: after.clauses };
    await keepEntries(tx, run, [entry], { because: correction.because, correctionId: correction.id });
    await previewAs(tx, run.id, entry);
    certifyEntry(tx, pack, run, entry, redBefore);
    tx.certify(decidedByPerson(pack, { ...ofCorrection(run, correction), clauses: after.clauses, inputs: weighed(correction), outcome: { state: 'accepted', before, after: after.colour, revision } }));
    const { colour, redYears, lines, clauses } = entry;
    tx.fact(colourRevised, institutionId, {
      runId: run.id, jurisdiction: run.jurisdiction, year: run.year, basisYear: run.basisYear, institutionId, revision, before, because: correction.because, objectionId: correction.objectionId, correctionId: correction.id,
      entry: colour === null ? null : { institutionId, colour, redYears, lines: [...lines], clauses: [...clauses], revision }, policy: policyOf(run, after.clauses),
    }, run.jurisdiction);
  }

  private async settled(tx: Tx, { id }: Correction, { state, reason, revision }: { state: 'accepted' | 'rejected'; reason: string | null; revision: number | null }, principal: Principal): Promise<void> {
    await tx.execute('update colour_correction set state = $2, decided_at = $3, decided_by = $4, decided_because = $5, revision = $6, version = version + 1 where id = $1', [id, state, tx.now, principal.id, reason, revision]);
  }
}

const ofCorrection = (run: Run, { id, institutionId }: Correction) => ({ kind: 'correction' as const, subject: id, about: [institutionId], jurisdiction: run.jurisdiction, context: { campaign: run.id, year: run.year } });
const weighed = ({ line, because, objectionId, change, reason, effects, draftedBy }: Correction) => ({ line, because, objectionId, change, reason, draftedBy, effects: effects.map(({ what, year, before, after }) => ({ what, year, before, after })) });
