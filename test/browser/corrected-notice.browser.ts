import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, publication, qualityControl } from '@zhijian/contracts/http';
import type { Browser, Page } from 'playwright-core';
import { accountOf, plusDays } from '../support/running.js';
import { call, theSystem, tokenOf } from '../support/system.js';
import { launched, onPhone, picture, signedIn, until, visitor, type Visitor } from './chromium.js';

type Run = AnswerOf<typeof qualityControl.listColourRuns>['items'][number];
type Body = AnswerOf<typeof qualityControl.listColoured>['items'][number];
type Notice = AnswerOf<typeof publication.listNotices>['items'][number];
type Published = AnswerOf<typeof publication.listPublications>['items'][number];

/** Chongqing's first year of colours: public, and long over. The real rooms, the real notices. */
const city = '500000';
let browser: Browser;
let run: Run;
let body: Body;
let draft: Notice;
let earlier: string[] = [];
const visitors: Visitor[] = [];
const open = async (account: string, path: string): Promise<Page> => {
  const it = await signedIn(browser, account, path);
  visitors.push(it);
  return it.page;
};
const ask = async <T>(path: string): Promise<T> => (await call<T>(await tokenOf('sheng', city), 'GET', path)).body;
/** Notices of this test's own correction. */
const notices = async (): Promise<Notice[]> => (await ask<{ items: Notice[] }>('/api/v1/notices?limit=500')).items.filter(({ noticeId, because }) => because === 'correction' && !earlier.includes(noticeId));
const sure = (page: Page, word: RegExp) => page.getByRole('dialog').getByRole('button', { name: word }).click();

beforeAll(async () => {
  run = (await ask<{ items: Run[] }>(`/api/v1/colour-runs?jurisdiction=${city}`)).items.find(({ year }) => year === 2024)!;
  const { items } = await ask<{ items: Body[] }>(`/api/v1/colour-runs/${run.runId}/bodies?limit=500&colour=yellow`);
  const corrected = (await ask<{ items: { institutionId: string }[] }>(`/api/v1/colour-corrections?runId=${run.runId}&limit=200`)).items.map(({ institutionId }) => institutionId);
  body = items.find(({ institutionId, state, lines }) => !corrected.includes(institutionId) && state === 'signed' && lines.length === 1 && lines[0]!.grade === 'A' && lines[0]!.score !== null)!;
  earlier = (await notices()).map(({ noticeId }) => noticeId);
  browser = await launched();
}, 120_000);
afterAll(() => browser?.close());

