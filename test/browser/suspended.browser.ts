import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, qualification } from '@zhijian/contracts/http';
import { creditCodeOf } from '@zhijian/policy';
import type { Browser } from 'playwright-core';
import { call, theSystem, tokenOf } from '../support/system.js';
import { date, eventually, go, launched, onPhone, people, picture, until, visitor, type Visitor } from './chromium.js';

type Institution = AnswerOf<typeof qualification.getInstitution>;
/** A body of its own, so that nobody else's is suspended. */
const place = '330109';
const body = { creditCode: creditCodeOf(`91${place}MAEW${String(process.pid % 100_000).padStart(5, '0')}`), name: '示例体检中心（暂停测试）', kind: 'health-examination' };
const { open, seen } = people(() => browser);
let browser: Browser;
let officer: Visitor;
let id: string;
let today: string;

const publicState = async (): Promise<string | undefined> => (await (await fetch(`${theSystem().urls.portal}/public/v1/institutions/${body.creditCode}`)).json() as { qualifications?: { state: string }[] }).qualifications?.[0]?.state;
const now = async () => (await call<Institution>(await tokenOf('xian', place), 'GET', `/api/v1/institutions/${id}`)).body;

beforeAll(async () => {
  const county = await tokenOf('xian', place);
  ({ today } = (await call<{ today: string }>(county, 'GET', '/api/v1/clock')).body);
  const filing = { number: '（示例）备001', filedOn: `${Number(today.slice(0, 4)) - 1}-05-06`, categories: ['接触粉尘类'], items: [], outreach: false };
  id = (await call<{ institutionId: string }>(county, 'POST', '/api/v1/institutions', { ...body, jurisdiction: place, address: '示例路 8 号', contactPost: null, invented: true, filing })).body.institutionId;
  browser = await launched();
  officer = await open('xian', `/institutions/${id}`);
}, 60_000);
afterAll(() => browser?.close());

describe('a qualification that rests', () => {
  const form = () => officer.page.getByRole('form', { name: '资质的暂停、恢复和终止' });
  const look = () => form().getByRole('button', { name: '核对并登记' }).click();

  it('names what is missing beside its field, and is looked at a second time before it is entered', async () => {
    const { page } = officer;
    await look();
    await form().getByRole('link', { name: '请选择办理事项' }).waitFor();
    await form().getByRole('radio', { name: '登记暂停' }).check();
    await look();
    await form().getByRole('link', { name: '请写明依据' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-basis'));
    await form().getByRole('radio', { name: '责令暂停' }).check();
    await date(form(), '自何日起暂停', today);
    await form().getByLabel('依据的文件或者条款').fill('示例〔2024〕3号');
    await form().getByLabel('办理的理由').fill('人员不足（示例）');
    await picture(page, 'suspension-form');
    await onPhone(page, 'suspension-form-phone');
    await look();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${body.name}的职业健康检查机构资质自 ${today} 起暂停（责令暂停），依据：示例〔2024〕3号。`).waitFor();
    await dialog.getByRole('button', { name: '再改一下' }).click();
    expect((await now()).suspensions).toBeUndefined();
    await look();
    await picture(page, 'suspension-second-look');
    await dialog.getByRole('button', { name: '确认登记' }).click();
    await page.locator('.zj-chip').filter({ hasText: '暂停中' }).waitFor();
    await picture(page, 'suspension-entered');
  });

  it('is told to the public with its day and basis, and not why', async () => {
    await until(async () => ((await publicState()) === 'suspended' ? true : undefined));
    const citizen = await visitor(browser, { javaScriptEnabled: false });
    await citizen.page.goto(`${theSystem().urls.portal}/i/${body.creditCode}`);
    const text = await citizen.page.locator('article').innerText();
    expect(text).toMatch(new RegExp(`备案已暂停[^]*自 ${today} 起，责令暂停；依据：示例〔2024〕3号`));
    expect(text).not.toMatch(/人员不足|✓/);
    await picture(citizen.page, 'portal-suspended');
    await citizen.context.close();
  });

  it('entered in error, is put right by resuming on its first day', async () => {
    const { page } = officer;
    await go(page, `/institutions/${id}`);
    await form().getByRole('radio', { name: '登记恢复' }).check();
    await date(form(), '自何日起恢复', today);
    await form().getByLabel('依据的文件或者条款').fill('示例〔2024〕4号');
    await form().getByLabel('办理的理由').fill('登记有误（示例）');
    await look();
    await page.getByRole('dialog').getByText(/登记有误，予以更正，视为没有暂停过/).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '确认登记' }).click();
    await page.getByText(`${today} 的暂停登记有误，已更正`).waitFor();
    await until(async () => ((await publicState()) === undefined ? true : undefined));
  });

  it('ends by a form of its own, which says that nothing undoes it', async () => {
    const { page } = officer;
    await go(page, `/institutions/${id}`);
    await form().getByRole('radio', { name: '登记备案或资质注销' }).check();
    await date(form(), '办理日期', today);
    await form().getByLabel('办理的理由').fill('不再开展（示例）');
    await look();
    await page.getByRole('dialog').getByText('终止以后不能恢复').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '确认登记' }).click();
    await until(async () => ((await now()).filing?.closedOn === today ? true : undefined));
    await picture(page, 'suspension-ended');
    expect(seen()).toEqual([]);
  });
});
