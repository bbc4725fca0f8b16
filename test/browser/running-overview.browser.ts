import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import type { Browser, Locator, Page } from 'playwright-core';
import { accountOf, districts, judgedCity, membersOf, plusDays, theRunningCampaign, theRunningNorm, type Member, type RunningCampaign } from '../support/running.js';
import { call, tokenOf } from '../support/system.js';
import { date, go, launched, onPhone, people, picture, twoOfficers } from './chromium.js';

type Overview = AnswerOf<typeof inspection.getOverview>;
type Case = AnswerOf<typeof inspection.listCases>['items'][number];
type Subject = AnswerOf<typeof inspection.getInstitutionInCampaign>;

const district = districts.overview;
const unit: string = district.code;
let browser: Browser;
let campaign: RunningCampaign;
const { open, seen } = people(() => browser);
const inCampaign = (rest = '') => `/campaigns/${campaign.campaignId}${rest}`;
const county = () => tokenOf('xian', unit);
const overview = async (): Promise<Overview> => (await call<Overview>(await tokenOf('shi', '330100'), 'GET', `/api/v1${inCampaign('/overview')}`)).body;
const subjectOf = async ({ institutionId }: Member): Promise<Subject> => (await call<Subject>(await county(), 'GET', `/api/v1${inCampaign(`/institutions/${institutionId}`)}`)).body;
const withoutReport = async (): Promise<Member[]> => (await membersOf(campaign, unit)).filter(({ selfCheckId }) => !selfCheckId);
/** The line of the district's reports in what will be late next. */
const waiting = (page: Page): Locator => page.locator('.next-due li').filter({ hasText: district.name }).filter({ hasText: '自查报告' });

/** A report on sealed paper, entered for a body: nothing found, last year's problems put right. */
async function reported(member: Member): Promise<void> {
  const { lastYearProblems } = await subjectOf(member);
  const on = plusDays(campaign.today, -1);
  const items = lastYearProblems.map(({ problemId, text }) => ({ source: 'assessment-last-year', problemId, text, correctedOn: on, correctBy: null }));
  const answer = await call(await county(), 'POST', `/api/v1${inCampaign('/self-checks')}`, {
    institutionId: member.institutionId, noProblems: items.length === 0, volumes: { employers: 6, workers: 300 }, items, sealedBy: '办公室（示例）', onBehalf: { receivedOn: on, reason: '收到盖章纸质报告' },
  });
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([201, expect.any(String)]);
}

beforeAll(async () => {
  campaign = await theRunningCampaign();
  browser = await launched();
}, 240_000);
afterAll(() => browser?.close());

describe('the overview of a campaign that goes on', () => {
  it('draws today’s line through every district at today’s place among the days of the months', async () => {
    const { page } = await open('shi', inCampaign());
    await page.locator('.gantt-today').first().waitFor();
    await page.getByText(`今天 ${campaign.today}`).waitFor();
    // The months above the bars, from the first of one to the last of another, say how many days there are.
    const months = await page.locator('.gantt-months span').allInnerTexts();
    const [year, month] = /^(\d+)年(\d+)月$/.exec(months[0]!)!.slice(1).map(Number) as [number, number];
    const day = (on: string | number) => (typeof on === 'string' ? Date.parse(on) : on) / 86_400_000;
    const first = day(Date.UTC(year, month - 1, 1));
    const days = day(Date.UTC(year, month - 1 + months.length, 1)) - first;
    const rows = await page.locator('.gantt-lanes').all();
    expect(rows).toHaveLength(campaign.units.length);
    for (const row of rows) {
      const [lanes, line] = [(await row.boundingBox())!, (await row.locator('.gantt-today').boundingBox())!];
      const aDay = lanes.width / days;
      expect(Math.abs(line.x - lanes.x - (day(campaign.today) - first) * aDay)).toBeLessThan(Math.max(1, aDay / 2));
    }
    expect(await page.locator('.gantt caption').innerText()).toBe('各区、县（市）各阶段的计划时段与实际进度');
    await picture(page, 'running-overview');
    await onPhone(page, 'running-overview-phone');
  });

  it('lists what falls due next, the nearest first, and drops it as reports are handed in', async () => {
    const { page } = await open('shi', inCampaign());
    await page.locator('.next-due li').first().waitFor();
    const { next } = await overview();
    expect(next.map(({ dueOn }) => dueOn)).toEqual(next.map(({ dueOn }) => dueOn).sort());
    const told = await page.locator('.next-due li').evaluateAll((lines) => lines.map((line) => line.textContent ?? ''));
    expect(told.map((line, at) => [line.includes(next[at]!.dueOn), line.includes(next[at]!.unitName), line.includes(next[at]!.title)])).toEqual(next.map(() => [true, true, true]));
    const left = await withoutReport();
    const [last, ...others] = left as [Member, ...Member[]];
    await waiting(page).getByText(`还有 ${left.length} 项未完成`).waitFor();
    await reported(others.pop()!);
    await waiting(page).getByText(`还有 ${left.length - 1} 项未完成`).waitFor(); // the page asks again by itself
    for (const member of others) await reported(member);
    await waiting(page).getByText('还有 1 项未完成').waitFor();
    await picture(page, 'running-overview-next');

    const { page: own } = await open(accountOf(last.institutionId), inCampaign(`/institutions/${last.institutionId}/self-check`));
    await own.getByRole('heading', { name: last.name, level: 1 }).waitFor();
    for (const choice of await own.getByRole('radio', { name: '未发现问题' }).all()) await choice.check();
    for (const choice of await own.getByRole('listitem').getByRole('radio', { name: '已立即整改' }).all()) await choice.check();
    await own.getByLabel(/检查家数/).fill('9');
    await own.getByLabel(/检查人数/).fill('700');
    await own.getByLabel('用印岗位').fill('办公室（示例）');
    await own.getByRole('button', { name: '下一步：核对' }).click();
    await own.getByRole('button', { name: '确认无误，报送' }).click();
    await own.getByRole('heading', { name: '自查报告已报送' }).waitFor();
    await waiting(page).waitFor({ state: 'detached' });
    expect((await overview()).next.some(({ unit: of, title }) => of === unit && title === '自查报告')).toBe(false);
    await picture(page, 'running-overview-dropped');
  });
});

