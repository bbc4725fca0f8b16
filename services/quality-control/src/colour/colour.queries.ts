import { Injectable } from '@nestjs/common';
import type { AnswerOf, QueryOf, qualityControl as http } from '@zhijian/contracts/http';
import { coloursOf, decide, runOf, scaleOf, type Pack } from '@zhijian/policy';
import { notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { notedOn } from '../correction/noted.queries.js';
import { packOfRun, type Run } from './colour.store.js';

type ShownRun = AnswerOf<typeof http.openColourRun>;
type Detail = AnswerOf<typeof http.getColourRun>;
type Body = AnswerOf<typeof http.listColoured>['items'][number];
type Row = Omit<ShownRun, 'clauses' | 'pack'> & Run & { openedAt: Date; proposedAt: Date | null; signedAt: Date | null; yearEnd: { closedAt: string; open: string[]; monitoring: { institutionId: string; what: string; owed: number; done: number }[] } | null };

const columns = `id, id as "runId", jurisdiction, year, basis_year as "basisYear", state, version, opened_at as "openedAt", opened_by as "openedBy", proposed_at as "proposedAt", proposed_by as "proposedBy", digest,
  signed_at as "signedAt", pack, pack_version as "packVersion", pack_hash as "packHash", calendar, year_end as "yearEnd"`;
const instant = (at: Date | null): string | null => at && new Date(at.getTime() + 8 * 3600_000).toISOString().replace('Z', '+08:00');
const body = `s.institution_id as "institutionId", coalesce(i.name, '') as name, coalesce(i.credit_code, '') as "creditCode", s.home as jurisdiction, coalesce(i.invented, false) as invented, s.state, s.colour, s.red_years as "redYears", s.revision, s.changed,
  case when p.run_id is not null then jsonb_build_object('colour', p.colour, 'publishedOn', p.published_on) end as published, s.lines, s.clauses`;
const standing = `colour_standing s left join institution_ref i on i.id = s.institution_id left join colour_public p on p.run_id = s.run_id and p.institution_id = s.institution_id`;

@Injectable()
export class ColourQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf) {}

  async list({ limit, cursor, year, jurisdiction }: QueryOf<typeof http.listColourRuns>) {
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns} from colour_run where ($1::text is null or id < $1) and ($2::int is null or year = $2) and ($3::text is null or jurisdiction = $3) order by id desc limit $4`, [cursor ?? null, year ?? null, jurisdiction ?? null, limit + 1]);
    const shown = rows.slice(0, limit);
    return { items: await Promise.all(shown.map(async (row) => shownRun(row, await packOfRun(this.packs, row)))), next: rows.length > limit ? shown.at(-1)!.runId : null };
  }

  async run(runId: string): Promise<ShownRun> {
    const row = await this.row(runId);
    return shownRun(row, await packOfRun(this.packs, row));
  }

  /** A run with its matrix: every cell of the pack's two scales, how many qualifications stand in it. */
  async detail(runId: string): Promise<Detail> {
    const row = await this.row(runId);
    const pack = await packOfRun(this.packs, row);
    const bodies = await this.dataSource.query<{ state: Body['state']; colour: string | null; changed: boolean; lines: { grade: string | null; level: string | null; colour: string | null }[]; public: boolean }[]>(
      `select s.state, s.colour, s.changed, s.lines, p.colour is not null as public from ${standing} where s.run_id = $1`, [runId]);
    const of = (state: Body['state']): number => bodies.filter((one) => one.state === state).length;
    const lines = bodies.flatMap((one) => one.lines);
    const [grades, levels, colours] = [namedIn(pack, 'quality-grade'), namedIn(pack, 'comparison-level'), namedIn(pack, 'colour')];
    return {
      ...shownRun(row, pack), grades, levels, colours, cells: grades.flatMap(({ id: grade }) => levels.map(({ id: level }) => ({
        grade, level, colour: decide<string>(pack, 'colour', { grade, level }).value, lines: lines.filter((line) => line.grade === grade && line.level === level).length,
      }))),
      counts: {
        managed: bodies.length, signed: of('signed'), toSign: of('to-sign'), undetermined: of('undetermined'), changed: bodies.filter(({ changed }) => changed).length, published: bodies.filter((one) => one.public).length,
        colours: Object.fromEntries(coloursOf(pack).map((id) => [id, bodies.filter(({ colour }) => colour === id).length])),
      },
      author: row.state === 'proposed' || row.state === 'opened' ? row.openedBy : row.proposedBy ?? row.openedBy, notices: await this.notices(runId), toRevise: await this.toRevise(runId), yearEnd: row.yearEnd && { ...row.yearEnd, monitoring: await this.named(row.yearEnd.monitoring), corrections: await notedOn({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, 'year-end', row) },
    };
  }

  async bodies(runId: string, { limit, cursor, grade, level, colour, state, changed, institutionId }: QueryOf<typeof http.listColoured>) {
    const row = await this.row(runId);
    const found = await this.dataSource.query<Body[]>(
      `select ${body} from ${standing} where s.run_id = $1 and ($2::text is null or s.institution_id > $2) and ($3::text is null or s.state = $3) and ($4::text is null or s.colour = $4) and ($5::boolean is null or s.changed)
          and ($6::text is null or s.institution_id = $6) and (($7::text is null and $8::text is null) or exists (select 1 from jsonb_array_elements(s.lines) l where ($7::text is null or l ->> 'grade' = $7) and ($8::text is null or l ->> 'level' = $8)))
        order by s.institution_id limit $9`, [runId, cursor ?? null, state ?? null, colour ?? null, changed ? true : null, institutionId ?? null, grade ?? null, level ?? null, limit + 1]);
    const shown = found.slice(0, limit).map((one) => ({ ...one, pack: `${row.pack}@${row.packVersion}`, calendar: row.calendar }));
    return { items: shown, next: found.length > limit ? shown.at(-1)!.institutionId : null };
  }

  /** From what was public for the year before to how this year stands. */
  async flow(runId: string) {
    const row = await this.row(runId);
    const flows = await this.dataSource.query<{ from: string; to: string; bodies: number }[]>(
      `select coalesce(p.colour, 'none') as "from", coalesce(s.colour, 'none') as "to", count(*)::int as bodies
         from colour_standing s left join colour_public p on p.institution_id = s.institution_id and p.jurisdiction = $2 and p.year = $3 where s.run_id = $1 group by 1, 2 order by 1, 2`, [runId, row.jurisdiction, row.year - 1]);
    const { clauses, pack, calendar } = shownRun(row, await packOfRun(this.packs, row));
    return { year: row.year, previousYear: row.year - 1, flows, clauses, pack, calendar };
  }

  async redYears({ limit, cursor, year, step }: QueryOf<typeof http.listRedYears>) {
    const [before, id] = cursor?.split(' ') ?? [];
    const rows = await this.dataSource.query<{ institutionId: string; name: string | null; invented: boolean | null; jurisdiction: string; year: number; redYears: number; step: 'alarm' | 'propose'; countedAt: Date; pack: string; packVersion: number; calendar: string }[]>(
      `select r.institution_id as "institutionId", i.name, i.invented, r.jurisdiction, r.year, r.red_years as "redYears", r.step, r.counted_at as "countedAt", c.pack, c.pack_version as "packVersion", c.calendar
         from red_years_current r join colour_run c on c.id = r.run_id left join institution_ref i on i.id = r.institution_id
        where r.step <> 'none' and ($1::int is null or r.year = $1) and ($2::text is null or r.step = $2) and ($3::int is null or (-r.year, r.institution_id) > (-$3, $4)) order by -r.year, r.institution_id limit $5`,
      [year ?? null, step ?? null, Number(before) || null, id ?? '', limit + 1]);
    const shown = await Promise.all(rows.slice(0, limit).map(async ({ packVersion, countedAt, ...row }) => ({
      ...row, name: row.name ?? '', invented: row.invented ?? false, countedAt: instant(countedAt)!, pack: `${row.pack}@${packVersion}`, clauses: [...(runOf(await packOfRun(this.packs, { pack: row.pack, packVersion }), 'red-years')?.clauses ?? [])],
    })));
    return { items: shown, next: rows.length > limit ? `${shown.at(-1)!.year} ${shown.at(-1)!.institutionId}` : null };
  }

  /** A body's years, the latest first: what is public, what was told before, and what it rests on. */
  async history(institutionId: string): Promise<AnswerOf<typeof http.getColourHistory>> {
    const years = await this.dataSource.query<(AnswerOf<typeof http.getColourHistory>['years'][number] & { packVersion: number })[]>(
      `select p.year, p.jurisdiction, p.run_id as "runId", p.colour, to_char(p.published_on, 'YYYY-MM-DD') as "publishedOn", coalesce(r.red_years, 0) as "redYears", coalesce(e.lines, '[]') as lines, coalesce(e.clauses, '{}') as clauses, c.pack, c.pack_version as "packVersion", c.calendar,
          (select jsonb_agg(jsonb_build_object('revision', t.revision, 'colour', t.colour, 'before', t.before, 'erratum', t.erratum, 'publishedOn', t.published_on, 'reason', t.reason) order by t.told_at, t.fact_id) from colour_publication t where t.run_id = p.run_id and t.institution_id = p.institution_id) as told
         from colour_public p left join colour_run c on c.id = p.run_id left join colour_entry e on e.run_id = p.run_id and e.institution_id = p.institution_id and e.revision = p.revision
         left join red_years_current r on r.run_id = p.run_id and r.institution_id = p.institution_id where p.institution_id = $1 order by p.year desc, p.jurisdiction`, [institutionId]);
    return { institutionId, years: years.map(({ packVersion, ...year }) => ({ ...year, pack: year.pack ? `${year.pack}@${packVersion}` : '', calendar: year.calendar ?? null })) };
  }

  private async row(runId: string): Promise<Row> {
    const [row] = await this.dataSource.query<Row[]>(`select ${columns} from colour_run where id = $1`, [runId]);
    if (!row) throw notFound('这个年度的赋色');
    return row;
  }

  private notices(runId: string): Promise<Detail['notices']> {
    return this.dataSource.query<(Omit<Detail['notices'][number], 'finishedAt'> & { finishedAt: Date | null })[]>(
      `select notice_id as "noticeId", because, to_char(posted_on, 'YYYY-MM-DD') as "postedOn", to_char(last_day, 'YYYY-MM-DD') as "lastDay", entries, finished_at as "finishedAt", published, waiting, withdrawn_reason as withdrawn
         from colour_notice where run_id = $1 order by posted_on, notice_id`, [runId]).then((rows) => rows.map((row) => ({ ...row, finishedAt: instant(row.finishedAt) })));
  }

  private toRevise(runId: string): Promise<Detail['toRevise']> {
    return this.dataSource.query(
      `select o.objection_id as "objectionId", o.institution_id as "institutionId", coalesce(i.name, '') as name from colour_objection o left join institution_ref i on i.id = o.institution_id
        where o.run_id = $1 and o.outcome = 'to-be-changed' and o.correction_id is null order by o.objection_id`, [runId]);
  }

  private async named<T extends { institutionId: string }>(items: readonly T[]): Promise<(T & { name: string })[]> {
    const names = new Map((await this.dataSource.query<{ id: string; name: string }[]>('select id, name from institution_ref where id = any($1)', [items.map(({ institutionId }) => institutionId)])).map(({ id, name }) => [id, name]));
    return items.map((item) => ({ ...item, name: names.get(item.institutionId) ?? '' }));
  }
}

const namedIn = (pack: Pack, scale: string) => scaleOf(pack, scale)!.value.values.map(({ id, title }) => ({ id, title }));

function shownRun(row: Row, pack: Pack): ShownRun {
  const { runId, jurisdiction, year, basisYear, state, version, openedBy, digest, calendar } = row;
  const clauses = decide(pack, 'basis-year', { runYear: year }).clauses.map(({ id }) => id);
  return { runId, jurisdiction, year, basisYear, state, version, openedAt: instant(row.openedAt)!, openedBy, proposedAt: instant(row.proposedAt), digest, signedAt: instant(row.signedAt), clauses, pack: `${row.pack}@${row.packVersion}`, calendar };
}
