import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrateAll, urlFor } from '@zhijian/persistence';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { portal } from './server.js';

const base = process.env['DATABASE_URL'] ?? '';
const name = `portal_log_${randomBytes(6).toString('hex')}`;
const url = base ? Object.assign(new URL(base), { pathname: `/${name}` }).toString() : '';
let pool: pg.Pool;
let app: ReturnType<typeof portal>;

const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const above = (left: Buffer, right: Buffer) => sha(Buffer.of(1), left, right);
const ids = [randomUUID(), randomUUID(), randomUUID()];
const leaves = ids.map((id) => sha(Buffer.of(0), Buffer.from(id)));
const [a, b, c] = leaves as [Buffer, Buffer, Buffer];
const hex = (hash: Buffer) => hash.toString('hex');
const key = 'ab'.repeat(32);

const inBase = async (work: (client: pg.Client) => Promise<unknown>, address = base): Promise<void> => {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  await inBase(async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('zhijian-test-database'))`);
    await client.query(`create database "${name}"`);
    await migrateAll({ url });
  });
  await inBase(async (client) => {
    await client.query('set search_path to workflows');
    for (const [idx, id] of ids.entries()) await client.query(`insert into log_leaf values ($1, 'inspection', $2, $3)`, [idx, id, leaves[idx]]);
    await client.query('insert into log_node values (1, 0, $1)', [above(a, b)]);
    await client.query(`insert into log_key values ($1, 'PUBLIC')`, [key]);
    for (const [size, root] of [[2, above(a, b)], [3, above(above(a, b), c)]] as const) await client.query(`insert into tree_head values ($1, $2, '2026-11-22T10:00:00.000+08:00', 'testland', $3, 'SIGNED')`, [size, hex(root), key]);
    await client.query(`insert into countersignature values (2, '省档案馆', $1, 'COUNTERSIGNED', now())`, [hex(above(a, b))]);
  }, url);
  pool = new pg.Pool({ connectionString: urlFor('portal_reader', url) });
  app = portal(pool);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await pool?.end();
  await inBase((client) => client.query(`drop database if exists "${name}" with (force)`));
});

const get = async (path: string) => {
  const answer = await app.inject({ method: 'GET', url: `/public/v1/log/${path}` });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>(), headers: answer.headers };
};

describe('the log, for everybody', () => {
  it('shows its newest head as it was signed', async () => {
    const { body, headers } = await get('head');
    expect(body).toEqual({ head: { v: 1, installation: 'testland', size: 3, root: hex(above(above(a, b), c)), at: '2026-11-22T10:00:00.000+08:00' }, key, signature: 'SIGNED', publicKey: 'PUBLIC', witnesses: [] });
    expect(headers['access-control-allow-origin']).toBe('*');
  });
  it('lists earlier heads with their witnesses, page by page', async () => {
    const first = (await get('heads?limit=1')).body as { items: { head: { size: number }; witnesses: unknown[] }[]; next: string };
    expect(first).toMatchObject({ items: [{ head: { size: 2 }, witnesses: [{ witness: '省档案馆', size: 2 }] }], next: '2' });
    expect((await get(`heads?limit=1&cursor=${first.next}`)).body).toMatchObject({ items: [{ head: { size: 3 } }], next: null });
  });
  it('proves an entry by its leaf or its id, also in an earlier log', async () => {
    expect((await get(`proof?leaf=${hex(b)}`)).body).toEqual({ index: 1, size: 3, leaf: hex(b), path: [hex(a), hex(c)] });
    expect((await get(`proof?entry=${ids[0]}&size=2`)).body).toEqual({ index: 0, size: 2, leaf: hex(a), path: [hex(b)] });
  });
  it('proves that the later log continues the earlier one', async () => expect((await get('proof?from=2&to=3')).body).toEqual({ from: 2, to: 3, path: [hex(c)] }));
  it.each([['proof', 400], ['proof?leaf=xyz', 400], ['proof?from=2', 400], ['proof?from=0&to=2', 400], ['heads?limit=0', 400], ['proof?from=2&to=9', 404], ['proof?from=3&to=2', 404],
    [`proof?leaf=${'0'.repeat(64)}`, 404], [`proof?entry=${ids[2]}&size=2`, 404], [`proof?entry=${ids[2]}&size=9`, 404]])('%s is answered by a problem in Chinese', async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.body['title']).toMatch(/[一-鿿]/);
  });
});
