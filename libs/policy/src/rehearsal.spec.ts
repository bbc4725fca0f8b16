import { describe, expect, it } from '@jest/globals';
import { addDays, builtInCalendar, dueAt, isWorkingDay } from '@zhijian/calendar';
import fc from 'fast-check';
import { builtInPacks, campaignStages, drawSample, momentsOf, Packs, parsePack, planCampaign, rehearse, type Pack, type RehearsedBody } from './index.js';
import { testlandFiles } from './testland.fixture.js';

const testland = await parsePack(testlandFiles());
const shelf = new Packs([builtInPacks]);
const hangzhou = await shelf.get('hangzhou/exam-campaign-2023');
const roster = (cities: number, each: number, officers = 4): RehearsedBody[] => Array.from({ length: cities * each }, (_, at) => {
  const city = `9900${String(11 + Math.floor(at / each))}`;
  return { id: `B${String(at).padStart(5, '0')}`, name: `测试${at}院`, kind: 'health-examination', city, inspectors: Array.from({ length: officers }, (__, n) => `${city}-${n + 1}`) };
});
const played = (pack: Pack, bodies: readonly RehearsedBody[], assumptions: Parameters<typeof rehearse>[2]['assumptions'] = {}) => rehearse(pack, builtInCalendar, { bodies, assumptions });
const sampled = async (rule: string): Promise<Pack> => {
  const files = testlandFiles();
  files['campaign.yaml'] = (files['campaign.yaml'] ?? '').replace('kind: site-check\n', 'kind: site-check\n        sample: half\n');
  files['rules.yaml'] = `samples: { half: { title: 抽查, of: institutions, ${rule}, stated: false, clauses: [TEST-2024-04] } }`;
  return parsePack(files);
};

describe('the deadlines of a rehearsal', () => {
  it.each([['hangzhou', hangzhou], ['testland', testland]])('are the last days that the moments of the real run sweep: %s', (_name, pack) => {
    const bodies = roster(3, 5);
    const codes = [...new Set(bodies.map(({ city }) => city))];
    const plan = planCampaign(pack, builtInCalendar, { units: codes.map((code) => ({ code, name: code })) });
    const units = [...plan.cities, { city: pack.jurisdiction, stages: campaignStages(plan) }];
    const swept = units.flatMap(({ city, stages }) => {
      const duties = stages.flatMap((stage) => stage.duties.map((duty) => ({ duty, stage })));
      return momentsOf(stages).flatMap((moment) => {
        const ended = duties.filter(({ duty, stage }) => (moment.kind === 'sweep' ? duty.id === moment.duty : moment.kind === 'close-stage' && stage.id === moment.stage && duty.dueOn === stage.closesOn && duty.firm));
        return ended.flatMap(({ duty }) => (duty.subject === 'institution' ? bodies.filter((body) => body.city === city).map(({ id }) => id) : [null]).map((institution) => `${moment.dueAt} ${city} ${duty.id} ${institution}`));
      });
    });
    expect(played(pack, bodies).deadlines.map((it) => `${dueAt(it.dueOn)} ${it.city} ${it.duty} ${it.institution}`).sort()).toEqual(swept.sort());
  });
  it.each(shelf.list().map(({ id }) => id))('are laid down by the moments of the real run on the same days in every city: %s', async (id) => {
    const pack = await shelf.get(id);
    const bodies = roster(2, 6).map((body) => ({ ...body, kind: pack.campaign!.scope.kinds[0]! }));
    const plan = planCampaign(pack, builtInCalendar, { units: ['990011', '990012'].map((code) => ({ code, name: code })) });
    const timed = [...plan.cities, { city: pack.jurisdiction, stages: campaignStages(plan) }].flatMap(({ city, stages }) => {
      const ends = new Set(momentsOf(stages).filter(({ kind }) => ['sweep', 'close-stage'].includes(kind)).map((moment) => moment.dueAt));
      return stages.flatMap(({ duties }) => duties.flatMap(({ id: duty, dueOn }) => (dueOn === null || !ends.has(dueAt(dueOn)) ? [] : [`${dueOn} ${city} ${duty}`])));
    });
    expect([...new Set(played(pack, bodies).deadlines.map((it) => `${it.dueOn} ${it.city} ${it.duty}`))].sort()).toEqual(timed.sort());
  });
  it('do not name a day for what hangs on an event; once a visit is held it follows', () => {
    const { deadlines, following, undated } = played(testland, roster(1, 4));
    expect(undated).toEqual([{ duty: 'feedback', because: '期限自事件发生后起算，事件尚未发生' }]);
    expect(deadlines.some(({ duty }) => duty === 'feedback')).toBe(false);
    expect(following).toHaveLength(4);
    expect(following.every(({ event, eventOn, dueOn }) => event === 'visit-held' && dueOn > eventOn && isWorkingDay(dueOn, builtInCalendar))).toBe(true);
  });
  it('concern bodies of the kinds in scope only; the others are named', () => {
    const [one, ...others] = roster(1, 3);
    const rehearsal = played(testland, [{ ...one!, kind: 'disease-diagnosis' }, ...others]);
    expect(rehearsal.outside).toEqual([one!.id]);
    expect(new Set(rehearsal.deadlines.map(({ institution }) => institution))).toEqual(new Set([...others.map(({ id }) => id), null].filter((it) => it !== null)));
  });
});

