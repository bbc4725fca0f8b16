import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { call, theCampaign, theSystem, tokenOf } from '../support/system.js';
import { eventually, fits, go, launched, phone, picture, signedIn, type Visitor } from './chromium.js';

interface VisitRow { visitId: string; unit: string; institutionId: string | null; caseId: string | null; draw: { size: number; pool: string[] } | null }
let browser: Browser;
let city: Visitor;
let campaign: { campaignId: string; units: { code: string; name: string }[] };
let visits: VisitRow[];
const opened: Visitor[] = [];
const open = async (...given: Parameters<typeof signedIn>): Promise<Visitor> => {
  const it = await signedIn(...given);
  opened.push(it);
  return it;
};
const at = (rest = ''): string => `/campaigns/${campaign.campaignId}${rest}`;

beforeAll(async () => {
  const token = await tokenOf('shi');
  campaign = await theCampaign(token);
  visits = (await call<{ items: VisitRow[] }>(token, 'GET', `/api/v1/campaigns/${campaign.campaignId}/visits?limit=500`)).body.items;
  browser = await launched();
  city = await open(browser, 'shi', at());
}, 60_000);
afterAll(() => browser?.close());

describe('the campaign on one screen', () => {
  it('shows, after signing in, the very page that was asked for: every district with its stages, planned and actual, and today', async () => {
    const { page } = city;
    await page.getByRole('heading', { name: '从名单到立案' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(at());
    const rows = page.locator('.gantt tbody tr');
    expect(await rows.count()).toBe(campaign.units.length);
    expect(await rows.first().locator('.gantt-plan').count()).toBe(4);
    expect(await rows.first().locator('.gantt-done').count()).toBeGreaterThan(0);
    expect(await rows.first().locator('.gantt-lane').count()).toBe(2); // self-check overlaps the list and the enforcement
    expect(await rows.first().locator('li').first().innerText()).toMatch(/计划 2023-02-01 至 2023-03-31；实际/);
    await page.getByText('演示时钟').waitFor();
    await picture(page, 'console-overview');
  });
  it('counts from the list to the case in seven steps, and sorts the districts', async () => {
    const { page } = city;
    expect(await page.locator('.funnel dt').allInnerTexts()).toHaveLength(7);
    await page.getByRole('button', { name: /^名单/ }).click();
    const counts = (await page.getByRole('table', { name: '各区、县（市）进度' }).locator('tbody td[data-title="名单"]').allInnerTexts()).map(Number);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });
  it('leads from a district to its bodies, and from a date to the sentence it rests on', async () => {
    const { page } = city;
    await page.getByRole('table', { name: '各区、县（市）进度' }).getByRole('link', { name: '西湖区' }).click();
    await page.getByRole('heading', { name: '机构与任务' }).waitFor();
    expect(await page.getByRole('table', { name: '机构与任务' }).locator('.zj-chip').count()).toBeGreaterThan(3);
    await page.getByRole('table', { name: '未纳入的已备案机构' }).waitFor();
    const base = page.getByRole('table', { name: '基础名单' });
    expect(await base.locator('thead').innerText()).toMatch(/地址\s+联系岗位\s+备案日期\s+检查类别\s+检查项目\s+外出体检/);
    expect(await base.locator('tbody tr').first().locator('td').allInnerTexts()).not.toContain('');
    await page.getByRole('table', { name: '催办记录' }).getByRole('button', { name: /^怎么算的/ }).first().click();
    const why = page.locator('.ant-popover').filter({ hasText: '节假日安排版本' });
    expect(await why.locator('p').first().innerText()).toMatch(/文件载明|届满/);
    await why.locator('dd').first().filter({ hasText: /[一-鿿]{6}/ }).waitFor(); // the sentence of the clause
    await page.getByRole('heading', { level: 1 }).click();
    await why.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '依据 HZ-2023-07' }).first().click();
    await page.getByText('形成自查报告上报辖区卫生健康监督部门').waitFor();
    await picture(page, 'console-district');
  });
});

