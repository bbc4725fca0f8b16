import { describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { builtInPacks, builtInSources, checkPack, decide, formColumns, loadPending, Packs, planCampaign, readSource, testTitles, tracePacks } from './index.js';

const pack = await new Packs([builtInPacks]).get('jiangsu/norm-2014');
const sourceText = readSource(pack);
const plan = planCampaign(pack, builtInCalendar);
const city = plan.cities[0];
const stage = (id: string) => city?.stages.find((it) => it.id === id);
const duty = (id: string) => [...(city?.stages ?? []), ...(city?.milestones ?? [])].flatMap((it) => it.duties).concat(plan.campaignDuties).find((it) => it.id === id);
const value = (decision: string, inputs: Record<string, unknown>) => decide(pack, decision, inputs).value;
const items = (group: string) => pack.checklists['self-check']?.items.filter((it) => it.group === group) ?? [];
/** The circumstance of a case, as the two rules decide it together. */
const circumstance = (selfReported: boolean, perfunctory: boolean, foundByAuthority: boolean, normNotCarriedOut = false) =>
  value('case-circumstance', { leniency: value('leniency', { selfReported }), strictness: value('strict-circumstance', { perfunctory, foundByAuthority, normNotCarriedOut }) });

describe('the Jiangsu norm of 2014', () => {
  it.each([['management', 10, 1, 'gap'], ['service', 12, 11, 'gap'], ['lawfulness', 4, 23, 'violation']])('asks in the group %s about %d items, each of its own clause', (group, count, first, kind) => {
    expect(items(group).map((it) => it.clauses)).toEqual(Array.from({ length: count }, (_, i) => [`JS-2014-${String(first + i).padStart(2, '0')}`]));
    expect(new Set(items(group).map((it) => it.class))).toEqual(new Set([kind]));
  });
  it('leaves room for what 等 covers', () => expect([pack.checklists['self-check']?.open, pack.checklists.roles?.open]).toEqual([true, true]));
  it('[JS-2014-29] names twelve roles, the legal representative first', () => {
    expect(pack.checklists.roles?.items).toHaveLength(12);
    expect(pack.rules.values['first-responsible']?.value).toBe(pack.checklists.roles?.items[0]?.id);
  });
  it('[JS-2014-31] disclosure binds from the day the system is ready, not before', () => {
    expect(value('report-disclosure', { inForce: false, disclosed: 'none' })).toBe('not-yet-required');
    expect(value('report-disclosure', { inForce: true, disclosed: 'partial' })).toBe('concealment');
    expect(duty('disclosure')).toMatchObject({ dueOn: null, missed: { consequence: 'concealment' } });
  });
  it('[JS-2014-33] a violation is corrected at once; [JS-2014-34] a gap has a day of its own and needs measure, responsibility and limit', () => {
    expect(['violation', 'gap'].map((itemClass) => value('item-due', { itemClass }))).toEqual(['immediately', 'own-date']);
    expect(value('item-complete', { itemClass: 'gap', measure: true, responsible: true, limit: false })).toBe('incomplete');
  });
  it('[JS-2014-35] stage 1 ends on a Saturday and does not roll', () => expect(duty('province-plan')).toMatchObject({ dueOn: '2014-08-30', firm: true }));
  it('[JS-2014-37] [JS-2014-38] reports go up while enforcement already runs', () => {
    expect(stage('report')).toMatchObject({ opensOn: '2014-10-01', closesOn: '2014-10-10' });
    expect(stage('enforcement')).toMatchObject({ opensOn: '2014-10-01', closesOn: '2014-11-30' });
  });
  it('[JS-2014-37] the report is sealed, goes to the province with a copy to the city and carries the list', () => {
    expect(duty('self-check-report')).toMatchObject({ dueOn: '2014-10-10', receiver: 'province-bureau', copyTo: ['city-bureau'], sealed: true, attachments: ['issue-list'] });
  });
  it('[JS-2014-39] nothing is told before an unannounced visit; the mode belongs to the visit', () => {
    expect(value('visit-announcement', { mode: 'unannounced', arrived: false })).toBe('nothing');
    expect(decide(pack, 'visit-announcement', { arrived: false })).toMatchObject({ determined: false, missing: ['mode'] });
    expect(duty('site-check')).toMatchObject({ mode: 'unannounced', reminders: [] });
  });
  it('[JS-2014-40] [JS-2014-41] what a body reported itself may be lighter; a perfunctory self-check and a violation found is strict; both is for a person', () => {
    expect(circumstance(true, false, false)).toBe('self-reported');
    expect(circumstance(false, true, true)).toBe('strict');
    expect(circumstance(false, true, false)).toBe('ordinary');
    expect(circumstance(false, false, true)).toBe('ordinary');
    expect(circumstance(true, false, false, true)).toBe('contradictory');
  });
  it('[JS-2014-42] late, perfunctory or false is key supervision until the end of the quarter, and joins the sample; nobody is late before the day', () => {
    const report = (handedIn: boolean, pastDue: boolean, quality: string) => value('key-supervision', { lateness: value('report-lateness', { handedIn, pastDue }), quality });
    expect([report(true, true, 'sound'), report(false, true, 'unseen'), report(true, false, 'perfunctory'), report(true, false, 'falsified')]).toEqual(['key', 'key', 'key', 'key']);
    expect([report(false, false, 'unseen'), report(true, false, 'unseen'), report(true, false, 'sound')]).toEqual(['open', 'open', 'ordinary']);
    expect(duty('self-check-report')?.missed).toEqual({ consequence: 'key-supervision', until: '2014-12-31', clauses: ['JS-2014-42'] });
    expect(pack.rules.samples['enforcement-visits']).toMatchObject({ include: ['report-late', 'key-supervision'], reopens: ['report-late', 'key-supervision'] });
  });
  it('has the thirteen cities as its usual units', () => expect(plan.cities.map((it) => it.city)).toEqual(Array.from({ length: 13 }, (_, i) => String(320100 + i * 100))));
  it('says that the columns of the list are ours', () => {
    const form = pack.forms['JS-F1'];
    expect(form).toMatchObject({ printed: false, rows: 'issues' });
    expect(form && formColumns(form)).toHaveLength(8);
  });
});

describe('the Jiangsu text', () => {
  it('is read in five places', () => expect(Object.keys(pack.readings)).toEqual([1, 2, 3, 4, 5].map((n) => `AMB-JS-${n}`)));
  it('is quoted letter for letter, holds no personal data, and its golden cases pass', () => {
    const { cases, findings } = checkPack(pack, { sourceText, calendar: builtInCalendar });
    expect(cases).toMatchObject({ failed: 0, failures: [] });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it('is traced: each of its 42 clauses has a value and a test', () => {
    const trace = tracePacks([pack], testTitles([builtInSources.replace(/sources$/, 'src')]), loadPending());
    expect(trace).toMatchObject({ total: 42, traced: 42, missing: [] });
    expect(trace.rows.filter((row) => row.normative)).toHaveLength(40);
  });
});
