import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publication as http } from '@zhijian/contracts/http';
import { migrateAll, urlFor } from '@zhijian/persistence';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { portal } from './server.js';

const base = process.env['DATABASE_URL'] ?? '';
const name = `portal_${randomBytes(6).toString('hex')}`;
const url = base ? Object.assign(new URL(base), { pathname: `/${name}` }).toString() : '';
let admin: pg.Client;
let pool: pg.Pool;
let app: ReturnType<typeof portal>;

const publish = (index: number, more: { name?: string; closedOn?: string } = {}) => admin.query(
  `insert into publication.record (institution_id, revision, credit_code, name, kind, jurisdiction, address, categories, items, outreach, filed_on, filing_closed_on, invented, published_at)
   values ($1, 1, $2, $3, 'health-examination', '330106', '示例路 1 号', '["接触粉尘类"]', '["矽尘"]', true, '2020-05-06', $4, true, '2023-04-12T01:00:00Z')`,
  [`i${index}`, `91330106MA2ABC${String(index).padStart(3, '0')}X`, more.name ?? `示例体检中心 ${String(index).padStart(2, '0')}`, more.closedOn ?? null]);

const inBase = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  // roles belong to the whole cluster: spec files that start together take turns
  if (sql.startsWith('create')) await client.query(`select pg_advisory_lock(hashtext('zhijian-test-database'))`);
  await client.query(sql);
  if (sql.startsWith('create')) await migrateAll({ url });
  await client.end();
};

beforeAll(async () => {
  await inBase(`create database "${name}"`);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  for (let index = 1; index <= 25; index++) await publish(index);
  await publish(26, { name: '示例 100%_中心', closedOn: '2022-12-31' });
  pool = new pg.Pool({ connectionString: urlFor('portal_reader', url) });
  app = portal(pool);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await pool?.end();
  await admin?.end();
  await inBase(`drop database if exists "${name}" with (force)`);
});

const get = (path: string) => app.inject({ method: 'GET', url: path });
const found = async (q: string) => (await get(`/public/v1/institutions?q=${encodeURIComponent(q)}`)).json<{ items: { name: string }[]; next: string | null }>();

