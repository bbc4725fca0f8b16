import { describe, expect, it } from '@jest/globals';
import { localDate } from '@zhijian/calendar';
import { colourBody, colourLine, consequencesOf, coloursOf, escalationOf, isManaged, knownColours, lackedForColouring, managedInputs, Packs, redRuns, redYearsOf, type LineYear } from './index.js';

const packs = new Packs();
const pack = await packs.get('chongqing/colour-2024');
const aYear = (more: Partial<LineYear> = {}): LineYear => ({ line: 'occupational-health-service', served: true, score: '85', result: '优秀', because: null, ...more });
const colourOf = (more: Partial<LineYear>) => colourLine(pack, aYear(more)).colour;
const runs = (...colours: (string | null)[]) => redRuns(() => pack, colours.flatMap((colour, at) => (colour === undefined ? [] : [{ year: 2025 + at, colour }]))).map(({ redYears }) => redYears);

describe('the colour of a year', () => {
  it.each([['80', '优秀', 'green'], ['79.99', '优秀', 'yellow'], ['79.999999', '优秀', 'yellow'], ['60', '合格', 'yellow'], ['59.99', '优秀', 'red'], ['95', '不合格', 'red']] as const)('[CQ-2024-06] a score of %s with the result %s is %s', (score, result, colour) => {
    expect(colourOf({ score, result })).toBe(colour);
  });
  it('[CQ-2024-03] a body that did no service is yellow with any result but a failed one, and never green', () => {
    expect(['优秀', '合格', '不合格'].map((result) => colourOf({ served: false, score: null, result }))).toEqual(['yellow', 'yellow', 'red']);
  });
  it('rests on the clauses of every table it came through, and names the rule', () => {
    expect(colourLine(pack, aYear())).toMatchObject({ grade: 'A', level: 'I', colour: 'green', rule: 'A-I', clauses: ['CQ-2024-02', 'CQ-2024-04', 'CQ-2024-05', 'CQ-2024-06'], missing: [] });
  });
  it('without a score there is none, and it says so; the keeper’s reason stands first', () => {
    expect(colourLine(pack, aYear({ served: null, score: null }))).toMatchObject({ colour: null, missing: ['served'] });
    expect(colourLine(pack, aYear({ score: null }))).toMatchObject({ colour: null, missing: ['score'], reason: '待核实：缺少“质量指标评分”' });
    expect(colourLine(pack, aYear({ result: null, because: '未参加比对' }))).toMatchObject({ colour: null, grade: 'A', level: null, missing: ['result'] });
    expect(colourLine(pack, aYear({ result: null, because: '未参加比对' })).reason).toMatch(/^未参加比对；/);
  });
  it('a word the table does not know (基本合格) colours nothing', () => {
    expect(colourLine(pack, aYear({ result: '基本合格' }))).toMatchObject({ colour: null, missing: ['result'] });
  });
  it('a line that no comparison is made for says so by the reading of the text, not by what is lacking', () => {
    expect(colourLine(pack, aYear({ line: 'health-examination', result: null })).reason).toBe(pack.readings['AMB-CQ-2']!.chosen);
  });
});

describe('the colour of a body', () => {
  const both = (one: Partial<LineYear>, other: Partial<LineYear>) => colourBody(pack, [aYear(one), aYear({ line: 'radiation-health-service', ...other })]);
  it('[CQ-2024-06] is the worse of two lines', () => {
    expect(both({}, { score: '75' }).colour).toBe('yellow');
    expect(both({}, { result: '不合格' }).colour).toBe('red');
    expect(both({}, {}).colour).toBe('green');
  });
  it('is open while one line is open and none is red', () => {
    expect(both({}, { score: null }).colour).toBeNull();
    expect(both({ result: '不合格' }, { score: null }).colour).toBe('red');
  });
  it('asks the pack’s own table by the colours of its own scale', () => {
    expect(coloursOf(pack)).toEqual(['green', 'yellow', 'red']);
    expect(both({}, { score: '75' }).asked).toEqual({ decision: 'institution-colour', inputs: { anyGreen: true, anyYellow: true, anyRed: false, anyPending: false } });
  });
});

