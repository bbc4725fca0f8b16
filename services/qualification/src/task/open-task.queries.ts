import { Injectable } from '@nestjs/common';
import type { AskedTasks, OpenTask } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';

/** What is open in this room: reviews, each with the commission of the place that issued the qualification. */
@Injectable()
export class OpenTaskQueries {
  constructor(private readonly dataSource: DataSource) {}

  of({ limit, cursor, unit, only }: AskedTasks): Promise<OpenTask[]> {
    return this.dataSource.query<OpenTask[]>(
      `select task as "taskId", 'review' as kind, title, authority as jurisdiction, agency, null as "dueOn", null as why, null as "campaignId", link from (
         select 'review/' || r.id as task, '研究资质：' || i.name as title, r.authority, coalesce((select a.name from agency_ref a where a.jurisdiction = r.authority and a.kind = 'commission' and a.to_on is null order by a.from_on limit 1), '发证机关') as agency, '/reviews/' || r.id as link
           from review r join institution i on i.id = r.institution_id where r.state = 'open') open
        where ($1::text is null or task collate "C" > $1) and ($2::text is null or authority = $2) and ($3::text[] is null or task = any($3)) order by task collate "C" limit $4`, [cursor ?? null, unit ?? null, only ?? null, limit]);
  }
}
