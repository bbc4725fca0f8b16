import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection, qualification, qualityControl } from '@zhijian/contracts/http';
import type { Browser, BrowserContext } from 'playwright-core';
import { eventually, fits, go, launched, phone, picture, signedIn, type Visitor } from './chromium.js';

/** What a year of colours entails as the API answers it, each answer parsed by its contract first; pages are the real ones, signed in for real. */
const pack = 'chongqing/colour-2024@1';
const cited = (...clauses: string[]) => ({ clauses, pack, calendar: null });
const place = { jurisdiction: '500000', year: 2026 };
const name = (number: number): string => `示例职业卫生技术服务机构 ${String(number).padStart(2, '0')}`;
const at = '2026-03-16T09:00:00+08:00';
const titles = { red: '红色', yellow: '黄色', green: '绿色' } as const;
type Colour = keyof typeof titles;

const listed = (number: number, colour: Colour, more: object) => ({
  rectificationId: `duty-${number}`, institutionId: `body-${number}`, institutionName: name(number), ...place, place: '500103', colour, colourTitle: titles[colour], publishedOn: '2026-03-16', dueOn: '2026-04-28', dueAt: '2026-04-29T00:00:00+08:00', firm: true,
  because: '2026-03-16 起算，次日为第 1 个工作日，第 30 个工作日为 2026-04-28', daysLeft: 12, state: 'open', board: 'awaited', late: null, overdueAt: null, remindedAt: null, reports: 0, version: 1, counted: ['2026-03-17', '2026-04-27', '2026-04-28'], limitOn: null, limitClauses: ['CQ-2024-20'], missedAt: null, rectifiedOn: null, ...cited('CQ-2024-17'), calendar: 'CN-2026', ...more,
});
const report = { reportId: 'report-1', report: 1, summary: '已逐项整改', items: [{ problem: '原始记录缺少签名', measure: '修订表格并培训', correctedOn: '2026-04-01', correctBy: null }], sealedBy: '质量负责人', onBehalf: null, receivedAt: '2026-04-10T10:00:00+08:00', late: false, state: 'submitted', reasons: [], decidedAt: null };
const board = [
  listed(1, 'red', {}), listed(2, 'red', { state: 'submitted', board: 'to-review', daysLeft: null, late: false, reports: 1 }), listed(3, 'yellow', { state: 'accepted', board: 'accepted', daysLeft: null, late: false, reports: 2 }),
  listed(4, 'red', { board: 'overdue', daysLeft: null, overdueAt: '2026-04-29T00:00:00+08:00' }), listed(5, 'yellow', { firm: false, daysLeft: 20 }),
];
const duty = (number: number, more: object = {}) => inspection.getRectification.answer.parse({ ...board[number - 1], history: number === 2 ? [report] : [], notes: [], limits: [], verification: null, mayLimit: number === 2, mayVerify: number === 2, mayDecide: true, ...more });

