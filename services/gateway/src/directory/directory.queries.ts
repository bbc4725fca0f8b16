import type { AnswerOf, directory as http, QueryOf } from '@zhijian/contracts/http';
import { everywhere, within } from '@zhijian/persistence';
import type { DataSource } from 'typeorm';
import { day } from './stated.js';

type Agency = AnswerOf<typeof http.createAgency>;
type Person = AnswerOf<typeof http.registerPerson>;
type Appointment = AnswerOf<typeof http.grantAppointment>;
interface Reading { query(sql: string, parameters?: unknown[]): Promise<unknown> }
const one = async <T>(reading: Reading, sql: string, id: string): Promise<T> => ((await reading.query(sql, [id])) as T[])[0]!;

/** How a person is called in lists: the name where one is kept, else the first account. */
const label = (id: string): string => `(select coalesce(q.name, (select min(account) from person_account c where c.person_id = q.id)) from person q where q.id = ${id})`;
const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const agency = `select g.id as "agencyId", g.name, g.kind, g.jurisdiction as "jurisdictionId", j.name as "jurisdictionName", ${day('g.from_on')} as "from", ${day('g.to_on')} as "to", g.version,
    case when g.head is not null then jsonb_build_object('personId', g.head, 'label', ${label('g.head')}) end as head,
    coalesce((select jsonb_agg(jsonb_build_object('duty', d.duty, 'toAgencyId', d.to_agency_id, 'toAgencyName', o.name, 'from', ${day('d.from_on')}, 'to', ${day('d.to_on')}, 'reason', d.reason) order by d.from_on, d.id)
      from agency_delegation d join agency o on o.id = d.to_agency_id where d.agency_id = g.id), '[]') as delegated
  from agency g join jurisdiction j on j.id = g.jurisdiction`;
const person = `select p.id as "personId", p.name, p.state, p.version, (select array_agg(account order by account) from person_account c where c.person_id = p.id) as accounts,
    (select coalesce(array_agg(distinct a.role), '{}') from appointment a where a.person_id = p.id and a.state = 'granted') as roles
  from person p`;
const appointment = `select a.id as "appointmentId", a.person_id as "personId", ${label('a.person_id')} as person, a.role, a.agency_id as "agencyId", g.name as "agencyName", a.jurisdiction as "jurisdictionId", j.name as "jurisdictionName",
    a.institution_id as "institutionId", a.institution_name as "institutionName", ${day('a.from_on')} as "from", ${day('a.to_on')} as "to", a.reason, a.delegated_from as "delegatedFrom", a.granted_by as "grantedBy", ${instant('a.granted_at')} as "grantedAt",
    a.state, a.ended_by as "endedBy", a.end_reason as "endReason", ${instant('a.ended_at')} as "endedAt", case when a.handed_to is not null then ${label('a.handed_to')} end as "handedTo", a.version
  from appointment a join jurisdiction j on j.id = a.jurisdiction left join agency g on g.id = a.agency_id`;

export const agencyShown = (reading: Reading, id: string): Promise<Agency> => one(reading, `${agency} where g.id = $1`, id);
export const personShown = (reading: Reading, id: string): Promise<Person> => one(reading, `${person} where p.id = $1`, id);
export const appointmentShown = (reading: Reading, id: string): Promise<Appointment> => one(reading, `${appointment} where a.id = $1`, id);

const pageOf = <T>(rows: T[], limit: number, id: (row: T) => string) => ({ items: rows, next: rows.length === limit ? id(rows.at(-1)!) : null });

/** What administrators read: within their own places, except auditors, who read all. */
export class DirectoryQueries {
  constructor(private readonly source: DataSource) {}

  /** @param places null: all */
  async agencies(places: readonly string[] | null) {
    return { items: await this.read<Agency[]>(`${agency} where $1::text[] is null or g.jurisdiction = any($1) order by g.jurisdiction, g.kind, g.id`, [places]) };
  }

  async people({ limit, cursor, q }: QueryOf<typeof http.listPeople>, places: readonly string[] | null) {
    const rows = await this.read<Person[]>(
      `${person} where ($2::uuid is null or p.id > $2) and ($3::text is null or p.name ilike '%' || $3 || '%' or exists (select 1 from person_account c where c.person_id = p.id and c.account ilike '%' || $3 || '%'))
         and ($4::text[] is null or not exists (select 1 from appointment a where a.person_id = p.id) or exists (select 1 from appointment a where a.person_id = p.id and a.jurisdiction = any($4)))
       order by p.id limit $1`, [limit, cursor ?? null, q?.replaceAll(/[%_\\]/g, '\\$&') ?? null, places]);
    return pageOf(rows, limit, ({ personId }) => personId);
  }

  async appointments({ limit, cursor, personId, jurisdictionId }: QueryOf<typeof http.listAppointments>, places: readonly string[] | null) {
    const rows = await this.read<Appointment[]>(
      `${appointment} where ($2::uuid is null or a.id < $2) and ($3::uuid is null or a.person_id = $3) and ($4::text is null or a.jurisdiction = $4) and ($5::text[] is null or a.jurisdiction = any($5)) order by a.id desc limit $1`,
      [limit, cursor ?? null, personId ?? null, jurisdictionId ?? null, places]);
    return pageOf(rows, limit, ({ appointmentId }) => appointmentId);
  }

  /** From the entries of the commands themselves. */
  async changes({ limit, cursor, subject }: QueryOf<typeof http.listDirectoryChanges>, places: readonly string[] | null) {
    const rows = await this.read<AnswerOf<typeof http.listDirectoryChanges>['items']>(
      `select id, ${instant('at')} as at, actor, action, subject, jurisdiction, detail from audit_entry
        where action = any($6) and ($2::uuid is null or id < $2) and ($3::text is null or subject = $3) and ($4::text[] is null or jurisdiction = any($4) or actor like $5) order by id desc limit $1`,
      [limit, cursor ?? null, subject ?? null, places, 'system:%', actions]);
    return pageOf(rows, limit, ({ id }) => id);
  }

  private read<Rows>(sql: string, parameters: unknown[]): Promise<Rows> {
    return within(everywhere, () => this.source.query<Rows>(sql, parameters));
  }
}

const actions = ['jurisdiction created', 'jurisdiction moved', 'jurisdiction merged', 'agency created', 'agency changed', 'duty delegated', 'person registered', 'person disabled', 'person enabled', 'appointment granted', 'appointment delegated', 'appointment ended', 'directory begun'];
