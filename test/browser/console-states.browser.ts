import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { call, theCampaign, tokenOf } from '../support/system.js';
import { go, launched, people, picture, type Visitor } from './chromium.js';

interface VisitRow { visitId: string; institutionId: string | null }
let browser: Browser;
let city: Visitor;
let campaign: { campaignId: string };
let visits: VisitRow[];
const { open, seen } = people(() => browser);
const at = (rest = ''): string => `/campaigns/${campaign.campaignId}${rest}`;

beforeAll(async () => {
  const token = await tokenOf('shi');
  campaign = await theCampaign(token);
  visits = (await call<{ items: VisitRow[] }>(token, 'GET', `/api/v1/campaigns/${campaign.campaignId}/visits?limit=500`)).body.items;
  browser = await launched();
  city = await open('shi', at());
}, 60_000);
afterAll(() => browser?.close());

describe('every page in every state', () => {
  it.each([
    ['a failure says what happened, what is safe, what to do, and its number', 500, { title: '系统出错', status: 500, code: 'internal', clauses: [], errors: [], reference: '编号甲' }, /未能取得行动全景[^]*已保存的数据不受影响[^]*编号甲/],
    ['who may not see a page is told whom to ask', 403, { title: '您的角色无权进行此项操作', status: 403, code: 'not-allowed', clauses: [], errors: [], reference: '编号乙' }, /无权[^]*安全管理员/],
  ] as const)('%s', async (_, status, problem, words) => {
    const { page } = city;
    await page.route(/\/overview$/, (route) => route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(problem) }));
    await go(page, at());
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(words);
    await picture(page, `console-state-${status}`);
    await page.unroute(/\/overview$/);
    if (status !== 500) return;
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { name: '从名单到立案' }).waitFor();
  });
  it('an empty list says why and what comes next', async () => {
    const { page } = city;
    await page.route(/\/api\/v1\/campaigns\?/, (route) => route.fulfill({ json: { items: [], next: null } }));
    await go(page, '/campaigns');
    await page.getByText('还没有专项行动').waitFor();
    expect(await page.getByRole('link', { name: '拟定专项行动' }).count()).toBeGreaterThan(0);
    await page.unroute(/\/api\/v1\/campaigns\?/);
  });
  it('a slow answer shows its outline, then words and a way out', async () => {
    const { page } = city;
    await page.clock.install();
    await page.route(/\/overview$/, () => undefined);
    await go(page, at());
    await page.clock.runFor(2_000);
    await page.locator('.zj-bone').first().waitFor();
    await page.clock.runFor(10_000);
    await page.getByRole('button', { name: '停止等待' }).click();
    await page.getByText('已停止读取').waitFor();
    await page.unroute(/\/overview$/);
  });
  /** What a page asks of the rooms; who is asking, and which day it is, is known. */
  const asked = /\/api\/v1\/(?!me$|clock$)/;
  const pages: [string, () => string][] = [
    ['a district', () => at('/units/330106')], ['the self-check of a body', () => at(`/institutions/${visits.find(({ institutionId }) => institutionId)!.institutionId!}/self-check`)], ['a visit', () => `/visits/${visits[0]!.visitId}`],
    ['the first form', () => at('/units/330106/forms/HZ-F1')], ['the second form', () => at('/units/330106/forms/HZ-F2')],
    ['another pack tried on recorded years', () => '/colours/what-if'],
  ];
  it.each(pages)('%s that cannot be read says so and asks again; while it is awaited there is an outline, then a way out', async (name, path) => {
    const { page } = await open('shi', '/campaigns');
    await page.route(asked, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ title: '系统出错', status: 500, code: 'internal', clauses: [], errors: [], reference: '编号丙' }) }));
    await go(page, path());
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().innerText()).toMatch(/未能取得[^]*已保存的数据不受影响[^]*编号丙/);
    await page.unroute(asked);
    await page.getByRole('button', { name: '重试' }).first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.clock.install();
    await page.route(asked, () => undefined);
    await go(page, path());
    await page.clock.runFor(2_000);
    await page.locator('.zj-bone').first().waitFor();
    await page.clock.runFor(10_000);
    await page.getByRole('button', { name: '停止等待' }).first().click();
    await page.getByText('已停止读取').first().waitFor();
    await picture(page, `console-state-${pages.findIndex(([one]) => one === name)}`);
  });
  it('what there is nothing for yet says so, and offers nothing that cannot be done', async () => {
    const { page } = city;
    await page.route(/\/api\/v1\/colour-runs\?/, (route) => route.fulfill({ json: { items: [], next: null } }));
    await go(page, '/colours/what-if');
    await page.getByText('还没有赋色的年度，无从推演').waitFor();
    expect(await page.getByRole('button', { name: '推演' }).count()).toBe(0);
    await page.unroute(/\/api\/v1\/colour-runs\?/);
    await go(page, '/colours/corrections/new');
    await page.getByText('没有指明年度和机构').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
  it('one part that fails leaves the others readable, and sums say what they cover', async () => {
    const { page, context } = await open('xian', '/campaigns');
    await page.route(/\/visits\?/, (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ title: '没有找到', status: 404, code: 'not-found', clauses: [], errors: [], reference: '' }) }));
    await go(page, at('/units/330106'));
    await page.getByText('未能取得检查记录').waitFor();
    await page.getByRole('heading', { name: '机构与任务' }).waitFor();
    await context.route(/\/overview$/, async (route) => {
      const answer = await (await route.fetch()).json() as { units: { funnel: object }[] };
      return route.fulfill({ json: { ...answer, units: answer.units.map((unit, index) => (index ? unit : { ...unit, state: 'planned', funnel: Object.fromEntries(Object.keys(unit.funnel).map((key) => [key, 0])) })) } });
    });
    await go(page, at());
    await page.getByText(/合计数来自 \d+ 个区、县（市）中的 \d+ 个/).waitFor();
    await picture(page, 'console-state-partial');
  });
  it('nothing was asked of any other host, and no page broke', () => {
    expect(seen()).toEqual([]);
  });
});
