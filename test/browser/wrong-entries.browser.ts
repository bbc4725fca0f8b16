import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection, publication, qualityControl } from '@zhijian/contracts/http';
import type { Browser, Locator, Page } from 'playwright-core';
import { accountOf, plusDays } from '../support/running.js';
import { call, tokenOf } from '../support/system.js';
import { date, eventually, launched, people, picture } from './chromium.js';

type Run = AnswerOf<typeof qualityControl.listColourRuns>['items'][number];
type Body = AnswerOf<typeof qualityControl.listColoured>['items'][number];
type Duty = AnswerOf<typeof inspection.listRectifications>['items'][number];
type Notice = AnswerOf<typeof publication.listNotices>['items'][number];

/** Forms of scores, comparisons, colours and what follows from them, each filled in wrongly twice: on real rooms, in the city the demonstration has played. */
const city = '500000';
let browser: Browser;
let today: string;
let run: Run;
let body: Body;
let owed: Duty;
const { open, seen } = people(() => browser);
const ask = async <T>(path: string, account = 'sheng'): Promise<T> => (await call<T>(await tokenOf(account, city), 'GET', path)).body;
/** How many there are of something, whatever it is. */
const many = async (path: string, account?: string): Promise<number> => (await ask<{ items: unknown[] }>(path, account)).items.length;
const monitoring = (rest: string) => `/api/v1/colour-years/${city}/${run.year}/${rest}`;

interface Entry { readonly wrong: string; readonly fill: (form: Locator, page: Page) => Promise<unknown>; /** What is told, at its field. */ readonly told: readonly (string | RegExp)[] }
interface Form { readonly of: string; readonly who: () => string; readonly at: () => string; readonly form: string; readonly button: string; readonly entries: readonly [Entry, Entry]; /** What would be another had anything been kept. */ readonly unchanged: () => Promise<unknown> }

const forms: readonly Form[] = [
  {
    of: 'a comparison laid down', who: () => 'zhikong', at: () => '/comparisons/new', form: '制定比对', button: '制定比对', unchanged: () => many('/api/v1/comparison-rounds?limit=500'),
    entries: [
      { wrong: 'nothing chosen, a year of two digits', fill: (form) => form.getByLabel('年度', { exact: true }).fill('26'), told: ['请选择比对方案', '年度应为四位数字', '请填写报送截止日期'] },
      { wrong: 'a last day that has passed', fill: async (form) => { await form.getByLabel('比对方案').selectOption({ index: 1 }); await form.getByLabel('年度', { exact: true }).fill(today.slice(0, 4)); await date(form, '报送截止日期', plusDays(today, -1)); }, told: ['报送截止日期已经过去'] },
    ],
  },
  {
    of: 'a yearly evaluation', who: () => 'zhikong', at: () => '/evaluations', form: '开展评估', button: '开展', unchanged: () => many('/api/v1/evaluation-plans?limit=500'),
    entries: [
      { wrong: 'no pack', fill: async () => undefined, told: ['请选择政策包', '请选择质量指标'] },
      { wrong: 'a pack without indicators', fill: (form) => form.getByLabel('政策包').selectOption('chongqing/colour-2024@1'), told: ['请选择质量指标'] },
    ],
  },
  {
    of: 'a correction of a score', who: () => 'zhikong', at: () => `/colours/corrections/new?run=${run.runId}&institution=${body.institutionId}`, form: '拟更正', button: '列出影响', unchanged: () => many(`/api/v1/colour-corrections?runId=${run.runId}&limit=500`),
    entries: [
      { wrong: 'neither score nor reason', fill: async () => undefined, told: ['请填写更正后的评分，如 79.5', '请写明理由'] },
      { wrong: 'a score above all points', fill: async (form) => { await form.getByLabel('更正后的评分').fill('100.1'); await form.getByLabel('理由', { exact: true }).fill('误计（示例）'); }, told: [/评分/] },
    ],
  },
  {
    of: 'how often is monitored', who: () => 'zhikong', at: () => `/monitorings?year=${city}/${run.year}`, form: '登记确定的频次', button: '登记频次', unchanged: () => many(monitoring('monitoring-frequencies')),
    entries: [
      { wrong: 'no colour, no number, no report', fill: (form) => form.getByLabel('次数').fill('两'), told: ['请选择颜色', '请填写次数', '请填写报告的文号或者标题'] },
      { wrong: 'less than the least for red', fill: async (form) => { await form.getByLabel('颜色').selectOption('red'); await form.getByLabel('次数').fill('1'); await form.getByLabel('报告的文号或者标题').fill('示例报告〔2026〕1号'); }, told: ['次数不少于 2 次'] },
    ],
  },
  {
    of: 'a check after a complaint', who: () => 'jiandu', at: () => `/checks/new?year=${city}/${run.year}`, form: '登记检查', button: '登记', unchanged: () => many(`/api/v1/checks?jurisdiction=${city}&year=${run.year}&limit=500`),
    entries: [
      { wrong: 'nobody, nothing and no number', fill: (form) => form.getByLabel('投诉举报', { exact: true }).check(), told: ['请选择机构', '现场检查不得少于两名执法人员', '请填写处理情况', '请填写受理编号'] },
      { wrong: 'one officer alone', fill: async (form) => { await form.getByLabel('投诉举报受理编号').fill('示例投诉〔2026〕1号'); await form.getByLabel('处理情况').fill('责令改正'); const listed = form.getByRole('group', { name: '执法人员' }).getByRole('checkbox'); await ((await listed.count()) ? listed.first().check() : form.getByRole('textbox', { name: '执法人员' }).fill('示例001')); }, told: ['请选择机构', '现场检查不得少于两名执法人员'] },
    ],
  },
  {
    of: 'a report of rectification', who: () => accountOf(owed.institutionId), at: () => `/rectifications/${owed.rectificationId}`, form: '提交整改报告', button: '提交', unchanged: () => ask<Duty>(`/api/v1/rectifications/${owed.rectificationId}`).then(({ state, reports, version }) => [state, reports, version]),
    entries: [
      { wrong: 'nothing filled in', fill: async () => undefined, told: ['请填写整改情况', '请填写第 1 个问题', '请填写第 1 个问题的整改措施', '第 1 个问题须写明已整改的日期或者整改期限', '请填写盖章岗位'] },
      { wrong: 'put right tomorrow', fill: async (form) => { await form.getByLabel('整改情况').fill('已整改（示例）'); await form.getByLabel('存在的问题').fill('记录不全'); await form.getByLabel('整改措施').fill('补充记录'); await form.getByLabel('盖章岗位').fill('办公室'); await date(form, '已于何日整改', plusDays(today, 1)); }, told: ['整改日期不能晚于今天'] },
    ],
  },
];