const quota = (number: number, colour: Colour | null, more: object) => ({
  institutionId: `body-${number}`, institutionName: name(number), ...place, place: '500103', colour, colourTitle: colour && titles[colour], colourFrom: 'this-year', min: null, target: null, permitted: false, done: 0, complaints: 0, owed: 0, state: 'not-ruled', reason: null, checks: [], history: [], ...cited('CQ-2024-10'), ...more,
});
const quotas = [
  quota(1, 'red', { min: 2, target: 2, done: 1, owed: 1, state: 'owed', checks: [{ checkId: 'c1', visitedOn: '2026-02-10', origin: 'planned' }], history: [{ at, colour: 'yellow', min: 1, because: 'published' }] }),
  quota(3, 'yellow', { min: 1, target: 1, done: 1, state: 'met', checks: [{ checkId: 'c2', visitedOn: '2026-03-20', origin: 'planned' }] }),
  quota(6, 'green', { min: 0, target: 0, permitted: true, complaints: 1, state: 'permitted', checks: [{ checkId: 'c3', visitedOn: '2026-03-22', origin: 'complaint' }], ...cited('CQ-2024-12') }), quota(7, null, {}),
];
const check = inspection.listChecks.answer.shape.items.element.parse({
  checkId: 'c3', institutionId: 'body-6', institutionName: name(6), ...place, place: '500103', origin: 'complaint', visitedOn: '2026-03-22', inspectors: ['执法证 001', '执法证 002'], problems: ['报告结论与原始记录不一致'], result: '责令改正', complaint: '渝卫投〔2026〕12号', colour: 'green', colourTitle: '绿色', ruling: 'by-complaint-rules', recordedAt: at, ...cited('CQ-2024-14'),
});
const year = { ...place, runId: null, closedAt: null, pack };
const whole = inspection.getColourYear.answer.parse({
  ...year, colours: [['red', '红色', 1, 2, 1, 1, 0], ['yellow', '黄色', 1, 1, 1, 0, 0], ['green', '绿色', 1, 0, 0, 0, 1], [null, '没有颜色', 1, 0, 0, 0, 0]].map(([colour, title, bodies, required, done, owed, complaints]) => ({ colour, title, bodies, required, done, owed, complaints })),
  months: Array.from({ length: 12 }, (_, month) => ({ month: month + 1, planned: month === 1 || month === 2 ? 1 : 0, complaint: month === 2 ? 1 : 0 })), rectification: {}, opener: '市卫生健康委', ...cited('CQ-2024-10'),
  yearEnd: { items: [{ institutionId: 'body-1', institutionName: name(1), place: '500103', colour: 'red', colourTitle: '红色', min: 2, done: 1, owed: 1, clauses: ['CQ-2024-10'] }], sha256: 'b'.repeat(64), changed: [{ institutionId: 'body-1', institutionName: name(1), at, because: 'corrected', before: { colour: 'red', colourTitle: '红色', min: 2 }, after: { colour: 'yellow', colourTitle: '黄色', min: 1 } }] },
});
const summary = inspection.getInspectionSummary.answer.parse({
  draft: { title: '2026年度分类监督执法工作总结', head: { 填报单位: '市疾控中心', 年度: '2026', 数据截至: '2026-12-20' }, columns: [{ title: '颜色' }, { title: '机构数' }, { title: '计划检查', columns: [{ title: '应检查次数' }, { title: '已检查次数' }] }], rows: [['红色', 1, 2, 1], ['黄色', 1, 1, 1], ['合计', 2, 3, 2]], notes: ['说明：投诉举报的检查不计入计划检查次数。'] }, remarks: ['本版报送以后，示例机构适用的颜色由红色变为黄色（颜色更正）；本表保留报送时的内容。'],
  versions: [{ summaryId: 's1', version: 1, sentAt: at, sentBy: 'province:sheng@500000', receiver: '市卫生健康委', sha256: 'c'.repeat(64), summary: '全年分类监督执法情况', note: '' }], dueOn: '2026-12-31', sender: '市疾控中心', receiver: '市卫生健康委', ...cited('CQ-2024-13'),
});
const monitored = qualityControl.listMonitoringQuotas.answer.parse({ items: [
  { institutionId: 'body-1', institutionName: name(1), home: '500103', colour: 'red', colourTitle: '红色', colourFrom: 'this-year', min: 2, target: 2, years: 1, permitted: false, fixed: false, done: 1, owed: 1, state: 'owed', visits: [{ monitoringId: 'm1', visitedOn: '2026-05-06' }], ...cited('CQ-2024-15', 'CQ-2024-16') },
  { institutionId: 'body-6', institutionName: name(6), home: '500103', colour: 'green', colourTitle: '绿色', colourFrom: 'this-year', min: 0, target: 1, years: 2, permitted: true, fixed: false, done: 0, owed: 0, state: 'permitted', visits: [], ...cited('CQ-2024-15', 'CQ-2024-16') },
], next: null });
const review = qualification.getReview.answer.parse({
  reviewId: 'review-1', institutionId: 'body-4', institutionName: name(4), line: 'occupational-health-service', ground: 'rectification-overdue', year: 2026, authority: '500000', jurisdiction: '500000', because: '2026年度整改报告至2026-04-28期满未提交（据此只作审查，不等于限期未整改）', redYears: null, dueOn: '2026-04-28', openedAt: at,
  notes: [{ at: '2026-05-06T10:00:00+08:00', what: 'report-submitted', detail: '第1份，逾期' }], state: 'open', concludedAt: null, reasons: null, procedure: null, version: 2, ...cited('CQ-2024-17'),
});
const institution = qualification.getInstitution.answer.parse({
  institutionId: 'body-1', creditCode: '91500101MA00000000', name: name(1), kind: 'occupational-health-service', jurisdiction: '500103', address: '示例路1号', contactPost: null, invented: true, filing: null, revision: 3, version: 3, operation: null, serves: ['500112'],
  lines: [{ kind: 'occupational-health-service', number: '（示）卫职技字（2021）第001号', issuer: '500000', from: '2021-01-01', to: null }], colours: [{ jurisdiction: '500000', year: 2026, colour: 'red', title: '红色', publishedOn: '2026-03-16', use: 'reference', clauses: ['CQ-2024-19'], pack }],
});
const history = qualityControl.getColourHistory.answer.parse({
  institutionId: 'body-1', years: [2026, 2025].map((one) => ({
    year: one, jurisdiction: '500000', runId: `run-${one}`, colour: one === 2026 ? 'red' : 'yellow', publishedOn: `${one}-03-16`, redYears: one === 2026 ? 1 : 0, told: [{ revision: 1, colour: one === 2026 ? 'red' : 'yellow', before: null, erratum: false, publishedOn: `${one}-03-16`, reason: null }],
    lines: [{ line: 'occupational-health-service', grade: 'B', level: one === 2026 ? 'III' : 'II', colour: one === 2026 ? 'red' : 'yellow', rule: 'r', clauses: ['CQ-2024-06'], score: '74.5', served: true, result: one === 2026 ? '不合格' : '合格', reason: null, missing: [] }], ...cited('CQ-2024-06'),
  })),
});
const empty = { items: [], next: null };
const one = <T>(item: T) => ({ items: [item], next: null });
const inYear = '/api/v1/colour-years/500000/2026';
const answers: Record<string, unknown> = {
  'GET /api/v1/colour-years': inspection.listColourYears.answer.parse(one(year)), [`GET ${inYear}`]: whole, [`GET ${inYear}/check-quotas`]: inspection.listQuotas.answer.parse({ items: quotas, next: null }), 'GET /api/v1/checks': one(check), [`GET ${inYear}/inspection-summary`]: summary,
  'GET /api/v1/rectifications': inspection.listRectifications.answer.parse({ items: board, next: null }), 'GET /api/v1/rectifications/duty-1': duty(1), 'GET /api/v1/rectifications/duty-2': duty(2),
  [`GET ${inYear}/monitoring-quotas`]: monitored, [`GET ${inYear}/monitoring-frequencies`]: empty, 'GET /api/v1/qualification-reviews': one(review), 'GET /api/v1/qualification-reviews/review-1': review, 'GET /api/v1/institutions': one(institution), 'GET /api/v1/institutions/body-1': institution, 'GET /api/v1/colour-histories/body-1': history,
};
const ours = /\/api\/v1\/(colour-years|colour-histories|checks|rectifications|monitorings|qualification-reviews|institutions|officers)/;

