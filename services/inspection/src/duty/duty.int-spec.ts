import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { theRoom } from '../campaign/campaign.fixture.js';
import { Action, officer, unit } from './heshui.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let action: Action;
beforeAll(async () => {
  room = await theRoom('2024-01-02T09:00:00+08:00');
  action = await new Action(room, ['health-examination', 'occupational-health-service']).approved();
  await action.to('2024-08-20T10:00:00+08:00', unit);
});
afterAll(() => room?.stop());

const own = (at = 0) => aPrincipal('institution', unit, action.institutions[at]);
const record = (duty: string, body: Record<string, unknown>, as = officer) => room.call(inspection.recordDuty, { as, params: { campaignId: action.campaignId, duty }, body: { unit, doneOn: '2024-08-20', ...body } });
const anIssue = { item: null as string | null, text: '检测设备数量不足', standard: '能力建设标准', cause: '经费不足', measure: '购置设备', responsible: '技术负责人', due: '2024-12-31' };
const obligationsOf = (duty: string) => room.call(inspection.listObligations, { as: officer, params: { campaignId: action.campaignId }, query: { duty, limit: 100 } });
const gap = async () => (await room.call(inspection.getInstitutionInCampaign, { as: officer, params: { campaignId: action.campaignId, institutionId: action.institutions[0]! } })).body.obligations.length;

describe('a duty without a page of its own', () => {
  it('[HS-2024-13] an issue list is sent by the body, line by line, and fulfils its duty in time', async () => {
    expect(await gap()).toBeGreaterThan(0);
    const { status, body } = await record('issue-list', { institutionId: action.institutions[0], issues: [{ ...anIssue, item: 'equipment' }] }, own());
    expect([status, body.late, body.dueOn, body.state]).toEqual([201, false, '2024-08-31', 'current']);
    expect(body.clauses).toContain('HS-2024-13');
    expect((await obligationsOf('issue-list')).body.items.map(({ state }) => state).sort()).toEqual(['done', 'open']);
    expect((await room.facts('inspection.duty-recorded')).at(-1)).toMatchObject({ data: { duty: 'issue-list', issues: 1, late: false } });
  });

  it('[HS-2024-14] one body, one plan: a second one takes the place of the first, which is kept', async () => {
    await record('improvement-plan', { institutionId: action.institutions[0], note: '示例攻坚计划' }, own());
    await record('improvement-plan', { institutionId: action.institutions[0], note: '示例攻坚计划（修订）' }, own());
    const list = (superseded: string) => room.call(inspection.listDutyRecords, { as: officer, params: { campaignId: action.campaignId }, query: { duty: 'improvement-plan', superseded } });
    expect((await list('false')).body.items.map(({ note }) => note)).toEqual(['示例攻坚计划（修订）']);
    expect((await list('true')).body.items.map(({ state }) => state)).toEqual(['superseded', 'current']);
  });

  it('[HS-2024-12] the baseline register, a milestone without a date, is recorded by the agency that keeps it, and is never late', async () => {
    const { status, body } = await record('baseline-register', { note: '已梳理本县能力差距' });
    expect([status, body.late, body.dueOn]).toEqual([201, null, null]);
    expect((await obligationsOf('baseline-register')).body.items).toMatchObject([{ state: 'done', dueOn: null }]);
  });

  it('[HS-2024-15] a confirmation carries the decision of the pack\'s table; what the table lacks is undetermined', async () => {
    const inputs = { kind: 'occupational-health-service', qualifications: 'one', filing: 'none', assessment: 'none', centreLevel: 'none' };
    const confirmed = await record('capability-confirmation', { institutionId: action.institutions[1], note: '省级确认结果', inputs });
    expect(confirmed.body.outcome).toMatchObject({ determined: true, value: 'direct', clauses: ['HS-2024-15'] });
    const open = await record('capability-confirmation', { institutionId: action.institutions[1], note: '缺资质情况', inputs: { kind: 'occupational-health-service' } });
    expect(open.body.outcome).toMatchObject({ determined: false, value: null, missing: expect.arrayContaining(['qualifications']) });
  });

  it('an officer enters a paper for the body, with day and reason; it counts from its receipt', async () => {
    const paper = { institutionId: action.institutions[1], issues: [{ ...anIssue, item: 'equipment' }] };
    expect(await record('issue-list', paper)).toMatchObject({ status: 422, problem: { code: 'duty-behalf-unstated', errors: [{ path: '/onBehalf' }] } });
    expect((await record('issue-list', { ...paper, onBehalf: { receivedOn: '2024-08-19', reason: '纸质报送' } })).body).toMatchObject({ onBehalf: true, late: false });
  });

  it.each<[string, string, Record<string, unknown>, string, string]>([
    ['a gap without a measure', 'issue-list', { issues: [{ ...anIssue, item: 'equipment', measure: '' }] }, 'duty-issues-refused', '/issues/0/measure'],
    ['a gap without a day', 'issue-list', { issues: [{ ...anIssue, item: 'equipment', due: null }] }, 'duty-issues-refused', '/issues/0/due'],
    ['an unknown item', 'issue-list', { issues: [{ ...anIssue, item: 'no-such-item' }] }, 'duty-issues-refused', '/issues/0/item'],
    ['nothing at all', 'issue-list', {}, 'duty-empty', '/issues'],
    ['a day to come', 'improvement-plan', { note: '计划', doneOn: '2024-08-21' }, 'duty-in-future', '/doneOn'],
    ['issues where none are asked for', 'improvement-plan', { note: '计划', issues: [anIssue] }, 'duty-unexpected-issues', '/issues'],
    ['no body named', 'improvement-plan', { note: '计划', institutionId: null }, 'duty-foreign', ''],
  ])('%s is refused with its field, and nothing changes', async (_, duty, body, code, path) => {
    const before = (await room.facts('inspection.duty-recorded')).length;
    const answer = await record(duty, { institutionId: action.institutions[0], ...body }, own());
    expect(answer).toMatchObject({ status: 422, problem: { code } });
    if (path) expect(answer.problem.errors.map((it) => it.path)).toContain(path);
    expect((await room.facts('inspection.duty-recorded')).length).toBe(before);
  });

  it('nobody records for another body, another agency or on another page', async () => {
    expect(await record('issue-list', { institutionId: action.institutions[1], note: '无' }, own(0))).toMatchObject({ status: 422, problem: { code: 'duty-foreign' } });
    expect(await record('baseline-register', { note: '底库' }, aPrincipal('county', '621023'))).toMatchObject({ status: 404 });
    expect(await record('site-check', { institutionId: action.institutions[0], note: '检查' })).toMatchObject({ status: 422, problem: { code: 'duty-has-its-page' } });
    expect(await record('no-such-duty', { note: '无' })).toMatchObject({ status: 422, problem: { code: 'duty-unknown' } });
    const seen = await room.call(inspection.listDutyRecords, { as: own(0), params: { campaignId: action.campaignId }, query: {} });
    expect(new Set(seen.body.items.map(({ institutionId }) => institutionId))).toEqual(new Set([action.institutions[0]]));
  });
});