describe('chance in a rehearsal', () => {
  it('comes from the seed: the same seed gives the same report whatever the order of the roster, another seed another', () => {
    fc.assert(fc.property(fc.shuffledSubarray(roster(2, 8), { minLength: 16, maxLength: 16 }), fc.integer({ min: 0, max: 1e6 }), (shuffled, seed) => {
      expect(played(testland, shuffled, { seed })).toEqual(played(testland, roster(2, 8), { seed }));
    }), { numRuns: 20 });
    expect(played(testland, roster(2, 8), { seed: 1 }).hash).not.toBe(played(testland, roster(2, 8), { seed: 2 }).hash);
  });
  it('draws as many late bodies as the share says, as a sample is drawn', () => {
    const bodies = roster(4, 25);
    for (const late of [0, 20, 100]) expect(played(testland, bodies, { late }).late).toHaveLength(late);
    const pool = bodies.map(({ id }) => id);
    const sample = drawSample({ seed: '7\nlate', pool, size: 20 });
    expect(new Set(played(testland, bodies, { late: 20, seed: 7 }).late.map(({ institution }) => institution))).toEqual(new Set(sample.ok ? sample.record.result : []));
  });
  it('refuses two bodies of one id', () => {
    expect(() => played(testland, [...roster(1, 2), ...roster(1, 1)])).toThrow(RangeError);
  });
});

describe('what happens to the late', () => {
  it('they come after their day, with what a clause attaches to it and nothing else', () => {
    const { late } = played(testland, roster(2, 20), { late: 20, latestByDays: 3 });
    expect(late.every(({ dueOn, doneOn }) => doneOn > dueOn && doneOn <= addDays(dueOn, 3))).toBe(true);
    expect(late[0]).toMatchObject({ duty: 'report', dueOn: '2024-05-20', consequence: 'key-supervision', clauses: ['TEST-2024-02', 'TEST-2024-03'] });
    expect(played(hangzhou, roster(1, 10)).late[0]).toMatchObject({ duty: 'self-check-report', verdict: 'late', consequence: null, clauses: ['HZ-2023-07'] });
  });
  it('under key supervision they are visited after their lateness is known, within the window', () => {
    const { keySupervision: list, late } = played(testland, roster(2, 20), { late: 50 });
    expect(list).toHaveLength(late.length);
    expect(list.every(({ visitOn, from }) => visitOn !== null && visitOn >= from && visitOn <= '2024-06-30')).toBe(true);
  });
  it('re-open the sample where the pack says so: who was late is visited too, after that', async () => {
    const bodies = roster(2, 20);
    const { samples, reopened, perDay, late, deadlines } = played(await sampled('size: { ratio: 1/4 }, strata: [unit], reopens: [report-late]'), bodies, { late: 20 });
    expect(samples.map(({ of, drawn }) => [of, drawn])).toEqual([[20, 5], [20, 5]]);
    expect(reopened.length).toBe(samples.reduce((sum, { added }) => sum + added, 0));
    expect(reopened.length).toBeGreaterThan(0);
    expect(reopened.every(({ institution }) => late.some((it) => it.institution === institution))).toBe(true);
    expect(perDay.reduce((sum, { visits }) => sum + visits, 0)).toBe(10 + reopened.length);
    expect(deadlines.filter(({ duty }) => duty === 'visit')).toHaveLength(10 + reopened.length); // a sample binds whom it names
    expect(played(await sampled('size: { count: 3 }'), bodies, { late: 100 })).toMatchObject({ samples: [{ of: 40, drawn: 3, added: 0 }], reopened: [] });
  });
  it('are told on the day after, and reminded before only while their report is open', () => {
    const { perDay } = played(testland, roster(1, 20), { late: 25 });
    expect(perDay.find(({ on }) => on === '2024-05-21')).toMatchObject({ overdue: 5, notices: 5 });
    const reminded = perDay.find(({ on }) => on === '2024-05-17')!.reminders;
    expect(reminded).toBe(5 + perDay.filter(({ on }) => on >= '2024-05-17' && on <= '2024-05-20').reduce((sum, { reports }) => sum + reports, 0));
  });
});

