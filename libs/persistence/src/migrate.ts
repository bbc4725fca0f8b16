import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureRoles, grantLog, grantRows, schemaFolders } from './roles.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const spine = fileURLToPath(new URL('../migrations/', import.meta.url));

/** Passwords of the application roles: `DATABASE_APP_PASSWORD`, else the one of the address. */
export const appPassword = (url: string): string => process.env['DATABASE_APP_PASSWORD'] ?? (decodeURIComponent(new URL(url).password) || 'zhijian');

/** The address for a role of the same database. */
export function urlFor(role: string, url: string): string {
  const address = new URL(url);
  address.username = role;
  address.password = encodeURIComponent(appPassword(url));
  return address.toString();
}

function filesOf(folder: string): { name: string; sql: string; sha256: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.sql')).sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Brings one schema to the newest form; forward only.
 * @throws when a migration that was applied has been edited since.
 */
export async function migrateSchema(client: pg.Client, schema: string): Promise<string[]> {
  const applied: string[] = [];
  await client.query(`set search_path to "${schema}"`);
  await client.query(`set role "${schema}_migrator"`);
  await client.query(`select set_config('app.reach', 'all', false)`); // row security binds owners too
  await client.query('create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())');
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration');
  const done = new Map(rows.map((row) => [row.name, row.sha256]));
  for (const { name, sql, sha256 } of migrationsOf(schema)) {
    const before = done.get(name);
    if (before === sha256) continue;
    if (before) throw new Error(`${schema}: migration ${name} was edited after it had been applied; write a new one`);
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256]);
    await client.query('commit');
    applied.push(`${schema}/${name}`);
  }
  await client.query('reset role');
  await grantRows(client, schema);
  await grantLog(client, schema);
  await client.query(`revoke insert, update, delete on "${schema}".migration from "${schema}_app"`);
  return applied;
}

const migrationsOf = (schema: string): ReturnType<typeof filesOf> => [...filesOf(spine).map((f) => ({ ...f, name: `spine/${f.name}` })), ...filesOf(join(root, schemaFolders[schema] ?? '', 'migrations'))];

/** SHA-256 over every migration of every room: two databases brought up with the same ones have the same form. */
export const formOfAll = (): string => createHash('sha256').update(Object.keys(schemaFolders).flatMap((schema) => migrationsOf(schema).map(({ name, sha256 }) => `${schema}/${name} ${sha256}`)).join('\n')).digest('hex');

/** Roles, schemas and every room's migrations; several at once wait for each other. Answers what was applied. */
export async function migrateAll({ url }: { url: string }): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('zhijian-migrate'))`);
    await ensureRoles(client, appPassword(url));
    const applied: string[] = [];
    for (const schema of Object.keys(schemaFolders)) applied.push(...(await migrateSchema(client, schema)));
    return applied;
  } finally {
    await client.end();
  }
}