describe('a body and its self-check', () => {
  const report = async (account: string, options?: { viewport: { width: number; height: number } }) => {
    const { places } = (await call<{ places: { code: string; institutionId: string | null }[] }>(await tokenOf(account), 'GET', '/api/v1/me')).body;
    const institutionId = places.find((it) => it.institutionId && campaign.units.some(({ code }) => code === it.code))?.institutionId ?? '';
    return open(browser, account, at(`/institutions/${institutionId}/self-check`), options);
  };
  it('shows the body its report with number, time and what was verified', async () => {
    const { page } = await report('jigou');
    await page.getByRole('heading', { name: '任务与期限' }).waitFor();
    await page.getByText('示例数据').first().waitFor();
    await page.getByRole('heading', { name: /^自查报告/ }).first().waitFor();
    expect(await page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts()).toEqual(['专项行动', '公示', '异议', '整改报告', '能力比对']);
    await page.getByRole('button', { name: /^怎么算的，依据 HZ-2023-07/ }).last().click();
    await page.locator('.ant-popover').getByText('文件载明的日期为').waitFor();
    await picture(page, 'console-self-check');
  });
  it('names every omission on top and beside its field; a report for a closed campaign is refused in Chinese and nothing typed is lost', async () => {
    const { page, context } = await report('jigou2');
    await context.route(/\/campaigns\/[^/]+\/institutions\/[^/]+$/, async (route) => {
      if (route.request().resourceType() === 'document') return route.continue();
      const answer = await (await route.fetch()).json() as { campaign: object };
      return route.fulfill({ json: { ...answer, state: 'in', selfCheckId: null, campaign: { ...answer.campaign, state: 'approved' } } });
    });
    await page.reload();
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.className), (it) => expect(it).toContain('zj-summary'));
    await picture(page, 'console-self-check-errors');
    await page.getByRole('link', { name: '请填写用印岗位' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-sealedBy'));
    await page.keyboard.type('办公室');
    for (const choice of await page.getByRole('radio', { name: '已立即整改' }).all()) await choice.check();
    for (const choice of await page.getByRole('radio', { name: '未发现问题' }).all()) await choice.check();
    await page.getByLabel('职业健康检查家数').fill('12');
    await page.getByLabel('职业健康检查人数').fill('3400');
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('heading', { name: '核对自查报告' }).waitFor();
    await picture(page, 'console-self-check-answers');
    await page.getByRole('button', { name: '确认无误，报送' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/[一-鿿]/);
    expect(await page.getByLabel('职业健康检查人数').inputValue()).toBe('3400');
    await picture(page, 'console-self-check-refused');
  });
});

describe('a visit', () => {
  it('shows what was drawn, and its record recomputes to the same draw', async () => {
    const { page } = city;
    const drawn = visits.find(({ draw }) => draw)!;
    await go(page, `/visits/${drawn.visitId}`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载抽取记录' }).click()]);
    const record = JSON.parse(readFileSync(await download.path(), 'utf8')) as { seed: string; pool: string[]; poolSha256: string; size: number; result: string[] };
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const rank = (id: string) => hash(`${record.seed}\n${id}`);
    expect(record.result).toEqual([...record.pool].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, record.size));
    expect(record.poolSha256).toBe(hash([...record.pool].sort((a, b) => (a < b ? -1 : 1)).map((id) => `${id}\n`).join('')));
    await picture(page, 'console-visit');
  });
  it('that ended in a case shows its number and its outcome in ten thousand yuan', async () => {
    const { page } = city;
    await go(page, at('/cases'));
    const row = page.getByRole('table', { name: '立案与处理' }).locator('tbody tr').filter({ hasText: '罚款' }).first();
    expect(await row.innerText()).toMatch(/罚款 [\d.,]+ 万元/);
    await row.getByRole('link').first().click();
    await page.getByRole('heading', { name: '立案与处理' }).waitFor();
    await picture(page, 'console-case');
  });
  it('begins with nine kinds of non-conformity on buttons for a thumb', async () => {
    const { page, context } = await open(browser, 'xian', '/campaigns', { viewport: phone });
    const one = visits.find(({ unit, draw }) => unit === '330106' && draw) ?? visits[0]!;
    await context.route(/\/api\/v1\/(visits\/[^/]+|campaigns\/[^/]+)$/, async (route) => {
      const answer = await (await route.fetch()).json() as Record<string, unknown>;
      return route.fulfill({ json: 'visitId' in answer ? { ...answer, state: 'open', findings: [], caseId: null } : { ...answer, state: 'approved' } });
    });
    await go(page, `/visits/${one.visitId}`);
    const kinds = page.locator('.finding-kind');
    await kinds.first().waitFor();
    expect(await kinds.count()).toBe(9);
    for (const box of await Promise.all((await kinds.all()).map((kind) => kind.boundingBox()))) expect(box?.height).toBeGreaterThanOrEqual(48);
    await kinds.first().click();
    await page.getByRole('button', { name: '记录检查结论' }).click();
    await page.getByRole('link', { name: /请写明事实/ }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.tagName), (it) => expect(it).toBe('TEXTAREA'));
    expect(await fits(page)).toBe(true);
    await picture(page, 'console-visit-form-phone');
  });
});

