import { Injectable } from '@nestjs/common';
import type { Fact, FactKind } from '@zhijian/contracts';
import type { penaltyDisclosed, penaltyWithdrawn } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
export type Disclosed = Fact<DataOf<typeof penaltyDisclosed>>;
export type Withdrawn = Fact<DataOf<typeof penaltyWithdrawn>>;

const columns = 'case_id, revision, institution_id, jurisdiction, number, authority, decided_on, credit_code, party, basis, sanctions, withdrawn, ground, changed_on, document, reason, withdraw_by, clauses, fact_id, published_at';

/**
 * Penalties as inspection lets them out, and their taking back. Each revision is a row of its own and the last of them is
 * public: heard twice or in another order it comes to the same, and what was taken back does not come up again.
 */
@Injectable()
export class PenaltyService {
  async publish({ id, data: { caseId, revision, institutionId, penalty }, jurisdiction }: Disclosed, tx: Tx): Promise<void> {
    const { number, authority, decidedOn, creditCode, party, basis, sanctions, clauses } = penalty;
    const values = [caseId, revision, institutionId, jurisdiction, number, authority, decidedOn, creditCode, party, basis, JSON.stringify(sanctions), false, null, null, null, null, null, JSON.stringify(clauses), id, tx.now];
    if (await kept(tx, values)) tx.note('penalty published', caseId, null, { revision, number });
  }

  async withdraw({ id, data: { caseId, revision, institutionId, creditCode, number, authority, decidedOn, ground, changedOn, document, reason, withdrawBy, policy }, jurisdiction }: Withdrawn, tx: Tx): Promise<void> {
    const values = [caseId, revision, institutionId, jurisdiction, number, authority, decidedOn, creditCode, null, null, null, true, ground, changedOn, document, reason, withdrawBy, JSON.stringify(policy.clauses), id, tx.now];
    if (await kept(tx, values)) tx.note('penalty taken down', caseId, policy, { revision, number, ground });
  }
}

/** @returns whether this revision was not there yet */
const kept = async (tx: Tx, values: unknown[]): Promise<boolean> =>
  (await tx.execute(`insert into penalty (${columns}) values (${values.map((_, at) => `$${at + 1}`).join(', ')}) on conflict do nothing`, values)) === 1;
