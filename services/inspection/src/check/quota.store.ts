import { Injectable } from '@nestjs/common';
import { decidedByTable } from '@zhijian/audit/rules';
import type { Fact, PolicyRef } from '@zhijian/contracts';
import { checkYearBegun, type InstitutionRef } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { colourInputs, packName, quotaFor, quotaTables, type KnownColours, type Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { keepYear, yearOf, type ColourYear, type Opened, type Published, type Withdrawn } from '../rectification/colour.store.js';

interface Managed { institutionId: string; place: string; thisYear: string | null; lastYear: string | null; published: boolean }
type Because = 'run-opened' | 'year-turned' | 'registered' | 'published' | 'corrected' | 'withdrawn';
/** A body as the register knows it from now on. */
type Known = Fact<Pick<InstitutionRef, 'institutionId' | 'kind' | 'lines'>>;

/**
 * Whom a pack's scope is about in a jurisdiction: bodies of its kinds, line by line, at home there or below on the day, and
 * those that serve there where the pack takes visitors in. With what is known of their colours.
 */
const managed = `select i.institution_id as "institutionId", i.jurisdiction as place, t.colour as "thisYear", l.colour as "lastYear", t.colour is not null as published
   from institution_ref i
   left join colour_ref t on t.institution_id = i.institution_id and t.jurisdiction = $1 and t.year = $2
   left join colour_ref l on l.institution_id = i.institution_id and l.jurisdiction = $1 and l.year = $2 - 1
  where ($3::uuid is null or i.institution_id = $3)
    and (i.kind = any($4::text[]) or exists (select 1 from jsonb_array_elements(coalesce(i.lines, '[]')) q where q ->> 'kind' = any($4::text[]) and coalesce(q ->> 'to', '9999') >= $6))
    and (i.jurisdiction = $1 or i.jurisdiction in (select descendant from jurisdiction_closure_ref where ancestor = $1 and from_on <= $6::date and (to_on is null or to_on >= $6::date)) or ($5 and i.serves @> array[$1]) or t.colour is not null or l.colour is not null)
  order by 1`;

const write = `insert into check_quota (institution_id, jurisdiction, year, place, colour, colour_from, frequency, min, target, permitted, pack, pack_version, clauses, reason, since)
   select q.id, $2, $3, q.place, q.colour, q."from", q.frequency, q.min, q.target, q.permitted, $4, $5, q.clauses, q.reason, $6::timestamptz
     from jsonb_to_recordset($1::jsonb) as q(id uuid, place text, colour text, "from" text, frequency text, min int, target int, permitted boolean, clauses jsonb, reason text)
   on conflict (institution_id, jurisdiction, year) do update set place = excluded.place, colour = excluded.colour, colour_from = excluded.colour_from, frequency = excluded.frequency, min = excluded.min, target = excluded.target,
     permitted = excluded.permitted, pack = excluded.pack, pack_version = excluded.pack_version, clauses = excluded.clauses, reason = excluded.reason, since = excluded.since,
     history = case when (check_quota.colour, check_quota.colour_from, check_quota.min) is distinct from (excluded.colour, excluded.colour_from, excluded.min)
       then check_quota.history || jsonb_build_object('at', excluded.since, 'colour', check_quota.colour, 'min', check_quota.min, 'because', $7::text) else check_quota.history end`;

/** So long what the shelf holds is not looked at again: a pack is to be known within five seconds of its installation. */
const lookedUp = 5_000;

/** How often each body is to be checked in a year, by the colour that applies to it (CQ-2024-10 to -12). */
@Injectable()
export class QuotaStore {
  private kinds: { readonly until: number; readonly known: Promise<ReadonlySet<string> | null> } | undefined;

  constructor(private readonly packs: PackShelf) {}

  /** A year begins: before its colours are public, those of the year before apply. */
  async opened({ data }: Opened, tx: Tx): Promise<void> {
    await keepYear(tx, data);
    await this.count(tx, { ...data, pack: data.policy.pack, version: data.policy.version }, null, 'run-opened');
  }

  /**
   * The year after begins as this one ends, by the colours of this one where there are any: who is owed a check is not to wait until
   * somebody opens the year's colouring (AMB-CQ-11). What its run brings later is counted anew.
   */
  async turned(tx: Tx, { jurisdiction, year, pack, version }: ColourYear): Promise<void> {
    const [coloured] = await tx.query('select 1 from colour_ref where jurisdiction = $1 and year = $2 and colour is not null limit 1', [jurisdiction, year]);
    const after = { jurisdiction, year: year + 1, runId: null, pack, version };
    if (!coloured || !(await keepYear(tx, { ...after, policy: { pack, version } }))) return;
    const policy = await this.count(tx, after, null, 'year-turned');
    if (policy) tx.fact(checkYearBegun, jurisdiction, { jurisdiction, year: after.year, policy }, jurisdiction);
  }

  /**
   * A body's colour has become public, or another: from now on it is checked as often as that says. What was done stays and counts.
   * @param first nothing was known of the year before: everybody is counted
   */
  async follow({ data }: Published, tx: Tx, first: boolean): Promise<void> {
    const because = data.erratum ? 'corrected' : 'published';
    await this.count(tx, { ...data, pack: data.policy.pack, version: data.policy.version }, first ? null : data.institutionId, because);
    await this.yearAfter(tx, data, because);
  }

  async withdrawn({ data }: Withdrawn, tx: Tx): Promise<void> {
    const year = await yearOf(tx, data.jurisdiction, data.year);
    if (year) await this.count(tx, year, data.institutionId, 'withdrawn');
    await this.yearAfter(tx, data, 'withdrawn');
  }

  /** Who is registered after the year has begun is checked in it too: at first by the colour of the year before, if there is one. */
  async registered({ data: { institutionId, kind, lines } }: Known, tx: Tx): Promise<void> {
    const kinds = await this.ruledKinds();
    if (kinds && ![kind, ...(lines ?? []).map((line) => line.kind)].some((one) => kinds.has(one))) return; // nothing is asked where no pack has such bodies checked by colour
    const years = await tx.query<ColourYear>(
      `select y.jurisdiction, y.year, y.run_id as "runId", y.pack, y.pack_version as version from colour_year y where y.year = $1 and y.closed_at is null
          and not exists (select 1 from check_quota q where q.institution_id = $2 and q.jurisdiction = y.jurisdiction and q.year = y.year) order by 1`, [Number(tx.now.slice(0, 4)), institutionId]);
    for (const year of years) await this.count(tx, year, institutionId, 'registered');
  }

  /** Kinds of bodies that some installed pack has checked as often as their colour says; null while one of the packs cannot be read: then the year is asked for. */
  private ruledKinds(): Promise<ReadonlySet<string> | null> {
    const now = performance.now();
    if (!this.kinds || this.kinds.until < now) this.kinds = { until: now + lookedUp, known: this.lookUp().catch(() => null) };
    return this.kinds.known;
  }

  private async lookUp(): Promise<ReadonlySet<string>> {
    const packs = await Promise.all(this.packs.list().map((one) => this.packs.get(packName(one))));
    return new Set(packs.filter(ruled).flatMap((pack) => pack.campaign?.scope.kinds ?? []));
  }

  /** The year after goes by this colour while it has none of its own (AMB-CQ-11). */
  private async yearAfter(tx: Tx, { jurisdiction, year, institutionId }: { jurisdiction: string; year: number; institutionId: string }, because: Because): Promise<void> {
    const after = await yearOf(tx, jurisdiction, year + 1);
    if (!after) return;
    const [counted] = await tx.query(`select 1 from check_quota where institution_id = $1 and jurisdiction = $2 and year = $3 and colour_from = 'this-year'`, [institutionId, jurisdiction, after.year]);
    if (!counted) await this.count(tx, after, institutionId, because);
  }

  /** @returns what the counts rest on; null where the pack rules none or nobody is in its scope */
  private async count(tx: Tx, { jurisdiction, year, pack: name, version }: Omit<ColourYear, 'runId'>, only: string | null, because: Because): Promise<PolicyRef | null> {
    const pack = await this.packs.get(`${name}@${version}`);
    if (!ruled(pack)) return null;
    const { kinds = [], visitors = false } = pack.campaign?.scope ?? {};
    const bodies = await tx.query<Managed>(managed, [jurisdiction, year, only, kinds, visitors, tx.now.slice(0, 10)]);
    const quotas = bodies.map((body) => ({ body, quota: quotaFor(pack, 'inspection', body) }));
    if (quotas.length === 0) return null;
    for (const alike of Map.groupBy(bodies, ({ published, thisYear, lastYear }) => JSON.stringify([published, thisYear, lastYear])).values()) certifyQuota(tx, pack, { jurisdiction, year }, alike[0]!, alike.map(({ institutionId }) => institutionId));
    const rows = quotas.map(({ body, quota: { colour, from, frequency, min, target, permitted, clauses, reason } }) => ({ id: body.institutionId, place: body.place, colour, from, frequency, min, target, permitted, clauses, reason }));
    await tx.execute(write, [JSON.stringify(rows), jurisdiction, year, pack.id, pack.version, tx.now, because]);
    const policy: PolicyRef = { pack: pack.id, version: pack.version, clauses: [...new Set(quotas.flatMap(({ quota }) => quota.clauses))] };
    tx.note('check quotas counted', `${jurisdiction}/${year}${only ? `/${only}` : ''}`, policy, { because, bodies: bodies.length }, jurisdiction);
    return policy;
  }
}

/** Does a pack say how often bodies are checked by their colour? */
const ruled = (pack: Pack): boolean => Object.hasOwn(pack.decisions, quotaTables.inspection);

/** Which colour applies, and which frequency it names: one pair of certificates for all bodies alike. */
function certifyQuota(tx: Tx, pack: Pack, { jurisdiction, year }: { jurisdiction: string; year: number }, known: KnownColours, about: readonly string[]): void {
  const what = { kind: 'quota', subject: `${jurisdiction}/${year}/check-quota`, about, jurisdiction, context: { year } } as const;
  const used = decidedByTable(pack, 'colour-in-use', colourInputs(known), what);
  tx.certify(used);
  tx.certify(decidedByTable(pack, quotaTables.inspection, { colour: used.outcome }, what));
}
