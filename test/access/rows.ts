import { schemaFolders } from '@zhijian/persistence';
import type { TestDatabase } from '@zhijian/testing';
import { coloursGoBy, comparisonsGoBy, evaluationsGoBy, type Planned } from './documents.js';
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
/** What is read as more than a value, where a row is to be shown. */
const samples = JSON.stringify({ 'enforcement-visits': { title: '检查的机构', of: 'institutions', size: { ratio: '1/3' }, strata: ['unit'], rounding: 'up', min: 1, include: [], reopens: [], stated: true, clauses: [] } });
const counts = JSON.stringify({ registered: 1, submitting: 1, evaluated: 1, undetermined: 0, passed: 1, denominator: 1, grades: [], passRate: '100.00' });
const written: Record<string, string> = {
  'inspection.campaign_unit.stages': '{stages}', 'inspection.campaign_unit.milestones': '{milestones}', 'inspection.campaign.agencies': '{agencies}', 'inspection.campaign.pack': '{pack}', 'inspection.campaign.state': 'approved', 'inspection.campaign.samples': samples,
  'calendar_preview.calendar': 'x', 'calendar_preview.moved': '[]', 'calendar_preview.kept': '[]', 'calendar_preview.review': '[]', // one list for the whole country
  'inspection.colour_year.pack': coloursGoBy, 'inspection.check_quota.pack': coloursGoBy, 'inspection.check_record.pack': coloursGoBy, 'quality_control.pack': coloursGoBy, 'publication.pack': coloursGoBy,
  'quality_control.colour_run.digest': 'x', 'quality_control.colour_run.basis_year': '2022', 'quality_control.evaluation_plan.pack': evaluationsGoBy, 'quality_control.evaluation_plan.set_id': 'quality', 'quality_control.evaluation_plan.line': 'occupational-health-service',
  'quality_control.comparison_round.pack': comparisonsGoBy, 'quality_control.comparison_round.scheme': 'occupational', 'quality_control.comparison_round.line': 'occupational-health-service', 'quality_control.comparison_round.state': 'evaluated',
  'quality_control.comparison_round.counts': counts, 'quality_control.comparison_round.assigned': '{}', 'quality_control.comparison_round.figures': '{}', 'quality_control.comparison_round.evaluated_at': '2023-05-01T09:00:00+08:00',
  'quality_control.comparison_correction.change': '{"grade":"合格"}', 'quality_control.comparison_result.results': '{}', 'quality_control.comparison_result.scores': '{}', 'quality_control.comparison_result.inputs': '{}',
  'publication.colour_publication.colour': 'red',
  'inspection.visit.inspectors': '["甲","乙"]', 'inspection.draw.pool': '["a"]', 'inspection.draw.result': '["a"]', 'inspection.case_file.sanctions': '[]', 'qualification.campaign.pack': '{pack}',
  'inspection.institution_ref.filing': '{"categories":[],"items":[],"outreach":false,"filedOn":"2020-01-01","filedIn":"x","closedOn":null,"number":null}', 'qualification.register_import.good': '[{"creditCode":"{canary}","name":"{canary}","kind":"health-examination","jurisdiction":"{place}","address":"x","contactPost":null,"invented":true,"serves":[],"filing":null}]',
  'quality_control.evaluation_revision.served': 'true',
  'command_entry.body': '{"actor":"x","at":"2023-05-01T00:00:00.000Z","cause":"x","certificates":[],"facts":[],"id":"{id}","jurisdiction":"{place}","notes":[{"action":"x","detail":{"name":"{canary}"},"jurisdiction":"{place}","policy":null,"subject":"{id}"}],"room":"x","v":1,"workflow":null}',
  'certificate.body': '{"kind":"approval","basis":"person","subject":"{id}","about":["{id}"],"jurisdiction":"{place}","inputs":{"name":"{canary}"},"inputsSha256":"x","outcome":null,"determined":true,"reason":null,"pack":null,"rule":null,"clauses":[],"calendar":null,"actor":"x","cause":"x","workflow":null,"at":"2023-05-01T00:00:00.000Z"}',
};

/** What is posted is everybody’s to read: no word of it is a place’s own. */
const publicTables = new Set(['publication.notice', 'publication.notice_entry', 'publication.colour_publication', 'publication.penalty']);
/** Refers to another row of its kind; stands only once a notice is posted. */
const leftOut = new Set(['publication.notice.follows', 'publication.notice_entry.content']);

