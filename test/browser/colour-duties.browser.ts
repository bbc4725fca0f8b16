import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection, qualityControl } from '@zhijian/contracts/http';
import type { Browser, Locator, Page } from 'playwright-core';
import { plusDays } from '../support/running.js';
import { call, tokenOf } from '../support/system.js';
import { date, inSight, launched, onPhone, people, picture, twoOfficers, until } from './chromium.js';

type Monitoring = AnswerOf<typeof qualityControl.listMonitoringQuotas>['items'][number];
type Check = AnswerOf<typeof inspection.listQuotas>['items'][number];
type Summary = AnswerOf<typeof inspection.getInspectionSummary>;
type ColourYear = AnswerOf<typeof inspection.listColourYears>['items'][number];

/** What follows from the colours of the city that the demonstration has played, done by those whose work it is. */
const city = '500000';
let browser: Browser;
let today: string;
let year: number;
const { open, seen } = people(() => browser);
const ask = async <T>(path: string): Promise<T> => (await call<T>(await tokenOf('sheng', city), 'GET', path)).body;
const monitored = async (institutionId: string): Promise<Monitoring> => (await ask<{ items: Monitoring[] }>(`/api/v1/colour-years/${city}/${year}/monitoring-quotas?institutionId=${institutionId}`)).items[0]!;
const checked = async (institutionId: string): Promise<Check> => (await ask<{ items: Check[] }>(`/api/v1/colour-years/${city}/${year}/check-quotas?institutionId=${institutionId}`)).items[0]!;
const summary = (kind: string): Promise<Summary> => ask<Summary>(`/api/v1/colour-years/${city}/${year}/${kind}-summary`);
const rowOf = (page: Page, table: string, name: string): Locator => page.getByRole('table', { name: table, exact: true }).locator('tbody tr').filter({ hasText: name });
/** What is told on top of a form, each leading to its field. */
const told = async (form: Locator, ...said: (string | RegExp)[]): Promise<void> => { for (const name of said) await form.getByRole('link', { name }).waitFor(); };

beforeAll(async () => {
  ({ today } = await ask<{ today: string }>('/api/v1/clock'));
  const { items } = await ask<{ items: ColourYear[] }>('/api/v1/colour-years?limit=100');
  year = Math.max(...items.filter(({ jurisdiction }) => jurisdiction === city).map((one) => one.year).filter((one) => one <= Number(today.slice(0, 4))));
  browser = await launched();
}, 120_000);
afterAll(() => browser?.close());

