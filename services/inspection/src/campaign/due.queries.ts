import { Injectable } from '@nestjs/common';
import { dayOf, dueAt, localDate, type LocalDate } from '@zhijian/calendar';
import { explainDue, explainMoment, type MomentKind } from '@zhijian/policy';
import { beijing, Calendars, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import type { CampaignUnit } from './campaign.entity.js';
import { CampaignQueries } from './campaign.queries.js';
import { packNameOf } from './campaign.shown.js';
import { firstVisitOn } from './event.store.js';

export interface Change { kind: string; on: string | null; reason: string; clause: string | null; at: string | null }
interface Owed { obligationId: string; unit: string; duty: string; dueOn: string | null; institutionId: string | null }
interface MomentRow { momentId: string; kind: MomentKind; stage: string; duty: string | null; dueAt: Date; firm: boolean; state: 'pending' | 'done'; doneAt: Date | null; clauses: string[] }

/** Why something is due when it is. Explains; decides nothing. */
@Injectable()
export class DueQueries {
  constructor(private readonly dataSource: DataSource, private readonly campaigns: CampaignQueries, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** @param own the institutions on whose behalf a body asks; null for officers */
  async due(campaignId: string, obligationId: string, own: readonly string[] | null) {
    const { items } = await this.campaigns.obligations(campaignId, { obligationId, limit: 1, toItself: own !== null });
    const [obligation] = items.filter(({ institutionId }) => own === null || (institutionId !== null && own.includes(institutionId)));
    if (!obligation) throw notFound('这项任务');
    const { campaign, units } = await this.campaigns.rows(campaignId);
    const unit = units.find((row) => row.unit === obligation.unit);
    const said = explainDue(await this.packs.get(packNameOf(campaign)), obligation.duty, await this.eventOf(obligation, campaignId, unit), this.calendars.current());
    const dueOn = obligation.dueOn ?? said?.on ?? null;
    const changes = [...(await this.amendments(campaignId, obligation.unit, obligation.duty, String(obligation['stage']))), ...(unit?.filedDates ?? []).filter(({ duty }) => duty === obligation.duty).map(({ on }): Change => ({ kind: 'own-date', on, reason: '辖区实施方案自定', clause: null, at: null }))];
    return {
      obligationId, unit: obligation.unit, duty: obligation.duty, title: String(obligation['title']), dueOn, dueAt: dueOn && dueAt(localDate(dueOn)), firm: obligation.dueOn === null ? (said?.firm ?? false) : obligation['firm'] === true,
      rule: said?.rule ?? null, start: said?.start ?? null, ruleOn: said?.on ?? null, counted: said?.counted ?? [], because: sentence(said?.because ?? '所用政策包中没有这项工作的期限规则。', said?.on ?? null, dueOn, changes), changes,
      clauses: said?.clauses ?? [], pack: packNameOf(campaign), calendar: said?.calendar ?? campaign.calendar,
    };
  }

  async moments(campaignId: string, code: string) {
    const { campaign, units } = await this.campaigns.rows(campaignId);
    const unit = units.find((row) => row.unit === code);
    if (!unit) throw notFound('这个填报单位');
    const rows = await this.dataSource.query<MomentRow[]>(
      `select id as "momentId", kind, stage, duty, due_at as "dueAt", firm, state, done_at as "doneAt", clauses from moment where campaign_id = $1 and unit = $2 and state <> 'dropped' order by due_at, ord, id`, [campaignId, code]);
    const titles = new Map(unit.stages.flatMap((stage) => [[stage.id, stage.title] as const, ...stage.duties.map(({ id, title }) => [`${stage.id} ${id}`, title] as const)]));
    const items = rows.map(({ dueAt: at, doneAt, ...row }) => {
      const instant = beijing(at.getTime()).replace('.000', '');
      return { ...row, title: titles.get(row.duty === null ? row.stage : `${row.stage} ${row.duty}`) ?? row.duty ?? row.stage, dueAt: instant, doneAt: doneAt && doneAt.toISOString(), ...explainMoment({ ...row, dueAt: instant }, unit.stages), pack: packNameOf(campaign), calendar: campaign.calendar };
    });
    return { items, next: null };
  }

  /** The day of the event a duty hangs on. Whatever has a day of its own was opened by its event; without one the event is still to come, and no day is made up for it. */
  private async eventOf({ obligationId, unit, duty, dueOn, institutionId }: Owed, campaignId: string, row: CampaignUnit | undefined): Promise<LocalDate | null> {
    if (dueOn === null) return null;
    const stage = row?.stages.find(({ duties }) => duties.some(({ id }) => id === duty));
    const after = [...(row?.stages ?? []), ...(row?.milestones ?? [])].flatMap(({ duties }) => duties).find(({ id }) => id === duty)?.after;
    if (stage && after?.event === 'stage-opened') return stage.opensOn;
    if (after?.event === 'visit-held') {
      const [first] = await this.dataSource.query<{ on: string | null }[]>(`select ${firstVisitOn('o')} as on from (select $1::uuid as campaign_id, $2::text as unit, $3::uuid as institution_id) o`, [campaignId, unit, institutionId]);
      return first?.on ? localDate(first.on) : null;
    }
    const [opened] = await this.dataSource.query<{ at: Date }[]>(`select min(at) as at from obligation_entry where obligation_id = $1 and what = 'opened' having min(at) is not null`, [obligationId]);
    return opened ? dayOf(opened.at) : null;
  }

  private amendments(campaignId: string, unit: string, duty: string, stage: string): Promise<Change[]> {
    return this.dataSource.query(
      `select kind, due_on::text as on, reason, clause, amended_at as at from amendment where campaign_id = $1 and units ? $2 and (duty = $3 or duty is null and stage = $4 or duty is null and stage is null and kind in ('calendar', 'pack')) order by amended_at, id`, [campaignId, unit, duty, stage]);
  }
}

/** The rule's own reason, and why the day that stands is another. */
function sentence(because: string, ruleOn: string | null, dueOn: string | null, changes: readonly Change[]): string {
  if (ruleOn === null || dueOn === null || ruleOn === dueOn) return because;
  const last = changes.findLast(({ on }) => on === dueOn) ?? changes.at(-1);
  return `现定为 ${dueOn}${last ? `（${last.reason}${last.clause ? `，依据 ${last.clause}` : ''}）` : ''}；按规则原为 ${ruleOn}：${because}`;
}
