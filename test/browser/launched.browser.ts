import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import type { Browser } from 'playwright-core';
import { installMoved, moved } from '../support/moved-pack.js';
import { call, tokenOf } from '../support/system.js';
import { go, launched, onPhone, picture, signedIn, until, type Visitor } from './chromium.js';

type Overview = AnswerOf<typeof inspection.getOverview>;
type Campaign = AnswerOf<typeof inspection.getCampaign>;

/** A pack whose days lie around today, and a campaign by it: each run of this file has its own. */
const serial = String(Date.now() % 1_000_000_000);
const id = `testland/launched-${serial}`;
const title = `示例市职业健康检查专项治理（点选启动 ${serial}）`;
const name = `浏览器测试：点选启动的专项治理 ${serial}`;
const units = [{ code: '330122', name: '桐庐县' }, { code: '330127', name: '淳安县' }] as const;
const form = '职业健康检查执业行为自查情况登记表（附表1）';
let browser: Browser;
let today: string;
let campaignId: string;
const visitors: Visitor[] = [];
const open = async (account: string, path: string): Promise<Visitor> => {
  const it = await signedIn(browser, account, path);
  visitors.push(it);
  return it;
};
const on = (printed: string): string => moved(printed, today);
const onward = (page: Visitor['page']) => page.getByRole('button', { name: /^下一步/ }).click();
const campaignNow = async (): Promise<Campaign> => (await call<Campaign>(await tokenOf('shi', '330100'), 'GET', `/api/v1/campaigns/${campaignId}`)).body;
const installed = (version: number) => until(async () => ((await call<{ items: { id: string; version: number }[] }>(await tokenOf('shi'), 'GET', '/api/v1/packs')).body.items.some((it) => it.id === id && it.version === version) ? true : undefined));

beforeAll(async () => {
  today = (await call<{ today: string }>(await tokenOf('shi'), 'GET', '/api/v1/clock')).body.today;
  await installMoved(today, { id, title, version: 1 });
  await installed(1);
  browser = await launched();
}, 120_000);
afterAll(() => browser?.close());

describe('a campaign launched by clicking, on the real rooms', () => {
  let city: Visitor;

  it('is planned from its pack and its findings over its districts and one’s own day to the plan and its rehearsal', async () => {
    city = await open('shi', '/campaigns/new');
    const { page } = city;
    await page.getByRole('radio', { name: new RegExp(serial) }).check();
    await onward(page);
    await page.getByText(/样例 \d+ 项相符，0 项不符/).waitFor();
    await onward(page);
    for (const unit of units) await page.getByRole('checkbox', { name: unit.name, exact: true }).check();
    await page.getByLabel('为哪个单位定日期').selectOption(units[0].code);
    await page.getByLabel('自查报告', { exact: true }).fill(on('2023-04-10'));
    await page.keyboard.press('Enter');
    await page.getByText('已自定 1 个日期，均在方案允许的范围内').waitFor();
    await picture(page, 'launched-units');
    await onward(page);
    const duties = page.getByRole('table', { name: '任务与期限' });
    await duties.waitFor();
    expect(await page.locator('.plan-gantt tbody tr').count()).toBe(4);
    expect(await duties.innerText()).toContain(on('2023-04-20'));
    await picture(page, 'launched-gantt');
    await onward(page);
    for (const box of await page.getByLabel(/假设的机构家数/).all()) await box.fill('3');
    for (const box of await page.getByLabel(/执法人员数/).all()) await box.fill('2');
    await page.getByRole('button', { name: '推演', exact: true }).click();
    await page.locator('.plan-chart tbody tr').first().waitFor();
    await onward(page);
  });

  it('is drawn up by one person and approved by another; then it is launched, its lists are frozen and its stages open', async () => {
    const { page } = city;
    await page.getByLabel('行动名称').fill(name);
    await page.getByRole('button', { name: '保存草案' }).click();
    await page.getByText('行动由您拟定，须由另一人批准').waitFor();
    campaignId = (await call<{ items: Campaign[] }>(await tokenOf('shi', '330100'), 'GET', '/api/v1/campaigns?limit=500')).body.items.find((it) => it.name === name)!.campaignId;
    expect((await campaignNow()).state).toBe('draft');
    const other = await open('sheng', '/campaigns');
    const card = other.page.locator('section').filter({ has: other.page.getByRole('heading', { name, exact: true }) }).first();
    await card.getByRole('button', { name: '批准', exact: true }).click();
    await other.page.getByRole('dialog').getByRole('button', { name: '批准并启动' }).click();
    await until(async () => ((await campaignNow()).state === 'approved' ? true : undefined));
    const overview = async () => (await call<Overview>(await tokenOf('shi', '330100'), 'GET', `/api/v1/campaigns/${campaignId}/overview`)).body;
    await until(async () => ((await overview()).units.every(({ stages, funnel }) => funnel.roster > 0 && ['self-check', 'enforcement'].every((kind) => stages.some((stage) => stage.kind === kind && stage.openedAt))) ? true : undefined));
    expect((await campaignNow()).units.map(({ code }) => code).sort()).toEqual(units.map(({ code }) => code));
    await go(other.page, `/campaigns/${campaignId}`);
    for (const unit of units) await other.page.getByRole('link', { name: unit.name, exact: true }).first().waitFor();
    await picture(other.page, 'launched-overview');
    await onPhone(other.page, 'launched-overview-phone');
    await go(other.page, `/campaigns/${campaignId}/units/${units[0].code}`);
    await other.page.getByText(on('2023-04-10')).first().waitFor(); // the district's own day
    await picture(other.page, 'launched-unit');
  });
});

