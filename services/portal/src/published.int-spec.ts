import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publication as http } from '@zhijian/contracts/http';
import { migrateAll, urlFor } from '@zhijian/persistence';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { PublishedBySql, type Entered } from './notice.fixture.js';
import { scanned } from './scanned.fixture.js';
import { portal } from './server.js';

const base = process.env['DATABASE_URL'] ?? '';
const name = `portal_${randomBytes(6).toString('hex')}`;
const url = base ? Object.assign(new URL(base), { pathname: `/${name}` }).toString() : '';
let admin: pg.Client;
let pool: pg.Pool;
let app: ReturnType<typeof portal>;
let rows: PublishedBySql;

const one: Entered = { id: 'b1', code: '91990000MA0000001X', name: '示例职业卫生技术服务机构 01', colour: 'yellow' };
const two: Entered = { id: 'b2', code: '91990000MA0000002X', name: '示例职业卫生技术服务机构 02', colour: 'red' };
const three: Entered = { id: 'b3', code: '91990000MA0000003X', name: '=示例机构 03', colour: 'green' };
const clock = join(mkdtempSync(join(tmpdir(), 'portal-')), 'clock.json');
/** The demonstration clock stands at an instant. */
const at = (instant: string) => writeFileSync(clock, JSON.stringify({ anchorReal: 0, anchorSimulated: Date.parse(instant), scale: 0, cruise: 1, leaseUntilReal: 1 }));

const inBase = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  if (sql.startsWith('create')) await client.query(`select pg_advisory_lock(hashtext('zhijian-test-database'))`);
  await client.query(sql);
  if (sql.startsWith('create')) await migrateAll({ url });
  await client.end();
};

beforeAll(async () => {
  process.env['DEMONSTRATION_CLOCK'] = clock;
  at('2024-09-19T10:00:00+08:00');
  await inBase(`create database "${name}"`);
  admin = new pg.Client({ connectionString: url });
  await admin.connect();
  rows = new PublishedBySql(admin);
  pool = new pg.Pool({ connectionString: urlFor('portal_reader', url) });
  app = portal(pool);
  await rows.posted('n1', [one, two, three]);
  await rows.objected('n1', 'b2');
}, 120_000);
afterAll(async () => {
  delete process.env['DEMONSTRATION_CLOCK'];
  await app?.close();
  await pool?.end();
  await admin?.end();
  await inBase(`drop database if exists "${name}" with (force)`);
});

