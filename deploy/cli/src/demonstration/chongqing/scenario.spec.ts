import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { builtInCalendar, daysBetween, localDate } from '@zhijian/calendar';
import { builtInPacks, colourBody, endOfPeriod, evaluateRound, indicatorsOf, loadPack, periodOf, planCampaign, roundCounts, schemeOf, scoreIndicators, type EntrantState, type LineYear } from '@zhijian/policy';
import { ask } from '../../asked.fixture.js';
import { momentsOf } from '../stage-hand.js';
import { agendaFor } from './agenda.js';
import { expectedOf, owedVisits, tally } from './expected.js';
import { resultsOf } from './results.js';
import { isIdle, profileOf, scenarioFor, withLine, type Play } from './scenario.js';
import type { Stage } from '../drama.js';

jest.setTimeout(60_000); // whole packs are checked, and hundreds of bodies coloured

const packs = fileURLToPath(new URL('../packs/', import.meta.url));
const pack = await loadPack(join(builtInPacks, 'chongqing/colour-2024/1'));
const [comparison, indicators] = [await loadPack(join(packs, 'example/comparison/1')), await loadPack(join(packs, 'example/indicators/1'))];
const heshui = await loadPack(join(builtInPacks, 'heshui/quality-action-2024/1'));
const scenario = scenarioFor(pack);
const { data, bodies } = scenario;
const { scenes } = agendaFor({ scenario } as Play, {} as Stage);

describe('the packs of what other documents order', () => {
  it.each(['example/comparison/1', 'example/indicators/1'])('%s is sound and says that it is invented', async (name) => {
    const { code, json } = await ask(`pack check ${join(packs, name)} --json`);
    expect({ code, errors: json.findings.filter(({ severity }) => severity === 'error'), failed: json.cases.failed }).toEqual({ code: 0, errors: [], failed: 0 });
    expect((await loadPack(join(packs, name))).document).toMatchObject({ invented: true, title: expect.stringMatching(/^示例/) });
  });
});

describe('the bodies of Chongqing', () => {
  it('are some 250, in every district of the text, some of them visitors; all are called examples and none twice', () => {
    expect(bodies).toHaveLength(250);
    expect(scenario.units.map(({ bodies: own }) => own.length > 0)).toEqual(pack.campaign!.units.map(() => true));
    expect([bodies.every(({ name }) => name.startsWith('示例')), new Set(bodies.map(({ creditCode }) => creditCode)).size, bodies.filter(({ visits }) => visits).length]).toEqual([true, 250, 5]);
    expect(new Set(bodies.flatMap(({ lines }) => lines))).toEqual(new Set(pack.campaign!.scope.kinds));
  });

  it('come to the colours their data says, by the pack itself', () => {
    for (const year of data.years) {
      const { signed } = expectedOf(scenario, year);
      for (const body of bodies) {
        const lines = body.lines.map((line): LineYear => {
          const profile = profileOf(body, line, year.year, data);
          const scored = profile && profile.sheet !== 'unfinished';
          return { line, served: scored ? !isIdle(profile) : null, score: scored && !isIdle(profile) ? profile.sheet : null, result: profile?.result ?? null, because: null };
        });
        expect([body.name, year.year, colourBody(pack, lines).colour]).toEqual([body.name, year.year, signed.get(body.number) ?? null]);
      }
    }
  });

  it('colour the second year with a few of each, and most open: health examination has no comparison (AMB-CQ-2)', () => {
    expect(data.years.map((year) => tally(expectedOf(scenario, year).signed))).toEqual([{ green: 2, yellow: 8, red: 4, none: 236 }, { green: 6, yellow: 67, red: 19, none: 158 }]);
    expect(data.years.map((year) => [...expectedOf(scenario, year).redYears.values()].filter((years) => years > 1).length)).toEqual([0, 2]);
    expect(data.years.map((year) => owedVisits(scenario, year, expectedOf(scenario, year)).length > 0)).toEqual([true, true]);
  });
});

