import { Controller } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { isRefused } from '@zhijian/contracts';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { CheckQueries } from './check.queries.js';
import { CheckService } from './check.service.js';
import { SummaryService } from './summary.service.js';
import { YearQueries } from './year.queries.js';

@Controller()
export class CheckController {
  constructor(private readonly checks: CheckService, private readonly queries: CheckQueries, private readonly years: YearQueries, private readonly summaries: SummaryService) {}

  @Serve(http.listColourYears) list(@Call() { query }: CallOf<typeof http.listColourYears>) {
    return this.years.years(query);
  }

  @Serve(http.getColourYear) year(@Call() { params }: CallOf<typeof http.getColourYear>) {
    return this.years.one(params);
  }

  @Serve(http.listQuotas) quotas(@Call() { params, query }: CallOf<typeof http.listQuotas>) {
    return this.years.quotas(params, query);
  }

  @Serve(http.listChecks) checksOf(@Call() { query }: CallOf<typeof http.listChecks>) {
    return this.queries.list(query);
  }

  @Serve(http.recordCheck) async record(@Call() { body, principal, by }: CallOf<typeof http.recordCheck>) {
    const done = await this.checks.record(body, principal, by);
    return isRefused(done) ? done : this.queries.one(done.checkId);
  }

  @Serve(http.getInspectionSummary) summary(@Call() { params, query, principal }: CallOf<typeof http.getInspectionSummary>) {
    ofPlace(principal, params.jurisdiction);
    return this.summaries.show(params, query.version);
  }

  @Serve(http.downloadInspectionSummary) download(@Call() { params, query, principal }: CallOf<typeof http.downloadInspectionSummary>) {
    ofPlace(principal, params.jurisdiction);
    return this.summaries.download(params, query.version);
  }

  @Serve(http.sendInspectionSummary) send(@Call() { params, body, principal, by }: CallOf<typeof http.sendInspectionSummary>) {
    return this.summaries.send(params, body, principal, by);
  }
}

/** A summary is of the whole place: whoever sees only a part of it would be shown other numbers under its name. */
function ofPlace(principal: Principal, jurisdiction: string): void {
  if (principal.role !== 'auditor' && !inPlace(principal, jurisdiction)) throw notFound('这个年度的总结');
}
