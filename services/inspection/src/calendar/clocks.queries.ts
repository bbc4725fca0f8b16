import { Injectable } from '@nestjs/common';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { DataSource } from 'typeorm';

const most = 3000;

/** Obligations of running campaigns that end in a stretch of days, and planned duties whose stage has not opened, as they would. */
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
    select l.* from laid l where not exists (select 1 from obligation o where o.campaign_id = l.campaign_id and o.unit = l.unit and o.duty = l.duty))
  select k.campaign_id as "campaignId", c.name as campaign, k.unit, case when k.unit = $5 then '全行动' else u.name end as "unitName", k.duty, k.title, k.due_on::text as "dueOn", k.firm, k.planned, k.open, k.overdue, k.done, k.because,
         k.clauses::jsonb as clauses, c.pack || '@' || c.pack_version as pack, c.calendar
    from both_kinds k join campaign c on c.id = k.campaign_id join campaign_unit u on u.campaign_id = k.campaign_id and u.unit = k.unit
   where ($3::uuid is null or k.campaign_id = $3) and ($4::text is null or k.unit = $4)
   order by k.due_on, c.id, u.ord, k.duty limit ${most + 1}`;

export interface ClockDay {
  campaignId: string; campaign: string; unit: string; unitName: string; duty: string; title: string; dueOn: string; firm: boolean; planned: boolean; open: number; overdue: number; done: number; because: string | null;
  clauses: string[]; pack: string; calendar: string | null;
}
export interface ClocksAsked { from: string; to: string; campaignId?: string | undefined; unit?: string | undefined }

/** The days on which something ends, in one statement however many bodies there are. */
@Injectable()
export class ClockQueries {
  constructor(private readonly dataSource: DataSource) {}

  async between({ from, to, campaignId, unit }: ClocksAsked): Promise<{ items: ClockDay[]; more: boolean }> {
    const items = await this.dataSource.query<ClockDay[]>(ending, [from, to, campaignId ?? null, unit ?? null, wholeCampaign]);
    return { items: items.slice(0, most), more: items.length > most };
  }
}
