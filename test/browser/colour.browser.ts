import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { qualityControl as http } from '@zhijian/contracts/http';
import type { Browser, BrowserContext } from 'playwright-core';
import { eventually, fits, go, launched, phone, picture, signedIn, type Visitor } from './chromium.js';

/** A year of colours as the API answers it, each answer parsed by its contract first; pages are the real ones, signed in for real. */
const pack = 'chongqing/colour-2024@1';
const cited = { clauses: ['CQ-2024-07'], pack, calendar: 'CN-2014..2026#1a2b3c4d' };
const digest = 'a'.repeat(64);
const run = { runId: 'run-1', jurisdiction: '500000', year: 2026, basisYear: 2025, state: 'proposed', version: 2, openedAt: '2026-03-02T09:00:00+08:00', openedBy: 'zhikong', proposedAt: '2026-03-02T09:00:02+08:00', digest, signedAt: null, ...cited } as const;
const grades = ['A', 'B', 'C', 'D'].map((id) => ({ id, title: `${id}级` }));
const levels = [{ id: 'I', title: 'I级（优秀）' }, { id: 'II', title: 'II级（合格）' }, { id: 'III', title: 'III级（不合格）' }];
const colours = [{ id: 'green', title: '绿色' }, { id: 'yellow', title: '黄色' }, { id: 'red', title: '红色' }];
const colourOf = (grade: string, level: string): string => (grade === 'D' || level === 'III' ? 'red' : grade === 'A' && level === 'I' ? 'green' : 'yellow');
const lines = { 'A I': 7, 'A II': 21, 'A III': 3, 'B II': 18, 'C II': 6, 'D II': 4 } as Record<string, number>;
const line = (grade: string | null, level: string | null, more: object = {}) => ({
  line: 'occupational-health-service', grade, level, colour: grade && level ? colourOf(grade, level) : null, rule: grade && level ? `${grade}-${level}` : null, clauses: ['CQ-2024-02', 'CQ-2024-04', 'CQ-2024-05', 'CQ-2024-06'], score: '82.5', served: true, result: '合格', reason: null, missing: [], ...more,
});
const body = (number: number, one: ReturnType<typeof line>, more: object = {}) => ({
  institutionId: `body-${number}`, name: `示例职业卫生技术服务机构 ${String(number).padStart(2, '0')}`, creditCode: '91500101MA00000000', jurisdiction: '500101', invented: true, state: one.colour ? 'to-sign' : 'undetermined', colour: one.colour, redYears: one.colour === 'red' ? 2 : 0, revision: null, changed: false, published: null, lines: [one], ...cited, ...more,
});
const bodies = [body(1, line('A', 'II')), body(2, line('D', 'II', { score: '58.5' })), body(3, line('A', null, { result: null, reason: '未参加比对；待核实：缺少“比对综合评定结果”', missing: ['result'] }))];
const detail = http.getColourRun.answer.parse({
  ...run, grades, levels, colours, cells: grades.flatMap(({ id: grade }) => levels.map(({ id: level }) => ({ grade, level, colour: colourOf(grade, level), lines: lines[`${grade} ${level}`] ?? 0 }))),
  counts: { managed: 60, signed: 0, toSign: 59, undetermined: 1, changed: 0, published: 0, colours: { green: 7, yellow: 45, red: 7 } }, author: 'zhikong', notices: [], toRevise: [], yearEnd: null,
});
const correction = http.getColourCorrection.answer.parse({
  correctionId: 'correction-1', runId: 'run-1', year: 2026, institutionId: 'body-2', name: bodies[1]!.name, line: 'occupational-health-service', because: 'correction', objectionId: null, change: { kind: 'evaluation', served: true, score: '72.5' }, reason: '评分时漏计附件所列材料',
  effects: [['score', 2025, '58.5', '72.5'], ['grade', 2026, 'D', 'B'], ['colour', 2026, 'red', 'yellow'], ['red-years', 2026, '2', '0'], ['escalation', 2026, 'alarm', 'none'], ['inspection', 2026, 'red-inspection', 'yellow-inspection'], ['published', 2026, 'red', 'yellow']]
    .map(([what, year, before, after]) => ({ what, year, runId: 'run-1', line: null, before, after, clauses: ['CQ-2024-06'] })),
  digest, state: 'draft', draftedAt: '2026-06-01T10:00:00+08:00', draftedBy: 'zhikong', decidedAt: null, decidedBy: null, decidedBecause: null, revision: null, version: 1, ...cited,
});
const empty = { items: [], next: null };
const answers: Record<string, unknown> = {
  'GET /api/v1/colour-runs': http.listColourRuns.answer.parse({ items: [run], next: null }), 'GET /api/v1/colour-runs/run-1': detail, 'GET /api/v1/colour-runs/run-1/bodies': http.listColoured.answer.parse({ items: bodies, next: null }),
  'GET /api/v1/colour-runs/run-1/flow': http.getColourFlow.answer.parse({ year: 2026, previousYear: 2025, flows: [{ from: 'green', to: 'green', bodies: 5 }, { from: 'yellow', to: 'yellow', bodies: 40 }, { from: 'yellow', to: 'red', bodies: 3 }, { from: 'none', to: 'green', bodies: 2 }, { from: 'red', to: 'red', bodies: 4 }], ...cited }),
  'GET /api/v1/red-years': http.listRedYears.answer.parse({ items: [{ institutionId: 'body-2', name: bodies[1]!.name, invented: true, jurisdiction: '500000', year: 2026, redYears: 3, step: 'propose', countedAt: '2026-03-16T00:00:05+08:00', clauses: ['CQ-2024-20'], pack, calendar: cited.calendar }], next: null }),
  'GET /api/v1/colour-corrections': http.listColourCorrections.answer.parse({ items: [correction], next: null }), 'GET /api/v1/colour-corrections/correction-1': correction,
  'GET /api/v1/colour-what-ifs': http.whatIfColours.answer.parse({
    empty: false, pack, jurisdiction: '500000', years: [{ year: 2026, pack, bodies: 60, changed: 2, before: { green: 7, yellow: 45, red: 7, none: 1 }, after: { green: 5, yellow: 47, red: 7, none: 1 } }], changed: [{ institutionId: 'body-1', name: bodies[0]!.name, year: 2026, before: 'green', after: 'yellow' }],
    runs: [], visits: [{ year: 2026, activity: 'inspection', before: 59, after: 61 }], frequencies: [{ year: 2026, activity: 'quality-monitoring', colour: 'yellow', before: { rule: 'yellow-monitoring', min: 0, target: 1, years: 1 }, after: { rule: 'red-monitoring', min: 2, target: 2, years: 1 } }], deadlines: [{ year: 2026, what: 'rectification-report', before: null, after: '2026-04-29', institutions: ['body-1'] }], clauses: [], calendar: cited.calendar,
  }),
};

