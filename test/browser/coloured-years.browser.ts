import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnswerOf, inspection, qualityControl } from '@zhijian/contracts/http';
import type { Browser } from 'playwright-core';
import { onTheShelf } from '../support/shelf.js';
import { call, tokenOf } from '../support/system.js';
import { go, launched, onPhone, picture, signedIn, until, type Visitor } from './chromium.js';

type Run = AnswerOf<typeof qualityControl.getColourRun>;
type Bodies = AnswerOf<typeof qualityControl.listColoured>;
type Plan = AnswerOf<typeof qualityControl.getEvaluationPlan>;
type Evaluation = AnswerOf<typeof qualityControl.getComparisonEvaluation>;
type Flow = AnswerOf<typeof qualityControl.getColourFlow>;
type RedYears = AnswerOf<typeof qualityControl.listRedYears>;
type Year = AnswerOf<typeof inspection.getColourYear>;

/** The years of colours that the demonstration has played, on the pages people use: nothing stands in the place of an answer. */
const city = '500000';
const candidate = 'testland/colour-candidate';
const built = fileURLToPath(new URL('../../libs/policy/packs/chongqing/colour-2024/1/', import.meta.url));
let browser: Browser;
let sheng: Visitor;
let run: Run;
const ask = async <T>(path: string): Promise<T> => (await call<T>(await tokenOf('sheng', city), 'GET', path)).body;
const bodies = (query: string) => ask<Bodies>(`/api/v1/colour-runs/${run.runId}/bodies?limit=500&${query}`);
const rowsOf = (name: string) => sheng.page.getByRole('table', { name, exact: true }).locator('tbody tr');
/** How many rows a table has, once there are as many as are waited for. */
const grownTo = async (name: string, rows: number): Promise<number> => {
  await rowsOf(name).nth(rows - 1).waitFor();
  return rowsOf(name).count();
};

/** The city's document with one word of its table for colours changed: an A with a passed comparison would be red. */
function stricter(folder: string): void {
  cpSync(built, folder, { recursive: true, filter: (path) => !path.startsWith(join(built, 'tests')) });
  const edited = (file: string, from: RegExp, to: string) => writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(from, to));
  edited('pack.yaml', /^id: .*$/m, `id: ${candidate}`);
  edited('pack.yaml', /^title: .*$/m, 'title: 示例：更严的分色管理（虚构）');
  edited('decisions/colour.dmn', /("A-II-then"><text>)"yellow"/, '$1"red"');
}

beforeAll(async () => {
  onTheShelf(candidate, stricter);
  const { runId } = (await ask<{ items: { runId: string; year: number }[] }>(`/api/v1/colour-runs?jurisdiction=${city}`)).items.find(({ year }) => year === 2025)!;
  run = await ask<Run>(`/api/v1/colour-runs/${runId}`);
  browser = await launched();
  sheng = await signedIn(browser, 'sheng', '/colours');
}, 120_000);
afterAll(() => browser?.close());

