import { Injectable } from '@nestjs/common';
import { dayOf, type LocalDate } from '@zhijian/calendar';
import { agencyOn, packName, type Pack } from '@zhijian/policy';
import { Calendars, Clock, PackShelf, type AskedTasks, type OpenTask } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { raisedOn } from '../objection/objection.queries.js';
import { dueReason } from '../objection/objection.rules.js';

/** What is open in this room: objections to be answered, notices to be posted, publications to be recorded. */
const open = `
  select 'objection/' || o.id as task, 'objection' as kind, '答复异议：' || e.name as title, o.jurisdiction, to_char(o.due_on, 'YYYY-MM-DD') as due_on, '/objections/' || o.id as link, n.pack || '@' || n.pack_version as pack,
         jsonb_build_object('dueStated', o.due_stated, 'raisedOn', ${raisedOn('o', 'w')}, 'firm', o.firm, 'clauses', o.clauses, 'calendar', o.calendar) as told
    from objection o join objection_word w on w.objection_id = o.id and w.what = 'raised' join notice n on n.id = o.notice_id join notice_entry e on e.notice_id = o.notice_id and e.institution_id = o.institution_id where o.state = 'open'
  union all
  select 'notice/' || n.id, 'notice', '发布公示：' || n.title, n.jurisdiction, null, '/notices/' || n.id, n.pack || '@' || n.pack_version, null from notice n where n.state = 'draft'
  union all
  select 'publication/' || n.id, 'publication', '登记公开：' || n.title, n.jurisdiction, null, '/notices/' || n.id, n.pack || '@' || n.pack_version, null from notice n
   where n.state = 'ended' and n.site = 'elsewhere' and exists (select 1 from notice_entry e where e.notice_id = n.id and e.ready)`;

interface Told { dueStated: boolean; raisedOn: string; firm: boolean; clauses: string[]; calendar: string | null }
interface Row { task: string; kind: OpenTask['kind']; title: string; jurisdiction: string; dueOn: string | null; link: string; pack: string; told: Told | null }

/** Whose it is to make results known on that day, as the pack names them. */
function agencyOf(pack: Pack, place: string, on: LocalDate): string {
  const duty = pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ kind }) => kind === 'disclosure');
  const agency = duty?.actor ? agencyOn(pack, duty.actor, on) : undefined;
  return agency?.name ?? pack.document.issuer ?? place;
}

@Injectable()
export class OpenTaskQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock, private readonly calendars: Calendars) {}

  async of({ limit, cursor, unit, only }: AskedTasks): Promise<OpenTask[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select task, kind, title, jurisdiction, due_on as "dueOn", link, pack, told from (${open}) open
        where ($1::text is null or task collate "C" > $1) and ($2::text is null or jurisdiction = $2) and ($3::text[] is null or task = any($3)) order by task collate "C" limit $4`, [cursor ?? null, unit ?? null, only ?? null, limit]);
    const today = dayOf(this.clock.now());
    return Promise.all(rows.map(async ({ task, kind, title, jurisdiction, dueOn, link, pack: name, told }) => {
      const pack = await this.packs.get(name);
      return { taskId: task, kind, title, jurisdiction, agency: agencyOf(pack, jurisdiction, today), dueOn, why: told && dueOn ? this.why(pack, dueOn, told) : null, campaignId: null, link };
    }));
  }

  private why(pack: Pack, dueOn: string, { dueStated, raisedOn: from, firm, clauses, calendar }: Told): OpenTask['why'] {
    return { ...dueReason(pack, { dueOn, dueStated, raisedOn: from }, this.calendars.current()), firm, clauses, pack: packName(pack), calendar };
  }
}
