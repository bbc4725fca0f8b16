import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '@zhijian/audit';
import { everywhere, KeptTexts, UnitOfWork, within } from '@zhijian/persistence';
import { fixedClock, testDatabase, type TestDatabase } from '@zhijian/testing';
import { plannedEverywhere, shelf } from '../access/documents.js';
import { canary, targets } from '../access/model.js';
import { layRows, protectedTables, withoutPosting } from '../access/rows.js';

/** Somebody's words in every column of every table of every room that may hold any, by themselves and inside sentences: found by their commitment and erased, none is left. */
const [alone, inside] = [canary(targets[0]), canary(targets[1])];
const words = { [alone]: '上官璟瑄（档案员）', [inside]: '尉迟煜焱去向不明' };
const rooms = ['inspection', 'qualification', 'quality-control', 'publication', 'workflows', 'gateway'];
const schemaOf = (room: string) => room.replaceAll('-', '_');
/** What the log proves, or what is kept to be opened; none of it ever had the words, or they are what is erased. */
const beside = new Set(['outbox', 'command_entry', 'certificate', 'rule_text', 'audit_entry_v1', 'migration', 'log_leaf', 'log_node', 'log_key', 'tree_head', 'countersignature']);
/** What the log has the hash of: words do not come there by themselves. */
const hashed = new Set(['inspection.form_version.content', 'inspection.inspection_summary.content', 'quality_control.monitoring_summary.content', 'publication.snapshot.body', 'workflows.archived_run.record']);

let database: TestDatabase;
let installed: ReturnType<typeof shelf>;
interface Column { schema: string; tab: string; col: string; typ: string }
let columns: Column[];
const holding = async (text: string): Promise<string[]> => (await Promise.all(columns.map(async ({ schema, tab, col }) =>
  ((await database.query('inspection', `select 1 from "${schema}"."${tab}" where strpos("${col}"::text, $1) > 0 limit 1`, [text])).length ? [`${schema}.${tab}.${col}`] : [])))).flat();

beforeAll(async () => {
  database = await testDatabase();
  installed = shelf();
  await withoutPosting(database, true);
  await layRows(database, await protectedTables(database), await plannedEverywhere(installed.packs));
  const all = await database.query<Column>('inspection', `select n.nspname as schema, c.relname as tab, a.attname as col, t.typname as typ from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    join pg_type t on t.oid = a.atttypid where n.nspname = any($1) and c.relkind = 'r' and t.typname in ('text', 'jsonb') order by 1, 2, 3`, [rooms.map(schemaOf)]);
  columns = all.filter(({ schema, tab, col }) => !beside.has(tab) && !hashed.has(`${schema}.${tab}.${col}`));
  // What stands for a place in the rows becomes a person's words: whole in the rows of one place, in sentences and in JSON in those of another.
  for (const { schema, tab, col, typ } of columns) {
    await database.query('inspection', `alter table "${schema}"."${tab}" disable trigger user`);
    const set = typ === 'text' ? `replace("${col}", $1, $2)` : `replace("${col}"::text, $1, $2)::jsonb`;
    await database.query('inspection', `update "${schema}"."${tab}" set "${col}" = ${set} where strpos("${col}"::text, $1) > 0`, [alone, words[alone]]);
    await database.query('inspection', `update "${schema}"."${tab}" set "${col}" = ${set} where strpos("${col}"::text, $1) > 0`, [inside, `经查：${words[inside]}，属实`]);
    await database.query('inspection', `alter table "${schema}"."${tab}" enable trigger user`);
  }
  for (const room of rooms) for (const text of Object.values(words)) {
    const { commitment, salt } = commit(text);
    await database.query(room, `insert into kept_text (commitment, salt, body, subject, jurisdiction, actor, kept_at, hold_until, hold_basis) values ($1, $2, $3, 's', '970101', 'x', '2023-05-01', '2028-05-01', 'x')`, [commitment, salt, text]);
  }
}, 180_000);
afterAll(async () => {
  installed?.gone();
  await database?.drop();
});

describe('words in every column of every room', () => {
  it('are erased room by room, whole and inside sentences; none is left anywhere', async () => {
    const held = await Promise.all(Object.values(words).map(holding));
    expect(held.map((each) => each.length > 100)).toEqual([true, true]); // they do stand in rows
    for (const room of rooms) {
      const source = await database.dataSource(room, []);
      const texts = new KeptTexts(source, new UnitOfWork(source, fixedClock('2029-01-10T09:00:00+08:00')), room);
      const { items } = await within(everywhere, () => texts.list({ limit: 10 }));
      const done = await texts.erase({ commitments: items.map(({ commitment }) => commitment), request: '示例〔2029〕1号' }, { actor: 'user:anquan', jurisdiction: '970000', cause: 'test', scope: everywhere });
      expect(done).toMatchObject({ erased: 2 });
    }
    expect(await Promise.all(Object.values(words).map(holding))).toEqual([[], []]);
    expect((await database.query('inspection', `select 1 from sample_member where reason = '经查：（已依法删除），属实'`)).length).toBe(1);
  }, 120_000);
});
