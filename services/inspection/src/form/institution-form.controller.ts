import { Controller } from '@nestjs/common';
import { ofBody, mayActFor, type Principal } from '@zhijian/access';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { InstitutionFormQueries } from './institution-form.queries.js';

@Controller()
export class InstitutionFormController {
  constructor(private readonly forms: InstitutionFormQueries) {}

  @Serve(http.getInstitutionForm) show(@Call() { params, principal }: CallOf<typeof http.getInstitutionForm>) {
    return this.forms.show(own(params, principal));
  }

  @Serve(http.downloadInstitutionForm) download(@Call() { params, principal }: CallOf<typeof http.downloadInstitutionForm>) {
    return this.forms.download(own(params, principal));
  }
}

/** A body sees its own form only. */
function own<P extends { institutionId: string }>(params: P, principal: Principal): P {
  if (ofBody(principal) && !mayActFor(principal, params.institutionId)) throw notFound('这家机构');
  return params;
}
