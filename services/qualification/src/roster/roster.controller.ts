import { Controller } from '@nestjs/common';
import { qualification } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { RosterQueries } from './roster.queries.js';

@Controller()
export class RosterController {
  constructor(private readonly rosters: RosterQueries) {}

  @Serve(qualification.getRoster)
  async one(@Call() { params }: CallOf<typeof qualification.getRoster>) {
    const roster = await this.rosters.of(params.campaignId, params.unit);
    if (!roster) throw notFound('这个辖区的名单（尚未冻结）');
    return roster;
  }
}