describe('what laboratories report', () => {
  const evaluated = (id: string, year: number) => {
    const scheme = schemeOf(comparison, id)!.value;
    const own = data.schemes[id as keyof typeof data.schemes];
    const those = withLine(scenario, scheme.line, year);
    const state = (taking: string): EntrantState => (taking === 'absent' || taking === 'late' || taking === 'withdrawn' ? taking : 'reported');
    const entrants = those.map(({ body, profile }) => ({ id: body.name, state: state(profile.taking), results: Object.fromEntries(resultsOf(body, profile, own).map(({ measurand, value, uncertainty }) => [measurand, { value, uncertainty }])) }));
    const fixed = Object.fromEntries(own.fixed.map(({ measurand, ...values }) => [measurand, values]));
    return { those, scheme, round: evaluateRound(comparison, scheme, entrants, fixed) };
  };

  it.each(data.basis.flatMap(({ year, schemes }) => schemes.map((id) => [id, year] as const)))('comes to the results their data says: %s %s', (id, year) => {
    const { those, round } = evaluated(id, year);
    expect(round.entrants.map(({ id: name, outcome }) => [name, outcome.result])).toEqual(those.map(({ body, profile }) => [body.name, profile.result]));
  });

  it('comes to the counts of the circular: 70 compared, 7 优秀, 52 合格, 11 不合格', () => {
    const { circular } = data;
    const { scheme, round } = evaluated(circular.scheme, circular.year);
    const counts = roundCounts(scheme, round.entrants.map(({ state, outcome }) => ({ state, result: outcome.result })));
    expect([counts.evaluated, counts.grades.map(({ grade, published }) => [grade, published])]).toEqual([circular.compared, circular.grades]);
    expect(circular.title).toContain(circular.source); // the page of the round and its report say whose counts these are
    expect(circular.title).toMatch(/演示.*按重庆规则/);
    expect(circular).toMatchObject({ compared: 70, grades: [['优秀', 7], ['合格', 52], ['不合格', 11]] });
  });

  it('and score sheets come to the scores they are named after', () => {
    const set = indicatorsOf(indicators, data.indicatorSet)!.value;
    for (const [score, sheet] of Object.entries(data.sheets)) {
      const entries = set.items.flatMap(({ id, number }, at) => (at < sheet.length ? [{ item: id, ...(sheet[at] === null ? { notApplicable: true } : { score: sheet[at]! }), ...(number === data.judged ? { failed: false } : {}) }] : []));
      expect([score, scoreIndicators(set, entries).score]).toEqual([score, score === 'unfinished' ? null : score]);
    }
  });
});

describe('the agenda', () => {
  const days = scenes.map(({ on }) => on);
  const moments = momentsOf(planCampaign(heshui, builtInCalendar)).map(({ on }) => on);
  const dawns = scenes.filter(({ at }) => at === '00:00').map(({ on }) => on);

  it('goes forward inside the two years of Heshui', () => {
    expect(days).toEqual([...days].sort());
    expect([days[0]! > moments[0]!, days.at(-1)! <= moments.at(-1)!]).toEqual([true, true]);
  });

  it('has nobody at work on the day before something is due: a busy machine may overshoot by hours', () => {
    const eve = (on: string) => [...moments, ...dawns].some((due) => daysBetween(localDate(on), localDate(due)) === 1);
    expect(scenes.filter(({ on, at }) => at === undefined && eve(on)).map(({ on }) => on)).toEqual([]);
  });

  it('has its days of the calendar: notices of five working days, reports within thirty', () => {
    const end = (id: string, on: string) => endOfPeriod(periodOf(pack, id, { on: localDate(on) })!.value, localDate(on), builtInCalendar)!.on as string;
    const next = (on: string) => daysAfter(on, 1);
    const { objections, correction } = data;
    for (const year of data.years) expect([year.published, year.due]).toEqual([next(end('result-notice', year.posted)), end('rectification-report', year.published)]);
    expect([objections.publishedOn, correction.publishedOn]).toEqual([next(end('result-notice', objections.postedOn)), next(end('result-notice', correction.postedOn))]);
  });
});

const daysAfter = (on: string, days: number): string => new Date(Date.parse(`${on}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
