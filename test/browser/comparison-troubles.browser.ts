import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { AnswerOf, qualityControl } from '@zhijian/contracts/http';
import pg from 'pg';
import type { Browser, Locator, Page } from 'playwright-core';
import { gradeTable } from '../support/grade-table.js';
import { accountOf, plusDays } from '../support/running.js';
import { onTheShelf, written } from '../support/shelf.js';
import { call, theSystem, tokenOf } from '../support/system.js';
import { date, go, launched, onPhone, people, picture, until, type Visitor } from './chromium.js';

type Participant = AnswerOf<typeof qualityControl.listComparisonParticipants>['items'][number];
type Round = AnswerOf<typeof qualityControl.getComparison>;

/** A round of a district of its own, in which everything goes wrong that goes wrong: by the people it happens to. */
const place = '330108';
const id = 'testland/comparison-troubles';
const source = '示例区级比对方案：血中铅以z值评分，指定值事先确定；满意的为合格，其余为不合格，逾期的照常评定。\n';
const pack: Record<string, string> = {
  'pack.yaml': `id: ${id}
version: 1
title: 示例：区级职业健康检查机构血铅检测能力比对
jurisdiction: '${place}'
document: { title: 示例区级比对方案, source: testland-troubles.txt, sourceSha256: ${createHash('sha256').update(source).digest('hex')} }
inForce: { from: 2020-01-01 }
clauses: { TT-2020-01: { normative: true, quote: 满意的为合格，其余为不合格，逾期的照常评定 } }
readings: {}
`,
  'rules.yaml': `schemes:
  blood-lead:
    title: 血中铅检测能力比对
    line: health-examination
    measurands: [{ id: lead, title: 血中铅, unit: μg/L, places: 1, score: z, assigned: { by: fixed }, deviation: { by: percent, percent: '10' } }]
    grades: [{ id: 合格, passes: true }, { id: 不合格, passes: false }]
    decision: comparison-grade
    inputs: { satisfactory: { count: satisfactory } }
    without: { absent: undetermined, late: table, withdrawn: undetermined, partial: undetermined }
    published: { of: evaluated, includesBetter: false }
    clauses: [TT-2020-01]
`,
  'decisions/comparison-grade.dmn': gradeTable({
    input: 'satisfactory', label: '满意的项目数', range: '[0..1]', grades: ['合格', '不合格'], clause: 'TT-2020-01',
    rows: [{ id: 'fit', when: '>= 1', grade: '合格', why: '血中铅满意' }, { id: 'unfit', when: '< 1', grade: '不合格', why: '血中铅不满意或者有问题' }],
  }),
};

let browser: Browser;
let admin: pg.Client;
let today: string;
let roundId = '';
let centre: Visitor;
let damaged: Participant;
let leaving: Participant;
let late: Participant;
const { open, seen } = people(() => browser);
const ask = async <T>(path: string): Promise<T> => (await call<T>(await tokenOf('zhikong', place), 'GET', path)).body;
const at = (rest = '') => `/comparisons/${roundId}${rest}`;
const participants = async (): Promise<Participant[]> => (await ask<{ items: Participant[] }>(`/api/v1/comparison-rounds/${roundId}/participants?limit=500`)).items;
const now = async ({ institutionId }: Participant): Promise<Participant> => (await participants()).find((one) => one.institutionId === institutionId)!;
const round = (): Promise<Round> => ask<Round>(`/api/v1/comparison-rounds/${roundId}`);
const lineOf = (page: Page, { name }: Participant): Locator => page.getByRole('table', { name: '参加机构' }).locator('tbody tr').filter({ hasText: name });

beforeAll(async () => {
  onTheShelf(id, written(pack));
  await until(async () => ((await ask<{ items: { id: string }[] }>('/api/v1/packs')).items.some((one) => one.id === id) ? true : undefined));
  ({ today } = await ask<{ today: string }>('/api/v1/clock'));
  const planned = await call<Round>(await tokenOf('zhikong', place), 'POST', '/api/v1/comparison-rounds', { pack: id, scheme: 'blood-lead', year: Number(today.slice(0, 4)), jurisdiction: place, title: '血中铅检测能力比对（示例，浏览器测试）', submitBy: plusDays(today, 20), parts: [] });
  if (planned.status !== 201) throw new Error(JSON.stringify(planned.body));
  ({ roundId } = planned.body);
  [damaged, leaving, late] = (await participants()).filter(({ obliged }) => obliged) as [Participant, Participant, Participant];
  admin = new pg.Client({ connectionString: theSystem().databaseUrl });
  await admin.connect();
  await admin.query(`select set_config('app.reach', 'all', false)`);
  browser = await launched();
  centre = await open('zhikong', at());
}, 120_000);
afterAll(async () => {
  await admin?.end();
  await browser?.close();
});

