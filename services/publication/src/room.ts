import type { RoomDescription } from '@zhijian/service-kit';
import { handlers } from './facts.js';
import { AuditedQueries } from './record/audited.queries.js';
import { RecordService } from './record/record.service.js';

export const room: RoomDescription = {
  room: 'publication',
  providers: [RecordService, AuditedQueries],
  audited: { inject: [AuditedQueries], make: (queries: AuditedQueries) => (asked) => queries.of(asked) },
  hears: ['qualification'],
  handlers: { inject: [RecordService], make: handlers },
};
