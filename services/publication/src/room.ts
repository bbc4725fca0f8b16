import type { RoomDescription } from '@zhijian/service-kit';
import { publicationActivities } from './activities.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { ClockQueries } from './calendar/clocks.queries.js';
import { CalendarFacts } from './calendar/calendar.facts.js';
import { handlers } from './facts.js';
import { DraftService } from './notice/draft.service.js';
import { FinishService } from './notice/finish.service.js';
import { NoticeController } from './notice/notice.controller.js';
import { NoticeQueries } from './notice/notice.queries.js';
import { noticeSentences, publicationSentences } from './notice/notice.rules.js';
import { NoticeService } from './notice/notice.service.js';
import { ObjectionController } from './objection/objection.controller.js';
import { ObjectionQueries } from './objection/objection.queries.js';
import { objectionSentences } from './objection/objection.rules.js';
import { ObjectionService } from './objection/objection.service.js';
import { PenaltyService } from './penalty/penalty.service.js';
import { AuditedQueries } from './record/audited.queries.js';
import { PublicationQueries } from './record/publication.queries.js';
import { PublicationService } from './record/publication.service.js';
import { RecordService } from './record/record.service.js';
import { OpenTaskQueries } from './task/open-task.queries.js';

export const room: RoomDescription = {
  room: 'publication',
  providers: [RecordService, AuditedQueries, DraftService, CalendarFacts, ClockQueries, NoticeService, NoticeQueries, FinishService, ObjectionService, ObjectionQueries, PublicationService, PublicationQueries, PenaltyService, OpenTaskQueries],
  controllers: [CalendarController, NoticeController, ObjectionController],
  audited: { inject: [AuditedQueries], make: (queries: AuditedQueries) => (asked) => queries.of(asked) },
  hears: ['qualification', 'quality-control', 'inspection', 'gateway'],
  handlers: { inject: [RecordService, DraftService, CalendarFacts, PenaltyService], make: handlers },
  tasks: { inject: [OpenTaskQueries], make: (queries: OpenTaskQueries) => (asked) => queries.of(asked) },
  activities: { inject: [FinishService], make: publicationActivities },
  sentences: { ...noticeSentences, ...publicationSentences, ...objectionSentences },
};
