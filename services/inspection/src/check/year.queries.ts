import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, inspection } from '@zhijian/contracts/http';
import { scaleOf, type Pack } from '@zhijian/policy';
import { Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { seatOf } from '../campaign/agency.rules.js';
import { boardColumn, groundIn } from '../rectification/rectification.rules.js';
import { changedAfter } from './changed.queries.js';
import { owedOf, stateOf } from './check.rules.js';
import { titleOf, type Reader, type Which } from './which.js';

type Year = AnswerOf<typeof inspection.getColourYear>;
type Quota = AnswerOf<typeof inspection.listQuotas>['items'][number];
export type OwedLine = NonNullable<Year['yearEnd']>['items'][number];
type QuotaRow = Omit<Quota, 'colourTitle' | 'owed' | 'state'>;

/** Whose it is to open a year's colouring, as the pack names them; null where it names nobody. */
function openerIn(pack: Pack, jurisdiction: string, now: string): string | null {
  const duty = pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ kind }) => kind === 'colouring');
  return duty?.actor ? seatOf(duty.actor, groundIn(pack, jurisdiction, now)).name : null;
}

const quotas = `select q.institution_id as "institutionId", i.name as "institutionName", q.jurisdiction, q.place, q.year, q.colour, q.colour_from as "colourFrom", q.min, q.target, q.permitted, q.reason, q.history, q.clauses, q.pack || '@' || q.pack_version as pack, null as calendar,
    c.done, c.complaints, c.checks
  from check_quota q join institution_ref i on i.institution_id = q.institution_id
  cross join lateral (select count(*) filter (where origin = 'planned')::int as done, count(*) filter (where origin = 'complaint')::int as complaints,
      coalesce(jsonb_agg(jsonb_build_object('checkId', k.id, 'visitedOn', k.visited_on, 'origin', k.origin) order by k.visited_on, k.id), '[]') as checks
    from check_record k where k.institution_id = q.institution_id and k.jurisdiction = q.jurisdiction and k.year = q.year) c
 where q.jurisdiction = $1 and q.year = $2`;
/** As \`stateOf\` says it. */
const state = `case when min is null then 'not-ruled' when min > done then 'owed' when min = 0 then 'permitted' else 'met' end`;