describe('the official forms', () => {
  it.each([['HZ-F1', 8, 1], ['HZ-F2', 13, 2]])('%s stands on screen as printed, with its %i columns', async (form, columns, headings) => {
    const { page } = city;
    await go(page, at(`/units/330106/forms/${form}`));
    await page.locator('.sheet').waitFor();
    expect(await page.locator('.sheet col').count()).toBe(columns);
    expect(await page.locator('.sheet thead tr').count()).toBe(headings);
    expect(await page.locator('.sheet-head').innerText()).toMatch(/填报单位：[^]*填表人：[^]*联系电话：/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载 xlsx' }).click()]);
    expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe('PK');
    await picture(page, `console-form-${form}`);
  });
  it('the roll-up of the city lists every version sent', async () => {
    const { page } = city;
    await go(page, at('/units/*/forms/HZ-F2'));
    await page.getByRole('table', { name: '已报送的版本' }).waitFor();
    await picture(page, 'console-form-roll-up');
  });
});

describe('for everybody', () => {
  it.each(['', '/units/330106', '/obligations?state=overdue', '/amendments', '/cases', '/units/330106/forms/HZ-F2'])('a phone shows %s without moving sideways', async (rest) => {
    const { page } = city;
    await page.setViewportSize(phone);
    await go(page, at(rest));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy]'));
    expect(await fits(page)).toBe(true);
    await picture(page, `console-phone${rest.replace(/\W+/g, '-')}`);
    await page.setViewportSize({ width: 1366, height: 900 });
  });
  it('the keyboard reaches the content first, and its place can be seen', async () => {
    const { page } = city;
    await go(page, '/campaigns');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent), (it) => expect(it).toBe('跳到正文'));
    await page.keyboard.press('Tab');
    await eventually(() => page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle), (it) => expect(it).toBe('solid'));
  });
  it('the register is searched by a part of a name, and the search stands in the address', async () => {
    const { page } = city;
    await go(page, '/institutions');
    await page.getByRole('searchbox').fill('体检中心');
    await page.waitForURL(/q=/);
    await page.getByRole('table', { name: '机构名录' }).waitFor();
    await picture(page, 'console-register');
  });
  it('an operator sees what was put aside', async () => {
    const { page } = await open(browser, 'yunwei', '/operations');
    await page.getByRole('heading', { name: '暂存待处理的事实' }).waitFor();
    await picture(page, 'console-operations');
  });
  it('nothing was asked of any other host, and no page broke', () => {
    expect(opened.flatMap(({ outside }) => outside)).toEqual([]);
    expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
    expect(theSystem().screenshots).toBeTruthy();
  });
});

describe('the certificate behind a decision', () => {
  it('opens from a date: what was put in, the rule, the words of the clause, versions, who and when, and that it is computed again', async () => {
    const { page } = city;
    await go(page, at('/obligations?unit=330106'));
    await page.getByRole('button', { name: '决定凭证' }).first().click();
    await page.getByText('重新计算相同').first().waitFor();
    for (const said of ['凭证编号', '节假日安排', '经办', '日志条目']) await page.getByText(said, { exact: true }).first().waitFor();
    await picture(page, 'console-certificate');
    await page.getByRole('link', { name: '此对象的全部决定' }).click();
    await page.getByRole('table', { name: '决定' }).waitFor();
    await picture(page, 'console-decisions');
    await go(page, at());
  });
});
