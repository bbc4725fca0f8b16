import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { call, theSystem, tokenOf } from '../support/system.js';
import { eventually, fits, go, launched, phone, picture, signedIn, until, visitor, type Visitor } from './chromium.js';

/** Rows of publication laid down for this test and taken away after it: no fact says them, so no workflow waits for them. */
const draft = `browser-draft-${process.pid}`;
const running = `browser-running-${process.pid}`;
let browser: Browser;
let admin: pg.Client;
let place: string;
let own: { institutionId: string; name: string };
let lastDay: string;
const opened: Visitor[] = [];
const open = async (...given: Parameters<typeof signedIn>): Promise<Visitor> => {
  const it = await signedIn(...given);
  opened.push(it);
  return it;
};
const plus = (on: string, days: number) => new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10);
const content = (colour: string, title: string) => JSON.stringify({
  year: 2024, basisYear: 2023, colour: { id: colour, title }, before: null, lastYear: { year: 2023, colour: { id: 'green', title: '绿色' } }, redYears: 0, clauses: [{ id: 'CQ-2024-06', quote: '分为红色（高风险）、黄色（中风险）、绿色（低风险）三色' }], pack: 'chongqing/colour-2024@1',
  lines: [{ line: 'health-examination', score: '86.50', served: true, result: '合格', grade: { id: 'A', title: 'A级' }, level: { id: 'II', title: 'II级（合格）' }, colour: { id: colour, title }, rule: 'A-II', because: 'A级、II级，中风险', reason: null, clauses: [{ id: 'CQ-2024-05', quote: '按表 3 进行风险等级判定' }] }],
});

async function laid(id: string, bodies: readonly { institution_id: string; credit_code: string; name: string }[], put: boolean): Promise<void> {
  const entry = (colour: string) => JSON.stringify({ institutionId: 'x', colour, redYears: 0, revision: 1, clauses: ['CQ-2024-06'], lines: [{ line: 'health-examination', grade: 'A', level: 'II', colour, rule: 'A-II', clauses: ['CQ-2024-05'], score: '86.50', served: true, result: '合格', reason: null, missing: [] }] });
  await admin.query(`insert into publication.notice (id, run_id, jurisdiction, year, basis_year, because, state, pack, pack_version, title, document, parts, undetermined, made_at, clauses) values ($1, $1, $2, 2024, 2023, 'run', 'draft', 'chongqing/colour-2024', 1, $3, '{"title":"示例分色管理工作方案","issuer":"示例市卫生健康委","number":null,"onRequest":true}', 1, 2, $4, '[]')`, [id, place, `浏览器测试${put ? '公示中' : '待发布'}的赋色结果公示`, `${plus(lastDay, -9)}T08:00:00+08:00`]);
  for (const [at, it] of bodies.entries()) await admin.query(`insert into publication.notice_entry (notice_id, institution_id, revision, colour, entry, credit_code, name, kind, jurisdiction, invented, content) values ($1, $2, 1, $3, $4, $5, $6, 'health-examination', $7, true, $8)`, [id, it.institution_id, at ? 'yellow' : 'red', entry(at ? 'yellow' : 'red'), it.credit_code, it.name, place, put ? content(at ? 'yellow' : 'red', at ? '黄色' : '红色') : null]);
  if (!put) return;
  const posted = plus(lastDay, -8);
  await admin.query(`update publication.notice set state = 'posted', posted_at = $2, posted_by = 'fabu', posted_on = $3::date, last_day = $4::date, until = (($4::date + 1)::timestamp at time zone 'Asia/Shanghai'), working_days = 2, counted = array[$3::date + 1, $4::date], calendar = 'c', rule = 'colour-posting', site = 'portal', address = '/notices/' || id, proof_sha256 = $5, clauses = '[{"id":"CQ-2024-08","quote":"公示期不少于 5 个工作日"}]' where id = $1`, [id, `${posted}T09:00:00+08:00`, posted, lastDay, 'ab'.repeat(32)]);
}

beforeAll(async () => {
  browser = await launched();
  const token = await tokenOf('jigou');
  const me = (await call<{ places: { code: string; institutionId: string; institutionName: string | null }[] }>(token, 'GET', '/api/v1/me')).body.places.find(({ institutionId }) => institutionId)!;
  own = { institutionId: me.institutionId, name: me.institutionName || '示例体检中心 浏览器 01' };
  const city = (await call<{ places: { code: string }[] }>(await tokenOf('shi'), 'GET', '/api/v1/me')).body.places[0]!;
  place = city.code;
  lastDay = plus((await call<{ today: string }>(token, 'GET', '/api/v1/clock')).body.today, 6);
  admin = new pg.Client({ connectionString: theSystem().databaseUrl });
  await admin.connect();
  await admin.query(`select set_config('app.reach', 'all', false)`);
  const bodies = [[own.institutionId, '91990000MA0000101X', own.name], ['browser-body-2', '91990000MA0000102X', '示例体检中心 浏览器 02'], ['browser-body-3', '91990000MA0000103X', '示例体检中心 浏览器 03']].map(([id, code, name]) => ({ institution_id: id!, credit_code: code!, name: name! }));
  await laid(draft, bodies, false);
  await laid(running, bodies, true);
}, 120_000);
afterAll(async () => {
  await admin?.query('set session_replication_role = replica');
  for (const table of ['objection_word where objection_id in (select id from publication.objection where notice_id = any($1))', 'objection where notice_id = any($1)', 'notice_entry where notice_id = any($1)', 'notice where id = any($1)']) await admin?.query(`delete from publication.${table}`, [[draft, running]]);
  await admin?.end();
  await browser?.close();
});

