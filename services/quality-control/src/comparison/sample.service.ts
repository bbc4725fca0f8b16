import { Injectable } from '@nestjs/common';
import { mayActFor, ofBody, stateAllows, type Principal } from '@zhijian/access';
import { refuse, type Refused } from '@zhijian/contracts';
import { qualityControl as http, type BodyOf } from '@zhijian/contracts/http';
import type { Caller, Tx } from '@zhijian/persistence';
import { notFound } from '@zhijian/service-kit';
import { wrongState, type ComparisonRefusal } from './comparison.rules.js';
import { participantShown, policyOf, type ParticipantShown } from './comparison.shown.js';
import { participantOf, type ParticipantRow, type Round } from './comparison.store.js';
import { Rounds } from './rounds.js';

type Refusal = Refused<ComparisonRefusal>;

/** Samples on their way, and laboratories that leave. Kept by identity: who has which code is known to nobody who sends. */
@Injectable()
export class ComparisonSamples {
  constructor(private readonly rounds: Rounds) {}

  /** The first samples of a laboratory, or others in their place: whoever is sent new ones has still to say that they came. */
  dispatch(roundId: string, { institutionIds, sentOn }: BodyOf<typeof http.dispatchSamples>, principal: Principal, by: Caller): Promise<{ sent: number } | Refusal> {
    return this.rounds.organise(roundId, principal, by, async (tx, round) => {
      if (!stateAllows(http.dispatchSamples, { comparison: round.row.state })) return wrongState(round.row.state, '登记样品');
      if (sentOn > tx.now.slice(0, 10)) return refuse('comparison-received-in-future', [], { on: sentOn }, { errors: [{ path: '/sentOn', message: '样品发出日期尚未到来' }] });
      const known = new Set((await tx.query<{ id: string }>('select institution_id as id from comparison_participant where round_id = $1 and excused_at is null', [roundId])).map(({ id }) => id));
      const errors = institutionIds.flatMap((id, at) => (known.has(id) ? [] : [{ path: `/institutionIds/${at}`, message: '不在参加名单中' }]));
      if (errors.length) return refuse('comparison-not-participant', [], {}, { errors });
      const [received] = await tx.query<{ on: string }>('select max(received_on)::text as on from comparison_participant where round_id = $1 and institution_id = any($2) and received_on > $3', [roundId, institutionIds, sentOn]);
      if (received?.on) return refuse('comparison-sent-before', [], { on: received.on }, { errors: [{ path: '/sentOn', message: `补发日期早于 ${received.on} 登记的收到` }] });
      const sent = await tx.execute('update comparison_participant set sent_on = $3, received_on = null, intact = null, receipt_remark = null where round_id = $1 and institution_id = any($2)', [roundId, institutionIds, sentOn]);
      tx.note('comparison samples sent', roundId, policyOf(round, round.scheme.clauses), { sent, sentOn });
      return { sent };
    });
  }

  /** By the laboratory, or by the QC centre for it. A sample that came damaged is said so. */
  receive(roundId: string, institutionId: string, { receivedOn, intact, remark }: BodyOf<typeof http.receiveSamples>, principal: Principal, by: Caller): Promise<ParticipantShown | Refusal> {
    return this.asked(http.receiveSamples, roundId, institutionId, principal, by, '登记样品', async (tx, round, { sentOn }) => {
      if (!sentOn) return refuse('comparison-not-sent', [], {}, { wrongState: true });
      if (receivedOn > tx.now.slice(0, 10)) return refuse('comparison-received-in-future', [], { on: receivedOn }, { errors: [{ path: '/receivedOn', message: '收到日期尚未到来' }] });
      if (receivedOn < sentOn) return refuse('comparison-not-sent', [], {}, { errors: [{ path: '/receivedOn', message: `收到日期早于样品发出的 ${sentOn}` }] });
      if (!intact && !remark) return refuse('comparison-damage-unsaid', [], {}, { errors: [{ path: '/remark', message: '请写明损坏情况' }] });
      await tx.execute('update comparison_participant set received_on = $3, intact = $4, receipt_remark = $5 where round_id = $1 and institution_id = $2', [roundId, institutionId, receivedOn, intact, remark]);
      tx.note('comparison samples received', roundId, policyOf(round, round.scheme.clauses), { institutionId, receivedOn, intact });
    });
  }

  withdraw(roundId: string, institutionId: string, reason: string, principal: Principal, by: Caller): Promise<ParticipantShown | Refusal> {
    return this.asked(http.withdrawFromComparison, roundId, institutionId, principal, by, '退出', async (tx, round, { withdrawnAt, excusedAt }) => {
      if (withdrawnAt || excusedAt) return refuse('comparison-out', [], { how: withdrawnAt ? '退出' : '免予参加' }, { wrongState: true });
      await tx.execute('update comparison_participant set withdrawn_at = $3, withdrawal_reason = $4 where round_id = $1 and institution_id = $2', [roundId, institutionId, tx.now, reason]);
      tx.note('comparison withdrawn from', roundId, policyOf(round, round.scheme.clauses), { institutionId, reason });
    });
  }

  private asked(route: typeof http.receiveSamples | typeof http.withdrawFromComparison, roundId: string, institutionId: string, principal: Principal, by: Caller, act: string, work: (tx: Tx, round: Round, it: ParticipantRow) => Promise<Refusal | void>): Promise<ParticipantShown | Refusal> {
    const own = ofBody(principal);
    if (own && !mayActFor(principal, institutionId)) throw notFound('这家机构的比对');
    const inside = async (tx: Tx, round: Round): Promise<ParticipantShown | Refusal> => {
      if (!stateAllows(route, { comparison: round.row.state })) return wrongState(round.row.state, act);
      const it = await participantOf(tx, roundId, institutionId);
      if (!it) return refuse('comparison-not-participant');
      return (await work(tx, round, it)) ?? participantShown(round, (await participantOf(tx, roundId, institutionId))!, { blind: false }, own);
    };
    return own ? this.rounds.run(roundId, by, inside) : this.rounds.organise(roundId, principal, by, inside);
  }
}
