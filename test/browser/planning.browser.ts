import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, gateway, publication } from '@zhijian/contracts/http';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { installMoved } from '../support/moved-pack.js';
import { call, theSystem, tokenOf } from '../support/system.js';
import { eventually, go, launched, onPhone, picture, signedIn, until, type Visitor } from './chromium.js';

type Notice = AnswerOf<typeof publication.listNotices>['items'][number];
let browser: Browser;
let city: Visitor;
const name = '浏览器测试：职业健康检查专项治理';
const opened: Visitor[] = [];
const open = async (...given: Parameters<typeof signedIn>): Promise<Visitor> => {
  const it = await signedIn(...given);
  opened.push(it);
  return it;
};
const onward = (page: Visitor['page']) => page.getByRole('button', { name: /^下一步/ }).click();
/** Drafts stay drafts here: an approved campaign would start workflows in the system under test. */
const drafts = async () => (await call<{ items: { campaignId: string; name: string; state: string }[] }>(await tokenOf('shi'), 'GET', '/api/v1/campaigns?limit=500')).body.items.filter((it) => it.name === name);

beforeAll(async () => {
  browser = await launched();
  city = await open(browser, 'shi', '/campaigns/new');
}, 60_000);
afterAll(() => browser?.close());

describe('planning a campaign', () => {
  it('begins with the pack; its findings are shown with the readings that answer them', async () => {
    const { page } = city;
    await page.getByRole('radio', { name: /2023年杭州市/ }).check();
    await picture(page, 'plan-pack');
    await onward(page);
    await page.getByText(/样例 \d+ 项相符，0 项不符/).waitFor();
    expect(new URL(page.url()).searchParams.get('step')).toBe('findings');
    await page.getByText(/“自查报告”有2个期限/).waitFor();
    await page.getByText(/AMB-HZ-1 取：/).first().waitFor();
    await picture(page, 'plan-findings');
    await onward(page);
  });

  it('takes days of the units\' own only inside what the pack allows, and names the refused', async () => {
    const { page } = city;
    await page.getByRole('button', { name: '全选', exact: true }).click();
    const report = page.getByLabel('自查报告', { exact: true });
    await report.fill('2023-04-20');
    await page.keyboard.press('Enter');
    const refused = page.getByRole('alert').filter({ hasText: '以下日期方案不允许' });
    await refused.waitFor();
    expect(await refused.innerText()).toMatch(/自查报告，2023-04-20[^]*最迟 2023-04-15/);
    expect(await page.getByRole('button', { name: /^下一步/ }).count()).toBe(0);
    await picture(page, 'plan-refused');
    await page.getByRole('button', { name: '去掉' }).click();
    await report.fill('2023-04-10');
    await page.keyboard.press('Enter');
    await page.getByText('均在方案允许的范围内').waitFor();
    await onward(page);
  });

  it('shows every duty on its day and says why it is that day; a reload keeps what was chosen', async () => {
    const { page } = city;
    await page.reload();
    await page.locator('.plan-gantt').waitFor();
    expect(await page.locator('.plan-gantt tbody tr').count()).toBe(4);
    expect(await page.locator('.plan-overlap').allInnerTexts()).toContain('与“执法检查阶段”同时进行：2023-04-01 至 2023-04-30');
    const row = page.getByRole('table', { name: '任务与期限' }).locator('tr').filter({ hasText: '自查报告' }).first();
    expect(await row.innerText()).toContain('2023-04-10');
    await row.getByRole('button', { name: /怎么算的/ }).click();
    await page.getByText(/本单位自定为 2023-04-10，方案最迟为 2023-04-15/).waitFor();
    await picture(page, 'plan-gantt');
    await page.getByRole('heading', { level: 1 }).click();
    await page.locator('.ant-popover').waitFor({ state: 'hidden' });
    await onPhone(page, 'plan-gantt-phone');
    await onward(page);
  });

  it('is rehearsed: the chart, who has too much, and what lateness brings; nothing is kept', async () => {
    const { page } = city;
    const before = (await drafts()).length;
    await page.getByRole('table', { name: '各单位的机构与执法人员' }).waitFor();
    for (const box of await page.getByLabel(/假设的机构家数/).all()) await box.fill('3');
    for (const box of await page.getByLabel(/执法人员数/).all()) await box.fill('2');
    await page.getByLabel('迟报比例（%）').fill('20');
    await page.getByRole('button', { name: '推演', exact: true }).click();
    await page.getByRole('heading', { name: '如果 20% 迟报' }).waitFor();
    const late = page.getByRole('table', { name: '迟报的影响' }).locator('tr').filter({ hasText: '逾期报送' }).locator('td');
    expect(Number(await late.nth(1).innerText())).toBe(0);
    expect(Number(await late.nth(2).innerText())).toBeGreaterThan(0);
    expect(await page.locator('.plan-chart tbody tr').count()).toBeGreaterThan(20);
    await picture(page, 'plan-rehearsal');
    await onPhone(page, 'plan-rehearsal-phone');
    expect((await drafts()).length).toBe(before);
    await onward(page);
  });

  it('is drafted; its author sees why he cannot approve it, another person can', async () => {
    const { page } = city;
    await page.getByLabel('行动名称').fill(name);
    await page.getByRole('button', { name: '保存草案' }).click();
    await page.getByText('行动由您拟定，须由另一人批准').waitFor();
    expect(await page.getByRole('button', { name: '批准', exact: true }).isDisabled()).toBe(true);
    await picture(page, 'plan-drafted');
    expect((await drafts())[0]).toMatchObject({ state: 'draft' });
    const other = await open(browser, 'sheng', '/campaigns');
    const card = other.page.locator('section').filter({ has: other.page.getByRole('heading', { name, exact: true }) }).first();
    expect(await card.getByRole('button', { name: '批准', exact: true }).isEnabled()).toBe(true);
  });

  it('is the ground for the next one: its name a year later, its units, and days that are proposed anew; the old ones cannot be used again', async () => {
    const { page } = city;
    await go(page, '/campaigns');
    const link = page.getByRole('link', { name: '以此为底拟定下一次' }).first();
    await link.click();
    await page.getByText(/已带入 \d+ 个填报单位/).waitFor();
    await page.waitForURL((url) => !url.searchParams.has('from'));
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(1);
    await page.getByText('所选的是上一次的政策包，日期已经用过').waitFor();
    expect(await page.getByRole('button', { name: /^下一步/ }).count()).toBe(0);
    const form = page.getByRole('form', { name: '下一年的日期' });
    const make = form.getByRole('button', { name: /^生成 \d{4} 年的草稿$/ });
    await make.waitFor();
    const first = form.getByRole('textbox').first();
    const [label, proposed] = [await first.evaluate((it: HTMLInputElement) => it.labels?.[0]?.textContent ?? ''), await first.inputValue()];
    await first.fill('');
    await page.keyboard.press('Tab');
    await make.click();
    await page.getByRole('link', { name: new RegExp(`^${label}：请填写`) }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-dates-0-on'));
    await onPhone(page, 'plan-next-year-phone');
    await first.fill(proposed);
    await page.keyboard.press('Tab');
    await make.click();
    await page.getByText(/已生成 \d{4} 年的政策包草稿/).waitFor();
    await page.getByRole('link', { name: 'campaign.yaml', exact: true }).waitFor();
    await picture(page, 'plan-next-year');
    await page.getByRole('button', { name: '不以上一次行动为底，重新拟定' }).click();
  });
});

describe('the calendar', () => {
  it('shows 休 and 班 with the notice they rest on, and what ends', async () => {
    const { page } = city;
    await go(page, '/calendar?month=2023-04');
    await page.getByRole('table', { name: '工作日与休息日' }).waitFor();
    expect(await page.locator('.month-rest').count()).toBe(3);
    expect(await page.locator('.month-work').count()).toBe(1);
    await page.getByRole('button', { name: /^4月5日/ }).click();
    await page.getByText('依据：国办发明电〔2022〕16号').waitFor();
    await picture(page, 'calendar');
    await onPhone(page, 'calendar-phone');
  });

  it('reckons a period and shows the days that were counted', async () => {
    const { page } = city;
    await page.getByLabel('事件发生之日').fill('2024-09-13');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '期限' }).fill('5');
    await page.getByRole('button', { name: '计算', exact: true }).click();
    await page.getByText('2024-09-23 24:00').waitFor();
    expect(await page.locator('.zj-counted li').allInnerTexts()).toEqual(['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23']);
  });

  it('has the last days of notices and of answers to objections, by place and body, and how they were counted; the file for a calendar program has the same', async () => {
    const token = await tokenOf('sheng', '500000');
    const { items: notices } = (await call<{ items: Notice[] }>(token, 'GET', '/api/v1/notices?limit=500')).body;
    const notice = notices.find(({ jurisdiction, state, lastDay, because }) => jurisdiction === '500000' && ['posted', 'ended', 'settled'].includes(state) && because === 'run' && lastDay !== null)!;
    const month = notice.lastDay!.slice(0, 7);
    const { page } = await open(browser, 'sheng', `/calendar?month=${month}`);
    const table = page.getByRole('table', { name: '本月到期的期限' });
    const row = table.locator('tr').filter({ has: page.locator(`a[href='/notices/${notice.noticeId}']`) });
    await row.getByText(notice.state === 'posted' ? '公示中' : '公示期满').waitFor();
    expect(await row.innerText()).toMatch(new RegExp(`^${notice.lastDay} 24:00 止[^]*重庆市[^]*公示：${notice.title.replaceAll(/[()]/g, '.')}`));
    await row.getByRole('button', { name: /怎么算的/ }).click();
    await page.getByText(/起5个工作日，当日不计/).waitFor();
    await picture(page, 'calendar-notices');
    await page.keyboard.press('Escape');
    const shown = (await call<AnswerOf<typeof gateway.listClocks>>(await tokenOf('sheng'), 'GET', `/api/v1/clocks?from=${month}-01&to=${month}-${new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()}`)).body.items;
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出到日历（ics）' }).click()]);
    const lines = readFileSync(await download.path(), 'utf8').replaceAll('\r\n ', '').split('\r\n');
    const events = lines.filter((line) => line.startsWith('DTSTART')).map((line) => line.slice(-8));
    expect(events.sort()).toEqual(shown.map(({ dueOn }) => dueOn.replaceAll('-', '')).sort());
    expect(lines).toContain(`UID:notice.500000.notice-${notice.noticeId}@zhijian`);
    await page.locator('.month').getByRole('button', { name: new RegExp(`^${Number(month.slice(5))}月${Number(notice.lastDay!.slice(8))}日.*项到期`) }).click();
    await page.locator('.month-day').getByText(`公示：${notice.title}`).first().waitFor();
    await onPhone(page, 'calendar-notices-phone');
  });

  it('a notice that contradicts itself is refused beside its field', async () => {
    const { page } = city;
    await page.getByRole('textbox', { name: '年份' }).fill('2031');
    await page.getByLabel('放假的日子').fill('2031-05-01 至 2031-05-03');
    await page.getByLabel('调休上班的周六、周日').fill('2031-05-01');
    await page.getByRole('button', { name: '录入并预览' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/[一-鿿]/);
    expect(await page.getByLabel('放假的日子').inputValue()).toContain('2031-05-01');
  });
});

