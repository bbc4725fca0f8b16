import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { creditCodeOf } from '@zhijian/policy';
import exceljs from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { onTheShelf, written } from '../support/shelf.js';
import { call, tokenOf } from '../support/system.js';
import { go, launched, onPhone, picture, signedIn, until, type Visitor } from './chromium.js';

/** Indicators of an invented document, installed as an operator would. */
const source = '示例质量指标：质量管理体系40分，每缺一份程序文件扣0.5分；现场调查40分，为关键项，低于24分的总分不超过59.5分；现场采样20分，没有采样业务的不适用，按其余各项折算，保留两位小数。\n';
const pack: Record<string, string> = {
  'pack.yaml': `id: testland/indicators-browser
version: 1
title: 示例绩效评估质量指标
jurisdiction: '330100'
document: { title: 示例质量指标, source: testland-indicators.txt, sourceSha256: ${createHash('sha256').update(source).digest('hex')} }
inForce: { from: 2020-01-01 }
clauses: { TB-2020-01: { normative: true, quote: 质量管理体系40分，每缺一份程序文件扣0.5分 } }
readings: {}
`,
  'rules.yaml': `indicators:
  occupational:
    title: 职业卫生技术服务机构质量指标
    lines: [occupational-health-service]
    total: 100
    grid: 0.5
    groups: { management: { title: 管理 }, site: { title: 现场工作, points: 60 } }
    items:
      - { id: system, number: '1.1', text: 质量管理体系, group: management, points: 40, deductions: [ { id: lacking, text: 每缺一份程序文件, points: 0.5, most: 10 }, { id: outdated, text: 每有一份程序文件过期, points: 1 } ] }
      - { id: survey, number: '2.1', text: 现场调查, group: site, points: 40, key: true, failsBelow: 24 }
      - { id: sampling, number: '2.2', text: 现场采样, group: site, points: 20, mayNotApply: true }
    notApplicable: rescale
    rounded: { places: 2, rounding: cut }
    caps: [ { id: key, text: 有关键项不合格, keyFailed: 1, most: 59.5 } ]
    clauses: [TB-2020-01]
`,
};
const bodies = [1, 2, 3].map((n) => ({ name: `示例技术服务机构（浏览器测试）0${n}`, creditCode: creditCodeOf(`91330106MAEWA000${n}`) }));

let browser: Browser;
let centre: Visitor;
const visitors: Visitor[] = [];
const open = async (account: string, path: string): Promise<Visitor> => {
  const it = await signedIn(browser, account, path);
  visitors.push(it);
  return it;
};
const sheetOf = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('table', { name: '应评估的机构' }).getByRole('link', { name }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
};

beforeAll(async () => {
  onTheShelf('testland/indicators-browser', written(pack));
  const county = await tokenOf('xian');
  for (const body of bodies) {
    const filing = { number: null, filedOn: '2020-05-06', categories: ['职业病危害因素检测'], items: [], outreach: false };
    expect((await call(county, 'POST', '/api/v1/institutions', { ...body, kind: 'occupational-health-service', jurisdiction: '330106', address: '示例路1号', contactPost: null, invented: true, filing })).status).toBe(201);
  }
  browser = await launched();
  centre = await open('zhikong', '/evaluations');
}, 120_000);
afterAll(() => browser?.close());

