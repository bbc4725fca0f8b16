import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, localDate } from '@zhijian/calendar';
import { builtInPacks, parsePack, Packs, readFiles, whatIf, type LineYear, type Pack, type RecordedYear } from './index.js';
import { join } from 'node:path';

const pack = await new Packs().get('chongqing/colour-2024');
/** The same pack with one text replaced: a candidate somebody is thinking about. */
async function candidate(file: string, from: string | RegExp, to: string): Promise<Pack> {
  const files = readFiles(join(builtInPacks, 'chongqing/colour-2024/1'));
  const changed = files[file]!.replace(from, to);
  expect(changed).not.toBe(files[file]);
  return parsePack({ ...files, [file]: changed });
}
const aLine = (score: string | null, result: string | null = '合格', more: Partial<LineYear> = {}): LineYear => ({ line: 'occupational-health-service', served: true, score, result, because: null, ...more });
const aYear = (year: number, lines: Record<string, LineYear[]>): RecordedYear => ({
  year, pack, postedOn: localDate('2025-03-10'), publishedOn: localDate('2025-03-18'), bodies: Object.entries(lines).map(([institutionId, own]) => ({ institutionId, home: true, servesHere: true, lines: own })),
});

describe('what another pack would make of recorded years', () => {
  const years = [2024, 2025, 2026].map((year) => aYear(year, { a: [aLine('85', '优秀')], b: [aLine('82')], c: [aLine('55')], d: [aLine(null)] }));

  it('the identical pack gives an empty difference', () => {
    const found = whatIf(pack, years, builtInCalendar);
    expect(found).toMatchObject({ empty: true, changed: [], runs: [], visits: [], frequencies: [], deadlines: [] });
    expect(found.years[0]).toEqual({ year: 2024, bodies: 4, changed: 0, before: { green: 1, yellow: 1, red: 1, none: 1 }, after: { green: 1, yellow: 1, red: 1, none: 1 } });
  });

  it('a stricter threshold names who changes colour, how many more checks there are, and who owes a report', async () => {
    const stricter = await candidate('decisions/colour.dmn', /("A-I-then"><text>)"green"/, '$1"yellow"');
    const found = whatIf(stricter, years, builtInCalendar);
    expect(found.changed).toEqual([2024, 2025, 2026].map((year) => ({ institutionId: 'a', year, before: 'green', after: 'yellow' })));
    expect(found.visits.filter(({ year }) => year === 2024)).toEqual([{ year: 2024, activity: 'inspection', before: 3, after: 4 }]);
    expect(found.deadlines.filter(({ year }) => year === 2024)).toEqual([{ year: 2024, what: 'rectification-report', before: null, after: '2025-04-29', institutions: ['a'] }]);
    expect(found.empty).toBe(false);
  });

  it('a colour that turns red makes years in a row', async () => {
    const stricter = await candidate('decisions/colour.dmn', /("A-II-then"><text>)"yellow"/, '$1"red"');
    expect(whatIf(stricter, years, builtInCalendar).runs).toEqual([
      { institutionId: 'b', year: 2024, before: 0, after: 1, stepBefore: 'none', stepAfter: 'none' },
      { institutionId: 'b', year: 2025, before: 0, after: 2, stepBefore: 'none', stepAfter: 'alarm' },
      { institutionId: 'b', year: 2026, before: 0, after: 3, stepBefore: 'none', stepAfter: 'propose' },
    ]);
  });

  it('a longer period moves the days, and nothing else', async () => {
    const longer = await candidate('rules.yaml', 'event: results-published\n    workingDays: 30', 'event: results-published\n    workingDays: 40');
    const found = whatIf(longer, [years[0]!], builtInCalendar);
    expect(found).toMatchObject({ changed: [], runs: [], visits: [], deadlines: [{ what: 'rectification-report', before: '2025-04-29', after: '2025-05-16', institutions: ['b', 'c'] }] });
    const notice = await candidate('rules.yaml', 'event: results-posted\n    workingDays: 5', 'event: results-posted\n    workingDays: 7');
    expect(whatIf(notice, [years[0]!], builtInCalendar).deadlines).toEqual([{ year: 2024, what: 'notice', before: '2025-03-17', after: '2025-03-19', institutions: [] }]);
  });

  it('another frequency, by its table or by its number, shows the visits it adds', async () => {
    const table = await candidate('decisions/inspection-frequency.dmn', /("yellow-then"><text>)"yellow-inspection"/, '$1"red-inspection"');
    expect(whatIf(table, [years[0]!], builtInCalendar)).toMatchObject({
      empty: false, changed: [], visits: [{ year: 2024, activity: 'inspection', before: 3, after: 4 }],
      frequencies: [{ year: 2024, activity: 'inspection', colour: 'yellow', before: { rule: 'yellow-inspection', min: 1 }, after: { rule: 'red-inspection', min: 2 } }],
    });
    const permitted = await candidate('rules.yaml', /( {2}yellow-monitoring:\n(?:.*\n)*? {4}target: )1/, '$12');
    expect(whatIf(permitted, [years[0]!], builtInCalendar)).toMatchObject({ empty: false, visits: [], frequencies: [{ activity: 'quality-monitoring', colour: 'yellow', before: { min: 0, target: 1 }, after: { min: 0, target: 2 } }] });
  });

  it('a frequency for bodies without a colour is counted as their quotas will be', async () => {
    const ruled = await candidate('decisions/monitoring-frequency.dmn', /("none-then"><text>)"not-ruled"/, '$1"red-monitoring"');
    expect(whatIf(ruled, [years[0]!], builtInCalendar)).toMatchObject({ empty: false, visits: [{ activity: 'quality-monitoring', before: 2, after: 4 }], frequencies: [{ colour: null, before: null, after: { min: 2 } }] });
  });

  it('whose colour applies says the candidate’s table: without one of the year, the year before’s', () => {
    const [first] = years;
    const second = aYear(2025, { a: [aLine('85', '优秀')], b: [aLine('82')], c: [aLine(null)], d: [aLine(null)] });
    expect(whatIf(pack, [first!, second], builtInCalendar).empty).toBe(true);
    expect(whatIf(pack, [{ ...second, lastYear: new Map([['c', 'red']]) }], builtInCalendar).empty).toBe(true);
  });

  it('another table of which colour applies shows the visits it moves', async () => {
    const older = await candidate('decisions/colour-in-use.dmn', /("this-year-then"><text>)thisYear/, '$1lastYear');
    expect(whatIf(older, [{ ...years[0]!, lastYear: new Map([['a', 'red'], ['b', 'red'], ['c', 'red']]) }], builtInCalendar).visits).toContainEqual({ year: 2024, activity: 'inspection', before: 3, after: 6 });
  });

  it('a pack that no longer manages a kind leaves its bodies without a colour', async () => {
    const narrower = await candidate('decisions/managed.dmn', /("local-when-1"><text>)"occupational-health-service",/, '$1');
    expect(whatIf(narrower, [years[0]!], builtInCalendar).changed.map(({ after }) => after)).toEqual([null, null, null]);
  });
});