describe('a comparison in which things go wrong', () => {
  it('whoever need not take part is excused with a reason; a round that has not begun has no numbers to uncover', async () => {
    const { page } = centre;
    const spare = (await participants()).at(-1)!;
    await lineOf(page, spare).getByRole('button', { name: `${spare.name}免予参加` }).click();
    await page.getByRole('dialog').getByRole('button', { name: '免予参加' }).click();
    await page.getByRole('dialog').getByRole('link', { name: '请写明理由' }).waitFor();
    await page.getByRole('dialog').getByLabel('理由').fill('停业装修（示例）');
    await page.getByRole('dialog').getByRole('button', { name: '免予参加' }).click();
    await lineOf(page, spare).getByText('免予参加', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: '评定前揭开实验室身份' }).count()).toBe(0);
    const tried = await call<{ title: string }>(await tokenOf('zhikong', place), 'POST', `/api/v1/comparison-rounds/${roundId}/disclosures`, { reason: '过早' });
    expect([tried.status, tried.body.title]).toEqual([409, expect.stringMatching(/^本轮比对.*不能揭开实验室身份$/)]);
    await page.getByLabel('血中铅指定值（μg/L）').fill('100.0');
    await page.getByRole('button', { name: '启动比对' }).click();
    await page.getByText('封存摘要').waitFor();
    await page.getByRole('button', { name: /登记 \d+ 家的样品已发出/ }).click();
    await page.getByText('样品已全部登记发出').waitFor();
  });

  it('a sample that came damaged is reported with what is wrong, replaced by the centre, and received again', async () => {
    const laboratory = await open(accountOf(damaged.institutionId), at(`/institutions/${damaged.institutionId}`));
    const { page } = laboratory;
    const form = page.getByRole('form', { name: '登记收到样品' });
    await form.getByLabel('样品完好').uncheck();
    await form.getByRole('button', { name: '登记收到样品' }).click();
    await form.getByRole('link', { name: '请写明损坏情况' }).waitFor();
    await form.getByLabel('损坏情况').fill('采血管破裂（示例）');
    await date(form, '收到样品的日期', plusDays(today, 1));
    await form.getByRole('button', { name: '登记收到样品' }).click();
    await form.getByRole('link', { name: '收到日期尚未到来' }).waitFor();
    await picture(page, 'comparison-damaged-errors');
    expect((await now(damaged)).receivedOn).toBeNull();
    await date(form, '收到样品的日期', today);
    await form.getByRole('button', { name: '登记收到样品' }).click();
    await page.getByText('由其补发').waitFor();
    await page.getByText('采血管破裂（示例）').waitFor();
    await picture(page, 'comparison-damaged');
    await centre.page.reload();
    await lineOf(centre.page, damaged).getByText('采血管破裂（示例）').waitFor();
    await centre.page.getByText(`其中补发 1 家（样品有损坏）：${damaged.name}`).waitFor();
    await picture(centre.page, 'comparison-replacing');
    await centre.page.getByRole('button', { name: '登记 1 家的样品已发出' }).click();
    await centre.page.getByText('样品已全部登记发出').waitFor();
    await page.reload();
    await page.getByRole('form', { name: '登记收到样品' }).getByRole('button', { name: '登记收到样品' }).click();
    await page.getByRole('form', { name: '登记收到样品' }).waitFor({ state: 'detached' });
    expect(await now(damaged)).toMatchObject({ sentOn: today, receivedOn: today, intact: true, receiptRemark: '' });
    await onPhone(page, 'comparison-replaced-phone');
  });

  it('the same results twice are refused, and kept once; others take their place', async () => {
    const laboratory = await open(accountOf(damaged.institutionId), at(`/institutions/${damaged.institutionId}`));
    const { page } = laboratory;
    const form = page.getByRole('form', { name: '报送结果' });
    const sent = page.getByRole('table', { name: '报送记录' }).locator('tbody tr');
    await form.getByLabel('血中铅（μg/L）').fill('一百');
    await form.getByRole('button', { name: '报送', exact: true }).click();
    await form.getByRole('link', { name: '“血中铅”应为十进制数，如 10.40' }).waitFor();
    await form.getByLabel('血中铅（μg/L）').fill('100.4');
    await form.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByText('已收到第 1 次报送').waitFor();
    await form.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('alert').getByText('与已报送的结果相同，未重复保存').waitFor();
    await picture(page, 'comparison-same-again');
    expect(await sent.count()).toBe(1);
    await form.getByLabel('血中铅（μg/L）').fill('101.2');
    await form.getByRole('button', { name: '报送', exact: true }).click();
    await sent.nth(1).waitFor();
    expect(await sent.allInnerTexts()).toEqual([expect.stringMatching(/101\.2[^]*有效/), expect.stringMatching(/100\.4[^]*已被后一次代替/)]);
  });

  it('a laboratory that withdraws says why, once, and reports no more', async () => {
    const laboratory = await open(accountOf(leaving.institutionId), at(`/institutions/${leaving.institutionId}`));
    const { page } = laboratory;
    await page.getByRole('button', { name: '退出比对' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '退出比对' }).click();
    await dialog.getByRole('link', { name: '请写明理由' }).waitFor();
    await dialog.getByLabel('理由').fill('石墨炉原子吸收仪检修（示例）');
    await picture(page, 'comparison-withdrawing');
    expect((await now(leaving)).state).toBe('expected');
    await dialog.getByRole('button', { name: '退出比对' }).click();
    await page.getByText('已退出').first().waitFor();
    expect(await page.getByRole('form').count()).toBe(0);
    await picture(page, 'comparison-withdrawn');
    const tried = await call<{ title: string }>(await tokenOf(accountOf(leaving.institutionId)), 'POST', `/api/v1/comparison-rounds/${roundId}/participants/${leaving.institutionId}/submissions`, { results: [{ measurand: 'lead', value: '100.0' }] });
    expect([tried.status, tried.body.title]).toEqual([409, '该机构已退出，不能报送']);
    await centre.page.reload();
    await lineOf(centre.page, leaving).getByText('已退出').waitFor();
  });

  it('numbers are not uncovered without a reason, nor by an expert; an act with its reason stands on the page of the round', async () => {
    const expert = await open('zhuanjia', at());
    await expert.page.getByRole('heading', { name: '概况' }).waitFor();
    expect(await expert.page.getByRole('button', { name: '评定前揭开实验室身份' }).count()).toBe(0);
    const tried = await call(await tokenOf('zhuanjia', place), 'POST', `/api/v1/comparison-rounds/${roundId}/disclosures`, { reason: '想看' });
    expect(tried.status).toBe(403);
    const { page } = centre;
    await page.getByRole('button', { name: '评定前揭开实验室身份' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '揭开身份' }).click();
    await dialog.getByRole('link', { name: '请写明理由' }).waitFor();
    await picture(page, 'comparison-uncover-refused');
    expect([(await round()).uncovered, (await participants()).map(({ code }) => code).filter(Boolean)]).toEqual([false, []]);
    await dialog.getByLabel('理由').fill('两家样品混淆，须联系实验室（示例）');
    await dialog.getByRole('button', { name: '揭开身份' }).click();
    await page.getByText('评定前揭开身份', { exact: true }).waitFor();
    await page.getByRole('table', { name: '参加机构' }).getByText((await now(damaged)).code!).waitFor();
    expect(await page.getByRole('button', { name: '评定前揭开实验室身份' }).count()).toBe(0);
    await picture(page, 'comparison-uncovered');
    await expert.page.reload();
    await expert.page.getByRole('heading', { name: '概况' }).waitFor();
    expect(await expert.page.locator('main').innerText()).not.toContain(damaged.name);
  });

  it('what comes after the last day is marked so, and changes no more what came in time', async () => {
    await admin.query('update quality_control.comparison_round set submit_by = $2 where id = $1', [roundId, plusDays(today, -1)]); // the clock of a shared system is not moved for one test
    const { page } = await open(accountOf(late.institutionId), at(`/institutions/${late.institutionId}`));
    await page.getByText('已过截止日期。此时报送的记为逾期').waitFor();
    await page.getByLabel('血中铅（μg/L）').fill('98.4');
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByText(/已收到第 1 次报送.*记为逾期/).waitFor();
    await page.getByRole('table', { name: '报送记录' }).locator('.zj-chip').filter({ hasText: '逾期' }).waitFor();
    await picture(page, 'comparison-late');
    expect((await now(late)).state).toBe('late');
    const punctual = await open(accountOf(damaged.institutionId), at(`/institutions/${damaged.institutionId}`));
    await punctual.page.getByLabel('血中铅（μg/L）').fill('100.0');
    await punctual.page.getByRole('button', { name: '报送', exact: true }).click();
    await punctual.page.getByRole('alert').getByText(/已经截止，已报送的结果不能更改/).waitFor();
    await picture(punctual.page, 'comparison-closed');
    await go(centre.page, at('?participants=late'));
    await lineOf(centre.page, late).getByText('逾期报送').waitFor();
    expect(await centre.page.getByRole('table', { name: '参加机构' }).locator('tbody tr').count()).toBe(1);
  });

  it('evaluated, each stands with what became of it: late, withdrawn, absent, excused', async () => {
    const { page } = centre;
    await go(page, at());
    await page.getByRole('button', { name: '确定评定结果' }).click();
    await page.getByRole('heading', { name: '评定结果' }).waitFor();
    await lineOf(page, late).getByText(/合格/).waitFor(); // the list is read again after the evaluation
    expect(await lineOf(page, late).innerText()).toMatch(/逾期报送[^]*合格/);
    expect(await lineOf(page, leaving).innerText()).toMatch(/已退出[^]*待核实/);
    const states = new Set((await participants()).map(({ state }) => state));
    expect([...states].sort()).toEqual(['absent', 'excused', 'late', 'reported', 'withdrawn']);
    await picture(page, 'comparison-troubles-evaluated');
    await onPhone(page, 'comparison-troubles-evaluated-phone');
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
