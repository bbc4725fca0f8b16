import { Injectable } from '@nestjs/common';
import { dayOf } from '@zhijian/calendar';
import type { AnswerOf, QueryOf, publication as http } from '@zhijian/contracts/http';
import { Calendars, Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { colourWord } from '../notice/notice.queries.js';
import { dueReason } from './objection.rules.js';

type Shown = AnswerOf<typeof http.getObjection>;
type Row = Omit<Shown, 'colour' | 'overdue' | 'daysLeft' | 'because' | 'counted'> & { colour: string | null; place: string; raisedOn: string };

/** The day an objection counts from: when its paper came in, or when it was raised. */
export const raisedOn = (objection: string, word: string): string => `coalesce(${word}.source ->> 'receivedOn', to_char(${objection}.raised_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'))`;

const columns = `o.id as "objectionId", o.version, o.notice_id as "noticeId", n.title as "noticeTitle", o.jurisdiction, o.institution_id as "institutionId", e.name, e.colour, o.raised_at as "raisedAt", r.words as grounds, r.source, o.state, o.outcome, a.words || coalesce(chr(10) || k.words, '') as reasons,
    o.answered_at as "answeredAt", to_char(o.due_on, 'YYYY-MM-DD') as "dueOn", o.due_stated as "dueStated", ${raisedOn('o', 'r')} as "raisedOn", o.firm, o.settled_at is not null as settled, o.clauses, n.pack || '@' || n.pack_version as pack, o.calendar,
    concat(case o.state when 'open' then '0' else '1' end, coalesce(o.due_on::text, '9999'), o.id) as place`;
/** Whose words somebody may read, whose objection they see. */
const tables = `objection o join objection_word r on r.objection_id = o.id and r.what = 'raised' join notice n on n.id = o.notice_id join notice_entry e on e.notice_id = o.notice_id and e.institution_id = o.institution_id
  left join objection_word a on a.objection_id = o.id and a.what = 'answered' left join objection_word k on k.objection_id = o.id and k.what = 'kept-after-all'`;

/** Objections as tasks: the open ones first, by their days. */
@Injectable()
export class ObjectionQueries {
  constructor(private readonly dataSource: DataSource, private readonly clock: Clock, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  async list({ limit, cursor, noticeId, institutionId, state }: QueryOf<typeof http.listObjections>, own: readonly string[] | null) {
    const rows = await this.dataSource.query<Row[]>(
      `select * from (select ${columns} from ${tables} where ($1::text is null or o.notice_id = $1) and ($2::text is null or o.institution_id = $2) and ($3::text is null or o.state = $3) and ($4::text[] is null or o.institution_id = any($4))) q
        where $5::text is null or q.place collate "C" > $5 order by q.place collate "C" limit $6`, [noticeId ?? null, institutionId ?? null, state ?? null, own, cursor ?? null, limit + 1]);
    const items = await Promise.all(rows.slice(0, limit).map((row) => this.shown(row)));
    return { items, next: rows.length > limit ? rows[limit - 1]!.place : null };
  }

  async one(objectionId: string): Promise<Shown> {
    const [row] = await this.dataSource.query<Row[]>(`select ${columns} from ${tables} where o.id = $1`, [objectionId]);
    if (!row) throw notFound('这件异议');
    return this.shown(row);
  }

  /** Nobody is late on a provisional day, nor where no day is known. */
  private async shown({ place: _place, raisedOn: from, ...row }: Row): Promise<Shown> {
    const today = dayOf(this.clock.now());
    const left = row.dueOn === null || row.state !== 'open' ? null : Math.round((Date.parse(row.dueOn) - Date.parse(today)) / 86_400_000);
    const reason = dueReason(await this.packs.get(row.pack), { ...row, raisedOn: from }, this.calendars.current());
    return { ...row, ...reason, colour: await colourWord(this.packs, row.pack, row.colour), daysLeft: left, overdue: left !== null && left < 0 && row.firm };
  }
}
