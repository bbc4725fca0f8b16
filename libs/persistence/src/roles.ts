import type { Client } from 'pg';

/** Rooms that own a schema, by their folder from the repository's root. */
export const schemaFolders: Record<string, string> = {
  qualification: 'services/qualification',
  quality_control: 'services/quality-control',
  inspection: 'services/inspection',
  publication: 'services/publication',
  gateway: 'services/gateway',
  workflows: 'workflows/runtime',
};

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function ensureRole(client: Client, role: string, password: string | null): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  const options = password === null ? 'nologin' : `login password ${literal(password)}`;
  await client.query(`${rowCount ? 'alter' : 'create'} role "${role}" ${options}`);
}

/**
 * One owner and one reader-writer for each schema; no role sees two schemas. The portal reads through a role of its own.
 * @param password of the roles that log in
 */
export async function ensureRoles(client: Client, password: string): Promise<void> {
  await ensureRole(client, 'portal_reader', password);
  for (const schema of Object.keys(schemaFolders)) {
    await ensureRole(client, `${schema}_migrator`, null);
    await ensureRole(client, `${schema}_app`, password);
    await client.query(`create schema if not exists "${schema}" authorization "${schema}_migrator"`);
    await client.query(`grant usage on schema "${schema}" to "${schema}_app"`);
  }
}

/** Rows may be read and written; what is marked append-only, the outbox and the audit entries never lose or change content. */
export async function grantRows(client: Client, schema: string): Promise<void> {
  const app = `"${schema}_app"`;
  await client.query(`grant select, insert, update, delete on all tables in schema "${schema}" to ${app}`);
  await client.query(`grant usage on all sequences in schema "${schema}" to ${app}`);
  const { rows } = await client.query<{ relname: string }>(
    `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relkind = 'r' and obj_description(c.oid, 'pg_class') = 'append-only'`, [schema]);
  for (const { relname } of rows) await client.query(`revoke update, delete on "${schema}"."${relname}" from ${app}`);
  await client.query(`revoke update, delete on "${schema}".outbox from ${app}`);
  await client.query(`grant update (published_at) on "${schema}".outbox to ${app}`);
  await client.query(`revoke update, delete on "${schema}".handled from ${app}`);
  await client.query(`grant update (response) on "${schema}".handled to ${app}`);
}