describe('visits of a rehearsal', () => {
  const load = (bodies: readonly RehearsedBody[], assumptions = {}) => played(hangzhou, bodies, assumptions);
  it('are held on working days inside the window, once for each body', () => {
    const { perDay } = load(roster(2, 30));
    const days = perDay.filter(({ visits }) => visits > 0);
    expect(days.reduce((sum, { visits }) => sum + visits, 0)).toBe(60);
    expect(days.every(({ on }) => isWorkingDay(on, builtInCalendar) && on >= '2023-04-01' && on <= '2023-10-31')).toBe(true);
  });
  it('take two officers each, and are shared out: nobody has more than one visit more than a colleague', () => {
    const { perInspectorWeek } = load(roster(1, 90, 5));
    expect(perInspectorWeek.reduce((sum, { visits }) => sum + visits, 0)).toBe(180);
    const each = [...Map.groupBy(perInspectorWeek, ({ inspector }) => inspector).values()].map((weeks) => weeks.reduce((sum, { visits }) => sum + visits, 0));
    expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(2);
  });
  it('name who has more in a week than the number that was supposed', () => {
    const { overloaded, perInspectorWeek } = load(roster(1, 400, 2), { visitsAWeek: 10 });
    expect(overloaded.length).toBeGreaterThan(0);
    expect(overloaded).toEqual(perInspectorWeek.filter(({ visits }) => visits > 10).map((it) => ({ ...it, limit: 10 })));
    expect(load(roster(1, 400, 2), { visitsAWeek: 1000 }).overloaded).toEqual([]);
  });
  it('do not invent officers: a city with one is named, a city with none visits nobody', () => {
    expect(load(roster(1, 3, 1))).toMatchObject({ understaffed: ['990011'], unvisited: [] });
    expect(load(roster(1, 3, 0)).unvisited).toHaveLength(3);
  });
  it('a body that fails is put to the pack: an uncorrected item is a case', () => {
    const { cases } = load(roster(1, 50), { failing: 10 });
    expect(cases).toHaveLength(5);
    expect(cases[0]).toMatchObject({ decision: 'file-case', clauses: ['HZ-2023-11'] });
  });
});

it('nine months, fourteen cities and four hundred bodies each are rehearsed whole', () => {
  const { deadlines, late, cases, perDay } = played(hangzhou, roster(14, 400, 8), { late: 20 });
  expect({ deadlines: deadlines.length, late: late.length, cases: cases.length }).toEqual({ deadlines: 3 * 5600 + 5 * 14 + 1, late: 1120, cases: 560 });
  expect(perDay.reduce((sum, { visits, reports }) => sum + visits + reports, 0)).toBe(11_200);
});