describe('a year of colours that was lived through', () => {
  it('began with scores: how they are spread, with the lines of the bands that grade them', async () => {
    const { page } = sheng;
    const { items } = await ask<{ items: Plan[] }>('/api/v1/evaluation-plans?year=2024&line=occupational-health-service&limit=100');
    const plan = await ask<Plan>(`/api/v1/evaluation-plans/${items.find(({ jurisdiction }) => jurisdiction === city)!.planId}`);
    await go(page, `/evaluations/${plan.planId}`);
    const drawn = page.getByRole('img', { name: /^评分分布/ });
    await drawn.getByText('A级 80').waitFor();
    expect(await drawn.locator('.comparison-assigned-word').allTextContents()).toEqual(['C级 60', 'B级 70', 'A级 80']);
    const classes = [...(await drawn.getAttribute('aria-label'))!.matchAll(/(\d+) 至 \d+ 有 (\d+) 个/g)].map(([, from, count]) => ({ from: Number(from), count: Number(count) }));
    const from = (mark: number) => classes.filter((one) => one.from >= mark).reduce((sum, { count }) => sum + count, 0);
    const scored = (mark: number) => plan.scores.filter((score) => Number(score) >= mark).length;
    expect([0, 60, 70, 80].map(from)).toEqual([0, 60, 70, 80].map(scored));
    expect(plan.scores.length).toBeGreaterThan(50);
    await picture(page, 'evaluation-spread');
    await onPhone(page, 'evaluation-spread-phone');
  });

  it('and with a comparison: every laboratory among the limits', async () => {
    const { page } = sheng;
    const { items } = await ask<{ items: { roundId: string }[] }>('/api/v1/comparison-rounds?year=2024&line=occupational-health-service');
    const { laboratories } = await ask<Evaluation>(`/api/v1/comparison-rounds/${items[0]!.roundId}/evaluation`);
    await go(page, `/comparisons/${items[0]!.roundId}`);
    const chart = page.getByRole('img', { name: /：\d+ 家，满意 \d+/ }).first();
    await chart.waitFor();
    expect(await chart.locator('.comparison-bar').count()).toBe(Number(/：(\d+) 家/.exec((await chart.getAttribute('aria-label'))!)![1]));
    expect(await grownTo('各实验室的评分和结果', laboratories.length)).toBe(laboratories.length);
    await picture(page, 'comparison-of-the-year');
  });

  it('the matrix counts what its cells open; everybody without a colour is listed', async () => {
    const { page } = sheng;
    await go(page, '/colours');
    await page.getByRole('link', { name: '2025 年度', exact: true }).click();
    await page.getByRole('heading', { name: '矩阵' }).waitFor();
    const title = (of: readonly { id: string; title: string }[], id: string) => of.find((one) => one.id === id)!.title;
    const names = run.cells.map(({ grade, level, colour, lines }) => `${title(run.grades, grade)}、${title(run.levels, level)}：${title(run.colours, colour!)}，${lines} 项`);
    expect(await page.locator('.matrix td a').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).toEqual(names);
    expect(await grownTo('待核实的机构', run.counts.undetermined)).toBe(run.counts.undetermined);
    await picture(page, 'colour-year');
    const fullest = run.cells.reduce((most, one) => (one.lines > most.lines ? one : most));
    await page.getByRole('link', { name: names[run.cells.indexOf(fullest)]!, exact: true }).click();
    await page.getByRole('heading', { name: /^机构：/ }).waitFor();
    const listed = (await bodies(`grade=${fullest.grade}&level=${fullest.level}`)).items.length;
    expect(listed).toBeGreaterThan(1);
    await until(async () => ((await rowsOf('机构及其颜色').count()) === listed ? true : undefined)); // of all bodies before
    await picture(page, 'colour-year-cell');
    await onPhone(page, 'colour-year-phone');
  });

  it('the flow from the year before loses nobody, and who was red twice is named', async () => {
    const { page } = sheng;
    const { flows } = await ask<Flow>(`/api/v1/colour-runs/${run.runId}/flow`);
    await go(page, `/colours/${run.runId}/flow`);
    await page.getByRole('img', { name: '2024 年度到 2025 年度颜色的变化' }).waitFor();
    await grownTo('颜色的变化', flows.length);
    const numbers = await rowsOf('颜色的变化').locator('td:last-child').allInnerTexts();
    expect([numbers.length, numbers.reduce((sum, one) => sum + Number(one), 0)]).toEqual([flows.length, run.counts.managed]);
    await picture(page, 'colour-year-flow');
    await go(page, '/colours/red-years');
    const { items } = await ask<RedYears>('/api/v1/red-years?limit=500');
    for (const { name } of items) await page.getByRole('table', { name: '连续红色的机构' }).getByText(name).waitFor();
    await picture(page, 'colour-year-red');
    await page.getByRole('link', { name: items[0]!.name }).click();
    await page.getByRole('table', { name: '历年一览' }).waitFor();
    expect(await page.getByRole('table', { name: '历年一览' }).innerText()).toMatch(/2025[^]*红色[^]*2024[^]*红色/);
    await picture(page, 'institution-red-twice');
  });

  it('ended with what was owed and not done, month by month and body by body', async () => {
    const { page } = sheng;
    const { yearEnd } = await ask<Year>(`/api/v1/colour-years/${city}/2025`);
    await go(page, `/checks?year=${city}/2025`);
    await rowsOf('应检查而未检查').first().waitFor();
    expect([await grownTo('应检查而未检查', yearEnd!.items.length), await rowsOf('各月检查次数').count()]).toEqual([yearEnd!.items.length, 12]);
    await picture(page, 'checks-of-the-year');
    await go(page, `/monitorings?year=${city}/2025`);
    await rowsOf('监测任务').first().waitFor();
    await picture(page, 'monitoring-of-the-year');
    await go(page, `/rectifications?year=${city}/2025`);
    await rowsOf('整改报告').first().waitFor();
    await picture(page, 'rectifications-of-the-year');
    await go(page, `/checks/summaries/${city}/2025`);
    await page.getByRole('table', { name: '已报送的版本' }).getByText('第 1 版').waitFor();
    await picture(page, 'summary-of-the-year');
    await go(page, '/reviews?state=concluded');
    await rowsOf('审查事项').first().waitFor();
    await picture(page, 'reviews-of-the-year');
  });

  it('what a stricter pack would have made of it: who changes colour, how many visits more, which reports; nothing is touched', async () => {
    const { page } = sheng;
    await until(async () => ((await ask<{ items: { id: string }[] }>('/api/v1/packs')).items.some(({ id }) => id === candidate) ? true : undefined));
    const between = async () => (await bodies('grade=A&level=II')).items.map(({ colour }) => colour).filter((colour) => colour !== 'red').sort();
    const before = await between();
    const [yellow, open] = ['yellow', null].map((colour) => before.filter((one) => one === colour).length) as [number, number]; // open: another qualification waits for its result
    await go(page, '/colours/what-if');
    await page.getByLabel('政策包').selectOption(`${candidate}@1`);
    await page.getByRole('checkbox', { name: '2025' }).check();
    await page.getByRole('button', { name: '推演', exact: true }).click();
    const changed = rowsOf('变色的机构');
    await changed.first().waitFor();
    const words = await changed.allInnerTexts();
    expect([words.length, ...[/2025 年度\s+黄色\s+红色/, /2025 年度\s+没有颜色\s+红色/].map((change) => words.filter((one) => change.test(one)).length)]).toEqual([before.length, yellow, open]);
    expect(yellow).toBeGreaterThan(0);
    expect(await page.getByRole('table', { name: '检查与监测次数' }).innerText()).toMatch(new RegExp(`现场监督检查[^]*\\+${yellow + 2 * open}\\b[^]*质量监测[^]*\\+${2 * (yellow + open)}\\b`));
    await page.getByRole('table', { name: '各年度的颜色' }).waitFor();
    await picture(page, 'what-if-stricter');
    await onPhone(page, 'what-if-stricter-phone');
    expect(await between()).toEqual(before);
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect([sheng.outside, sheng.faults]).toEqual([[], []]);
  });
});
