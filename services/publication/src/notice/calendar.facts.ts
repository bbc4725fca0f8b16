import { Injectable } from '@nestjs/common';
import { parseNotice, withNotice } from '@zhijian/calendar';
import type { Fact, FactKind } from '@zhijian/contracts';
import type { calendarLoaded } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { Calendars, PackShelf } from '@zhijian/service-kit';
import { recountObjections } from '../objection/recount.work.js';
import { lengthenNotice } from './lengthen.work.js';
import { packNameOf, takeNotice } from './notice.store.js';

type Loaded = Fact<typeof calendarLoaded extends FactKind<infer T> ? T : never>;

/** The notices with something open that rests on the calendar; each is taken in the order of its id. */
const concerned = `select id from notice n where n.state = 'posted' or exists (select 1 from objection o where o.notice_id = n.id and o.state = 'open' and o.due_stated) order by id`;

/** What a confirmed holiday notice changes in this room. */
@Injectable()
export class CalendarFacts {
  constructor(private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** A running notice that has lost a working day is lengthened; days of open objections are counted again, and provisional ones become certain. */
  async loaded({ data: { noticeId: _id, title, calendar: _version, ...own } }: Loaded, tx: Tx): Promise<void> {
    const calendar = withNotice(this.calendars.current(), parseNotice({ ...own, ...(title === null ? {} : { title }) }));
    for (const { id } of await tx.query<{ id: string }>(concerned)) {
      const notice = await takeNotice(tx, id);
      const pack = await this.packs.get(packNameOf(notice));
      await lengthenNotice(tx, notice, pack, calendar);
      await recountObjections(tx, notice, pack, calendar);
    }
  }
}
