import { Controller } from '@nestjs/common';
import { isRefused } from '@zhijian/contracts';
import { qualityControl as http } from '@zhijian/contracts/http';
import { Call, Serve, type CallOf } from '@zhijian/service-kit';
import { CorrectionQueries } from './correction.queries.js';
import { CorrectionService } from './correction.service.js';

@Controller()
export class CorrectionController {
  constructor(private readonly corrections: CorrectionService, private readonly queries: CorrectionQueries) {}

  @Serve(http.draftColourCorrection) async draft(@Call() { body, principal, by }: CallOf<typeof http.draftColourCorrection>) {
    const made = await this.corrections.draft(body, principal, by);
    return isRefused(made) ? made : this.queries.one(made.correctionId);
  }

  @Serve(http.listColourCorrections) list(@Call() { query }: CallOf<typeof http.listColourCorrections>) {
    return this.queries.list(query);
  }

  @Serve(http.getColourCorrection) get(@Call() { params }: CallOf<typeof http.getColourCorrection>) {
    return this.queries.one(params.correctionId);
  }

  @Serve(http.decideColourCorrection) async decide(@Call() { params, body, principal, by }: CallOf<typeof http.decideColourCorrection>) {
    const made = await this.corrections.decide(params.correctionId, body, principal, by);
    return isRefused(made) ? made : this.queries.one(made.correctionId);
  }
}
