import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, publication, qualification, qualityControl } from '@zhijian/contracts/http';
import type { Browser } from 'playwright-core';
import { aColouredPlace, type ColouredPlace } from '../support/coloured.js';
import { call, tokenOf } from '../support/system.js';
import { go, launched, onPhone, people, picture, until } from './chromium.js';

type Run = AnswerOf<typeof qualityControl.getColourRun>;
type Notice = AnswerOf<typeof publication.listNotices>['items'][number];
type RedYears = AnswerOf<typeof qualityControl.listRedYears>['items'][number];
type Review = AnswerOf<typeof qualification.listReviews>['items'][number];

/** A county of its own in which one body is red three years in a row: coloured and put up year by year, public by itself as days pass. */
const place = '330127';
const red = '示例放射卫生技术服务机构（连续红色）甲';
const other = '示例放射卫生技术服务机构（连续红色）乙';
let browser: Browser;
let here: ColouredPlace;
let years: number[];
const { open, seen } = people(() => browser);
const asked = async <T>(account: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> => {
  const answer = await call<T>(await tokenOf(account, place), method, path, body, headers);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const drafts = async (): Promise<Notice[]> => (await asked<{ items: Notice[] }>('fabu', 'GET', '/api/v1/notices?limit=500')).items.filter(({ jurisdiction, state }) => jurisdiction === place && state === 'draft');
const told = async (): Promise<RedYears[]> => (await asked<{ items: RedYears[] }>('shi', 'GET', '/api/v1/red-years?limit=500')).items.filter(({ jurisdiction }) => jurisdiction === place);
const review = async (ground: Review['ground']): Promise<Review | undefined> => (await asked<{ items: Review[] }>('shi', 'GET', '/api/v1/qualification-reviews?limit=100&state=open')).items.find((one) => one.institutionId === here.bodies[0]!.institutionId && one.ground === ground);

/** Opened by one person, signed by another, put up by a third. */
async function putUp(year: number): Promise<void> {
  const { runId } = await asked<{ runId: string }>('shi', 'POST', '/api/v1/colour-runs', { year, pack: here.pack });
  const { digest } = await until(async () => { const run = await asked<Run>('shi', 'GET', `/api/v1/colour-runs/${runId}`); return run.digest ? run : undefined; });
  await asked('pizhun', 'POST', `/api/v1/colour-runs/${runId}/signatures`, { digest });
  const draft = await until(async () => (await drafts()).find((one) => one.year === year));
  await asked('fabu', 'POST', `/api/v1/notices/${draft.noticeId}/posting`, { site: 'portal', explanation: null }, { 'if-match': `"${draft.version}"` });
}

beforeAll(async () => {
  const { today } = await asked<{ today: string }>('shi', 'GET', '/api/v1/clock');
  const last = Number(today.slice(0, 4));
  years = [last - 2, last - 1, last];
  here = await aColouredPlace({ place, name: 'third-red-year', years: years.map((year) => year - 1), bodies: [{ name: red, score: '54', satisfactory: 0 }, { name: other, score: '88.5', satisfactory: 1 }], reportWithin: 8 });
  for (const year of years) await putUp(year);
  browser = await launched();
}, 240_000);
afterAll(() => browser?.close());

describe('a body that is red a third year', () => {
  it('is told as an alarm at the second, and proposed to its authority at the third, once all of it is public', async () => {
    await until(async () => ((await told()).some(({ redYears }) => redYears === 3) ? true : undefined));
    const { page } = await open('shi', '/colours/red-years');
    const table = page.getByRole('table', { name: '连续红色的机构' });
    const lines = table.locator('tbody tr').filter({ hasText: red });
    await lines.filter({ hasText: /(?<!\d)3 年(?!度)/ }).getByText('提请资质认可、备案机关处理').waitFor();
    await lines.filter({ hasText: /(?<!\d)2 年(?!度)/ }).getByText('提示').waitFor();
    expect(await table.locator('tbody tr').filter({ hasText: other }).count()).toBe(0);
    await page.getByText('系统不自动取消任何资质').waitFor();
    await picture(page, 'third-red-year');
    await onPhone(page, 'third-red-year-phone');
    await page.locator('label', { hasText: /^后续/ }).locator('select').selectOption({ label: '提请资质认可、备案机关处理' });
    await until(async () => ((await lines.count()) === 1 ? true : undefined));
    await lines.getByRole('link', { name: red }).click();
    await page.getByRole('table', { name: '历年一览' }).waitFor();
    expect(await page.getByRole('table', { name: '历年一览' }).locator('tbody tr').filter({ hasText: '红色' }).count()).toBe(3);
    await picture(page, 'third-red-year-institution');
  }, 240_000);

  it('becomes a review of whoever issued its qualification, who keeps it with reasons; nothing was revoked', async () => {
    const opened = await until(() => review('red-years'));
    expect([opened.ground, opened.redYears, opened.because]).toEqual(['red-years', 3, `至${years[2]}年度已连续3年为红色`]);
    const { page } = await open('shi', '/reviews');
    await page.getByRole('table', { name: '审查事项' }).locator('tbody tr').filter({ hasText: opened.because }).getByRole('link', { name: `${red}（${years[2]} 年度）` }).click();
    await page.getByText(opened.because).waitFor();
    await picture(page, 'third-red-year-review');
    const form = page.getByRole('form', { name: '办结审查事项' });
    await form.getByLabel('维持资质').check();
    await form.getByRole('button', { name: '办结' }).click();
    await form.getByRole('link', { name: '请写明理由' }).waitFor();
    await form.getByLabel('理由').fill('已约谈并完成整改，维持资质（示例）');
    await form.getByRole('button', { name: '办结' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('已约谈并完成整改，维持资质（示例）').waitFor();
    await picture(page, 'third-red-year-kept');
    await go(page, `/institutions/${here.bodies[0]!.institutionId}`);
    await page.getByRole('heading', { name: red, level: 1 }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/已注销|已撤销|已吊销/);
  }, 240_000);

  it('a report that nobody handed in within its working days becomes a review too, and is handed on to the procedure of law', async () => {
    const opened = await until(() => review('rectification-overdue'));
    const { page } = await open('shi', '/reviews');
    await page.getByRole('table', { name: '审查事项' }).locator('tbody tr').filter({ hasText: opened.because }).getByRole('link', { name: red }).first().click();
    await page.getByText(opened.because).waitFor();
    const form = page.getByRole('form', { name: '办结审查事项' });
    await form.getByRole('button', { name: '办结' }).click();
    for (const said of ['请选择审查结论', '请写明理由']) await form.getByRole('link', { name: said }).waitFor();
    await form.getByLabel('转入法定程序（移送）').check();
    await form.getByLabel('理由').fill('至今没有提交整改报告，依法另行处理（示例）');
    await form.getByRole('button', { name: '办结' }).click();
    await form.getByRole('link', { name: '请填写转入的程序或者移送的文号' }).waitFor();
    await picture(page, 'review-overdue-errors');
    expect(await review('rectification-overdue')).toMatchObject({ state: 'open' });
    await form.getByLabel('转入的程序及文号').fill('（示例）卫职健函〔2026〕第09号');
    await form.getByRole('button', { name: '办结' }).click();
    await form.waitFor({ state: 'detached' });
    expect(await page.locator('main').innerText()).toMatch(/至今没有提交整改报告，依法另行处理（示例）[^]*转入：（示例）卫职健函〔2026〕第09号/);
    await picture(page, 'review-overdue-referred');
    await onPhone(page, 'review-overdue-referred-phone');
  }, 240_000);

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