describe('the public portal', () => {
  it('finds a body by part of its name or by the beginning of its code, blanks and case aside', async () => {
    expect((await found('体检中心 07')).items).toHaveLength(1);
    expect((await found('91 330106 ma2abc007')).items.map((it) => it.name)).toEqual(['示例体检中心 07']);
    expect((await found('330106')).items).toEqual([]);
  });
  it('signs of the pattern language find only themselves', async () => expect((await found('0%_')).items.map((it) => it.name)).toEqual(['示例 100%_中心']));
  it('pages follow each other without gap or repetition', async () => {
    const names: string[] = [];
    for (let path: string | null = '/public/v1/institutions?limit=10'; path;) {
      const { items, next }: { items: { name: string }[]; next: string | null } = (await get(path)).json();
      names.push(...items.map((it) => it.name));
      path = next ? `/public/v1/institutions?limit=10&cursor=${next}` : null;
    }
    expect(new Set(names).size).toBe(26);
    expect(names).toHaveLength(26);
  });
  it.each([['/public/v1/institutions?q=一', 400], ['/public/v1/institutions?limit=0', 400], ['/public/v1/institutions?cursor=x', 400], ['/public/v1/institutions?other=1', 400], ['/public/v1/institutions/none', 404]])('%s is answered by a problem in Chinese', async (path, status) => {
    const answer = await get(encodeURI(path));
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json<{ title: string }>().title).toMatch(/[一-鿿]/);
  });
  it('an invented body is labelled, its dates are the filed ones', async () => {
    const { payload } = await get('/i/91330106MA2ABC007X');
    expect(payload).toContain('示例数据');
    expect(payload).toContain('2020-05-06');
    expect((await get('/i/91330106MA2ABC026X')).payload).toContain('备案已注销');
  });
  it('what was granted line by line is shown with state, scope, authority and term: as a page, as JSON, as a table', async () => {
    const line = { kind: 'radiation-health-service', number: '（测）001', issuer: '990000', from: '2022-03-01', to: '2027-02-28', ended: null, categories: ['放射卫生检测与评价'], items: [] };
    const lines = [line, { ...line, kind: 'hospital', issuer: '980000', to: '2022-12-31', ended: 'withdrawn' }];
    await admin.query(`insert into publication.jurisdiction_ref (id, name, level, from_on, version) values ('990000', '测试省', 'province', '2000-01-01', 1)`);
    await admin.query(
      `insert into publication.record (institution_id, revision, credit_code, name, kind, jurisdiction, address, categories, items, outreach, invented, lines, published_at)
       values ('i90', 1, '91330106MA2ABC090X', '示例放射卫生公司', 'occupational-health-service', '330106', '示例路 1 号', '[]', '[]', false, true, $1, '2023-04-12T01:00:00Z')`, [JSON.stringify(lines)]);
    const path = '/public/v1/institutions/91330106MA2ABC090X';
    for (const end = Date.now() + 5000; Date.now() < end && (await get(path)).statusCode !== 200;) await new Promise((resolve) => setTimeout(resolve, 100)); // the portal looks once a second
    expect(http.getPublic.answer.parse((await get(path)).json())).toMatchObject({ filedOn: null, qualifications: [
      { kind: 'radiation-health-service', state: expect.stringMatching(/^(in-force|expired)$/), issuer: { code: '990000', name: '测试省' }, categories: ['放射卫生检测与评价'], from: '2022-03-01', to: '2027-02-28' }, { kind: 'hospital', state: 'withdrawn', issuer: { name: null } }] });
    const { payload } = await get('/i/91330106MA2ABC090X');
    for (const words of ['各项资质', '测试省', '2022-03-01 至 2027-02-28', '放射卫生检测与评价', '已撤销', '区划 980000']) expect(payload).toContain(words);
    expect(payload).not.toContain('<script');
    const csv = (await get('/public/v1/qualifications.csv')).payload.split('\r\n');
    expect(csv.filter((row) => row.includes('ABC090X'))).toHaveLength(2);
    expect(csv.find((row) => row.includes('ABC007X'))).toContain('职业健康检查机构,,已备案,接触粉尘类,矽尘,,2020-05-06,,是');
    // as it stood on a day: its states are of that day
    await admin.query(`insert into publication.record_revision (institution_id, revision, content, fact_id, published_at) values ('i90', 1, $1, 'f', '2023-04-12T01:00:00Z')`, [JSON.stringify({ creditCode: '91330106MA2ABC090X', name: '示例放射卫生公司', kind: 'occupational-health-service', jurisdiction: '330106', address: '', categories: [], items: [], outreach: false, filedOn: null, filingClosedOn: null, invented: true, lines: [line] })]);
    const stood = async (on: string) => (await get(`${path}?asOf=${on}`)).json<{ qualifications: { state: string }[] }>().qualifications.map(({ state }) => state);
    expect([await stood('2027-02-28'), await stood('2027-03-01')]).toEqual([['in-force'], ['expired']]);
  });
  it('a page has its empty, its too-short and its not-found form', async () => {
    expect((await get(`/?q=${encodeURIComponent('不存在的机构')}`)).payload).toContain('没有找到');
    expect((await get(`/?q=${encodeURIComponent('西')}`)).payload).toContain('请至少输入两个字');
    expect((await get('/i/none')).statusCode).toBe(404);
    expect((await get('/nowhere')).statusCode).toBe(404);
  });
  it('a name that no address knows is not said back', async () => {
    const { statusCode, payload } = await get(`/public/v1/institutions?${encodeURIComponent('欧阳骞翊')}=1`);
    expect([statusCode, (JSON.parse(payload) as { errors: object }).errors]).toEqual([400, [{ path: '/query/*', message: '未知的参数' }]]);
  });
  it('what is typed is shown, never run', async () => expect((await get(`/?q=${encodeURIComponent('"><script>alert(1)</script>')}`)).payload).not.toContain('<script>'));
  it('the portal sees the published view and nothing else', async () => {
    await expect(pool.query('select 1 from publication.record')).rejects.toThrow(/permission denied/);
    await expect(pool.query('delete from publication.public_institution')).rejects.toThrow(/permission denied/);
  });
  it('is ready with its database and says so without it', async () => {
    expect((await get('/readyz')).statusCode).toBe(200);
    const lost = new pg.Pool({ connectionString: 'postgres://nobody:x@127.0.0.1:9/none', connectionTimeoutMillis: 500 });
    const dark = portal(lost);
    expect((await dark.inject({ method: 'GET', url: '/readyz' })).statusCode).toBe(503);
    expect((await dark.inject({ method: 'GET', url: '/?q=体检' })).payload).toContain('暂时无法查询');
    await dark.close();
    await lost.end();
  });
});
