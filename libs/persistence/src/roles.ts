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
 * One owner and one reader-writer for each schema; no role sees two schemas, but for the log (`grantLog`). The portal reads through a role of its own.
 * @param password of the roles that log in
 */
export async function ensureRoles(client: Client, password: string): Promise<void> {
  await ensureRole(client, 'portal_reader', password);
  await ensureRole(client, 'log_watcher', password);
  await client.query('alter role log_watcher bypassrls'); // a row it may not see would look like one deleted
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

/** The one exception to "a role sees one schema": who puts the entries in order sees their hashes, who checks them against the log reads them. */
export async function grantLog(client: Client, schema: string): Promise<void> {
  const to = schema === 'workflows' ? 'log_watcher' : 'log_watcher, workflows_app';
  await client.query(`grant usage on schema "${schema}" to ${to}`);
  await client.query(`grant select (id, leaf, xid) on "${schema}".command_entry to workflows_app`);
  await client.query(`grant select on "${schema}".command_entry, "${schema}".certificate, "${schema}".rule_text to log_watcher`);
  await client.query(`grant select (seq, id, type, key, body) on "${schema}".outbox to log_watcher`);
  if (schema === 'workflows') await client.query('grant select on workflows.log_leaf, workflows.log_node, workflows.log_key, workflows.tree_head, workflows.countersignature to log_watcher');
}
