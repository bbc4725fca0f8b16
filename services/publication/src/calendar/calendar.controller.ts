import { Controller } from '@nestjs/common';
import { gateway as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { ClockQueries } from './clocks.queries.js';

/** Of the list for all places the lines of the reader's own, with the names of today. */
const seen = (lines: string): string => `coalesce((
    select jsonb_agg(line || jsonb_build_object('placeName', coalesce(j.name, line->>'place'), 'institution', i.name) order by ord)
      from jsonb_array_elements(${lines}) with ordinality as l(line, ord)
      left join jurisdiction_ref j on j.id = line->>'place' left join institution_ref i on i.institution_id = line->>'institutionId'
     where current_setting('app.reach', true) <> 'places' or line->>'place' = any(string_to_array(current_setting('app.places', true), ','))), '[]')`;
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
