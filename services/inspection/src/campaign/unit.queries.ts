import { Injectable } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { parameter } from '@zhijian/policy';
import { Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { modesOf } from '../notification/notification.rules.js';
import { offered } from '../self-check/item.rules.js';
import { packNameOf, shown, shownDuty } from './campaign.shown.js';
import { doingRefused, dutyOf, groundOf, type Ground } from './agency.rules.js';
import type { CampaignUnit } from './campaign.entity.js';
import { CampaignQueries, type ObligationRow } from './campaign.queries.js';

const counted = (table: string): string => `select institution_id, count(*)::int as count from ${table} where campaign_id = $1 and unit = $2 group by 1`;

const bodies = `select m.institution_id as "institutionId", coalesce(i.name, m.institution_id::text) as name, coalesce(i.credit_code, '') as "creditCode", coalesce(i.kind, '') as kind, coalesce(i.address, '') as address, i.contact_post as "contactPost",
    i.filing->>'filedOn' as "filedOn", coalesce(i.filing->'categories', '[]') as categories, coalesce(i.filing->'items', '[]') as items, coalesce((i.filing->>'outreach')::boolean, false) as outreach, coalesce(i.invented, false) as invented, m.state, m.reason,
    n.notified_on::text as "notifiedOn", n.acknowledged_on::text as "acknowledgedOn", s.id as "selfCheckId", s.state as "selfCheckState",
    coalesce(v.count, 0) as visits, coalesce(f.count, 0) as findings, coalesce(k.count, 0) as cases
  from roster_member m left join institution_ref i on i.institution_id = m.institution_id
  left join notification n on n.campaign_id = m.campaign_id and n.institution_id = m.institution_id
  left join self_check s on s.campaign_id = m.campaign_id and s.institution_id = m.institution_id and s.state <> 'superseded'
  left join (${counted('visit')}) v on v.institution_id = m.institution_id
  left join (${counted('finding')}) f on f.institution_id = m.institution_id
  left join (${counted('case_file')}) k on k.institution_id = m.institution_id
 where m.campaign_id = $1 and m.unit = $2 order by m.state = 'in' desc, 2`;

const flagsOf = `select id as "flagId", kind, reason, clauses, until_on::text as "untilOn", raised_at as "raisedAt", case_id as "caseId", lifted_at as "liftedAt", lifted_reason as "liftedReason"
  from flag where campaign_id = $1 and institution_id = $2 order by raised_at, id`;

/** The year before the campaign: the circular that a self-check answers. */
const lastYearOf = (units: readonly { stages: readonly { opensOn: string }[] }[]): number => Number(units.flatMap(({ stages }) => stages.map(({ opensOn }) => opensOn)).sort()[0]?.slice(0, 4) ?? 0) - 1;

const doable = ['notification', 'local-plan', 'site-check', 'extension-check'] as const;

/** What this person's agency does in a unit. A plan and a notice are the unit's own where the text gives them to nobody; a check that no duty orders is nobody's. */
const doneHereBy = (principal: Principal, ground: Ground, { stages }: Pick<CampaignUnit, 'stages'>) => doable.filter((kind) => {
  const duty = dutyOf(stages, kind);
  return (duty || kind === 'notification' || kind === 'local-plan') && !doingRefused(principal, duty, ground, [], { foreign: 'unit-foreign' });
});

/** One unit, and one body in it. */
@Injectable()
export class UnitQueries {
  constructor(private readonly dataSource: DataSource, private readonly campaigns: CampaignQueries, private readonly packs: PackShelf, private readonly clock: Clock) {}

  async unit(campaignId: string, code: string, principal: Principal) {
    const { campaign, units } = await this.campaigns.rows(campaignId);
    const unit = units.find((row) => row.unit === code);
    if (!unit) throw notFound('这个填报单位');
    const [institutions, all, reminders, stages, pack] = await Promise.all([
      this.dataSource.query<{ institutionId: string }[]>(bodies, [campaignId, code]), this.everyObligation(campaignId, code),
      this.dataSource.query<unknown[]>(`select duty, due_on::text as "dueOn", issued_at as "issuedAt", obligations, automatic from reminder where campaign_id = $1 and unit = $2 order by issued_at desc`, [campaignId, code]),
      this.campaigns.stages(campaignId, [unit]), this.packs.get(packNameOf(campaign)),
    ]);
    const of = Map.groupBy(all, ({ institutionId }) => institutionId);
    return {
      campaign: shown(campaign, units), code, name: unit.name, state: unit.state, stages: stages.get(code) ?? [], milestones: unit.milestones.map(({ id, title, kind, duties }) => ({ id, title, kind, duties: duties.map(shownDuty) })),
      plan: { version: unit.version, filedAt: unit.planFiledAt && new Date(unit.planFiledAt).toISOString(), text: unit.planText, dates: unit.planDates },
      institutions: institutions.map((row) => ({ ...row, obligations: of.get(row.institutionId) ?? [] })), notificationModes: [...modesOf(pack)], mayDo: doneHereBy(principal, groundOf(campaign, code, this.clock.now()), unit), unitObligations: of.get(null) ?? [], reminders,
      version: unit.version, clauses: [...new Set(unit.stages.flatMap((stage) => stage.clauses))], pack: packNameOf(campaign), calendar: campaign.calendar,
    };
  }

  /** @param toItself the body itself asks: what must not be announced to it is left out */
  async institution(campaignId: string, institutionId: string, toItself: boolean) {
    const { campaign, units } = await this.campaigns.rows(campaignId);
    const [body] = await this.dataSource.query<{ name: string; creditCode: string; unit: string; invented: boolean; state: string | null; notifiedOn: string | null; acknowledgedOn: string | null; selfCheckId: string | null }[]>(
      `select i.name, i.credit_code as "creditCode", coalesce(m.unit, i.jurisdiction) as unit, i.invented, m.state, n.notified_on::text as "notifiedOn", n.acknowledged_on::text as "acknowledgedOn", s.id as "selfCheckId"
         from institution_ref i left join roster_member m on m.institution_id = i.institution_id and m.campaign_id = $1
         left join notification n on n.campaign_id = $1 and n.institution_id = i.institution_id
         left join self_check s on s.campaign_id = $1 and s.institution_id = i.institution_id and s.state <> 'superseded' where i.institution_id = $2`, [campaignId, institutionId]);
    if (!body || !units.some(({ unit }) => unit === body.unit)) throw notFound('这家机构'); // the copy of the register holds everybody's
    const [{ items }, problems, pack, flags] = await Promise.all([
      this.campaigns.obligations(campaignId, { institutionId, limit: 100, toItself }),
      this.dataSource.query<unknown[]>(`select problem_id as "problemId", text, year from last_year_problem where institution_id = $1 and year = $2 order by problem_id`, [institutionId, lastYearOf(units)]), this.packs.get(packNameOf(campaign)),
      toItself ? [] : this.dataSource.query<unknown[]>(flagsOf, [campaignId, institutionId]),
    ]);
    const volumes = parameter(pack, 'volumes');
    const reporting = units.flatMap(({ stages }) => stages.flatMap(({ duties }) => duties)).filter(({ kind }) => kind === 'self-check-report');
    const checklist = reporting.find((duty) => duty.checklist)?.checklist;
    return {
      campaign: shown(campaign, units), institutionId, ...body, unitName: units.find(({ unit }) => unit === body.unit)?.name ?? body.unit, state: body.state ?? 'undetermined', obligations: items, lastYearProblems: problems,
      checklist: offered(checklist ? pack.checklists[checklist] : undefined),
      selfCheckDuty: reporting[0]?.id ?? null, flags, volumePeriod: volumes ? { from: volumes.value.from, to: volumes.value.to } : null,
      clauses: [...new Set(items.flatMap((item) => item.clauses))], pack: packNameOf(campaign), calendar: campaign.calendar,
    };
  }

  private async everyObligation(campaignId: string, unit: string): Promise<ObligationRow[]> {
    const { items } = await this.campaigns.obligations(campaignId, { unit, limit: 20_000 });
    return items;
  }
}
