import { describe, expect, it } from '@jest/globals';
import { evaluateModel, readModel } from './index.js';

const model = (body: string, namespace = '20230324') => readModel(`<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/${namespace}/MODEL/" id="d" name="d" namespace="https://zhijian.example/test">${body}</definitions>`);
const input = (id: string) => `<inputData id="i_${id}" name="${id}"><variable name="${id}"/></inputData>`;
const needs = (...ids: string[]) => ids.map((id) => `<informationRequirement>${id.startsWith('i_') ? `<requiredInput href="#${id}"/>` : `<requiredDecision href="#d_${id}"/>`}</informationRequirement>`).join('');
const knows = (id: string) => `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`;
const says = (text: string) => `<literalExpression><text>${text}</text></literalExpression>`;
const decision = (name: string, logic: string, required = '') => `<decision id="d_${name}" name="${name}"><variable name="${name}"/>${required}${logic}</decision>`;

describe('a DMN model', () => {
  it.each(['20191111', '20211108', '20230324'])('of namespace %s is read', async (namespace) => {
    expect(evaluateModel(await model(decision('two', says('1 + 1')), namespace), 'two', {})).toBe(2);
  });
  it('evaluates the decisions that a decision needs', async () => {
    const chain = await model(input('score') + decision('total', says('score * 2'), needs('i_score')) + decision('passed', says('total &gt;= 60 and score &gt; 0'), needs('total', 'i_score')));
    expect([40, 20].map((score) => evaluateModel(chain, 'passed', { score }))).toEqual([true, false]);
  });
  it('sees only what a decision says it needs', async () => {
    expect(evaluateModel(await model(input('a') + decision('d', says('a'))), 'd', { a: 1 })).toBeNull();
  });
  it('refuses decisions that need one another in a circle, and a decision that is not there', async () => {
    const circle = await model(decision('a', says('b'), needs('b')) + decision('b', says('a'), needs('a')));
    expect(() => evaluateModel(circle, 'a', {})).toThrow('needs itself');
    expect(() => evaluateModel(circle, 'c', {})).toThrow('no decision');
  });
  it('of which a part could not be read is refused', async () => {
    await expect(model('<decision id="总分" name="总分"/>')).rejects.toThrow();
  });
  it('calls business knowledge by name and by boxed invocation', async () => {
    const bkm = '<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic><formalParameter name="a"/><formalParameter name="b"/><literalExpression><text>a - b</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>';
    const called = await model(bkm + decision('byName', says('f(5, 3)'), knows('f'))
      + decision('boxed', `<invocation>${says('f')}<binding><parameter name="b"/>${says('5')}</binding><binding><parameter name="a"/>${says('3')}</binding></invocation>`, knows('f')));
    expect([evaluateModel(called, 'byName', {}), evaluateModel(called, 'boxed', {})]).toEqual([2, -2]);
  });
  it('reads contexts, lists, relations and functions', async () => {
    const boxed = await model(decision('context', `<context><contextEntry><variable name="a"/>${says('2')}</contextEntry><contextEntry><variable name="twice"/><functionDefinition><formalParameter name="x"/>${says('x * 2')}</functionDefinition></contextEntry><contextEntry>${says('twice(a) + 1')}</contextEntry></context>`)
      + decision('record', `<context><contextEntry><variable name="a"/>${says('2')}</contextEntry><contextEntry><variable name="b"/>${says('a + 1')}</contextEntry></context>`)
      + decision('list', `<list>${says('1')}${says('"二"')}</list>`)
      + decision('relation', `<relation><column name="n"/><column name="m"/><row>${says('1')}${says('2')}</row><row>${says('3')}${says('4')}</row></relation>`));
    expect(['context', 'record', 'list', 'relation'].map((name) => evaluateModel(boxed, name, {}))).toEqual([5, { a: 2, b: 3 }, [1, '二'], [{ n: 1, m: 2 }, { n: 3, m: 4 }]]);
  });
});

