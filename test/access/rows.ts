import { schemaFolders } from '@zhijian/persistence';
import type { TestDatabase } from '@zhijian/testing';
import { canary, idOf, leadOf, targets, type Target } from './model.js';

interface Column { table: string; name: string; type: string; needed: boolean; generated: boolean; key: boolean }
interface Check { table: string; text: string }
export interface Laid { schema: string; table: string; place: Target }
export interface Table { schema: string; name: string; /** Shown to whoever asks at all, whatever their places. */ open: boolean }

/** Tables under row security, and whether their policy asks for a place or a body. */
export async function protectedTables(database: TestDatabase): Promise<Table[]> {
  const rows = await database.query<{ schema: string; name: string; qual: string }>('gateway',
    `select p.schemaname as schema, p.tablename as name, p.qual from pg_policies p join pg_class c on c.relname = p.tablename join pg_namespace n on n.oid = c.relnamespace and n.nspname = p.schemaname
      where p.policyname = 'seen' and c.relrowsecurity and p.schemaname = any($1) order by 1, 2`, [Object.keys(schemaFolders)]);
  return rows.map(({ schema, name, qual }) => ({ schema, name, open: !/string_to_array|EXISTS|IN \(\s*SELECT|CURRENT_USER/i.test(qual) }));
}

const places = /^(unit|jurisdiction|place|filed_in|home|lead|issuer|district|city|area|sent_to_place|located|where_id)$/;
const dated = { date: '2023-05-01', timestamptz: '2023-05-01T09:00:00+08:00', time: '09:00' } as Record<string, string>;
/** JSON that is read as more than a value, where a row is to be shown. */
const stages = JSON.stringify([{
  id: 'all', kind: 'enforcement', title: '全程', opensOn: '2023-03-01', closesOn: '2023-12-31', clauses: [],
  duties: [{ id: 'site-check', kind: 'site-check' }, { id: 'self-check-report', kind: 'self-check-report', actor: 'institution' }].map((duty) => ({ title: '事项', actor: 'district', receiver: 'district', copyTo: [], subject: 'institution', dueOn: '2023-04-15', limitOn: '2023-04-15', firm: true, because: '测试', form: null, checklist: null, clauses: [], missed: { consequence: null, clauses: [] }, ...duty })),
}]);
const written: Record<string, string> = {
  'inspection.campaign_unit.stages': stages, 'inspection.campaign.agencies': '{"district":{"name":"辖区监督部门","level":"unit"}}', 'inspection.campaign.pack': 'hangzhou/exam-campaign-2023', 'inspection.campaign.state': 'approved',
  'inspection.visit.inspectors': '["甲","乙"]', 'inspection.draw.pool': '["a"]', 'inspection.draw.result': '["a"]', 'inspection.case_file.sanctions': '[]', 'qualification.campaign.pack': 'hangzhou/exam-campaign-2023',
  'inspection.institution_ref.filing': '{"categories":[],"items":[],"outreach":false,"filedOn":"2020-01-01","filedIn":"x","closedOn":null,"number":null}', 'qualification.register_import.good': '[]',
  'certificate.body': '{"kind":"approval","basis":"person","subject":"{id}","about":["{id}"],"jurisdiction":"{place}","inputs":{"name":"{canary}"},"inputsSha256":"x","outcome":null,"determined":true,"reason":null,"pack":null,"rule":null,"clauses":[],"calendar":null,"actor":"x","cause":"x","workflow":null,"at":"2023-05-01T00:00:00.000Z"}',
};

/** A value for a column by its name and type: of the place, where the name says so, else the place's canary; nothing where nothing is asked. */
function valueOf(column: Column, place: Target, schema: string, allowed: readonly string[]): unknown {
  const { name, type, needed, key } = column;
  const given = written[`${schema}.${column.table}.${name}`] ?? written[`${column.table}.${name}`];
  if (given !== undefined) return given.replaceAll('{id}', idOf(place)).replaceAll('{place}', place).replaceAll('{canary}', canary(place));
  if (name === 'pack' && type === 'text') return 'hangzhou/exam-campaign-2023';
  if (allowed.length) return needed || key ? allowed[0] : undefined;
  if (name === 'jurisdiction' && ['campaign'].includes(column.table)) return leadOf[place];
  if (type === 'uuid') return needed || key || /^(institution|campaign|circular|visit|roster)_id$/.test(name) ? idOf(place) : undefined;
  if (type === 'text') return places.test(name) ? place : /(^|_)id$/.test(name) || name === 'subject' || name === 'task' ? idOf(place) : canary(place);
  if (type === '_text') return /about|bodies|institutions/.test(name) ? [idOf(place)] : /concerns|sent_to|places|units|serves/.test(name) ? [place] : needed ? [canary(place)] : undefined;
  if (type === 'jsonb') return /^(units|concerns|sent_to|places)$/.test(name) ? JSON.stringify([place]) : needed ? (/s$|list|to$/.test(name) ? '[]' : '{}') : undefined;
  if (!needed && !key) return undefined;
  if (dated[type]) return dated[type];
  if (type === 'bool') return false;
  if (type === 'bytea') return Buffer.from('00', 'hex');
  return name === 'year' ? 2023 : 1;
}

/** The words a check constraint allows for a column. */
function wordsFor(column: Column, checks: readonly Check[]): string[] {
  const own = checks.find(({ table, text }) => table === column.table && new RegExp(`\\(\\(?"?${column.name}"?(\\)::text)? = ANY`).test(text));
  return own ? [...own.text.matchAll(/'([^']*)'/g)].map(([, word]) => word!) : [];
}

/**
 * A row of every table under row security in every place, made from what the database itself says of its columns: tables that
 * come later are covered without being named here.
 * @returns what could be laid, and the tables that could not with the reason
 */
export async function layRows(database: TestDatabase, tables: readonly Table[]): Promise<{ laid: Laid[]; unlaid: string[] }> {
  const laid: Laid[] = [];
  const unlaid: string[] = [];
  for (const schema of new Set(tables.map((table) => table.schema))) {
    const columns = await database.query<Column>('gateway',
      `select c.relname as table, a.attname as name, t.typname as type, a.attnotnull and d.oid is null and a.attidentity = '' as needed, a.attgenerated <> '' or a.attidentity <> '' as generated,
              exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey)) as key
         from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where n.nspname = $1 and c.relkind in ('r', 'p') order by a.attnum`, [schema]);
    const checks = await database.query<Check>('gateway', `select c.conrelid::regclass::text as table, pg_get_constraintdef(c.oid) as text from pg_constraint c join pg_namespace n on n.oid = c.connamespace where c.contype = 'c' and n.nspname = $1`, [schema]);
    for (const check of checks) check.table = check.table.replace(/^.*\./, '').replaceAll('"', '');
    let left = tables.filter((table) => table.schema === schema).flatMap(({ name }) => targets.map((place) => ({ name, place })));
    const faults = new Map<string, string>();
    for (let before = left.length + 1; left.length < before;) { // what refers to another table comes after it
      before = left.length;
      const next: typeof left = [];
      for (const one of left) {
        const filled = columns.filter(({ table, generated }) => table === one.name && !generated).flatMap((column): [string, unknown][] => { const value = valueOf(column, one.place, schema, wordsFor(column, checks)); return value === undefined ? [] : [[column.name, value]]; });
        try {
          await database.query(schema, `insert into "${one.name}" (${filled.map(([name]) => `"${name}"`).join(', ')}) values (${filled.map((_, at) => `$${at + 1}`).join(', ')})`, filled.map(([, value]) => value));
          laid.push({ schema, table: one.name, place: one.place });
        } catch (error) {
          faults.set(one.name, (error as Error).message);
          next.push(one);
        }
      }
      left = next;
    }
    for (const name of new Set(left.map((one) => one.name))) unlaid.push(`${schema}.${name}: ${faults.get(name)}`);
  }
  return { laid, unlaid };
}
