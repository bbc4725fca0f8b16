import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { gradeTable } from '../support/grade-table.js';
import { onTheShelf, written } from '../support/shelf.js';
import { call, theSystem, tokenOf } from '../support/system.js';
import { go, launched, onPhone, picture, signedIn, until, type Visitor } from './chromium.js';

/** A comparison of an invented document, installed as an operator would; whoever is registered in the city takes part. */
const source = '示例比对方案：血中铅以z值评分，指定值事先确定，标准差为指定值的百分之十；尿中镉由各家结果统计。各项均满意的为合格，其余为不合格。\n';
const pack: Record<string, string> = {
  'pack.yaml': `id: testland/comparison-browser
version: 1
title: 示例职业健康检查机构能力比对
jurisdiction: '330100'
document: { title: 示例比对方案, source: testland-comparison.txt, sourceSha256: ${createHash('sha256').update(source).digest('hex')} }
inForce: { from: 2020-01-01 }
clauses:
  TB-2020-01: { normative: true, quote: 血中铅以z值评分，指定值事先确定，标准差为指定值的百分之十；尿中镉由各家结果统计 }
  TB-2020-02: { normative: true, quote: 各项均满意的为合格，其余为不合格 }
readings: {}
`,
  'rules.yaml': `schemes:
  blood-lead:
    title: 血铅尿镉检测能力比对
    line: health-examination
    measurands:
      - { id: lead, title: 血中铅, unit: μg/L, places: 1, score: z, assigned: { by: fixed }, deviation: { by: percent, percent: '10' } }
      - { id: cadmium, title: 尿中镉, unit: μg/L, places: 2, score: zeta, assigned: { by: algorithm-a, places: 3, least: 5 } }
    grades: [{ id: 合格, passes: true }, { id: 不合格, passes: false }]
    decision: comparison-grade
    inputs: { share: { count: satisfactory, per: items } }
    without: { absent: undetermined, late: table, withdrawn: undetermined, partial: { result: 不合格 } }
    published: { of: evaluated, includesBetter: false }
    clauses: [TB-2020-01]
`,
  'decisions/comparison-grade.dmn': gradeTable({
    input: 'share', label: '满意项目的百分比', range: '[0..100]', grades: ['合格', '不合格'], clause: 'TB-2020-02',
    rows: [{ id: 'fit', when: '100', grade: '合格', why: '各项均满意' }, { id: 'unfit', when: '< 100', grade: '不合格', why: '有一项以上不满意或者有问题' }],
  }),
};

let browser: Browser;
let admin: pg.Client;
let centre: Visitor;
let roundId = '';
let own = '';
const visitors: Visitor[] = [];
const open = async (account: string, path: string): Promise<Visitor> => {
  const it = await signedIn(browser, account, path);
  visitors.push(it);
  return it;
};
const plus = (on: string, days: number): string => new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10);
/** The clock of a shared system is not moved for one test: the last day of the round is put behind it instead. */
const lastDay = (on: string) => admin.query('update quality_control.comparison_round set submit_by = $2 where id = $1', [roundId, on]);

beforeAll(async () => {
  onTheShelf('testland/comparison-browser', written(pack));
  const me = (await call<{ places: { code: string; institutionId: string | null }[] }>(await tokenOf('jigou'), 'GET', '/api/v1/me')).body;
  own = me.places.find(({ code, institutionId }) => code.startsWith('3301') && institutionId)!.institutionId!;
  admin = new pg.Client({ connectionString: theSystem().databaseUrl });
  await admin.connect();
  await admin.query(`select set_config('app.reach', 'all', false)`);
  browser = await launched();
  centre = await open('zhikong', '/comparisons');
}, 120_000);
afterAll(async () => {
  await admin?.end();
  await browser?.close();
});