/** A value for a column by its name and type: of the place, where the name says so, else the place's canary; nothing where nothing is asked. */
function valueOf(column: Column, place: Target, schema: string, allowed: readonly string[], planned: Planned): unknown {
  const { name, type, needed, key } = column;
  if (leftOut.has(`${schema}.${column.table}.${name}`)) return undefined;
  const given = written[`${schema}.${column.table}.${name}`] ?? written[`${column.table}.${name}`] ?? (type === 'text' ? written[`${schema}.${name}`] : undefined);
  if (given !== undefined) return given.replaceAll('{id}', idOf(place)).replaceAll('{place}', place).replaceAll('{canary}', canary(place)).replace(/^\{(pack|stages|milestones|agencies)\}$/, (_, what: keyof Planned) => planned[what]);
  if (name === 'pack' && type === 'text') return 'hangzhou/exam-campaign-2023';
  if (allowed.length) return needed || key ? allowed[0] : undefined;
  if (name === 'jurisdiction' && ['campaign'].includes(column.table)) return leadOf[place];
  if (type === 'uuid') return needed || key || /^(institution|campaign|circular|visit|roster)_id$/.test(name) ? idOf(place) : undefined;
  if (type === 'text') return places.test(name) ? place : /(^|_)id$/.test(name) || name === 'subject' || name === 'task' ? idOf(place) : publicTables.has(`${schema}.${column.table}`) ? '示例' : canary(place);
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

/** Until it is called again, what is published need not have been posted before: so rows can be laid, and row security be looked at behind that rule. */
export const withoutPosting = (database: TestDatabase, off: boolean): Promise<unknown> => database.query('publication', `alter table colour_publication ${off ? 'disable' : 'enable'} trigger keep_publication`);

/** Posts the notices that were laid as drafts: from then on they are everybody’s to read, and objections may be raised. */
export const postNotices = (database: TestDatabase): Promise<unknown> => database.query('publication', `update notice set state = 'posted', posted_at = '2023-05-08T09:00:00+08:00', posted_on = '2023-05-08', last_day = '2023-05-15', until = '2023-05-16T00:00:00+08:00', working_days = 5,
  counted = '{2023-05-09,2023-05-10,2023-05-11,2023-05-12,2023-05-15}', site = 'elsewhere', posted_by = 'x', rule = 'colour-posting', calendar = 'x'`);

const published = 'jurisdiction, year, institution_id, withdrawn, colour, erratum, content, credit_code, name, kind, invented, notice_id, run_id, published_on, published_at, site, address, proof_sha256, pack, pack_version, clauses';
/**
 * Puts a later publication behind each that was laid: their notices run once they are posted, so nothing of them could be
 * public yet, and nothing of them is there to be taken down.
 */
export async function followPublications(database: TestDatabase): Promise<void> {
  await withoutPosting(database, true);
  await database.query('publication', `insert into colour_publication (id, revision, ${published}) select gen_random_uuid(), revision + 1, ${published} from colour_publication`);
  await withoutPosting(database, false);
}

/**
 * A row of every table under row security in every place, made from what the database itself says of its columns: tables that
 * come later are covered without being named here.
 * @returns what could be laid, and the tables that could not with the reason
 */
export async function layRows(database: TestDatabase, tables: readonly Table[], planned: ReadonlyMap<Target, Planned>): Promise<{ laid: Laid[]; unlaid: string[] }> {
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
        const filled = columns.filter(({ table, generated }) => table === one.name && !generated).flatMap((column): [string, unknown][] => { const value = valueOf(column, one.place, schema, wordsFor(column, checks), planned.get(one.place)!); return value === undefined ? [] : [[column.name, value]]; });
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

/** Agencies and people of the gateway’s own, one in each place. */
export async function layDirectory(database: TestDatabase): Promise<void> {
  for (const place of [...targets, '970000', '960000', '970200', '960100']) await database.query('gateway', `insert into jurisdiction (id, name, level, from_on) values ($1, $1, 'county', '2000-01-01') on conflict do nothing`, [place]);
  for (const place of targets) {
    await database.query('gateway', `insert into agency (id, name, kind, jurisdiction, from_on) values ($1, $2, 'commission', $3, '2000-01-01')`, [idOf(place), canary(place), place]);
    await database.query('gateway', `insert into person (id, name) values ($1, $2)`, [idOf(place), canary(place)]);
    await database.query('gateway', `insert into person_account (account, person_id) values ($2, $1)`, [idOf(place), `laid-${place}`]);
    await database.query('gateway', `insert into appointment (id, person_id, role, jurisdiction, from_on, reason, granted_by, granted_at) values ($1, $1, 'county', $2, '2000-01-01', $3, 'x', now())`, [idOf(place), place, canary(place)]);
  }
}