let browser: Browser;
let shi: Visitor;

/** Puts the answers in the place of the API's, for colours only; one may be another in a test. */
async function answering(context: BrowserContext, instead: Record<string, { status: number; body: unknown }> = {}): Promise<void> {
  await context.unroute(/\/api\/v1\/(colour|red-years)/);
  await context.route(/\/api\/v1\/(colour|red-years)/, (route) => {
    const key = `${route.request().method()} ${new URL(route.request().url()).pathname}`;
    const other = instead[key];
    const asked = new URL(route.request().url()).searchParams;
    if (key.endsWith('/bodies')) return route.fulfill({ json: { items: bodies.filter(({ state, institutionId }) => (asked.get('state') ?? state) === state && (asked.get('institutionId') ?? institutionId) === institutionId), next: null } });
    return route.fulfill(other ? { status: other.status, json: other.body, contentType: 'application/json' } : { json: answers[key] ?? empty });
  });
}
const problem = (status: number, code: string, title: string) => ({ status, body: { type: `urn:zhijian:${code}`, title, status, code, clauses: [], errors: [], reference: 'r-1' } });

beforeAll(async () => {
  browser = await launched();
  shi = await signedIn(browser, 'shi', '/campaigns');
  await answering(shi.context);
}, 60_000);
afterAll(() => browser?.close());

