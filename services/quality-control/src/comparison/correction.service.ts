import { Injectable } from '@nestjs/common';
import { inPlace, mayActFor, ofBody, samePerson, stateAllows, type Principal } from '@zhijian/access';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { qualityControl as http, type AnswerOf, type BodyOf, type ComparisonChange, type QueryOf } from '@zhijian/contracts/http';
import type { Caller, Tx } from '@zhijian/persistence';
import { Directory, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import type { ComparisonRefusal } from './comparison.rules.js';
import { policyOf } from './comparison.shown.js';
import { participantOf, type Round, type Sql } from './comparison.store.js';
import { roundsThatCount } from './outcome.store.js';
import { previewChange, reviseComparison } from './revision.js';
import { Rounds } from './rounds.js';

type Refusal = Refused<ComparisonRefusal>;
export type CorrectionShown = AnswerOf<typeof http.correctComparison>;
export type ObjectionShown = AnswerOf<typeof http.objectToComparison>;

const correctionColumns = `id as "correctionId", round_id as "roundId", institution_id as "institutionId", objection_id as "objectionId", state, change, reason, before, after, after_reason as "afterReason",
  proposed_at as "proposedAt", proposed_by as "proposedBy", decided_at as "decidedAt", decided_by as "decidedBy", revision`;
const objectionColumns = `o.id as "objectionId", o.round_id as "roundId", o.institution_id as "institutionId", coalesce(i.name, o.institution_id) as name, o.body as text, o.raised_at as "raisedAt", o.raised_by as "raisedBy", o.on_behalf as "onBehalf", o.state,
  o.answer, o.answered_at as "answeredAt", o.answered_by as "answeredBy", (select c.id from comparison_correction c where c.objection_id = o.id limit 1) as "correctionId"`;
const objections = 'from comparison_objection o left join institution_ref i on i.id = o.institution_id';

/** Objections to results and corrections of them: proposed by one person with what they would come to, decided by another. */
@Injectable()
export class ComparisonCorrections {
  constructor(private readonly rounds: Rounds, private readonly packs: PackShelf, private readonly dataSource: DataSource, private readonly directory: Directory) {}

  object(roundId: string, institutionId: string, text: string, principal: Principal, by: Caller): Promise<ObjectionShown | Refusal> {
    const own = ofBody(principal);
    if (own && !mayActFor(principal, institutionId)) throw notFound('这家机构的比对');
    return this.rounds.run(roundId, by, async (tx, round) => {
      if (!stateAllows(http.objectToComparison, { comparison: round.row.state })) return refuse('comparison-no-result', [], {}, { wrongState: true });
      const it = await participantOf(tx, roundId, institutionId);
      if (!it || it.excusedAt) return refuse('comparison-not-participant');
      const waiting = await tx.query(`select 1 from comparison_objection where round_id = $1 and institution_id = $2 and state = 'open'`, [roundId, institutionId]);
      if (waiting.length > 0) return refuse('comparison-objection-open', [], {}, { wrongState: true });
      const id = newId();
      await tx.execute('insert into comparison_objection (id, round_id, institution_id, jurisdiction, home, body, on_behalf, raised_at, raised_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [id, roundId, institutionId, round.row.jurisdiction, it.home, text, !own, tx.now, principal.id]);
      tx.note('comparison objected to', roundId, policyOf(round, round.scheme.clauses), { objectionId: id, institutionId, onBehalf: !own, text });
      return objectionOf(tx, id);
    });
  }

  /** Kept, with the reasons; or a correction is proposed, which another person decides. */
  async answer(objectionId: string, { outcome, answer, change }: BodyOf<typeof http.answerComparisonObjection>, principal: Principal, by: Caller): Promise<ObjectionShown | Refusal> {
    const asked = await this.known<{ roundId: string }>('comparison_objection', objectionId, '这项异议');
    return this.rounds.organise(asked.roundId, principal, by, async (tx, round) => {
      const objection = await objectionOf(tx, objectionId);
      if (!stateAllows(http.answerComparisonObjection, { 'comparison-objection': objection.state })) return refuse('comparison-answered', [], {}, { wrongState: true });
      if (outcome === 'to-be-changed') {
        if (!change) return refuse('comparison-change-missing', [], {}, { errors: [{ path: '/change', message: '请写明拟更正的内容' }] });
        const proposed = await this.proposed(tx, round, { institutionId: objection.institutionId, change, reason: answer, objectionId }, principal);
        if ('ok' in proposed) return proposed;
      }
      await tx.execute('update comparison_objection set state = $2, answer = $3, answered_at = $4, answered_by = $5 where id = $1', [objectionId, outcome, answer, tx.now, principal.id]);
      tx.certify(decidedByPerson(round.pack, { kind: 'verdict', subject: objectionId, about: [objection.institutionId], inputs: { round: asked.roundId, answer }, outcome, clauses: round.scheme.clauses, reason: answer }));
      tx.note('comparison objection answered', asked.roundId, policyOf(round, round.scheme.clauses), { objectionId, outcome });
      return objectionOf(tx, objectionId);
    });
  }

  propose(roundId: string, institutionId: string, { change, reason }: BodyOf<typeof http.correctComparison>, principal: Principal, by: Caller): Promise<CorrectionShown | Refusal> {
    return this.rounds.organise(roundId, principal, by, (tx, round) => this.proposed(tx, round, { institutionId, change, reason, objectionId: null }, principal));
  }

  /** By another person than who proposed it. Once a colour rests on the result, the change goes through the correction of colours. */
  async decide(correctionId: string, { approve, reason }: BodyOf<typeof http.decideComparisonCorrection>, principal: Principal, by: Caller): Promise<CorrectionShown | Refusal> {
    const asked = await this.known<{ roundId: string; proposer: string }>('comparison_correction', correctionId, '这项更正', ', proposed_by as proposer');
    const proposer = await this.directory.personOf(asked.proposer);
    return this.rounds.run(asked.roundId, by, async (tx, round): Promise<CorrectionShown | Refusal> => {
      const correction = await correctionOf(tx, correctionId);
      if (!inPlace(principal, round.row.jurisdiction)) return refuse('comparison-foreign');
      if (!stateAllows(http.decideComparisonCorrection, { 'comparison-correction': correction.state })) return refuse('comparison-answered', [], {}, { wrongState: true });
      if (samePerson(principal, { account: asked.proposer, personId: proposer })) return refuse('comparison-own-correction');
      const { institutionId, change } = correction;
      if (approve && (await coloured(tx, institutionId, round.row))) return refuse('comparison-coloured', [], {}, { wrongState: true });
      const made = approve ? await reviseComparison(tx, this.packs, { roundId: asked.roundId, institutionId, change }, { correctionId, reason: correction.reason, draftedBy: asked.proposer }) : null;
      if (made && !made.ok) return made;
      await tx.execute('update comparison_correction set state = $2, decided_at = $3, decided_by = $4, decision_reason = $5, revision = $6 where id = $1', [correctionId, approve ? 'approved' : 'rejected', tx.now, principal.id, reason, made?.revision ?? null]);
      tx.certify(decidedByPerson(round.pack, {
        kind: 'correction', subject: correctionId, about: [institutionId], outcome: approve ? 'approved' : 'rejected', clauses: round.scheme.clauses, reason,
        inputs: { round: asked.roundId, change: correction.change, proposedBy: correction.proposedBy, before: correction.before, after: correction.after, reason },
      }));
      tx.note('comparison correction decided', asked.roundId, policyOf(round, round.scheme.clauses), { correctionId, institutionId, approved: approve });
      return correctionOf(tx, correctionId);
    });
  }

  async objections(roundId: string, { limit, cursor }: QueryOf<typeof http.listComparisonObjections>) {
    const items = await this.dataSource.query<ObjectionShown[]>(`select ${objectionColumns} ${objections} where o.round_id = $1 and ($2::text is null or o.id < $2) order by o.id desc limit $3`, [roundId, cursor ?? null, limit]);
    return { items, next: items.length === limit ? items.at(-1)!.objectionId : null };
  }

  async corrections(roundId: string, { limit, cursor }: QueryOf<typeof http.listComparisonCorrections>) {
    const items = await this.dataSource.query<CorrectionShown[]>(`select ${correctionColumns} from comparison_correction where round_id = $1 and ($2::text is null or id < $2) order by id desc limit $3`, [roundId, cursor ?? null, limit]);
    return { items, next: items.length === limit ? items.at(-1)!.correctionId : null };
  }

  private async proposed(tx: Tx, round: Round, { institutionId, change, reason, objectionId }: { institutionId: string; change: ComparisonChange; reason: string; objectionId: string | null }, principal: Principal): Promise<CorrectionShown | Refusal> {
    const roundId = round.row.id;
    const it = await participantOf(tx, roundId, institutionId);
    if (!it) return refuse('comparison-not-participant');
    const would = await previewChange(tx, this.packs, { roundId, institutionId, change });
    if (!would.ok) return would;
    const id = newId();
    const added = await tx.execute(
      `insert into comparison_correction (id, round_id, institution_id, jurisdiction, home, objection_id, change, reason, before, after, after_reason, proposed_at, proposed_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (round_id, institution_id) where state = 'proposed' do nothing`,
      [id, roundId, institutionId, round.row.jurisdiction, it.home, objectionId, JSON.stringify(change), reason, would.before.result, would.after.result, would.after.reason, tx.now, principal.id]);
    if (added === 0) return refuse('comparison-correction-open', [], {}, { wrongState: true });
    tx.note('comparison correction proposed', roundId, policyOf(round, round.scheme.clauses), { correctionId: id, institutionId, objectionId, reason });
    return correctionOf(tx, id);
  }

  private async known<T>(table: string, id: string, what: string, more = ''): Promise<T> {
    const [row] = await this.dataSource.query<T[]>(`select round_id as "roundId"${more} from ${table} where id = $1`, [id]);
    if (!row) throw notFound(what);
    return row;
  }
}

const objectionOf = async (sql: Sql, id: string): Promise<ObjectionShown> => (await sql.query<ObjectionShown>(`select ${objectionColumns} ${objections} where o.id = $1`, [id]))[0]!;
const correctionOf = async (sql: Sql, id: string): Promise<CorrectionShown> => (await sql.query<CorrectionShown>(`select ${correctionColumns} from comparison_correction where id = $1`, [id]))[0]!;

/** Does a signed colour rest on the body's result in this round? A round that does not count for whoever coloured is corrected here. */
async function coloured(tx: Tx, institutionId: string, { id, line, year }: Round['row']): Promise<boolean> {
  const runs = await tx.query<{ place: string }>(
    `select r.jurisdiction as place from colour_entry_current e join colour_run r on r.id = e.run_id where e.institution_id = $1 and r.basis_year = $2 and e.colour is not null and e.lines @> jsonb_build_array(jsonb_build_object('line', $3::text))`, [institutionId, year, line]);
  for (const { place } of runs) if ((await roundsThatCount(tx, { place, year, today: tx.now.slice(0, 10), of: { institutionId, line } })).includes(id)) return true;
  return false;
}