describe('what colours entail, done by whose work it is', () => {
  it('the centre records a monitoring against what a red body is owed; what is missing or in the future is named at its field, and counts nothing', async () => {
    const { items } = await ask<{ items: Monitoring[] }>(`/api/v1/colour-years/${city}/${year}/monitoring-quotas?state=owed&limit=100`);
    const owed = items[0]!;
    const { page } = await open('zhikong', `/monitorings?year=${city}/${year}&state=owed`);
    const row = rowOf(page, '监测任务', owed.institutionName);
    await row.waitFor();
    await picture(page, 'monitoring-owed');
    await row.getByRole('link', { name: '登记监测' }).click();
    const form = page.getByRole('form', { name: '登记质量监测' });
    await until(async () => ((await form.getByLabel('机构', { exact: true }).inputValue()) === owed.institutionId ? true : undefined));
    expect(await inSight(page.getByRole('heading', { name: '登记一次质量监测' }))).toBe(true);
    expect(new URL(page.url()).searchParams.get('year')).toBe(`${city}/${year}`);
    await form.getByRole('button', { name: '登记监测' }).click();
    await told(form, '请填写质控人员', '请填写监测结论');
    await form.getByLabel('质控人员').fill('质控专家甲、质控专家乙');
    await form.getByLabel('监测结论').fill('已作技术指导（示例）');
    await date(form, '监测日期', plusDays(today, 1));
    await form.getByRole('button', { name: '登记监测' }).click();
    await told(form, '监测日期不能晚于今天');
    await picture(page, 'monitoring-errors');
    expect((await monitored(owed.institutionId)).done).toBe(owed.done);
    await date(form, '监测日期', today);
    await form.getByLabel('发现的问题（没有的不填）').fill('平行样测定记录不全（示例）');
    await form.getByRole('button', { name: '登记监测' }).click();
    await page.getByRole('heading', { name: '已登记质量监测' }).waitFor();
    const after = await monitored(owed.institutionId);
    expect([after.done, after.owed, after.visits.at(-1)!.visitedOn]).toEqual([owed.done + 1, owed.owed - 1, today]);
    await rowOf(page, '监测记录', owed.institutionName).getByText('平行样测定记录不全（示例）').first().waitFor();
    await picture(page, 'monitoring-recorded');
  });

  it('an inspector records a check on site; the quota is less by one, and the month has one more', async () => {
    const { items } = await ask<{ items: Check[] }>(`/api/v1/colour-years/${city}/${year}/check-quotas?state=owed&limit=100`);
    const owed = items[0]!;
    const { page } = await open('jiandu', `/checks?year=${city}/${year}&state=owed`);
    await rowOf(page, '检查任务', owed.institutionName).getByRole('link', { name: '登记检查' }).click();
    const form = page.getByRole('form', { name: '登记检查' });
    await until(async () => ((await form.getByLabel('机构', { exact: true }).inputValue()) === owed.institutionId ? true : undefined));
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await told(form, '现场检查不得少于两名执法人员', '请填写处理情况');
    await picture(page, 'check-errors');
    await twoOfficers(form);
    await form.getByLabel('处理情况').fill('责令改正（示例）');
    await date(form, '检查日期', plusDays(today, 1));
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await told(form, '检查日期不能晚于今天');
    expect((await checked(owed.institutionId)).done).toBe(owed.done);
    await date(form, '检查日期', today);
    await form.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('heading', { name: '已登记检查' }).waitFor();
    await picture(page, 'check-recorded');
    const after = await checked(owed.institutionId);
    expect([after.done, after.owed]).toEqual([owed.done + 1, owed.owed - 1]);
  });

  it.each([
    ['sheng', 'inspection', '/checks', '分类监督执法年度总结'], ['zhikong', 'monitoring', '/monitorings', '分类质量监测年度总结'],
  ] as const)('%s sends the year-end summary of %s: filled from the data, frozen as a version', async (account, kind, path, link) => {
    const before = (await summary(kind)).versions.length;
    const { page } = await open(account, `${path}?year=${city}/${year}`);
    await page.getByRole('link', { name: link }).click();
    const form = page.getByRole('form', { name: '报送年度总结' });
    await form.getByRole('button', { name: '报送' }).click();
    await told(form, '请填写工作总结');
    expect((await summary(kind)).versions.length).toBe(before);
    await form.getByLabel('工作总结').fill('一、总体情况。\n按颜色分类办理，情况见附表（示例）。');
    await form.getByLabel('说明（可不填）').fill('浏览器测试报送');
    await form.getByRole('button', { name: '报送' }).click();
    const sent = page.getByRole('table', { name: '已报送的版本' });
    await sent.getByText(`第 ${before + 1} 版`).waitFor();
    expect((await summary(kind)).versions.map(({ version }) => version).sort().at(-1)).toBe(before + 1);
    await picture(page, `summary-sent-${kind}`);
    await onPhone(page, `summary-sent-${kind}-phone`);
    await sent.getByRole('link', { name: new RegExp(`^第 ${before + 1} 版`) }).click();
    await page.waitForURL(/version=/);
    await page.getByRole('link', { name: '看当前数据' }).waitFor();
    expect(await page.getByRole('form').count()).toBe(0); // a version that was sent is only read
    await picture(page, `summary-version-${kind}`);
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
