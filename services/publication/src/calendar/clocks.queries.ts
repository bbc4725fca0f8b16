import { Injectable } from '@nestjs/common';
import { localDate } from '@zhijian/calendar';
import type { AnswerOf, gateway as http, QueryOf } from '@zhijian/contracts/http';
import { Calendars, Clock, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { noticeReason, postingRuleOf } from '../notice/notice.rules.js';
import { raisedOn } from '../objection/objection.queries.js';
import { dueReason } from '../objection/objection.rules.js';

type Answer = AnswerOf<typeof http.listClocks>;
type Line = Answer['items'][number];
type Row = Omit<Line, 'because'> & { since: string; dueStated: boolean; chosen: boolean };
const most = 3000;

/** A notice stands for everybody to read; who plans by it is its own place. */
const ofReader = `(current_setting('app.reach', true) <> 'places' or s.jurisdiction = any(string_to_array(current_setting('app.places', true), ',')))`;
/** The last days of notices that were posted and not taken back, and the days of objections' answers; of a text's own and of a publisher's or officer's choosing. */
const ending = `with ended as (
    select 'notice' as kind, n.jurisdiction, null as institution, n.id as subject, '公示：' || n.title as title, n.last_day as due_on, true as firm, n.state = 'posted' as open, false as overdue, n.posted_on::text as since, true as due_stated,
           n.last_day <> (select max(d) from unnest(n.counted) d) as chosen, jsonb_path_query_array(n.clauses, '$[*].id') as clauses, n.pack || '@' || n.pack_version as pack, n.calendar
      from notice n where n.state in ('posted', 'ended', 'settled') and n.last_day between $1::date and $2::date
    union all
    select 'objection', o.jurisdiction, e.name, o.id, '答复异议：' || n.title, o.due_on, o.firm, o.state = 'open', o.state = 'open' and o.firm and ((o.due_on + 1)::timestamp at time zone 'Asia/Shanghai') <= $4, ${raisedOn('o', 'w')}, o.due_stated,
           false, o.clauses, n.pack || '@' || n.pack_version, o.calendar
      from objection o join notice n on n.id = o.notice_id join notice_entry e on e.notice_id = o.notice_id and e.institution_id = o.institution_id join objection_word w on w.objection_id = o.id and w.what = 'raised'
     where o.due_on between $1::date and $2::date and o.outcome is distinct from 'withdrawn')
  select s.kind, null as "campaignId", case s.kind when 'notice' then '公示' else '异议' end as campaign, s.jurisdiction as unit, coalesce(j.name, s.jurisdiction) as "unitName", s.institution, s.subject, s.kind || '-' || s.subject as duty, s.title,
         s.due_on::text as "dueOn", s.firm, false as planned, (s.open and not s.overdue)::int as open, s.overdue::int as overdue, (not s.open)::int as done, s.since, s.due_stated as "dueStated", s.chosen, s.clauses, s.pack, s.calendar
    from ended s left join jurisdiction_ref j on j.id = s.jurisdiction
   where ${ofReader} and ($3::text is null or s.jurisdiction = $3) order by s.due_on, s.kind, s.subject limit ${most + 1}`;

/** Days on which a notice or the time for an answer ends, by place and body, each with how it was reckoned. */
@Injectable()
export class ClockQueries {
  constructor(private readonly dataSource: DataSource, private readonly clock: Clock, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** Of a campaign there is nothing here: notices are of a year of colours. */
  async between({ from, to, campaignId, unit }: QueryOf<typeof http.listClocks>): Promise<Answer> {
    if (campaignId !== undefined) return { items: [], more: false };
    const rows = await this.dataSource.query<Row[]>(ending, [from, to, unit ?? null, this.clock.now()]);
    return { items: await Promise.all(rows.slice(0, most).map((row) => this.line(row))), more: rows.length > most };
  }

  private async line({ since, dueStated, chosen, ...line }: Row): Promise<Line> {
    const pack = await this.packs.get(line.pack);
    if (line.kind === 'objection') return { ...line, because: dueReason(pack, { dueOn: line.dueOn, dueStated, raisedOn: since }, this.calendars.current()).because };
    const rule = postingRuleOf(pack, localDate(since));
    return { ...line, because: noticeReason(rule, { postedOn: since, lastDay: line.dueOn, chosen }, this.calendars.current()) };
  }
}
