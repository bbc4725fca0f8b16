import type { Role } from '@zhijian/contracts';
import type { AnswerOf, directory as http, QueryOf, task } from '@zhijian/contracts/http';
import { everywhere, within } from '@zhijian/persistence';
import type { DataSource } from 'typeorm';
import { day } from './stated.js';

type Agency = AnswerOf<typeof http.createAgency>;
type Person = AnswerOf<typeof http.registerPerson>;
type Appointment = AnswerOf<typeof http.grantAppointment>;
interface Reading { query(sql: string, parameters?: unknown[]): Promise<unknown> }

/**
 * How a person is called in lists: the name where one is kept, else the first account. To whoever does not need the name
 * (`{named}` false) its first character and the account.
 */
const label = (id: string): string => `(select case when q.name is null then c.account when {named} then q.name else left(q.name, 1) || '*（' || c.account || '）' end
    from person q, lateral (select min(account) as account from person_account c where c.person_id = q.id) c where q.id = ${id})`;
/** Statements as they go out: with names, or masked. */
const shownTo = (sql: string, named: boolean): string => sql.replaceAll('{named}', String(named));
const instant = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const agency = `select g.id as "agencyId", g.name, g.kind, g.jurisdiction as "jurisdictionId", j.name as "jurisdictionName", ${day('g.from_on')} as "from", ${day('g.to_on')} as "to", g.version,
    case when g.head is not null then jsonb_build_object('personId', g.head, 'label', ${label('g.head')}) end as head,
    coalesce((select jsonb_agg(jsonb_build_object('duty', d.duty, 'toAgencyId', d.to_agency_id, 'toAgencyName', o.name, 'from', ${day('d.from_on')}, 'to', ${day('d.to_on')}, 'reason', d.reason) order by d.from_on, d.id)
      from agency_delegation d join agency o on o.id = d.to_agency_id where d.agency_id = g.id), '[]') as delegated
  from agency g join jurisdiction j on j.id = g.jurisdiction`;
const person = `select p.id as "personId", case when {named} then p.name else left(p.name, 1) || '*' end as name, p.state, p.version, (select array_agg(account order by account) from person_account c where c.person_id = p.id) as accounts,
    (select coalesce(array_agg(distinct a.role), '{}') from appointment a where a.person_id = p.id and a.state = 'granted') as roles
  from person p`;
const appointment = `select a.id as "appointmentId", a.person_id as "personId", ${label('a.person_id')} as person, a.role, a.agency_id as "agencyId", g.name as "agencyName", a.jurisdiction as "jurisdictionId", j.name as "jurisdictionName",
    a.institution_id as "institutionId", a.institution_name as "institutionName", ${day('a.from_on')} as "from", ${day('a.to_on')} as "to", a.reason, a.delegated_from as "delegatedFrom", a.granted_by as "grantedBy", ${instant('a.granted_at')} as "grantedAt",
    a.state, a.ended_by as "endedBy", a.end_reason as "endReason", ${instant('a.ended_at')} as "endedAt", case when a.handed_to is not null then ${label('a.handed_to')} end as "handedTo", a.version
  from appointment a join jurisdiction j on j.id = a.jurisdiction left join agency g on g.id = a.agency_id`;

/** What a command answers to the administrator who gave it: with names. */
const one = async <T>(reading: Reading, sql: string, id: string): Promise<T> => ((await reading.query(shownTo(sql, true), [id])) as T[])[0]!;
export const agencyShown = (reading: Reading, id: string): Promise<Agency> => one(reading, `${agency} where g.id = $1`, id);
export const personShown = (reading: Reading, id: string): Promise<Person> => one(reading, `${person} where p.id = $1`, id);
export const appointmentShown = (reading: Reading, id: string): Promise<Appointment> => one(reading, `${appointment} where a.id = $1`, id);

const actions = ['jurisdiction created', 'jurisdiction moved', 'jurisdiction merged', 'agency created', 'agency changed', 'duty delegated', 'person registered', 'person disabled', 'person enabled', 'appointment granted', 'appointment delegated', 'appointment ended', 'directory begun'];
const pageOf = <T>(rows: T[], limit: number, id: (row: T) => string) => ({ items: rows, next: rows.length === limit ? id(rows.at(-1)!) : null });

