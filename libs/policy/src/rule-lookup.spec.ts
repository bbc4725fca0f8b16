import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, localDate as on } from '@zhijian/calendar';
import {
  agencyOn, checkPack, combined, endOfPeriod, frequenciesFor, frequencyOf, listAt, noticeOf, parsePack, periodOf, planCampaign, ruleOf, runOf, sampleOf, sampleSize, scaleOf, targetOf, targetOutcome, tracePacks, valueOf,
} from './index.js';
import { ruledFiles, ruledSource } from './testland-rules.fixture.js';

const pack = await parsePack(ruledFiles());
const change = (from: string, to: string, file = 'rules.yaml') => {
  const files = ruledFiles();
  if (!files[file]?.includes(from)) throw new Error(`${file} 中没有“${from}”`);
  return parsePack({ ...files, [file]: files[file].replace(from, to) });
};

describe('a rule of a pack', () => {
  it('is looked up with its clauses', () => {
    expect(frequencyOf(pack, 'red')).toMatchObject({ value: { min: 2, per: 'calendar-year' }, clauses: ['TEST-2024-05'] });
    expect(targetOf(pack, 'coverage')).toMatchObject({ value: { percent: '100', zero: 'not-applicable' }, clauses: ['TEST-2024-06'] });
    expect(noticeOf(pack, 'posting')?.value).toMatchObject({ kind: 'posting', changedEntry: 'own-period' });
    expect(runOf(pack, 'red-three')?.value).toMatchObject({ times: 3, warnAt: 2 });
    expect(valueOf(pack, 'lawful')?.value).toMatchObject({ value: true, stated: true });
  });
  it('is not there where the pack says nothing', () => {
    expect(frequencyOf(pack, 'blue')).toBeUndefined();
    expect(ruleOf(pack, 'periods', 'constructor')).toBeUndefined();
  });
  it('is chosen by the date where the text changed it, and never without one', () => {
    expect(periodOf(pack, 'permit', { on: on('2024-06-30') })?.value).toMatchObject({ after: { event: 'application-accepted', workingDays: 20 } });
    expect(periodOf(pack, 'permit', { on: on('2024-07-01') })).toMatchObject({ value: { after: { workingDays: 10 }, roll: 'forward' }, clauses: ['TEST-2024-09'] });
    expect(() => periodOf(pack, 'permit')).toThrow('须按日期选择');
  });
  it('gives the last day of a period, the day itself where the text says at once, and none where it gives no limit', async () => {
    const notice = periodOf(pack, 'notice')!.value;
    expect(endOfPeriod(notice, on('2024-04-30'), builtInCalendar)?.on).toBe('2024-05-10'); // 劳动节五天
    const atOnce = await change('workingDays: 5, atLeast: true, wording: 不少于5个工作日', 'immediately: true');
    expect(endOfPeriod(periodOf(atOnce, 'notice')!.value, on('2024-05-04'), builtInCalendar)?.on).toBe('2024-05-04');
    const open = await change('workingDays: 5, atLeast: true, wording: 不少于5个工作日', 'limit: none');
    expect(endOfPeriod(periodOf(open, 'notice')!.value, on('2024-05-04'), builtInCalendar)).toBeNull();
  });
  it('says who writes a limit for each case where the text has none of its own; a reading that says it is asked about as printed', async () => {
    const written = await change('workingDays: 5, atLeast: true, wording: 不少于5个工作日', 'limit: by-case, setBy: county-health');
    const period = periodOf(written, 'notice')!.value;
    expect(period).toMatchObject({ after: null, setBy: 'county-health' });
    expect(endOfPeriod(period, on('2024-05-04'), builtInCalendar)).toBeNull();
    expect(periodOf(pack, 'notice')?.value.setBy).toBeNull();
    const found = async (length: string) => checkPack(await change('workingDays: 5, atLeast: true, wording: 不少于5个工作日', length), { sourceText: ruledSource, calendar: builtInCalendar }).findings.filter(({ kind }) => kind === 'no-limit').map(({ id }) => id);
    expect(await found('limit: by-case, setBy: county-health')).toEqual([]);
    expect(await found('limit: none')).toEqual(['no-limit:notice']);
    const files = ruledFiles();
    const read = await parsePack({
      ...files, 'rules.yaml': files['rules.yaml']!.replace('workingDays: 5, atLeast: true, wording: 不少于5个工作日', 'limit: by-case, setBy: county-health, reading: AMB-TEST-1'),
      'pack.yaml': files['pack.yaml']!.replace('readings: {}', 'readings:\n  AMB-TEST-1: { clauses: [TEST-2024-08], answers: [no-limit], chosen: 逐案写明, otherWording: 没有期限, why: 文件没有写明, decidedBy: 测试, decidedOn: 2024-05-01 }'),
    });
    expect(checkPack(read, { sourceText: ruledSource, calendar: builtInCalendar }).findings).toMatchObject([{ id: 'no-limit:notice', severity: 'info', reading: 'AMB-TEST-1' }]);
  });
  it('binds a body by its kind and by what is known of it', () => {
    expect(frequenciesFor(pack, { activity: 'inspection', kind: 'health-examination', facts: { colour: 'red' } }).map(({ id }) => id)).toEqual(['red']);
    expect(frequenciesFor(pack, { activity: 'inspection' })).toEqual([]);
    expect(frequenciesFor(pack, { activity: 'comparison', facts: { colour: 'red' } })).toEqual([]);
  });
  it('lists what is asked for on a day', () => {
    expect(listAt(pack, 'materials', on('2024-06-30'))?.value.items.map(({ id }) => id)).toEqual(['form', 'staff', 'profile']);
    expect(listAt(pack, 'materials', on('2024-07-01'))?.value.items.map(({ id }) => id)).toEqual(['form', 'staff']);
  });
  it('names whoever has taken over from an agency', () => {
    expect(agencyOn(pack, 'county-supervision', on('2024-06-30'))?.id).toBe('county-supervision');
    expect(agencyOn(pack, 'county-supervision', on('2024-07-01'))?.id).toBe('county-cdc');
    expect(agencyOn(pack, 'county-cdc', on('2024-06-30'))).toBeUndefined();
  });
});