describe('who is coloured', () => {
  it('[CQ-2024-01] bodies of the place, and visitors that serve in it', () => {
    const managed = (home: boolean, serves: boolean) => isManaged(pack, managedInputs('occupational-health-service', home, serves));
    expect([managed(true, false), managed(false, true), managed(false, false)]).toEqual([true, true, false]);
    expect(isManaged(pack, managedInputs('disease-diagnosis', true, true))).toBe(false);
  });
  it('a pack that is not about colours says what it lacks', async () => {
    expect(lackedForColouring(pack)).toEqual([]);
    expect(lackedForColouring(await packs.get('hangzhou/exam-campaign-2023'))).toEqual(expect.arrayContaining(['decisions/quality-grade', 'scales/colour', 'runs/red-years']));
  });
});

describe('years in a row', () => {
  it('[CQ-2024-20] count up, and a year without a colour breaks them', () => {
    expect(runs('red', 'red', 'red')).toEqual([1, 2, 3]);
    expect(runs('red', null, 'red', 'red')).toEqual([1, 0, 1, 2]);
    expect(runs('red', 'yellow', 'red')).toEqual([1, 0, 1]);
    expect(redRuns(() => pack, [{ year: 2025, colour: 'red' }, { year: 2027, colour: 'red' }]).map(({ year, redYears }) => [year, redYears])).toEqual([[2025, 1], [2026, 0], [2027, 1]]);
    expect(redYearsOf(pack, 'red', 2)).toBe(3);
  });
  it('[CQ-2024-20] alarm at the second, propose at the third', () => {
    expect([0, 1, 2, 3, 4].map((years) => escalationOf(pack, years))).toEqual(['none', 'none', 'alarm', 'propose', 'propose']);
  });
  it('[CQ-2024-20] a limit written for the case and passed unrectified is proposed whatever the years; one that runs, that was kept or that nobody wrote leaves them as they are (AMB-CQ-9)', () => {
    const steps = (limitOn: string | null, today: string, rectified = false) => [0, 1, 2, 3].map((years) => escalationOf(pack, years, { of: { rectified, limitOn: limitOn === null ? null : localDate(limitOn) }, on: localDate(today) }));
    const byYears = ['none', 'none', 'alarm', 'propose'];
    expect(steps('2025-03-31', '2025-04-01')).toEqual(['propose', 'propose', 'propose', 'propose']);
    expect(steps('2025-03-31', '2025-03-31')).toEqual(byYears); // its last day still runs
    expect(steps('2025-03-31', '2025-04-01', true)).toEqual(byYears);
    expect(steps(null, '2030-01-01')).toEqual(byYears);
  });
});

describe('what a colour entails', () => {
  it('[CQ-2024-10] [CQ-2024-15] [CQ-2024-17] visits, monitoring and the report, by the pack', () => {
    expect(consequencesOf(pack, knownColours('red', null))).toMatchObject({ often: { inspection: { rule: 'red-inspection', min: 2 }, 'quality-monitoring': { rule: 'red-monitoring', min: 2 } }, report: true });
    expect(consequencesOf(pack, knownColours('green', 'red'))).toMatchObject({ often: { inspection: { min: 0 }, 'quality-monitoring': { min: 0, target: 1, years: 2 } }, report: false });
    expect(consequencesOf(pack, knownColours(null, null))).toEqual({ often: { inspection: null, 'quality-monitoring': null }, report: false });
    expect(consequencesOf(pack, knownColours(null, 'red'))).toMatchObject({ often: { inspection: { rule: 'red-inspection' } }, report: false }); // the colour of the year before still applies
  });
});
