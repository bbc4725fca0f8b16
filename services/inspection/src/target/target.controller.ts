import { Controller } from '@nestjs/common';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { TargetQueries } from './target.queries.js';
import { TargetService, type EnteredMeasure } from './target.service.js';

@Controller()
export class TargetController {
  constructor(private readonly targets: TargetQueries, private readonly measures: TargetService, private readonly dataSource: DataSource) {}

  @Serve(http.listTargets) list(@Call() { params, query }: CallOf<typeof http.listTargets>) {
    return this.targets.list(params.campaignId, query.unit);
  }

  @Serve(http.listTargetBodies) bodies(@Call() { params, query }: CallOf<typeof http.listTargetBodies>) {
    return this.targets.bodies(params.campaignId, params.target, query);
  }

  @Serve(http.enterMeasure) enter(@Call() { params, body, principal, by }: CallOf<typeof http.enterMeasure>) {
    return this.measures.enter(params.campaignId, body, principal, by);
  }

  @Serve(http.importMeasures) import(@Call() { params, query, file, principal, by }: CallOf<typeof http.importMeasures>) {
    return this.measures.importAll(params.campaignId, query.unit, file!, principal, by);
  }

  @Serve(http.listMeasures) async entered(@Call() { params, query }: CallOf<typeof http.listMeasures>) {
    const items = await this.dataSource.query<EnteredMeasure[]>(
      `select id as "measureId", unit, measure, kind, count::float8 as count, as_of::text as "asOf", source, entered_at as "enteredAt", actor from measure_entry
        where campaign_id = $1 and ($2::text is null or unit = $2) and ($3::text is null or measure = $3) and ($4::uuid is null or id < $4) order by id desc limit $5`,
      [params.campaignId, query.unit ?? null, query.measure ?? null, query.cursor ?? null, query.limit]);
    return { items, next: items.length === query.limit ? items.at(-1)!.measureId : null };
  }
}