type Row = readonly [when: string, ...then: string[]];
const tabled = (policy: string, rows: readonly Row[], { more = '', values = ['"高","中","低"'], fallback = '' } = {}) => model(input('n') + decision('t', `<decisionTable hitPolicy="${policy}" ${more}>
  <input><inputExpression typeRef="number"><text>n</text></inputExpression></input>
  ${values.map((allowed, i) => `<output name="o${i}">${allowed && `<outputValues><text>${allowed}</text></outputValues>`}${fallback && `<defaultOutputEntry><text>${fallback}</text></defaultOutputEntry>`}</output>`).join('')}
  ${rows.map(([when, ...then]) => `<rule><inputEntry><text>${when.replaceAll('<', '&lt;')}</text></inputEntry>${then.map((cell) => `<outputEntry><text>${cell}</text></outputEntry>`).join('')}</rule>`).join('')}
</decisionTable>`, needs('i_n')));

describe('hit policies', () => {
  const rows: Row[] = [['> 1', '"低"'], ['> 2', '"高"'], ['> 3', '"中"'], ['> 4', '"高"']];
  const numbers: Row[] = [['> 1', '10'], ['> 2', '30'], ['> 3', '20'], ['> 4', '30']];
  it.each<[string, string, readonly Row[], unknown[]]>([
    ['UNIQUE', '', rows, ['低', null, null, null]],
    ['FIRST', '', rows, ['低', '低', '低', '低']],
    ['ANY', '', rows, ['低', null, null, null]],
    ['PRIORITY', '', rows, ['低', '高', '高', '高']],
    ['RULE ORDER', '', rows, [['低'], ['低', '高'], ['低', '高', '中'], ['低', '高', '中', '高']]],
    ['OUTPUT ORDER', '', rows, [['低'], ['高', '低'], ['高', '中', '低'], ['高', '高', '中', '低']]],
    ['COLLECT', '', rows, [['低'], ['低', '高'], ['低', '高', '中'], ['低', '高', '中', '高']]],
    ['COLLECT', 'aggregation="SUM"', numbers, [10, 40, 60, 90]],
    ['COLLECT', 'aggregation="MIN"', numbers, [10, 10, 10, 10]],
    ['COLLECT', 'aggregation="MAX"', numbers, [10, 30, 30, 30]],
    ['COLLECT', 'aggregation="COUNT"', numbers, [1, 2, 3, 4]],
    ['COLLECT', 'aggregation="SUM"', rows, [null, null, null, null]],
  ])('%s %s', async (policy, more, table, expected) => {
    const read = await tabled(policy, table, { more });
    expect([2, 3, 4, 5].map((n) => evaluateModel(read, 't', { n }))).toEqual(expected);
    expect(evaluateModel(read, 't', { n: 0 })).toBeNull();
  });
  it('ANY lets several rules hit as long as they agree', async () => {
    expect(evaluateModel(await tabled('ANY', [['> 1', '"高"'], ['> 2', '"高"']]), 't', { n: 3 })).toBe('高');
  });
  it('the columns of several outputs decide from left to right', async () => {
    const read = await tabled('PRIORITY', [['> 1', '"中"', '"a"'], ['> 1', '"中"', '"b"'], ['> 2', '"高"', '"a"']], { values: ['"高","中"', '"b","a"'] });
    expect([2, 3].map((n) => evaluateModel(read, 't', { n }))).toEqual([{ o0: '中', o1: 'b' }, { o0: '高', o1: 'a' }]);
  });
  it.each(['UNIQUE', 'FIRST', 'COLLECT', 'RULE ORDER'])('%s: the default output stands where no rule hits', async (policy) => {
    expect(evaluateModel(await tabled(policy, rows, { fallback: '"中"' }), 't', { n: 0 })).toBe('中');
  });
  it('a null hits where a cell asks for nothing', async () => {
    expect(evaluateModel(await tabled('UNIQUE', [['-', '"中"']]), 't', {})).toBe('中');
  });
});
