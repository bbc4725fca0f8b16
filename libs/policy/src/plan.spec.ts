import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, calendarOf, localDate } from '@zhijian/calendar';
import { amended, checkOwnDates, dueAfter, momentsOf, parsePack, planCampaign, withOwnDates, type Amendment, type CampaignPlan } from './index.js';
import { testlandFiles } from './testland.fixture.js';

const testland = await parsePack(testlandFiles());
const units = [{ code: '990011', name: '东镇' }, { code: '990012', name: '西镇' }];
const plan = planCampaign(testland, builtInCalendar, { units });
const dutyOf = (it: CampaignPlan, id: string, city = '990011') => it.cities.find((unit) => unit.city === city)?.stages.flatMap((stage) => stage.duties).find((duty) => duty.id === id);
const stageOf = (it: CampaignPlan, id: string, city = '990011') => it.cities.find((unit) => unit.city === city)?.stages.find((stage) => stage.id === id);
const on = localDate;
const amendment = (it: Partial<Amendment>): Amendment => ({ kind: 'extend', units: [], stage: null, duty: null, on: null, ...it });

describe('a campaign plan', () => {
  it('gives every unit the windows of the pack, by day or by month', () => {
    expect(plan.cities.map((city) => city.city)).toEqual(['990011', '990012']);
    expect(stageOf(plan, 'self-check')).toMatchObject({ opensOn: '2024-05-06', closesOn: '2024-05-31' });
    expect(stageOf(plan, 'visits')).toMatchObject({ opensOn: '2024-06-01', closesOn: '2024-06-30' });
  });
  it('dates a duty by its printed day, by the end of its stage, or not before its event', () => {
    expect(dutyOf(plan, 'report')).toMatchObject({ dueOn: '2024-05-20', firm: true, after: null });
    expect(dutyOf(plan, 'visit')).toMatchObject({ dueOn: '2024-06-30' });
    expect(dutyOf(plan, 'feedback')).toMatchObject({ dueOn: null, firm: false, after: { event: 'visit-held', workingDays: 10 } });
  });
  it('counts from the opening of its stage, which is known beforehand, and sweeps on that day', async () => {
    const files = testlandFiles();
    files['campaign.yaml'] = (files['campaign.yaml'] ?? '').replace('event: visit-held', 'event: stage-opened');
    const opened = planCampaign(await parsePack(files), builtInCalendar, { units });
    expect(dutyOf(opened, 'feedback')).toMatchObject({ dueOn: '2024-06-17', limitOn: '2024-06-17', firm: true, after: { event: 'stage-opened', workingDays: 10 }, because: expect.stringContaining('自阶段开始之日（2024-06-01）起算') }); // 端午 06-10
    expect(momentsOf(opened.cities[0]!.stages)).toContainEqual(expect.objectContaining({ kind: 'sweep', duty: 'feedback', dueAt: '2024-06-18T00:00:00+08:00' }));
  });
  it('counts from the event once it has happened', () => {
    const after = dutyOf(plan, 'feedback')?.after;
    expect(after && dueAfter(after, 'none', on('2024-06-05'), builtInCalendar)).toMatchObject({ on: '2024-06-20', firm: true }); // 端午 06-10
  });
  it('states a consequence only with its clause', () => {
    expect(dutyOf(plan, 'report')?.missed).toEqual({ consequence: 'key-supervision', clauses: ['TEST-2024-03'] });
    expect(dutyOf(plan, 'visit')?.missed).toEqual({ consequence: null, clauses: [] });
  });
  it('reminds in calendar days before the due day', () => {
    expect(dutyOf(plan, 'report')?.reminders).toEqual([{ on: '2024-05-17', daysBefore: 3 }]);
  });
  it('takes “before” as before the day begins where the pack says the day is not included', async () => {
    const files = testlandFiles();
    files['campaign.yaml'] = (files['campaign.yaml'] ?? '').replace('wording: 5月20日前', 'inclusive: false, wording: 5月20日前');
    expect(dutyOf(planCampaign(await parsePack(files), builtInCalendar, { units }), 'report')?.dueOn).toBe('2024-05-19');
  });
  it('is provisional where a date has to roll in a year without a holiday notice', async () => {
    const files = testlandFiles();
    files['campaign.yaml'] = (files['campaign.yaml'] ?? '').replace('wording: 5月20日前', 'roll: forward, wording: 5月20日前');
    expect(dutyOf(planCampaign(await parsePack(files), calendarOf([]), { units }), 'report')?.firm).toBe(false);
  });
  it('names pack and calendar, and is the same each time it is computed', () => {
    expect(plan).toMatchObject({ pack: { id: 'testland/campaign-2024', version: 1, hash: testland.hash }, calendar: builtInCalendar.version });
    expect(planCampaign(testland, builtInCalendar, { units })).toEqual(plan);
  });
});

