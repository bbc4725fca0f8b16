import { Injectable } from '@nestjs/common';
import { localDate, type LocalDate } from '@zhijian/calendar';
import { agencyOn, type Pack } from '@zhijian/policy';
import { Clock, PackShelf, type AskedTasks, type OpenTask } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';

/** What is open of colours in this room: colours to be signed, bodies to be coloured anew after an objection, corrections to be decided. */
const open = `
  select 'colour/' || r.id as task, 'signature' as kind, '签发颜色：' || r.year || ' 年度' as title, r.jurisdiction, '/colours/' || r.id as link, r.pack || '@' || r.pack_version as pack
    from colour_run r where exists (select 1 from colour_standing s where s.run_id = r.id and s.state = 'to-sign')
  union all
  select 'revision/' || o.objection_id, 'revision', '异议后重新赋色：' || coalesce(i.name, o.institution_id), o.jurisdiction, '/colours/corrections/new?run=' || r.id || '&institution=' || o.institution_id || '&objection=' || o.objection_id, r.pack || '@' || r.pack_version
    from colour_objection o join colour_run r on r.id = o.run_id left join institution_ref i on i.id = o.institution_id
   where o.outcome = 'to-be-changed' and o.correction_id is null and not exists (select 1 from colour_correction k where k.objection_id = o.objection_id and k.state = 'draft')
  union all
  select 'correction/' || k.id, 'correction', '决定更正：' || coalesce(i.name, k.institution_id), k.jurisdiction, '/colours/corrections/' || k.id, r.pack || '@' || r.pack_version
    from colour_correction k join colour_run r on r.id = k.run_id left join institution_ref i on i.id = k.institution_id where k.state = 'draft'`;

interface Row { task: string; kind: string; title: string; jurisdiction: string; link: string; pack: string }

/** Whose it is to colour on that day, as the pack names them. */
function agencyOf(pack: Pack, place: string, on: LocalDate): string {
  const duty = pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ kind }) => kind === 'colouring');
  const agency = duty?.actor ? agencyOn(pack, duty.actor, on) : undefined;
  return agency?.name ?? pack.document.issuer ?? place;
}

@Injectable()
export class OpenTaskQueries {
  constructor(private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly clock: Clock) {}

  /** Open matters by their ids, in the scope of whoever asks; the texts give none of them a day. */
  async of({ limit, cursor, unit, only }: AskedTasks): Promise<OpenTask[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select task, kind, title, jurisdiction, link, pack from (${open}) open
        where ($1::text is null or task collate "C" > $1) and ($2::text is null or jurisdiction = $2) and ($3::text[] is null or task = any($3)) order by task collate "C" limit $4`, [cursor ?? null, unit ?? null, only ?? null, limit]);
    const today = localDate(this.clock.now().slice(0, 10));
    return Promise.all(rows.map(async ({ task, kind, title, jurisdiction, link, pack }) => ({ taskId: task, kind, title, jurisdiction, agency: agencyOf(await this.packs.get(pack), jurisdiction, today), dueOn: null, campaignId: null, link })));
  }
}
