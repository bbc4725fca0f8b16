import { randomBytes } from 'node:crypto';
import { schemaOf } from '@zhijian/contracts';
import { dataSourceFor, formOfAll, migrateAll } from '@zhijian/persistence';
import pg from 'pg';
import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

export interface TestDatabase {
  /** Address of the fresh database, as superuser. */
  url: string;
  /** A pool in the room's own role and schema, closed by `drop()`. Where no request or step asks, it sees everything, or as in production nothing (`blind`). */
  dataSource(room: string, entities?: EntityTarget<ObjectLiteral>[], as?: { blind: boolean }): Promise<DataSource>;
  /** One statement as superuser, with `search_path` at the room's schema. */
  query<Row extends pg.QueryResultRow>(room: string, sql: string, parameters?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database inside the throw-away Postgres of this test run (`DATABASE_URL`; `node libs/testing/with-postgres.mjs -- …`
 * gives one). One per spec file, in `beforeAll`; call `drop()` in `afterAll`.
 * @throws when `DATABASE_URL` is not set.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const base = process.env['DATABASE_URL'];
  if (!base) throw new Error('integration tests need DATABASE_URL: node libs/testing/with-postgres.mjs -- <command>');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const address = new URL(base);
  address.pathname = `/${name}`;
  const url = address.toString();
  await migratedAlone(base, name);

  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const open: DataSource[] = [];
  return {
    url,
    async dataSource(room, entities = [], { blind } = { blind: false }) {
      const source = await dataSourceFor({ url, schema: schemaOf(room), entities, poolSize: 6, ...(blind ? {} : { reach: 'all' as const }) }).initialize();
      open.push(source);
      return source;
    },
    async query<Row extends pg.QueryResultRow>(room: string, sql: string, parameters: unknown[] = []) {
      await admin.query(`set search_path to "${schemaOf(room)}"`);
      return (await admin.query<Row>(sql, parameters)).rows;
    },
    async drop() {
      for (const source of open) if (source.isInitialized) await source.destroy();
      await admin.end();
      await inBase(base, (client) => client.query(`drop database if exists "${name}" with (force)`));
    },
  };
}

/**
 * The migrations run once for each form of them; every database is a copy of that one (0.2 s instead of some 2).
 * Spec files that start together wait for each other: roles belong to the whole cluster, and a template is copied while nobody is in it.
 */
const migratedAlone = (base: string, name: string): Promise<unknown> => inBase(base, async (client) => {
  const template = `test_template_${formOfAll().slice(0, 12)}`;
  await client.query(`select pg_advisory_lock(hashtext('zhijian-test-database'))`);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [template]);
  if (!rowCount) {
    await client.query(`drop database if exists "${template}" with (force)`); // one broken off half-way
    await client.query(`create database "${template}"`);
    const address = new URL(base);
    address.pathname = `/${template}`;
    await migrateAll({ url: address.toString() });
    await client.query(`alter database "${template}" is_template true`);
  }
  await client.query(`create database "${name}" template "${template}"`);
});

async function inBase(base: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
