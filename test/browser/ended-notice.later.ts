import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { AnswerOf, publication, qualityControl } from '@zhijian/contracts/http';
import type { Browser, Page } from 'playwright-core';
import { call, theSystem, tokenOf } from '../support/system.js';
import { go, launched, onPhone, picture, signedIn, until, visitor, type Visitor } from './chromium.js';

type Run = AnswerOf<typeof qualityControl.listColourRuns>['items'][number];
type Body = AnswerOf<typeof qualityControl.listColoured>['items'][number];
type Correction = AnswerOf<typeof qualityControl.getColourCorrection>;
type Notice = AnswerOf<typeof publication.getNotice>;
type Listed = AnswerOf<typeof publication.listNotices>['items'][number];
type Public = AnswerOf<typeof publication.getPublic>;

/** Days pass while these tests look (test/support/journeys.mjs): a notice posted here ends here. Two colours are corrected, each with a notice of its own. */
const city = '500000';
let browser: Browser;
let fabu: Page;
const visitors: Visitor[] = [];
const drafts: { notice: Listed; body: Body }[] = [];
const ask = async <T>(path: string): Promise<T> => (await call<T>(await tokenOf('sheng', city), 'GET', path)).body;
const notice = (noticeId: string) => ask<Notice>(`/api/v1/notices/${noticeId}`);
const publicPage = async (creditCode: string): Promise<Public> => (await fetch(`${theSystem().urls.portal}/public/v1/institutions/${creditCode}`)).json() as Promise<Public>;
const colourNow = async ({ creditCode }: Body) => (await publicPage(creditCode)).colours.find(({ current, year }) => current && year === 2024)!;
const citizen = async (path: string): Promise<Page> => {
  const it = await visitor(browser, { javaScriptEnabled: false });
  visitors.push(it);
  await it.page.goto(theSystem().urls.portal + path);
  return it.page;
};

/** A score that turns out wrong, drafted by one person and decided by another; its notice is a draft then. */
async function corrected(run: Run, body: Body): Promise<Listed> {
  const drafted = await call<Correction>(await tokenOf('zhikong', city), 'POST', '/api/v1/colour-corrections', { runId: run.runId, institutionId: body.institutionId, line: body.lines[0]!.line, because: 'correction', change: { kind: 'evaluation', served: true, score: '54' }, reason: '评分时误计附件材料（示例）' });
  const before = (await ask<{ items: Listed[] }>('/api/v1/notices?limit=500')).items.map(({ noticeId }) => noticeId);
  const decided = await call<Correction>(await tokenOf('pizhun', city), 'POST', `/api/v1/colour-corrections/${drafted.body.correctionId}/decision`, { outcome: 'accepted', digest: drafted.body.digest });
  expect([drafted.status, decided.status]).toEqual([201, 201]);
  return until(async () => (await ask<{ items: Listed[] }>('/api/v1/notices?limit=500')).items.find(({ noticeId, state }) => state === 'draft' && !before.includes(noticeId)));
}

/** Posts a draft on its page, wherever it is to stand. */
async function posted(where: 'portal' | 'elsewhere', noticeId: string): Promise<Notice> {
  await go(fabu, `/notices/${noticeId}`);
  await fabu.getByLabel('改动说明（公开）').fill('评分经复核改为54分，颜色由黄色改为红色（示例）');
  if (where === 'elsewhere') {
    await fabu.getByLabel('另在官方网站发布，此处登记').check();
    await fabu.getByLabel('网址', { exact: true }).fill('https://wsjkw.example.cn/gs/2024-1.html');
    await fabu.getByLabel('选择网页文件').setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('公示页（示例）') });
    await fabu.waitForFunction(() => document.querySelector<HTMLInputElement>('#field-proof')?.value.length === 64);
  }
  await fabu.getByRole('button', { name: '发布', exact: true }).click();
  await fabu.getByRole('dialog').getByRole('button', { name: /发\s*布/ }).click();
  await fabu.getByText(/还有 \d+ 天（\d+ 个工作日）/).waitFor();
  return notice(noticeId);
}

beforeAll(async () => {
  const run = (await ask<{ items: Run[] }>(`/api/v1/colour-runs?jurisdiction=${city}`)).items.find(({ year }) => year === 2024)!;
  const { items } = await ask<{ items: Body[] }>(`/api/v1/colour-runs/${run.runId}/bodies?limit=500&colour=yellow`);
  const touched = (await ask<{ items: Correction[] }>(`/api/v1/colour-corrections?runId=${run.runId}&limit=200`)).items.map(({ institutionId }) => institutionId);
  const fit = items.filter(({ institutionId, state, lines, published }) => !touched.includes(institutionId) && state === 'signed' && published?.colour === 'yellow' && lines.length === 1 && lines[0]!.served === true && lines[0]!.score !== null);
  for (const body of fit.slice(0, 2)) drafts.push({ body, notice: await corrected(run, body) });
  browser = await launched();
  const publisher = await signedIn(browser, 'fabu', '/notices');
  visitors.push(publisher);
  fabu = publisher.page;
}, 180_000);
afterAll(() => browser?.close());

