import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, publication, qualityControl } from '@zhijian/contracts/http';
import type { Browser, Locator } from 'playwright-core';
import { aColouredPlace, type ColouredPlace, type Wanted } from '../support/coloured.js';
import { call, tokenOf } from '../support/system.js';
import { go, inSight, launched, onPhone, people, picture, until, type Visitor } from './chromium.js';

type Run = AnswerOf<typeof qualityControl.getColourRun>;
type Notice = AnswerOf<typeof publication.listNotices>['items'][number];

/** A district of its own whose radiation services are coloured: from the year before to the notice, by the people who do that. */
const place = '330112';
const named = (name: string) => `示例放射卫生技术服务机构（签发）${name}`;
const wanted: readonly Wanted[] = [
  { name: named('甲'), score: '93', satisfactory: 2 }, { name: named('乙'), score: '88.5', satisfactory: 1 }, { name: named('丙'), score: '54', satisfactory: 1 },
  { name: named('丁'), score: '86', satisfactory: 0 }, { name: named('戊'), score: '82', satisfactory: null }, { name: named('己'), score: null, satisfactory: 1 },
];
let browser: Browser;
let here: ColouredPlace;
let opener: Visitor;
let signer: Visitor;
let runId = '';
const { open, seen } = people(() => browser);
const ask = async <T>(path: string, account = 'shi'): Promise<T> => (await call<T>(await tokenOf(account, place), 'GET', path)).body;
const run = (): Promise<Run> => ask<Run>(`/api/v1/colour-runs/${runId}`);
const runs = async (): Promise<number> => (await ask<{ items: unknown[] }>(`/api/v1/colour-runs?jurisdiction=${place}`)).items.length;
const rows = (within: Locator): Locator => within.locator('tbody tr');

beforeAll(async () => {
  const { today } = (await call<{ today: string }>(await tokenOf('shi', place), 'GET', '/api/v1/clock')).body;
  here = await aColouredPlace({ place, name: 'colour-signed', years: [Number(today.slice(0, 4)) - 1], bodies: wanted });
  browser = await launched();
  opener = await open('shi', '/colours');
}, 240_000);
afterAll(() => browser?.close());

