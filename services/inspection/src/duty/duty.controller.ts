import { Controller } from '@nestjs/common';
import { ofBody } from '@zhijian/access';
import { isRefused } from '@zhijian/contracts';
import { inspection as http } from '@zhijian/contracts/http';
import { writeTable } from '@zhijian/documents';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { DutyQueries } from './duty.queries.js';
import { DutyService } from './duty.service.js';

@Controller()
export class DutyController {
  constructor(private readonly duties: DutyService, private readonly queries: DutyQueries) {}

  @Serve(http.recordDuty) async record(@Call() { params, body, principal, by }: CallOf<typeof http.recordDuty>) {
    const done = await this.duties.record(params.campaignId, params.duty, body, principal, by);
    return isRefused(done) ? done : this.queries.one(done.recordId);
  }

  @Serve(http.importDutyRecord) async import(@Call() { params, query, file, principal, by }: CallOf<typeof http.importDutyRecord>) {
    const given = { unit: query.unit, institutionId: query.institutionId ?? null, doneOn: query.doneOn, note: '', inputs: {}, sealedBy: query.sealedBy ?? null, onBehalf: null };
    const done = await this.duties.importAll(params.campaignId, params.duty, given, file!, principal, by);
    return isRefused(done) ? done : this.queries.one(done.recordId);
  }

  @Serve(http.downloadDutyTemplate) async template(@Call() { params, query }: CallOf<typeof http.downloadDutyTemplate>) {
    const layout = await this.duties.table(params.campaignId, query.unit, params.duty);
    return isRefused(layout) ? layout : { file: await writeTable(layout, []), fileName: `${layout.title}（空白）.xlsx`, type: http.downloadDutyTemplate.answersFile! };
  }

  /** A body sees its own records only. */
  @Serve(http.listDutyRecords) list(@Call() { params, query, principal }: CallOf<typeof http.listDutyRecords>) {
    const own = principal.places.flatMap(({ institutionId }) => (institutionId ? [institutionId] : []));
    const named = query.institutionId ? [query.institutionId] : undefined;
    const institutions = ofBody(principal) ? own.filter((id) => !named || named.includes(id)) : named;
    return this.queries.list({ ...query, campaignId: params.campaignId, institutions, superseded: query.superseded === 'true' });
  }
}