describe('what a campaign aims at, records and draws', () => {
  let heshui: string;
  let year: string;
  /** Heshui's text with its two years moved onto this one and the next: of the printed ones nothing is ahead any more, and a campaign that has nothing ahead is finished. */
  beforeAll(async () => {
    const { today } = (await call<{ today: string }>(await tokenOf('shi'), 'GET', '/api/v1/clock')).body;
    year = today.slice(0, 4);
    const [id, next] = ['testland/quality-action', String(Number(year) + 1)];
    await installMoved(today, { id, title: '示例地职业病防治机构提质合规行动', version: 1, printed: { pack: 'heshui/quality-action-2024', source: 'heshui-2024-quality-action.txt', year: Number(year), month: Number(today.slice(5, 7)) }, instead: [['2024', year], ['2025', next]] });
    heshui = await until(async () => (await call<{ campaignId?: string }>(await tokenOf('shi'), 'POST', '/api/v1/campaigns', { name: `${name} ${id}`, pack: id, units: [{ code: '621024', name: '合水县' }] })).body.campaignId); // the rooms learn of a pack within seconds
    const approved = await call<{ state?: string }>(await tokenOf('sheng'), 'POST', `/api/v1/campaigns/${heshui}/approval`, {});
    expect(approved).toMatchObject({ status: 201, body: { state: 'approved' } });
  }, 120_000);

  it('targets say what is asked and what was reached; nothing to count is 不适用, not zero', async () => {
    const { page } = city;
    await go(page, `/campaigns/${heshui}/targets`);
    const table = page.getByRole('table', { name: '目标与实际' });
    await table.waitFor();
    expect(await table.innerText()).toMatch(/不低于 95%[^]*不适用/);
    await table.getByRole('button', { name: /^依据 HS-/ }).first().click();
    await page.locator('.ant-popover .zj-clauses dd').first().waitFor();
    await picture(page, 'targets');
  });

  it('a duty without a page of its own is recorded line by line; what is missing is named beside its field', async () => {
    const { page } = city;
    await go(page, `/campaigns/${heshui}/duties/issue-list?unit=621024`);
    await page.getByText(`${year}-08-31 24:00 前`).waitFor();
    await page.getByRole('button', { name: '增加一项' }).click();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('link', { name: '请写明问题' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-issues-0-text'));
    await picture(page, 'duty');
    await onPhone(page, 'duty-phone');
  });

  it('a running campaign moves to a newer version of its pack only where there is one', async () => {
    const { page } = city;
    await go(page, `/campaigns/${heshui}/amendments`);
    await page.getByText('没有安装比第 1 版更新的版本').waitFor();
  });

  it('a sample is for officers; a body is told of no such page', async () => {
    const body = await open(browser, 'jigou', `/campaigns/${heshui}/samples/any`);
    await body.page.getByRole('heading', { name: '没有这个页面' }).waitFor();
    expect(await body.page.locator('main').innerText()).not.toMatch(/抽/);
  });
});

it('nothing was asked of any other host, and no page broke', () => {
  expect(opened.flatMap(({ outside }) => outside)).toEqual([]);
  expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
  expect(theSystem().screenshots).toBeTruthy();
});
