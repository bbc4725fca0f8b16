import { Injectable } from '@nestjs/common';
import { samePerson, stateAllows, type Principal } from '@zhijian/access';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { campaignPackMoved } from '@zhijian/contracts/facts';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { diffPacks, findingsOf, PackError, packName, planCampaign, type Difference, type Pack } from '@zhijian/policy';
import { Calendars, Directory, notFound, PackShelf } from '@zhijian/service-kit';
import { standingOf } from '../calendar/standing.store.js';
import { plannedAnew } from '../calendar/unit-plan.rules.js';
import { certifyDates } from '../evidence/due-date.evidence.js';
import { rewritten } from './amendment.service.js';
import { approvalRefused, approvalSentences, type ApprovalRefusal } from './approval.rules.js';
import { approving } from './approving.js';
import { Campaign, type CampaignUnit } from './campaign.entity.js';
import { packNameOf, policyOf } from './campaign.shown.js';
import { differentParts, takenOver, type TakenOver } from './pack-version.rules.js';

export type PackVersionRefusal = 'pack-version-unknown' | 'pack-version-not-later' | 'pack-version-findings' | 'pack-version-parts' | 'pack-version-state' | 'pack-version-own' | ApprovalRefusal;
export const packVersionSentences = {
  'pack-version-unknown': '没有安装政策包 {pack}：{why}',
  'pack-version-not-later': '只能改用同一政策包的更新版本，现为 {now}',
  'pack-version-findings': '新版本存在 {count} 项未解决的矛盾，不能改用',
  'pack-version-parts': '新版本增删了阶段或任务（{parts}），进行中的行动不能改用；请作延期、改期，或另行拟定',
  'pack-version-state': '行动不在进行中，不能改用新版本',
  'pack-version-own': '本行动由您批准，改用新版本须由另一人决定',
  ...approvalSentences,
} satisfies Record<PackVersionRefusal, string>;

export interface Changed extends TakenOver { unit: CampaignUnit; milestones: CampaignUnit['milestones'] }
interface Prepared { campaign: Campaign; pack: Pack; changes: Changed[]; differences: Difference[] }

