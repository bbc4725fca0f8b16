import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import type { Browser } from 'playwright-core';
import { accountOf, plusDays } from '../support/running.js';
import { call, tokenOf } from '../support/system.js';
import { date, launched, onPhone, people, picture, until, type Visitor } from './chromium.js';

type Duty = AnswerOf<typeof inspection.getRectification>;

let browser: Browser;
let today: string;
let owed: Duty;
let body: Visitor;
let officer: Visitor;
const { open, seen } = people(() => browser);
const duty = async (): Promise<Duty> => (await call<Duty>(await tokenOf('sheng', '500000'), 'GET', `/api/v1/rectifications/${owed.rectificationId}`)).body;

beforeAll(async () => {
  const commission = await tokenOf('sheng', '500000');
  today = (await call<{ today: string }>(commission, 'GET', '/api/v1/clock')).body.today;
  const { items } = (await call<{ items: Duty[] }>(commission, 'GET', '/api/v1/rectifications?jurisdiction=500000&year=2025&limit=500&board=overdue')).body;
  owed = items.find(({ reports }) => reports === 0)!; // one of those who never reported in the demonstration
  browser = await launched();
  body = await open(accountOf(owed.institutionId), `/rectifications/${owed.rectificationId}`);
}, 120_000);
afterAll(() => browser?.close());

describe('a rectification report, from the body’s page to the verified end', () => {
  it('is handed in late, problem by problem; what is in the future or missing stands at its field', async () => {
    const { page } = body;
    const form = page.getByRole('form', { name: '提交整改报告' });
    await form.getByLabel('整改情况').fill('已逐项整改（示例）。\n附表另报。');
    await form.getByLabel('存在的问题').fill('原始记录缺少签名');
    await form.getByLabel('整改措施').fill('修订表格并培训');
    await date(form, '已于何日整改', plusDays(today, 1));
    await form.getByRole('button', { name: '再加一个问题' }).click();
    const second = form.getByRole('group', { name: '问题 2' });
    await second.getByLabel('存在的问题').fill('设备检定超期');
    await form.getByLabel('盖章岗位').fill('办公室（示例）');
    await form.getByRole('button', { name: '提交', exact: true }).click();
    for (const said of ['整改日期不能晚于今天', '请填写第 2 个问题的整改措施', '第 2 个问题须写明已整改的日期或者整改期限']) await form.getByRole('link', { name: said }).waitFor();
    await date(form.getByRole('group', { name: '问题 1' }), '已于何日整改', today);
    await second.getByLabel('整改措施').fill('送检');
    await date(second, '尚未整改的，何日以前', plusDays(today, -1));
    await form.getByRole('button', { name: '提交', exact: true }).click();
    await form.getByRole('link', { name: '整改期限不能早于提交日期' }).click();
    await picture(page, 'rectified-refused');
    await date(second, '尚未整改的，何日以前', plusDays(today, 30));
    await form.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText(/第 1 份[^]*逾期[^]*待审核/).first().waitFor();
    expect(await duty()).toMatchObject({ state: 'submitted', late: true, reports: 1 });
    await picture(page, 'rectified-submitted');
    await onPhone(page, 'rectified-submitted-phone');
  });

  it('is returned with reasons, which the body reads; it hands in again', async () => {
    officer = await open('sheng', `/rectifications/${owed.rectificationId}`);
    await officer.page.getByLabel('退回理由').fill('请补充设备检定的安排\n请附照片编号');
    await officer.page.getByRole('button', { name: '退回' }).click();
    await officer.page.getByText(/第 1 份[^]*已退回/).first().waitFor();
    const { page } = body;
    await page.reload();
    await page.getByText('请附照片编号').waitFor();
    const form = page.getByRole('form', { name: '重新提交整改报告' });
    await form.getByLabel('整改情况').fill('已补充检定安排（示例）。');
    await form.getByLabel('存在的问题').fill('设备检定超期');
    await form.getByLabel('整改措施').fill('已送检并取得证书');
    await date(form, '已于何日整改', today);
    await form.getByLabel('盖章岗位').fill('办公室（示例）');
    await form.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText(/第 2 份[^]*待审核/).first().waitFor();
    await picture(page, 'rectified-again');
  });

  it('is accepted; the agency writes by which day it must be rectified, and records that it was', async () => {
    const { page } = officer;
    await page.reload();
    await page.getByRole('button', { name: '通过', exact: true }).click();
    await page.getByText('已通过').first().waitFor();
    const limit = page.getByRole('form', { name: '写明整改期限' });
    await date(limit, '整改期限', plusDays(today, -1));
    await limit.getByLabel('文书文号').fill('示例限改〔2026〕1号');
    await limit.getByLabel('理由').fill('报告所列问题须限期完成');
    await limit.getByRole('button', { name: '写明期限' }).click();
    await limit.getByRole('link', { name: '整改期限不能早于今天' }).waitFor();
    await date(limit, '整改期限', plusDays(today, 40));
    await limit.getByRole('button', { name: '写明期限' }).click();
    await page.getByText(/示例限改〔2026〕1号：报告所列问题须限期完成/).waitFor();
    await picture(page, 'rectified-limited');
    const verify = page.getByRole('form', { name: '登记核实整改' });
    await date(verify, '整改完成的日期', today);
    await verify.getByLabel('据以核实').selectOption({ label: '已通过的整改报告' });
    await verify.getByLabel('核实人员').fill('执法证甲、执法证乙');
    await verify.getByRole('button', { name: '登记已整改' }).click();
    await page.getByText(new RegExp(`${today} 整改完成`)).first().waitFor();
    expect(await duty()).toMatchObject({ state: 'accepted', limitOn: plusDays(today, 40), rectifiedOn: today, verification: { inTime: true, verifiedBy: ['执法证甲', '执法证乙'] } });
    await picture(page, 'rectified-verified');
    await onPhone(page, 'rectified-verified-phone');
  });

  it('the body sees that it is done, and is asked for nothing more', async () => {
    const { page } = body;
    await until(async () => { await page.reload(); await page.getByRole('heading', { name: '要求' }).waitFor(); return (await page.getByText(/整改完成/).count()) ? true : undefined; });
    expect(await page.getByRole('form').count()).toBe(0);
    await picture(page, 'rectified-body');
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
