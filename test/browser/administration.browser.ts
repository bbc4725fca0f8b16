import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { call, theCampaign, theSystem, tokenOf } from '../support/system.js';
import { fits, go, launched, phone, picture, signedIn, until, type Visitor } from './chromium.js';

let browser: Browser;
const run = Date.now().toString(36);
beforeAll(async () => { browser = await launched(); }, 60_000);
afterAll(() => browser?.close());
const menu = ({ page }: Visitor) => page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts();

describe('the administration of people and places', () => {
  it('begins for the system administrator with people, registers one, and shows no business data', async () => {
    const it = await signedIn(browser, 'xitong', '/');
    await it.page.getByRole('heading', { name: '组织管理：人员' }).waitFor();
    expect(await menu(it)).toEqual(['组织管理']);
    await it.page.getByRole('button', { name: '登记', exact: true }).click();
    await it.page.getByRole('link', { name: '请填写至少一个账号' }).waitFor();
    await it.page.getByLabel('姓名（可不填）').fill('测试人员');
    await it.page.getByLabel('账号', { exact: true }).fill(`ceshi-${run}，ceshi-${run}-2`);
    await it.page.getByRole('button', { name: '登记', exact: true }).click();
    await it.page.getByText('已登记。任职由安全管理员任命。').waitFor();
    await it.page.getByLabel('查找').fill(`ceshi-${run}`);
    await it.page.getByRole('table', { name: '人员' }).getByText('未任职').waitFor();
    await picture(it.page, 'administration-people');
    expect([it.outside, it.faults]).toEqual([[], []]);
    await it.context.close();
  });

  it('lets the security administrator disable and enable, with a reason', async () => {
    const { page, context } = await signedIn(browser, 'anquan', '/administration/people');
    await page.getByLabel('查找').fill(`ceshi-${run}`);
    const row = page.getByRole('table', { name: '人员' }).locator('tbody tr', { hasText: `ceshi-${run}` });
    await row.getByRole('button', { name: /^停用/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '停用', exact: true }).click();
    await dialog.getByRole('link', { name: '请写明理由' }).waitFor();
    await dialog.getByLabel('理由').fill('离职');
    await dialog.getByRole('button', { name: '停用', exact: true }).click();
    await row.getByText('已停用').waitFor();
    await row.getByRole('button', { name: /^恢复/ }).click();
    await page.getByRole('dialog').getByLabel('理由').fill('返聘');
    await page.getByRole('dialog').getByRole('button', { name: '恢复', exact: true }).click();
    await row.getByText('在用').waitFor();
    await go(page, '/administration/appointments');
    await page.getByRole('heading', { name: '任命' }).waitFor();
    await page.getByRole('button', { name: '任命', exact: true }).click();
    await page.getByRole('link', { name: '请选择人员' }).waitFor();
    await picture(page, 'administration-appointments');
    await context.close();
  });

  it('shows the security administrator kept words by their commitments only, and erases on a request with its number', async () => {
    const { page, context } = await signedIn(browser, 'anquan', '/administration/kept-texts');
    await page.getByRole('table', { name: '自由填写的内容' }).waitFor();
    await page.getByRole('button', { name: /^删除所选/ }).click();
    await page.getByRole('link', { name: '请在清单中选择要删除的内容' }).waitFor();
    await page.getByRole('link', { name: '请填写受理文号（不写姓名）' }).waitFor();
    await picture(page, 'administration-kept-texts');
    expect(await page.getByText('测试人员').count()).toBe(0);
    await context.close();
    const other = await signedIn(browser, 'xitong', '/administration/people');
    expect(await other.page.getByRole('link', { name: '留存与删除' }).count()).toBe(0);
    await other.context.close();
  });

  it('erases on a request what is past its hold: the words are gone, the proofs of the case hold, and nothing alarms', async () => {
    const admin = new pg.Client({ connectionString: theSystem().databaseUrl });
    await admin.connect();
    const [auditor, campaign] = [await tokenOf('shenji'), await theCampaign(await tokenOf('shenji'), 'jiangsu/norm-2014')];
    interface Kept { commitment: string; subject: string; jurisdiction: string; body: string }
    const { rows: [kept] } = await admin.query<Kept>(`select commitment, subject, jurisdiction, body from inspection.kept_text k where hold_until < '2020-01-01' and body is not null and jurisdiction = any($1) and not exists (select 1 from inspection.kept_text o where o.body = k.body and o.commitment <> k.commitment) order by commitment limit 1`, [campaign.units.map(({ code }) => code)]);
    const { commitment, subject, jurisdiction, body } = kept!;
    const { page, context } = await signedIn(browser, 'anquan', `/administration/kept-texts?room=inspection&subject=${encodeURIComponent(subject)}`);
    const row = page.getByRole('table', { name: '自由填写的内容' }).locator('tbody tr').filter({ has: page.locator(`code[title="${commitment}"]`) });
    await row.getByText('可以删除').waitFor();
    expect(await page.getByText(body).count()).toBe(0);
    await row.getByRole('checkbox').check();
    await page.getByLabel('受理文号').fill('示例访〔2026〕1号');
    await page.getByRole('button', { name: '删除所选 1 条' }).click();
    await page.getByText(/^已删除 1 条，涉及 [1-9]\d* 处记录。$/).waitFor();
    await row.getByText('已删除').waitFor();
    await row.getByText('示例访〔2026〕1号').waitFor();
    await picture(page, 'administration-erased');
    await context.close();

    expect((await admin.query('select 1 from inspection.kept_text where commitment = $1 and body is null and salt is null', [commitment])).rowCount).toBe(1);
    await admin.end();
    interface Watched { open: number; checked: { at: string } | null }
    const watched = async () => (await call<Watched>(auditor, 'GET', '/api/v1/audit/alarms')).body;
    const before = (await watched()).checked!.at;
    expect((await call<{ ok: boolean; firstDivergence: unknown }>(auditor, 'GET', `/api/v1/audit/verification/${encodeURIComponent(`campaign/${campaign.campaignId}/${jurisdiction}`)}`)).body).toMatchObject({ ok: true, firstDivergence: null });
    const after = await until(async () => { const it = await watched(); return it.checked!.at !== before ? it : undefined; });
    expect(after.open).toBe(0);
  });

  it('shows the tree of areas as of a day, the agencies, and what changed, to be read by the audit', async () => {
    const { page, context } = await signedIn(browser, 'shenjiguan', '/administration/areas', { viewport: phone });
    await page.getByRole('heading', { name: '区划与隶属关系' }).waitFor();
    expect(await fits(page)).toBe(true);
    await picture(page, 'administration-areas');
    await go(page, '/administration/changes');
    await page.getByRole('table', { name: '变动记录' }).getByText('登记人员').first().waitFor();
    expect(await fits(page)).toBe(true);
    await picture(page, 'administration-changes');
    expect(await page.getByText('测试人员').count()).toBe(0); // no name of a person in a record
    await context.close();
  });

  it('lets the system administrator register an agency, change its head and hand a duty to another from a day to a day', async () => {
    const it = await signedIn(browser, 'xitong', '/administration/agencies');
    const { page } = it;
    await page.getByRole('button', { name: '登记机关、单位' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: '登记机关', exact: true }).click();
    await form.getByRole('link', { name: '请写明理由' }).waitFor();
    await form.getByLabel('名称').fill(`示例执法队 ${run}`);
    await form.getByLabel('类别').selectOption('enforcement-team');
    await form.getByLabel('理由').fill('机构设置文件');
    await form.getByRole('button', { name: '登记机关', exact: true }).click();
    await page.getByText(`已登记 示例执法队 ${run}。`).waitFor();
    const row = page.getByRole('table', { name: '机关、单位' }).locator('tbody tr', { hasText: `示例执法队 ${run}` }).first();
    await row.getByRole('button', { name: /^变更/ }).click();
    await page.getByRole('dialog').getByLabel('负责人').selectOption({ label: `测试人员（ceshi-${run}、ceshi-${run}-2）` });
    await page.getByRole('dialog').getByLabel('理由').fill('人事决定');
    await page.getByRole('dialog').getByRole('button', { name: '变更', exact: true }).click();
    await row.getByText('测试人员').waitFor();
    await row.getByRole('button', { name: /^委托/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '职责' }).fill('现场检查');
    await dialog.getByLabel('委托给').selectOption({ index: 1 });
    await dialog.getByLabel('理由').fill('委托协议');
    await picture(page, 'administration-delegate');
    await dialog.getByRole('button', { name: '委托职责', exact: true }).click();
    await row.getByText('现场检查：委托').waitFor();
    await picture(page, 'administration-agencies');
    expect([it.outside, it.faults]).toEqual([[], []]);
    await it.context.close();
  });

  it('lists what is open with its agency, and gives it to somebody who holds an office there', async () => {
    const { page, context } = await signedIn(browser, 'xian', '/tasks');
    const table = page.getByRole('table', { name: '未办事项' });
    await table.waitFor();
    const due = table.locator('tbody tr').filter({ has: page.getByRole('button', { name: /^怎么算的/ }) }).first();
    await due.getByRole('button', { name: /^怎么算的/ }).click();
    await page.locator('.ant-popover').getByText(/文件载明的日期为|起算/).first().waitFor();
    expect(await page.locator('.ant-popover dd').first().innerText()).toMatch(/[一-鿿]/);
    await picture(page, 'tasks');
    await page.getByRole('heading', { level: 1 }).click();
    await page.locator('.ant-popover').waitFor({ state: 'hidden' });
    const row = table.locator('tbody tr', { hasText: '330106' }).filter({ has: page.getByRole('button', { name: /^交办/ }) }).first(); // what another level holds is that level's to give
    await row.getByRole('button', { name: /^交办/ }).click();
    await page.getByRole('dialog').getByLabel('承办人').selectOption({ label: '示例负责人（西湖区）' });
    await page.getByRole('dialog').getByLabel('理由').fill('分工');
    await page.getByRole('dialog').getByRole('button', { name: '交办', exact: true }).click();
    await row.getByText('示例负责人（西湖区）').waitFor();
    await page.setViewportSize(phone);
    expect(await fits(page)).toBe(true);
    await picture(page, 'tasks-phone');
    await context.close();
  });

  it('tells who comes to a page that is not theirs who can give the right', async () => {
    const { page, context } = await signedIn(browser, 'xian', '/administration/people');
    await page.getByText('安全管理员申请任命').first().waitFor();
    await picture(page, 'administration-not-allowed');
    await context.close();
  });
});

