import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, localDate } from '@zhijian/calendar';
import { checkPack, decide, endOfPeriod, frequencyOf, listAt, noticeOf, Packs, periodOf, planCampaign, readSource, valueOf } from './index.js';

const pack = await new Packs().get('guizhou/reform-2021');
const value = (decision: string, inputs: Record<string, unknown>) => decide(pack, decision, inputs).value;
const items = (list: string, on: string, facts = {}) => listAt(pack, list, localDate(on), facts)?.value.items.map((it) => it.id);
const lastDay = (id: string, eventOn: string) => {
  const period = periodOf(pack, id, { on: localDate(eventOn) });
  return period && endOfPeriod(period.value, localDate(eventOn), builtInCalendar)?.on;
};
const plan = planCampaign(pack, builtInCalendar);
const duty = (id: string) => [...(plan.cities[0]?.milestones.flatMap((stage) => stage.duties) ?? []), ...plan.campaignDuties].find((it) => it.id === id);

describe('the Guizhou reform of 2021', () => {
  it('[GZ-2021-01] [GZ-2021-02] leaves one level and no grade on new certificates; old ones keep their words', () => {
    expect(valueOf(pack, 'certificate-levels')?.value.value).toBe(1);
    expect(valueOf(pack, 'grade-on-certificate')?.value.value).toBe(false);
    expect(items('certificate-grades', '2021-06-30')).toHaveLength(3);
    expect(items('certificate-grades', '2021-07-01')).toEqual([]);
    expect(['before-reform', 'since-reform'].map((issued) => value('certificate-grade', { issued }))).toEqual(['as-issued', 'none']);
  });
  it('[GZ-2021-03] lets a qualified body practise all over the country', () => expect(value('practice-territory', { qualified: true })).toBe('nation'));
  it('[GZ-2021-04] [GZ-2021-05] asks for the former grade B, and for more instruments where class-2 nuclear facilities are in the scope', () => {
    expect(items('conditions', '2022-03-01', { scope: 'general' })).toHaveLength(10);
    const more = (on: string) => items('conditions', on, { scope: 'class-two-nuclear' })?.slice(10);
    expect([more('2022-03-01'), more('2024-06-30'), more('2024-07-01')]).toEqual([['class-two-nuclear-2021'], ['class-two-nuclear-2021'], ['class-two-nuclear-2024']]);
    expect([false, true].map((classTwoNuclear) => value('instrument-condition', { classTwoNuclear, instruments: 'meets-b' }))).toEqual(['met', 'unmet']);
  });
  it.each([
    ['2022-06-01', ['decree-4', 'criteria-2021']], ['2023-11-30', ['decree-4', 'criteria-2021']], ['2023-12-01', ['decree-11', 'criteria-2021']],
    ['2024-06-30', ['decree-11', 'criteria-2021']], ['2024-07-01', ['decree-11', 'criteria-2024']],
  ] as const)('[GZ-2021-06] an application of %s is judged by %j', (on, rules) => expect(items('criteria', on)).toEqual(rules));
  it('[GZ-2021-07] grants or refuses, nothing between; what is not known is not decided', () => {
    const of = (conditionsMet: unknown, reviewPassed: unknown) => value('application-decision', { conditionsMet, reviewPassed });
    expect([of(true, true), of(false, true), of(true, false), of(false, false), of(true, null)]).toEqual(['grant', 'refuse', 'refuse', 'refuse', null]);
    expect(pack.decisions['application-decision']?.outputs[0]?.allowed).toBe('"grant","refuse"');
  });
  it('[GZ-2021-08] has no step in the city', () => expect(value('application-step', { step: 'city-examination' })).toBe('abolished'));
  it('[GZ-2021-09] asks for no registered capital and no fixed assets', () => {
    expect(items('conditions', '2021-06-30')).toEqual(expect.arrayContaining(['registered-capital', 'fixed-assets']));
    for (const id of ['registered-capital', 'fixed-assets']) expect(items('conditions', '2021-07-01')).not.toContain(id);
  });
  it('[GZ-2021-10] drops three materials from applications since 1 July 2021; asking for one is a violation', () => {
    expect(items('radiation-materials', '2021-06-30')).toEqual(['profile', 'quality-manual', 'procedure-list']);
    expect(items('radiation-materials', '2021-07-01')).toEqual([]);
    expect(value('material-request', { inForce: false })).toBe('violation');
  });
  it('[GZ-2021-11] permits for radiation bodies take ten working days since 1 July 2021: accepted 24 September 2021, to 13 October; qualifications keep their twenty', () => {
    const days = (on: string) => periodOf(pack, 'permit-decision', { on: localDate(on) })?.value.after;
    expect([days('2021-06-30'), days('2021-07-01')]).toMatchObject([{ workingDays: 20 }, { workingDays: 10 }]);
    expect(lastDay('permit-decision', '2021-09-24')).toBe('2021-10-13');
    expect(periodOf(pack, 'qualification-decision')?.value).toMatchObject({ after: { workingDays: 20 }, reading: 'AMB-GZ-4' });
  });
  it('[GZ-2021-13] splits mining in two and grants neither part of itself', () => {
    expect(items('mining-scopes', '2021-07-01')).toEqual(['mining-coal', 'mining-other']);
    expect(pack.rules.lists['mining-scopes']?.mapping).toMatchObject([{ from: 'mining', automatic: false }]);
    expect(['none', 'change', 'renewal'].map((procedure) => value('mining-scope', { held: 'mining', procedure }))).toEqual(['needs-mapping', 'decide', 'decide']);
  });
  it.each([[49.99, 'open'], [50, 'half-elapsed'], [74.99, 'half-elapsed'], [75, 'three-quarters-elapsed'], [100, 'three-quarters-elapsed'], [100.01, 'breach']] as const)(
    '[GZ-2021-14] a body not checked when %d percent of its term have passed: %s', (elapsedPercent, state) => {
      expect(value('evaluation-check-state', { checked: false, elapsedPercent })).toBe(state);
      expect(frequencyOf(pack, 'evaluation-check')?.value).toMatchObject({ min: 1, per: 'validity-period', warnAt: [50, 75] });
    });
  it('[GZ-2021-16] staff are assessed once a year', () => {
    expect(frequencyOf(pack, 'staff-assessment')?.value).toMatchObject({ min: 1, target: 1, per: 'calendar-year' });
    expect(duty('staff-assessment')).toMatchObject({ actor: 'province-commission', yearly: '12-31' });
  });
  it('[GZ-2021-17] a pass may exempt through the day before its second anniversary, on the day the application is accepted', () => {
    expect(lastDay('exam-exemption', '2022-05-10')).toBe('2024-05-09');
    expect(valueOf(pack, 'exemption-tested-on')?.value.value).toBe('application-accepted');
    expect([true, false].map((validOnAcceptance) => value('exam-exemption', { passed: true, validOnAcceptance }))).toEqual(['may-exempt', 'examine']);
  });
  it('[GZ-2021-20] three kinds of body stand in the yearly random check', () => {
    expect(frequencyOf(pack, 'annual-check')?.value.kinds).toEqual(['occupational-health-service', 'radiation-health-service', 'radiation-medical']);
    expect(value('in-annual-check', { kind: 'radiation-medical' })).toBe('in');
  });
  it('[GZ-2021-21] results of checks are circulated', () => expect(noticeOf(pack, 'check-results')?.value).toMatchObject({ kind: 'circular', of: ['result'] }));
  it('[GZ-2021-22] a check of an employer or a hospital extends to the services it bought', () => {
    expect(value('extension-check', { visited: 'employer', served: true })).toBe('extend');
    expect(duty('extension-check')).toMatchObject({ kind: 'extension-check', actor: 'local-health' });
  });
  it('[GZ-2021-25] a violation dealt with is told to the authority that qualified the body, in another province too', () => {
    expect(value('violation-notice', { dealtWith: true, issuer: 'other-province' })).toBe('notify-other-province');
    expect(value('violation-notice', { dealtWith: false, issuer: 'own-province' })).toBe('none');
    expect(noticeOf(pack, 'violations')?.value).toMatchObject({ kind: 'notification', receiver: 'issuing-authority', limit: 'none' });
  });
  it('[GZ-2021-26] approvals are public and searchable', () => expect(noticeOf(pack, 'approvals')?.value).toMatchObject({ kind: 'publication', searchable: true, limit: 'none' }));
  it('[GZ-2021-27] every decision, refusals too, is entered in the national register within twenty working days', () => {
    expect(lastDay('registry-entry', '2021-09-24')).toBe('2021-10-27');
    expect(value('registry-filing', { application: 'renewal', decision: 'refuse' })).toBe('file');
    expect(duty('registry-entry')).toMatchObject({ actor: 'supervision-bureau', after: { event: 'decided', workingDays: 20 } });
  });
  it('may be approved as read; its golden cases hold', () => {
    const check = checkPack(pack, { sourceText: readSource(pack), calendar: builtInCalendar });
    expect(check.findings.filter((it) => it.severity === 'error')).toEqual([]);
    expect(check.cases).toMatchObject({ failed: 0, failures: [] });
  });
});
