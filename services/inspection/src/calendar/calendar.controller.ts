import { Controller } from '@nestjs/common';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, Clock, notFound, Serve, type CallOf, type FileAnswer } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { ClockQueries } from './clocks.queries.js';
import { icsOf } from './ics.rules.js';

/** Of the list for all units the lines that the reader may see: a line's clock is `campaign/<id>/<unit>/<duty>`. */
const seen = (lines: string): string => `coalesce((select jsonb_agg(line order by ord) from jsonb_array_elements(${lines}) with ordinality as l(line, ord)
    where exists (select 1 from campaign_unit u where u.campaign_id::text = split_part(line->>'clock', '/', 2) and u.unit = split_part(line->>'clock', '/', 3))), '[]')`;
const preview = `select notice_id as "noticeId", calendar, heard_at as "heardAt", ${seen('moved')} as moved, ${seen('kept')} as kept from calendar_preview where notice_id = $1`;

@Controller()
export class CalendarController {
  constructor(private readonly dataSource: DataSource, private readonly clocks: ClockQueries, private readonly clock: Clock) {}

  @Serve(http.listClocks) between(@Call() { query }: CallOf<typeof http.listClocks>) {
    return this.clocks.between(query);
  }

  @Serve(http.downloadClocks) async ics(@Call() { query }: CallOf<typeof http.downloadClocks>): Promise<FileAnswer> {
    const { items } = await this.clocks.between(query);
    return { file: Buffer.from(icsOf(items, this.clock.now())), fileName: `期限 ${query.from} 至 ${query.to}.ics`, type: 'text/calendar; charset=utf-8' };
  }

  @Serve(http.getCalendarPreview) async preview(@Call() { params }: CallOf<typeof http.getCalendarPreview>) {
    const [row] = await this.dataSource.query<object[]>(preview, [params.noticeId]);
    if (!row) throw notFound('这份放假通知的期限变动清单');
    return row;
  }
}
