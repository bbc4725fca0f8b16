import { Injectable } from '@nestjs/common';
import type { QualificationLine } from '@zhijian/contracts/facts';
import type { AnswerOf, QueryOf, qualityControl } from '@zhijian/contracts/http';
import type { Tx } from '@zhijian/persistence';
import { isManaged, managedInputs, scaleOf, type Pack } from '@zhijian/policy';
import { Clock, notFound, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { here } from '../colour/colour.store.js';
import { MonitoringOwed, type OwedMonitoring } from '../colour/year-end.js';
import { countedIn, monitoringQuota, owedOf, stateOf, type Fixed, type MonitoringQuota } from './quota.rules.js';

export interface Reader { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> }
export interface Which { jurisdiction: string; year: number }
type Quota = AnswerOf<typeof qualityControl.listMonitoringQuotas>['items'][number];
export type Frequency = AnswerOf<typeof qualityControl.listMonitoringFrequencies>['items'][number];
interface Body { id: string; name: string; home: string; lines: QualificationLine[]; atHome: boolean; serves: boolean; thisYear: string | null; lastYear: string | null; visits: { monitoringId: string; visitedOn: string; year: number; problems: number }[] }
export interface Counted extends MonitoringQuota { body: Body; done: number; problems: number }

const bodies = `with here as ${here}
  select i.id, i.name, i.jurisdiction as home, i.lines, i.jurisdiction in (select place from here) as "atHome", exists (select 1 from here where place = any(i.serves)) as serves, t.colour as "thisYear", l.colour as "lastYear",
      (select coalesce(jsonb_agg(jsonb_build_object('monitoringId', v.id, 'visitedOn', v.visited_on, 'year', v.year, 'problems', jsonb_array_length(v.problems)) order by v.visited_on, v.id), '[]') from monitoring_visit v where v.institution_id = i.id and v.jurisdiction = $1) as visits
    from institution_ref i
    left join colour_public t on t.institution_id = i.id and t.jurisdiction = $1 and t.year = $3
    left join colour_public l on l.institution_id = i.id and l.jurisdiction = $1 and l.year = $3 - 1
   where i.jurisdiction in (select place from here) or exists (select 1 from here where place = any(i.serves)) or t.colour is not null or l.colour is not null order by i.id`;

export const titleOf = (pack: Pack, colour: string | null): string | null => (colour === null ? null : (scaleOf(pack, 'colour')?.value.values.find(({ id }) => id === colour)?.title ?? colour));
const holds = ({ from, to }: QualificationLine, today: string): boolean => (from === null || from <= today) && (to === null || to >= today);

/** How often everybody is to be monitored in a year, and how often they were: counted when asked, from public colours and recorded visits. */
export async function quotasOf(reader: Reader, pack: Pack, { jurisdiction, year }: Which, today: string): Promise<Counted[]> {
  const fixed = new Map((await currentFrequencies(reader, { jurisdiction, year })).map((one) => [one.colour, one as Fixed]));
  const all = await reader.query<Body>(bodies, [jurisdiction, today, year]);
  const managed = all.filter(({ lines, atHome, serves, thisYear, lastYear }) => thisYear !== null || lastYear !== null || lines.some((line) => holds(line, today) && isManaged(pack, managedInputs(line.kind, atHome, serves))));
  return managed.map((body) => {
    const quota = monitoringQuota(pack, { published: body.thisYear !== null, thisYear: body.thisYear, lastYear: body.lastYear }, (colour) => fixed.get(colour));
    const done = countedIn(body.visits.map((visit) => visit.year), year, quota.years);
    return { ...quota, body, done, problems: body.visits.filter((visit) => visit.year === year).reduce((total, { problems }) => total + problems, 0) };
  });
}

/** What stands for each colour of a year. */
export const currentFrequencies = (reader: Reader, { jurisdiction, year }: Which) => reader.query<Omit<Frequency, 'colourTitle'>>(
  `select distinct on (colour) id as "frequencyId", colour, times, years, reported_on::text as "reportedOn", reference, decided_at as "decidedAt", clauses, pack || '@' || pack_version as pack, null as calendar
     from monitoring_frequency where jurisdiction = $1 and year = $2 order by colour, id desc`, [jurisdiction, year]);

/**
 * The pack a year of colours goes by; one whose colouring nobody has opened goes by the year before, as its colours apply until then
 * (AMB-CQ-11). With `before`, that of the last year up to it.
 */
export async function packOfYear(reader: Reader, packs: PackShelf, { jurisdiction, year }: Which, before = false): Promise<Pack | null> {
  const [run] = await reader.query<{ pack: string; version: number }>(`select pack, pack_version as version from colour_run where jurisdiction = $1 and year <= $2 and ($3::boolean or year = $2 or (year = $2 - 1 and state = 'published')) order by year desc limit 1`, [jurisdiction, year, before]);
  return run ? packs.get(`${run.pack}@${run.version}`) : null;
}

@Injectable()
export class QuotaQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock) {}

  private readonly reader: Reader = { query: (sql, parameters) => this.dataSource.query(sql, parameters) };

  async list(which: Which, { limit, cursor, colour, state, institutionId }: QueryOf<typeof qualityControl.listMonitoringQuotas>) {
    const pack = await this.pack(which);
    const all = await quotasOf(this.reader, pack, which, this.clock.now().slice(0, 10));
    const fit = all.map((row) => shown(pack, row)).filter((row) => (!cursor || row.institutionId > cursor) && (!colour || (row.colour ?? 'none') === colour) && (!state || row.state === state) && (!institutionId || row.institutionId === institutionId));
    const items = fit.slice(0, limit);
    return { items, next: fit.length > limit ? items.at(-1)!.institutionId : null };
  }

  async frequencies(which: Which): Promise<{ items: Frequency[]; next: null }> {
    const pack = await this.pack(which);
    return { items: (await currentFrequencies(this.reader, which)).map((row) => ({ ...row, colourTitle: titleOf(pack, row.colour)! })), next: null };
  }

  /** @throws Missing (404) where no colours of that year nor of the one before are known, or the year has not begun */
  async pack(which: Which): Promise<Pack> {
    const begun = which.year <= Number(this.clock.now().slice(0, 4));
    const pack = begun ? await packOfYear(this.reader, this.packs, which) : null;
    if (!pack) throw notFound('这个年度的分色管理');
    return pack;
  }
}

const shown = (pack: Pack, { body, colour, from, min, target, years, permitted, fixed, done, clauses }: Counted): Quota => ({
  institutionId: body.id, institutionName: body.name, home: body.home, colour, colourTitle: titleOf(pack, colour), colourFrom: from, min, target, years, permitted, fixed, done, owed: owedOf({ min, done }), state: stateOf({ min, done }),
  visits: body.visits.map(({ monitoringId, visitedOn }) => ({ monitoringId, visitedOn })), clauses: [...clauses], pack: `${pack.id}@${pack.version}`, calendar: null,
});

/** What the colouring's year-end list asks of monitoring. */
@Injectable()
export class OwedAtYearEnd extends MonitoringOwed {
  constructor(private readonly packs: PackShelf) {
    super();
  }

  async notDone(tx: Tx, place: string, year: number): Promise<OwedMonitoring[]> {
    const which = { jurisdiction: place, year };
    const pack = await packOfYear(tx, this.packs, which);
    if (!pack) return [];
    const rows = await quotasOf(tx, pack, which, tx.now.slice(0, 10));
    return rows.filter((row) => owedOf(row) > 0).map(({ body, min, done }) => ({ institutionId: body.id, what: 'quality-monitoring', owed: min ?? 0, done }));
  }
}
