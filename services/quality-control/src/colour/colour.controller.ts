import { Controller } from '@nestjs/common';
import { mayActFor, ofBody } from '@zhijian/access';
import { isRefused } from '@zhijian/contracts';
import { qualityControl as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { ColourQueries } from './colour.queries.js';
import { ColourService } from './colour.service.js';
import { WhatIfQueries } from './what-if.queries.js';

@Controller()
export class ColourController {
  constructor(private readonly colours: ColourService, private readonly queries: ColourQueries, private readonly whatIfs: WhatIfQueries) {}

  @Serve(http.openColourRun) async open(@Call() { body, principal, by }: CallOf<typeof http.openColourRun>) {
    const made = await this.colours.open(body, principal, by);
    return isRefused(made) ? made : this.queries.run(made.runId);
  }

  @Serve(http.listColourRuns) list(@Call() { query }: CallOf<typeof http.listColourRuns>) {
    return this.queries.list(query);
  }

  @Serve(http.getColourRun) get(@Call() { params }: CallOf<typeof http.getColourRun>) {
    return this.queries.detail(params.runId);
  }

  @Serve(http.listColoured) bodies(@Call() { params, query }: CallOf<typeof http.listColoured>) {
    return this.queries.bodies(params.runId, query);
  }

  @Serve(http.proposeColours) async propose(@Call() { params, principal, by }: CallOf<typeof http.proposeColours>) {
    const made = await this.colours.propose(params.runId, principal, by);
    return isRefused(made) ? made : this.queries.detail(params.runId);
  }

  @Serve(http.signColours) async sign(@Call() { params, body, principal, by }: CallOf<typeof http.signColours>) {
    await this.queries.run(params.runId); // whoever may not see it is not told that it exists
    const made = await this.colours.sign(params.runId, body.digest, principal, by);
    return isRefused(made) ? made : this.queries.detail(params.runId);
  }

  @Serve(http.getColourFlow) flow(@Call() { params }: CallOf<typeof http.getColourFlow>) {
    return this.queries.flow(params.runId);
  }

  @Serve(http.listRedYears) redYears(@Call() { query }: CallOf<typeof http.listRedYears>) {
    return this.queries.redYears(query);
  }

  @Serve(http.getColourHistory) history(@Call() { params, principal }: CallOf<typeof http.getColourHistory>) {
    if (ofBody(principal) && !mayActFor(principal, params.institutionId)) throw notFound('这家机构');
    return this.queries.history(params.institutionId);
  }

  @Serve(http.whatIfColours) whatIf(@Call() { query, principal }: CallOf<typeof http.whatIfColours>) {
    return this.whatIfs.ask(query, principal);
  }
}