beforeAll(async () => {
  ({ today } = await ask<{ today: string }>('/api/v1/clock'));
  run = (await ask<{ items: Run[] }>(`/api/v1/colour-runs?jurisdiction=${city}`)).items.sort((a, b) => b.year - a.year)[0]!;
  body = (await ask<{ items: Body[] }>(`/api/v1/colour-runs/${run.runId}/bodies?limit=500&colour=green`)).items.find(({ state, lines }) => state === 'signed' && lines.length === 1 && lines[0]!.score !== null)!;
  owed = (await ask<{ items: Duty[] }>(`/api/v1/rectifications?jurisdiction=${city}&year=${run.year}&limit=500&board=overdue`)).items.findLast(({ reports }) => reports === 0)!;
  browser = await launched();
}, 120_000);
afterAll(() => browser?.close());

describe.each(forms)('$of', ({ of, who, at, form: name, button, entries, unchanged }) => {
  it(`${entries[0].wrong}, then ${entries[1].wrong}: said in Chinese at the field, what was typed stays, nothing has changed`, async () => {
    const before = await unchanged();
    const { page, context } = await open(who(), at());
    const form = page.getByRole('form', { name, exact: true });
    for (const [which, { fill, told }] of entries.entries()) {
      await fill(form, page);
      await form.getByRole('button', { name: button, exact: true }).click();
      for (const said of told) await form.getByRole('link', { name: said, exact: typeof said === 'string' }).waitFor();
      const links = form.getByRole('alert').getByRole('link');
      expect(await links.count()).toBe(told.length);
      await links.last().click();
      await eventually(() => page.evaluate(() => document.activeElement?.matches('[aria-invalid=true], fieldset, [tabindex]')), (it) => expect(it).toBe(true));
      await picture(page, `wrong-${of.replaceAll(' ', '-')}-${which + 1}`);
    }
    expect(await unchanged()).toEqual(before);
    await context.close();
  });
});

describe('an objection and its notice', () => {
  it('an objection without reasons, or one to a notice long ended, is not taken; nobody else’s result is seen', async () => {
    const { items } = await ask<{ items: Notice[] }>('/api/v1/notices?limit=500');
    const ended = items.find(({ jurisdiction, year, because, state }) => jurisdiction === city && year === run.year && because === 'run' && ['ended', 'settled'].includes(state))!;
    const account = accountOf(owed.institutionId);
    const raised = () => many('/api/v1/objections?limit=500');
    const before = await raised();
    const { page } = await open(account, `/notices/${ended.noticeId}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('form').count()).toBe(0); // its time is over
    const tried = await call<{ title: string }>(await tokenOf(account), 'POST', `/api/v1/notices/${ended.noticeId}/objections`, { institutionId: owed.institutionId, grounds: '过期的异议' });
    expect([tried.status, tried.body.title]).toEqual([expect.any(Number), expect.stringMatching(/[一-鿿]/)]);
    expect(tried.status).toBeGreaterThanOrEqual(400);
    expect(await raised()).toBe(before);
    await picture(page, 'wrong-objection-over');
  });

  it('nothing came from other hosts and nothing broke', () => {
    expect(seen()).toEqual([]);
  });
});
