import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, importJWK, SignJWT, type JWK } from 'jose';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { addAccount, removeAccount } from '../support/account.js';
import { call, theCampaign, theSystem, tokenOf } from '../support/system.js';
import { date, go, launched, people, picture } from './chromium.js';

const run = Date.now().toString(36);
const [account, administrator] = [`renmian-${run}`, `quhua-${run}`];
let browser: Browser;
const { open, seen } = people(() => browser);

beforeAll(async () => {
  addAccount(account);
  addAccount(administrator, 'system-admin');
  browser = await launched();
}, 60_000);
afterAll(async () => {
  for (const name of [account, administrator]) removeAccount(name);
  await browser?.close();
});

describe('an office', () => {
  it('is given by the security administrator and opens its place; ended, the person is out within five seconds, wherever they are', async () => {
    const made = await call<{ personId: string }>(await tokenOf('xitong'), 'POST', '/api/v1/people', { name: '示例任免人员', accounts: [account] });
    const { page } = await open('anquan', `/administration/appointments?person=${made.body.personId}`);
    await page.getByLabel('人员', { exact: true }).selectOption(made.body.personId);
    await page.getByLabel('角色').selectOption('county');
    await page.getByLabel('辖区', { exact: true }).selectOption('330106');
    await page.getByLabel('理由').fill('人事决定');
    await page.getByRole('button', { name: '任命', exact: true }).click();
    await page.getByText(/^已任命 示例任免人员 为.*五秒内生效。$/).waitFor();
    await picture(page, 'offices-appointed');

    const campaign = await theCampaign(await tokenOf('shi'));
    const officer = await open(account, `/campaigns/${campaign.campaignId}`);
    await officer.page.getByText('西湖区').first().waitFor();
    await picture(officer.page, 'offices-in-office');

    const successor = await call<{ personId: string }>(await tokenOf('xitong'), 'POST', '/api/v1/people', { name: '示例接任人员', accounts: [`${account}-jieren`] });
    await page.reload();
    await page.getByRole('table', { name: '任职' }).getByRole('button', { name: /^免去 示例任免人员/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('接任人').selectOption(successor.body.personId);
    await dialog.getByLabel('理由').fill('调离');
    await picture(page, 'offices-ending');
    await dialog.getByRole('button', { name: '免职', exact: true }).click();
    await page.getByRole('table', { name: '任职' }).getByText('已免').waitFor();
    const ended = Date.now();
    const refused = officer.page.getByText('您现在没有有效的任职').first();
    for (;;) { // what somebody does who goes on working
      await officer.page.reload();
      if (await refused.waitFor({ timeout: 1000 }).then(() => true, () => false)) break;
      if (Date.now() - ended > 5000) throw new Error('still in after five seconds');
    }
    await picture(officer.page, 'offices-out');
    expect(await officer.page.getByText('西湖区').count()).toBe(0);
  });
});

describe('an area', () => {
  const [first, second] = [`ceshi-a-${run}`, `ceshi-b-${run}`];
  const branch = (page: Page, name: string) => page.locator('.area-branch li').filter({ has: page.locator(':scope > strong', { hasText: name }) }).last();
  const founded = async (page: Page, id: string, name: string) => {
    await page.getByLabel('代码').fill(id);
    await page.getByLabel('名称').fill(name);
    await page.getByLabel('层级').selectOption('area');
    await page.getByRole('form', { name: '设立区划' }).getByLabel('隶属').selectOption('330100');
    await date(page.getByRole('form', { name: '设立区划' }), '自何日起', '2020-01-01');
    await page.getByRole('form', { name: '设立区划' }).getByLabel('理由').fill('设立文件');
    await page.getByRole('button', { name: '设立', exact: true }).click();
    await branch(page, name).waitFor();
  };

  it('is founded, moved under another and merged into one; the tree of the day before is as it was', async () => {
    // Somebody the directory knows: what they have founded is theirs at once, which no token says.
    const made = await call<{ personId: string }>(await tokenOf('xitong'), 'POST', '/api/v1/people', { name: null, accounts: [administrator] });
    expect((await call(await tokenOf('anquan'), 'POST', '/api/v1/appointments', { personId: made.body.personId, role: 'system-admin', jurisdictionId: '330000', from: '2010-01-01', reason: '人事决定' })).status).toBe(201);
    const { page } = await open(administrator, '/administration/areas');
    const [one, other] = [`示例功能区甲 ${run}`, `示例功能区乙 ${run}`];
    await founded(page, first, one);
    await founded(page, second, other);
    expect(await branch(page, '杭州市').getByText(one).count()).toBe(1);
    await branch(page, one).getByRole('button', { name: /隶属关系$/ }).click();
    await page.getByRole('dialog').getByLabel('改属').selectOption('330200');
    await date(page.getByRole('dialog'), '自何日起', '2021-01-01');
    await page.getByRole('dialog').getByLabel('理由').fill('调整文件');
    await picture(page, 'areas-moving');
    await page.getByRole('dialog').getByRole('button', { name: '调整隶属', exact: true }).click();
    await branch(page, '宁波市').getByText(one).waitFor();
    await branch(page, one).getByRole('button', { name: /并入其他区划$/ }).click();
    await page.getByRole('dialog').getByLabel('并入', { exact: true }).selectOption(second);
    await date(page.getByRole('dialog'), '自何日起', '2022-01-01');
    await page.getByRole('dialog').getByLabel('理由').fill('撤并文件');
    await picture(page, 'areas-merging');
    await page.getByRole('dialog').getByRole('button', { name: '并入', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await picture(page, 'areas-merged');
    for (const [day, above] of [['2020-06-01', '杭州市'], ['2021-06-01', '宁波市']] as const) {
      await date(page, '看哪一日', day);
      await page.locator('.area-branch li').filter({ has: page.locator(':scope > strong', { hasText: above }) }).last().locator(':scope > ul > li > strong', { hasText: one }).waitFor();
    }
    await picture(page, 'areas-past-day');
    await go(page, '/administration/changes');
    const changes = page.getByRole('table', { name: '变动记录' });
    for (const what of ['设立', '调整', '并入']) await changes.locator('tbody tr', { hasText: first }).filter({ hasText: what }).first().waitFor();
    expect(await changes.locator('tbody tr', { hasText: first }).filter({ hasText: '设立' }).first().innerText()).toContain('层级：功能区');
    await picture(page, 'areas-changes');
  });
});

describe('a sign-in that is older than ten minutes', () => {
  it('is refused by the server itself for what weighs heavily, and renewed in a window of its own', async () => {
    const drafted = await call<{ campaignId: string }>(await tokenOf('shi', '330100'), 'POST', '/api/v1/campaigns', { name: `浏览器测试：登录时限 ${run}（示例）`, pack: 'hangzhou/exam-campaign-2023', units: [{ code: '330106', name: '西湖区' }] });
    const { campaignId } = drafted.body;
    const { page, context } = await open('sheng', '/campaigns');
    const admin = new pg.Client({ connectionString: theSystem().databaseUrl });
    await admin.connect();
    try {
      // The same session eleven minutes later: the issuer's own key signs again what it had signed then.
      const secret = (await context.cookies()).find(({ name }) => name === 'zhijian')!.value; // this page's own session: others sign in with the same account meanwhile
      const { rows: [session] } = await admin.query<{ id_hash: string; access_token: string }>(`select id_hash, access_token from gateway.session where id_hash = $1`, [createHash('sha256').update(secret).digest('hex')]);
      const { signing } = JSON.parse(readFileSync(join(theSystem().dir, 'identity/keys.json'), 'utf8')) as { signing: JWK & { kid: string } };
      const claims = decodeJwt<{ auth_time: number }>(session!.access_token);
      const older = await new SignJWT({ ...claims, auth_time: claims.auth_time - 11 * 60 }).setProtectedHeader({ alg: 'ES256', kid: signing.kid, typ: 'at+jwt' }).sign(await importJWK(signing, 'ES256'));
      await admin.query('update gateway.session set access_token = $2 where id_hash = $1', [session!.id_hash, older]);
      const answered = () => page.waitForResponse((response) => response.url().endsWith(`/campaigns/${campaignId}/approval`));
      const approving = answered();
      const card = page.locator('section').filter({ has: page.getByRole('heading', { name: `浏览器测试：登录时限 ${run}（示例）` }) });
      await card.getByRole('button', { name: '批准', exact: true }).click();
      await page.getByRole('button', { name: '批准并启动' }).click();
      const refused = await approving;
      expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([403, 'step-up-needed']);
      const [popup] = await Promise.all([context.waitForEvent('page'), page.getByRole('button', { name: '重新登录确认身份' }).click()]);
      await picture(page, 'step-up-refused');
      await popup.getByLabel('账号').fill('sheng');
      await popup.getByLabel('口令').fill('demo');
      await popup.getByRole('button', { name: '登录' }).click();
      await page.getByText('身份已确认。').waitFor();
      await admin.query(`update inspection.campaign set state = 'approved' where id = $1`, [campaignId]); // so that it begins nowhere: what is submitted again comes to the room and is answered there
      const again = answered();
      await page.getByRole('button', { name: '继续办理' }).click();
      await page.getByRole('button', { name: '批准并启动' }).click({ timeout: 5000 }).catch(() => undefined); // asked once more
      expect(((await (await again).json()) as { code: string }).code).toBe('campaign-not-draft');
    } finally {
      for (const table of ['campaign_unit', 'campaign']) await admin.query(`delete from inspection.${table} where ${table === 'campaign' ? 'id' : 'campaign_id'} = $1`, [campaignId]);
      await admin.end();
    }
  });
});

it('nothing was asked of other hosts, and no page broke', () => { expect(seen()).toEqual([]); });
