import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import type { Browser, Locator, Page } from 'playwright-core';
import { accountOf, districts, membersOf, plusDays, theRunningCampaign, type Member, type RunningCampaign } from '../support/running.js';
import { call, tokenOf } from '../support/system.js';
import { date, eventually, go, launched, onPhone, people, picture, until, type Visitor } from './chromium.js';

type Report = AnswerOf<typeof inspection.getSelfCheck>;
type Subject = AnswerOf<typeof inspection.getInstitutionInCampaign>;

const unit: string = districts.selfCheck.code;
let browser: Browser;
let campaign: RunningCampaign;
let reporting: Member;
let onPaper: Member;
let body: Visitor;
let officer: Visitor;
const { open, seen } = people(() => browser);
const at = ({ institutionId }: Member, rest = '/self-check') => `/campaigns/${campaign.campaignId}/institutions/${institutionId}${rest}`;
const subjectOf = async (member: Member): Promise<Subject> => (await call<Subject>(await tokenOf('xian', unit), 'GET', `/api/v1${at(member, '')}`)).body;
const reportOf = async (member: Member): Promise<Report> => (await call<Report>(await tokenOf('xian', unit), 'GET', `/api/v1/self-checks/${(await subjectOf(member)).selfCheckId}`)).body;
const area = (page: Page, words: RegExp): Locator => page.getByRole('group', { name: words });
const chip = (page: Page, word: string): Locator => page.locator('.zj-chip').filter({ hasText: word });
const clearEverywhere = async (page: Page): Promise<void> => {
  for (const choice of await page.getByRole('radio', { name: '未发现问题' }).all()) await choice.check();
};

beforeAll(async () => {
  campaign = await theRunningCampaign();
  [reporting, onPaper] = (await membersOf(campaign, unit)).filter(({ selfCheckId }) => !selfCheckId) as [Member, Member];
  // Last year's circular names one body: its report has to answer for it.
  const circular = await call(await tokenOf('zhikong', '330100'), 'POST', '/api/v1/assessment-circulars', {
    year: Number(campaign.opensOn.slice(0, 4)) - 1, title: '上年度职业健康检查质量考核通报（示例）', institutions: [{ institutionId: reporting.institutionId, problems: ['胸片质控评片记录不全（示例）'] }],
  });
  expect([circular.status, JSON.stringify(circular.body)]).toEqual([201, expect.any(String)]);
  await until(async () => ((await subjectOf(reporting)).lastYearProblems.length > 0 ? true : undefined));
  browser = await launched();
  body = await open(accountOf(reporting.institutionId), at(reporting));
}, 240_000);
afterAll(() => browser?.close());