describe('notices', () => {
  it('are listed with the days that are left; a draft says what must hold before it goes out', async () => {
    const { page } = await open(browser, 'fabu', '/notices');
    await page.getByRole('table', { name: '公示列表' }).waitFor();
    expect(await page.locator('tr').filter({ hasText: '浏览器测试公示中' }).innerText()).toMatch(/公示中[^]*还有 7 天（\d 个工作日），至 /);
    await picture(page, 'notices');
    await page.getByRole('link', { name: '浏览器测试待发布的赋色结果公示' }).click();
    await page.getByText('赋色结果已收齐，共 3 家').waitFor();
    await page.getByText('另有 2 家待核实，不在这次公示之中').waitFor();
    await picture(page, 'notice-draft');
    await page.getByLabel('另在官方网站发布，此处登记').check();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByRole('link', { name: '请填写网址，以 http:// 或 https:// 开头' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-address'));
    await page.getByLabel('选择网页文件').setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('abc') });
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#field-proof')?.value.startsWith('ba7816bf'));
    await page.setViewportSize(phone);
    expect(await fits(page)).toBe(true);
    await picture(page, 'notice-draft-phone');
  });

  it('a body sees its own result with its reasons, and objects', async () => {
    const { page } = await open(browser, 'jigou', `/notices/${running}`);
    const table = page.getByRole('table', { name: '公示的机构' });
    await table.waitFor();
    expect(await table.locator('tbody tr').count()).toBe(1);
    expect(await table.innerText()).toContain(own.name);
    await table.getByText('依据', { exact: true }).first().click();
    await page.getByRole('button', { name: '提出', exact: true }).click();
    await page.getByRole('link', { name: '请写明异议的理由' }).waitFor();
    await page.getByLabel('异议理由').fill('本机构上一年度的比对结果应为优秀，报告见附件。');
    await picture(page, 'notice-objection');
    await page.getByRole('button', { name: '提出', exact: true }).click();
    await page.getByRole('heading', { name: '异议已提出' }).waitFor();
  });

  it('the objection is a task with a day that an officer names, and says so; it is answered with reasons', async () => {
    const { page } = await open(browser, 'shi', '/objections?state=open');
    await page.getByRole('table', { name: '异议' }).waitFor();
    await picture(page, 'objections');
    await page.getByRole('link', { name: own.name }).first().click();
    await page.getByText('本机构上一年度的比对结果应为优秀').waitFor();
    const { today } = (await call<{ today: string }>(await tokenOf('shi'), 'GET', '/api/v1/clock')).body;
    await page.getByRole('textbox', { name: '答复日期' }).fill(today);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '指定', exact: true }).click();
    await page.getByRole('button', { name: /^怎么算的/ }).click();
    await page.locator('.ant-popover').getByText('文件没有规定答复期限，这一天由经办人指定。').waitFor();
    await picture(page, 'objection-due');
    await page.getByRole('heading', { level: 1 }).click();
    await page.locator('.ant-popover').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '答复', exact: true }).click();
    await page.getByRole('link', { name: '请写明答复的理由' }).waitFor();
    await page.getByLabel('维持原结果').check();
    await page.getByLabel('理由', { exact: true }).fill('经复核，比对报告结论与系统记载一致。');
    await picture(page, 'objection-answer');
    await page.getByRole('button', { name: '答复', exact: true }).click();
    await page.getByRole('heading', { name: '答复理由' }).waitFor();
  });

  it('an unknown notice says so', async () => {
    const { page } = opened[0]!;
    await go(page, '/notices/none');
    await page.getByText('没有找到这次公示').waitFor();
  });
});

describe('the public sees a running notice', () => {
  it('without scripts and on a phone: days left, how to object, the reason of each colour; no word of an objection', async () => {
    const citizen = await visitor(browser, { viewport: phone, javaScriptEnabled: false });
    const { page } = citizen;
    const portal = (path: string) => theSystem().urls.portal + path;
    // The portal looks at most once a second whether there is something new.
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      await page.goto(portal('/notices'));
      if ((await page.locator('main').innerText()).includes('浏览器测试公示中')) break;
    }
    expect(await page.locator('main').innerText()).toMatch(/公示中，还有 7 天/);
    expect(await fits(page)).toBe(true);
    await picture(page, 'portal-notices');
    await page.getByRole('link', { name: '浏览器测试公示中的赋色结果公示' }).click();
    const words = await page.locator('main').innerText();
    expect(words).toContain('此件依申请公开，全文不在此公布');
    expect(words).toContain(own.name);
    expect(words).not.toContain('比对结果应为优秀');
    expect(await fits(page)).toBe(true);
    await picture(page, 'portal-notice');
    await page.getByRole('link', { name: own.name }).first().click();
    await page.getByText('扫码打开本页').waitFor();
    await until(async () => ((await page.locator('.qr img').evaluate((image: HTMLImageElement) => image.naturalWidth > 0)) ? true : undefined)); // the picture comes after the page
    await picture(page, 'portal-institution-notice');
    expect(citizen.outside).toEqual([]);
  });
});

it('nothing was asked of any other host, and no page broke', () => {
  expect(opened.flatMap(({ outside }) => outside)).toEqual([]);
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
});