describe('the colours of a year on screen', () => {
  it('from the menu to the matrix: every cell says its colour in words and how many stand in it', async () => {
    const { page } = shi;
    await go(page, '/campaigns');
    await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '分色管理' }).click();
    await page.getByRole('link', { name: '2026 年度', exact: true }).click();
    await page.getByRole('heading', { name: '矩阵' }).waitFor();
    expect(await page.locator('.matrix td').count()).toBe(12);
    expect(await page.getByRole('link', { name: 'A级、II级（合格）：黄色，21 项' }).innerText()).toMatch(/21\s*黄色/);
    await picture(page, 'colour-run');
  });
  it('a cell opens its list; every body without a colour is named with what it lacks', async () => {
    const { page } = shi;
    await page.getByRole('link', { name: 'A级、II级（合格）：黄色，21 项' }).click();
    await page.getByRole('heading', { name: '机构：A级、II级（合格）' }).waitFor();
    expect(new URL(page.url()).search).toBe('?grade=A&level=II');
    const open = page.getByRole('table', { name: '待核实的机构' });
    expect(await open.locator('tbody tr').count()).toBe(1);
    expect(await open.innerText()).toContain('未参加比对；缺少“比对综合评定结果”');
  });
  it('whoever stands behind the run cannot sign; another person is asked twice', async () => {
    const { page, context } = shi;
    await page.getByRole('button', { name: '签发（59 家）' }).click();
    await page.getByText('待核实的 1 家不在其内').waitFor();
    await page.getByRole('button', { name: '再核对一下' }).click();
    await answering(context, { 'GET /api/v1/colour-runs/run-1': { status: 200, body: { ...detail, author: 'shi' } } });
    await go(page, '/colours/run-1');
    await page.getByText('赋色由您启动，须由另一人签发。').waitFor();
    expect(await page.getByRole('button', { name: '签发（59 家）' }).isDisabled()).toBe(true);
    await answering(context);
  });
  it('inputs that changed meanwhile are said in Chinese, with what to do', async () => {
    const { page, context } = shi;
    await answering(context, { 'POST /api/v1/colour-runs/run-1/signatures': problem(409, 'colour-inputs-changed', '预览以后评分、比对结果或机构名单有变动，请重新预览') });
    await go(page, '/colours/run-1');
    await page.getByRole('button', { name: '签发（59 家）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /签\s*发/ }).click();
    await page.getByRole('alert').getByText('请重新预览').waitFor();
    await answering(context);
  });
  it('the flow from last year, in a drawing and in numbers', async () => {
    const { page } = shi;
    await go(page, '/colours/run-1/flow');
    await page.getByRole('img', { name: '2025 年度到 2026 年度颜色的变化' }).waitFor();
    expect(await page.getByRole('table', { name: '颜色的变化' }).locator('tbody tr').count()).toBe(5);
    await picture(page, 'colour-flow');
  });
  it('three red years are proposed to whoever issued the qualification, never revoked', async () => {
    const { page } = shi;
    await go(page, '/colours/red-years');
    await page.getByRole('table', { name: '连续红色的机构' }).getByText('提请资质认可、备案机关处理').waitFor();
    await page.getByText('系统不自动取消任何资质').waitFor();
    await picture(page, 'colour-red-years');
  });
  it('a correction shows everything that follows, in the words of the pack, before somebody else decides', async () => {
    const { page } = shi;
    await go(page, '/colours/corrections/correction-1');
    await page.getByRole('heading', { name: '随之改变（7 项）' }).waitFor();
    const table = await page.getByRole('table', { name: '随之改变的事项' }).innerText();
    for (const words of ['58.5', '72.5', '连续红色的年数', '2 年', '现场监督检查', '公开的颜色']) expect(table).toContain(words);
    await picture(page, 'colour-correction');
  });
  it('drafting one names every omission on top and beside its field', async () => {
    const { page } = shi;
    await go(page, '/colours/corrections/new?run=run-1&institution=body-1');
    await page.getByRole('button', { name: '列出影响' }).click();
    await page.getByRole('link', { name: '请填写更正后的评分，如 79.5' }).waitFor();
    await page.getByRole('link', { name: '请写明理由' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.id), (it) => expect(it).toBe('field-reason'));
  });
  it('what another pack would make of it, computed and not kept', async () => {
    const { page } = shi;
    await go(page, `/colours/what-if?pack=${encodeURIComponent(pack)}&years=2026`);
    await page.getByRole('table', { name: '变色的机构' }).waitFor();
    expect(await page.getByRole('table', { name: '检查与监测次数' }).innerText()).toContain('+2');
    expect(await page.getByRole('table', { name: '频次的规定' }).innerText()).toMatch(/每年不作要求，可 1 次\s+每年至少 2 次/);
    await picture(page, 'colour-what-if');
  });
  it('is readable on a phone; an empty list says what to do, a failure what is safe', async () => {
    const small = await signedIn(browser, 'shi', '/campaigns', { viewport: phone });
    await answering(small.context);
    await go(small.page, '/colours/run-1');
    await small.page.getByRole('heading', { name: '矩阵' }).waitFor();
    expect(await fits(small.page)).toBe(true);
    await picture(small.page, 'colour-run-phone');
    await answering(small.context, { 'GET /api/v1/colour-runs': { status: 200, body: empty } });
    await go(small.page, '/colours');
    await small.page.getByText('还没有赋色').waitFor();
    await answering(small.context, { 'GET /api/v1/colour-runs/run-1': problem(503, 'unavailable', '系统暂时不可用，请稍后重试；已提交的数据不受影响') });
    await go(small.page, '/colours/run-1');
    await small.page.getByRole('alert').waitFor();
    expect([...small.outside, ...small.faults, ...shi.outside, ...shi.faults]).toEqual([]);
    await small.context.close();
  });
});