describe('the colours of a year, from the preview to the signature of a second person', () => {
  it('no form stands before the day is known, so that nothing is put under the hands of who types; an emptied year stays empty', async () => {
    const { page } = opener;
    let tell = (): void => undefined;
    const known = new Promise<void>((resolve) => { tell = resolve; });
    await page.route('**/api/v1/clock', async (route) => { await known; await route.continue(); });
    await go(page, '/colours');
    await page.getByRole('status').filter({ hasText: '正在读取系统日期' }).waitFor();
    const year = page.getByLabel('年度', { exact: true });
    expect(await year.count()).toBe(0);
    tell();
    await year.waitFor();
    await page.unroute('**/api/v1/clock');
    expect(await year.inputValue()).toBe(here.today.slice(0, 4));
    await year.fill('');
    expect(await year.inputValue()).toBe('');
  });

  it('two wrong entries are named, each at its field, and nothing is opened', async () => {
    const { page } = opener;
    const form = page.getByRole('form', { name: '启动赋色' });
    await form.getByLabel('年度', { exact: true }).fill('26');
    await form.getByRole('button', { name: '启动' }).click();
    for (const said of ['请填写四位年份', '请选择政策包']) await form.getByRole('link', { name: said }).waitFor();
    await picture(page, 'colour-open-errors');
    await form.getByLabel('年度', { exact: true }).fill(String(Number(here.today.slice(0, 4)) + 1));
    await form.getByLabel('政策包', { exact: true }).selectOption(here.pack);
    await form.getByRole('button', { name: '启动' }).click();
    await form.getByRole('link', { name: '年度尚未开始' }).waitFor();
    await form.getByLabel('年度', { exact: true }).fill(String(Number(here.today.slice(0, 4)) - 1));
    await form.getByRole('button', { name: '启动' }).click();
    await form.getByRole('link', { name: /年度没有评分和比对结果$/ }).waitFor();
    await picture(page, 'colour-open-refused');
    expect(await runs()).toBe(0);
  });

  it('is opened, and previewed by itself: how many stand in each cell, and who lacks what', async () => {
    const { page } = opener;
    const form = page.getByRole('form', { name: '启动赋色' });
    await form.getByLabel('年度', { exact: true }).fill(here.today.slice(0, 4));
    await form.getByRole('button', { name: '启动' }).click();
    await page.waitForURL(/\/colours\/[^/]+$/);
    runId = new URL(page.url()).pathname.split('/').at(-1)!;
    await page.getByRole('heading', { name: '矩阵' }).waitFor();
    await until(async () => ((await run()).digest ? true : undefined));
    await page.reload();
    for (const cell of ['A级、I级（优秀）：绿色，1 项', 'A级、II级（合格）：黄色，1 项', 'D级、II级（合格）：红色，1 项', 'A级、III级（不合格）：红色，1 项', 'B级、I级（优秀）：黄色，0 项']) await page.getByRole('link', { name: cell }).waitFor();
    expect(await page.locator('.colour-counts').innerText()).toMatch(/绿色 1\s[^]*黄色 1\s[^]*红色 2\s[^]*待核实 2\s[^]*共 6 家；已签发 0，待签发 4/);
    const lacking = page.getByRole('table', { name: '待核实的机构' });
    await until(async () => ((await rows(lacking).count()) === 2 ? true : undefined));
    expect(await rows(lacking).filter({ hasText: wanted[4]!.name }).innerText()).toMatch(/：未参加，/);
    expect(await rows(lacking).filter({ hasText: wanted[5]!.name }).innerText()).toMatch(/没有审签的 \d{4} 年度评分/);
    await picture(page, 'colour-preview');
    await onPhone(page, 'colour-preview-phone');
  });

  it('each cell of the heat map opens its list; the fullest is the darkest', async () => {
    const { page } = opener;
    const cells = await page.locator('.matrix td').evaluateAll((all) => all.map((one) => ({ lines: Number(one.querySelector('strong')!.textContent), heat: (one as HTMLElement).style.getPropertyValue('--heat') })));
    expect(cells.filter(({ lines }) => lines > 0).map(({ heat }) => heat)).toEqual(['1', '1', '1', '1']);
    expect(new Set(cells.filter(({ lines }) => lines === 0).map(({ heat }) => heat))).toEqual(new Set(['0']));
    for (const [cell, name] of [['D级、II级（合格）：红色，1 项', wanted[2]!.name], ['A级、III级（不合格）：红色，1 项', wanted[3]!.name]] as const) {
      await page.getByRole('link', { name: cell }).click();
      const list = page.getByRole('table', { name: '机构及其颜色' });
      await list.getByText(name).waitFor();
      await until(async () => ((await rows(list).count()) === 1 ? true : undefined));
      expect(await rows(list).innerText()).toMatch(/红色[^]*待签发/);
      expect(await inSight(page.getByRole('heading', { name: /^机构：/ }))).toBe(true);
    }
    await picture(page, 'colour-preview-cell');
  });

  it('whoever opened it cannot sign: said on the page, and refused where somebody tries all the same', async () => {
    const { page } = opener;
    await page.getByText('赋色由您启动，须由另一人签发。').waitFor();
    expect(await page.getByRole('button', { name: '签发（4 家）' }).isDisabled()).toBe(true);
    const { digest } = await run();
    const tried = await call<{ code: string; title: string }>(await tokenOf('shi', place), 'POST', `/api/v1/colour-runs/${runId}/signatures`, { digest });
    expect([tried.status, tried.body.code, tried.body.title]).toEqual([422, 'second-person-needed', '须由另一人决定：您是前一步的经办人']);
    expect((await run()).state).toBe('proposed');
    await picture(page, 'colour-own-signature');
  });

  it('the run of a year is opened once', async () => {
    const { page } = opener;
    await go(page, '/colours');
    const form = page.getByRole('form', { name: '启动赋色' });
    await form.getByLabel('政策包', { exact: true }).selectOption(here.pack);
    await form.getByRole('button', { name: '启动' }).click();
    await page.getByRole('alert').getByText(/年度的赋色已经启动，一个年度只有一次/).waitFor();
    await picture(page, 'colour-opened-twice');
    expect(await runs()).toBe(1);
  });

  it('another person looks, thinks again, and signs what is determined; who lacks something waits', async () => {
    signer = await open('pizhun', `/colours/${runId}`);
    const { page } = signer;
    await page.getByRole('button', { name: '签发（4 家）' }).click();
    await page.getByText('待核实的 2 家不在其内').waitFor();
    await picture(page, 'colour-signing');
    await page.getByRole('button', { name: '再核对一下' }).click();
    expect((await run()).state).toBe('proposed');
    await page.getByRole('button', { name: '签发（4 家）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /签\s*发/ }).click();
    await page.getByText('没有已确定而未签发的机构').waitFor();
    const { state, counts, signedAt } = await run();
    expect([state, counts.signed, counts.toSign, counts.undetermined, signedAt !== null]).toEqual(['signed', 4, 0, 2, true]);
    expect(await page.locator('.colour-counts').innerText()).toMatch(/已签发 4，待签发 0/);
    await picture(page, 'colour-signed');
    await onPhone(page, 'colour-signed-phone');
  });

  it('the signature leaves its certificate for every body, and what publication is to put up', async () => {
    const draft = await until(async () => (await ask<{ items: Notice[] }>('/api/v1/notices?limit=500', 'fabu')).items.find((one) => one.state === 'draft' && one.jurisdiction === place));
    expect(draft.entries).toBe(4);
    const publisher = await open('fabu', `/notices/${draft.noticeId}`);
    for (const { name } of wanted.slice(0, 4)) await publisher.page.getByText(name).first().waitFor();
    expect(await publisher.page.locator('main').innerText()).not.toContain(wanted[4]!.name);
    await picture(publisher.page, 'colour-notice-draft');
    await publisher.page.getByRole('button', { name: '发布', exact: true }).click();
    await publisher.page.getByRole('dialog').getByRole('button', { name: /发\s*布/ }).click();
    await publisher.page.getByText(/还有 \d+ 天（\d+ 个工作日）/).waitFor();
    await picture(publisher.page, 'colour-notice-posted');
    const { page } = opener;
    await go(page, `/colours/${runId}`);
    await until(async () => { await page.reload(); await page.getByRole('heading', { name: '矩阵' }).waitFor(); return (await page.getByRole('table', { name: '公示' }).count()) ? true : undefined; });
    expect(await rows(page.getByRole('table', { name: '公示' })).innerText()).toMatch(/4[^]*公示中/);
    await picture(page, 'colour-run-posted');
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