/** A running campaign moves to a later version of its pack by a recorded decision, never by itself. */
@Injectable()
export class PackVersionService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly directory: Directory) {}

  /** What moving would change: every differing value, every day that would move, every day that stays. Changes nothing. */
  preview(campaignId: string, to: string, by: Caller) {
    return this.uow.run(by, async (tx) => {
      const prepared = await this.prepared(tx, campaignId, to, false);
      return 'ok' in prepared ? prepared : shownMove(prepared);
    });
  }

  /** Moves it: dates, words, forms and decisions are the new version's from now on; what is past stays. */
  move(campaignId: string, { pack: to, reason }: { pack: string; reason: string }, principal: Principal, by: Caller) {
    return this.uow.run(by, async (tx) => {
      const prepared = await this.prepared(tx, campaignId, to, true);
      if ('ok' in prepared) return prepared;
      const { campaign, pack, changes } = prepared;
      const account = campaign.approvedBy ?? '';
      const decider = { account, personId: await this.directory.personOf(account) };
      if (samePerson(principal, decider)) return refuse<PackVersionRefusal>('pack-version-own');
      const no = approvalRefused(principal, decider, campaign.jurisdiction, await approving(this.directory, campaign.jurisdiction, decider.personId));
      if (no) return no;
      for (const { unit, stages, milestones } of changes) {
        await tx.execute('update campaign_unit set milestones = $2, version = version + 1 where id = $1', [unit.id, JSON.stringify(milestones)]);
        await rewritten(tx, unit, stages, stages.flatMap(({ duties }) => duties.map(({ id }) => id)), pack);
      }
      const calendar = this.calendars.current().version;
      await tx.update(Campaign, { id: campaign.id, version: campaign.version }, { packVersion: pack.version, packHash: pack.hash, calendar, findings: findingsOf(pack, this.calendars.current()), agencies: pack.campaign?.agencies ?? {}, samples: pack.rules.samples });
      const units = changes.map(({ unit }) => unit.unit);
      const policy = policyOf({ ...campaign, packVersion: pack.version }, [...new Set(prepared.differences.flatMap(({ clauses }) => clauses))].filter((id) => pack.clauses[id]));
      const before = { pack: campaign.pack, version: campaign.packVersion };
      await tx.query('insert into amendment (id, campaign_id, kind, units, stage, duty, due_on, reason, clause, actor, amended_at) values ($1, $2, $3, $4, null, null, null, $5, null, $6, $7)',
        [newId(), campaignId, 'pack', JSON.stringify(units), `${reason}（${packNameOf(campaign)} → ${packName(pack)}）`, by.actor, tx.now]);
      tx.fact(campaignPackMoved, campaign.jurisdiction, { campaignId, units: units.filter((unit) => unit !== wholeCampaign), before, reason, policy }, campaign.jurisdiction);
      const { moved, kept } = shownMove(prepared);
      tx.certify(decidedByPerson(pack, {
        kind: 'pack-move', subject: campaignId, about: units.map((unit) => `${campaignId}/${unit}`), jurisdiction: campaign.jurisdiction, clauses: policy.clauses, calendar, reason,
        inputs: { before: { ...before, sha256: campaign.packHash }, reason, differences: prepared.differences.map(({ path }) => path) }, outcome: { moved, kept },
      }));
      certifyDates(tx, { campaign: { ...campaign, calendar }, pack, calendar: this.calendars.current() }, changes.map(({ unit, stages, milestones }) => ({ unit: unit.unit, stages, milestones })));
      tx.note('pack version moved', campaignId, policy, { before: packNameOf(campaign), after: packName(pack), hash: pack.hash, reason, moved, kept });
      return shownMove(prepared);
    });
  }

  private async prepared(tx: Tx, campaignId: string, to: string, take: boolean): Promise<Prepared | Refused<PackVersionRefusal>> {
    if (take) await tx.query('select 1 from campaign where id = $1 for update', [campaignId]);
    const campaign = await tx.manager.findOneBy(Campaign, { id: campaignId });
    if (!campaign) throw notFound('这项专项行动');
    if (!stateAllows(inspection.movePackVersion, { campaign: campaign.state })) return refuse<PackVersionRefusal>('pack-version-state', [], {}, { wrongState: true });
    const pack = await this.pack(to);
    if ('ok' in pack) return pack;
    if (pack.id !== campaign.pack || pack.version <= campaign.packVersion) return refuse<PackVersionRefusal>('pack-version-not-later', [], { now: packNameOf(campaign) });
    const calendar = this.calendars.current();
    const open = findingsOf(pack, calendar).filter(({ severity }) => severity === 'error');
    if (open.length) return refuse<PackVersionRefusal>('pack-version-findings', open.flatMap(({ clauses }) => clauses), { count: open.length });
    const { units, amendments, bindingIn } = await standingOf(tx, campaignId, take);
    const planned = plannedAnew(pack, calendar, units, amendments);
    const undated = planCampaign(pack, calendar, { units: [{ code: campaign.jurisdiction, name: campaign.jurisdiction }] }).cities[0]?.milestones ?? [];
    const milestonesOf = ({ unit }: CampaignUnit) => (unit === wholeCampaign ? [] : undated);
    const parts = [...new Set(units.flatMap((unit) => [...differentParts(unit.stages, planned.get(unit.unit) ?? unit.stages), ...differentParts(unit.milestones, milestonesOf(unit))]))];
    if (parts.length) return refuse<PackVersionRefusal>('pack-version-parts', [], { parts: parts.slice(0, 5).join('、') });
    const changes = units.map((unit) => ({ unit, milestones: milestonesOf(unit), ...takenOver(unit.stages, planned.get(unit.unit) ?? unit.stages, { binding: bindingIn(unit.unit), now: tx.now }) }));
    return { campaign, pack, changes, differences: diffPacks(await this.packs.get(packNameOf(campaign)), pack) };
  }

  private async pack(name: string): Promise<Pack | Refused<PackVersionRefusal>> {
    try {
      return await this.packs.get(name);
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      return refuse<PackVersionRefusal>('pack-version-unknown', [], { pack: name, why: error.problems[0]?.message ?? '' });
    }
  }
}

const clocks = (changes: readonly Changed[], which: 'moved' | 'kept') => changes.flatMap(({ unit, ...rest }) => rest[which].map((move) => ({ unit: unit.unit, unitName: unit.name, ...move, clauses: [...move.clauses] })));

const shownMove = ({ campaign, pack, changes, differences }: Prepared) => ({
  campaignId: campaign.id, from: packNameOf(campaign), to: packName(pack), differences: differences.map((it) => ({ ...it, clauses: [...it.clauses] })),
  moved: clocks(changes, 'moved'), kept: clocks(changes, 'kept') as (ReturnType<typeof clocks>[number] & { why: 'passed' | 'shortened' })[],
});
