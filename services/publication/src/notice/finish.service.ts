import { Injectable } from '@nestjs/common';
import type { NoticeStep, Settled } from '@zhijian/contracts/activities';
import { UnitOfWork, type Caller } from '@zhijian/persistence';
import { Clock, notYet, PackShelf } from '@zhijian/service-kit';
import { publishReady } from './finish.work.js';
import { packNameOf, takeNotice } from './notice.store.js';

/** What a notice's workflow orders: when it is over, and the publication of what may be published then. */
@Injectable()
export class FinishService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly clock: Clock) {}

  /** When the notice is over, and whether that instant has come. */
  step(noticeId: string, by: Caller): Promise<NoticeStep> {
    return this.uow.run(by, async (tx) => {
      const { state, until, clauses, calendar, pack, packVersion } = await takeNotice(tx, noticeId);
      const named = { pack: packNameOf({ pack, packVersion }), calendar: calendar ?? '', clauses: clauses.map(({ id }) => id) };
      return { state: state === 'posted' ? 'posted' : state === 'withdrawn' ? 'withdrawn' : 'ended', dueAt: until!, wakeAt: this.clock.wakeAt(until!), passed: this.clock.passed(until!), ...named };
    });
  }

  /** Ends the notice when its last day is over, and publishes every entry that no objection holds back. Before that instant the step waits. */
  publish(noticeId: string, by: Caller): Promise<Settled> {
    return this.uow.run(by, async (tx) => {
      const notice = await takeNotice(tx, noticeId);
      if (notice.state === 'withdrawn') return { published: 0, ready: 0, waiting: 0, settled: true };
      if (!this.clock.passed(notice.until!)) throw notYet(this.clock.wait(notice.until!));
      if (notice.state === 'posted') await tx.execute(`update notice set state = 'ended', ended_at = $2, version = version + 1 where id = $1 and state = 'posted'`, [noticeId, tx.now]);
      return publishReady(tx, notice, await this.packs.get(packNameOf(notice)), null);
    });
  }
}
