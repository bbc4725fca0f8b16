import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everywhere, nowhere, schemaFolders, unprotected, within, type Scope } from '@zhijian/persistence';
import { testDatabase, type TestDatabase } from './database.js';

let database: TestDatabase;
beforeAll(async () => { database = await testDatabase(); });
afterAll(() => database?.drop());

const tables = () => database.query<{ schema: string; name: string; protected: boolean }>('gateway',
  `select n.nspname as schema, c.relname as name, c.relrowsecurity and c.relforcerowsecurity as protected
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = any($1)`, [Object.keys(schemaFolders)]);

describe('row security', () => {
  it('covers every table that is not named with a reason, the owner included', async () => {
    const open = (await tables()).filter((table) => !table.protected).map(({ schema, name }) => `${schema}.${name}`);
    expect(open.filter((name) => !unprotected[name] && !unprotected[name.replace(/^\w+/, '*')])).toEqual([]);
  });

  it('binds every role of an application: none owns a table, none may pass by', async () => {
    const roles = await database.query<{ name: string; free: boolean; owns: number }>('gateway',
      `select r.rolname as name, r.rolsuper or r.rolbypassrls as free, (select count(*)::int from pg_class c where c.relowner = r.oid) as owns from pg_roles r where r.rolname like '%\\_app'`);
    expect(roles.map(({ name }) => name).sort()).toEqual(Object.keys(schemaFolders).map((schema) => `${schema}_app`).sort());
    expect(roles.filter(({ free, owns }) => free || owns > 0)).toEqual([]);
  });

  it('shows by a connection’s own reach nothing, and by a scope what is in it, in one round trip and for this statement only', async () => {
    await database.query('inspection', `insert into institution_ref (institution_id, name, credit_code, kind, jurisdiction, address, invented, revision) values (gen_random_uuid(), '甲院', '1', 'hospital', '990101', '甲路', true, 1)`);
    await database.query('inspection', `insert into reminder (id, campaign_id, unit, duty, due_on, obligations, automatic, issued_at, actor) select gen_random_uuid(), gen_random_uuid(), u, 'd', '2023-01-01', 1, true, now(), 'a' from unnest(array['990101', '990102']) u`);
    const source = await database.dataSource('inspection', [], { blind: true });
    const units = async (scope?: Scope) => {
      const read = () => source.query<{ unit: string }[]>('select unit from reminder order by unit');
      return (await (scope ? within(scope, read) : read())).map(({ unit }) => unit);
    };
    expect(await units()).toEqual([]);
    expect(await units(nowhere)).toEqual([]);
    expect(await units({ ...nowhere, places: ['990102'] })).toEqual(['990102']);
    expect(await units({ ...nowhere, places: [`990102','990101`, '990101,990102'] })).toEqual([]);
    expect(await units({ ...everywhere, reach: 'read-all' })).toEqual(['990101', '990102']);
    expect(await units(everywhere)).toEqual(['990101', '990102']);
    expect(await units()).toEqual([]);
    const changed = (scope: Scope) => within(scope, () => source.query<[unknown[], number]>(`delete from notification`).catch((error: Error) => error.message));
    expect(await changed({ ...everywhere, reach: 'read-all' })).toEqual([[], 0]);
  });
});
