import { Injectable } from '@nestjs/common';
import { newId } from '@zhijian/contracts';
import { rosterFrozen, type RosterMember } from '@zhijian/contracts/facts';
import type { QualificationActivities } from '@zhijian/contracts/activities';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { candidatesOf } from './roster.candidates.js';
import { countsOf, partsOf, policyOf, rosterDigest, rosterOf } from './roster.rules.js';

type Frozen = Awaited<ReturnType<QualificationActivities['freezeRoster']>>;
interface Run { campaignId: string; unit: string }

@Injectable()
export class RosterService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf) {}

  /**
   * Freezes the list of a unit as the campaign's pinned pack says. A second call answers the first roster.
   * @throws while this room has not heard of the campaign: the step is tried again
   */
  async freeze(run: Run, by: Caller): Promise<Frozen> {
    return this.uow.run({ ...by, jurisdiction: run.unit }, async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('roster/' || $1))`, [run.unit]);
      const [first] = await tx.query<Frozen>('select id as "rosterId", digest, counts from roster where campaign_id = $1 and unit = $2', [run.campaignId, run.unit]);
      if (first) return first;
      const pack = await this.packOf(tx, run.campaignId);
      const members = rosterOf(pack, await candidatesOf(tx, run.unit), tx.now.slice(0, 10));
      return write(tx, run, members, pack);
    });
  }

  private async packOf(tx: Tx, campaignId: string): Promise<Pack> {
    const [campaign] = await tx.query<{ pack: string; version: number }>('select pack, pack_version as version from campaign where id = $1', [campaignId]);
    if (!campaign) throw new Error(`the fact that approves campaign ${campaignId} has not arrived yet`);
    return this.packs.get(`${campaign.pack}@${campaign.version}`);
  }
}

async function write(tx: Tx, { campaignId, unit }: Run, members: readonly RosterMember[], pack: Pack): Promise<Frozen> {
  const rosterId = newId();
  const digest = rosterDigest(members);
  const counts = countsOf(members);
  const policy = policyOf(pack);
  await tx.execute('insert into roster (id, campaign_id, unit, frozen_at, digest, counts) values ($1, $2, $3, $4, $5, $6)', [rosterId, campaignId, unit, tx.now, digest, JSON.stringify(counts)]);
  await tx.execute(
    `insert into roster_member (roster_id, institution_id, state, clauses, added_at)
     select $1, m."institutionId", m.state, m.clauses, $3::timestamptz from jsonb_to_recordset($2::jsonb) as m("institutionId" text, state text, clauses jsonb)`,
    [rosterId, JSON.stringify(members), tx.now]);
  const parts = partsOf(members);
  parts.forEach((part, at) => tx.fact(rosterFrozen, unit, { rosterId, campaignId, unit, frozenAt: tx.now, part: at + 1, parts: parts.length, digest, members: part, policy }, unit));
  tx.note('roster frozen', rosterId, policy, { campaignId, unit, digest, ...counts });
  return { rosterId, digest, counts };
}