/** How the years of colours stand: who is to be checked how often, what was done, what is owed. */
@Injectable()
export class YearQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock) {}

  private readonly reader: Reader = { query: (sql, parameters) => this.dataSource.query(sql, parameters) };

  /** The latest first. */
  async years({ limit, cursor }: QueryOf<typeof inspection.listColourYears>) {
    const rows = await this.dataSource.query<AnswerOf<typeof inspection.listColourYears>['items']>(
      `select jurisdiction, year, run_id as "runId", closed_at as "closedAt", pack || '@' || pack_version as pack from colour_year where ($1::text is null or lpad(year::text, 4, '0') || '/' || jurisdiction < $1) order by year desc, jurisdiction desc limit $2`, [cursor ?? null, limit + 1]);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? `${String(last.year).padStart(4, '0')}/${last.jurisdiction}` : null };
  }

  async one(which: Which): Promise<Year> {
    const { yearEnd, yearEndSha256, ...listed } = await this.listed(which);
    const pack = await this.packs.get(listed.pack);
    const colours = await this.dataSource.query<Omit<Year['colours'][number], 'title'>[]>(
      `select colour, count(*)::int as bodies, coalesce(sum(min), 0)::int as required, sum(done)::int as done, coalesce(sum(greatest(0, min - done)), 0)::int as owed, sum(complaints)::int as complaints from (${quotas}) q group by colour order by colour nulls last`, [which.jurisdiction, which.year]);
    const months = await this.dataSource.query<Year['months']>(
      `select m as month, count(k.id) filter (where k.origin = 'planned')::int as planned, count(k.id) filter (where k.origin = 'complaint')::int as complaint
         from generate_series(1, 12) m left join check_record k on k.jurisdiction = $1 and k.year = $2 and extract(month from k.visited_on) = m group by m order by m`, [which.jurisdiction, which.year]);
    const boards = await this.dataSource.query<{ board: string; count: number }[]>(
      `select ${boardColumn} as board, count(*)::int as count from rectification where jurisdiction = $1 and year = $2 group by 1`, [which.jurisdiction, which.year]);
    const order = scaleOf(pack, 'colour')?.value.values.map(({ id }) => id).reverse() ?? [];
    const placeOf = (colour: string | null): number => (colour === null ? order.length : order.indexOf(colour));
    return {
      ...listed, colours: colours.map((row) => ({ ...row, title: titleOf(pack, row.colour) ?? '没有颜色' })).sort((a, b) => placeOf(a.colour) - placeOf(b.colour)), months,
      rectification: Object.fromEntries(boards.map(({ board, count }) => [board, count])), opener: listed.runId === null ? openerIn(pack, which.jurisdiction, this.clock.now()) : null,
      yearEnd: yearEnd && { items: await this.ofReader(which, yearEnd), sha256: yearEndSha256!, changed: await changedAfter(this.reader, pack, which, listed.closedAt!) },
      clauses: [...new Set((await this.dataSource.query<{ clauses: string[] }[]>('select distinct clauses from check_quota where jurisdiction = $1 and year = $2', [which.jurisdiction, which.year])).flatMap(({ clauses }) => clauses))].sort(), calendar: null,
    };
  }

  /** The frozen list as far as this reader sees its bodies; the digest is of the whole. */
  private async ofReader({ jurisdiction, year }: Which, list: readonly OwedLine[]): Promise<OwedLine[]> {
    const seen = new Set((await this.dataSource.query<{ id: string }[]>('select institution_id::text as id from check_quota where jurisdiction = $1 and year = $2', [jurisdiction, year])).map(({ id }) => id));
    return list.filter(({ institutionId }) => seen.has(institutionId));
  }

  async quotas(which: Which, { limit, cursor, colour, state: at, institutionId }: QueryOf<typeof inspection.listQuotas>) {
    const { pack: name } = await this.listed(which);
    const pack = await this.packs.get(name);
    const rows = await this.dataSource.query<QuotaRow[]>(
      `select * from (${quotas}) q where ($3::text is null or "institutionId"::text > $3) and ($4::text is null or coalesce(colour, 'none') = $4) and ($5::text is null or ${state} = $5) and ($6::text is null or "institutionId"::text = $6) order by "institutionId" limit $7`,
      [which.jurisdiction, which.year, cursor ?? null, colour ?? null, at ?? null, institutionId ?? null, limit + 1]);
    const items = rows.slice(0, limit).map((row): Quota => ({ ...row, colourTitle: titleOf(pack, row.colour), owed: owedOf(row), state: stateOf(row) }));
    return { items, next: rows.length > limit ? items.at(-1)!.institutionId : null };
  }

  /** @throws Missing (404) where no colours of that year are known */
  async listed({ jurisdiction, year }: Which) {
    const [found] = await this.dataSource.query<(AnswerOf<typeof inspection.listColourYears>['items'][number] & { yearEnd: OwedLine[] | null; yearEndSha256: string | null })[]>(
      `select jurisdiction, year, run_id as "runId", closed_at as "closedAt", pack || '@' || pack_version as pack, year_end as "yearEnd", year_end_sha256 as "yearEndSha256" from colour_year where jurisdiction = $1 and year = $2`, [jurisdiction, year]);
    if (!found) throw notFound('这个年度的分色管理');
    return found;
  }
}

/** What is owed and not done of a year, by body; inside a transaction. Bodies whose colour only permits, or rules nothing, are not in it. */
export async function owedIn(reader: Reader, pack: Pack, { jurisdiction, year }: Which): Promise<OwedLine[]> {
  const rows = await reader.query<QuotaRow>(`select * from (${quotas}) q where min > done order by "institutionId"`, [jurisdiction, year]);
  return rows.map(({ institutionId, institutionName, place, colour, min, done, permitted, clauses }) => ({ institutionId, institutionName, place, colour: colour!, colourTitle: titleOf(pack, colour)!, min: min!, done, owed: owedOf({ min, permitted, done }), clauses }));
}
