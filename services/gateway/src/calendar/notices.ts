import { nameOfNotice, withNotice, type HolidayNotice } from '@zhijian/calendar';
import { actorOf, type Principal } from '@zhijian/access';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId } from '@zhijian/contracts';
import { calendarLoaded, calendarProposed } from '@zhijian/contracts/facts';
import { StaleWrite, type Caller, type Tx, type UnitOfWork } from '@zhijian/persistence';
import type { DataSource } from 'typeorm';
import type { PackReader } from '../pack/packs.js';
import { Trouble } from '../problem.js';
import type { NoticeFiles } from './notice-files.js';

interface Row {
  id: string; notice: HolidayNotice; state: 'preview' | 'confirmed'; calendar: string;
  loadedBy: string; loadedAt: Date; confirmedBy: string | null; confirmedAt: Date | null; version: number;
}
const columns = `id, notice, state, calendar, loaded_by as "loadedBy", loaded_at as "loadedAt", confirmed_by as "confirmedBy", confirmed_at as "confirmedAt", version`;

const shown = ({ id, notice: { year, number, title, source, off, workdays }, ...row }: Row) => ({
  noticeId: id, year, number, title: title ?? null, source: source ?? null, off, workdays, state: row.state, calendar: row.calendar,
  loadedBy: row.loadedBy, loadedAt: new Date(row.loadedAt).toISOString(), confirmedBy: row.confirmedBy, confirmedAt: row.confirmedAt && new Date(row.confirmedAt).toISOString(), version: row.version,
});
export type ShownNotice = ReturnType<typeof shown>;

/** Who enters or confirms, and the key that makes a repetition answer what the first call answered. */
export interface By { principal: Principal; key: string }
const callerOf = ({ principal, key }: By, address: string, body: unknown): Caller =>
  ({ actor: actorOf(principal), jurisdiction: principal.places[0]?.code ?? '', cause: `http/${newId()}`, once: { key: `http/${principal.id}/POST ${address}/${key}`, body } });

const stated = (id: string, { year, number, title, off, workdays }: HolidayNotice) => ({ noticeId: id, year, number, title: title ?? null, off: [...off], workdays: [...workdays] });

/** Holiday notices: entered by an officer or an operator, in force only when an officer has confirmed them. */
export class Notices {
  constructor(private readonly dataSource: DataSource, private readonly uow: UnitOfWork, private readonly files: NoticeFiles, private readonly packs: Pick<PackReader, 'groundsOf'>) {}

  async list(limit: number, after: string | undefined) {
    const rows = await this.dataSource.query<Row[]>(`select ${columns} from calendar_notice where $2::uuid is null or id < $2::uuid order by id desc limit $1`, [limit, after ?? null]);
    return { items: rows.map(shown), next: rows.length === limit ? rows.at(-1)!.id : null };
  }

  /** Keeps a notice as a preview and asks the rooms, by a fact, which clocks it would move. */
  async propose(notice: HolidayNotice, by: By): Promise<ShownNotice> {
    return this.uow.run(callerOf(by, '/api/v1/calendar-notices', notice), async (tx) => {
      const id = newId();
      const [row] = await tx.query<Row>(
        `insert into calendar_notice (id, year, notice, calendar, loaded_by, loaded_at) values ($1, $2, $3, $4, $5, $6) returning ${columns}`,
        [id, notice.year, JSON.stringify(notice), withNotice(this.files.calendar(), notice).version, tx.by.actor, tx.now]);
      tx.fact(calendarProposed, String(notice.year), stated(id, notice));
      tx.note('calendar proposed', id, null, { year: notice.year, notice: nameOfNotice(notice) });
      return shown(row!);
    });
  }

  /** Puts a notice in force. Its file is written after the commit, and again whenever it is missing. @throws Trouble 404, 409; StaleWrite */
  async confirm(id: string, version: number, by: By): Promise<ShownNotice> {
    const confirmed = await this.uow.run(callerOf(by, `/api/v1/calendar-notices/${id}/confirmation`, { id, version }), async (tx) => {
      const row = await this.confirmed(tx, id, version);
      tx.fact(calendarLoaded, String(row.notice.year), { ...stated(id, row.notice), calendar: row.calendar });
      const { pack, clauses, reason } = await this.packs.groundsOf('calendar', { on: tx.now.slice(0, 10) });
      tx.certify(decidedByPerson(pack, {
        kind: 'calendar', clauses, subject: id, about: [String(row.notice.year)], inputs: { notice: { ...row.notice }, enteredBy: row.loadedBy }, outcome: { calendar: row.calendar }, reason: [`确认${nameOfNotice(row.notice)}`, ...(reason === null ? [] : [reason])].join('；'), calendar: row.calendar,
      }));
      tx.note('calendar loaded', id, null, { year: row.notice.year, notice: nameOfNotice(row.notice), calendar: row.calendar });
      return shown(row);
    });
    await this.complete();
    return confirmed;
  }

  /** Every confirmed notice stands as a file: at the start, and after each confirmation. */
  async complete(): Promise<void> {
    this.files.complete(await this.dataSource.query(`select id, ord, notice from calendar_notice where state = 'confirmed' order by ord`));
  }

  private async confirmed(tx: Tx, id: string, version: number): Promise<Row> {
    await tx.query(`select pg_advisory_xact_lock(hashtext('calendar-notice'))`); // one at a time: their order is the calendar's
    const [known] = await tx.query<Row>(`select ${columns} from calendar_notice where id = $1`, [id]);
    if (!known) throw new Trouble(404, 'not-found', '没有找到这份放假通知');
    if (known.state === 'confirmed') throw new Trouble(409, 'notice-confirmed', '这份放假通知已经确认');
    const [row] = await tx.query<Row>(
      `update calendar_notice set state = 'confirmed', ord = (select coalesce(max(ord), 0) + 1 from calendar_notice), calendar = $3, confirmed_by = $4, confirmed_at = $5, version = version + 1
        where id = $1 and version = $2 returning ${columns}`, [id, version, withNotice(this.files.calendar(), known.notice).version, tx.by.actor, tx.now]);
    if (!row) throw new StaleWrite();
    return row;
  }
}