describe('what a rule measures', () => {
  it.each([[19, 20, '95', '>=', 'met'], [18, 19, '95', '>=', 'not-met'], [0, 0, '100', '=', 'not-applicable'], [0, 3, '100', '=', 'not-met'], [3, 3, '100', '=', 'met'], [2, 3, '66.666667', '>=', 'not-met'], [4, 3, '100', '=', 'not-met']] as const)(
    '%i of %i against %s %s is %s', (numerator, denominator, percent, op, outcome) => expect(targetOutcome({ op, percent }, numerator, denominator)).toBe(outcome));
  it('refuses counts that are none', () => expect(() => targetOutcome({ op: '=', percent: '100' }, -1, 2)).toThrow(RangeError));
  it.each([[10, 4], [9, 3], [1, 1], [0, 0], [4, 2]])('a third of %i archives, at least two, is %i', (of, drawn) => expect(sampleSize(sampleOf(pack, 'archives')!.value, of)).toBe(drawn));
  it('takes the worst of several colours, and no word the scale does not know', () => {
    const colour = scaleOf(pack, 'colour')!.value;
    expect(combined(colour, ['green', 'red', 'yellow'])).toBe('red');
    expect(combined({ ...colour, combine: 'best' }, ['yellow', 'red'])).toBe('yellow');
    expect(combined(colour, ['green', 'blue'])).toBeUndefined();
    expect(combined({ ...colour, combine: undefined }, ['green'])).toBeUndefined();
  });
});

describe('a pack with rules', () => {
  it('is clean: no finding, and its golden cases hold', () => {
    expect(checkPack(pack, { sourceText: ruledSource, calendar: builtInCalendar })).toEqual({ pack: 'testland/campaign-2024@1', findings: [], cases: { passed: 16, failed: 0, failures: [] } });
  });
  it('plans a milestone beside the stages, and a yearly duty without a day', () => {
    const plan = planCampaign(pack, builtInCalendar, { units: [{ code: '990011', name: '东镇' }] });
    expect(plan.cities[0]?.stages.map(({ id }) => id)).toEqual(['self-check', 'visits']);
    expect(plan.cities[0]?.milestones).toMatchObject([{ id: 'yearly', duties: [] }]);
    expect(plan.campaignDuties).toMatchObject([{ id: 'yearly-summary', dueOn: null, yearly: '12-31', jointly: ['county-cdc'] }]);
  });
  it('is traced from a clause to its rules', () => {
    const { rows } = tracePacks([pack], []);
    expect(rows.find(({ clause }) => clause === 'TEST-2024-08')?.values).toEqual(['periods/notice', 'notices/posting', 'notices/public']);
    expect(rows.find(({ clause }) => clause === 'TEST-2024-12')?.values).toEqual(['basis measures', 'runs/red-three', 'values/lawful']);
  });
  it.each([
    ['period: notice,', 'period: nowhere,', '/notices/posting/period', '没有期间“nowhere”'], ['decision: band\n', 'decision: bend\n', '/bands/grade/decision', '没有决策“bend”'],
    ['of: colour', 'of: hue', '/runs/red-three/of', '没有次序“hue”'], ['input: served', 'input: service', '/inputs/served/input', '决策“band”没有输入“service”'],
    ['clauses: [TEST-2024-10]', 'clauses: [TEST-2024-20]', '/samples/archives/clauses', '没有条款 TEST-2024-20'], ['{ id: staff,', '{ id: form,', '/lists/materials/items/1/id', '编号“form”重复'],
    ['to: 2024-06-30, printed', 'from: 2024-08-01, to: 2024-06-30, printed', '/lists/materials/items/2/to', '止日早于起日'],
    ['workingDays: 5,', 'workingDays: 5, days: 7,', '/periods/notice', '期间须在 workingDays、days、months、years、immediately、limit 中取一；或写 by 和 variants'],
    ['workingDays: 5,', 'limit: by-case,', '/periods/notice', '逐案写明的期限（limit: by-case）须写明由谁写明（setBy），其他期间不写'], ['workingDays: 5,', 'workingDays: 5, setBy: county-health,', '/periods/notice', '逐案写明的期限（limit: by-case）须写明由谁写明（setBy），其他期间不写'],
    ['workingDays: 5,', 'limit: by-case, setBy: nobody,', '/periods/notice/setBy', '没有机关“nobody”'], ['workingDays: 10, clauses', 'limit: by-case, setBy: nobody, clauses', '/periods/permit/variants/1/setBy', '没有机关“nobody”'],
  ])('is refused where %s becomes %s', async (from, to, path, message) => {
    await expect(change(from, to)).rejects.toMatchObject({ problems: [{ file: 'rules.yaml', path, message }] });
  });
});
