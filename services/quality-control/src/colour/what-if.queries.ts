import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { localDate } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';
import type { AnswerOf, QueryOf, qualityControl as http } from '@zhijian/contracts/http';
import { institutionKinds, isManaged, lackedForColouring, managedInputs, whatIf, type Inputs, type LineColour, type Often, type Pack, type RecordedBody, type RecordedYear } from '@zhijian/policy';
import { Calendars, Clock, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { packNamed } from './pack.js';
import { bodiesOf, packOfRun, type Reading, type Run } from './colour.store.js';
import type { ColourRefusal } from './colour.rules.js';

export type WhatIfRefusal = 'what-if-nothing-recorded';
export const whatIfSentences = { 'what-if-nothing-recorded': '{years} 年度没有赋色的记录，无从比较' } satisfies Record<WhatIfRefusal, string>;
type Recorded = Pick<Run, 'id' | 'year' | 'basisYear' | 'pack' | 'packVersion'> & { postedOn: string | null; publishedOn: string | null };

/** What another pack would make of recorded years. Reads only. */
@Injectable()
export class WhatIfQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly clock: Clock) {}

  async ask({ pack: name, years: wanted }: QueryOf<typeof http.whatIfColours>, principal: Principal): Promise<AnswerOf<typeof http.whatIfColours> | Refused> {
    const candidate = await this.candidate(name);
    if ('ok' in candidate) return candidate;
    const place = candidate.jurisdiction;
    if (!inPlace(principal, place) && principal.role !== 'auditor') return refuse<ColourRefusal>('colour-foreign', [], {}, { errors: [{ path: '/pack', message: '不是您任职辖区的政策包' }] });
    const numbers = wanted.split(',').map(Number);
    const runs = await this.dataSource.query<Recorded[]>(
      `select id, year, basis_year as "basisYear", pack, pack_version as "packVersion", (select to_char(min(posted_on), 'YYYY-MM-DD') from colour_notice n where n.run_id = r.id and because = 'run') as "postedOn",
          (select to_char(min(published_on), 'YYYY-MM-DD') from colour_publication p where p.run_id = r.id) as "publishedOn" from colour_run r where jurisdiction = $1 and year = any($2) and digest is not null order by year`, [place, numbers]);
    if (runs.length === 0) return refuse<WhatIfRefusal>('what-if-nothing-recorded', [], { years: numbers.join('、') }, { errors: [{ path: '/years', message: '没有赋色的记录' }] });
    const recorded = await Promise.all(runs.map((run) => this.recorded(run, place, candidate)));
    const calendar = this.calendars.current();
    const found = whatIf(candidate, recorded, calendar);
    const names = await this.names([...found.changed, ...found.runs].map(({ institutionId }) => institutionId));
    return {
      empty: found.empty, pack: `${candidate.id}@${candidate.version}`, jurisdiction: place, years: found.years.map((one, at) => ({ ...one, pack: `${runs[at]!.pack}@${runs[at]!.packVersion}` })),
      changed: found.changed.map((one) => ({ ...one, name: names.get(one.institutionId) ?? '' })), runs: found.runs.map((one) => ({ ...one, name: names.get(one.institutionId) ?? '' })), visits: [...found.visits],
      frequencies: found.frequencies.map((one) => ({ ...one, before: oftenShown(one.before), after: oftenShown(one.after) })),
      deadlines: found.deadlines.map((one) => ({ ...one, institutions: [...one.institutions] })), clauses: [], calendar: calendar.version,
    };
  }

  /** A year as it was coloured: the inputs of what stands, where each body was at home, what was public the year before; and whom the candidate would colour besides. */
  private async recorded(run: Recorded, place: string, candidate: Pack): Promise<RecordedYear> {
    const pack = await packOfRun(this.packs, run);
    const rows = await this.dataSource.query<{ institutionId: string; home: string; atHome: boolean; lines: LineColour[] }[]>(
      `select institution_id as "institutionId", home, home = $2 or exists (select 1 from colour_run r where r.id = $1 and home = any(r.concerns)) as "atHome", lines from colour_standing where run_id = $1 order by institution_id`, [run.id, place]);
    const lastYear = await this.dataSource.query<{ institutionId: string; colour: string | null }[]>('select institution_id as "institutionId", colour from colour_public where jurisdiction = $1 and year = $2', [place, run.year - 1]);
    const bodies = rows.map(({ institutionId, atHome, lines }): RecordedBody => ({ institutionId, home: atHome, servesHere: true, lines: lines.map(({ line, served, score, result }) => ({ line, served, score, result, because: null })) }));
    return {
      year: run.year, pack, postedOn: run.postedOn === null ? null : localDate(run.postedOn), publishedOn: run.publishedOn === null ? null : localDate(run.publishedOn),
      bodies: withMore(bodies, await this.added(run, place, pack, candidate)), lastYear: new Map(lastYear.map(({ institutionId, colour }) => [institutionId, colour])),
    };
  }

  /** Qualifications the candidate colours and the year's pack does not, as the register has them today: nothing was recorded of them then. */
  private async added({ basisYear }: Recorded, place: string, pack: Pack, candidate: Pack): Promise<RecordedBody[]> {
    const adds = (inputs: Inputs): boolean => isManaged(candidate, inputs) && !isManaged(pack, inputs);
    if (!institutionKinds.some((kind) => [[true, true], [false, true], [false, false]].some(([home, serves]) => adds(managedInputs(kind, home!, serves!))))) return [];
    const reading: Reading = { now: this.clock.now(), query: (sql, parameters) => this.dataSource.query(sql, parameters) };
    return (await bodiesOf(reading, { jurisdiction: place, basisYear }, adds)).map(({ institutionId, atHome, serves, lines }) => ({ institutionId, home: atHome, servesHere: serves, lines }));
  }

  private async candidate(name: string): Promise<Pack | Refused<ColourRefusal>> {
    const pack = await packNamed(this.packs, name);
    const lacks = 'ok' in pack ? [] : lackedForColouring(pack);
    return lacks.length ? refuse('colour-pack-lacks', [], { pack: name, lacks: lacks.join('、') }, { errors: [{ path: '/pack', message: '不是赋色的政策包' }] }) : pack;
  }

  private async names(ids: readonly string[]): Promise<Map<string, string>> {
    return new Map((await this.dataSource.query<{ id: string; name: string }[]>('select id, name from institution_ref where id = any($1)', [[...new Set(ids)]])).map(({ id, name }) => [id, name]));
  }
}

const oftenShown = (often: Often | null) => often && { rule: often.rule, min: often.min, target: often.target, years: often.years };

/** Qualifications beside those of the same body; bodies nothing was recorded of at the end. */
function withMore(bodies: readonly RecordedBody[], more: readonly RecordedBody[]): RecordedBody[] {
  const own = new Map(more.map((body) => [body.institutionId, body]));
  const known = new Set(bodies.map(({ institutionId }) => institutionId));
  return [...bodies.map((body) => ({ ...body, lines: [...body.lines, ...(own.get(body.institutionId)?.lines.filter(({ line }) => body.lines.every((it) => it.line !== line)) ?? [])] })), ...more.filter(({ institutionId }) => !known.has(institutionId))];
}
