import { describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import fc from 'fast-check';
import { assignedValue, checkPack, evaluateRound, mayBeApproved, parsePack, roundCounts, schemeOf, type Entrant, type Pack, type Scheme } from './index.js';
import { gradeTable, schemeFiles, schemeSource } from './scheme.fixture.js';

/** Nine laboratories' means of creosote softening, the worked example of ISO 5725-5:1998 (GB/T 6379.5-2006) for Algorithm A; given in the R package metRology. */
const creosote = ['24.140', '20.155', '19.500', '20.300', '20.705', '17.570', '20.100', '20.940', '21.185'];
/** 24 determinations of copper in wholemeal flour (Analyst 114 (1989) 1693); R's MASS::hubers gives 3.2055 and 0.6737. */
const copper = '2.90 3.10 3.40 3.40 3.70 3.70 2.80 2.50 2.40 2.40 2.70 2.20 5.28 3.37 3.03 3.03 28.95 3.77 3.40 2.20 3.50 3.60 3.70 3.70'.split(' ');
const robust = (by: 'algorithm-a' | 'median-niqr', places = 3, least = 3) => ({ assigned: { by, places, least }, deviation: { by, places, least } });

describe('assigned values of a round', () => {
  it('Algorithm A gives the robust mean of the example of ISO 5725-5 (20.41) and goes on where that stops after four rounds (1.039)', () => {
    expect(assignedValue(robust('algorithm-a'), creosote)).toEqual({ value: '20.412', sd: '1.070', uncertainty: '0.446', participants: 9 });
  });
  it('Algorithm A agrees with Huber’s proposal 2 of R on the copper data, to the places of its constant', () => {
    expect(assignedValue(robust('algorithm-a', 2), copper)).toMatchObject({ value: '3.21', sd: '0.67' });
  });
  it('median and normalised interquartile range, by hand: 3.385 and 0.7413 × (3.7 − 2.775)', () => {
    expect(assignedValue(robust('median-niqr', 4), copper)).toMatchObject({ value: '3.3850', sd: '0.6857' });
  });
  it('does not ask in which order results came', () => {
    fc.assert(fc.property(fc.shuffledSubarray(copper, { minLength: copper.length }), (list) => expect(assignedValue(robust('algorithm-a', 6), list)).toEqual(assignedValue(robust('algorithm-a', 6), copper))));
  });
  it('a percentage of a fixed value is exact, and a value printed in the scheme goes before one fixed later', () => {
    const rule = { assigned: { by: 'fixed' as const, value: '10.40' }, deviation: { by: 'percent' as const, percent: '7.5' } };
    expect(assignedValue(rule, [], { value: '99' })).toMatchObject({ value: '10.40', sd: '0.78000', uncertainty: null });
  });
  it('says why there is none', () => {
    expect(assignedValue({ assigned: { by: 'fixed' } }, [])).toEqual({ value: null, why: 'not-fixed', participants: 0 });
    expect(assignedValue({ assigned: { by: 'fixed' }, deviation: { by: 'fixed' } }, [], { value: '1' })).toMatchObject({ why: 'not-fixed' });
    expect(assignedValue(robust('algorithm-a', 3, 12), creosote)).toEqual({ value: null, why: 'too-few', participants: 9 });
  });
});

const pack = (change: (files: Record<string, string>) => void = () => {}): Promise<Pack> => { const files = schemeFiles(); change(files); return parsePack(files); };
const schemeIn = (of: Pack): Scheme => schemeOf(of, 'occupational')!.value;
const edit = (from: string, to: string) => (files: Record<string, string>) => {
  if (!files['rules.yaml']!.includes(from)) throw new Error(`没有“${from}”`);
  files['rules.yaml'] = files['rules.yaml']!.replace(from, to);
};
const fixed = { lead: { value: '10.00' } };
const lab = (id: string, lead = '10.00', benzene = '2.00', fluoride = '1.000', more: Partial<Entrant> = {}): Entrant => ({ id, state: 'reported', results: { lead: { value: lead }, benzene: { value: benzene }, fluoride: { value: fluoride, uncertainty: '0.04' } }, ...more });
const others = ['2.00', '2.10', '1.90', '2.05', '1.95'].map((value, at) => lab(`o${at}`, '10.00', value));

async function resultOf(entrant: Entrant, change?: (files: Record<string, string>) => void) {
  const of = await pack(change);
  const { entrants } = evaluateRound(of, schemeIn(of), [...others, entrant], fixed);
  return entrants.at(-1)!;
}

describe('a round', () => {
  it.each([['12.00', '2.00', 'satisfactory'], ['12.01', '2.01', 'questionable'], ['12.99', '2.99', 'questionable'], ['13.00', '3.00', 'unsatisfactory'], ['7.00', '-3.00', 'unsatisfactory'], ['8.00', '-2.00', 'satisfactory']])(
    'a result of %s against 10.00 ± 1.00 has z = %s: %s', async (lead, z, verdict) => {
      expect((await resultOf(lab('x', lead))).scored?.scores['lead']).toEqual({ score: z, verdict });
    });
  it('[TC-2024-03] counts by laboratory go into the table, and its grade comes out with the clauses', async () => {
    expect(await resultOf(lab('x'))).toMatchObject({ scored: { inputs: { satisfactory: 100, unsatisfactory: 0 } }, outcome: { result: '优秀', by: 'table', clauses: expect.arrayContaining(['TC-2024-03', 'TC-2024-01']) } });
    expect((await resultOf(lab('x', '12.50'))).outcome.result).toBe('合格');
    expect((await resultOf(lab('x', '13.00'))).outcome.result).toBe('不合格');
  });
  it('[TC-2024-04] who took no part is undetermined with the reason, who reported a part is what the scheme says', async () => {
    expect((await resultOf({ id: 'x', state: 'absent', results: {} })).outcome).toMatchObject({ result: null, reason: '待核实：未参加，按方案不作评定', unrated: 'absent' });
    expect((await resultOf({ ...lab('x'), results: { lead: { value: '10.00' } } })).outcome).toMatchObject({ result: '不合格', by: 'without', unrated: 'partial', clauses: ['TC-2024-04'] });
  });
  it('[TC-2024-04] late results are rated where the scheme says so, and do not move the consensus', async () => {
    const of = await pack();
    const late = lab('x', '10.00', '9.00', '1.000', { state: 'late' });
    const round = evaluateRound(of, schemeIn(of), [...others, late], fixed);
    expect(round.assigned['benzene']).toEqual(evaluateRound(of, schemeIn(of), others, fixed).assigned['benzene']);
    expect(round.entrants.at(-1)!.outcome).toMatchObject({ result: '不合格', unrated: 'late' });
  });
  it('what a scheme does not say is undetermined', async () => {
    const silent = edit('late: table, withdrawn: undetermined, ', '');
    expect((await resultOf(lab('x', '10.00', '2.00', '1.000', { state: 'late' }), silent)).outcome.reason).toBe('待核实：逾期报送，方案没有写明如何评定');
    expect((await resultOf({ id: 'x', state: 'withdrawn', results: {} }, silent)).outcome.reason).toBe('待核实：已退出，方案没有写明如何评定');
  });
  it('where a value could not be assigned nobody is graded by guess', async () => {
    const { outcome, scored } = await resultOf(lab('x'), edit('least: 5 }, deviation', 'least: 50 }, deviation'));
    expect(scored?.scores['benzene']).toEqual({ score: null, verdict: null, missing: 'assigned' });
    expect(outcome).toMatchObject({ result: null, reason: '待核实：缺少“满意项目的百分比”、“不满意项目数”' });
  });
  it('a measurand set aside counts for nobody', async () => {
    const of = await pack();
    const [only] = evaluateRound(of, schemeIn(of), [lab('x', '13.00')], fixed, ['lead', 'benzene']).entrants;
    expect(only).toMatchObject({ scored: { inputs: { satisfactory: 100, unsatisfactory: 0 } }, outcome: { result: '优秀' } });
  });
});

describe('schemes of other places are data', () => {
  const table = (rows: Parameters<typeof gradeTable>[1], grades: string[]) => (files: Record<string, string>) => { files['decisions/comparison-grade.dmn'] = gradeTable('comparison-grade', rows, grades); delete files['tests/cases.yaml']; };
  it('two grades', async () => {
    const two = (files: Record<string, string>) => {
      table([['fit', '', '[80..100]', '-', '合格'], ['unfit', '', '< 80', '-', '不合格']], ['合格', '不合格'])(files);
      edit('{ id: 优秀, passes: true }, ', '')(files);
    };
    expect((await resultOf(lab('x'), two)).outcome.result).toBe('合格');
    expect((await resultOf(lab('x', '12.50'), two)).outcome.result).toBe('不合格');
  });
  it('four grades by weighted points: 5, 3 and 0 points, lead counts twice', async () => {
    const four = (files: Record<string, string>) => {
      table([['good', '', '[90..100]', '-', '优秀'], ['fit', '', '[75..90)', '-', '合格'], ['nearly', '', '[60..75)', '-', '基本合格'], ['unfit', '', '< 60', '-', '不合格']], ['优秀', '合格', '基本合格', '不合格'])(files);
      edit('{ id: 不合格, passes: false }', '{ id: 基本合格, passes: true }, { id: 不合格, passes: false }')(files);
      edit('{ count: satisfactory, per: items }', '{ count: points, per: most-points, weighted: true }')(files);
      files['rules.yaml'] = files['rules.yaml']!.replaceAll(/(score: z(?:eta)?),/g, "$1, points: { satisfactory: '5', questionable: '3', unsatisfactory: '0' },").replace('places: 2, score: z', "places: 2, weight: '2', score: z");
    };
    expect((await resultOf(lab('x'), four)).scored?.inputs['satisfactory']).toBe(100);
    expect(await resultOf(lab('x', '12.50'), four)).toMatchObject({ scored: { inputs: { satisfactory: 80 } }, outcome: { result: '合格' } });
    expect(await resultOf(lab('x', '13.00', '2.00', '1.000'), four)).toMatchObject({ scored: { inputs: { satisfactory: 50 } }, outcome: { result: '不合格' } });
  });
  it('two rounds rated together: whoever passes the second after failing the first is fit, not excellent', async () => {
    const twice = (files: Record<string, string>) => {
      table([['first', '', '-', '0', '优秀'], ['second', '', '100', '> 0', '合格'], ['never', '', '< 100', '> 0', '不合格']], ['优秀', '合格', '不合格'])(files);
      edit('    measurands:', '    parts: [{ id: first, title: 第一次 }, { id: second, title: 补测 }]\n    measurands:')(files);
      edit('score: zeta', 'part: second, optional: true, score: zeta')(files);
      files['rules.yaml'] = files['rules.yaml']!.replaceAll('places: 2, score: z', 'places: 2, part: first, score: z');
      edit('inputs: { satisfactory: { count: satisfactory, per: items }, unsatisfactory: { count: unsatisfactory } }', 'inputs: { satisfactory: { count: satisfactory, per: items, part: second }, unsatisfactory: { count: unsatisfactory, part: first } }')(files);
    };
    expect((await resultOf(lab('x', '13.00'), twice)).outcome.result).toBe('合格');
    expect((await resultOf(lab('x', '13.00', '2.00', '1.500'), twice)).outcome.result).toBe('不合格');
    const { fluoride: _, ...once } = lab('x').results;
    expect((await resultOf({ ...lab('x'), results: once }, twice)).outcome).toMatchObject({ result: null, reason: '待核实：缺少“满意项目的百分比”' });
  });
  it.each([
    ['a table input without its count', edit('unsatisfactory: { count: unsatisfactory }', 'other: { count: unsatisfactory }'), '/schemes/occupational/inputs', '输入“unsatisfactory”'],
    ['a grade the scheme does not know', edit('{ id: 优秀, passes: true }, ', ''), '/schemes/occupational/grades', '“优秀”'],
    ['a result of those without results', edit('partial: { result: 不合格', 'partial: { result: 基本合格'), '/schemes/occupational/without/partial/result', '“基本合格”'],
    ['z without a deviation', edit(", deviation: { by: percent, percent: '10' }", ''), '/schemes/occupational/measurands/0/deviation', '标准差'],
    ['E_n against a consensus', edit('score: z, assigned: { by: algorithm-a, places: 3, least: 5 }, deviation: { by: algorithm-a, places: 3, least: 5 }', 'score: en, assigned: { by: algorithm-a, places: 3, least: 5 }'), '/schemes/occupational/measurands/1/assigned', '事先确定'],
    ['a measurand twice', edit('id: benzene', 'id: lead'), '/schemes/occupational/measurands/1/id', '重复'],
    ['points that nobody laid down', edit('{ count: unsatisfactory }', '{ count: points }'), '/schemes/occupational/inputs/unsatisfactory', 'points'],
    ['a part that is none', edit('places: 2, score: z', 'places: 2, part: second, score: z'), '/schemes/occupational/measurands/0/part', '“second”'],
    ['a decision that is not there', edit('decision: comparison-grade', 'decision: other'), '/schemes/occupational/decision', '“other”'],
  ])('%s is refused with its place', async (_, change, path, words) => {
    await expect(pack(change)).rejects.toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ file: 'rules.yaml', path, message: expect.stringContaining(words) })]) });
  });
  it('the check accepts the scheme, and finds one that leaves the absent open', async () => {
    const check = async (of: Pack) => checkPack(of, { sourceText: schemeSource, calendar: builtInCalendar });
    expect(await check(await pack())).toMatchObject({ findings: [], cases: { passed: 4, failed: 0 } });
    const open = await check(await pack(edit('absent: undetermined, ', '')));
    expect(open.findings).toMatchObject([{ kind: 'missing-input', severity: 'error', message: '“职业卫生检测能力比对”没有写明未参加的如何评定，届时待核实' }]);
    expect(mayBeApproved(open)).toBe(false);
  });
});

