import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { unzipped } from '@zhijian/audit/bundle';
import { theCampaign, theSystem, tokenOf } from '../support/system.js';
import { eventually, fits, go, launched, phone, picture, signedIn, type Visitor } from './chromium.js';

let browser: Browser;
let auditor: Visitor;
let campaign: { campaignId: string; units: { code: string; name: string }[] };

beforeAll(async () => {
  campaign = await theCampaign(await tokenOf('shenji'));
  browser = await launched();
  auditor = await signedIn(browser, 'shenji', '/audit');
}, 60_000);
afterAll(() => browser?.close());

/** What nothing in the database stops: triggers and row security do not hold for the superuser. */
async function asSuperuser(sql: string): Promise<Record<string, unknown>[]> {
  const admin = new pg.Client({ connectionString: theSystem().databaseUrl });
  await admin.connect();
  try {
    await admin.query('set session_replication_role = replica');
    return (await admin.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await admin.end();
  }
}

describe('an auditor in the console', () => {
  it('picks a case of a campaign out of the archive', async () => {
    const { page } = auditor;
    await page.getByRole('table', { name: '已归档的流程' }).waitFor();
    await page.getByLabel('专项行动').first().selectOption({ value: campaign.campaignId });
    await picture(page, 'console-audit-cases');
    await page.getByRole('link', { name: campaign.units[1]!.name }).first().click();
    await page.getByRole('heading', { name: campaign.units[1]!.name }).waitFor();
  });

  it('steps through its story: clause with its words, rule, person, pack and calendar', async () => {
    const { page } = auditor;
    await page.getByRole('list', { name: '经过' }).waitFor();
    await page.getByLabel('事件').selectOption('步骤');
    await page.getByRole('button', { name: '下一步 ▶' }).click();
    await eventually(() => page.getByText(/^第 2 步，共 \d+ 步$/).count(), (it) => expect(it).toBe(1));
    const detail = page.locator('.audit-detail');
    expect(await detail.innerText()).toMatch(/hangzhou\/exam-campaign-2023@1/);
    expect(await detail.innerText()).toMatch(/CN-2014\.\.2026/);
    expect(await detail.innerText()).toMatch(/HZ-2023-\d+\s*“/);
    await picture(page, 'console-audit-case');
  });

  it('replays it, and takes the file away', async () => {
    const { page } = auditor;
    await page.getByRole('button', { name: '重放校验' }).click();
    await page.getByText(/与历史一致（\d+ 个事件/).waitFor();
    await picture(page, 'console-audit-verified');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载核验包' }).click()]);
    expect([...(await unzipped(readFileSync(await download.path()))).keys()]).toEqual(expect.arrayContaining(['manifest.json', 'history.pb', 'workflow-bundle.js']));
  });

  it('sees that the log is checked, and within a minute what somebody with all rights in the database has altered', async () => {
    const { page } = auditor;
    await go(page, '/audit');
    await page.getByText('没有未解除的告警').waitFor();
    await page.getByText(/最近核对 .*，日志共 [1-9]\d* 条/).waitFor();
    const certificate = (subject: string) => `update inspection.certificate set subject = ${subject} where id = (select id from inspection.certificate order by id limit 1)`;
    await asSuperuser(certificate(`subject || ' altered'`));
    try {
      await page.getByText('1 项告警未解除').waitFor({ timeout: 60_000 });
      await page.getByRole('table', { name: '存证日志的告警' }).getByText('未解除').first().waitFor();
      await picture(page, 'console-audit-alarm');
    } finally {
      await asSuperuser(certificate(`replace(subject, ' altered', '')`));
    }
    await page.getByText('没有未解除的告警').waitFor({ timeout: 60_000 });
  });

  it('draws cases by a seed and computes the draw again', async () => {
    const { page } = auditor;
    await go(page, '/audit');
    await page.getByRole('table', { name: '已归档的流程' }).waitFor();
    await page.getByLabel('种子').fill('20261122');
    await page.getByRole('button', { name: '抽取', exact: true }).click();
    await page.getByRole('button', { name: '下载抽取记录' }).waitFor();
    await page.getByRole('button', { name: '复算' }).click();
    await page.getByText('复算一致').waitFor();
    await picture(page, 'console-audit-sample');
  });

  it('is told in Chinese when a case is not there, and when a room is silent', async () => {
    const { page, context } = auditor;
    await go(page, '/audit/cases/campaign/00000000-0000-4000-8000-000000000000/330106');
    await page.getByRole('alert').first().waitFor();
    await context.route(/\/audit\/archives/, (route) => route.fulfill({ json: { items: [], next: null } }));
    await go(page, '/audit');
    await page.getByText('还没有归档的流程').waitFor();
    await context.unroute(/\/audit\/archives/);
    await context.route(/\/audit\/archives/, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', json: { type: 'x', title: '流程服务暂时不可用', status: 503, code: 'unavailable', clauses: [], errors: [], reference: 'r' } }));
    await go(page, '/audit');
    await page.getByText('流程服务暂时不可用').waitFor();
    await context.unroute(/\/audit\/archives/);
  });

  it('is told that a case has had no such run, and finds the way to its latest one; a single run leaves nothing to choose', async () => {
    const { page } = auditor;
    const path = `/audit/cases/campaign/${campaign.campaignId}/${campaign.units[1]!.code}`;
    await go(page, `${path}?runId=00000000-0000-4000-8000-000000000000`);
    await page.getByRole('alert').getByText('这件流程没有所指定的这次运行').waitFor();
    expect(await page.getByRole('button', { name: '下载核验包' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: '查看最近一次运行' }).click();
    await page.getByRole('list', { name: '经过' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getByText('先后运行').count()).toBe(0);
  });

  it('reads it on a phone without moving the page sideways', async () => {
    const { page } = await signedIn(browser, 'shenji', `/audit/cases/campaign/${campaign.campaignId}/${campaign.units[1]!.code}`, { viewport: phone });
    await page.getByRole('list', { name: '经过' }).waitFor();
    expect(await fits(page)).toBe(true);
    await picture(page, 'console-audit-phone');
  });

  it('nobody else finds the menu', async () => {
    const { page } = await signedIn(browser, 'shi', '/campaigns');
    expect(await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '审计回放' }).count()).toBe(0);
  });
});
