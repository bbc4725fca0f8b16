import { within, type Scope } from '@zhijian/persistence';
import type { TestDatabase } from '@zhijian/testing';
import type { DataSource } from 'typeorm';
import { canary, idOf, seesAll, targets, type Person, type Target } from './model.js';
import type { Table } from './rows.js';

/** A row that was laid; of no place where the table has one row for the whole installation. */
export interface OpenRow { place: Target | null; at: string; json: string }
type Whose = 'place' | 'body';

/**
 * Of what everybody may read: whose people add a row, and whose change one. What is not named here is a machine's alone, so a
 * table that comes later is nobody's until somebody has decided. Nothing of it is removed by anybody.
 */
const grants: Readonly<Record<string, { adds: readonly Whose[]; changes: readonly Whose[] }>> = {
  'publication.colour_publication': { adds: ['place'], changes: [] }, // a place's own publisher; what stands there stands
  'publication.objection': { adds: ['place', 'body'], changes: ['place', 'body'] }, // raised by the body, answered by the place of the notice
};
/** Of a place, and not shown to it: what was heard before its time. */
export const shownToNobody: ReadonlySet<string> = new Set(['qualification.campaign_later']);

export const may = (what: 'adds' | 'changes', table: Table, person: Person, { place }: OpenRow): boolean => {
  const whose = grants[`${table.schema}.${table.name}`]?.[what] ?? [];
  if (seesAll(person) || place === null) return false;
  return person.body ? whose.includes('body') && person.body === place : whose.includes('place') && person.places.includes(place);
};

const refused = /permission denied|row-level security/;

/** Attempts at the rows of a table as its application's role, in anybody's scope; whatever would have succeeded is undone. */
export async function openTable(database: TestDatabase, source: DataSource, { schema, name }: Table) {
  const columns = (await database.query<{ name: string }>(schema, `select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`, [`"${schema}"."${name}"`])).map((column) => column.name);
  const all = await database.query<{ at: string; text: string; json: string }>(schema, `select ctid::text as at, t::text as text, to_jsonb(t)::text as json from "${name}" t`);
  const rows = all.flatMap(({ at, text, json }): OpenRow[] => { const place = targets.find((target) => text.includes(idOf(target)) || text.includes(canary(target))); return place ? [{ place, at, json }] : all.length === 1 ? [{ place: null, at, json }] : []; });
  const ask = (scope: Scope, sql: string, values: unknown[]) => within({ ...scope, reading: false }, () => source.query<{ n: number }[]>(sql, values));
  /** How many rows it would change; none where the database itself refuses. @throws whatever is no refusal */
  const changed = (scope: Scope, sql: string, of: readonly OpenRow[]): Promise<number> => ask(scope, `with done as (${sql} where ctid = any($1::tid[]) returning 1) select ('rows ' || count(*))::int as n from done`, [of.map(({ at }) => at)]).then(
    () => { throw new Error(`was not undone: ${sql}`); },
    (error: Error) => { const [, rowsChanged] = /"rows (\d+)"/.exec(error.message) ?? []; if (rowsChanged !== undefined) return Number(rowsChanged); if (refused.test(error.message)) return 0; throw error; });
  return {
    rows,
    seen: async (scope: Scope) => (await ask(scope, `select count(*)::int as n from "${name}" where ctid = any($1::tid[])`, [rows.map(({ at }) => at)]))[0]!.n,
    /** Whether a row like this one would be let in: it meets the row that stands there, after row security has looked at it. */
    adds: (scope: Scope, { json }: OpenRow): Promise<boolean> => ask(scope, `insert into "${name}" (${columns.join()}) select ${columns.join()} from jsonb_populate_record(null::"${schema}"."${name}", $1) on conflict do nothing`, [json]).then(
      () => true, (error: Error) => { if (refused.test(error.message)) return false; throw error; }),
    changes: (scope: Scope, of: readonly OpenRow[]) => changed(scope, `update "${name}" set ${columns[0]!} = ${columns[0]!}`, of),
    removes: (scope: Scope, of: readonly OpenRow[]) => changed(scope, `delete from "${name}"`, of),
  };
}