describe('duties that the text gives no time for', () => {
  const list = async (query: Record<string, unknown> = {}) => (await room.call(inspection.listObligations, { as: officer, params: { campaignId: action.campaignId }, query: { limit: 100, ...query } })).body.items;

  it('[HS-2024-15] [HS-2024-28] are owed from the opening of the first stage: one by the unit, or one by each body', async () => {
    const undated = (await list()).filter(({ noLimit }) => noLimit);
    expect(undated.every(({ dueOn, lateAt, state }) => dueOn === null && lateAt === null && ['open', 'done'].includes(state))).toBe(true);
    expect(undated.map(({ duty, institutionId }) => [duty, institutionId === null]).sort()).toEqual([
      ['baseline-register', true], ['capability-confirmation', false], ['capability-confirmation', false], ['progress-report', true], ['training', true],
    ]);
    expect((await list({ duty: 'site-check' })).every(({ noLimit }) => !noLimit)).toBe(true);
  });

  it('[HS-2024-15] a body that joins owes them too, what is due by a passed day it does not', async () => {
    room.clock.set('2024-10-08T10:00:00+08:00');
    await action.to('2024-10-08T10:00:00+08:00', unit);
    const institutionId = await action.joins('pneumoconiosis-rehabilitation');
    expect((await list({ institutionId })).map(({ duty, state }) => [duty, state]).sort()).toEqual([['capability-confirmation', 'open'], ['site-check', 'open']]);
  });

  it('[HS-2024-26] are not overdue when the action ends: they are listed as not done', async () => {
    await action.to('2026-01-01T00:00:01+08:00', unit);
    await action.do('finishUnit');
    const open = await list({ state: 'open' });
    expect(new Set(open.map(({ duty }) => duty))).toEqual(new Set(['capability-confirmation', 'progress-report', 'training']));
    expect((await list({ state: 'overdue' })).every(({ noLimit }) => !noLimit)).toBe(true);
    expect(await room.audit(`${action.campaignId}/${unit}`)).toContainEqual(expect.objectContaining({ action: 'unit finished', detail: expect.objectContaining({ notDone: expect.arrayContaining([{ duty: 'progress-report', count: 1 }]) }) }));
  });
});
