import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { call, tokenOf } from '../support/system.js';
import { fits, go, launched, phone, picture, signedIn, type Visitor } from './chromium.js';

let browser: Browser;
let city: Visitor;
const pack = '/packs/hangzhou/exam-campaign-2023/1';
const tab = (title: string) => city.page.getByRole('tab', { name: title, exact: true }).click();

beforeAll(async () => {
  browser = await launched();
  city = await signedIn(browser, 'shi', '/packs');
}, 60_000);
afterAll(() => browser?.close());

describe('the packs', () => {
  it('are listed, each with its version and what it is known by, and lead to their page', async () => {
    const { page } = city;
    const table = page.getByRole('table', { name: '已安装的政策包' });
    await table.waitFor();
    expect(await table.innerText()).toMatch(/hangzhou\/exam-campaign-2023@1[^]*330100/);
    await table.locator('tr').filter({ hasText: 'hangzhou/exam-campaign-2023@1' }).getByRole('link').click();
    await page.waitForURL((url) => url.pathname === pack);
  });

  it('show the document with the sentence of a clause marked, and beside it only what the clause became', async () => {
    const { page } = city;
    const source = page.getByRole('region', { name: '文件原文' });
    await source.waitFor();
    await page.getByRole('combobox', { name: /^条款/ }).selectOption('HZ-2023-11');
    const marked = source.locator('mark[data-chosen]');
    await marked.first().waitFor();
    expect((await marked.allInnerTexts()).join('')).toContain('依法立案查处');
    expect(await marked.first().evaluate((mark) => { const box = mark.closest('.pack-source')!.getBoundingClientRect(); const { top } = mark.getBoundingClientRect(); return top >= box.top && top < box.bottom; })).toBe(true); // scrolled to
    await tab('决策表');
    const rules = page.getByRole('table', { name: '是否立案', exact: true });
    await rules.waitFor();
    expect((await page.locator('.pack-decision h3').allInnerTexts()).sort()).toEqual([expect.stringContaining('是否立案'), expect.stringContaining('自查问题整改的现场核实')]);
    expect(await rules.innerText()).toMatch(/第 1 条[^]*不限[^]*立案/);
    expect(await page.locator('.pack-decision').allInnerTexts().then((texts) => texts.join())).not.toMatch(/[a-z]{3,}/);
    await rules.getByRole('button', { name: /^依据 HZ-2023-11/ }).first().click();
    await page.locator('.ant-popover .zj-clauses dd').filter({ hasText: '依法立案查处' }).waitFor();
    await picture(page, 'pack-clause');
    await page.getByRole('heading', { level: 1 }).click();
    await page.getByRole('button', { name: '显示全部' }).click();
    await page.locator('.pack-decision').nth(4).waitFor();
  });

  it('show stages and duties with their days, values and golden cases', async () => {
    const { page } = city;
    await tab('阶段与任务');
    await page.getByRole('table').filter({ hasText: '自查报告' }).first().waitFor();
    await page.locator('.pack-stage').nth(3).waitFor();
    await tab('数值');
    await page.getByRole('table', { name: '数值' }).locator('tbody tr').nth(3).waitFor();
    await tab('样例');
    expect(await page.getByRole('table', { name: '样例' }).innerText()).toContain('待核实');
    await picture(page, 'pack-golden');
  });

  it('show stages to which the text gives no time, with their duties, and what follows a missed day in words', async () => {
    const { page } = city;
    for (const [name, words] of [['chongqing/colour-2024', '文件没有写明时间'], ['jiangsu/norm-2014', '列为重点监督']] as const) {
      await go(page, `/packs/${name}/1`);
      await page.locator('.pack-stage').nth(4).waitFor();
      const shown = (await page.locator('.pack-stage').allInnerTexts()).join('\n');
      expect(shown).toContain(words);
      expect(shown).not.toMatch(/key-supervision|concealment/);
    }
    await picture(page, 'pack-undated');
    await go(page, pack);
    await tab('样例');
  });

  it('show what the check finds: answered by a reading, or an error as printed', async () => {
    const { page } = city;
    await tab('校核');
    await page.getByText('可以启用').waitFor();
    await page.getByText(/AMB-HZ-1 取：/).first().waitFor();
    await page.getByLabel('按印发原文').check();
    await page.getByText('有待解决的问题').waitFor();
    await page.locator('.finding-list li').filter({ hasText: '“自查报告”有2个期限' }).first().waitFor();
    await picture(page, 'pack-check');
    await page.getByLabel('按本包的理解').check();
    await Promise.all([page.waitForResponse((answer) => /\/check\?.*with=jiangsu/.test(answer.url()) && answer.ok()), page.getByLabel('与另一政策包一并校核').selectOption('jiangsu/norm-2014@1')]);
    await page.getByText(/样例 \d+ 项相符/).waitFor();
    await picture(page, 'pack-check-with');
  });

  it('are compared value by value', async () => {
    const { page } = city;
    await tab('版本差异');
    await page.getByLabel('与哪一个比较').selectOption('jiangsu/norm-2014@1');
    const table = page.getByRole('table', { name: '差异' });
    await table.waitFor();
    expect(await table.locator('thead').innerText()).toMatch(/何处[^]*原值[^]*新值/);
    await table.locator('tbody tr').nth(10).waitFor();
    await picture(page, 'pack-diff');
  });

  it('can be read on a phone, and ask nothing of other hosts', async () => {
    const { page } = city;
    await page.setViewportSize(phone);
    await go(page, pack);
    await page.getByRole('region', { name: '文件原文' }).waitFor();
    expect(await fits(page)).toBe(true);
    await picture(page, 'pack-phone');
    await page.setViewportSize({ width: 1366, height: 900 });
    expect([city.outside, city.faults]).toEqual([[], []]);
  });
});