describe('how a district tells its bodies', () => {
  it('[HZ-2023-05] the ways are the pack’s; who attended is asked of a meeting, on line or on the spot, and has acknowledged', async () => {
    const { page } = await open('xian', inCampaign(`/units/${unit}`));
    const ways = page.getByRole('group', { name: '通知方式' });
    await ways.waitFor();
    expect(await ways.locator('label').allInnerTexts()).toEqual(['线上会议', '现场会议', '书面通知']);
    await ways.getByRole('radio', { name: '书面通知' }).check();
    const attendance = page.getByRole('group', { name: /^到会机构/ });
    expect(await attendance.count()).toBe(0);
    for (const meeting of ['现场会议', '线上会议']) {
      await ways.getByRole('radio', { name: meeting }).check();
      await attendance.waitFor();
    }
    const bodies = await membersOf(campaign, unit);
    const untold = bodies.filter(({ notifiedOn }) => !notifiedOn).length;
    await attendance.getByRole('checkbox', { name: bodies[0]!.name, exact: true }).uncheck();
    await picture(page, 'running-overview-notify');
    await page.getByRole('button', { name: '通知全部机构' }).click();
    await page.getByRole('status').getByText(`本次通知 ${untold} 家，签收 ${Math.max(0, untold - 1)} 家，余 0 家`).waitFor();
    const told = await membersOf(campaign, unit);
    expect(told.map(({ notifiedOn }) => notifiedOn !== null)).toEqual(told.map(() => true));
    expect(told.find(({ institutionId }) => institutionId === bodies[0]!.institutionId)!.acknowledgedOn).toBeNull();
  });
});

describe('an extension check and its place in Form 2', () => {
  let elsewhere: Member;
  let visitPath: string;
  const row = (page: Page): Locator => page.locator('.sheet tbody tr').filter({ hasText: elsewhere.name });
  const caseNow = async (): Promise<Case> => (await call<{ items: Case[] }>(await county(), 'GET', `/api/v1${inCampaign(`/cases?limit=500&unit=${unit}`)}`)).body.items.find(({ subjectName }) => subjectName === elsewhere.name)!;

  it('[HZ-2023-12] a body filed in another district is brought in by the inspector; its case is undecided and Form 2 does not list it', async () => {
    elsewhere = (await membersOf(campaign, districts.district.code)).at(-1)!;
    const { page } = await open('xian', inCampaign(`/units/${unit}/visits/new`));
    await page.getByRole('radio', { name: '延伸检查' }).check();
    await page.getByLabel('在名录中查找').fill(elsewhere.name);
    await page.getByRole('radio', { name: new RegExp(`^${elsewhere.name}（.*备案地 ${districts.district.code}`) }).check();
    await twoOfficers(page);
    await page.getByRole('button', { name: '开始检查' }).click();
    await page.getByRole('heading', { name: `延伸检查：${elsewhere.name}` }).waitFor();
    visitPath = new URL(page.url()).pathname;
    await page.locator('.finding-kind').filter({ hasText: '出具虚假证明文件' }).click();
    await page.getByLabel('事实', { exact: true }).fill('体检结论与原始记录不符（示例）');
    await page.getByRole('checkbox', { name: /问题突出，涉及严重违法/ }).check();
    await page.getByRole('button', { name: '记录检查结论' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /记\s*录/ }).click();
    await page.getByText('已立案，案件见下。').waitFor();
    const { number } = await caseNow();
    await go(page, inCampaign(`/units/${unit}/forms/HZ-F2`));
    await page.locator('.remarks').getByText(`案件 ${number} 尚未作出决定，作出后补报`).waitFor();
    expect(await row(page).count()).toBe(0);
    await picture(page, 'running-overview-form-2-undecided');
  });

  it('[HZ-2023-12] [HZ-2023-17] punished through the extension check it stands in Form 2, once, with the warning and the fine', async () => {
    const { page } = await open('shi', visitPath);
    await page.getByText((await caseNow()).number).waitFor();
    await page.getByRole('button', { name: '再加一种处罚' }).click();
    await page.getByLabel('金额（万元）').fill('2.5');
    await date(page, '处理决定日期', campaign.today);
    await page.getByRole('button', { name: '登记处理结果' }).click();
    await page.getByText(`${campaign.today}：警告；罚款 2.5 万元`).waitFor();
    await go(page, inCampaign(`/units/${unit}/forms/HZ-F2`));
    await row(page).waitFor();
    // 出具虚假证明文件 is the fourth kind; 警告 and 罚款 are the last two columns.
    expect((await row(page).locator('td').allInnerTexts()).slice(2)).toEqual(['', '', '', '√', '', '', '', '', '', '√', '2.5']);
    expect(await page.locator('.remarks').getByText(elsewhere.name).count()).toBe(0);
    await go(page, inCampaign(`/units/${districts.district.code}/forms/HZ-F2`));
    await row(page).waitFor(); // filed there, it is in that district's form whatever another one finds
    expect((await row(page).locator('td').allInnerTexts()).at(-1)).not.toBe('2.5');
  });
});

