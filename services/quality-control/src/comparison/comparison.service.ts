import { randomBytes, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { inPlace, stateAllows, type Principal } from '@zhijian/access';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { comparisonOpened } from '@zhijian/contracts/facts';
import { qualityControl as http, type BodyOf } from '@zhijian/contracts/http';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { findingsOf, PackError, schemeOf, type Pack } from '@zhijian/policy';
import { Calendars, PackShelf } from '@zhijian/service-kit';
import { codesFor, lastDay, partFaults, sealedValues, wrongState, type ComparisonRefusal } from './comparison.rules.js';
import { participantShown, policyOf, roundShown, type ParticipantShown, type RoundShown } from './comparison.shown.js';
import { Rounds } from './rounds.js';
import { bodyInRegister, obligedBodies, participantOf, participantsOf, placesIn, roundOf, type Round } from './comparison.store.js';
import { participationOf } from './round-counts.js';

type Refusal = Refused<ComparisonRefusal>;

/** A round is laid down from a scheme of a pack, opened with sealed values and secret codes; identities are uncovered early by a recorded act only. */
@Injectable()
export class ComparisonService {
  constructor(private readonly uow: UnitOfWork, private readonly rounds: Rounds, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** Lays a round down and lists who is obliged to take part on that day (HS-2024-20: 应参加尽参加). */
  async plan(input: BodyOf<typeof http.planComparison>, principal: Principal, by: Caller): Promise<RoundShown | Refusal> {
    const pack = await this.pack(input.pack);
    if ('ok' in pack) return pack;
    const scheme = schemeOf(pack, input.scheme)?.value;
    if (!scheme) return refuse('comparison-scheme-unknown', [], { scheme: input.scheme }, { errors: [{ path: '/scheme', message: '政策包中没有这个方案' }] });
    const open = findingsOf(pack, this.calendars.current()).filter(({ severity }) => severity === 'error');
    if (open.length) return refuse('comparison-pack-unready', [...new Set(open.flatMap(({ clauses }) => clauses))], { count: open.length });
    if (!inPlace(principal, input.jurisdiction)) return refuse('comparison-foreign', [], {}, { errors: [{ path: '/jurisdiction', message: '不在您的任职范围内' }] });
    return this.uow.run({ ...by, jurisdiction: input.jurisdiction }, async (tx) => {
      const today = tx.now.slice(0, 10);
      if (input.submitBy < today) return refuse('comparison-day-past', [], { on: input.submitBy }, { errors: [{ path: '/submitBy', message: '报送截止日期已经过去' }] });
      const faults = partFaults(scheme, input.parts, today);
      if (faults.length) return refuse('comparison-parts', [...scheme.clauses], {}, { errors: faults });
      const concerns = await placesIn(tx, input.jurisdiction, today);
      const obliged = await obligedBodies(tx, scheme.line, concerns, today);
      if (obliged.length === 0) return refuse('comparison-nobody', [...scheme.clauses]);
      const roundId = newId();
      const added = await tx.execute(
        `insert into comparison_round (id, jurisdiction, concerns, pack, pack_version, pack_hash, scheme, line, year, title, state, submit_by, part_days, planned_at, planned_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'planned', $11, $12, $13, $14) on conflict (jurisdiction, scheme, line, year) do nothing`,
        [roundId, input.jurisdiction, concerns, pack.id, pack.version, pack.hash, input.scheme, scheme.line, input.year, input.title, input.submitBy, JSON.stringify(Object.fromEntries(input.parts.map(({ part, submitBy }) => [part, submitBy]))), tx.now, by.actor]);
      if (added === 0) return refuse('comparison-exists', [...scheme.clauses], { year: input.year }, { wrongState: true });
      await tx.execute(`insert into comparison_participant (round_id, institution_id, jurisdiction, home, obliged, added_at) select $1, o."institutionId", $2, o.home, true, $4 from jsonb_to_recordset($3::jsonb) as o("institutionId" text, home text)`,
        [roundId, input.jurisdiction, JSON.stringify(obliged), tx.now]);
      const round = await roundOf(tx, this.packs, roundId);
      tx.note('comparison planned', roundId, policyOf(round, scheme.clauses), { year: input.year, line: scheme.line, obliged: obliged.length });
      return this.shown(tx, round);
    });
  }

  /** Somebody who is not obliged takes part as well. */
  add(roundId: string, { institutionId, reason }: BodyOf<typeof http.addComparisonParticipant>, principal: Principal, by: Caller): Promise<ParticipantShown | Refusal> {
    return this.rounds.organise(roundId, principal, by, async (tx, round) => {
      if (!stateAllows(http.addComparisonParticipant, { comparison: round.row.state })) return wrongState(round.row.state, '增加参加机构');
      const body = await bodyInRegister(tx, institutionId);
      if (!body) return refuse('comparison-body-unknown', [], {}, { errors: [{ path: '/institutionId', message: '名录中没有这家机构' }] });
      if (await participantOf(tx, roundId, institutionId)) return refuse('comparison-body-twice', [], {}, { wrongState: true, errors: [{ path: '/institutionId', message: '已在参加名单中' }] });
      const taken = new Set((await participantsOf(tx, roundId)).flatMap(({ code }) => code ?? []));
      const [code = null] = round.row.state === 'open' ? codesFor(1, taken, randomInt) : [];
      await tx.execute('insert into comparison_participant (round_id, institution_id, jurisdiction, home, obliged, because, code, added_at) values ($1, $2, $3, $4, false, $5, $6, $7)', [roundId, institutionId, round.row.jurisdiction, body.home, reason, code, tx.now]);
      tx.note('comparison participant added', roundId, policyOf(round, round.scheme.clauses), { institutionId });
      return participantShown(round, (await participantOf(tx, roundId, institutionId))!, { blind: false });
    });
  }

  /** Somebody obliged need not take part, for a reason that is recorded. */
  excuse(roundId: string, institutionId: string, reason: string, principal: Principal, by: Caller): Promise<ParticipantShown | Refusal> {
    return this.rounds.organise(roundId, principal, by, async (tx, round) => {
      if (!stateAllows(http.excuseComparisonParticipant, { comparison: round.row.state })) return wrongState(round.row.state, '免予参加');
      const changed = await tx.execute('update comparison_participant set excused_at = $3, excuse_reason = $4 where round_id = $1 and institution_id = $2 and excused_at is null', [roundId, institutionId, tx.now, reason]);
      if (changed === 0) return refuse('comparison-not-participant');
      const { clauses } = round.scheme;
      tx.certify(decidedByPerson(round.pack, { kind: 'exclusion', subject: `${roundId}/${institutionId}`, about: [institutionId], inputs: { reason, year: round.row.year, line: round.row.line }, outcome: 'excused', clauses, reason }));
      tx.note('comparison participant excused', roundId, policyOf(round, clauses), { institutionId });
      return participantShown(round, (await participantOf(tx, roundId, institutionId))!, { blind: false });
    });
  }

  /** Numbers fixed in advance are sealed under a certified hash, and every laboratory gets its secret number. */
  open(roundId: string, { fixed }: BodyOf<typeof http.openComparison>, principal: Principal, by: Caller): Promise<RoundShown | Refusal> {
    return this.rounds.organise(roundId, principal, by, async (tx, round) => {
      const { row, scheme } = round;
      if (!stateAllows(http.openComparison, { comparison: row.state })) return wrongState(row.state, '再次启动');
      if (lastDay(row) < tx.now.slice(0, 10)) return refuse('comparison-day-past', [], { on: lastDay(row) });
      const values = sealedValues(scheme, fixed);
      if (!values.ok) return values;
      const participants = (await participantsOf(tx, roundId)).filter(({ excusedAt }) => !excusedAt);
      const salt = randomBytes(16).toString('hex');
      const seal = sha256(canonicalJson({ fixed: values.sealed, salt }));
      const codes = codesFor(participants.length, new Set(), randomInt);
      await tx.execute(`update comparison_participant p set code = c.code from jsonb_to_recordset($2::jsonb) as c("institutionId" text, code text) where p.round_id = $1 and p.institution_id = c."institutionId"`,
        [roundId, JSON.stringify(participants.map(({ institutionId }, at) => ({ institutionId, code: codes[at] })))]);
      await tx.execute(`update comparison_round set state = 'open', seal = $2, seal_salt = $3, seal_sha256 = $4, opened_at = $5, opened_by = $6, version = version + 1 where id = $1`, [roundId, JSON.stringify(values.sealed), salt, seal, tx.now, by.actor]);
      const obliged = participants.filter((it) => it.obliged).map(({ institutionId }) => institutionId);
      const policy = policyOf(round, scheme.clauses);
      tx.certify(decidedByPerson(round.pack, {
        kind: 'listing', subject: roundId, about: participants.map(({ institutionId }) => institutionId), clauses: scheme.clauses, outcome: { sealSha256: seal, participants: participants.length },
        inputs: { line: row.line, year: row.year, places: row.concerns, obliged, voluntary: participants.filter((it) => !it.obliged).map(({ institutionId }) => institutionId), submitBy: row.submitBy, parts: row.partDays },
      }));
      tx.fact(comparisonOpened, row.jurisdiction, { roundId, line: row.line, year: row.year, scheme: row.scheme, measurands: scheme.measurands.length, obliged: obliged.length, submitBy: lastDay(row), policy });
      tx.note('comparison opened', roundId, policy, { sealSha256: seal, participants: participants.length });
      return this.shown(tx, await roundOf(tx, this.packs, roundId));
    });
  }

  /** Identities and codes side by side before the evaluation: an act of its own, with its reason. */
  uncover(roundId: string, reason: string, principal: Principal, by: Caller): Promise<RoundShown | Refusal> {
    return this.rounds.organise(roundId, principal, by, async (tx, round) => {
      if (!stateAllows(http.uncoverComparison, { comparison: round.row.state })) return wrongState(round.row.state, '揭开实验室身份');
      if (round.row.uncoveredAt) return refuse('comparison-uncovered', [], {}, { wrongState: true });
      await tx.execute('insert into comparison_disclosure (id, round_id, jurisdiction, reason, disclosed_at, disclosed_by) values ($1, $2, $3, $4, $5, $6)', [newId(), roundId, round.row.jurisdiction, reason, tx.now, by.actor]);
      tx.note('comparison identities uncovered', roundId, policyOf(round, round.scheme.clauses), { reason });
      return this.shown(tx, await roundOf(tx, this.packs, roundId));
    });
  }

  private async shown(tx: Tx, round: Round): Promise<RoundShown> {
    return roundShown(round, (await participationOf(tx, [round]))(round), tx.now, { blind: false });
  }

  private async pack(name: string): Promise<Pack | Refusal> {
    try {
      return await this.packs.get(name);
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      return refuse('comparison-pack-unknown', [], { pack: name, why: error.problems[0]?.message ?? '' }, { errors: [{ path: '/pack', message: '没有安装' }] });
    }
  }
}