it('a verdict of a table says its value, its inputs and its rule in words, with the sentence behind it', async () => {
  const runs = (await call<{ items: { runId: string; year: number }[] }>(await tokenOf('sheng', '500000'), 'GET', '/api/v1/colour-runs?jurisdiction=500000')).body.items;
  const officer = await signedIn(browser, 'sheng', `/colours/${runs.find(({ year }) => year === 2024)!.runId}?colour=red`);
  await officer.page.getByRole('button', { name: /^如何判定：/ }).first().click();
  const note = officer.page.locator('.ant-popover').filter({ hasText: '如何判定' });
  await note.getByText(/适用决策表第 \d+ 条规则/).waitFor();
  await note.locator('dd').filter({ hasText: /\p{Script=Han}{8,}/u }).first().waitFor();
  expect(await note.innerText()).not.toMatch(/[a-z]{2,}/);
  await picture(officer.page, 'verdict');
});

describe('approval', () => {
  const name = '浏览器测试：批准前的再次确认';
  let campaignId: string;
  let other: Visitor;
  const card = () => other.page.locator('section').filter({ has: other.page.getByRole('heading', { name, exact: true }) }).first();
  const state = async () => (await call<{ state: string }>(await tokenOf('shi'), 'GET', `/api/v1/campaigns/${campaignId}`)).body.state;
  beforeAll(async () => {
    ({ body: { campaignId } } = await call<{ campaignId: string }>(await tokenOf('shi'), 'POST', '/api/v1/campaigns', { name, pack: 'hangzhou/exam-campaign-2023', units: [{ code: '330122', name: '桐庐县' }] }));
    other = await signedIn(browser, 'sheng', '/campaigns');
  }, 60_000);

  it('by another person is asked for twice: it says what will happen, and goes back without doing it', async () => {
    await card().getByRole('button', { name: '批准', exact: true }).click();
    const dialog = other.page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/批准并启动“浏览器测试：批准前的再次确认”？[^]*1 个区、县（市）同时启动，政策包固定为 hangzhou\/exam-campaign-2023@1，不能撤回/);
    await picture(other.page, 'approve-asked');
    await dialog.getByRole('button', { name: '再核对一下' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await state()).toBe('draft');
  });
});
