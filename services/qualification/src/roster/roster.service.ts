import { Injectable } from '@nestjs/common';
import { quoted } from '@zhijian/audit/rules';
import { newId } from '@zhijian/contracts';
import { rosterFrozen, type RosterMember } from '@zhijian/contracts/facts';
import type { FrozenRoster } from '@zhijian/contracts/activities';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { candidatesOf } from './roster.candidates.js';
import { certifyVerdicts } from './roster.evidence.js';
import { countsOf, filedOn, partsOf, policyOf, rosterDigest, rosters, type Candidate } from './roster.rules.js';

interface Run { campaignId: string; unit: string }
interface Roster extends FrozenRoster { unit: string }
/** Orders come while the fact that approves the campaign is still on its way: so long it is looked for before the step is tried again. */
const patience = { tries: 100, every: 10 };

@Injectable()
export class RosterService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly dataSource: DataSource) {}

  /**
   * Freezes the list of a unit as the campaign's pinned pack says. A second call answers the first roster.
   * @throws while this room has not heard of the campaign: the step is tried again
   */
  async freeze({ campaignId, unit }: Run, by: Caller): Promise<FrozenRoster> {
    return this.uow.run({ ...by, jurisdiction: unit }, async (tx) => {
      const [{ rosterId, digest, counts }] = (await this.frozen(tx, campaignId, [unit])) as [Roster];
      return { rosterId, digest, counts };
    });
  }

  /** The same for several units at once. @returns digests by unit */
  async freezeAll(campaignId: string, units: readonly string[], by: Caller): Promise<Record<string, string>> {
    for (let left = patience.tries; left > 0 && !(await this.heard(campaignId)); left -= 1) await new Promise((resolve) => setTimeout(resolve, patience.every));
    return this.uow.run(by, async (tx) => Object.fromEntries((await this.frozen(tx, campaignId, units)).map(({ unit, digest }) => [unit, digest])));
  }

  private async frozen(tx: Tx, campaignId: string, wanted: readonly string[]): Promise<Roster[]> {
    await tx.query(`select pg_advisory_xact_lock(hashtext('roster/' || u)) from (select u from unnest($1::text[]) as u order by u) as units`, [wanted]);
    const first = await tx.query<Roster>('select unit, id as "rosterId", digest, counts from roster where campaign_id = $1 and unit = any($2::text[])', [campaignId, wanted]);
    const units = wanted.filter((unit) => !first.some((one) => one.unit === unit));
    if (units.length === 0) return first;
    const pack = await this.packOf(tx, campaignId);
    const candidates = Map.groupBy(await candidatesOf(tx, units), ({ unit }) => unit);
    const day = tx.now.slice(0, 10);
    const rosterIn = rosters(pack, day);
    const written = await write(tx, campaignId, units.map((unit) => ({ unit, members: rosterIn(candidates.get(unit) ?? []) })), pack);
    for (const { unit, rosterId } of written) certifyVerdicts(tx, pack, { rosterId, campaignId, unit }, (candidates.get(unit) ?? []).filter((one: Candidate) => filedOn(one, day)), day);
    return [...first, ...written];
  }

  private async heard(campaignId: string): Promise<boolean> {
    return (await this.dataSource.query<unknown[]>('select 1 from campaign where id = $1', [campaignId])).length > 0;
  }

  private async packOf(tx: Tx, campaignId: string): Promise<Pack> {
    const [campaign] = await tx.query<{ pack: string; version: number }>('select pack, pack_version as version from campaign where id = $1', [campaignId]);
    if (!campaign) throw new Error(`the fact that approves campaign ${campaignId} has not arrived yet`);
    return this.packs.get(`${campaign.pack}@${campaign.version}`);
  }
}

interface Listed { unit: string; members: readonly RosterMember[] }

/** That a list stands as it does from now on; why each body is in it is certified by itself. */
const frozenList = (pack: Pack) =>
  ({ kind: 'listing', basis: 'rule', reason: '名单自此冻结', clauses: quoted(pack, policyOf(pack).clauses), pack: { id: pack.id, version: pack.version, sha256: pack.hash }, rule: null, calendar: null }) as const;

/** Rows of all units with two statements; each unit's facts and entry are its own. */
async function write(tx: Tx, campaignId: string, units: readonly Listed[], pack: Pack): Promise<Roster[]> {
  const rosters = units.map(({ unit, members }) => ({ unit, rosterId: newId(), digest: rosterDigest(members), counts: countsOf(members), members }));
  await tx.execute(
    `insert into roster (id, campaign_id, unit, frozen_at, digest, counts)
     select r."rosterId", $1, r.unit, $3::timestamptz, r.digest, r.counts from jsonb_to_recordset($2::jsonb) as r("rosterId" text, unit text, digest text, counts jsonb)`,
    [campaignId, JSON.stringify(rosters.map(({ members: _, ...roster }) => roster)), tx.now]);
  await tx.execute(
    `insert into roster_member (roster_id, institution_id, state, clauses, added_at)
     select r.id, m."institutionId", m.state, m.clauses, $2::timestamptz
       from jsonb_to_recordset($1::jsonb) as r(id text, members jsonb), jsonb_to_recordset(r.members) as m("institutionId" text, state text, clauses jsonb)`,
    [JSON.stringify(rosters.map(({ rosterId: id, members }) => ({ id, members }))), tx.now]);
  const policy = policyOf(pack);
  for (const { unit, rosterId, digest, counts } of rosters) {
    tx.certify({ ...frozenList(pack), subject: rosterId, jurisdiction: unit, inputs: { campaign: campaignId, unit, on: tx.now.slice(0, 10) }, outcome: { digest, ...counts } });
  }
  for (const { unit, rosterId, digest, counts, members } of rosters) {
    const parts = partsOf(members);
    parts.forEach((part, at) => tx.fact(rosterFrozen, unit, { rosterId, campaignId, unit, frozenAt: tx.now, part: at + 1, parts: parts.length, digest, members: part, policy }, unit));
    tx.note('roster frozen', rosterId, policy, { campaignId, unit, digest, ...counts }, unit);
  }
  return rosters.map(({ unit, rosterId, digest, counts }) => ({ unit, rosterId, digest, counts }));
}
