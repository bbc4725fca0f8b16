import { describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { builtInPacks, builtInSources, checkOwnDates, checkPack, decide, formColumns, isGroup, loadPending, Packs, parameter, planCampaign, readSource, testTitles, tracePacks } from './index.js';
import { localDate } from '@zhijian/calendar';

const pack = await new Packs([builtInPacks]).get('hangzhou/exam-campaign-2023');
const sourceText = readSource(pack);
const plan = planCampaign(pack, builtInCalendar);
const duty = (id: string) => [...(plan.cities[0]?.stages.flatMap((stage) => stage.duties) ?? []), ...plan.campaignDuties].find((it) => it.id === id);
const stage = (id: string) => plan.cities[0]?.stages.find((it) => it.id === id);
const value = (decision: string, inputs: Record<string, unknown>) => decide(pack, decision, inputs).value;

describe('the Hangzhou campaign of 2023', () => {
  it('[HZ-2023-01] takes in bodies that are filed and operate; whether one operates may be unknown', () => {
    expect(value('in-campaign', { filed: true, operating: true })).toBe('in');
    expect(value('in-campaign', { filed: true, operating: false })).toBe('idle');
    expect(decide(pack, 'in-campaign', { filed: true, operating: undefined })).toMatchObject({ determined: false, missing: ['operating'] });
    expect(pack.campaign?.scope).toMatchObject({ kinds: ['health-examination'], filed: true, operating: true });
  });
  it('[HZ-2023-02] asks about seven areas, in the words of the plan', () => expect(pack.checklists['self-check']?.items).toHaveLength(7));
  it('[HZ-2023-03] lists bodies in February and March', () => {
    expect(stage('list')).toMatchObject({ opensOn: '2023-02-01', closesOn: '2023-03-31' });
    expect(parameter(pack, 'baseList')).toMatchObject({ value: { fields: ['address', 'contact', 'filing-categories', 'filing-items', 'outreach'] }, clauses: ['HZ-2023-03'] });
  });
  it("[HZ-2023-04] a district's plan is due with form 1 and gates nothing", () => {
    expect(duty('local-plan')).toMatchObject({ stage: 'self-check', dueOn: duty('self-check-form')?.dueOn, missed: { consequence: null } });
  });
  it('[HZ-2023-05] every body is told, on line or at a meeting', () => expect(duty('notification')).toMatchObject({ subject: 'institution', dueOn: '2023-04-30' }));
  it("[HZ-2023-06] self-check runs in March and April and takes in last year's quality assessment", () => {
    expect(stage('self-check')).toMatchObject({ opensOn: '2023-03-01', closesOn: '2023-04-30' });
    expect(parameter(pack, 'includeLastYearAssessment')?.value).toMatchObject({ value: true, reading: 'AMB-HZ-7' });
  });
  it('[HZ-2023-07] the self-check report is due on Saturday 15 April, without roll and without a stated consequence', () => {
    expect(duty('self-check-report')).toMatchObject({ dueOn: '2023-04-15', firm: true, receiver: 'district-supervision', missed: { consequence: null } });
    expect(value('report-lateness', { handedIn: true, pastDue: true })).toBe('late');
  });
  it('[HZ-2023-08] form 1 goes to the city enforcement team by 20 April', () => expect(duty('self-check-form')).toMatchObject({ dueOn: '2023-04-20', receiver: 'city-enforcement', form: 'HZ-F1' }));
  it('[HZ-2023-09] every body is visited between April and October', () => expect(duty('site-check')).toMatchObject({ subject: 'institution', dueOn: '2023-10-31' }));
  it('[HZ-2023-10] the number of archives to draw is ours, and says so', () => expect(parameter(pack, 'archiveSample')?.value).toMatchObject({ min: 1, stated: false }));
  it('[HZ-2023-11] an item whose own date lies after the visit is not uncorrected; one past its date, or a serious violation, is a case', () => {
    expect(value('item-verification', { corrected: false, dueBeforeVisit: false })).toBe('not-yet-due');
    expect(value('item-verification', { corrected: false, dueBeforeVisit: true })).toBe('uncorrected');
    expect(value('case-filing', { uncorrectedItem: false, seriousViolation: true })).toBe('file-case');
    expect(value('case-filing', { uncorrectedItem: false, seriousViolation: false })).toBe('no-case');
  });
  it('[HZ-2023-12] services are checked by extension', () => expect(duty('extension-check')).toMatchObject({ kind: 'extension-check', stage: 'enforcement' }));
  it('[HZ-2023-13] form 2 and summary go up by 10 November', () => expect(duty('summary')).toMatchObject({ dueOn: '2023-11-10', receiver: 'city-enforcement', form: 'HZ-F2' }));
  it('[HZ-2023-14] the city rolls up once, by 15 November, to the commission', () => {
    expect(plan.campaignDuties).toMatchObject([{ id: 'roll-up', dueOn: '2023-11-15', receiver: 'commission-supervision', mayBringForward: false }]);
  });
  it('[HZ-2023-15] three kinds of violation come first', () => expect(parameter(pack, 'priorityViolations')?.value.value).toHaveLength(3));
  it('[HZ-2023-16] form 1 has eight columns and counts from 2022-01-01 to 2023-03-30', () => {
    const form = pack.forms['HZ-F1'];
    expect(form && formColumns(form)).toHaveLength(8);
    expect(form?.period).toEqual({ from: '2022-01-01', to: '2023-03-30' });
  });
  it('[HZ-2023-17] form 2 has thirteen leaf columns under two headings, and lists who belongs there', () => {
    const form = pack.forms['HZ-F2'];
    expect(form && formColumns(form)).toHaveLength(13);
    expect(form?.columns.filter(isGroup).map((group) => [group.title, group.columns.length])).toEqual([['不合格情况', 9], ['行政处罚情况', 2]]);
    const elsewhere = { filedHere: false, filedElsewhere: true, finding: true };
    expect(value('form-2-row', { ...elsewhere, punishedThroughExtension: true })).toBe('listed');
    expect(value('form-2-row', { ...elsewhere, punishedThroughExtension: false })).toBe('not-listed');
    expect(value('form-2-row', { filedHere: false, filedElsewhere: false, finding: true, punishedThroughExtension: false })).toBe('listed');
  });
  it('has the thirteen districts and counties as its usual units, and takes others', () => {
    expect(plan.cities).toHaveLength(13);
    expect(planCampaign(pack, builtInCalendar, { units: [{ code: '330199', name: '样例区' }] }).cities).toMatchObject([{ city: '330199' }]);
  });
  it('a district may ask for the reports earlier than the city, not later', () => {
    const ask = (on: string) => checkOwnDates(plan, [{ city: '330106', duty: 'self-check-report', on: localDate(on) }]);
    expect(ask('2023-04-07')).toEqual({ ok: true });
    expect(ask('2023-04-17')).toMatchObject({ refusals: [{ code: 'date-after-city-limit', clauses: ['HZ-2023-07'] }] });
  });
});

describe('the Hangzhou text', () => {
  const found = (asPrinted: boolean) => checkPack(pack, { asPrinted, sourceText, calendar: builtInCalendar }).findings.map(({ kind, severity, clauses, reading }) => [kind, severity, clauses[0], reading].filter(Boolean).join(' '));
  it('as printed has the faults the rulebook lists, one for each duty or date', () => {
    expect(found(true)).toEqual([
      'duplicate-deadline error HZ-2023-07', 'duplicate-deadline error HZ-2023-08',
      'day-off warning HZ-2023-07', 'day-off warning HZ-2023-07',
      'overlap info HZ-2023-03', 'overlap info HZ-2023-06',
      'undefined-period warning HZ-2023-10',
      'title-differs info HZ-2023-16', 'title-differs info HZ-2023-17',
    ]);
  });
  it('as read has no error; each answered fault points at its reading', () => {
    expect(found(false)).toEqual([
      'duplicate-deadline info HZ-2023-07 AMB-HZ-1', 'duplicate-deadline info HZ-2023-08 AMB-HZ-1',
      'day-off info HZ-2023-07 AMB-HZ-5', 'day-off info HZ-2023-07 AMB-HZ-5',
      'overlap info HZ-2023-03 AMB-HZ-3', 'overlap info HZ-2023-06 AMB-HZ-3',
      'undefined-period warning HZ-2023-10',
      'title-differs info HZ-2023-16 AMB-HZ-2', 'title-differs info HZ-2023-17 AMB-HZ-2',
    ]);
  });
  it('is quoted letter for letter, holds no personal data, and its golden cases pass', () => {
    const { cases } = checkPack(pack, { sourceText, calendar: builtInCalendar });
    expect(cases).toMatchObject({ failed: 0, failures: [] });
    expect(cases.passed).toBeGreaterThan(40);
  });
  it('is read in eight places, each with the other wording and the reason', () => {
    expect(Object.keys(pack.readings)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `AMB-HZ-${n}`));
  });
  it('quotes its one copy; no clause stands twice', () => {
    const quotes = Object.values(pack.clauses).map(({ quote }) => quote);
    expect(new Set(quotes).size).toBe(quotes.length);
    expect(sourceText).not.toMatch(/[À-ÿ]{4}/);
  });
  it('is traced: each of its 17 clauses has a value and a test', () => {
    const trace = tracePacks([pack], testTitles([builtInSources.replace(/sources$/, 'src')]), loadPending());
    expect(trace).toMatchObject({ total: 17, traced: 17, pending: [], missing: [] });
    expect(trace.rows.filter((row) => row.normative)).toHaveLength(15);
    expect(trace.rows.every((row) => row.tests.some((title) => title.includes(`[${row.clause}]`)))).toBe(true);
  });
});