let browser: Browser;
let sheng: Visitor;

/** Puts the answers in the place of the API's, for what colours entail only; one may be another in a test. */
async function answering(context: BrowserContext, instead: Record<string, { status: number; body: unknown }> = {}): Promise<void> {
  await context.unroute(ours);
  await context.route(ours, (route) => {
    const key = `${route.request().method()} ${new URL(route.request().url()).pathname}`;
    const other = instead[key];
    return route.fulfill(other ? { status: other.status, json: other.body, contentType: 'application/json' } : { json: answers[key] ?? empty });
  });
}
const problem = (status: number, code: string, title: string, errors: { path: string; message: string }[] = []) => ({ status, body: { type: `urn:zhijian:${code}`, title, status, code, clauses: [], errors, reference: 'r-1' } });

beforeAll(async () => {
  browser = await launched();
  sheng = await signedIn(browser, 'sheng', '/campaigns');
  await answering(sheng.context);
}, 60_000);
afterAll(() => browser?.close());

describe('rectification reports on screen', () => {
  it('the board counts what stands where, says how long there is, and narrows to one column', async () => {
    const { page } = sheng;
    await go(page, '/campaigns');
    await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '整改报告' }).click();
    const table = page.getByRole('table', { name: '整改报告' });
    await table.waitFor();
    expect(await table.locator('tbody tr').count()).toBe(5);
    const words = await table.innerText();
    for (const said of ['还有 12 个工作日（含今天）', '已逾期', '期限暂定，放假安排公布后确定', '按时提交']) expect(words).toContain(said);
    await table.getByRole('button', { name: /^怎么算的/ }).first().click();
    const why = page.locator('.ant-popover').filter({ hasText: '第 30 个工作日为 2026-04-28' });
    await why.getByText('30个工作日').waitFor(); // the quoted words of the clause
    expect(await why.locator('.zj-counted li').allInnerTexts()).toEqual(['2026-03-17', '2026-04-27', '2026-04-28']);
    expect(await why.innerText()).toContain('节假日安排版本');
    await picture(page, 'rectification-board-why');
    await page.getByRole('heading', { level: 1 }).click();
    await why.waitFor({ state: 'hidden' });
    await picture(page, 'rectification-board');
    await page.getByRole('button', { name: /逾期未报/ }).click();
    await eventually(() => table.locator('tbody tr').count(), (it) => expect(it).toBe(1));
    expect(new URL(page.url()).search).toContain('board=overdue');
  });

  it('a report is read and returned; reasons that are missing are named at their field', async () => {
    const { page } = sheng;
    await go(page, '/rectifications/duty-2');
    await page.getByText('修订表格并培训').waitFor();
    await page.getByRole('button', { name: '退回' }).click();
    await page.getByRole('link', { name: '请写明退回理由' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-reasons'));
    await picture(page, 'rectification-report');
  });

  it('[CQ-2024-20] a limit for rectifying and its verification name what is missing at its field', async () => {
    const { page } = sheng;
    await go(page, '/rectifications/duty-2');
    await page.getByText('没有写明整改期限；没有写明的，不作').waitFor();
    await page.getByRole('button', { name: '写明期限' }).click();
    for (const said of ['请填写整改期限', '请写明理由', '请填写文书的文号']) await page.getByRole('link', { name: said, exact: true }).waitFor();
    await page.getByRole('button', { name: '登记已整改' }).click();
    for (const said of ['请填写整改完成的日期', '请填写核实人员', '请选择据以核实的检查或者整改报告']) await page.getByRole('link', { name: said, exact: true }).waitFor();
    expect(await page.evaluate(() => [...document.querySelectorAll('[id^=field]')].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at))).toEqual([]);
    await page.getByRole('link', { name: '请填写文书的文号' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-document'));
    await picture(page, 'rectification-limit');
  });

  it('a report entered from paper names every omission on top and beside its field', async () => {
    const { page } = sheng;
    await go(page, '/rectifications/duty-1');
    await page.getByRole('button', { name: '代录' }).click();
    for (const said of ['请填写整改情况', '请填写第 1 个问题', '第 1 个问题须写明已整改的日期或者整改期限', '请填写盖章岗位', '请写明代录原因']) await page.getByRole('link', { name: said, exact: true }).waitFor();
  });

  it('the board is empty before anything is public, and says when it cannot be read', async () => {
    const { page, context } = sheng;
    await answering(context, { 'GET /api/v1/rectifications': { status: 200, body: empty } });
    await go(page, '/rectifications');
    await page.getByText('这一年度没有须提交整改报告的机构').waitFor();
    await answering(context, { 'GET /api/v1/rectifications': problem(409, 'test', '暂时读不到整改报告') });
    await go(page, '/rectifications');
    await page.getByRole('alert').getByText('暂时读不到整改报告').waitFor();
    await answering(context, { 'GET /api/v1/colour-years': { status: 200, body: empty } });
    await go(page, '/checks');
    await page.getByText('还没有开展分色管理的年度').waitFor();
    await answering(context);
  });
});

describe('checks by colour on screen', () => {
  it('what is owed, done and permitted, by colour, by month and by body, and the list of the year’s end', async () => {
    const { page } = sheng;
    await go(page, '/checks');
    const owed = page.getByRole('table', { name: '应检查而未检查' });
    await owed.waitFor();
    expect(await owed.innerText()).toContain(name(1));
    await page.getByText('2026 年度的赋色尚未启动（由市卫生健康委启动）').waitFor();
    await page.getByText('由“红色，不少于 2 次”变为“黄色，不少于 1 次”（颜色更正）；清单保留原样').waitFor();
    expect(await page.getByRole('table', { name: '各月检查次数' }).locator('tbody tr').count()).toBe(12);
    const tasks = await page.getByRole('table', { name: '检查任务' }).innerText();
    for (const said of ['不少于 2 次／年', '可不主动实施', '不定频次', '投诉举报，不计入', '结果公开，频次改变']) expect(tasks).toContain(said);
    await picture(page, 'checks-by-colour');
  });

  it('recording one names omissions; a complaint asks for its number; what the server refuses stands at its field', async () => {
    const { page, context } = sheng;
    await go(page, '/checks/new?institution=body-1');
    await page.getByLabel('投诉举报').check();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    for (const said of ['现场检查不得少于两名执法人员', '请填写处理情况', '请填写受理编号']) await page.getByRole('link', { name: said }).waitFor();
    await answering(context, { 'POST /api/v1/checks': problem(422, 'visit-inspector-twice', '两名执法人员不能是同一人', [{ path: '/inspectors/1', message: '与前一名是同一人' }]) });
    await page.getByLabel('投诉举报受理编号').fill('渝卫投〔2026〕13号');
    await page.getByRole('textbox', { name: '执法人员' }).fill('001 001');
    await page.getByLabel('处理情况').fill('责令改正');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('link', { name: '与前一名是同一人' }).waitFor();
    await answering(context);
  });

  it('the yearly summary as it will be sent, its versions and its limit', async () => {
    const { page } = sheng;
    await go(page, '/checks/summaries/500000/2026');
    await page.getByRole('region', { name: '2026年度分类监督执法工作总结' }).waitFor();
    await page.getByText('由市疾控中心报送市卫生健康委').waitFor();
    expect(await page.getByRole('table', { name: '已报送的版本' }).innerText()).toContain('第 1 版');
    await page.getByText('变为黄色（颜色更正）；本表保留报送时的内容').waitFor();
    await picture(page, 'inspection-summary');
  });
});

describe('monitoring and reviews on screen', () => {
  it('a permission is no debt', async () => {
    const { page } = sheng;
    await go(page, '/monitorings');
    const tasks = page.getByRole('table', { name: '监测任务' });
    await tasks.waitFor();
    for (const said of ['不少于 2 次／年', '可 1 次', '尚有未监测', '可监测']) expect(await tasks.innerText()).toContain(said);
    expect(await page.getByRole('button', { name: '登记频次' }).count()).toBe(0);
    await picture(page, 'monitoring-by-colour');
  });

  it('a review says that nothing is revoked by it, what came since, and asks for reasons and the procedure', async () => {
    const { page } = sheng;
    await go(page, '/reviews');
    await page.getByText('系统不自动取消任何资质').waitFor();
    await page.getByRole('link', { name: `${name(4)}（2026 年度）` }).click();
    await page.getByText('机构补交整改报告（第1份，逾期）').waitFor();
    await page.getByLabel('转入法定程序（移送）').check();
    await page.getByRole('button', { name: '办结' }).click();
    await page.getByRole('link', { name: '请填写转入的程序或者移送的文号' }).waitFor();
    await picture(page, 'qualification-review');
  });
});

describe('a body with its years at a glance', () => {
  it('shows base data, qualifications, the colour to be borne in mind, and each year in a line', async () => {
    const { page } = sheng;
    await go(page, '/institutions/body-1');
    const years = page.getByRole('table', { name: '历年一览' });
    await years.waitFor();
    expect(await years.locator('tbody tr').count()).toBe(2);
    expect(await years.innerText()).toMatch(/2026[\s\S]*红色[\s\S]*74\.5[\s\S]*不合格/);
    await page.getByText('是资质许可和备案管理的重要参考').waitFor();
    await page.getByRole('table', { name: '资质', exact: true }).getByText('卫职技字（2021）第001号').waitFor();
    expect(await page.getByText('没有登记', { exact: true }).count()).toBe(0);
    await picture(page, 'institution-years');
  });

  it('a part that cannot be had says so, and the others stand', async () => {
    const { page, context } = sheng;
    await answering(context, { 'GET /api/v1/colour-histories/body-1': problem(409, 'test', '质量控制暂时读不到') });
    await go(page, '/institutions/body-1');
    await page.getByText('暂时未能取得：颜色。其余照常显示。').waitFor();
    await page.getByRole('table', { name: '整改报告' }).waitFor();
    await answering(context);
  });

  it('can be read on a phone', async () => {
    const visitor = await signedIn(browser, 'sheng', '/campaigns', { viewport: phone });
    await answering(visitor.context);
    for (const path of ['/institutions/body-1', '/rectifications', '/rectifications/duty-2', '/checks', '/monitorings', '/reviews/review-1']) {
      await go(visitor.page, path);
      await visitor.page.getByRole('heading', { level: 1 }).waitFor();
      await visitor.page.locator('.zj-waiting').first().waitFor({ state: 'detached' });
      expect([path, await fits(visitor.page)]).toEqual([path, true]);
    }
    await picture(visitor.page, 'consequences-phone');
    await visitor.context.close();
  });
});

it('no page asked anybody else or broke', () => {
  expect([sheng.outside, sheng.faults]).toEqual([[], []]);
});
