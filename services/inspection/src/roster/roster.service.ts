import { Injectable } from '@nestjs/common';
import type { Fact } from '@zhijian/contracts';
import type { institutionRegistered, rosterAmended, rosterFrozen } from '@zhijian/contracts/facts';
import type { FactKind } from '@zhijian/contracts';
import type { Tx } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import { Campaign, CampaignUnit } from '../campaign/campaign.entity.js';
import { packNameOf } from '../campaign/campaign.shown.js';
import { creditEarly, settleBaseList } from '../campaign/early.store.js';
import { takeUnit } from '../campaign/moment.store.js';
import { cancelObligations, openObligations } from '../campaign/obligation.store.js';
import { awaitsEvent, undatedDuties } from '../campaign/unit-stages.rules.js';
import { RosterArrivals } from './roster.arrivals.js';

type DataOf<K> = K extends FactKind<infer T> ? T : never;

/** This room's copies of the register and of the frozen rosters. */
@Injectable()
export class RosterService {
  constructor(private readonly packs: PackShelf, private readonly arrivals: RosterArrivals) {}

  /** The newest revision wins, in whatever order facts arrive. */
  async keepInstitution(fact: Fact<DataOf<typeof institutionRegistered>>, tx: Tx): Promise<void> {
    const { institutionId, name, creditCode, kind, jurisdiction, address, contactPost, invented, filing, lines, serves = [], revision } = fact.data;
    tx.write(
      `insert into institution_ref (institution_id, name, credit_code, kind, jurisdiction, address, contact_post, invented, filing, revision, lines, serves)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (institution_id) do update set name = excluded.name, credit_code = excluded.credit_code, kind = excluded.kind, jurisdiction = excluded.jurisdiction,
         address = excluded.address, contact_post = excluded.contact_post, invented = excluded.invented, filing = excluded.filing, revision = excluded.revision, lines = excluded.lines, serves = excluded.serves
       where institution_ref.revision < excluded.revision`,
      [institutionId, name, creditCode, kind, jurisdiction, address, contactPost, invented, filing && JSON.stringify(filing), revision, lines ? JSON.stringify(lines) : null, serves]);
  }

  async keepFrozen(fact: Fact<DataOf<typeof rosterFrozen>>, tx: Tx): Promise<void> {
    const { rosterId, campaignId, unit, digest, frozenAt, parts, part, members } = fact.data;
    tx.write('insert into roster (id, campaign_id, unit, digest, frozen_at, parts) values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [rosterId, campaignId, unit, digest, frozenAt, parts]);
    tx.write('insert into roster_part (roster_id, part) values ($1, $2) on conflict do nothing', [rosterId, part]);
    tx.write(
      `insert into roster_member (campaign_id, unit, institution_id, state, clauses, added_at)
       select $1, $2, m."institutionId", m.state, m.clauses, $4 from jsonb_to_recordset($3::jsonb) as m("institutionId" uuid, state text, clauses jsonb) on conflict do nothing`,
      [campaignId, unit, JSON.stringify(members), frozenAt]);
    this.arrivals.told(campaignId);
  }

  /**
   * A later filing or closure: added openly; whoever joins gets the duties that are still ahead, whoever leaves is released.
   * The latest change stands, in whatever order they arrive; of two of one instant the one that arrives later, as a unit's facts come in order.
   */
  async keepAmended(fact: Fact<DataOf<typeof rosterAmended>>, tx: Tx): Promise<void> {
    const { campaignId, unit, member, reason, amendedAt } = fact.data;
    await takeUnit(tx, { campaignId, unit });
    const changed = await tx.execute(
      `insert into roster_member (campaign_id, unit, institution_id, state, clauses, added_at, reason, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $6)
       on conflict (campaign_id, unit, institution_id) do update set state = excluded.state, clauses = excluded.clauses, reason = excluded.reason, changed_at = excluded.changed_at
        where roster_member.changed_at is null or roster_member.changed_at <= excluded.changed_at`,
      [campaignId, unit, member.institutionId, member.state, JSON.stringify(member.clauses), amendedAt, reason]);
    if (changed === 0) return;
    const campaign = await tx.manager.findOneBy(Campaign, { id: campaignId });
    if (!campaign) return; // nothing here hangs on the list of somebody else's campaign
    const pack = await this.packs.get(packNameOf(campaign));
    await settleBaseList(tx, campaignId, [unit], pack);
    if (member.state !== 'in') {
      await cancelObligations(tx, campaignId, unit, member.institutionId);
      return;
    }
    const row = await tx.manager.findOneBy(CampaignUnit, { campaignId, unit });
    const open = await tx.query<{ stage: string }>(`select stage from moment where campaign_id = $1 and unit = $2 and kind = 'open-stage' and state = 'done'`, [campaignId, unit]);
    const today = tx.now.slice(0, 10);
    const ahead = (row?.stages ?? []).filter(({ id }) => open.some(({ stage }) => stage === id)).flatMap(({ duties: all }) => all.filter((duty) => !awaitsEvent(duty) && (duty.dueOn === null || duty.dueOn >= today)));
    const duties = [...ahead, ...(row && open.length > 0 ? undatedDuties(row) : [])];
    await openObligations(tx, campaignId, [{ unit, momentId: null, duties }], member.institutionId);
    await creditEarly(tx, campaignId, [{ unit, momentId: null, duties: duties.filter(({ subject }) => subject === 'institution') }], pack);
  }
}