describe('a comparison round', () => {
  it('is laid down from a scheme of an installed pack, and lists who must take part', async () => {
    const { page } = centre;
    await page.getByLabel('状态').selectOption('planned');
    await page.getByText('没有这种状态的比对').waitFor();
    await picture(page, 'comparison-none');
    await until(async () => ((await call<{ items: { id: string }[] }>(await tokenOf('zhikong'), 'GET', '/api/v1/packs')).body.items.some(({ id }) => id === 'testland/comparison-browser') ? true : undefined));
    await page.getByRole('link', { name: '制定比对' }).click();
    await page.getByRole('button', { name: '制定比对' }).click();
    await page.getByRole('link', { name: '请填写报送截止日期' }).waitFor();
    await picture(page, 'comparison-plan-errors');
    await page.getByLabel('比对方案').selectOption({ label: (await page.getByLabel('比对方案').locator('option', { hasText: '血铅尿镉' }).textContent()) ?? '' });
    const today = (await call<{ today: string }>(await tokenOf('zhikong'), 'GET', '/api/v1/clock')).body.today;
    await page.getByLabel('报送截止日期').fill(plus(today, 30));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '制定比对' }).click();
    await page.getByRole('heading', { name: /血铅尿镉检测能力比对/, level: 1 }).waitFor();
    roundId = new URL(page.url()).pathname.split('/').at(-1)!;
    const table = page.getByRole('table', { name: '参加机构' });
    await table.waitFor();
    expect(await table.locator('tbody tr').count()).toBeGreaterThan(5);
    await picture(page, 'comparison-planned');
  });

  it('opens with its sealed values; a value that is no decimal is refused beside its field', async () => {
    const { page } = centre;
    await page.getByLabel('血中铅指定值（μg/L）').fill('一百');
    await page.getByRole('button', { name: '启动比对' }).click();
    await page.getByRole('link', { name: '“血中铅”的指定值应为十进制数，如 10.40' }).click();
    await page.getByLabel('血中铅指定值（μg/L）').fill('100.0');
    await page.getByRole('button', { name: '启动比对' }).click();
    await page.getByText('封存摘要').waitFor();
    expect(await page.getByText('此处不显示实验室编号').count()).toBe(1);
    await page.getByRole('button', { name: /登记 \d+ 家的样品已发出/ }).click();
    await page.getByText('样品已全部登记发出').waitFor();
    await picture(page, 'comparison-open');
    await onPhone(page, 'comparison-open-phone');
  });

  it('a laboratory says that its samples came, and reports; what is missing is said before it is sent', async () => {
    const { page } = await open('jigou', `/comparisons/${roundId}/institutions/${own}`);
    await page.getByRole('button', { name: '登记收到样品' }).click();
    await page.getByRole('button', { name: '登记收到样品' }).waitFor({ state: 'detached' });
    await page.getByLabel('血中铅（μg/L）').fill('125.0');
    await page.getByLabel('尿中镉（μg/L）').fill('2.001');
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('link', { name: '“尿中镉”至多 2 位小数' }).waitFor();
    await page.getByRole('link', { name: '“尿中镉”须填写不确定度' }).waitFor();
    await picture(page, 'comparison-submit-errors');
    await page.getByLabel('尿中镉（μg/L）').fill('2.00');
    await page.getByLabel('尿中镉的不确定度').fill('0.10');
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('table', { name: '报送记录' }).getByText('有效').waitFor();
    await onPhone(page, 'comparison-submit-phone');
  });

  it('paper is entered by the number of a laboratory; an unknown number is refused', async () => {
    const { page } = centre;
    const { rows } = await admin.query<{ code: string }>('select code from quality_control.comparison_participant where round_id = $1 and institution_id <> $2 order by code limit 12', [roundId, own]);
    await page.reload();
    await page.getByLabel('实验室编号', { exact: true }).fill('0');
    await page.getByLabel('血中铅（μg/L）').fill('101.0');
    await page.getByRole('button', { name: '录入', exact: true }).first().click();
    await page.getByRole('link', { name: '没有这个实验室编号' }).waitFor();
    const token = await tokenOf('zhikong');
    const today = (await call<{ today: string }>(token, 'GET', '/api/v1/clock')).body.today;
    const lead = ['100.0', '98.5', '103.2', '120.0', '80.0', '130.0', '95.5', '101.4', '99.0', '104.8', '122.0', '97.3'];
    for (const [at, { code }] of rows.entries()) {
      const results = [{ measurand: 'lead', value: lead[at]! }, { measurand: 'cadmium', value: (2 + (at % 5) / 20).toFixed(2), uncertainty: '0.12' }];
      expect((await call(token, 'POST', `/api/v1/comparison-rounds/${roundId}/laboratories/${code}/submissions`, { results, receivedOn: today })).status).toBe(201);
    }
  });

  it('once the last day has ended an expert sees the draft by number only: histogram, scores with their limits', async () => {
    const today = (await call<{ today: string }>(await tokenOf('zhikong'), 'GET', '/api/v1/clock')).body.today;
    await lastDay(plus(today, -1));
    const { page } = await open('zhuanjia', `/comparisons/${roundId}`);
    await page.getByRole('heading', { name: '评定（草稿）' }).waitFor();
    await page.getByRole('img', { name: /血中铅结果分布/ }).waitFor();
    const chart = page.getByRole('img', { name: /^血中铅：13 家/ });
    expect(await chart.locator('.comparison-bar').count()).toBe(13);
    expect(await chart.locator('.comparison-limit').allTextContents()).toEqual(['-3', '-2', '2', '3']);
    expect(await page.getByRole('table', { name: '参加机构' }).count()).toBe(0);
    expect(await page.getByRole('table', { name: '各实验室的评分和结果' }).locator('thead').innerText()).not.toContain('机构');
    await picture(page, 'comparison-draft');
    await page.getByLabel('项目', { exact: true }).selectOption({ label: '尿中镉' });
    await page.getByRole('img', { name: /尿中镉结果分布/ }).waitFor();
  });

  it('is fixed by the centre; results lead to their clauses, counts and report', async () => {
    const { page } = centre;
    await page.reload();
    await page.getByRole('button', { name: '确定评定结果' }).click();
    await page.getByRole('heading', { name: '评定结果' }).waitFor();
    const table = page.getByRole('table', { name: '各实验室的评分和结果' });
    expect(await table.locator('thead').innerText()).toContain('机构');
    await page.getByText(/合格率/).first().waitFor();
    await table.getByRole('button', { name: /^依据/ }).first().click();
    await page.getByText('各项均满意的为合格，其余为不合格').first().waitFor();
    await page.getByRole('heading', { level: 1 }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载结果报告' }).click();
    expect((await download).suggestedFilename()).toContain('结果报告.xlsx');
    await picture(page, 'comparison-evaluated');
    await onPhone(page, 'comparison-evaluated-phone');
  });

  it('the laboratory sees its result among the others, and objects; the answer proposes a correction that another person decides', async () => {
    const laboratory = visitors.find(({ page }) => page.url().includes(`/institutions/${own}`))!;
    await laboratory.page.reload();
    await laboratory.page.getByText('综合评定结果').first().waitFor();
    expect(await laboratory.page.getByText('不合格', { exact: true }).count()).toBeGreaterThan(0);
    expect(await laboratory.page.locator('.comparison-bar.comparison-own').count()).toBeGreaterThan(0);
    await laboratory.page.getByText('对结果有异议').click();
    await laboratory.page.getByRole('button', { name: '提出异议' }).click();
    await laboratory.page.getByRole('link', { name: '请写明异议的内容和理由' }).waitFor();
    await laboratory.page.getByLabel('异议的内容和理由').fill('抄录有误，原始记录为 105.0。');
    await laboratory.page.getByRole('button', { name: '提出异议' }).click();
    await laboratory.page.getByText('等待质量控制中心答复').waitFor();
    await laboratory.page.locator('.zj-note').getByText('待答复').waitFor();
    expect(await laboratory.page.getByText('对结果有异议').count()).toBe(0); // the state of the one that waits, no form for another
    await picture(laboratory.page, 'comparison-own-result');
    const { page } = centre;
    await page.reload();
    await page.getByLabel('提出更正（由另一人决定）').check();
    await page.getByLabel('更正后的结果').fill('105.0');
    await page.getByLabel('答复意见').fill('经核对原始记录，抄录有误。');
    await page.getByRole('button', { name: '答复', exact: true }).click();
    await page.getByText('由您提出，须由另一人决定').waitFor();
    await picture(page, 'comparison-correction');
    const other = await open('shi', `/comparisons/${roundId}`);
    await other.page.getByRole('button', { name: '同意更正' }).click();
    await other.page.getByRole('dialog').getByLabel('理由').fill('经复核，同意更正。');
    await other.page.getByRole('dialog').getByRole('button', { name: '同意更正' }).click();
    await other.page.getByRole('table', { name: '更正' }).getByText('已更正').waitFor();
    await laboratory.page.reload();
    await laboratory.page.getByText('第 2 版，经更正').waitFor();
    expect(await laboratory.page.getByText('对结果有异议').count()).toBe(1);
  });

  it('an unknown round says so; nothing was asked of other hosts, nothing broke', async () => {
    await go(centre.page, '/comparisons/no-such-round');
    await centre.page.getByText('没有找到这轮比对').waitFor();
    expect(visitors.flatMap(({ outside, faults }) => [...outside, ...faults])).toEqual([]);
  });
});
