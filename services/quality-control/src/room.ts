import type { RoomDescription } from '@zhijian/service-kit';
import { qualityControlFacts } from './facts.js';
import { MonitoringController } from './monitoring/monitoring.controller.js';
import { MonitoringQueries } from './monitoring/monitoring.queries.js';
import { monitoringSentences } from './monitoring/monitoring.rules.js';
import { MonitoringService } from './monitoring/monitoring.service.js';

export const room: RoomDescription = {
  room: 'quality-control',
  providers: [MonitoringService, MonitoringQueries],
  controllers: [MonitoringController],
  hears: ['qualification'],
  handlers: { inject: [], make: qualityControlFacts },
  sentences: monitoringSentences,
};