describe('the yearly evaluation', () => {
  it('is opened by the centre with the indicators of a pack, and says how far it is', async () => {
    const { page } = centre;
    await page.getByRole('search').getByLabel('机构类别').selectOption({ label: '职业病诊断机构' });
    await page.getByText('没有符合条件的评估').waitFor();
    await picture(page, 'evaluation-none');
    await page.getByRole('search').getByLabel('机构类别').selectOption('');
    await until(async () => ((await call<{ items: { id: string }[] }>(await tokenOf('zhikong'), 'GET', '/api/v1/packs')).body.items.some(({ id }) => id === 'testland/indicators-browser') ? true : undefined));
    await page.reload();
    await page.getByRole('button', { name: '开展', exact: true }).click();
    await page.getByRole('link', { name: '请选择政策包' }).waitFor();
    await page.getByLabel('政策包').selectOption('testland/indicators-browser@1');
    await page.getByLabel('质量指标').selectOption({ index: 1 });
    await page.getByRole('button', { name: '开展', exact: true }).click();
    await page.getByRole('heading', { name: '评估已开展' }).waitFor();
    await page.getByRole('link', { name: '填写或者导入评分表' }).click();
    await until(async () => { await page.reload(); await page.getByRole('heading', { name: '机构', exact: true }).waitFor(); return (await page.getByRole('link', { name: bodies[2]!.name }).count()) ? true : undefined; });
    expect(await page.locator('.evaluation-progress').innerText()).toMatch(/已审签 0\/\d+ 家/);
    await picture(page, 'evaluation-plan');
    await onPhone(page, 'evaluation-plan-phone');
  });

  it('a sheet tells what it comes to while it is filled in, marks what is wrong beside its field, and keeps a part of it', async () => {
    const { page } = centre;
    await sheetOf(page, bodies[0]!.name);
    await page.getByLabel('每缺一份程序文件的次数').fill('3');
    await page.getByLabel('得分').first().fill('20');
    const total = page.getByRole('complementary', { name: '合计' });
    await total.getByText('关键项不合格').waitFor();
    await total.getByText('还缺 1 项').waitFor();
    await page.getByLabel('不适用').check();
    await total.getByText('总分最多 59.5 分').waitFor();
    await picture(page, 'evaluation-sheet-capped');
    await page.getByLabel('得分').first().fill('40.25');
    await page.getByText(/得分 40\.25 高于该项满分 40/).first().waitFor();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('高于该项满分 40');
    await picture(page, 'evaluation-sheet-wrong');
    await page.getByLabel('得分').first().fill('32');
    await total.getByText('88.12').waitFor(); // 70.5 of 80, cut
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('填写中').first().waitFor();
    await page.getByRole('button', { name: '提交复核' }).waitFor();
    await onPhone(page, 'evaluation-sheet-phone');
  });

  it('is looked at and signed by others than whoever scored', async () => {
    const { page } = centre;
    const address = new URL(page.url()).pathname;
    await page.getByRole('button', { name: '提交复核' }).click();
    await page.getByText('待复核').first().waitFor();
    await page.getByRole('button', { name: '复核无误' }).click();
    await page.getByText('评分人不能复核').first().waitFor();
    const { page: second } = await open('shi', address);
    await second.getByRole('button', { name: '复核无误' }).click();
    await second.getByText('待审签').first().waitFor();
    const { page: signer } = await open('pizhun', address);
    await signer.getByRole('button', { name: '审签' }).click();
    await signer.getByText('已审签').first().waitFor();
    await signer.getByRole('table', { name: '历次生效的评分' }).getByText('88.12').waitFor();
    await picture(signer, 'evaluation-signed');
    await signer.getByRole('link', { name: '决定凭证' }).last().click();
    await signer.getByText('88.12').first().waitFor();
    await go(signer, address.replace(/\/bodies.*$/, ''));
    const spread = signer.getByRole('img', { name: '评分分布（1 家，总分 100 分）' });
    await spread.waitFor();
    expect(await spread.locator('.comparison-count').allTextContents()).toEqual(['1']);
    expect(await spread.getAttribute('aria-label')).toContain('85 至 90 有 1 个');
    await picture(signer, 'evaluation-spread-one');
  });

  it('takes a spreadsheet, names each fault by its cell, and enters the good lines when confirmed', async () => {
    const { page } = centre;
    await go(page, new URL(page.url()).pathname.replace(/\/bodies.*$/, '/import'));
    await page.getByRole('heading', { name: '导入评分表' }).waitFor();
    const year = /(\d{4}) 年度/.exec(await page.getByRole('navigation', { name: '位置' }).innerText())![1]!;
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('评分表');
    sheet.addRow(['统一社会信用代码', '机构名称', '机构类别', '年度', '当年开展服务（是/否）', '指标编号', '得分', '不适用（是/否）']);
    for (const { creditCode, name } of bodies.slice(1)) for (const [item, score] of [['1.1', '38.5'], ['2.1', '32'], ['2.2', '10.5']] as const) sheet.addRow([creditCode, name, '职业卫生技术服务机构', year, '是', item, score]);
    sheet.getCell('G6').value = '40.5';
    sheet.getCell('G7').value = { formula: '1+1', result: 2 };
    await page.getByLabel('评分表文件').setInputFiles({ name: '评分表.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(await book.xlsx.writeBuffer()) });
    await page.getByRole('button', { name: '上传并预览' }).click();
    const wrong = page.getByRole('table', { name: '有误的单元格' });
    await wrong.waitFor();
    expect(await wrong.locator('tbody tr').allInnerTexts()).toEqual([expect.stringMatching(/评分表!G6\s+得分 40\.5 高于该项满分 40/), expect.stringMatching(/评分表!G7\s+单元格是公式/)]);
    await page.getByRole('table', { name: '合格的行' }).waitFor();
    await picture(page, 'evaluation-import');
    await onPhone(page, 'evaluation-import-phone');
    await page.getByRole('button', { name: '确认录入 4 行' }).click();
    await page.getByText('录入 2 家').waitFor();
    await page.getByRole('link', { name: '填写中的评分表' }).click();
    await page.getByRole('table', { name: '应评估的机构' }).getByText('还缺 2 项').waitFor();
    await page.getByLabel(`选择 ${bodies[1]!.name}`).check();
    await page.getByRole('button', { name: '提交复核所选 1 份' }).click();
    await page.getByRole('button', { name: '提交复核', exact: true }).click();
    await page.getByRole('table', { name: '应评估的机构' }).getByRole('link', { name: bodies[1]!.name }).waitFor({ state: 'detached' });
    await picture(page, 'evaluation-many');
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(visitors.flatMap(({ outside, faults }) => [...outside, ...faults])).toEqual([]);
  });
});