describe('a body reports on itself while the campaign goes on', () => {
  it('fills in its report: what was put right at once, what has a day, what last year’s circular named', async () => {
    const { page } = body;
    await page.getByRole('heading', { name: reporting.name, level: 1 }).waitFor();
    await clearEverywhere(page);
    const corrected = area(page, /服务档案管理情况/);
    await corrected.getByRole('radio', { name: '发现问题', exact: true }).check();
    await corrected.getByLabel('发现的问题').fill('部分个体结论告知签收单未归档');
    await corrected.getByRole('radio', { name: '已立即整改' }).check();
    const dated = area(page, /服务活动规范性情况/);
    await dated.getByRole('radio', { name: '发现问题', exact: true }).check();
    await dated.getByLabel('发现的问题').fill('听力检查室本底噪声测试报告过期');
    await dated.getByRole('radio', { name: '限期整改' }).check();
    await date(dated, '整改期限', plusDays(campaign.today, -1));
    const named = page.getByRole('listitem').filter({ hasText: '胸片质控评片记录不全（示例）' });
    await named.getByRole('radio', { name: '已立即整改' }).check();
    await page.getByLabel(/检查家数/).fill('二十');
    await page.getByLabel(/检查人数/).fill('3400');
    await page.getByLabel('用印岗位').fill('办公室（示例）');
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('link', { name: '请填写职业健康检查家数（整数）' }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('26');
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('heading', { name: '核对自查报告' }).waitFor();
    expect(await page.locator('.checked-items').innerText()).toMatch(new RegExp(`已于 ${campaign.today} 整改`));
    await picture(page, 'running-self-check-answers');
  });

  it('a day that has passed is refused beside its field, and nothing typed is lost; then it is sent and there is a receipt', async () => {
    const { page } = body;
    await page.getByRole('button', { name: '确认无误，报送' }).click();
    await page.getByRole('link', { name: '整改期限不能早于报送日期' }).click();
    const dated = area(page, /服务活动规范性情况/);
    expect(await dated.getByText('整改期限不能早于报送日期').count()).toBe(1);
    expect(await page.getByLabel(/检查家数/).inputValue()).toBe('26');
    await picture(page, 'running-self-check-refused');
    await date(dated, '整改期限', plusDays(campaign.today, 20));
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('button', { name: '确认无误，报送' }).click();
    await page.getByRole('heading', { name: '自查报告已报送' }).waitFor();
    const report = await reportOf(reporting);
    expect(await page.locator('main').innerText()).toContain(report.selfCheckId);
    expect([report.report, report.state, report.late, report.volumes, report.onBehalf]).toEqual([1, 'submitted', false, { employers: 26, workers: 3400 }, false]);
    expect(report.items.map(({ source, correctedOn, correctBy }) => [source, correctedOn, correctBy])).toEqual([
      ['assessment-last-year', campaign.today, null], ['self', campaign.today, null], ['self', null, plusDays(campaign.today, 20)],
    ]);
    await page.getByText('已报送，待接收').waitFor();
    await picture(page, 'running-self-check-receipt');
    await onPhone(page, 'running-self-check-receipt-phone');
  });

  it('an officer returns it with reasons, each on a line', async () => {
    officer = await open('xian', at(reporting));
    const { page } = officer;
    await page.getByRole('button', { name: '退回' }).click();
    await page.getByRole('link', { name: '请写明退回理由' }).waitFor();
    await page.getByLabel('退回理由').fill('请补充听力检查室的整改措施\n\n  请写明检查人数的口径  ');
    await page.getByRole('button', { name: '退回' }).click();
    await chip(page, '已退回').waitFor();
    expect(await page.locator('.reasons li').allInnerTexts()).toEqual(['请补充听力检查室的整改措施', '请写明检查人数的口径']);
    await picture(page, 'running-self-check-returned');
    await go(page, '/tasks');
    const waiting = page.getByRole('table', { name: '未办事项' }).locator('tbody tr').filter({ hasText: `等待更正已退回的自查报告：${reporting.name}` });
    await waiting.getByRole('button', { name: /^怎么算的/ }).waitFor();
    await waiting.getByRole('link').click();
    await chip(page, '已退回').waitFor();
  });

  it('the body reads the reasons, finds what it had written, corrects it and sends again', async () => {
    const { page } = body;
    await go(page, '/campaigns');
    const own = page.locator('.own-tasks li').filter({ hasText: '已退回，待更正' });
    await own.getByText(/24:00 前/).waitFor();
    expect(await page.locator('.own-tasks li').allInnerTexts()).toEqual([expect.stringContaining('自查报告')]); // what agencies do to it is theirs
    await own.getByRole('button', { name: /^怎么算的/ }).click();
    await page.locator('.ant-popover').getByText(/文件载明|届满/).first().waitFor();
    await picture(page, 'running-body-tasks');
    await page.getByRole('heading', { level: 1 }).click();
    await page.locator('.ant-popover').waitFor({ state: 'hidden' });
    await onPhone(page, 'running-body-tasks-phone');
    await own.getByRole('link').click();
    await page.getByText('请写明检查人数的口径').waitFor();
    const dated = area(page, /服务活动规范性情况/);
    expect(await dated.getByLabel('发现的问题').inputValue()).toBe('听力检查室本底噪声测试报告过期');
    await dated.getByLabel('发现的问题').fill('听力检查室本底噪声测试报告过期，已委托重新检测');
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await picture(page, 'running-self-check-again');
    await page.getByRole('button', { name: '确认无误，报送' }).click();
    await page.getByText('这是第 2 份报告').waitFor();
    const { report, state, history, items } = await reportOf(reporting);
    expect([report, state, items.map(({ text }) => text).at(-1), history.map((one) => one.state)]).toEqual([2, 'submitted', '听力检查室本底噪声测试报告过期，已委托重新检测', ['superseded', 'submitted']]);
  });

  it('the officer accepts it with another day for what is still open; a day that has passed is refused beside its field', async () => {
    const { page } = officer;
    await page.reload();
    const label = '听力检查室本底噪声测试报告过期，已委托重新检测';
    await date(page, new RegExp(label), plusDays(campaign.today, -3));
    await page.getByRole('button', { name: '接收' }).click();
    await page.getByRole('link', { name: /整改期限不能早于接收报告的日期/ }).click();
    await eventually(() => page.getByLabel(label).getAttribute('aria-invalid'), (it) => expect(it).toBe('true'));
    await date(page, new RegExp(label), plusDays(campaign.today, 10));
    await page.getByRole('button', { name: '接收' }).click();
    await chip(page, '已接收').waitFor();
    expect(await page.getByRole('table', { name: '问题与整改' }).innerText()).toContain(plusDays(campaign.today, 10));
    expect((await reportOf(reporting)).items.at(-1)!.acceptedBy).toBe(plusDays(campaign.today, 10));
    await picture(page, 'running-self-check-accepted');
  });

  it('an accepted report can still be returned: the body has asked for it', async () => {
    const { page } = officer;
    await page.getByLabel('退回理由').fill('应机构申请退回更正');
    await page.getByRole('button', { name: '退回' }).click();
    await chip(page, '已退回').waitFor();
    expect((await reportOf(reporting)).state).toBe('returned');
  });

  it('an officer enters a report from sealed paper, which counts from the day it came', async () => {
    const { page } = officer;
    await page.goto(new URL(at(onPaper), page.url()).href);
    await page.getByRole('button', { name: '代机构录入纸质报告' }).click();
    await clearEverywhere(page);
    await page.getByLabel(/检查家数/).fill('8');
    await page.getByLabel(/检查人数/).fill('410');
    await page.getByLabel('用印岗位').fill('院办（示例）');
    await page.getByRole('button', { name: '下一步：核对' }).click();
    for (const said of ['请填写收到纸质报告的日期', '请写明代为录入的理由']) await page.getByRole('link', { name: said }).waitFor();
    await page.getByLabel('代录理由').fill('机构网络故障，收到盖章纸质报告');
    await date(page, '收到纸质报告的日期', plusDays(campaign.today, 1));
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('button', { name: '确认无误，报送' }).click();
    await page.getByRole('link', { name: '不能晚于今天' }).click();
    await date(page, '收到纸质报告的日期', plusDays(campaign.today, -1));
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await picture(page, 'running-self-check-paper');
    await page.getByRole('button', { name: '确认无误，报送' }).click();
    await page.getByText('执法人员代录').waitFor();
    const report = await reportOf(onPaper);
    expect([report.onBehalf, report.late, Date.parse(report.receivedAt), report.noProblems]).toEqual([true, false, Date.parse(`${plusDays(campaign.today, -1)}T00:00:00+08:00`), true]);
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
