import { describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { builtInPacks, builtInSources, checkPack, decide, formColumns, loadPending, Packs, planCampaign, readSource, testTitles, tracePacks } from './index.js';

const pack = await new Packs([builtInPacks]).get('heshui/quality-action-2024');
const sourceText = readSource(pack);
const plan = planCampaign(pack, builtInCalendar);
const county = plan.cities[0];
const duty = (id: string) => county?.stages.flatMap((it) => it.duties).find((it) => it.id === id);
const value = (decision: string, inputs: Record<string, unknown>) => decide(pack, decision, inputs).value;
const path = (kind: string, more: Record<string, string> = {}) => value('capability-path', { kind, qualifications: 'none', filing: 'none', assessment: 'none', centreLevel: 'none', ...more });
const target = (id: string) => pack.rules.targets[id];

describe('the Heshui action of 2024 and 2025', () => {
  it('is one window of two years and milestones without a date', () => {
    expect(county?.stages.map(({ id, opensOn, closesOn }) => [id, opensOn, closesOn])).toEqual([['action', '2024-01-01', '2025-12-31']]);
    expect(county?.milestones.map(({ id }) => id)).toEqual(['baseline', 'confirmation', 'staff', 'tracking']);
    expect(county?.milestones.flatMap(({ duties }) => duties).every((it) => it.dueOn === null && it.noLimit)).toBe(true);
    expect(plan.cities.map(({ city }) => city)).toEqual(['621024']);
  });
  it.each([
    ['HS-2024-01', 'service-cards', '100'], ['HS-2024-02', 'service-supervision', '100'], ['HS-2024-03', 'evaluation-rectification', '100'], ['HS-2024-04', 'service-cases', '100'],
    ['HS-2024-05', 'examination-reports', '95'], ['HS-2024-06', 'diagnosis-reports', '95'], ['HS-2024-07', 'supervision', '100'], ['HS-2024-08', 'quality-control', '100'],
    ['HS-2024-09', 'quality-rectification', '100'], ['HS-2024-10', 'cases', '100'],
  ])('[%s] the target %s is %s per cent over the two years; without anybody to count it is not applicable', (clause, id, percent) => {
    expect(target(id)).toMatchObject({ clauses: [clause], percent, period: { from: '2024-01-01', to: '2025-12-31' }, denominatorMayBeZero: true, zero: 'not-applicable' });
  });
  it('counts coverage from what the system knows and lets what it cannot know be entered', () => {
    expect(['supervision', 'service-supervision', 'service-cases', 'cases'].map((id) => target(id)?.data)).toEqual(['computed', 'computed', 'computed', 'computed']);
    expect(['service-cards', 'examination-reports', 'diagnosis-reports'].map((id) => target(id)?.data)).toEqual(['entered', 'entered', 'entered']);
  });
  it('[HS-2024-13] [HS-2024-14] list and plan are due on Saturday 31 August 2024, one plan each, without a stated consequence', () => {
    for (const id of ['issue-list', 'improvement-plan']) expect(duty(id)).toMatchObject({ subject: 'institution', dueOn: '2024-08-31', firm: true, missed: { consequence: null } });
    expect([0, 1, 2].map((plans) => value('one-plan', { plans }))).toEqual(['missing', 'one', 'several']);
  });
  it('[HS-2024-15] [HS-2024-16] the year of the filing decides, and who passed; some fall in no path', () => {
    expect(path('health-examination', { filing: 'since-2023', assessment: 'passed' })).toBe('direct');
    expect(path('health-examination', { filing: 'since-2023', assessment: 'failed' })).toBe('unconfirmed');
    expect(path('health-examination', { filing: String(value('filing-period', { filedYear: 2022 })), assessment: 'failed' })).toBe('standard');
    expect(path('disease-control-centre', { centreLevel: 'city' })).toBe('standard');
    expect(path('disease-control-centre', { centreLevel: 'county' })).toBe('not-in-scope');
    expect(path('disease-control-centre', { centreLevel: 'city', qualifications: 'one' })).toBe('open');
    expect(decide(pack, 'capability-path', { kind: 'health-examination' })).toMatchObject({ determined: false });
  });
  it('[HS-2024-21] after its rectification a body below the conditions is proposed for withdrawal; the county decides nothing', () => {
    expect(value('withdrawal-proposal', { conditionsMet: false, rectificationEnded: false })).toBe('rectifying');
    expect(value('withdrawal-proposal', { conditionsMet: false, rectificationEnded: true })).toBe('propose-withdrawal');
    expect(value('withdrawal-power', { authority: 'county' })).toBe('may-propose');
  });
  it('[HS-2024-22] an item of the ledger closes when both sides have looked back', () => {
    const item = (qualityReview: string, enforcementReview: string) => value('ledger-item', { rectified: true, qualityReview, enforcementReview });
    expect([item('not-yet', 'not-yet'), item('confirmed', 'not-yet'), item('confirmed', 'confirmed'), item('confirmed', 'rejected')]).toEqual(['rectified', 're-checked', 'closed', 'open']);
  });
  it('[HS-2024-23] what is published is the body or the service item', () => {
    const listed = (lacking: string) => value('public-list', { kind: 'health-examination', qualityFailed: true, rectification: 'refused', lacking });
    expect(['conditions', 'item-ability', 'nothing'].map(listed)).toEqual(['institution', 'service-item', 'handle-only']);
  });
  it('says that the columns of the list are ours', () => {
    const form = pack.forms['HS-F1'];
    expect(form).toMatchObject({ printed: false, rows: 'issues' });
    expect(form && formColumns(form)).toHaveLength(10);
  });
});

describe('the Heshui text', () => {
  it('is read in nine places', () => expect(Object.keys(pack.readings)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `AMB-HS-${n}`)));
  it('is quoted letter for letter, holds no personal data, and its golden cases pass', () => {
    const { cases, findings } = checkPack(pack, { sourceText, calendar: builtInCalendar });
    expect(cases).toMatchObject({ failed: 0, failures: [] });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it('is traced: each of its 28 clauses has a value and a test', () => {
    const trace = tracePacks([pack], testTitles([builtInSources.replace(/sources$/, 'src')]), loadPending());
    expect(trace).toMatchObject({ total: 28, traced: 28, missing: [] });
    expect(trace.rows.filter((row) => row.normative)).toHaveLength(21);
  });
});
