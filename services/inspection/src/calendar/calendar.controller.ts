import { Controller } from '@nestjs/common';
import { gateway as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { ClockQueries } from './clocks.queries.js';

/**
 * Of the list for all places the lines that the reader may see: a duty with its unit, a report with itself. Names are those of
 * today. Lines of before they named their kind are duties: `campaign/<id>/<unit>/<duty>`.
 */
const seen = (lines: string): string => `coalesce((
    select jsonb_agg(jsonb_build_object('kind', 'duty', 'institutionId', null, 'bodies', 0, 'place', split_part(line->>'clock', '/', 3)) || line
        || jsonb_build_object('placeName', coalesce(line->>'placeName', j.name, line->>'place', split_part(line->>'clock', '/', 3)), 'institution', i.name) order by l.ord)
      from jsonb_array_elements(${lines}) with ordinality as l(line, ord)
      left join jurisdiction_ref j on j.id = line->>'place' left join institution_ref i on i.institution_id::text = line->>'institutionId'
      left join rectification r on line->>'kind' = 'rectification-report' and r.id::text = split_part(line->>'clock', '/', 2)
      left join campaign_unit u on line->>'kind' is distinct from 'rectification-report' and u.campaign_id::text = split_part(line->>'clock', '/', 2) and u.unit = split_part(line->>'clock', '/', 3)
     where r.id is not null or u.id is not null), '[]')`;
const preview = `select notice_id as "noticeId", calendar, heard_at as "heardAt", ${seen('moved')} as moved, ${seen('kept')} as kept, ${seen('review')} as review from calendar_preview where notice_id = $1`;

@Controller()
export class CalendarController {
  constructor(private readonly dataSource: DataSource, private readonly clocks: ClockQueries) {}

  @Serve(http.listClocks) between(@Call() { query }: CallOf<typeof http.listClocks>) {
    return this.clocks.between(query);
  }

  @Serve(http.getCalendarPreview) async preview(@Call() { params }: CallOf<typeof http.getCalendarPreview>) {
    const [row] = await this.dataSource.query<object[]>(preview, [params.noticeId]);
    if (!row) throw notFound('这份放假通知的期限变动清单');
    return row;
  }
}
