import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { localDate } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';
import type { AnswerOf, QueryOf, qualityControl as http } from '@zhijian/contracts/http';
import { lackedForColouring, whatIf, type LineColour, type Pack, type RecordedYear } from '@zhijian/policy';
import { Calendars, PackShelf } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { packNamed } from './pack.js';
import { packOfRun, type Run } from './colour.store.js';
import type { ColourRefusal } from './colour.rules.js';

export type WhatIfRefusal = 'what-if-nothing-recorded';
export const whatIfSentences = { 'what-if-nothing-recorded': '{years} 年度没有赋色的记录，无从比较' } satisfies Record<WhatIfRefusal, string>;
type Recorded = Pick<Run, 'id' | 'year' | 'pack' | 'packVersion'> & { postedOn: string | null; publishedOn: string | null };

/** What another pack would make of recorded years. Reads only. */
@Injectable()
export class WhatIfQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  async ask({ pack: name, years: wanted }: QueryOf<typeof http.whatIfColours>, principal: Principal): Promise<AnswerOf<typeof http.whatIfColours> | Refused> {
    const candidate = await this.candidate(name);
    if ('ok' in candidate) return candidate;
    const place = candidate.jurisdiction;
    if (!inPlace(principal, place) && principal.role !== 'auditor') return refuse<ColourRefusal>('colour-foreign', [], {}, { errors: [{ path: '/pack', message: '不是您任职辖区的政策包' }] });
    const numbers = wanted.split(',').map(Number);
    const runs = await this.dataSource.query<Recorded[]>(
      `select id, year, pack, pack_version as "packVersion", (select to_char(min(posted_on), 'YYYY-MM-DD') from colour_notice n where n.run_id = r.id and because = 'run') as "postedOn",
          (select to_char(min(published_on), 'YYYY-MM-DD') from colour_publication p where p.run_id = r.id) as "publishedOn" from colour_run r where jurisdiction = $1 and year = any($2) and digest is not null order by year`, [place, numbers]);
    if (runs.length === 0) return refuse<WhatIfRefusal>('what-if-nothing-recorded', [], { years: numbers.join('、') }, { errors: [{ path: '/years', message: '没有赋色的记录' }] });
    const recorded = await Promise.all(runs.map((run) => this.recorded(run, place)));
    const calendar = this.calendars.current();
    const found = whatIf(candidate, recorded, calendar);
    const names = await this.names([...found.changed, ...found.runs].map(({ institutionId }) => institutionId));
    return {
      empty: found.empty, pack: `${candidate.id}@${candidate.version}`, jurisdiction: place, years: found.years.map((one, at) => ({ ...one, pack: `${runs[at]!.pack}@${runs[at]!.packVersion}` })),
      changed: found.changed.map((one) => ({ ...one, name: names.get(one.institutionId) ?? '' })), runs: found.runs.map((one) => ({ ...one, name: names.get(one.institutionId) ?? '' })), visits: [...found.visits],
      deadlines: found.deadlines.map((one) => ({ ...one, institutions: [...one.institutions] })), clauses: [], calendar: calendar.version,
    };
  }

  /** A year as it was coloured: the inputs of what stands, and where each body was at home. */
  private async recorded(run: Recorded, place: string): Promise<RecordedYear> {
    const bodies = await this.dataSource.query<{ institutionId: string; home: string; atHome: boolean; lines: LineColour[] }[]>(
      `select institution_id as "institutionId", home, home = $2 or exists (select 1 from colour_run r where r.id = $1 and home = any(r.concerns)) as "atHome", lines from colour_standing where run_id = $1 order by institution_id`, [run.id, place]);
    return {
      year: run.year, pack: await packOfRun(this.packs, run), postedOn: run.postedOn === null ? null : localDate(run.postedOn), publishedOn: run.publishedOn === null ? null : localDate(run.publishedOn),
      bodies: bodies.map(({ institutionId, atHome, lines }) => ({ institutionId, home: atHome, servesHere: true, lines: lines.map(({ line, served, score, result }) => ({ line, served, score, result, because: null })) })),
    };
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
