import { Injectable } from '@nestjs/common';
import type { InstitutionRef, QualificationLine } from '@zhijian/contracts/facts';
import type { AnswerOf, QueryOf, qualification } from '@zhijian/contracts/http';
import { DataSource } from 'typeorm';
import { ColourReference } from '../colour/colour.reference.js';
import { withOwn } from './line.rules.js';
import { withSuspensions, type SuspensionRecord } from './suspension.rules.js';

/** An institution as HTTP shows it: register, present filing, latest observation. */
export type Institution = AnswerOf<typeof qualification.getInstitution>;
type Reader = { query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> };
type Row = Omit<Institution, 'lines' | 'serves' | 'suspensions'> & { lines: QualificationLine[] | null; serves: string[]; suspensions: SuspensionRecord[] | null };

const shape = `select i.id as "institutionId", i.credit_code as "creditCode", i.name, i.kind, i.jurisdiction, i.address, i.contact_post as "contactPost",
    i.invented, i.version as revision, i.version,
    (select jsonb_agg(jsonb_build_object('kind', l.kind, 'number', l.number, 'issuer', l.issuer, 'from', l.valid_from, 'to', l.valid_to)
         || jsonb_strip_nulls(jsonb_build_object('categories', l.categories, 'items', l.items, 'ended', coalesce(l.ended, case when l.ended_reason is not null then 'ended' end))) order by l.kind)
       from qualification_line l where l.institution_id = i.id and l.superseded_at is null) as lines, i.serves,
    (select jsonb_agg(jsonb_build_object('kind', s.kind, 'from', s.from_on, 'how', s.how, 'basis', s.basis, 'reason', s.reason, 'resumedOn', s.resumed_on, 'resumedBasis', s.resumed_basis, 'resumedReason', s.resumed_reason,
         'lapsed', s.lapsed_at is not null) order by s.recorded_at, s.id)
       from line_suspension s where s.institution_id = i.id) as suspensions,
    (select jsonb_build_object('number', f.number, 'filedOn', f.filed_on, 'filedIn', f.filed_in, 'categories', f.categories, 'items', f.items,
       'outreach', f.outreach, 'closedOn', f.closed_on) from filing f where f.institution_id = i.id and f.superseded_at is null) as filing,
    (select jsonb_build_object('unit', o.unit, 'operating', o.operating, 'observedOn', o.observed_on, 'evidence', o.evidence, 'recordedBy', o.recorded_by)
       from operation o where o.institution_id = i.id order by o.observed_on desc, o.id desc limit 1) as operation
  from institution i`;

/** These institutions, inside or outside a transaction, ordered by id. */
export const institutionsById = async (reader: Reader, ids: readonly string[]): Promise<Institution[]> =>
  (await reader.query<Row>(`${shape} where i.id = any($1::text[]) order by i.id`, [ids])).map(shown);

/** Its qualifications are named only where it holds more than its kind says or one was ever suspended, its places only where it serves elsewhere. */
const shown = ({ lines, serves, suspensions, ...row }: Row): Institution =>
  ({ ...row, ...((lines ?? suspensions) && { lines: withSuspensions(withOwn(lines ?? [], row), suspensions ?? []) }), ...(suspensions && { suspensions }), ...(serves.length > 0 && { serves }) });

/** What other rooms hear of an institution. */
export function refOf({ version: _version, operation: _operation, suspensions: _suspensions, colours: _colours, ...ref }: Institution): InstitutionRef {
  return ref;
}

@Injectable()
export class InstitutionQueries {
  constructor(private readonly dataSource: DataSource, private readonly colours: ColourReference) {}

  async list({ limit, cursor, kind, unit, q }: QueryOf<typeof qualification.listInstitutions>) {
    const words = q?.trim().replaceAll(/[\\%_]/g, '\\$&');
    const rows = await this.dataSource.query<Row[]>(
      `${shape} where ($1::text is null or i.id > $1) and ($2::text is null or i.kind = $2) and ($3::text is null or i.jurisdiction = $3)
         and ($4::text is null or i.name ilike '%' || $4 || '%' or i.credit_code like upper($4) || '%') order by i.id limit $5`,
      [cursor ?? null, kind ?? null, unit ?? null, words || null, limit + 1]);
    const items = rows.slice(0, limit).map(shown);
    return { items, next: rows.length > limit ? items.at(-1)!.institutionId : null };
  }

  async one(institutionId: string): Promise<Institution | undefined> {
    return (await institutionsById({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, [institutionId]))[0];
  }

  /** With the colours that whoever decides about its filing bears in mind. */
  async withColours(institution: Institution): Promise<Institution> {
    const colours = await this.colours.inUse({ query: (sql, parameters) => this.dataSource.query(sql, parameters) }, institution.institutionId, 'filing');
    return { ...institution, ...(colours.length > 0 && { colours }) };
  }
}
