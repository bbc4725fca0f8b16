import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection, Problem, publication, qualityControl } from '@zhijian/contracts/http';
import { call, theSystem, tokenOf } from '../support/system.js';

type Run = AnswerOf<typeof qualityControl.getColourRun>;
type Coloured = AnswerOf<typeof qualityControl.listColoured>;
type Round = AnswerOf<typeof qualityControl.listComparisons>['items'][number];
type Evaluation = AnswerOf<typeof qualityControl.getComparisonEvaluation>;
type Page = AnswerOf<typeof publication.getPublic>;
type Notices = AnswerOf<typeof publication.listPublicNotices>;
type Year = AnswerOf<typeof inspection.getColourYear>;

const city = '500000';
let commission: string;
let runs: Map<number, Run>;
const ask = async <T>(path: string, token = commission): Promise<T> => (await call<T>(token, 'GET', path)).body;
const portal = async <T>(path: string): Promise<T> => (await fetch(theSystem().urls.portal + path)).json() as Promise<T>;
const bodies = (year: number, query: string) => ask<Coloured>(`/api/v1/colour-runs/${runs.get(year)!.runId}/bodies?limit=500&${query}`);

beforeAll(async () => {
  commission = await tokenOf('sheng', city);
  const { items } = await ask<{ items: Run[] }>(`/api/v1/colour-runs?jurisdiction=${city}`);
  runs = new Map(await Promise.all(items.map(async ({ runId, year }) => [year, await ask<Run>(`/api/v1/colour-runs/${runId}`)] as const)));
});

