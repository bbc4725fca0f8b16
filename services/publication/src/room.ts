import type { RoomDescription } from '@zhijian/service-kit';
import { handlers } from './facts.js';
import { RecordService } from './record/record.service.js';

export const room: RoomDescription = {
  room: 'publication',
  providers: [RecordService],
  hears: ['qualification'],
  handlers: { inject: [RecordService], make: handlers },
};