describe('a notice that ends', () => {
  it('on our portal is published by itself once its last day is over: the day, what stood before and why, on the console and on the portal', async () => {
    const { notice: { noticeId }, body } = drafts[0]!;
    const { lastDay } = await posted('portal', noticeId);
    expect((await colourNow(body)).content.colour?.id).toBe('yellow'); // put up is not published
    await until(async () => ((await notice(noticeId)).published === 1 ? true : undefined));
    await fabu.reload();
    await fabu.getByText('已公开 1 家').first().waitFor();
    const row = fabu.getByRole('table', { name: '公开情况' }).locator('tbody tr');
    expect(await row.innerText()).toMatch(/红色[^]*更正[^]*黄色[^]*评分经复核改为54分/);
    await picture(fabu, 'notice-ended');
    const now = await until(async () => { const it = await colourNow(body); return it.erratum ? it : undefined; });
    expect([now.content.colour?.id, now.content.before?.id, now.publishedOn > lastDay!]).toEqual(['red', 'yellow', true]);
    const page = await citizen(`/i/${body.creditCode}`);
    for (const said of ['红色', '更正说明', '评分经复核改为54分', now.publishedOn]) expect(await page.locator('main').innerText()).toContain(said);
    await picture(page, 'portal-corrected');
    await onPhone(page, 'portal-corrected-phone');
  }, 180_000);

  it('on another official site waits for its posting to be recorded: day, address and proof are asked for, kept and shown to everybody', async () => {
    const { notice: { noticeId }, body } = drafts[1]!;
    const { lastDay } = await posted('elsewhere', noticeId);
    await until(async () => ((await notice(noticeId)).ready === 1 ? true : undefined));
    expect((await colourNow(body)).content.colour?.id).toBe('yellow');
    await fabu.reload();
    const form = fabu.getByRole('form', { name: '登记公开' });
    await form.getByRole('button', { name: '登记', exact: true }).click();
    for (const said of ['请填写网址，以 http:// 或 https:// 开头', '请选择所存的网页文件，或填写其 SHA-256（64 位）']) await form.getByRole('link', { name: said }).waitFor();
    await picture(fabu, 'publication-elsewhere-errors');
    await form.getByLabel('网址', { exact: true }).fill('https://wsjkw.example.cn/gk/2024-1.html');
    await form.getByLabel('选择网页文件').setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('公开页（示例）') });
    const proof = createHash('sha256').update('公开页（示例）').digest('hex');
    await fabu.waitForFunction((hash) => document.querySelector<HTMLInputElement>('#field-proof')?.value === hash, proof);
    await form.getByLabel('公开日期', { exact: true }).fill(lastDay!);
    await form.getByLabel('公开日期', { exact: true }).press('Tab');
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await form.getByRole('link', { name: `应在 ${lastDay} 之后，且不晚于今天` }).waitFor(); // the last day is still the notice's
    await picture(fabu, 'publication-elsewhere-early');
    const publishedOn = new Date(Date.parse(lastDay!) + 86_400_000).toISOString().slice(0, 10);
    await form.getByLabel('公开日期', { exact: true }).fill(publishedOn);
    await form.getByLabel('公开日期', { exact: true }).press('Tab');
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await fabu.getByText('已公开 1 家').first().waitFor();
    const row = fabu.getByRole('table', { name: '公开情况' }).locator('tbody tr');
    for (const said of [publishedOn, 'https://wsjkw.example.cn/gk/2024-1.html', proof]) expect(await row.innerText()).toContain(said);
    await picture(fabu, 'publication-elsewhere');
    await onPhone(fabu, 'publication-elsewhere-phone');
    await until(async () => ((await colourNow(body)).erratum ? true : undefined));
    const page = await citizen(`/i/${body.creditCode}`);
    for (const said of [publishedOn, 'https://wsjkw.example.cn/gk/2024-1.html', proof]) expect(await page.locator('main').innerText()).toContain(said);
    await picture(page, 'portal-published-elsewhere');
  }, 180_000);

  it('nothing came from other hosts and nothing broke', () => {
    expect(visitors.flatMap(({ outside, faults }) => [...outside, ...faults])).toEqual([]);
  });
});
