import { Injectable } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { localDate, workingDaysBetween } from '@zhijian/calendar';
import { isRefused } from '@zhijian/contracts';
import type { AnswerOf, QueryOf, inspection } from '@zhijian/contracts/http';
import { scaleOf, type Pack } from '@zhijian/policy';
import { beijing, Calendars, Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { acceptLimit, limitRuleOf, mayVerify } from './limit.rules.js';
import { limiterRefused } from './limit.service.js';
import { boardColumn, boardOf, countedDays, notIn } from './rectification.rules.js';
import { receiverRefused } from './rectification.service.js';

type Listed = AnswerOf<typeof inspection.listRectifications>['items'][number];
type One = AnswerOf<typeof inspection.getRectification>;
type Instants = 'dueAt' | 'overdueAt' | 'remindedAt' | 'missedAt';
type Row = Omit<Listed, 'colourTitle' | 'daysLeft' | 'counted' | 'limitClauses' | 'board' | Instants> & Record<Instants, Date | null>;

const columns = `r.id as "rectificationId", r.institution_id as "institutionId", i.name as "institutionName", r.jurisdiction, r.place, r.year, r.colour, r.published_on::text as "publishedOn", r.due_on::text as "dueOn", r.due_at as "dueAt", r.firm, r.because,
    r.state, r.late, r.overdue_at as "overdueAt", r.reminded_at as "remindedAt", r.limit_on::text as "limitOn", r.missed_at as "missedAt", r.rectified_on::text as "rectifiedOn", (select count(*)::int from rectification_report p where p.rectification_id = r.id) as reports, r.version, r.clauses, r.pack || '@' || r.pack_version as pack, r.calendar`;
const from = 'from rectification r join institution_ref i on i.institution_id = r.institution_id';

/** The board of rectification reports, and one body's own. */
@Injectable()
export class RectificationQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly clock: Clock) {}

  /** By due day; those without one last. */
  async list({ limit, cursor, jurisdiction, year, board: at, institutionId }: QueryOf<typeof inspection.listRectifications>) {
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns} ${from} where ($1::text is null or r.id::text > $1) and ($2::text is null or r.jurisdiction = $2) and ($3::int is null or r.year = $3) and ($4::text is null or ${boardColumn} = $4) and ($5::text is null or r.institution_id::text = $5)
        order by r.id limit $6`, [cursor ?? null, jurisdiction ?? null, year ?? null, at ?? null, institutionId ?? null, limit + 1]);
    const items = await Promise.all(rows.slice(0, limit).map((row) => this.shown(row)));
    return { items, next: rows.length > limit ? items.at(-1)!.rectificationId : null };
  }

  /** @throws Missing (404) when there is none, or it is somebody else's */
  async one(id: string, principal: Principal): Promise<One> {
    const [row] = await this.dataSource.query<(Row & Pick<One, 'notes' | 'limits' | 'verification'>)[]>(`select ${columns}, r.notes, r.limits, r.verification ${from} where r.id::text = $1`, [id]);
    if (!row) throw notFound('这份整改任务');
    const { notes, limits, verification, ...listed } = row;
    const history = await this.dataSource.query<One['history']>(
      `select id as "reportId", report, summary, items, sealed_by as "sealedBy", on_behalf as "onBehalf", received_at as "receivedAt", late, state, reasons, decided_at as "decidedAt" from rectification_report where rectification_id = $1 order by report`, [id]);
    const pack = await this.packs.get(row.pack);
    const mayDecide = receiverRefused(pack, row, principal, this.clock.now()) === null;
    return { ...(await this.shown(listed)), history, notes, limits, verification, mayLimit: this.mayLimit(pack, row, principal), mayVerify: mayDecide && mayVerify(row), mayDecide };
  }

  private mayLimit(pack: Pack, row: Row, principal: Principal): boolean {
    const rule = limitRuleOf(pack, row.publishedOn);
    if (isRefused(rule) || limiterRefused(pack, row, rule, principal, this.clock.now())) return false;
    const today = this.clock.now().slice(0, 10);
    return acceptLimit(row.limitOn ?? today, { ...row, missed: row.missedAt !== null, today, clauses: [] }).ok;
  }

  private async shown({ overdueAt, remindedAt, dueAt, missedAt, ...row }: Row): Promise<Listed> {
    const pack = await this.packs.get(row.pack);
    const colourTitle = scaleOf(pack, 'colour')?.value.values.find(({ id }) => id === row.colour)?.title ?? row.colour;
    const limit = limitRuleOf(pack, row.publishedOn);
    const instant = (at: Date | null): string | null => at && beijing(at.getTime());
    return {
      ...row, colourTitle, counted: [...countedDays(pack, row, this.calendars.current())], limitClauses: [...limit.clauses], dueAt: instant(dueAt), overdueAt: instant(overdueAt), remindedAt: instant(remindedAt), missedAt: instant(missedAt), daysLeft: this.daysLeft(row, overdueAt), board: boardOf({ state: row.state, overdue: overdueAt !== null, late: row.late }),
    };
  }

  private daysLeft({ state, dueOn }: Pick<Row, 'state' | 'dueOn'>, overdueAt: Date | null): number | null {
    const today = localDate(this.clock.now().slice(0, 10));
    if (!notIn.some((one) => one === state) || dueOn === null || overdueAt !== null || dueOn < today) return null;
    return workingDaysBetween(today, localDate(dueOn), this.calendars.current());
  }
}
