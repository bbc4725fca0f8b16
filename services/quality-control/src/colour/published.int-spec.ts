import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { colourPublished, colourWithdrawn } from '@zhijian/contracts/facts';
import { qualityControl as http } from '@zhijian/contracts/http';
import { aFact, aPrincipal } from '@zhijian/testing';
import { aColoured, aResult, anOpenRun, aScore, aSignedRun, bodiesOf, detailOf, pack, place, published, shi, sign, theCity, type City, type Detail } from './colour.fixture.js';

let city: City;
let bad: string;
let better: string;
const runs: Detail[] = [];

beforeAll(async () => {
  city = await theCity();
  bad = await aColoured(city, '50', '合格');
  better = await aColoured(city, '50', '合格');
  for (const year of [2025, 2026]) {
    for (const id of [bad, better]) { await aScore(city, id, year, id === better && year === 2026 ? '90' : '50'); await aResult(city, id, year, '合格'); }
  }
}, 60_000);
afterAll(() => city?.stop());

const counted = () => city.facts<{ institutionId: string; year: number; redYears: number; step: string; before: { redYears: number; step: string } | null }>('quality-control.red-years-counted');

describe('red years, counted when a colour is made public', () => {
  it('the first says nothing, the second alarms, the third is proposed; another colour breaks the run', async () => {
    for (const year of [2025, 2026, 2027]) {
      city.clock.set(`${year}-03-03T09:00:00+08:00`);
      const run = await aSignedRun(city, year);
      runs.push(run);
      await published(city, run);
    }
    expect((await counted()).map(({ subject, data: { year, redYears, step } }) => [subject, year, redYears, step])).toEqual([[bad, 2026, 2, 'alarm'], [better, 2026, 2, 'alarm'], [bad, 2027, 3, 'propose']]);
    expect((await bodiesOf(city, runs[2]!.runId)).map(({ institutionId, redYears, colour }) => [institutionId, redYears, colour])).toEqual([[bad, 3, 'red'], [better, 0, 'yellow']]);
    expect((await detailOf(city, runs[2]!.runId))).toMatchObject({ state: 'published', counts: { published: 2 }, notices: [{ because: 'run', published: 2, waiting: 0 }] });
  }, 60_000);

  it('counted once: the workflow’s count after the notice says nothing again', async () => {
    const before = (await counted()).length;
    expect(await city.activities('countRedYears', runs[2]!)).toEqual({ counted: 2, alarms: 0, proposals: 1 });
    expect((await counted()).length).toBe(before);
  });

  it('lists whom to look at: the third red year, and the second', async () => {
    const list = async (query: Record<string, string>) => (await city.call(http.listRedYears, { as: shi, query })).body.items.map(({ institutionId, redYears, step }) => [institutionId, redYears, step]);
    expect(await list({ year: '2027' })).toEqual([[bad, 3, 'propose']]);
    expect(await list({ year: '2026', step: 'alarm' })).toEqual([[bad, 2, 'alarm'], [better, 2, 'alarm']]);
  });

  it('a body sees its own years, with what each rests on; nobody else’s', async () => {
    const own = aPrincipal('institution', '500101', bad);
    const { body } = await city.call(http.getColourHistory, { as: own, params: { institutionId: bad } });
    expect(body.years.map(({ year, colour, redYears, publishedOn }) => [year, colour, redYears, publishedOn])).toEqual([[2027, 'red', 3, '2027-03-12'], [2026, 'red', 2, '2026-03-12'], [2025, 'red', 1, '2025-03-12']]);
    expect(body.years[0]).toMatchObject({ pack: `${pack}@1`, lines: [{ grade: 'D', level: 'II', score: '50' }], told: [{ revision: 1, colour: 'red', before: null, erratum: false }] });
    expect((await city.call(http.getColourHistory, { as: own, params: { institutionId: better } })).status).toBe(404);
  });

  it('flows from last year’s public colour to this year’s', async () => {
    expect((await city.call(http.getColourFlow, { as: shi, params: { runId: runs[2]!.runId } })).body).toMatchObject({ year: 2027, previousYear: 2026, flows: [{ from: 'red', to: 'red', bodies: 1 }, { from: 'red', to: 'yellow', bodies: 1 }] });
  });

  it('[CQ-2024-20] a colour withdrawn in the middle breaks the run of all later years', async () => {
    const { runId } = runs[1]!;
    await city.hear(aFact(colourWithdrawn, bad, { noticeId: 'n', runId, jurisdiction: place, year: 2026, institutionId: bad, revision: 1, before: 'red', reason: '评分依据有误', policy: { pack, version: 1, clauses: ['CQ-2024-09'] } }, { jurisdiction: place, time: '2027-05-01T09:00:00.000+08:00' }));
    const rows = await city.database.query<{ year: number; red_years: number; step: string }>('quality_control', 'select year, red_years, step from red_years_current where institution_id = $1 order by year', [bad]);
    expect(rows).toEqual([{ year: 2025, red_years: 1, step: 'none' }, { year: 2026, red_years: 0, step: 'none' }, { year: 2027, red_years: 1, step: 'none' }]);
    expect((await counted()).slice(3).map(({ subject, factversion, data: { year, redYears, step, before } }) => [subject, factversion, year, redYears, step, before])).toEqual([
      [bad, 2, 2026, 0, 'none', { redYears: 2, step: 'alarm' }], [bad, 2, 2027, 1, 'none', { redYears: 3, step: 'propose' }],
    ]);
  });

  it('[CQ-2024-20] a colour corrected from red takes its alarm back; a count that never alarmed says nothing', async () => {
    const { runId } = runs[1]!;
    const told = (await counted()).length;
    const corrected = (year: number, run: string, colour: string, before: string, revision: number) => city.hear(aFact(colourPublished, better, {
      noticeId: 'n', runId: run, jurisdiction: place, year, institutionId: better, revision, colour, before, erratum: true, publishedOn: '2027-05-20', publishedAt: '2027-05-20T00:00:01.000+08:00', site: 'portal', address: '/notices/n', proofSha256: '0'.repeat(64), policy: { pack, version: 1, clauses: ['CQ-2024-09'] },
    }, { jurisdiction: place }));
    await corrected(2027, runs[2]!.runId, 'green', 'yellow', 2);
    expect((await counted()).length).toBe(told);
    await corrected(2026, runId, 'yellow', 'red', 2);
    expect((await counted()).slice(told)).toMatchObject([{ subject: better, data: { year: 2026, redYears: 0, step: 'none', before: { redYears: 2, step: 'alarm' } } }]);
    await corrected(2026, runId, 'red', 'yellow', 3);
    expect((await counted()).at(-1)).toMatchObject({ subject: better, data: { year: 2026, redYears: 2, step: 'alarm', before: { redYears: 0, step: 'none' } } });
  });
});