describe('a later version of the pack', () => {
  const before = () => on('2023-04-20');
  const after = () => on('2023-04-24');
  const daysOf = async (): Promise<(string | null)[]> => (await call<AnswerOf<typeof inspection.getUnit>>(await tokenOf('shi', '330100'), 'GET', `/api/v1/campaigns/${campaignId}/units/${units[1].code}`)).body.stages.flatMap(({ duties }) => duties).filter(({ id: duty }) => duty === 'self-check-form').map(({ dueOn }) => dueOn);

  it('is installed beside the first; what differs is listed value by value, and the running campaign stays as it was', async () => {
    await installMoved(today, { id, title, version: 2, instead: [['2023年4月20日', '2023年4月24日'], ['2023-04-20', '2023-04-24']] });
    await installed(2);
    const { page } = await open('shi', `/packs/${id}/1`);
    await page.getByRole('tab', { name: '版本差异', exact: true }).click();
    await page.getByLabel('与哪一个比较').selectOption(`${id}@2`);
    const table = page.getByRole('table', { name: '差异' });
    await table.waitFor();
    const words = await table.innerText();
    expect(words).toContain(before());
    expect(words).toContain(after());
    await picture(page, 'versions-diff');
    await onPhone(page, 'versions-diff-phone');
    expect((await campaignNow()).packVersion).toBe(1);
    expect(await daysOf()).toEqual([before()]);
  });

  it('is taken over by the running campaign only by a recorded decision of somebody else than who approved it', async () => {
    const approver = await open('sheng', `/campaigns/${campaignId}/amendments`);
    const decide = async ({ page }: Visitor) => {
      await page.getByLabel('新版本', { exact: true }).selectOption(`${id}@2`);
      await page.getByRole('table', { name: '变动的期限' }).waitFor();
      await page.getByRole('button', { name: '改用新版本', exact: true }).click();
      await page.getByRole('link', { name: '请写明改用新版本的理由' }).waitFor();
      await page.getByRole('form', { name: '改用政策包新版本' }).getByLabel('理由', { exact: true }).fill('登记表报送日期更正（示例）');
      await page.getByRole('button', { name: '改用新版本', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^改\s*用$/ }).click();
    };
    await decide(approver);
    await approver.page.getByText('本行动由您批准，改用新版本须由另一人决定').waitFor();
    await picture(approver.page, 'versions-own');
    expect((await campaignNow()).packVersion).toBe(1);
    const other = await open('shi', `/campaigns/${campaignId}/amendments`);
    const rows = other.page.getByRole('table', { name: '变动的期限' });
    await other.page.getByLabel('新版本', { exact: true }).selectOption(`${id}@2`);
    await rows.waitFor();
    expect(await rows.locator('tr').filter({ hasText: form }).filter({ hasText: units[1].name }).innerText()).toMatch(new RegExp(`${before()}[^]*${after()}`));
    await picture(other.page, 'versions-preview');
    await decide(other);
    await other.page.getByText(new RegExp(`已改用 ${id}@2`)).waitFor();
    expect([(await campaignNow()).packVersion, await daysOf()]).toEqual([2, [after()]]);
    await other.page.reload();
    const record = other.page.getByRole('table', { name: '变更记录' }).locator('tbody tr').first();
    await record.waitFor();
    expect(await record.innerText()).toMatch(/改用政策包\s*新版本\s+全部[^]*登记表报送日期更正（示例）/);
    await picture(other.page, 'versions-moved');
    await onPhone(other.page, 'versions-moved-phone');
  });
});

it('nothing was asked of any other host, and no page broke', () => {
  expect(visitors.flatMap(({ outside, faults }) => [...outside, ...faults])).toEqual([]);
});
