import { Controller } from '@nestjs/common';
import { ofBody, mayActFor } from '@zhijian/access';
import { qualification } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { InstitutionQueries, type Institution } from './institution.queries.js';
import { InstitutionService } from './institution.service.js';
import { LineService } from './line.service.js';
import { Places } from './places.js';
import { SuspensionService } from './suspension.service.js';

@Controller()
export class InstitutionController {
  constructor(private readonly institutions: InstitutionService, private readonly queries: InstitutionQueries, private readonly places: Places, private readonly lines: LineService, private readonly suspensions: SuspensionService) {}

  @Serve(qualification.listInstitutions)
  list(@Call() { query }: CallOf<typeof qualification.listInstitutions>) {
    return this.queries.list(query);
  }

  @Serve(qualification.registerInstitution)
  async register(@Call() call: CallOf<typeof qualification.registerInstitution>) {
    for (const place of call.body.serves) await this.places.actIn(call, place);
    return this.institutions.register(call.body, await this.places.actFor(call, call.body));
  }

  /** An institution sees itself only; of others it does not even learn that they exist here. */
  @Serve(qualification.getInstitution)
  async one(@Call() { params, principal }: CallOf<typeof qualification.getInstitution>) {
    if (ofBody(principal) && !mayActFor(principal, params.institutionId)) throw notFound('这家机构');
    return this.queries.withColours(await this.known(params.institutionId));
  }

  @Serve(qualification.editInstitution)
  async edit(@Call() call: CallOf<typeof qualification.editInstitution>) {
    const { institutionId, jurisdiction } = await this.known(call.params.institutionId);
    return this.institutions.edit(institutionId, call.ifMatch, call.body, await this.places.actIn(call, jurisdiction));
  }

  @Serve(qualification.recordFiling)
  async recordFiling(@Call() call: CallOf<typeof qualification.recordFiling>) {
    const { institutionId, jurisdiction } = await this.known(call.params.institutionId);
    return this.institutions.recordFiling(institutionId, call.body, await this.places.actIn(call, jurisdiction));
  }

  @Serve(qualification.closeFiling)
  async closeFiling(@Call() call: CallOf<typeof qualification.closeFiling>) {
    const { institutionId, jurisdiction } = await this.known(call.params.institutionId);
    return this.institutions.closeFiling(institutionId, call.body, await this.places.actIn(call, jurisdiction));
  }

  @Serve(qualification.recordOperation)
  async recordOperation(@Call() call: CallOf<typeof qualification.recordOperation>) {
    const { institutionId } = await this.known(call.params.institutionId);
    return this.institutions.recordOperation(institutionId, call.body, await this.places.actIn(call, call.body.unit));
  }

  @Serve(qualification.recordLine)
  async recordLine(@Call() call: CallOf<typeof qualification.recordLine>) {
    const institution = await this.known(call.params.institutionId);
    return this.lines.record(institution.institutionId, call.body, await this.places.actFor(call, institution));
  }

  @Serve(qualification.endLine)
  async endLine(@Call() call: CallOf<typeof qualification.endLine>) {
    const institution = await this.known(call.params.institutionId);
    return this.lines.end(institution.institutionId, call.body, await this.places.actFor(call, institution));
  }

  @Serve(qualification.suspendLine)
  async suspendLine(@Call() call: CallOf<typeof qualification.suspendLine>) {
    const institution = await this.known(call.params.institutionId);
    return this.suspensions.suspend(institution.institutionId, call.body, await this.places.actFor(call, institution));
  }

  @Serve(qualification.resumeLine)
  async resumeLine(@Call() call: CallOf<typeof qualification.resumeLine>) {
    const institution = await this.known(call.params.institutionId);
    return this.suspensions.resume(institution.institutionId, call.body, await this.places.actFor(call, institution));
  }

  @Serve(qualification.recordService)
  async recordService(@Call() call: CallOf<typeof qualification.recordService>) {
    return this.lines.serve(call.body, await this.places.actIn(call, call.body.place));
  }

  private async known(id: string): Promise<Institution> {
    const institution = await this.queries.one(id);
    if (!institution) throw notFound('这家机构');
    return institution;
  }
}
