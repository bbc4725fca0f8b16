import { describe, expect, it } from '@jest/globals';
import { citedDecision, decide, explain, parsePack } from './index.js';
import { table, testlandFiles } from './testland.fixture.js';

const packWith = (dmn: string) => parsePack({ ...testlandFiles(), 'decisions/band.dmn': dmn, 'tests/cases.yaml': 'cases: [{ title: 期限, clauses: [TEST-2024-02], duty: report, expect: {} }]' });
const testland = await parsePack(testlandFiles());

describe('a decision', () => {
  it.each([[80, true, 'A'], [80, false, 'A'], [79.99, true, 'B'], [0, false, 'C']])('a score of %d, served %s, is %s', (score, served, grade) => {
    expect(decide(testland, 'band', { score, served })).toMatchObject({ determined: true, value: grade, missing: [] });
  });
  it('names the rule, the clause with its words, the inputs and the pack it rests on', () => {
    const { hash } = testland;
    expect(decide(testland, 'band', { score: 90, served: true })).toMatchObject({
      rule: 'good', clauses: [{ id: 'TEST-2024-01', quote: '全县已备案的检查机构' }], inputs: { score: 90, served: true }, pack: { id: 'testland/campaign-2024', version: 1, hash },
    });
  });
  it('is undetermined when an input is missing, even where the rule that would hit does not ask for it', () => {
    expect(decide(testland, 'band', { score: 90 })).toMatchObject({ determined: false, value: null, code: 'missing-input', missing: ['served'], reason: '待核实：缺少“是否开展服务”', rule: null });
    expect(decide(testland, 'band', { score: null, served: true })).toMatchObject({ determined: false, missing: ['score'] });
  });
  it.each([['80', true], [90, 'yes'], [Number.NaN, true]])('is undetermined for a value the table does not know: %p, %p', (score, served) => {
    expect(decide(testland, 'band', { score, served })).toMatchObject({ determined: false, code: expect.stringMatching(/unmapped-input|missing-input/) });
  });
  it('may lack an input whose column lists null: a rule that asks nothing of it hits, and where none hits the input is named', async () => {
    const rows = table('band', 'UNIQUE', [['idle', '-', 'false', '"C"'], ['good', '>= 80', 'true', '"A"'], ['poor', '< 80', 'true', '"B"']]);
    const pack = await packWith(rows.replace('<text>score</text></inputExpression>', '<text>score</text></inputExpression><inputValues id="iv"><text>null,[0..100]</text></inputValues>'));
    const of = (inputs: Record<string, unknown>) => decide(pack, 'band', inputs);
    expect([of({ served: false }).value, of({ served: false, score: 90 }).value, of({ served: true, score: 79.99 }).value]).toEqual(['C', 'C', 'B']);
    expect(of({ served: true, score: null })).toMatchObject({ determined: false, code: 'missing-input', missing: ['score'] });
    expect(of({ score: 90 })).toMatchObject({ determined: false, code: 'missing-input', missing: ['served'] });
    expect(of({ served: false, score: 101 })).toMatchObject({ determined: false, code: 'unmapped-input', missing: ['score'] });
  });
  it.each([['-', '-'], ['not(1)', '-']])('may not answer for a case of which nothing is known: %s, %s', async (score, served) => {
    const lacking = (rows: Parameters<typeof table>[2]) => table('band', 'COLLECT', rows)
      .replace('<text>score</text></inputExpression>', '<text>score</text></inputExpression><inputValues id="iv"><text>null,[0..100]</text></inputValues>')
      .replace('<text>served</text></inputExpression>', '<text>served</text></inputExpression><inputValues id="iw"><text>null,true,false</text></inputValues>');
    await expect(packWith(lacking([['good', '>= 80', '-', '"A"'], ['all', score, served, '"C"']]))).rejects.toMatchObject({ problems: [{ file: 'decisions/band.dmn', path: '/band/all', message: expect.stringContaining('什么都不知道的就是待核实') }] });
    const open = await packWith(lacking([['good', '>= 80', '-', '"A"'], ['idle', '-', 'false', '"C"']]));
    expect(decide(open, 'band', {})).toMatchObject({ determined: false, code: 'missing-input', missing: ['score', 'served'] });
  });
  it('is undetermined where no rule hits', async () => {
    const pack = await packWith(table('band', 'UNIQUE', [['good', '>= 80', '-', '"A"'], ['poor', '<= 79', '-', '"B"']]));
    expect(decide(pack, 'band', { score: 79.5, served: true })).toMatchObject({ determined: false, code: 'no-hit', clauses: [{ id: 'TEST-2024-01' }] });
  });
  it('is undetermined where two rules hit a table that allows one', async () => {
    const pack = await packWith(table('band', 'UNIQUE', [['good', '>= 80', '-', '"A"'], ['served', '-', 'true', '"B"']]));
    expect(decide(pack, 'band', { score: 90, served: true })).toMatchObject({ determined: false, code: 'several-hits', reason: expect.stringContaining('good、served') });
  });
  it('ANY lets several rules hit as long as they agree', async () => {
    const agreeing = await packWith(table('band', 'ANY', [['good', '>= 80', '-', '"A"'], ['served', '-', 'true', '"A"']]));
    expect(decide(agreeing, 'band', { score: 90, served: true })).toMatchObject({ value: 'A', rule: 'good,served' });
    const quarrelling = await packWith(table('band', 'ANY', [['good', '>= 80', '-', '"A"'], ['served', '-', 'true', '"B"']]));
    expect(decide(quarrelling, 'band', { score: 90, served: true })).toMatchObject({ determined: false, code: 'several-hits' });
  });
  it('COLLECT gives every hit', async () => {
    const pack = await packWith(table('band', 'COLLECT', [['good', '>= 80', '-', '"A"'], ['served', '-', 'true', '"B"']]));
    expect(decide(pack, 'band', { score: 90, served: true })).toMatchObject({ value: ['A', 'B'] });
  });
  it('is passed on with the ids of its clauses', () => {
    expect(citedDecision(decide(testland, 'band', { score: 90, served: true }))).toEqual({ determined: true, value: 'A', clauses: ['TEST-2024-01'] });
    expect(citedDecision(decide(testland, 'band', {}))).toEqual({ determined: false, reason: '待核实：缺少“得分”、“是否开展服务”', missing: ['score', 'served'], clauses: ['TEST-2024-01'] });
  });
  it('gives the same answer however often it is asked, whatever else stands in the inputs', () => {
    const ask = (more: object) => { const { value, rule } = decide(testland, 'band', { score: 79, served: true, ...more }); return { value, rule }; };
    expect([ask({}), ask({ name: '某机构' }), ask({})]).toEqual([1, 2, 3].map(() => ({ value: 'B', rule: 'poor' })));
    expect(decide(testland, 'band', { score: '79', served: true }).determined).toBe(false);
    expect(decide(testland, 'band', Object.create({ score: 79, served: true }) as Record<string, unknown>)).toMatchObject({ missing: ['score', 'served'] });
  });
  it('that the pack does not have is a fault of the program', () => {
    expect(() => decide(testland, 'colour', {})).toThrow('没有决策“colour”');
    expect(() => decide(testland, 'constructor', {})).toThrow();
  });
  it('can be explained with pack and calendar by name', () => {
    expect(explain(testland, 'band', { score: 90 })).toEqual({
      determined: false, value: null, reason: '待核实：缺少“是否开展服务”', rule: null, clauses: [{ id: 'TEST-2024-01', quote: '全县已备案的检查机构' }],
      inputs: { score: 90 }, missing: ['served'], pack: 'testland/campaign-2024@1', calendar: null,
    });
  });
});