describe('what is published of a round', () => {
  const grades = [{ id: '优秀', passes: true }, { id: '合格', passes: true }, { id: '不合格', passes: false }];
  const entrants = [...Array<string>(7).fill('优秀'), ...Array<string>(52).fill('合格'), ...Array<string>(11).fill('不合格')].map((result) => ({ state: 'reported' as const, result }));
  it('70 laboratories of which 7 are excellent, 52 fit and 11 unfit pass at 84.28 %, cut and not rounded', () => {
    expect(roundCounts({ grades, published: { of: 'evaluated', includesBetter: false } }, entrants)).toMatchObject({ evaluated: 70, passed: 59, passRate: '84.28', grades: [{ published: 7 }, { published: 52 }, { published: 11 }] });
  });
  it('where 合格 includes 优秀 it says 59, and the denominator is whom the scheme names', () => {
    const more = [...entrants, { state: 'absent' as const, result: null }, { state: 'reported' as const, result: null }];
    expect(roundCounts({ grades, published: { of: 'registered', includesBetter: true } }, more)).toMatchObject({ registered: 72, submitting: 71, evaluated: 70, undetermined: 2, denominator: 72, passRate: '81.94', grades: [{ published: 7 }, { published: 59 }, { published: 11 }] });
    expect(roundCounts({ grades, published: { of: 'submitting', includesBetter: true } }, []).passRate).toBeNull();
  });
});
