import { Injectable } from '@nestjs/common';
import { parseNotice, withNotice, type Calendar } from '@zhijian/calendar';
import type { Fact, FactKind } from '@zhijian/contracts';
import { noticeClocksPreviewed, type calendarLoaded, type calendarProposed } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { Calendars, inParts, keepForReview, keepPreview, PackShelf, type Preview, type ReviewLine } from '@zhijian/service-kit';
import { lengtheningOf, lengthenNotice } from '../notice/lengthen.work.js';
import { packNameOf, policyOf, takeNotice, type NoticeRow } from '../notice/notice.store.js';
import { answersToReview, objectionDays, recountObjections } from '../objection/recount.work.js';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
type Proposed = Fact<DataOf<typeof calendarProposed>>;
type Loaded = Fact<DataOf<typeof calendarLoaded>>;

/** The notices with something open that rests on the calendar, or with something answered on a provisional day; each is taken in the order of its id. */
const concerned = `select id from notice n where n.state = 'posted' or exists (select 1 from objection o where o.notice_id = n.id and o.due_stated and (o.state = 'open' or not o.firm)) order by id`;

/** What a holiday notice does in this room: entered, it is answered with what it would move; confirmed, it moves it. */
@Injectable()
export class CalendarFacts {
  constructor(private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** Lists the running notices that would be lengthened and the days of open objections that would move. Moves nothing. */
  async proposed({ data }: Proposed, tx: Tx): Promise<void> {
    const calendar = this.with(data);
    const all: Preview = { moved: [], kept: [] };
    await this.each(tx, async (notice, pack) => {
      const { moved, kept } = together(await lengtheningOf(tx, notice, pack, calendar), await objectionDays(tx, notice, pack, calendar));
      for (const part of inParts(moved)) tx.fact(noticeClocksPreviewed, notice.jurisdiction, { holidayNoticeId: data.noticeId, jurisdiction: notice.jurisdiction, calendar: calendar.version, ...part, policy: policyOf(notice, []) }, notice.jurisdiction);
      all.moved.push(...moved);
      all.kept.push(...kept);
    });
    await keepPreview(tx, data.noticeId, calendar.version, all);
  }

  /** A running notice that has lost a working day is lengthened; days of open objections are counted again, and provisional ones become certain; what was answered on a day that is earlier now is listed. */
  async loaded({ data }: Loaded, tx: Tx): Promise<void> {
    const calendar = this.with(data);
    const review: ReviewLine[] = [];
    await this.each(tx, async (notice, pack) => {
      await lengthenNotice(tx, notice, pack, calendar);
      await recountObjections(tx, notice, pack, calendar);
      review.push(...(await answersToReview(tx, notice, pack, calendar, data.year)));
    });
    await keepForReview(tx, data.noticeId, calendar.version, review);
  }

  private async each(tx: Tx, work: (notice: NoticeRow, pack: Pack) => Promise<void>): Promise<void> {
    for (const { id } of await tx.query<{ id: string }>(concerned)) {
      const notice = await takeNotice(tx, id);
      await work(notice, await this.packs.get(packNameOf(notice)));
    }
  }

  private with({ noticeId: _id, title, ...notice }: Proposed['data'] & { calendar?: string }): Calendar {
    const { calendar: _version, ...own } = notice;
    return withNotice(this.calendars.current(), parseNotice({ ...own, ...(title === null ? {} : { title }) }));
  }
}

/** A notice that is lengthened, or would be shortened and is not, and the days of its objections, as lines of the preview. */
function together(notice: Awaited<ReturnType<typeof lengtheningOf>>, objections: Awaited<ReturnType<typeof objectionDays>>): Preview {
  const days = [...(notice ? [notice] : []), ...objections];
  return { moved: days.flatMap(({ line, verdict }) => (verdict === 'moved' ? [line] : [])), kept: days.flatMap(({ line, verdict }) => (verdict === 'moved' ? [] : [{ ...line, why: verdict }])) };
}