describe('what turns out wrong after the colours are public', () => {
  it('is drafted on the body’s line, with everything that follows; a score finer than the table knows is refused beside its field', async () => {
    const page = await open('zhikong', `/colours/corrections/new?run=${run.runId}&institution=${body.institutionId}`);
    await page.getByLabel('更正后的评分').fill('100.1');
    await page.getByLabel('理由', { exact: true }).fill('评分时误计附件材料（示例）');
    await page.getByRole('button', { name: '列出影响' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/[一-鿿]/);
    await picture(page, 'correction-refused');
    await page.getByLabel('更正后的评分').fill('54');
    await page.getByRole('button', { name: '列出影响' }).click();
    await page.getByRole('heading', { name: /^随之改变（\d+ 项）/ }).waitFor();
    const table = page.getByRole('table', { name: '随之改变的事项' });
    await table.waitFor();
    expect(await table.innerText()).toMatch(/评分[^]*54[^]*颜色[^]*黄色\s+红色/);
    await picture(page, 'correction-effects');
    const decider = await open('pizhun', new URL(page.url()).pathname);
    await decider.getByRole('button', { name: '决定', exact: true }).click();
    await decider.locator('.zj-chip').filter({ hasText: '已更正' }).waitFor();
    await picture(decider, 'correction-decided');
  });

  it('is posted with what was changed and why, for the full period from the day after', async () => {
    draft = await until(async () => (await notices()).find(({ state }) => state === 'draft'));
    const page = await open('fabu', `/notices/${draft.noticeId}`);
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByRole('link', { name: '请写明改了什么、为什么' }).waitFor();
    await page.getByLabel('改动说明（公开）').fill('评分经复核改为54分，颜色由黄色改为红色（示例）');
    const { today } = await ask<{ today: string }>('/api/v1/clock');
    await page.getByLabel('公示期末日（比规定更长的才填）').fill(plusDays(today, 1));
    await page.getByLabel('公示期末日（比规定更长的才填）').press('Tab');
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await sure(page, /发\s*布/);
    await page.getByRole('alert').waitFor(); // a day short of the pack's
    expect(await page.getByRole('alert').innerText()).toMatch(/[一-鿿]/);
    await picture(page, 'correction-posting-short');
    await page.getByLabel('公示期末日（比规定更长的才填）').fill(plusDays(today, 20));
    await page.getByLabel('公示期末日（比规定更长的才填）').press('Tab');
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await sure(page, /发\s*布/);
    await page.getByText(/还有 \d+ 天（\d+ 个工作日）/).waitFor();
    const posted = (await notices()).find(({ noticeId }) => noticeId === draft.noticeId)!;
    expect([posted.state, posted.postedOn, posted.lastDay, posted.entries]).toEqual(['posted', today, plusDays(today, 20), 1]);
    await picture(page, 'correction-posted');
    await onPhone(page, 'correction-posted-phone');
  });

  it('the body objects; an officer enters a second paper; answers stand beside each other, also when they differ', async () => {
    const own = await open(accountOf(body.institutionId), `/notices/${draft.noticeId}`);
    await own.getByLabel('异议理由').fill('54 分系误录，评分表见附件（示例）。\n请复核。');
    await own.getByRole('button', { name: '提出', exact: true }).click();
    await own.getByRole('heading', { name: '异议已提出' }).waitFor();
    await own.getByRole('link', { name: '查看这件异议' }).click();
    await own.getByText('待答复').first().waitFor();
    const first = await open('sheng', new URL(own.url()).pathname);
    await first.getByLabel('应予改动').check();
    await first.getByLabel('理由', { exact: true }).fill('经复核，应予改动（示例）。');
    await first.getByRole('button', { name: '答复', exact: true }).click();
    await first.getByText('等待质控机构更正结果').waitFor();
    await picture(first, 'objection-to-be-changed');
    const second = await open('sheng2', new URL(own.url()).pathname);
    await second.getByLabel('理由', { exact: true }).fill('再核：评分表无误，维持（示例）。');
    await second.getByRole('button', { name: '维持原结果' }).click();
    await second.getByText('再核：评分表无误，维持（示例）。').waitFor();
    expect(await second.locator('main').innerText()).toContain('经复核，应予改动（示例）。'); // both answers stay
    await picture(second, 'objection-answered-again');
    await onPhone(second, 'objection-answered-again-phone');
    await own.reload();
    await own.getByText('维持原结果').first().waitFor();
  });

  it('is taken back with its reason while it runs: everybody can read why, and it becomes a draft again', async () => {
    const page = await open('fabu', `/notices/${draft.noticeId}`);
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await page.getByRole('link', { name: '请写明撤回的理由' }).waitFor();
    await page.getByLabel('撤回理由（公开）').fill('发现评分表仍需复核（示例）');
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await page.getByText(/已于 .* 撤回。理由：发现评分表仍需复核（示例）/).waitFor();
    await picture(page, 'correction-withdrawn');
    const again = await until(async () => (await notices()).find(({ state }) => state === 'draft'));
    expect([again.noticeId === draft.noticeId, again.entries]).toEqual([false, 1]);
    const citizen = await visitor(browser, { javaScriptEnabled: false });
    visitors.push(citizen);
    await citizen.page.goto(`${theSystem().urls.portal}/notices/${draft.noticeId}`);
    await until(async () => { await citizen.page.reload(); return (await citizen.page.locator('main').innerText()).includes('撤回') ? true : undefined; });
    expect(await citizen.page.locator('main').innerText()).toContain('发现评分表仍需复核（示例）');
    await picture(citizen.page, 'portal-notice-withdrawn');
    await citizen.page.emulateMedia({ media: 'print' });
    await picture(citizen.page, 'portal-notice-withdrawn-print');
  });

  it('a published colour is taken down with its reason; the portal says what stood and why it stands no more', async () => {
    const [public1] = (await ask<{ items: Published[] }>('/api/v1/publications?year=2024&limit=500')).items.filter(({ current, withdrawn, institutionId, colour }) => current && !withdrawn && institutionId !== body.institutionId && colour?.id === body.colour); // none that a red year, and so an alarm, hangs on
    const page = await open('fabu', `/notices/${public1!.noticeId}`);
    const row = page.getByRole('table', { name: '公开情况' }).locator('tbody tr').filter({ hasText: public1!.name });
    await row.getByRole('button', { name: '撤下' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('机构已撤销，结果不再适用（示例）');
    await picture(page, 'publication-take-down');
    await sure(page, /撤\s*下|确\s*定/);
    await row.getByText('已撤下').waitFor();
    await picture(page, 'publication-taken-down');
    const citizen = await visitor(browser, { javaScriptEnabled: false });
    visitors.push(citizen);
    await until(async () => { await citizen.page.goto(`${theSystem().urls.portal}/i/${public1!.creditCode}`); return (await citizen.page.locator('main').innerText()).includes('机构已撤销，结果不再适用（示例）') ? true : undefined; });
    await picture(citizen.page, 'portal-taken-down');
    await citizen.page.emulateMedia({ media: 'print' });
    await picture(citizen.page, 'portal-taken-down-print');
  }, 240_000);

  it('what another pack would make of the recorded years is a table; the same pack gives no difference', async () => {
    const page = await open('sheng', '/colours/what-if');
    await page.getByRole('button', { name: '推演', exact: true }).click();
    for (const said of ['请选择政策包', '请至少选择一个年度']) await page.getByRole('link', { name: said }).waitFor();
    await page.getByLabel('政策包').selectOption('chongqing/colour-2024@1');
    for (const year of ['2024', '2025']) await page.getByRole('checkbox', { name: year }).check();
    await page.getByRole('button', { name: '推演', exact: true }).click();
    await page.getByRole('table', { name: '各年度的颜色' }).waitFor();
    expect(await page.getByRole('table', { name: '各年度的颜色' }).locator('tbody tr').count()).toBe(2);
    await picture(page, 'what-if-same');
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(visitors.flatMap(({ outside, faults }) => [...outside, ...faults])).toEqual([]);
  });
});
