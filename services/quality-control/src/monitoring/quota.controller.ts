import { Controller } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { qualityControl as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { QuotaQueries } from './quota.queries.js';
import { MonitoringSummaries } from './summary.service.js';
import { MonitoringVisits } from './visit.service.js';

@Controller()
export class QuotaController {
  constructor(private readonly queries: QuotaQueries, private readonly visits: MonitoringVisits, private readonly summaries: MonitoringSummaries) {}

  @Serve(http.listMonitoringQuotas) quotas(@Call() { params, query }: CallOf<typeof http.listMonitoringQuotas>) {
    return this.queries.list(params, query);
  }

  @Serve(http.listMonitoringFrequencies) frequencies(@Call() { params }: CallOf<typeof http.listMonitoringFrequencies>) {
    return this.queries.frequencies(params);
  }

  @Serve(http.fixMonitoringFrequency) fix(@Call() { params, body, principal, by }: CallOf<typeof http.fixMonitoringFrequency>) {
    return this.visits.fix(params, body, principal, by);
  }

  @Serve(http.listMonitorings) list(@Call() { query }: CallOf<typeof http.listMonitorings>) {
    return this.visits.list(query);
  }

  @Serve(http.recordMonitoring) record(@Call() { body, principal, by }: CallOf<typeof http.recordMonitoring>) {
    return this.visits.record(body, principal, by);
  }

  @Serve(http.getMonitoringSummary) summary(@Call() { params, query, principal }: CallOf<typeof http.getMonitoringSummary>) {
    ofPlace(principal, params.jurisdiction);
    return this.summaries.show(params, query.version);
  }

  @Serve(http.downloadMonitoringSummary) download(@Call() { params, query, principal }: CallOf<typeof http.downloadMonitoringSummary>) {
    ofPlace(principal, params.jurisdiction);
    return this.summaries.download(params, query.version);
  }

  @Serve(http.sendMonitoringSummary) send(@Call() { params, body, principal, by }: CallOf<typeof http.sendMonitoringSummary>) {
    return this.summaries.send(params, body, principal, by);
  }
}

/** A summary is of the whole place: whoever sees only a part of it would be shown other numbers under its name. */
function ofPlace(principal: Principal, jurisdiction: string): void {
  if (principal.role !== 'auditor' && !inPlace(principal, jurisdiction)) throw notFound('这个年度的总结');
}
