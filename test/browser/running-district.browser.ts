import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerTable } from '@zhijian/documents';
import { creditCodeOf } from '@zhijian/policy';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import exceljs from 'exceljs';
import type { Browser } from 'playwright-core';
import { accountOf, districts, membersOf, plusDays, theRunningCampaign, type Member, type RunningCampaign } from '../support/running.js';
import { call, tokenOf } from '../support/system.js';
import { date, go, launched, onPhone, people, picture, until, type Visitor } from './chromium.js';

type Unit = AnswerOf<typeof inspection.getUnit>;
type Form = AnswerOf<typeof inspection.getForm>;

const unit: string = districts.district.code;
let browser: Browser;
let campaign: RunningCampaign;
let members: Member[];
let county: Visitor;
const { open, seen } = people(() => browser);
const inCampaign = (rest = '') => `/campaigns/${campaign.campaignId}${rest}`;
const asCounty = () => tokenOf('xian', unit);
const unitNow = async (): Promise<Unit> => (await call<Unit>(await asCounty(), 'GET', `/api/v1${inCampaign(`/units/${unit}`)}`)).body;
const formOf = async (form: string, which = unit, version?: number): Promise<Form> => (await call<Form>(await tokenOf('shi', '330100'), 'GET', `/api/v1${inCampaign(`/units/${which === '*' ? '%2A' : which}/forms/${form}`)}${version ? `?version=${version}` : ''}`)).body;
const reportFor = async ({ institutionId }: Member, employers: number): Promise<void> => {
  const subject = (await call<AnswerOf<typeof inspection.getInstitutionInCampaign>>(await asCounty(), 'GET', `/api/v1${inCampaign(`/institutions/${institutionId}`)}`)).body;
  const on = campaign.today;
  const items = subject.lastYearProblems.map(({ problemId, text }) => ({ source: 'assessment-last-year', problemId, text, correctedOn: on, correctBy: null }));
  const answer = await call(await asCounty(), 'POST', `/api/v1${inCampaign('/self-checks')}`, { institutionId, items, noProblems: items.length === 0, volumes: { employers, workers: 100 * employers }, sealedBy: '办公室（示例）', onBehalf: { receivedOn: on, reason: '收到盖章纸质报告' } });
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([201, expect.any(String)]);
};

beforeAll(async () => {
  campaign = await theRunningCampaign();
  members = await membersOf(campaign, unit);
  await reportFor(members[0]!, 7);
  browser = await launched();
  county = await open('xian', inCampaign(`/units/${unit}`));
}, 240_000);
afterAll(() => browser?.close());

