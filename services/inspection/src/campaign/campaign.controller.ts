import { Controller } from '@nestjs/common';
import { ofBody, mayActFor } from '@zhijian/access';
import { inspection as http } from '@zhijian/contracts/http';
import { Call, notFound, Serve, type CallOf } from '@zhijian/service-kit';
import { AmendmentService } from './amendment.service.js';
import { CampaignQueries } from './campaign.queries.js';
import { CampaignService } from './campaign.service.js';
import { OverviewQueries } from './overview.queries.js';
import { PackVersionService } from './pack-version.service.js';
import { UnitQueries } from './unit.queries.js';

@Controller()
export class CampaignController {
  constructor(private readonly campaigns: CampaignService, private readonly queries: CampaignQueries, private readonly overviews: OverviewQueries, private readonly units: UnitQueries, private readonly amendments: AmendmentService, private readonly packVersions: PackVersionService) {}

  @Serve(http.listCampaigns) list(@Call() { query }: CallOf<typeof http.listCampaigns>) {
    return this.queries.list(query.limit, query.cursor);
  }

  @Serve(http.draftCampaign) draft(@Call() { body, principal, by }: CallOf<typeof http.draftCampaign>) {
    return this.campaigns.draft(body, principal, by);
  }

  @Serve(http.approveCampaign) approve(@Call() { params, principal, by }: CallOf<typeof http.approveCampaign>) {
    return this.campaigns.approve(params.campaignId, principal, by);
  }

  @Serve(http.getCampaign) get(@Call() { params }: CallOf<typeof http.getCampaign>) {
    return this.queries.one(params.campaignId);
  }

  @Serve(http.getOverview) overview(@Call() { params }: CallOf<typeof http.getOverview>) {
    return this.overviews.overview(params.campaignId);
  }

  @Serve(http.getUnit) unit(@Call() { params, principal }: CallOf<typeof http.getUnit>) {
    return this.units.unit(params.campaignId, params.unit, principal);
  }

  @Serve(http.getInstitutionInCampaign) institution(@Call() { params, principal }: CallOf<typeof http.getInstitutionInCampaign>) {
    if (ofBody(principal) && !mayActFor(principal, params.institutionId)) throw notFound('这家机构');
    return this.units.institution(params.campaignId, params.institutionId, ofBody(principal));
  }

  @Serve(http.listObligations) obligations(@Call() { params, query, principal }: CallOf<typeof http.listObligations>) {
    if (ofBody(principal) && !(query.institutionId && mayActFor(principal, query.institutionId))) throw notFound('这家机构的任务');
    return this.queries.obligations(params.campaignId, { ...query, toItself: ofBody(principal) });
  }

  @Serve(http.amendCampaign) amend(@Call() { params, body, principal, by }: CallOf<typeof http.amendCampaign>) {
    return this.amendments.amend(params.campaignId, body, principal, by);
  }

  @Serve(http.listAmendments) amended(@Call() { params, query }: CallOf<typeof http.listAmendments>) {
    return this.queries.amendments(params.campaignId, query.limit, query.cursor);
  }

  @Serve(http.filePlan) plan(@Call() { params, body, ifMatch, principal, by }: CallOf<typeof http.filePlan>) {
    return this.amendments.filePlan(params.campaignId, params.unit, body, principal, ifMatch, by);
  }

  @Serve(http.previewPackVersion) previewPack(@Call() { params, query, by }: CallOf<typeof http.previewPackVersion>) {
    return this.packVersions.preview(params.campaignId, query.to, by);
  }

  @Serve(http.movePackVersion) movePack(@Call() { params, body, principal, by }: CallOf<typeof http.movePackVersion>) {
    return this.packVersions.move(params.campaignId, body, principal, by);
  }
}
