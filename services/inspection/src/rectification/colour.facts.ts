import { Injectable } from '@nestjs/common';
import { parseNotice, withNotice } from '@zhijian/calendar';
import type { Fact, FactKind } from '@zhijian/contracts';
import type { calendarLoaded } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { Calendars } from '@zhijian/service-kit';
import { QuotaStore } from '../check/quota.store.js';
import { keepColour, keepYear, type Opened, type Published, type Withdrawn } from './colour.store.js';
import { RectificationOrder } from './rectification.order.js';

type Loaded = Fact<typeof calendarLoaded extends FactKind<infer T> ? T : never>;

/** What the colours of a year change in this room: who owes a report, and who is to be checked how often. */
@Injectable()
export class ColourFacts {
  constructor(private readonly orders: RectificationOrder, private readonly quotas: QuotaStore, private readonly calendars: Calendars) {}

  opened(fact: Opened, tx: Tx): Promise<void> {
    return this.quotas.opened(fact, tx);
  }

  registered(fact: Parameters<QuotaStore['registered']>[0], tx: Tx): Promise<void> {
    return this.quotas.registered(fact, tx);
  }

  async published(fact: Published, tx: Tx): Promise<void> {
    const begun = await keepYear(tx, fact.data);
    if (!(await keepColour(tx, fact))) return;
    await this.orders.follow(fact, tx);
    await this.quotas.follow(fact, tx, begun);
  }

  async withdrawn(fact: Withdrawn, tx: Tx): Promise<void> {
    await keepYear(tx, fact.data);
    if (!(await keepColour(tx, fact))) return;
    await this.orders.withdrawn(fact, tx);
    await this.quotas.withdrawn(fact, tx);
  }

  /** A holiday notice that was confirmed: provisional days become certain. */
  async calendarLoaded({ data: { noticeId, title, calendar: _version, ...notice } }: Loaded, tx: Tx): Promise<void> {
    const calendar = withNotice(this.calendars.current(), parseNotice({ ...notice, ...(title === null ? {} : { title }) }));
    await this.orders.review(tx, calendar, { noticeId, year: notice.year });
    await this.orders.recount(tx, calendar);
  }
}
