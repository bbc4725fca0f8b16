import { Injectable } from '@nestjs/common';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { Clock, notFound } from '@zhijian/service-kit';
import { DataSource, In, LessThan } from 'typeorm';
import { Campaign, CampaignUnit } from './campaign.entity.js';
import { awaitsCorrection, stands } from '../self-check/awaited-correction.queries.js';
import { shown, shownDuty } from './campaign.shown.js';

const obligations = `select o.id as "obligationId", o.unit, o.stage, o.duty, o.title, o.actor, o.receiver, o.institution_id as "institutionId", i.name as "institutionName", o.due_on::text as "dueOn", o.limit_on::text as "limitOn",
    o.firm, o.due_on is null and exists (select 1 from campaign_unit u, jsonb_path_query(u.stages || u.milestones, '$[*].duties[*] ? (@.noLimit == true)') d where u.campaign_id = o.campaign_id and u.unit = o.unit and d->>'id' = o.duty) as "noLimit",
    ${stands('o', '$10')} as state, (select g.received_at from self_check g where ${awaitsCorrection('o')} and g.campaign_id = o.campaign_id and g.institution_id = o.institution_id and g.state = 'returned') as "correctionOf", o.done_at as "doneAt", o.late_at as "lateAt", o.clauses, c.pack || '@' || c.pack_version as pack, c.calendar
  from obligation o join campaign c on c.id = o.campaign_id left join institution_ref i on i.institution_id = o.institution_id`;

/** A check that is announced by nothing, the first or another: the body learns of it while somebody is there, and when it has been made. */
const untold = `o.unannounced and o.state not in ('done', 'late') and not exists (select 1 from visit v where v.campaign_id = o.campaign_id and v.institution_id = o.institution_id and v.kind = o.kind and v.state = 'open')`;

export interface ObligationFilter { unit?: string | undefined; duty?: string | undefined; state?: string | undefined; institutionId?: string | undefined; obligationId?: string | undefined; limit: number; cursor?: string | undefined; /** The body itself asks. */ toItself?: boolean }
export interface ObligationRow { obligationId: string; institutionId: string | null; unit: string; duty: string; dueOn: string | null; clauses: string[]; [column: string]: unknown }

@Injectable()
export class CampaignQueries {
  constructor(private readonly dataSource: DataSource, private readonly clock: Clock) {}

  async one(id: string) {
    const { campaign, units } = await this.rows(id);
    return shown(campaign, units);
  }

  async list(limit: number, cursor: string | undefined) {
    const { manager } = this.dataSource;
    const campaigns = await manager.find(Campaign, { ...(cursor && { where: { id: LessThan(cursor) } }), order: { id: 'DESC' }, take: limit });
    const units = await manager.find(CampaignUnit, { select: { id: true, campaignId: true, unit: true, name: true, ord: true }, where: { campaignId: In(campaigns.map(({ id }) => id)) }, order: { ord: 'ASC' } });
    const of = Map.groupBy(units, ({ campaignId }) => campaignId);
    return { items: campaigns.map((campaign) => shown(campaign, of.get(campaign.id) ?? [])), next: campaigns.length === limit ? campaigns.at(-1)!.id : null };
  }

  async rows(id: string): Promise<{ campaign: Campaign; units: CampaignUnit[] }> {
    const campaign = await this.dataSource.manager.findOneBy(Campaign, { id });
    if (!campaign) throw notFound('这项专项行动');
    return { campaign, units: await this.dataSource.manager.find(CampaignUnit, { where: { campaignId: id }, order: { ord: 'ASC' } }) };
  }

  async obligations(campaignId: string, filter: ObligationFilter) {
    const items = await this.dataSource.query<ObligationRow[]>(
      `${obligations} where o.campaign_id = $1 and ($2::text is null or o.unit = $2) and ($3::text is null or o.duty = $3) and ($4::text is null or ${stands('o', '$10')} = $4)
         and not ($8 and ${untold}) and ($5::uuid is null or o.institution_id = $5) and ($6::uuid is null or o.id > $6) and ($9::uuid is null or o.id = $9) order by o.id limit $7`,
      [campaignId, filter.unit ?? null, filter.duty ?? null, filter.state ?? null, filter.institutionId ?? null, filter.cursor ?? null, filter.limit, filter.toItself ?? false, filter.obligationId ?? null, this.clock.now()]);
    const because = await this.reasons(campaignId, items.length > 0);
    return { items: items.map((item): ObligationRow => ({ ...item, because: because.get(`${item.unit} ${item.duty} ${item.dueOn}`) ?? null })), next: items.length === filter.limit ? items.at(-1)!.obligationId : null };
  }

  /** How the planned day of each duty was reached, by unit, duty and day; a day that hangs on an event is not among them. */
  private async reasons(campaignId: string, wanted: boolean): Promise<Map<string, string>> {
    const units = wanted ? await this.dataSource.manager.find(CampaignUnit, { select: { id: true, unit: true, stages: true }, where: { campaignId } }) : [];
    return new Map(units.flatMap(({ unit, stages }) => stages.flatMap(({ duties }) => duties.map((duty): [string, string] => [`${unit} ${duty.id} ${duty.dueOn}`, duty.because]))));
  }

  async amendments(campaignId: string, limit: number, cursor: string | undefined) {
    const items = await this.dataSource.query<{ amendmentId: string }[]>(
      `select id as "amendmentId", kind, units, stage, duty, due_on::text as on, reason, clause, document, actor, amended_at as "amendedAt" from amendment where campaign_id = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
      [campaignId, cursor ?? null, limit]);
    return { items, next: items.length === limit ? items.at(-1)!.amendmentId : null };
  }

  /** Stages of each unit with the days planned and the instants they really opened and closed. */
  async stages(campaignId: string, units: readonly CampaignUnit[]) {
    const rows = await this.dataSource.query<{ unit: string; stage: string; kind: string; doneAt: Date }[]>(
      `select unit, stage, kind, done_at as "doneAt" from moment where campaign_id = $1 and state = 'done' and kind in ('open-stage', 'close-stage')`, [campaignId]);
    const at = (unit: string, stage: string, kind: string): string | null => rows.find((row) => row.unit === unit && row.stage === stage && row.kind === kind)?.doneAt.toISOString() ?? null;
    return new Map(units.map(({ unit, stages }) => [unit, stages.map(({ id, title, kind, opensOn, closesOn, clauses, duties }) => ({
      id, title, kind, opensOn, closesOn, clauses: [...clauses], openedAt: at(unit, id, 'open-stage'), closedAt: at(unit, id, 'close-stage'),
      duties: duties.map(shownDuty),
    }))]));
  }
}

export const isUnit = ({ unit }: Pick<CampaignUnit, 'unit'>): boolean => unit !== wholeCampaign;
