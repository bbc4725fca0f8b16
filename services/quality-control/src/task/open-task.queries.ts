import { Injectable } from '@nestjs/common';
import { dayOf, type LocalDate } from '@zhijian/calendar';
import { agencyOn, type Pack } from '@zhijian/policy';
import { Calendars, Clock, PackShelf, type AskedTasks, type OpenTask } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import type { Reader } from '../monitoring/quota.queries.js';
import { missedTasks } from './missed-tasks.js';
import { monitoringTasks } from './monitoring-tasks.js';

/** The agency of a kind in a place today, as the directory names it. */
const agency = (kind: 'quality-centre' | 'commission', place: string): string =>
  `(select a.name from agency_ref a where a.kind = '${kind}' and a.jurisdiction = ${place} and a.from_on <= $5::date and (a.to_on is null or a.to_on >= $5::date) order by a.from_on, a.id limit 1)`;

/** Of comparisons: objections to results that wait for an answer, corrections that another person decides. */
const comparisons = `
  select 'result-objection/' || o.id, 'result-objection', '答复比对结果异议：' || coalesce(i.name, o.institution_id), r.jurisdiction, '/comparisons/' || r.id, r.pack || '@' || r.pack_version, ${agency('quality-centre', 'r.jurisdiction')}
    from comparison_objection o join comparison_round r on r.id = o.round_id left join institution_ref i on i.id = o.institution_id where o.state = 'open'
  union all
  select 'result-correction/' || k.id, 'result-correction', '决定比对结果更正：' || coalesce(i.name, k.institution_id), r.jurisdiction, '/comparisons/' || r.id, r.pack || '@' || r.pack_version, ${agency('quality-centre', 'r.jurisdiction')}
    from comparison_correction k join comparison_round r on r.id = k.round_id left join institution_ref i on i.id = k.institution_id where k.state = 'proposed'`;

/** Of evaluations: sheets that another person than who scored looks at or signs; one task for all of a plan, as they are taken together. */
const evaluations = `
  select s.kind || '/' || p.id, s.kind, s.title || p.year || ' 年度' || p.title, p.jurisdiction, '/evaluations/' || p.id || '?state=' || s.state, p.pack || '@' || p.pack_version,
         case s.kind when 'sign-off' then ${agency('commission', 'p.jurisdiction')} else ${agency('quality-centre', 'p.jurisdiction')} end
    from evaluation_plan p cross join (values ('submitted', 'second-look', '复核评分表：'), ('looked', 'sign-off', '审签评分表：')) s (state, kind, title)
   where exists (select 1 from evaluation e where e.plan_id = p.id and e.state = s.state)`;

/** Places that coloured before and whose colouring of this year nobody has opened: what it would order goes by older colours until then. */
const unopened = `
  select 'colour-year/' || r.jurisdiction || '/' || this.year, 'colour-year', '开展 ' || this.year || ' 年度赋色（尚未启动' || case when r.year < this.year - 1 then '，上一次为 ' || r.year || ' 年度' else '' end || '）', r.jurisdiction, '/colours', r.pack || '@' || r.pack_version, null
    from (select extract(year from $5::date)::int as year) this cross join lateral (select distinct on (c.jurisdiction) c.* from colour_run c order by c.jurisdiction, c.year desc) r where r.year < this.year`;

/** What is open in this room; of colours years nobody has opened, those to be signed, bodies to be coloured anew after an objection, corrections to be decided. */
const open = `
  select 'colour/' || r.id as task, 'signature' as kind, '签发颜色：' || r.year || ' 年度' as title, r.jurisdiction, '/colours/' || r.id as link, r.pack || '@' || r.pack_version as pack, null::text as agency
    from colour_run r where exists (select 1 from colour_standing s where s.run_id = r.id and s.state = 'to-sign')
  union all
  select 'revision/' || o.objection_id, 'revision', '异议后重新赋色：' || coalesce(i.name, o.institution_id), o.jurisdiction, '/colours/corrections/new?run=' || r.id || '&institution=' || o.institution_id || '&objection=' || o.objection_id, r.pack || '@' || r.pack_version, null
    from colour_objection o join colour_run r on r.id = o.run_id left join institution_ref i on i.id = o.institution_id
   where o.outcome = 'to-be-changed' and o.correction_id is null and not exists (select 1 from colour_correction k where k.objection_id = o.objection_id and k.state = 'draft')
  union all
  select 'correction/' || k.id, 'correction', '决定更正：' || coalesce(i.name, k.institution_id), k.jurisdiction, '/colours/corrections/' || k.id, r.pack || '@' || r.pack_version, null
    from colour_correction k join colour_run r on r.id = k.run_id left join institution_ref i on i.id = k.institution_id where k.state = 'draft'
  union all ${unopened}
  union all ${comparisons}
  union all ${evaluations}`;

interface Row { task: string; kind: OpenTask['kind']; title: string; jurisdiction: string; link: string; pack: string; agency: string | null }

/** Whose it is to colour on that day, as the pack names them. */
function agencyOf(pack: Pack, place: string, on: LocalDate): string {
  const duty = pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ kind }) => kind === 'colouring');
  const agency = duty?.actor ? agencyOn(pack, duty.actor, on) : undefined;
  return agency?.name ?? pack.document.issuer ?? place;
}

@Injectable()
export class OpenTaskQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock, private readonly calendars: Calendars) {}

  /** Open matters by their ids, in the scope of whoever asks; the texts give none of them a day. */
  async of({ limit, cursor, unit, only }: AskedTasks): Promise<OpenTask[]> {
    const today = dayOf(this.clock.now());
    const rows = await this.dataSource.query<Row[]>(
      `select task, kind, title, jurisdiction, link, pack, agency from (${open}) open
        where ($1::text is null or task collate "C" > $1) and ($2::text is null or jurisdiction = $2) and ($3::text[] is null or task = any($3)) order by task collate "C" limit $4`, [cursor ?? null, unit ?? null, only ?? null, limit, today]);
    const kept = await Promise.all(rows.map(async ({ task, kind, title, jurisdiction, link, pack, agency: named }) => ({ taskId: task, kind, title, jurisdiction, agency: named ?? agencyOf(await this.packs.get(pack), jurisdiction, today), dueOn: null, why: null, campaignId: null, link })));
    const reader: Reader = { query: (sql, parameters) => this.dataSource.query(sql, parameters) };
    const asked = { today, calendar: this.calendars.current(), unit: unit ?? null, only: only ?? null };
    const counted = [...(await missedTasks(reader, this.packs, asked)), ...(await monitoringTasks(reader, this.packs, asked))];
    return [...kept, ...counted.filter(({ taskId }) => !cursor || taskId > cursor)].sort((a, b) => (a.taskId < b.taskId ? -1 : 1)).slice(0, limit);
  }
}