describe('the colours of Chongqing, played on the engines', () => {
  it('a comparison came to the counts of a circular that was published (70 compared, 7 优秀, 52 合格, 11 不合格), of which one was corrected after the colours were public', async () => {
    const { items } = await ask<{ items: Round[] }>('/api/v1/comparison-rounds?year=2024&line=occupational-health-service');
    expect(items[0]!.title).toContain('演示');
    const { counts, laboratories } = await ask<Evaluation>(`/api/v1/comparison-rounds/${items[0]!.roundId}/evaluation`);
    expect([counts.evaluated, counts.grades.map(({ grade, published }) => [grade, published])]).toEqual([70, [['优秀', 7], ['合格', 53], ['不合格', 10]]]);
    expect(laboratories.filter(({ outcome }) => outcome.result === null).every(({ outcome }) => /待核实/.test(outcome.reason ?? ''))).toBe(true);
  });

  it('[CQ-2024-07] each year was coloured once, by one person and signed by another, and everybody without a colour is listed with what is missing', async () => {
    expect([...runs.keys()].sort()).toEqual([2024, 2025]);
    for (const [year, { state, basisYear, counts }] of runs) {
      expect([state, basisYear, counts.managed]).toEqual(['published', year - 1, 250]);
      const { items } = await bodies(year, 'state=undetermined');
      expect(items).toHaveLength(counts.undetermined);
      expect(items.every(({ lines, colour }) => colour === null && lines.some(({ missing, reason }) => missing.length > 0 && reason))).toBe(true);
    }
    expect((await call<Problem>(commission, 'POST', '/api/v1/colour-runs', { year: 2025, pack: 'chongqing/colour-2024' })).body).toMatchObject({ status: 409, code: 'colour-run-exists' });
  });

  it('[CQ-2024-08] nothing was public before its notice had ended, and what was changed had a notice of its own', async () => {
    const { notices } = runs.get(2025)!;
    expect(notices.map(({ because }) => because).sort()).toEqual(['correction', 'objection', 'run']);
    const told = (await ask<{ items: { noticeId: string; publishedOn: string }[] }>('/api/v1/publications?year=2025&limit=500&current=false')).items;
    for (const { noticeId, lastDay, published } of notices) {
      const own = told.filter((one) => one.noticeId === noticeId);
      expect([own.length, own.every(({ publishedOn }) => publishedOn > lastDay)]).toEqual([published, true]);
    }
  });

  it('[CQ-2024-09] the portal shows each colour with its reason, what stood before, and the list of notices', async () => {
    const [corrected] = (await ask<{ items: { creditCode: string; erratum: boolean }[] }>('/api/v1/publications?year=2025&limit=500')).items.filter(({ erratum }) => erratum);
    const page = await portal<Page>(`/public/v1/institutions/${corrected!.creditCode}`);
    expect(page.colours.map(({ year, current, erratum, content }) => [year, current, erratum, content.colour?.id])).toEqual(expect.arrayContaining([[2025, true, true, 'yellow'], [2025, false, false, 'red']]));
    const now = page.colours.find(({ current }) => current)!;
    expect([now.reason, now.content.before?.id, now.content.lines[0]!.result, now.content.clauses.length > 0]).toEqual([expect.stringMatching(/更正/), 'red', '合格', true]);
    const items = (await portal<Notices>('/public/v1/notices?limit=500')).items.filter(({ jurisdiction, postedOn }) => jurisdiction === city && postedOn < '2026-01-01'); // played, not made by a test afterwards
    expect(items.map(({ year, because }) => `${year} ${because}`).sort()).toEqual(['2024 run', '2025 correction', '2025 objection', '2025 run']);
    expect(items.every(({ document }) => document.onRequest)).toBe(true); // the plan itself is disclosed on request only
  });

  it('the portal shows what was granted line by line: to bodies of another province without a filing here, and beside a filing', async () => {
    const found = async (q: string) => (await portal<{ items: Page[] }>(`/public/v1/institutions?limit=500&q=${encodeURIComponent(q)}`)).items;
    const visitors = await found('示例（川）技术服务公司');
    expect(visitors.length).toBeGreaterThan(0);
    for (const { filedOn, qualifications } of visitors) expect([filedOn, qualifications]).toEqual([null, [expect.objectContaining({ state: 'in-force', to: '2027-02-28', issuer: expect.objectContaining({ code: '510000' }), categories: [expect.any(String)] })]]);
    const both = await found('示例（渝）职业与放射卫生技术公司');
    expect(both.length).toBeGreaterThan(0);
    for (const { filedOn, qualifications } of both) expect([filedOn !== null, qualifications.map(({ kind, issuer }) => [kind, issuer?.name])]).toEqual([true, [['radiation-health-service', '重庆市']]]);
  });

  it('a body without a colour has none on the portal, whatever is known inside', async () => {
    const [open] = (await bodies(2025, 'state=undetermined')).items;
    expect(await portal<Page>(`/public/v1/institutions/${open!.creditCode}`)).toMatchObject({ colour: null, colours: [] });
  });

  it('[CQ-2024-20] the second red year in a row is an alarm', async () => {
    const { items } = await ask<{ items: { redYears: number; step: string; year: number }[] }>('/api/v1/red-years?limit=500');
    expect(items.map(({ year, redYears, step }) => [year, redYears, step])).toEqual([[2025, 2, 'alarm'], [2025, 2, 'alarm']]);
  });

  it('[CQ-2024-17] who handed in no report by the thirtieth working day is overdue, and looked at: a review, nothing revoked', async () => {
    const overdue = (await ask<{ items: { institutionId: string; dueOn: string }[] }>(`/api/v1/rectifications?jurisdiction=${city}&year=2025&limit=500&board=overdue`)).items;
    expect(new Set(overdue.map(({ dueOn }) => dueOn))).toEqual(new Set(['2025-04-24']));
    const reviews = (await ask<{ items: { institutionId: string; year: number; state: string }[] }>('/api/v1/qualification-reviews?limit=500')).items.filter(({ year }) => year === 2025);
    expect(overdue.every(({ institutionId }) => reviews.some((review) => review.institutionId === institutionId && review.state === 'referred'))).toBe(true);
    expect(reviews.some(({ state }) => state === 'kept')).toBe(true);
  });

  it('[CQ-2024-20] by which day to rectify was written case by case: seen to be kept by one, missed by another and looked at, nothing revoked', async () => {
    type Duty = { institutionId: string; limitOn: string | null; missedAt: string | null; rectifiedOn: string | null };
    const limited = (await ask<{ items: Duty[] }>(`/api/v1/rectifications?jurisdiction=${city}&year=2025&limit=500`)).items.filter(({ limitOn }) => limitOn !== null);
    expect(limited.map(({ limitOn, missedAt, rectifiedOn }) => [limitOn, missedAt !== null, rectifiedOn]).sort()).toEqual([['2025-06-20', false, '2025-06-03'], ['2025-06-20', true, null]]);
    const reviews = (await ask<{ items: { institutionId: string; ground: string; state: string }[] }>('/api/v1/qualification-reviews?limit=500')).items.filter(({ ground }) => ground === 'rectification-missed');
    expect(reviews.map(({ institutionId, state }) => [institutionId, state])).toEqual([[limited.find(({ missedAt }) => missedAt)!.institutionId, 'referred']]);
  });

  it('[CQ-2024-10] a year has begun by the colours of the one before, though nobody has opened its colouring', async () => {
    const { items } = await ask<{ items: { year: number; runId: string | null }[] }>(`/api/v1/colour-years?limit=100`);
    expect(items.filter(({ runId }) => runId === null).map(({ year }) => year)).toEqual([2026]);
    const year = await ask<Year>(`/api/v1/colour-years/${city}/2026`);
    expect([year.opener, year.colours.some(({ colour, required }) => colour === 'red' && required > 0)]).toEqual(['市卫生健康委', true]);
  });

  it('[CQ-2024-10] [CQ-2024-13] the year ended with a list of what was owed and not done, and a summary', async () => {
    const year = await ask<Year>(`/api/v1/colour-years/${city}/2025`);
    expect(year.yearEnd!.items.every(({ owed, min, done }) => owed > 0 && owed === min - done)).toBe(true);
    expect(year.yearEnd!.items.length).toBeGreaterThan(0);
    const { versions } = await ask<AnswerOf<typeof inspection.getInspectionSummary>>(`/api/v1/colour-years/${city}/2025/inspection-summary`);
    expect(versions.length).toBe(1);
  });

  it('[CQ-2024-14] a complaint was followed up at a green body, and counts as no planned check', async () => {
    const { items } = await ask<{ items: { colour: string | null; ruling: string | null }[] }>(`/api/v1/checks?jurisdiction=${city}&year=2025&origin=complaint&limit=500`);
    expect(items.map(({ colour, ruling }) => [colour, ruling])).toEqual([['green', 'by-complaint-rules']]);
  });

  it('an auditor verifies each year, its notices and what they entailed like a campaign, and reads their story', async () => {
    const auditor = await tokenOf('shenji');
    const { items: notices } = await ask<{ items: { noticeId: string; year: number; state: string }[] }>('/api/v1/notices?limit=500', auditor);
    const ended = notices.filter(({ state }) => ['ended', 'settled'].includes(state));
    const ids = [...runs.keys()].flatMap((year) => [`colour/${city}/${year}`, `consequences/${city}/${year}`, `notice/${ended.find((one) => one.year === year)!.noticeId}`]);
    for (const id of ids) {
      const verdict = await ask<{ ok: boolean; problems: unknown[]; checks: { name: string; ok: boolean }[] }>(`/api/v1/audit/verification/${encodeURIComponent(id)}`, auditor);
      expect({ id, ok: verdict.ok, problems: verdict.problems }).toEqual({ id, ok: true, problems: [] });
      expect(verdict.checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['colours', 'decisions', 'log', 'replay']));
      const story = await ask<{ lines: { step: string }[] }>(`/api/v1/audit/timeline/${encodeURIComponent(id)}`, auditor);
      expect(story.lines.filter(({ step }) => !/[\u4e00-\u9fff]/.test(step))).toEqual([]);
    }
  }, 300_000);
});
