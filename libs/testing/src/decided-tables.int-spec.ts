import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { schemaOf } from '@zhijian/contracts';
import { schemaFolders } from '@zhijian/persistence';
import { testDatabase, type TestDatabase } from './database.js';
import { decidedColumns } from './decided-columns.js';
import { undecidedTables } from './undecided-tables.js';

let database: TestDatabase;
beforeAll(async () => { database = await testDatabase(); });
afterAll(() => database?.drop());

const schemas = Object.keys(schemaFolders);
const decided = new Map(Object.entries(decidedColumns).map(([room, columns]) => [schemaOf(room), columns.map(({ what }) => /^\w+/.exec(what)![0])]));
const tables = async (schema: string) => (await database.query<{ name: string }>('gateway',
  `select table_name as name from information_schema.tables where table_schema = $1 and table_type = 'BASE TABLE' order by 1`, [schema])).map(({ name }) => name);
const forgotten = async (schema: string) => (await tables(schema)).filter((name) => !decided.get(schema)?.includes(name) && !undecidedTables(schema).includes(name));

it.each(schemas)('every table of %s is certified, or somebody has said why it holds no decision', async (schema) => {
  expect(await forgotten(schema)).toEqual([]);
});

it.each(schemas)('no table of %s is said to be both, twice, or is gone', async (schema) => {
  const undecided = undecidedTables(schema);
  expect(undecided.filter((name, at) => decided.get(schema)?.includes(name) || undecided.indexOf(name) !== at)).toEqual([]);
  const known = await tables(schema);
  expect([...undecided, ...(decided.get(schema) ?? [])].filter((name) => !known.includes(name))).toEqual([]);
});

it('a table that somebody adds and names nowhere is found', async () => {
  await database.query('inspection', 'create table exemption (id uuid primary key, granted boolean not null)');
  expect(await forgotten('inspection')).toEqual(['exemption']);
});