describe('what a report is worth, where the pack asks', () => {
  let running: RunningCampaign;
  let reporting: Member;
  const at = (rest = '/self-check') => `/campaigns/${running.campaignId}/institutions/${reporting.institutionId}${rest}`;

  beforeAll(async () => {
    running = await theRunningNorm();
    reporting = (await membersOf(running, judgedCity.code, 'sheng2')).find(({ selfCheckId }) => !selfCheckId)!;
    const item = { source: 'self', checklistItem: 'B5', text: '现场采样记录不全（示例）', correctedOn: null, correctBy: plusDays(running.today, 20), measure: '补充采样记录表并培训', responsible: '采样岗位' };
    const sent = await call(await tokenOf(accountOf(reporting.institutionId)), 'POST', `/api/v1/campaigns/${running.campaignId}/self-checks`, { institutionId: reporting.institutionId, items: [item], noProblems: false, volumes: null, sealedBy: '办公室（示例）', onBehalf: null });
    expect([sent.status, JSON.stringify(sent.body)]).toEqual([201, expect.any(String)]);
  }, 240_000);

  it('[JS-2014-42] its receiver finds it perfunctory, with a reason; the body’s page then says so, and what follows', async () => {
    const { page } = await open('sheng2', at());
    const said = page.getByRole('group', { name: '对报告的评价' });
    await said.getByRole('radio', { name: '敷衍了事', exact: true }).check();
    await page.getByRole('button', { name: '接收', exact: true }).click();
    await page.getByRole('link', { name: '认定敷衍了事的，请写明理由' }).click();
    await page.keyboard.type('与上年度报告一字不差（示例）');
    await picture(page, 'running-judged-form');
    await page.getByRole('button', { name: '接收', exact: true }).click();
    await page.locator('.zj-chip').filter({ hasText: '已接收' }).waitFor();
    await page.reload();
    await page.locator('dd').filter({ hasText: '敷衍了事：与上年度报告一字不差（示例）' }).waitFor();
    expect([await page.getByRole('button', { name: /^如何判定：/ }).count(), await page.locator('main').innerText()]).toEqual([2, expect.not.stringContaining('不要求')]);
    const flags = page.locator('section').filter({ has: page.getByRole('heading', { name: '监督提示' }) });
    const { flags: [flag] } = (await call<Subject>(await tokenOf('sheng2', '320000'), 'GET', `/api/v1${at('')}`)).body;
    expect(flag).toMatchObject({ kind: 'key-supervision', clauses: ['JS-2014-42'] });
    expect(await flags.innerText()).toMatch(new RegExp(`重点监督\\s+自查报告敷衍了事：与上年度报告一字不差（示例）[^]*至 ${flag!.untilOn}`));
    await picture(page, 'running-judged');
    await onPhone(page, 'running-judged-phone');
  });

  it('the body reads that its report was accepted and nothing of what was said of it', async () => {
    const { page } = await open(accountOf(reporting.institutionId), at());
    await page.locator('.zj-chip').filter({ hasText: '已接收' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/敷衍|监督提示|一字不差/);
  });

  it('the overview speaks of cities, as the pack’s units are called', async () => {
    const { page } = await open('sheng2', `/campaigns/${running.campaignId}`);
    await page.getByRole('table', { name: '各市进度' }).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('区、县');
    await picture(page, 'running-norm-overview');
  });
});

it('nothing came from other hosts and nothing broke', () => {
  expect(seen()).toEqual([]);
});