/** Whose a question is: their places (null: all), and whether they need people's names. */
export interface Asking { places: readonly string[] | null; named: boolean }

/** What administrators read: within their own places, except auditors, who read all. Names of people only whoever registers or appoints them. */
export class DirectoryQueries {
  constructor(private readonly source: DataSource) {}

  async agencies({ places, named }: Asking) {
    return { items: await this.read<Agency[]>(named, `${agency} where $1::text[] is null or g.jurisdiction = any($1) order by g.jurisdiction, g.kind, g.id`, [places]) };
  }

  async people({ limit, cursor, q }: QueryOf<typeof http.listPeople>, { places, named }: Asking) {
    const rows = await this.read<Person[]>(named,
      `${person} where ($2::uuid is null or p.id > $2) and ($3::text is null or ({named} and p.name ilike '%' || $3 || '%') or exists (select 1 from person_account c where c.person_id = p.id and c.account ilike '%' || $3 || '%'))
         and ($4::text[] is null or not exists (select 1 from appointment a where a.person_id = p.id) or exists (select 1 from appointment a where a.person_id = p.id and a.jurisdiction = any($4)))
       order by p.id limit $1`, [limit, cursor ?? null, q?.replaceAll(/[%_\\]/g, '\\$&') ?? null, places]);
    return pageOf(rows, limit, ({ personId }) => personId);
  }

  async appointments({ limit, cursor, personId, jurisdictionId }: QueryOf<typeof http.listAppointments>, { places, named }: Asking) {
    const rows = await this.read<Appointment[]>(named,
      `${appointment} where ($2::uuid is null or a.id < $2) and ($3::uuid is null or a.person_id = $3) and ($4::text is null or a.jurisdiction = $4) and ($5::text[] is null or a.jurisdiction = any($5)) order by a.id desc limit $1`,
      [limit, cursor ?? null, personId ?? null, jurisdictionId ?? null, places]);
    return pageOf(rows, limit, ({ appointmentId }) => appointmentId);
  }

  /** From the entries of the commands themselves; reasons stand there as commitments, whose words this room keeps. */
  async changes({ limit, cursor, subject }: QueryOf<typeof http.listDirectoryChanges>, { places, named }: Asking) {
    const rows = await this.read<AnswerOf<typeof http.listDirectoryChanges>['items']>(named,
      `select e.id, ${instant('e.at')} as at, e.actor, e.action, e.subject, e.jurisdiction, case when k.commitment is null then e.detail else jsonb_set(e.detail, '{reason}', to_jsonb(coalesce(k.body, '（已依法删除）'))) end as detail
         from audit_entry e left join kept_text k on k.commitment = e.detail ->> 'reason'
        where e.action = any($6) and ($2::uuid is null or e.id < $2) and ($3::text is null or e.subject = $3) and ($4::text[] is null or e.jurisdiction = any($4) or e.actor like $5) order by e.id desc limit $1`,
      [limit, cursor ?? null, subject ?? null, places, 'system:%', actions]);
    return pageOf(rows, limit, ({ id }) => id);
  }

  /**
   * Who holds an office in a place on a day: by name whoever was appointed in a place of the asker's (colleagues, and those below), by
   * the first character and the account whoever acts there from above.
   */
  officersOf(place: string, on: string, offices: readonly Role[], places: readonly string[]) {
    return this.read<AnswerOf<typeof task.listOfficers>['items']>(true,
      `select p.id as "personId", min(c.account) as account, case when p.name is null then min(c.account) when bool_or(a.jurisdiction = any($4)) then p.name else left(p.name, 1) || '*（' || min(c.account) || '）' end as label, array_agg(distinct a.role) as roles
         from appointment a join person p on p.id = a.person_id join person_account c on c.person_id = p.id
         join jurisdiction_closure_ref j on j.ancestor = a.jurisdiction and j.descendant = $1 and j.from_on <= $2::date and (j.to_on is null or j.to_on >= $2::date)
        where p.state = 'active' and a.state = 'granted' and a.role = any($3) and a.from_on <= $2::date and (a.to_on is null or a.to_on >= $2::date)
        group by p.id order by min(c.account)`, [place, on, offices, places]);
  }

  private read<Rows>(named: boolean, sql: string, parameters: unknown[]): Promise<Rows> {
    return within(everywhere, () => this.source.query<Rows>(shownTo(sql, named), parameters));
  }
}