describe('amending a running campaign', () => {
  it('extends a stage in one unit, and what is due at its end with it', () => {
    const amended = planCampaign(testland, builtInCalendar, { units, amendments: [amendment({ stage: 'visits', units: ['990012'], on: on('2024-07-15') })] });
    expect(stageOf(amended, 'visits', '990012')?.closesOn).toBe('2024-07-15');
    expect(dutyOf(amended, 'visit', '990012')?.dueOn).toBe('2024-07-15');
    expect(dutyOf(amended, 'visit')?.dueOn).toBe('2024-06-30');
  });
  it('replaces the date of a duty everywhere, with its reminders, and names the clause of the amendment', () => {
    const amended = planCampaign(testland, builtInCalendar, { units, amendments: [amendment({ kind: 'replace-date', duty: 'report', on: on('2024-05-27'), clauses: ['TEST-2024-03'] })] });
    expect(amended.cities.map((city) => dutyOf(amended, 'report', city.city)?.dueOn)).toEqual(['2024-05-27', '2024-05-27']);
    expect(dutyOf(amended, 'report')).toMatchObject({ reminders: [{ on: '2024-05-24' }], clauses: ['TEST-2024-02', 'TEST-2024-03'] });
  });
  it('extending a stage leaves the earlier day that a unit has set for itself; a date replaced by name does not', () => {
    const own = withOwnDates(plan, [{ city: '990011', duty: 'visit', on: on('2024-06-20') }]);
    expect(dutyOf(amended(own, [amendment({ stage: 'visits', on: on('2024-07-15') })]), 'visit')).toMatchObject({ dueOn: '2024-06-20', limitOn: '2024-07-15' });
    expect(dutyOf(amended(own, [amendment({ kind: 'replace-date', duty: 'visit', on: on('2024-07-15') })]), 'visit')).toMatchObject({ dueOn: '2024-07-15', limitOn: '2024-07-15' });
  });
  it('a suspension moves no date', () => {
    expect(planCampaign(testland, builtInCalendar, { units, amendments: [amendment({ kind: 'suspend', stage: 'visits', on: on('2024-06-10') })] }).cities).toEqual(plan.cities);
  });
});

describe("a unit's own dates", () => {
  const check = (duty: string, date: string, city = '990011') => checkOwnDates(plan, [{ city, duty, on: on(date) }]);
  it.each(['2024-05-06', '2024-05-13', '2024-05-20'])('may lie on or before the day of the city: %s', (date) => {
    expect(check('report', date)).toEqual({ ok: true });
  });
  it.each([
    ['report', '2024-05-21', 'date-after-city-limit'], ['report', '2024-05-05', 'date-outside-stage'], ['report', '2024-06-01', 'date-outside-stage'],
    ['feedback', '2024-06-10', 'date-not-movable'], ['banquet', '2024-05-10', 'duty-unknown'],
  ])('%s on %s is refused: %s', (duty, date, code) => {
    expect(check(duty, date)).toMatchObject({ ok: false, refusals: [{ duty, on: date, code, message: expect.any(String) }] });
  });
  it('are refused for a place that does not report, and where one duty is given two', () => {
    expect(check('report', '2024-05-10', '990099')).toMatchObject({ refusals: [{ code: 'unit-unknown' }] });
    expect(checkOwnDates(plan, [{ city: '990011', duty: 'report', on: on('2024-05-10') }, { city: '990011', duty: 'report', on: on('2024-05-11') }])).toMatchObject({ refusals: [{ code: 'date-given-twice' }] });
  });
  it('cite the clauses of the limit they break', () => {
    expect(check('report', '2024-05-21')).toMatchObject({ refusals: [{ clauses: ['TEST-2024-02'], facts: { limitOn: '2024-05-20' } }] });
  });
  it('move the due day of that unit alone; those refused have no effect and are listed', () => {
    const own = planCampaign(testland, builtInCalendar, { units, unitDates: [{ city: '990012', duty: 'report', on: on('2024-05-13') }, { city: '990011', duty: 'report', on: on('2024-05-30') }] });
    expect(dutyOf(own, 'report', '990012')).toMatchObject({ dueOn: '2024-05-13', limitOn: '2024-05-20', reminders: [{ on: '2024-05-10' }] });
    expect(dutyOf(own, 'report')?.dueOn).toBe('2024-05-20');
    expect(own.refused).toMatchObject([{ city: '990011', code: 'date-after-city-limit' }]);
  });
});