describe('the end of a year', () => {
  it('is the last day’s 24:00, and says what was not done', async () => {
    const late = await aColoured(city, '80', '优秀', { year: 2026 });
    expect(await city.activities('colourYearEnd', runs[2]!)).toMatchObject({ dueAt: '2028-01-01T00:00:00+08:00', passed: false, clauses: ['CQ-2024-07'] });
    await city.call(http.proposeColours, { as: shi, params: { runId: runs[2]!.runId } });
    city.clock.set('2028-01-01T00:00:00+08:00');
    expect(await city.activities('colourYearEnd', runs[2]!)).toMatchObject({ passed: true });
    expect(await city.activities('closeColourYear', runs[2]!)).toMatchObject({ open: ['uncoloured'], undetermined: 1, unpublished: 0, monitoring: 1 });
    expect((await detailOf(city, runs[2]!.runId)).yearEnd).toMatchObject({ open: ['uncoloured'], monitoring: [{ institutionId: bad, owed: 2, done: 0 }] });
    await sign(city, await detailOf(city, runs[2]!.runId));
    expect((await bodiesOf(city, runs[2]!.runId, { institutionId: late }))[0]).toMatchObject({ state: 'signed', colour: 'green' });
  });

  it('a run nobody signed is said to be unsigned', async () => {
    await aScore(city, bad, 2027, '85');
    const run = await anOpenRun(city, 2028);
    city.clock.set('2029-01-01T00:00:00+08:00');
    expect((await city.activities('closeColourYear', run)).open).toEqual(['unsigned', 'uncoloured']);
  });
});
