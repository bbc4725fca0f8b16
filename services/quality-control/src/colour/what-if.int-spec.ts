import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { qualityControl as http } from '@zhijian/contracts/http';
import { builtInPacks } from '@zhijian/policy';
import { aColoured, aResult, aScore, aSignedRun, pack, published, shi, stranger, theCity, type City } from './colour.fixture.js';

let city: City;
let folder: string;
let good: string;
let diagnosis: string;

/** The next version of the pack, in which the best grade with a passed comparison is red; and a third that colours more and visits yellow more often. */
function candidate(): string {
  const root = mkdtempSync(join(tmpdir(), 'zhijian-what-if-'));
  const next = join(root, `${pack}/2`);
  cpSync(join(builtInPacks, `${pack}/1`), next, { recursive: true });
  const edited = (file: string, from: RegExp, to: string) => writeFileSync(join(next, file), readFileSync(join(next, file), 'utf8').replace(from, to));
  edited('pack.yaml', /^version: 1$/m, 'version: 2');
  edited('decisions/colour.dmn', /("A-II-then"><text>)"yellow"/, '$1"red"');
  const third = join(root, `${pack}/3`);
  cpSync(join(builtInPacks, `${pack}/1`), third, { recursive: true });
  const again = (file: string, from: RegExp, to: string) => writeFileSync(join(third, file), readFileSync(join(third, file), 'utf8').replace(from, to));
  again('pack.yaml', /^version: 1$/m, 'version: 3');
  again('decisions/managed.dmn', /("other-kind-then"><text>)"outside"/, '$1"in"');
  again('decisions/inspection-frequency.dmn', /("yellow-then"><text>)"yellow-inspection"/, '$1"red-inspection"');
  return root;
}

beforeAll(async () => {
  folder = candidate();
  city = await theCity('2025-03-03T09:00:00+08:00', folder);
  good = await aColoured(city, '85', '合格');
  await aColoured(city, '75', '合格');
  diagnosis = await aColoured(city, '55', '合格', { kinds: ['disease-diagnosis'] });
  await aScore(city, diagnosis, 2024, '55', 'disease-diagnosis');
  await aResult(city, diagnosis, 2024, '合格', { line: 'disease-diagnosis' });
  await aScore(city, good, 2025, '85');
  await aResult(city, good, 2025, '合格');
  for (const year of [2025, 2026]) {
    city.clock.set(`${year}-03-03T09:00:00+08:00`);
    const run = await aSignedRun(city, year, `${pack}@1`);
    await published(city, run);
  }
}, 60_000);
afterAll(async () => { await city?.stop(); rmSync(folder, { recursive: true, force: true }); });

const ask = (query: Record<string, string>, as = shi) => city.call(http.whatIfColours, { as, query });

describe('what another pack would make of recorded years', () => {
  it('the identical pack gives an empty difference', async () => {
    expect((await ask({ pack: `${pack}@1`, years: '2025,2026' })).body).toMatchObject({ empty: true, changed: [], runs: [], visits: [], frequencies: [], deadlines: [], years: [{ year: 2025, changed: 0 }, { year: 2026, changed: 0 }] });
  });

  it('a candidate names who changes colour, how many more checks, and the years in a row; nothing is touched', async () => {
    const count = () => city.database.query<{ n: number }>('quality_control', 'select count(*)::int as n from command_entry').then(([row]) => row!.n);
    const before = await count();
    const { body } = await ask({ pack: `${pack}@2`, years: '2025,2026' });
    expect(body.changed.map(({ institutionId, year, before: was, after }) => [institutionId, year, was, after])).toEqual([[good, 2025, 'yellow', 'red'], [good, 2026, 'yellow', 'red']]);
    expect(body.visits.filter(({ year }) => year === 2025)).toEqual([{ year: 2025, activity: 'inspection', before: 2, after: 3 }, { year: 2025, activity: 'quality-monitoring', before: 0, after: 2 }]);
    expect(body.runs.map(({ year, before: was, after, stepAfter }) => [year, was, after, stepAfter])).toEqual([[2025, 0, 1, 'none'], [2026, 0, 2, 'alarm']]);
    expect(body.changed[0]!.name).toMatch(/^示例/);
    expect(await count()).toBe(before);
  });

  it('a candidate that colours more, and visits more often, names the bodies it adds and counts the visits', async () => {
    const { body } = await ask({ pack: `${pack}@3`, years: '2025' });
    expect(body.changed).toEqual([{ institutionId: diagnosis, name: expect.stringMatching(/^示例/), year: 2025, before: null, after: 'red' }]);
    expect(body.visits).toContainEqual({ year: 2025, activity: 'inspection', before: 2, after: 6 });
    expect(body.frequencies).toEqual([{ year: 2025, activity: 'inspection', colour: 'yellow', before: { rule: 'yellow-inspection', min: 1, target: 1, years: 1 }, after: { rule: 'red-inspection', min: 2, target: 2, years: 1 } }]);
  });

  it('an unknown pack, one that colours nothing, a place that is not one’s own, a year of which nothing is recorded are said', async () => {
    expect((await ask({ pack: 'nowhere/colour', years: '2025' })).problem).toMatchObject({ status: 422, code: 'pack-unknown', errors: [{ path: '/pack' }] });
    expect((await ask({ pack: 'hangzhou/exam-campaign-2023', years: '2025' })).problem).toMatchObject({ status: 422, code: 'colour-pack-lacks' });
    expect((await ask({ pack: `${pack}@1`, years: '2025' }, stranger)).problem).toMatchObject({ status: 422, code: 'colour-foreign' });
    expect((await ask({ pack: `${pack}@1`, years: '2031' })).problem).toMatchObject({ status: 422, code: 'what-if-nothing-recorded', title: '2031 年度没有赋色的记录，无从比较' });
    expect((await ask({ pack: `${pack}@1`, years: '25' })).problem).toMatchObject({ status: 400, errors: [{ path: '/query/years' }] });
  });
});