const get = (path: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url: encodeURI(path), headers });
/** Asks until the portal has seen what was written: within two seconds. */
async function shows(path: string, words: string): Promise<string> {
  for (const end = Date.now() + 5000; ;) {
    const { payload } = await get(path);
    if (payload.includes(words) || Date.now() > end) return payload;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('a running notice', () => {
  it('is listed with the days left, today included, and how to object', async () => {
    const page = await shows('/notices', '2024 年度示例结果公示');
    expect(page).toContain('还有 5 天（3 个工作日），至 2024-09-23 24:00');
    expect(page).toContain('如何提出异议');
    const { items } = (await get('/public/v1/notices')).json<{ items: unknown[] }>();
    expect(http.listPublicNotices.answer.parse({ items, next: null }).items).toMatchObject([{ noticeId: 'n1', state: 'posted', daysLeft: 5, workingDaysLeft: 3, entries: 3, document: { onRequest: true } }]);
  });

  it('says of each body what is put up and on which clause, that there is an objection, and no word of it', async () => {
    const { payload } = await get('/notices/n1');
    for (const words of ['此件依申请公开，全文不在此公布', '有异议，正在办理', '公示期不少于5个工作日', '示例职业卫生技术服务机构 01', '公示中，还有 5 天']) expect(payload).toContain(words);
    const answer = http.getPublicNotice.answer.parse((await get('/public/v1/notices/n1')).json());
    expect(answer.items.map(({ name: who, objection, state }) => [who, objection, state])).toEqual([['=示例机构 03', null, 'listed'], ['示例职业卫生技术服务机构 01', null, 'listed'], ['示例职业卫生技术服务机构 02', 'open', 'listed']]);
  });

  it('[CQ-2024-09] is no publication: no body has its colour before the notice has ended', async () => {
    const body = (await get(`/public/v1/institutions/${one.code}`)).json<{ colour: unknown; colours: unknown[]; notices: unknown[] }>();
    expect([body.colour, body.colours, body.notices]).toMatchObject([null, [], [{ entry: { state: 'listed', content: { colour: { id: 'yellow' } } } }]]);
    const page = (await get(`/i/${one.code}`)).payload;
    for (const words of ['没有公开过颜色', '公示的结果（尚未公开，可能改动）', '86.50 分', '公布时间 2024-09-13']) expect(page).toContain(words);
    expect(page).toContain('公示中');
    expect((await get('/public/v1/export.csv')).payload).not.toContain(one.code);
  });
});

describe('a published colour', () => {
  beforeAll(async () => {
    at('2024-09-24T09:00:00+08:00');
    await rows.published('n1', [one, three]);
    await shows(`/i/${one.code}`, '公开日期');
  });

  it('says why: inputs, rule, clause with its words, dates, place and proof', async () => {
    const { payload } = await get(`/i/${one.code}`);
    for (const words of ['黄色', '86.50 分', 'A级', 'II级（合格）', '判定：A级、II级，中风险', 'TEST-2024-06', '分为红色、黄色、绿色三色', '2024-09-24', 'cd'.repeat(32), '根据 2023 年度']) expect(payload).toContain(words);
    const body = http.getPublic.answer.parse((await get(`/public/v1/institutions/${one.code}`)).json());
    expect(body).toMatchObject({ colour: { year: 2024, id: 'yellow', title: '黄色' }, filedOn: null, colours: [{ current: true, erratum: false, content: { lines: [{ score: '86.50' }] } }] });
    expect((await get(`/i/${two.code}`)).payload).toContain('有异议，正在办理');
  });

  it('is found in lists and in the table that spreadsheets open, whose cells are never formulas', async () => {
    const found = (await get('/public/v1/institutions?q=技术服务')).json<{ items: { name: string; colour: { title: string } | null }[] }>().items;
    expect(found.map(({ name: who, colour }) => [who.slice(-2), colour?.title ?? null])).toEqual([['01', '黄色'], ['02', null]]);
    expect((await get('/?q=技术服务')).payload).toContain('2024 年度');
    const csv = await get('/public/v1/export.csv');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.payload.charCodeAt(0)).toBe(0xfeff);
    expect(csv.payload).toContain(`${one.code},示例职业卫生技术服务机构 01,职业卫生技术服务机构,990103,2024,黄色,,2024-09-24,/notices/n1,,TEST-2024-06,是`);
    expect(csv.payload).toContain(`,'=示例机构 03,`);
    expect((await get('/public/v1/export.csv?year=2023')).payload).not.toContain(one.code);
  });

  it('has an ETag, and whoever has it gets nothing again', async () => {
    const { headers } = await get(`/public/v1/institutions/${one.code}`);
    const again = await get(`/public/v1/institutions/${one.code}`, { 'if-none-match': String(headers.etag) });
    expect([again.statusCode, again.payload]).toEqual([304, '']);
  });

  it('has a QR code that leads to its page', async () => {
    const { payload, headers } = await get(`/i/${one.code}/qr.svg`, { host: 'gk.example' });
    expect(headers['content-type']).toContain('image/svg+xml');
    expect(scanned(payload)).toBe(`http://gk.example/i/${one.code}`); // read as a camera would, without the library that drew it
    expect((await get(new URL(scanned(payload)).pathname)).payload).toContain(one.name);
    expect((await get(`/i/${one.code}`)).payload).toContain(`/i/${one.code}/qr.svg`);
    expect((await get('/i/none/qr.svg')).statusCode).toBe(404);
  });

  it('corrected, the page says what stood before and why; what stood on a day stays what stood', async () => {
    await rows.posted('n2', [{ ...one, colour: 'green', before: 'yellow', revision: 2 }], { because: 'correction', explanation: '比对结果复核后更正为优秀', lastDay: '2024-10-15' });
    at('2024-10-16T00:00:01+08:00');
    await rows.published('n2', [{ ...one, colour: 'green', before: 'yellow', revision: 2 }], { at: '2024-10-16T00:00:01+08:00', reason: '比对结果复核后更正为优秀' });
    const page = await shows(`/i/${one.code}`, '更正说明');
    for (const words of ['绿色', '此前公开为', '比对结果复核后更正为优秀', '此前公开的内容（1）']) expect(page).toContain(words);
    const stood = async (on: string) => (await get(`/public/v1/institutions/${one.code}?asOf=${on}`)).json<{ colour: { title: string } | null; status?: number }>();
    expect((await stood('2024-09-23')).status).toBe(404);
    expect([(await stood('2024-09-24')).colour?.title, (await stood('2024-10-15')).colour?.title, (await stood('2024-10-16')).colour?.title]).toEqual(['黄色', '黄色', '绿色']);
    expect((await get(`/i/${one.code}?asOf=2024-10-15`)).payload).toContain('截至 2024-10-15 24:00 公布的内容');
    expect((await get(`/i/${one.code}?asOf=2024-09-01`)).payload).toContain('截至 2024-09-01 24:00 没有公布过这家机构');
    expect((await get(`/i/${one.code}?asOf=yesterday`)).statusCode).toBe(400);
  });
});

describe('what the law has published of penalties', () => {
  const basis = '《中华人民共和国职业病防治法》第八十条';
  const add = (caseId: string, more: { code?: string | null; party?: string; number?: string; decidedOn?: string; at?: string }) => admin.query(
    `insert into publication.penalty (case_id, revision, jurisdiction, number, authority, decided_on, credit_code, party, basis, sanctions, withdrawn, clauses, fact_id, published_at) values ($1, 1, '990000', $2, '示例区卫生健康局', $3, $4, $5, $6, $7, false, '["行政处罚法 第四十八条"]', 'f', $8)`,
    [caseId, more.number ?? '示例卫罚〔2024〕1号', more.decidedOn ?? '2024-10-08', more.code === undefined ? one.code : more.code, more.party ?? one.name, basis, JSON.stringify([{ kind: 'warning', fen: null }, { kind: 'fine', fen: 1_250_000 }]), more.at ?? '2024-10-10T10:00:00+08:00']);
  const takeBack = (caseId: string) => admin.query(
    `insert into publication.penalty (case_id, revision, jurisdiction, number, authority, decided_on, credit_code, withdrawn, ground, changed_on, document, reason, withdraw_by, clauses, fact_id, published_at)
     select case_id, 2, jurisdiction, number, authority, decided_on, credit_code, true, 'annulled', '2024-10-14', '示例政复决〔2024〕2号', '认定事实的证据不足', '2024-10-17', clauses, 'g', '2024-10-15T09:00:00+08:00' from publication.penalty where case_id = $1`, [caseId]);
  const data = async () => http.listPublicPenalties.answer.parse((await get('/public/v1/penalties')).json());
  const csv = async () => (await get('/public/v1/penalties.csv')).payload.split('\r\n');

  it('stands on the body’s page, in the list, as JSON and as a table, without scripts; of a person the surname, and no page of theirs', async () => {
    expect((await get('/penalties')).payload).toContain('没有公开的行政处罚决定');
    await add('k1', {});
    await add('k2', { code: null, party: '欧*', number: '示例卫罚〔2024〕2号', decidedOn: '2024-10-09' });
    const page = await shows(`/i/${one.code}`, '示例卫罚〔2024〕1号');
    for (const words of ['行政处罚决定', '第四十八条', basis, '警告；罚款 1.25 万元', '示例区卫生健康局', '2024-10-08', '2024-10-10']) expect(page).toContain(words);
    expect(page).not.toMatch(/<script|欧\*/);
    const list = (await get('/penalties')).payload;
    expect(list).toContain(`<a href="/i/${one.code}">${one.name}</a>`);
    expect(list.indexOf('2号')).toBeLessThan(list.indexOf('1号'));
    expect(list).toContain('<dd>欧*</dd>'); // a person has no page
    expect((await data()).items.map(({ number, party, creditCode }) => [number, party, creditCode])).toEqual([['示例卫罚〔2024〕2号', '欧*', null], ['示例卫罚〔2024〕1号', one.name, one.code]]);
    expect((await csv())[2]).toBe(`示例卫罚〔2024〕1号,${one.name},${one.code},${basis},警告；罚款 1.25 万元,示例区卫生健康局,2024-10-08,2024-10-10,,,`);
    expect(http.getPublic.answer.parse((await get(`/public/v1/institutions/${one.code}`)).json()).penalties).toMatchObject([{ number: '示例卫罚〔2024〕1号', sanctions: [{ kind: 'warning', fen: null }, { kind: 'fine', fen: 1_250_000 }], withdrawn: null }]);
    expect((await get(`/public/v1/institutions/${two.code}`)).json()).toMatchObject({ penalties: [] });
  });

  it('pages follow each other without gap or repetition', async () => {
    const first = (await get('/public/v1/penalties?limit=1')).json<{ items: { number: string }[]; next: string }>();
    const second = (await get(`/public/v1/penalties?limit=1&cursor=${first.next}`)).json<{ items: { number: string }[]; next: string | null }>();
    expect([...first.items, ...second.items].map(({ number }) => number)).toEqual(['示例卫罚〔2024〕2号', '示例卫罚〔2024〕1号']);
    expect([second.next, (await get('/public/v1/penalties?cursor=none')).statusCode, (await get('/penalties?cursor=none')).statusCode]).toEqual([null, 400, 200]);
  });

  it('changed, it stands taken back beside what came in its place, each on its own page of the list', async () => {
    await add('k3', { number: '示例卫罚〔2024〕3号', decidedOn: '2024-09-01', code: null, party: '某*' });
    await takeBack('k3');
    await admin.query(`insert into publication.penalty (case_id, revision, jurisdiction, number, authority, decided_on, party, basis, sanctions, withdrawn, clauses, fact_id, published_at) values ('k3', 3, '990000', '示例政复决〔2024〕9号', '示例市人民政府', '2024-09-01', '某*', $1, '[{"kind":"warning","fen":null}]', false, '[]', 'h', '2024-10-15T10:00:00+08:00')`, [basis]);
    await shows('/penalties', '示例政复决〔2024〕9号');
    const next = (await get('/public/v1/penalties?limit=2')).json<{ next: string }>().next;
    const third = (await get(`/public/v1/penalties?limit=1&cursor=${next}`)).json<{ items: unknown[]; next: string }>();
    const fourth = (await get(`/public/v1/penalties?limit=1&cursor=${third.next}`)).json<{ items: unknown[]; next: null }>();
    expect([third.items, fourth.items, fourth.next]).toMatchObject([[{ number: '示例政复决〔2024〕9号', party: '某*', withdrawn: null, publishedOn: '2024-10-15' }], [{ number: '示例卫罚〔2024〕3号', party: null, withdrawn: { ground: 'annulled' } }], null]);
    await admin.query(`delete from publication.penalty where case_id = 'k3'`);
  });

  it('taken back, it says which it was and why; who, for what and how does not stand there any more, of days gone by neither', async () => {
    const stood = async (on: string) => (await get(`/public/v1/institutions/${one.code}?asOf=${on}`)).json<{ penalties: unknown[] }>().penalties;
    expect([await stood('2024-10-09'), await stood('2024-10-10')]).toMatchObject([[], [{ number: '示例卫罚〔2024〕1号', withdrawn: null }]]);
    await takeBack('k1');
    const page = await shows(`/i/${one.code}`, '已撤回');
    for (const words of ['示例卫罚〔2024〕1号', '原决定于 2024-10-14 被撤销（示例政复决〔2024〕2号）', '认定事实的证据不足', '2024-10-15']) expect(page).toContain(words);
    const gone = { number: '示例卫罚〔2024〕1号', party: null, basis: null, sanctions: [], withdrawn: { ground: 'annulled', changedOn: '2024-10-14', document: '示例政复决〔2024〕2号', reason: '认定事实的证据不足' } };
    expect([await stood('2024-10-09'), await stood('2024-10-10'), await stood('2024-10-16')]).toMatchObject([[], [gone], [gone]]);
    expect((await data()).items[1]).toMatchObject(gone);
    for (const text of [page, (await csv())[2]!, (await get(`/public/v1/institutions/${one.code}`)).payload]) expect(text).not.toMatch(/第八十条|1250000|1\.25/);
  });
});

describe('what is not public', () => {
  it('a withdrawn notice says that it was, and why, and lists nobody', async () => {
    await rows.posted('n3', [{ ...one, id: 'b9', code: '91990000MA0000009X', name: '示例机构 09' }], { year: 2025 });
    await shows('/notices', '2025 年度示例结果公示');
    await rows.withdrawn('n3', '录入有误，更正后重新公示');
    const page = await shows('/notices/n3', '录入有误');
    expect(page).toContain('撤回');
    expect(page).not.toContain('示例机构 09');
    expect((await get('/public/v1/notices/n3')).json()).toMatchObject({ state: 'withdrawn', items: [], snapshots: [] });
    expect((await get('/public/v1/notices/n3/snapshots/1')).statusCode).toBe(404);
    expect((await get('/public/v1/institutions?q=示例机构 09')).json()).toMatchObject({ items: [] });
  });

  it.each(['notice', 'notice_entry', 'objection', 'objection_word', 'colour_publication', 'snapshot', 'institution_ref', 'record', 'penalty'])('the portal cannot read %s', async (table) => {
    await expect(pool.query(`select 1 from publication.${table}`)).rejects.toThrow('permission denied');
  });

  it('lists word for word can be had by whoever wants to compare their hash', async () => {
    expect((await get('/public/v1/notices/n1/snapshots/1')).payload).toBe('{"entries":[]}');
    for (const seq of ['2', '0', 'x']) expect((await get(`/public/v1/notices/n1/snapshots/${seq}`)).statusCode).toBe(404);
  });

  it.each(['/public/v1/notices?cursor=none', '/public/v1/notices?limit=0', '/public/v1/export.csv?year=x', `/public/v1/institutions/${one.code}?asOf=soon`])('%s is answered by a problem in Chinese', async (path) => {
    const answer = await get(path);
    expect([answer.statusCode, String(answer.headers['content-type'])]).toEqual([400, expect.stringContaining('application/problem+json')]);
  });
  it.each(['/notices/none', '/notices/%00', '/public/v1/notices/none', '/public/v1/notices/%00', '/public/v1/notices/%00/snapshots/1', '/i/none', '/i/%00'])('%s is not found', async (path) => expect((await get(path)).statusCode).toBe(404));
});