describe('a district while the campaign goes on', () => {
  it('tells every body at a meeting; who was not there is told, and has not acknowledged', async () => {
    const { page } = county;
    const form = page.getByRole('form', { name: '通知机构' });
    await form.getByRole('radio', { name: '现场会议' }).check();
    for (const { name } of members.slice(-2)) await form.getByRole('checkbox', { name }).uncheck();
    await form.getByText(`到会机构（${members.length - 2}/${members.length}）`).waitFor();
    await picture(page, 'running-district-meeting');
    await form.getByRole('button', { name: '通知全部机构' }).click();
    await form.getByText(`本次通知 ${members.length} 家，签收 ${members.length - 2} 家，余 0 家。`).waitFor();
    const now = (await unitNow()).institutions.filter(({ state }) => state === 'in');
    expect(now.every(({ notifiedOn }) => notifiedOn === campaign.today)).toBe(true);
    expect(now.filter(({ acknowledgedOn }) => acknowledgedOn === null).map(({ name }) => name).sort()).toEqual(members.slice(-2).map(({ name }) => name).sort());
  });

  it('a body acknowledges the notice on its own page, once', async () => {
    const late = members.at(-1)!;
    const { page } = await open(accountOf(late.institutionId), inCampaign(`/institutions/${late.institutionId}/self-check`));
    await page.getByRole('button', { name: '签收通知' }).click();
    await page.getByRole('button', { name: '签收通知' }).waitFor({ state: 'detached' });
    expect(await page.getByText('签收日期').locator('xpath=following-sibling::*[1]').innerText()).toBe(campaign.today);
    await picture(page, 'running-district-acknowledged');
  });

  it('files a plan of its own: a day later than the city’s is refused at its field, an earlier one moves every body’s day', async () => {
    const { page } = county;
    const due = (await unitNow()).stages.flatMap(({ duties }) => duties).find(({ id }) => id === 'self-check-report')!.dueOn!;
    await page.getByLabel('方案正文').fill('成立专项治理工作小组，逐家告知、逐家检查（示例）。');
    await date(page, '自查报告', plusDays(due, 1));
    await page.getByRole('button', { name: '保存并报送' }).click();
    await page.getByRole('alert').getByRole('link').first().waitFor();
    expect(await page.getByLabel('自查报告', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await picture(page, 'running-district-plan-refused');
    await date(page, '自查报告', plusDays(due, -1));
    await page.getByRole('button', { name: '保存并报送' }).click();
    await page.getByText(/已于 .* 报送。/).waitFor();
    await until(async () => ((await unitNow()).institutions.some(({ obligations }) => obligations.some(({ duty, dueOn }) => duty === 'self-check-report' && dueOn === plusDays(due, -1))) ? true : undefined));
    expect((await unitNow()).unitObligations.find(({ duty }) => duty === 'local-plan')).toMatchObject({ state: 'done' });
    await page.reload();
    await page.getByText(`本辖区现行期限 ${plusDays(due, -1)}`).waitFor();
    await picture(page, 'running-district-plan');
  });

  it('reminds whom a duty is still open for, and keeps that it did', async () => {
    const { page } = county;
    await page.getByRole('listitem').filter({ hasText: /^自查报告：/ }).getByRole('button', { name: '催办' }).click();
    await page.getByText(`已催办 ${members.length - 1} 项。`).waitFor();
    expect(await page.getByRole('table', { name: '催办记录' }).innerText()).toMatch(/自查报告[^]*人工催办/);
  });

  it('sends Form 1 up as a frozen version; what comes later goes into a supplement with its reason', async () => {
    const { page } = county;
    await go(page, inCampaign(`/units/${unit}/forms/HZ-F1`));
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('link', { name: '请填写填表人' }).waitFor();
    await page.getByLabel('填表人').fill('监督一科（示例）');
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('heading', { name: '已报送', exact: true }).waitFor();
    await picture(page, 'running-district-form-1');
    const first = await formOf('HZ-F1', unit, 1);
    expect([first.draft.rows.length, first.draft.rows.filter((row) => row[5] !== null).length, first.draft.head['填表人']]).toEqual([members.length, 1, '监督一科（示例）']);
    await reportFor(members[1]!, 9);
    await page.reload();
    await page.getByRole('heading', { name: '补充报送' }).waitFor();
    await page.getByLabel('填表人').fill('监督一科（示例）');
    await page.getByRole('button', { name: '补充报送' }).click();
    await page.getByRole('link', { name: '补充报送请写明补充了什么' }).waitFor();
    await page.getByLabel('补充说明').fill('补报一家');
    await page.getByRole('button', { name: '补充报送' }).click();
    await page.getByRole('heading', { name: '已补充报送' }).waitFor();
    await page.getByRole('table', { name: '已报送的版本' }).getByRole('link', { name: '第 2 版（补充）' }).waitFor();
    expect((await formOf('HZ-F1', unit, 1)).draft.rows).toEqual(first.draft.rows);
    expect((await formOf('HZ-F1', unit, 2)).draft.rows.filter((row) => row[5] !== null).map((row) => row[5]).sort()).toEqual([7, 9]);
    await page.getByRole('link', { name: '第 1 版', exact: true }).click();
    await page.getByText('已报送的第 1 版').waitFor();
    expect(await page.locator('.sheet-head').innerText()).toMatch(/^填报单位：上城区[^]*填表人：监督一科（示例）[^]*联系电话：/); // as printed, also of a version that was kept
    expect(await page.getByRole('button', { name: '补充报送' }).count()).toBe(0);
    await picture(page, 'running-district-form-1-versions');
  });

  it('sends Form 2 with its summary, which the city reads; the city’s roll-up says who has not sent yet', async () => {
    const { page } = county;
    await go(page, inCampaign(`/units/${unit}/forms/HZ-F2`));
    await page.getByLabel('填表人').fill('监督一科（示例）');
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('link', { name: '请填写工作总结' }).waitFor();
    await page.getByLabel('工作总结').fill('本区已完成名单梳理和自查自改（示例）。\n现场检查逐家开展。');
    await page.getByRole('button', { name: '报送', exact: true }).click();
    await page.getByRole('heading', { name: '已报送', exact: true }).waitFor();
    const city = await open('shi', inCampaign('/units/*/forms/HZ-F2'));
    await city.page.getByText(/尚未报送：.*西湖区/).waitFor();
    expect(await city.page.getByText(/尚未报送：/).innerText()).not.toContain('上城区');
    await picture(city.page, 'running-city-roll-up');
    await go(city.page, inCampaign(`/units/${unit}/forms/HZ-F2?version=1`));
    await city.page.getByRole('heading', { name: '工作总结' }).waitFor();
    expect(await city.page.locator('main').innerText()).toMatch(/本区已完成名单梳理和自查自改（示例）。\s+现场检查逐家开展。/);
    await picture(city.page, 'running-city-reads-summary');
    await go(city.page, inCampaign('/units/*/forms/HZ-F2'));
    await city.page.getByLabel('填表人').fill('综合科（示例）');
    await city.page.getByLabel('工作总结').fill('全市汇总（示例）。');
    await city.page.getByRole('button', { name: '报送', exact: true }).click();
    await city.page.getByText(/报送市卫生健康委综合监督处/).waitFor();
    const rolled = await formOf('HZ-F2', '*', 1);
    expect(new Set(rolled.draft.rows.map((row) => row[1])).size).toBe(rolled.draft.rows.length); // one body, one row
    await onPhone(city.page, 'running-city-roll-up-phone');
  });

  it('imports a list: bad cells are named by sheet and cell, good rows wait for the second click', async () => {
    const { page } = county;
    const serial = campaign.today.replaceAll('-', '').slice(2);
    const good = [1, 2].map((n) => ({ name: `示例体检中心 导入 0${n}`, creditCode: creditCodeOf(`52${unit}TT${serial}${n}`) }));
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet(registerTable.sheet);
    sheet.addRow(registerTable.columns.map(({ title }) => title));
    const row = (code: string, name: string, filedOn: string, outreach: string) => sheet.addRow([code, name, '职业健康检查机构', unit, '示例路 1 号', '体检科', '示例职检备字 1 号', filedOn, '接触粉尘类', '矽尘', outreach, '是']);
    for (const { creditCode, name } of good) row(creditCode, name, '2020-05-06', '否');
    row(`${good[0]!.creditCode.slice(0, 17)}${good[0]!.creditCode.endsWith('0') ? '1' : '0'}`, '示例体检中心 导入 03', '2020-05-06', '否'); // a wrong check digit
    row(creditCodeOf(`52${unit}TT${serial}4`), '', '2020-02-30', '也许');
    await go(page, '/institutions');
    await page.getByRole('link', { name: /导入/ }).first().click();
    await page.getByLabel('名单文件').setInputFiles({ name: '名单.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(await book.xlsx.writeBuffer()) });
    await page.getByRole('button', { name: '上传并预览' }).click();
    const wrong = page.getByRole('table', { name: '有误的单元格' });
    await wrong.waitFor();
    expect((await wrong.locator('tbody tr code').allInnerTexts()).sort()).toEqual(['名单!A4', '名单!B5', '名单!H5', '名单!K5']);
    expect(await page.getByRole('table', { name: '合格的行' }).locator('tbody tr').count()).toBe(2);
    await picture(page, 'running-district-import');
    const registered = async () => (await call<{ items: { name: string }[] }>(await asCounty(), 'GET', `/api/v1/institutions?q=${encodeURIComponent('示例体检中心 导入')}&limit=20`)).body.items.map(({ name }) => name).sort();
    expect(await registered()).toEqual([]);
    await page.getByRole('button', { name: '确认导入 2 行' }).click();
    await page.getByText('登记 2 家，内容未变 0 家。').waitFor();
    expect(await registered()).toEqual(good.map(({ name }) => name));
    await picture(page, 'running-district-imported');
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
