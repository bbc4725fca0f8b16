import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AnswerOf, inspection, Problem } from '@zhijian/contracts/http';
import { call, theCampaign, tokenOf, type PlayedCampaign } from '../support/system.js';

type Target = AnswerOf<typeof inspection.listTargets>['items'][number];
type Bodies = AnswerOf<typeof inspection.listTargetBodies>;
type Records = AnswerOf<typeof inspection.listDutyRecords>;
type Obligations = AnswerOf<typeof inspection.listObligations>;

const unit = '621024';
let county: string;
let campaign: PlayedCampaign;
const at = (rest = ''): string => `/api/v1/campaigns/${campaign.campaignId}${rest}`;
const ask = async <T>(path: string, token = county): Promise<T> => (await call<T>(token, 'GET', path)).body;
const targets = async () => new Map((await ask<{ items: Target[] }>(at('/targets'))).items.map((one) => [one.target, one]));
const obligations = async (query: string) => (await ask<Obligations>(at(`/obligations?limit=500&${query}`))).items;

beforeAll(async () => {
  county = await tokenOf('xian', unit);
  campaign = await theCampaign(county, 'heshui/quality-action-2024');
});

describe('the action of Heshui 2024–25, played on the engines', () => {
  it('[HS-2024-26] ran from the first day of 2024 to the last of 2025, by the same workflow as every other campaign', async () => {
    const { units } = await ask<AnswerOf<typeof inspection.getOverview>>(at('/overview'));
    expect(units.map(({ code, state }) => [code, state])).toEqual([[unit, 'finished']]);
    expect(units[0]!.stages.map(({ id, opensOn, closesOn, closedAt }) => [id, opensOn, closesOn, Date.parse(closedAt!) >= Date.parse('2026-01-01T00:00:00+08:00')])).toEqual([['action', '2024-01-01', '2025-12-31', true]]);
  });

  it('[HS-2024-13] [HS-2024-14] lists and plans were due by 31 August 2024, 24:00: in time, late, or never', async () => {
    for (const duty of ['issue-list', 'improvement-plan']) {
      const all = await obligations(`duty=${duty}`);
      expect(new Set(all.map(({ dueOn }) => dueOn))).toEqual(new Set(['2024-08-31']));
      expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['done', 'late', 'overdue']));
      expect(new Set(all.flatMap(({ lateAt }) => (lateAt ? [Date.parse(lateAt)] : [])))).toEqual(new Set([Date.parse('2024-09-01T00:00:00+08:00')]));
    }
  });

  it('[HS-2024-12] [HS-2024-15] [HS-2024-26] what has no date was never late; what was left of it is listed as not done', async () => {
    const undated = (await obligations('unit=621024')).filter(({ noLimit }) => noLimit);
    expect(new Set(undated.map(({ duty }) => duty))).toEqual(new Set(['baseline-register', 'capability-confirmation', 'training', 'progress-report']));
    expect(undated.every(({ dueOn, lateAt, state }) => dueOn === null && lateAt === null && ['open', 'done'].includes(state))).toBe(true);
    expect(undated.filter(({ state }) => state === 'open').map(({ duty }) => duty).sort()).toEqual(['capability-confirmation', 'progress-report']);
  });

  it('[HS-2024-15] [HS-2024-16] [HS-2024-17] confirmations carry the path the table answers, with its clauses; what it cannot answer is undetermined', async () => {
    const { items } = await ask<Records>(at('/duty-records?limit=200&duty=capability-confirmation'));
    const outcomes = items.map(({ outcome }) => (outcome!.determined ? String(outcome!.value) : null));
    expect(new Set(outcomes)).toEqual(new Set(['direct', 'standard', 'evaluation', 'unconfirmed', 'not-in-scope', null]));
    for (const { outcome } of items) {
      expect(outcome!.clauses.length).toBeGreaterThan(0);
      if (!outcome!.determined) expect(outcome!.reason).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('[HS-2024-14] one body, one plan: the earlier one is kept, and has no force', async () => {
    const { items } = await ask<Records>(at('/duty-records?limit=200&duty=improvement-plan&superseded=true'));
    const current = items.filter(({ state }) => state === 'current');
    expect(new Set(current.map(({ institutionId }) => institutionId)).size).toBe(current.length);
    expect(items.length).toBeGreaterThan(current.length);
    expect(items.some(({ onBehalf, late }) => onBehalf && late === false)).toBe(true);
  });

  it('[HS-2024-07] the coverage of the period leads to each body, visited in one year or the other', async () => {
    const supervision = (await targets()).get('supervision')!;
    expect(supervision).toMatchObject({ from: '2024-01-01', to: '2025-12-31', total: { percent: '100.00', state: 'met' }, reading: 'AMB-HS-4' });
    const { items } = await ask<Bodies>(at('/targets/supervision/bodies'));
    expect(items).toHaveLength(supervision.total!.denominator!);
    expect(new Set(items.map(({ on }) => on!.slice(0, 4)))).toEqual(new Set(['2024', '2025']));
    const [one] = items;
    expect(await ask<object>(`/api/v1/visits/${one!.visitId}`)).toMatchObject({ institutionId: one!.institutionId, visitOn: one!.on });
  });

  it('[HS-2024-06] [HS-2024-09] nothing to count is 不适用, a count nobody has entered is 待核实: neither is 0 % nor 100 %', async () => {
    const all = await targets();
    expect(all.get('diagnosis-reports')!.kinds[0] ?? all.get('diagnosis-reports')!.total).toMatchObject({ percent: null, state: 'not-applicable' });
    expect(all.get('quality-rectification')!.total).toMatchObject({ percent: null, state: 'undetermined', missing: ['quality-problems-corrected'] });
    expect(all.get('quality-rectification')!.kinds.find(({ kind }) => kind === 'health-examination')).toMatchObject({ percent: '85.71', state: 'not-met' });
  });

  it('[HS-2024-05] what comes from elsewhere says from where, up to which day and who entered it', async () => {
    const reports = (await targets()).get('examination-reports')!;
    const reached = reports.total ?? reports.kinds[0]!;
    expect(reached).toMatchObject({ percent: '95.00', state: 'met' });
    expect(reached.sources.map(({ source, asOf, actor }) => [source.length > 0, asOf, actor.startsWith('county:')])).toEqual([[true, '2025-12-16', true], [true, '2025-12-16', true]]);
  });

  it('[HS-2024-04] [HS-2024-10] [HS-2024-19] every offence became a case of its year, and was concluded', async () => {
    const { items } = await ask<AnswerOf<typeof inspection.listCases>>(at('/cases?limit=100'));
    expect(items.map(({ state, filedOn, number }) => [state, number.includes(filedOn.slice(0, 4))])).toEqual([['decided', true], ['decided', true]]);
    expect(new Set(items.map(({ filedOn }) => filedOn.slice(0, 4)))).toEqual(new Set(['2024', '2025']));
    expect(items.every(({ clauses }) => clauses.includes('HS-2024-19') || clauses.includes('HS-2024-10'))).toBe(true);
  });

  it('a body sees its own records and nobody else’s', async () => {
    const own = await tokenOf('jigou-hs-01');
    const { items } = await ask<Records>(at('/duty-records?limit=200'), own);
    expect([new Set(items.map(({ institutionId }) => institutionId)).size, items.length > 0]).toEqual([1, true]);
  });

  it.each<[string, string, Record<string, unknown>, number, string]>([
    ['a count the system makes itself', '/measures', { measure: 'institutions-inspected' }, 422, 'measure-not-entered'],
    ['a measure nobody knows', '/measures', { measure: 'no-such-measure' }, 422, 'measure-not-entered'],
    ['a kind the target is not about', '/measures', { kind: 'disease-diagnosis' }, 422, 'measure-kind'],
    ['a day to come', '/measures', { asOf: '2099-01-01' }, 422, 'measure-in-future'],
    ['a count below zero', '/measures', { count: -1 }, 400, 'bad-input'],
    ['a field nobody knows', '/measures', { colour: 'red' }, 400, 'bad-input'],
  ])('%s is refused in Chinese, and nothing is entered', async (_, path, change, status, code) => {
    const before = await ask<{ items: unknown[] }>(at('/measures?limit=500'));
    const answer = await call<Problem>(county, 'POST', at(path), { unit, measure: 'case-reports-made', kind: 'health-examination', count: 1, asOf: '2025-12-31', source: '示例', ...change });
    expect([answer.status, answer.body.title]).toEqual([status, expect.stringMatching(/[\u4e00-\u9fff]/)]);
    if (status === 422) expect(answer.body.code).toBe(code);
    expect((await ask<{ items: unknown[] }>(at('/measures?limit=500'))).items.length).toBe(before.items.length);
  });

  it('after its end nothing is recorded and nobody is checked in it any more; what is not in the text never was', async () => {
    const record = (duty: string) => call<Problem>(county, 'POST', at(`/duties/${duty}/records`), { unit, doneOn: '2025-12-31', note: '补记' });
    expect((await record('progress-report')).body).toMatchObject({ status: 409, code: 'duty-campaign-closed' });
    expect((await record('no-such-duty')).body).toMatchObject({ status: 422, code: 'duty-unknown' });
    const { items } = await ask<Bodies>(at('/targets/supervision/bodies'));
    const visit = await call<Problem>(county, 'POST', at('/visits'), { unit, kind: 'site-check', institutionId: items[0]!.institutionId, visitOn: '2025-12-31', inspectors: ['甲', '乙'] });
    expect(visit.body).toMatchObject({ status: 409, code: 'visit-campaign-closed' });
    expect((await call<Problem>(county, 'GET', at('/targets/no-such-target/bodies'))).status).toBe(404);
  });
});
