import { Injectable } from '@nestjs/common';
import type { AnswerOf, gateway as http, QueryOf } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { DataSource } from 'typeorm';
import { isNotIn } from '../rectification/rectification.rules.js';

type Answer = AnswerOf<typeof http.listClocks>;
const most = 3000;

/** Obligations of running campaigns that end in a stretch of days, planned duties whose stage has not opened, as they would, and reports of rectification. */
const ending = `with bound as (
    select o.campaign_id, o.unit, o.duty, min(o.title) as title, o.due_on, bool_and(o.firm) as firm, false as planned, min(o.clauses::text) as clauses, null::text as because,
           count(*) filter (where o.state = 'open')::int as open, count(*) filter (where o.state = 'overdue')::int as overdue, count(*) filter (where o.state in ('done', 'late'))::int as done
      from obligation o join campaign c on c.id = o.campaign_id
     where c.state = 'approved' and o.due_on between $1::date and $2::date and o.state <> 'cancelled' group by o.campaign_id, o.unit, o.duty, o.due_on),
  laid as (
    select u.campaign_id, u.unit, d->>'id' as duty, d->>'title' as title, (d->>'dueOn')::date as due_on, (d->>'firm')::boolean as firm, true as planned, d->>'clauses' as clauses, d->>'because' as because, 0 as open, 0 as overdue, 0 as done
      from campaign_unit u join campaign c on c.id = u.campaign_id, jsonb_array_elements(u.stages) s, jsonb_array_elements(s->'duties') d
     where c.state = 'approved' and u.state <> 'finished' and (d->>'dueOn')::date between $1::date and $2::date),
  both_kinds as (
    select b.campaign_id, b.unit, b.duty, b.title, b.due_on, b.firm, b.planned, b.clauses, l.because, b.open, b.overdue, b.done from bound b left join laid l using (campaign_id, unit, duty, due_on)
    union all
    select l.* from laid l where not exists (select 1 from obligation o where o.campaign_id = l.campaign_id and o.unit = l.unit and o.duty = l.duty)),
  reports as (
    select r.year, r.place, r.due_on, bool_and(r.firm) as firm, min(r.because) as because, min(r.clauses::text) as clauses, min(r.pack || '@' || r.pack_version) as pack, min(r.calendar) as calendar,
           count(*) filter (where ${isNotIn} and r.overdue_at is null)::int as open, count(*) filter (where ${isNotIn} and r.overdue_at is not null)::int as overdue, count(*) filter (where not ${isNotIn})::int as done
      from rectification r where r.due_on between $1::date and $2::date and r.state <> 'released' and $3::uuid is null and ($4::text is null or r.place = $4) group by r.year, r.place, r.due_on),
  ended as (
  select 'duty' as kind, k.campaign_id as "campaignId", c.name as campaign, k.unit, case when k.unit = $5 then '全行动' else u.name end as "unitName", k.duty, k.title, k.due_on::text as "dueOn", k.firm, k.planned, k.open, k.overdue, k.done, k.because,
         k.clauses::jsonb as clauses, c.pack || '@' || c.pack_version as pack, c.calendar, u.ord
    from both_kinds k join campaign c on c.id = k.campaign_id join campaign_unit u on u.campaign_id = k.campaign_id and u.unit = k.unit
   where ($3::uuid is null or k.campaign_id = $3) and ($4::text is null or k.unit = $4)
   union all
   select 'rectification-report', null, '整改', r.place, coalesce(j.name, r.place), 'rectification-report-' || r.year, r.year || '年度整改报告', r.due_on::text, r.firm, false, r.open, r.overdue, r.done, r.because, r.clauses::jsonb, r.pack, r.calendar, 0
     from reports r left join jurisdiction_ref j on j.id = r.place)
  select kind, "campaignId", campaign, unit, "unitName", null as institution, null as subject, duty, title, "dueOn", firm, planned, open, overdue, done, because, clauses, pack, calendar
    from ended order by "dueOn", "campaignId" nulls last, ord, unit, duty limit ${most + 1}`;


/** The days on which something ends, in one statement however many bodies there are. */
@Injectable()
export class ClockQueries {
  constructor(private readonly dataSource: DataSource) {}

  async between({ from, to, campaignId, unit }: QueryOf<typeof http.listClocks>): Promise<Answer> {
    const items = await this.dataSource.query<Answer['items']>(ending, [from, to, campaignId ?? null, unit ?? null, wholeCampaign]);
    return { items: items.slice(0, most), more: items.length > most };
  }
}
