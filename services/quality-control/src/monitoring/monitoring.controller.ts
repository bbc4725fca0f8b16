import { Controller } from '@nestjs/common';
import { qualityControl } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { MonitoringQueries } from './monitoring.queries.js';
import { MonitoringService } from './monitoring.service.js';

@Controller()
export class MonitoringController {
  constructor(private readonly monitoring: MonitoringService, private readonly queries: MonitoringQueries) {}

  @Serve(qualityControl.circulateAssessment)
  circulate(@Call() { body, principal, by }: CallOf<typeof qualityControl.circulateAssessment>) {
    return this.monitoring.circulate(body, principal.places.map(({ code }) => code), by);
  }

  @Serve(qualityControl.listAssessments)
  list(@Call() { query }: CallOf<typeof qualityControl.listAssessments>) {
    return this.queries.list(query);
  }
}
