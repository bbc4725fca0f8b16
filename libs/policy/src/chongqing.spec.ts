import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, localDate } from '@zhijian/calendar';
import { checkPack, decide, endOfPeriod, frequenciesFor, frequencyOf, noticeOf, Packs, periodOf, planCampaign, readSource, runOf, scaleOf, valueOf } from './index.js';

const pack = await new Packs().get('chongqing/colour-2024');
const value = (decision: string, inputs: Record<string, unknown>) => decide(pack, decision, inputs).value;
const clausesOf = (decision: string, inputs: Record<string, unknown>) => decide(pack, decision, inputs).clauses.map(({ id }) => id);
const lastDay = (id: string, eventOn: string) => {
  const period = periodOf(pack, id);
  return period && endOfPeriod(period.value, localDate(eventOn), builtInCalendar)?.on;
};
const plan = planCampaign(pack, builtInCalendar);
const duty = (id: string) => [...(plan.cities[0]?.milestones.flatMap((stage) => stage.duties) ?? []), ...plan.campaignDuties].find((it) => it.id === id);

describe('the Chongqing colours of 2024', () => {
  it('[CQ-2024-01] bind three kinds of body, visitors from other provinces too', () => {
    expect(pack.campaign?.scope).toMatchObject({ kinds: ['occupational-health-service', 'radiation-health-service', 'health-examination'], visitors: true });
    expect(value('managed', { kind: 'occupational-health-service', home: 'elsewhere', servesHere: true })).toBe('in');
    expect(value('managed', { kind: 'occupational-health-service', home: 'elsewhere', servesHere: false })).toBe('outside');
  });
  it.each([[100, 'A'], [80, 'A'], [79.99, 'B'], [79.5, 'B'], [70, 'B'], [69.99, 'C'], [60, 'C'], [59.99, 'D'], [0, 'D']] as const)('[CQ-2024-02] a score of %d is grade %s', (score, grade) => {
    expect(value('quality-grade', { served: true, score })).toBe(grade);
  });
  it('[CQ-2024-02] every score of two decimals has one grade, and grades never rise as scores fall', () => {
    const grades = Array.from({ length: 10_001 }, (_, hundredths) => value('quality-grade', { served: true, score: hundredths / 100 }));
    expect(grades.every((grade) => ['A', 'B', 'C', 'D'].includes(grade as string))).toBe(true);
    expect([...grades].sort().reverse()).toEqual(grades);
  });
  it('[CQ-2024-03] a body that did no service work is grade C, with or without a score; it can be yellow or red, never green', () => {
    expect(value('quality-grade', { served: false })).toBe('C');
    expect(value('quality-grade', { served: false, score: 95 })).toBe('C');
    expect(['I', 'II', 'III'].map((level) => value('colour', { grade: 'C', level }))).toEqual(['yellow', 'yellow', 'red']);
  });
  it('a body that served and has no score has no grade, and says why', () => {
    expect(decide(pack, 'quality-grade', { served: true })).toMatchObject({ determined: false, missing: ['score'] });
    expect(decide(pack, 'quality-grade', { score: 90 })).toMatchObject({ determined: false, missing: ['served'] });
  });
  it('[CQ-2024-04] knows three comparison results and refuses any other word', () => {
    expect(['优秀', '合格', '不合格'].map((result) => value('comparison-level', { result }))).toEqual(['I', 'II', 'III']);
    for (const result of ['基本合格', '不做综合评定', null]) expect(decide(pack, 'comparison-level', { result })).toMatchObject({ determined: false, missing: ['result'] });
  });
  it('[CQ-2024-05] [CQ-2024-06] one of twelve cells is green, five are yellow, six are red; risk and colour agree', () => {
    const cells = ['A', 'B', 'C', 'D'].flatMap((grade) => ['I', 'II', 'III'].map((level) => ({ grade, level })));
    const colours = cells.map((cell) => value('colour', cell) as string);
    expect(['green', 'yellow', 'red'].map((colour) => colours.filter((it) => it === colour).length)).toEqual([1, 5, 6]);
    const colourOf: Record<string, string> = { low: 'green', middle: 'yellow', high: 'red' };
    expect(cells.map((cell) => colourOf[value('risk-matrix', cell) as string])).toEqual(colours);
    expect(clausesOf('colour', { grade: 'A', level: 'I' })).toEqual(['CQ-2024-05', 'CQ-2024-06']);
  });
  it('[CQ-2024-06] a body with two qualifications has the worse of two colours; none while one is open and none is red', () => {
    expect(scaleOf(pack, 'colour')?.value).toMatchObject({ direction: 'best-first', combine: 'worst', values: [{ id: 'green' }, { id: 'yellow' }, { id: 'red' }] });
    expect(value('institution-colour', { anyRed: true, anyPending: true, anyYellow: false })).toBe('red');
    expect(value('institution-colour', { anyRed: false, anyPending: true, anyYellow: true })).toBe('pending');
    expect(value('institution-colour', { anyRed: false, anyPending: false, anyYellow: true })).toBe('yellow');
  });
  it('a body without a comparison has no colour, not even with grade D', () => {
    expect(decide(pack, 'colour', { grade: 'D' })).toMatchObject({ determined: false, missing: ['level'] });
  });
  it('[CQ-2024-07] a year is coloured once, on the results of the year before', () => {
    expect(frequencyOf(pack, 'colour-run')?.value).toMatchObject({ activity: 'colouring', min: 1, per: 'calendar-year', basis: 'previous-year', periodStated: false });
    expect(value('basis-year', { runYear: 2025 })).toBe(2024);
  });
  it('[CQ-2024-08] results are posted for at least five working days: posted on 13 September 2024, to the 23rd', () => {
    expect(periodOf(pack, 'result-notice')?.value).toMatchObject({ atLeast: true, after: { event: 'results-posted', workingDays: 5 } });
    expect(lastDay('result-notice', '2024-09-13')).toBe('2024-09-23');
    expect(value('may-publish', { noticeEnded: false, objectionOpen: false })).toBe('wait-notice');
    expect(value('after-objection', { colourChanged: true })).toBe('own-period');
  });
  it("[CQ-2024-09] then they are published on the commission's site; an entry under objection waits, the others go on", () => {
    expect(noticeOf(pack, 'colour-publication')?.value).toMatchObject({ kind: 'publication', after: 'colour-posting', place: '市卫生健康委官方网站' });
    expect(value('may-publish', { noticeEnded: true, objectionOpen: true })).toBe('wait-objection');
    expect(value('may-publish', { noticeEnded: true, objectionOpen: false })).toBe('publish');
  });
  it.each([['[CQ-2024-10] red bodies are inspected at least twice a year', 'red', 2], ['[CQ-2024-11] yellow bodies at least once', 'yellow', 1], ['[CQ-2024-12] green bodies may go without', 'green', 0]] as const)('%s', (_, colour, min) => {
    const [rule, ...more] = frequenciesFor(pack, { activity: 'inspection', facts: { colour } });
    expect(more).toEqual([]);
    expect(rule).toMatchObject({ id: value('inspection-frequency', { colour }), value: { min, per: 'calendar-year' }, clauses: clausesOf('inspection-frequency', { colour }) });
  });
  it('the colour in use is the last one until this year has been published; without any there is no rule', () => {
    expect(value('colour-in-use', { published: false, thisYear: 'green', lastYear: 'red' })).toBe('red');
    expect(value('colour-in-use', { published: true, thisYear: 'green', lastYear: 'red' })).toBe('green');
    expect(value('inspection-frequency', { colour: 'none' })).toBe('not-ruled');
  });
  it('[CQ-2024-14] a complaint is handled whatever the colour', () => {
    for (const colour of ['red', 'yellow', 'green', 'none']) expect(value('site-check', { origin: 'complaint', colour })).toBe('by-complaint-rules');
    expect(value('site-check', { origin: 'planned', colour: 'green' })).toBe('may-omit');
  });
  it('[CQ-2024-15] monitoring has a floor for red only; for yellow and green the text permits a number', () => {
    const rule = (colour: string) => frequenciesFor(pack, { activity: 'quality-monitoring', facts: { colour } }).map(({ id, value: it }) => ({ id, min: it.min, target: it.target, per: it.per, permitted: it.permitted }));
    expect(rule('red')).toEqual([{ id: 'red-monitoring', min: 2, target: undefined, per: 'calendar-year', permitted: false }]);
    expect(rule('yellow')).toEqual([{ id: 'yellow-monitoring', min: 0, target: 1, per: 'calendar-year', permitted: true }]);
    expect(rule('green')).toEqual([{ id: 'green-monitoring', min: 0, target: 1, per: { years: 2 }, permitted: true }]);
  });
  it('[CQ-2024-16] the QC centre sets the number and sums up at the end of the year', () => {
    expect(frequencyOf(pack, 'red-monitoring')?.value.decidedBy).toBe('qc-centre');
    expect(duty('monitoring-summary')).toMatchObject({ actor: 'qc-centre', receiver: 'city-commission', yearly: '12-31', dueOn: null });
  });
  it('[CQ-2024-17] red and yellow bodies report within thirty working days after publication: 24 September 2024, to 8 November', () => {
    expect(['red', 'yellow', 'green'].map((colour) => value('rectification-duty', { colour }))).toEqual(['report', 'report', 'none']);
    expect(lastDay('rectification-report', '2024-09-24')).toBe('2024-11-08');
    expect(duty('rectification-report')).toMatchObject({ actor: 'institution', receiver: 'city-commission', after: { event: 'results-published', workingDays: 30 } });
    expect(value('report-lateness', { handedIn: true, pastDue: true })).toBe('late');
  });
  it('[CQ-2024-19] a colour is a reference in every review, never a verdict', () => {
    expect(valueOf(pack, 'colour-in-review')?.value.value).toBe(true);
    for (const procedure of ['qualification', 'renewal', 'change', 'filing']) expect(value('colour-in-review', { procedure })).toBe('reference');
  });
  it('[CQ-2024-20] three red years running, or a limit passed unrectified, are proposed for proceedings; the second red year alarms', () => {
    expect(runOf(pack, 'red-years')?.value).toMatchObject({ of: 'colour', value: 'red', times: 3, gapBreaks: true, warnAt: 2 });
    const years = (colours: readonly string[]) => colours.reduce((before, colour) => value('red-run', { colour, before }) as number, 0);
    const step = (colours: readonly string[], rectification = 'rectified') => value('escalation', { redYears: years(colours), rectification });
    expect([['red'], ['red', 'red'], ['red', 'red', 'red'], ['red', 'none', 'red', 'red'], ['red', 'red', 'yellow', 'red']].map((colours) => step(colours))).toEqual(['none', 'alarm', 'propose', 'alarm', 'none']);
    expect(step(['yellow'], 'overdue')).toBe('propose');
    expect(value('rectification-state', { rectified: false, limit: 'not-set' })).toBe('limit-not-set');
    expect(periodOf(pack, 'rectification')?.value.after).toBeNull();
  });
  it('is disclosed on request only', () => expect(pack.document).toMatchObject({ disclosure: 'on-request', clauses: ['CQ-2024-22'] }));
  it('may be approved as read; its golden cases hold', () => {
    const check = checkPack(pack, { sourceText: readSource(pack), calendar: builtInCalendar });
    expect(check.findings.filter((it) => it.severity === 'error')).toEqual([]);
    expect(check.cases).toMatchObject({ failed: 0, failures: [] });
  });
});
