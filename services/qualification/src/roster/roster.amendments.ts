import { Injectable } from '@nestjs/common';
import { rosterAmended, type RosterMember } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import { candidatesById } from './roster.candidates.js';
import { certifyVerdicts } from './roster.evidence.js';
import { inScope, memberOf, policyOf } from './roster.rules.js';

export type AmendmentReason = '新备案或新取得资质' | '备案或资质注销' | '核实已开展' | '核实未开展';
interface OpenRoster { id: string; campaignId: string; unit: string; pack: string; version: number }

/** A frozen roster is not closed to the world: what changes later is added to it, openly and with its reason. */
@Injectable()
export class RosterAmendments {
  constructor(private readonly packs: PackShelf) {}

  /** Carries a change of these institutions into every running roster of their units, in the same transaction. */
  async follow(tx: Tx, institutions: readonly { institutionId: string; jurisdiction: string }[], reason: AmendmentReason): Promise<void> {
    const units = [...new Set(institutions.map(({ jurisdiction }) => jurisdiction))];
    const rosters = await tx.query<OpenRoster>(
      `select r.id, r.campaign_id as "campaignId", r.unit, c.pack, c.pack_version as version from roster r join campaign c on c.id = r.campaign_id
        where r.unit = any($1::text[]) and r.finished_at is null and c.finished_at is null order by r.id`, [units]);
    if (rosters.length === 0) return;
    const candidates = await candidatesById(tx, institutions.map(({ institutionId }) => institutionId));
    for (const roster of rosters) {
      const pack = await this.packs.get(`${roster.pack}@${roster.version}`);
      const members = candidates.filter((it) => it.unit === roster.unit && inScope(pack, it)).map((it) => memberOf(pack, it, tx.now.slice(0, 10)));
      const changed = await upsert(tx, roster.id, members, reason);
      const whom = new Set(changed.map(({ institutionId }) => institutionId));
      certifyVerdicts(tx, pack, { rosterId: roster.id, campaignId: roster.campaignId, unit: roster.unit }, candidates.filter(({ institutionId }) => whom.has(institutionId)), tx.now.slice(0, 10), reason);
      for (const member of changed) {
        const policy = policyOf(pack, member.clauses);
        tx.fact(rosterAmended, roster.unit, { rosterId: roster.id, campaignId: roster.campaignId, unit: roster.unit, member, reason, amendedAt: tx.now, policy }, roster.unit);
        tx.note('roster amended', roster.id, policy, { institutionId: member.institutionId, state: member.state, reason });
      }
    }
  }
}

/** Adds members, or changes those whose state is another now; answers only what was really changed. A body never filed is not added idle. */
async function upsert(tx: Tx, rosterId: string, members: readonly RosterMember[], reason: AmendmentReason): Promise<RosterMember[]> {
  const changed = await tx.query<{ institutionId: string }>(
    `insert into roster_member (roster_id, institution_id, state, clauses, added_at, reason)
     select $1, m."institutionId", m.state, m.clauses, $3::timestamptz, $4
       from jsonb_to_recordset($2::jsonb) as m("institutionId" text, state text, clauses jsonb)
      where exists (select 1 from filing f where f.institution_id = m."institutionId" and f.closed_on is null and f.superseded_at is null)
         or exists (select 1 from roster_member known where known.roster_id = $1 and known.institution_id = m."institutionId")
     on conflict (roster_id, institution_id) do update set state = excluded.state, clauses = excluded.clauses, reason = excluded.reason
      where roster_member.state <> excluded.state
     returning institution_id as "institutionId"`, [rosterId, JSON.stringify(members), tx.now, reason]);
  const ids = new Set(changed.map(({ institutionId }) => institutionId));
  return members.filter(({ institutionId }) => ids.has(institutionId));
}
