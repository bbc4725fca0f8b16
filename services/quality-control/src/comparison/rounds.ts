import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { refuse, type Refused } from '@zhijian/contracts';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import type { ComparisonRefusal } from './comparison.rules.js';
import { roundOf, type Round } from './comparison.store.js';

/** Commands in one round come one after the other, in the round's place. */
@Injectable()
export class Rounds {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly packs: PackShelf) {}

  /** @throws notFound where whoever asks sees no such round */
  async run<T>(roundId: string, by: Caller, work: (tx: Tx, round: Round) => Promise<T>): Promise<T> {
    const { row } = await roundOf(this.dataSource, this.packs, roundId);
    return this.uow.run({ ...by, jurisdiction: row.jurisdiction, lock: `comparison/${roundId}` }, async (tx) => work(tx, await roundOf(tx, this.packs, roundId)));
  }

  /** The same, by somebody of the round's place; everybody else who sees it is refused. */
  organise<T>(roundId: string, principal: Principal, by: Caller, work: (tx: Tx, round: Round) => Promise<T>): Promise<T | Refused<ComparisonRefusal>> {
    return this.run<T | Refused<ComparisonRefusal>>(roundId, by, async (tx, round) => (inPlace(principal, round.row.jurisdiction) ? work(tx, round) : refuse('comparison-foreign')));
  }
}
