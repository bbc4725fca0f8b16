import { Injectable } from '@nestjs/common';
import { decidedByPerson } from '@zhijian/audit/rules';
import type { Fact, FactKind, PolicyRef } from '@zhijian/contracts';
import type { penaltyDisclosed, penaltyWithdrawn } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
export type Disclosed = Fact<DataOf<typeof penaltyDisclosed>>;
export type Withdrawn = Fact<DataOf<typeof penaltyWithdrawn>>;

const columns = 'case_id, revision, institution_id, jurisdiction, number, authority, decided_on, credit_code, party, basis, sanctions, withdrawn, ground, changed_on, document, reason, withdraw_by, clauses, fact_id, published_at';

/**
 * Penalties as inspection lets them out, and their taking back. Each revision is a row of its own and the last of each decision is
 * public: heard twice or in another order it comes to the same, and what was taken back does not come up again.
 */
@Injectable()
export class PenaltyService {
  constructor(private readonly packs: PackShelf) {}

  async publish({ id, data: { caseId, revision, institutionId, penalty, policy }, jurisdiction }: Disclosed, tx: Tx): Promise<void> {
    const { number, authority, decidedOn, creditCode, party, basis, sanctions, clauses } = penalty;
    const values = [caseId, revision, institutionId, jurisdiction, number, authority, decidedOn, creditCode, party, basis, JSON.stringify(sanctions), false, null, null, null, null, null, JSON.stringify(clauses), id, tx.now];
    if (!(await kept(tx, values))) return;
    await this.certify(tx, 'publication', { caseId, revision, institutionId, jurisdiction, fact: id, policy }, { ...penalty });
    tx.note('penalty published', caseId, policy, { revision, number });
  }

  async withdraw({ id, data: { caseId, revision, institutionId, creditCode, number, authority, decidedOn, ground, changedOn, document, reason, withdrawBy, policy }, jurisdiction }: Withdrawn, tx: Tx): Promise<void> {
    const values = [caseId, revision, institutionId, jurisdiction, number, authority, decidedOn, creditCode, null, null, null, true, ground, changedOn, document, reason, withdrawBy, JSON.stringify(policy.clauses), id, tx.now];
    if (!(await kept(tx, values))) return;
    await this.certify(tx, 'withdrawal', { caseId, revision, institutionId, jurisdiction, fact: id, policy }, { number, authority, decidedOn, creditCode, ground, changedOn, document, reason, withdrawBy });
    tx.note('penalty taken down', caseId, policy, { revision, number, ground });
  }

  /** What came to stand here, word by word, and the fact by which the officer's decision was heard: what was public on a day stays provable after it was taken down. */
  private async certify(tx: Tx, kind: 'publication' | 'withdrawal', { caseId, revision, institutionId, jurisdiction, fact, policy }: Heard, inputs: Readonly<Record<string, unknown>>): Promise<void> {
    tx.certify(decidedByPerson(await this.packs.get(`${policy.pack}@${policy.version}`), {
      kind, subject: caseId, about: institutionId ? [institutionId] : [], jurisdiction, clauses: policy.clauses, inputs, outcome: kind === 'publication' ? 'published' : 'withdrawn', context: { fact, revision },
    }));
  }
}
interface Heard { caseId: string; revision: number; institutionId: string | null; jurisdiction: string; fact: string; policy: PolicyRef }

/** @returns whether this revision was not there yet */
const kept = async (tx: Tx, values: unknown[]): Promise<boolean> =>
  (await tx.execute(`insert into penalty (${columns}) values (${values.map((_, at) => `$${at + 1}`).join(', ')}) on conflict do nothing`, values)) === 1;
