import { Injectable } from '@nestjs/common';
import { decidedByPerson } from '@zhijian/audit/rules';
import type { Refused } from '@zhijian/contracts';
import { reviewConcluded } from '@zhijian/contracts/facts';
import type { BodyOf, qualification } from '@zhijian/contracts/http';
import { StaleWrite, UnitOfWork, type Caller } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import { reviewById, type Review } from './review.queries.js';
import { acceptConclusion } from './review.rules.js';

/** An officer looks at a qualification and says what comes of it: it stays, or a procedure of its own begins elsewhere. */
@Injectable()
export class ReviewService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  /** @throws StaleWrite */
  conclude(id: string, version: number, given: BodyOf<typeof qualification.concludeReview>, places: readonly string[], by: Caller): Promise<Review | Refused> {
    return this.uow.run(by, async (tx): Promise<Review | Refused> => {
      const review = await reviewById(tx, id);
      const [known] = await tx.query('select 1 from jurisdiction_ref where id = $1', [review.authority]);
      const fit = acceptConclusion(given, review, { places, known: known !== undefined });
      if (!fit.ok) return fit;
      const done = await tx.execute(
        `update review set state = $3, reasons = $4, procedure = $5, concluded_at = $6, concluded_by = $7, version = version + 1 where id = $1 and version = $2 and state = 'open'`,
        [id, version, given.outcome, given.reasons, given.procedure, tx.now, by.actor]);
      if (done !== 1) throw new StaleWrite();
      const [name = '', at = ''] = review.pack.split('@');
      const policy = { pack: name, version: Number(at), clauses: review.clauses };
      tx.fact(reviewConcluded, review.institutionId, { reviewId: id, institutionId: review.institutionId, outcome: given.outcome, concludedOn: tx.now.slice(0, 10), policy }, review.jurisdiction);
      tx.certify(decidedByPerson(await this.packs.get(review.pack), {
        kind: 'review', subject: id, about: [review.institutionId], jurisdiction: review.authority, inputs: { reasons: given.reasons, procedure: given.procedure, ground: review.ground, notes: review.notes.map(({ what }) => what) },
        outcome: given.outcome, clauses: review.clauses, context: { year: review.year, line: review.line, redYears: review.redYears, dueOn: review.dueOn },
      }));
      tx.note('review concluded', id, policy, { outcome: given.outcome, reasons: given.reasons, procedure: given.procedure });
      return reviewById(tx, id);
    });
  }
}