describe('a sign-in that is too old for what weighs heavily', () => {
  it('is renewed in a window of its own; the page and what was typed stay, and the same submission goes on', async () => {
    const { page, context } = await signedIn(browser, 'xitong', '/administration/people');
    let refusals = 1; // the account is fresh: the refusal is what the server would say ten minutes later
    await context.route('**/api/v1/people', async (route) => {
      if (route.request().method() !== 'POST' || refusals-- <= 0) return route.continue();
      return route.fulfill({ status: 403, contentType: 'application/problem+json', json: { type: 'urn:zhijian:step-up-needed', title: '此项操作须在登录后 10 分钟内进行，请重新登录确认身份', status: 403, code: 'step-up-needed', clauses: [], errors: [], reference: 'r' } });
    });
    await page.getByLabel('账号', { exact: true }).fill(`lao-${run}`);
    await page.getByRole('button', { name: '登记', exact: true }).click();
    const [popup] = await Promise.all([context.waitForEvent('page'), page.getByRole('button', { name: '重新登录确认身份' }).click()]);
    await picture(page, 'step-up');
    await popup.getByLabel('口令').waitFor(); // prompt=login: a running session does not count
    await popup.getByLabel('账号').fill('xitong');
    await popup.getByLabel('口令').fill('demo');
    await popup.getByRole('button', { name: '登录' }).click();
    await page.getByText('身份已确认。').waitFor();
    expect(await page.getByLabel('账号', { exact: true }).inputValue()).toBe(`lao-${run}`);
    await page.getByRole('button', { name: '继续办理' }).click();
    await page.getByText('已登记。任职由安全管理员任命。').waitFor();
    expect((await call<{ items: unknown[] }>(await tokenOf('xitong'), 'GET', `/api/v1/people?q=lao-${run}`)).body.items).toHaveLength(1);
    await context.close();
  });
});
