import { Controller } from '@nestjs/common';
import { isRefused } from '@zhijian/contracts';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { SampleQueries } from './sample.queries.js';
import { SampleService } from './sample.service.js';

@Controller()
export class SampleController {
  constructor(private readonly samples: SampleService, private readonly queries: SampleQueries) {}

  @Serve(http.drawInstitutions) async draw(@Call() { params, principal, by }: CallOf<typeof http.drawInstitutions>) {
    const done = await this.samples.draw(params.campaignId, params.sample, principal, by);
    return isRefused(done) ? done : this.queries.one(done.campaignId, done.sample);
  }

  @Serve(http.getSample) one(@Call() { params }: CallOf<typeof http.getSample>) {
    return this.queries.one(params.campaignId, params.sample);
  }
}
