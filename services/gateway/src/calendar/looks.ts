import { actorOf, inPlace, type Principal } from '@zhijian/access';
import { newId } from '@zhijian/contracts';
import type { AnswerOf, BodyOf, gateway } from '@zhijian/contracts/http';
import type { UnitOfWork } from '@zhijian/persistence';
import type { DataSource } from 'typeorm';
import { Trouble } from '../problem.js';

type Preview = AnswerOf<typeof gateway.getCalendarPreview>;
type Looked = AnswerOf<typeof gateway.lookAtReview>;
interface Row { clock: string; note: string; lookedBy: string; lookedAt: Date }
const shown = ({ clock, note, lookedBy, lookedAt }: Row): Looked => ({ clock, note, by: lookedBy, at: new Date(lookedAt).toISOString() });

/** 已复核: who looked at what was done on a provisional day, when, and what they say. It moves no day and makes nobody late. */
export class Looks {
  constructor(private readonly dataSource: DataSource, private readonly uow: UnitOfWork) {}

  /** The list as the rooms have shown it to this caller, each line with the latest look at it. */
  async beside(preview: Preview): Promise<Preview> {
    if (preview.review.length === 0) return preview;
    const rows = await this.dataSource.query<Row[]>(
      'select distinct on (clock) clock, note, looked_by as "lookedBy", looked_at as "lookedAt" from calendar_look where notice_id = $1 and clock = any($2::text[]) order by clock, looked_at desc, id desc',
      [preview.noticeId, preview.review.map(({ clock }) => clock)]);
    const looks = new Map(rows.map((row) => [row.clock, shown(row)]));
    return { ...preview, review: preview.review.map((line) => ({ ...line, ...(looks.has(line.clock) && { looked: looks.get(line.clock)! }) })) };
  }

  /**
   * Keeps a look at one line of the list.
   * @param preview the list as this caller may see it
   * @throws Trouble 404 for a line that is not in it, 403 for one of another place
   */
  async look(preview: Preview, { clock, note }: BodyOf<typeof gateway.lookAtReview>, { principal, key }: { principal: Principal; key: string }): Promise<Looked> {
    const line = preview.review.find((one) => one.clock === clock);
    if (!line) throw new Trouble(404, 'not-found', '清单中没有这一项');
    if (!inPlace(principal, line.place)) throw new Trouble(403, 'other-place', '该事项不在您的管辖范围内');
    const { noticeId } = preview;
    const once = { key: `http/${principal.id}/POST /api/v1/calendar-notices/${noticeId}/looks/${key}`, body: { clock, note } };
    return this.uow.run({ actor: actorOf(principal, line.place), jurisdiction: line.place, cause: `http/${newId()}`, texts: [note], names: ['note'], once }, async (tx) => {
      const [row] = await tx.query<Row>(
        'insert into calendar_look (id, notice_id, clock, place, note, looked_by, looked_at) values ($1, $2, $3, $4, $5, $6, $7) returning clock, note, looked_by as "lookedBy", looked_at as "lookedAt"',
        [newId(), noticeId, clock, line.place, note, tx.by.actor, tx.now]);
      tx.note('provisional day looked at', noticeId, null, { clock, old: line.old, new: line.new, note });
      return shown(row!);
    });
  }
}
