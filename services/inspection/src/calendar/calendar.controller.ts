import { Controller } from '@nestjs/common';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';

@Controller()
export class CalendarController {
  constructor(private readonly dataSource: DataSource) {}

  @Serve(http.getCalendarPreview) async preview(@Call() { params }: CallOf<typeof http.getCalendarPreview>) {
    const [row] = await this.dataSource.query<object[]>('select notice_id as "noticeId", calendar, heard_at as "heardAt", moved, kept from calendar_preview where notice_id = $1', [params.noticeId]);
    if (!row) throw notFound('这份放假通知的期限变动清单');
    return row;
  }
}
