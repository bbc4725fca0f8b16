import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { builtInPacks, decide, evaluateTable, interpretTable, lookupOf, Packs, parseDecisions, parsePack, type DecisionTable } from './index.js';
import { triesOf } from './lookup.js';
import { testlandFiles } from './testland.fixture.js';

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
interface Column { readonly name: string; readonly type: string; readonly allowed?: string }
const tableOf = async (policy: string, columns: readonly Column[], rows: readonly (readonly string[])[]): Promise<DecisionTable> => {
  const [read] = await parseDecisions('decisions/t.dmn', `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="https://zhijian.example/test"><decision id="t" name="t"><decisionTable hitPolicy="${policy}">
  ${columns.map(({ name, type, allowed }) => `<input><inputExpression typeRef="${type}"><text>${name}</text></inputExpression>${allowed === undefined ? '' : `<inputValues><text>${escape(allowed)}</text></inputValues>`}</input>`).join('')}
  <output name="o" typeRef="string"/>
  ${rows.map((cells) => `<rule>${cells.slice(0, -1).map((cell) => `<inputEntry><text>${escape(cell)}</text></inputEntry>`).join('')}<outputEntry><text>${cells.at(-1) ?? ''}</text></outputEntry><annotationEntry><text>TEST-2024-01</text></annotationEntry></rule>`).join('')}
</decisionTable></decision></definitions>`);
  if (!read) throw new Error('no table');
  return read;
};

/** Every value that a column names, its neighbours by a hundredth, the nearest doubles, and values that do not belong. */
function tried({ type, allowed }: { type: string | undefined; allowed: string | undefined }, cells: readonly string[]): unknown[] {
  const said = [...cells, allowed ?? ''].join(' ');
  const numbers = (said.replaceAll(/"[^"]*"/g, '').match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  const near = numbers.flatMap((it) => [it, it - 0.01, it + 0.01, it * (1 + Number.EPSILON), it * (1 - Number.EPSILON / 2)]);
  const texts = (said.match(/"[^"]*"/g) ?? []).map((it) => it.slice(1, -1));
  const own = type === 'number' ? [...near, 0, -0, 1e9, -1e9] : type === 'boolean' ? [true, false] : [...texts, 'nothing of the kind', ''];
  return [...own, null, undefined, Number.NaN, Number.POSITIVE_INFINITY, '80', true, 1, ['a'], { a: 1 }];
}

function everyCase(table: DecisionTable, most = 600): Record<string, unknown>[] {
  const columns = table.inputs.map((input, at) => tried(input, table.rules.map((rule) => rule.when[at] ?? '-')));
  const total = columns.reduce((count, values) => count * values.length, 1);
  const step = Math.max(1, Math.floor(total / most)) | 1;
  return Array.from({ length: Math.ceil(total / step) }, (_, n) => {
    let rest = (n * step) % total;
    return Object.fromEntries(table.inputs.map(({ expression }, at) => {
      const values = columns[at] ?? [];
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return [expression, value];
    }));
  });
}
/** Every cell of a table (one value for each class of each column, at most so many cells), and each column's edges and oddities beside a case that has all it needs. */
function cellsAndEdges(table: DecisionTable, most = 150): Record<string, unknown>[] {
  const columns = triesOf(table);
  if (!columns) return everyCase(table, most);
  const all = columns.reduce<Record<string, unknown>[]>((cases, { name, values }) => cases.flatMap((it) => values.map((value) => ({ ...it, [name]: value }))), [{}]);
  const step = Math.ceil(all.length / most);
  const edges = table.inputs.flatMap((input, at) => [...new Set(tried(input, table.rules.map((rule) => rule.when[at] ?? '-')))].map((value) => ({ ...all[0], [input.expression]: value })));
  return [...all.filter((_, i) => i % step === 0), ...edges];
}
const own = (table: DecisionTable, inputs: Record<string, unknown>) => Object.fromEntries(table.inputs.map(({ expression }) => [expression, inputs[expression] ?? null]));
const agree = (table: DecisionTable, cases: readonly Record<string, unknown>[]) => {
  for (const inputs of cases) expect({ inputs, ...evaluateTable(table, inputs) }).toEqual({ inputs, ...interpretTable(table, own(table, inputs)) });
};

describe('a lookup says what the interpreter says', () => {
  const installed = new Packs([builtInPacks]).list().map(({ id, version }) => `${id}@${version}`);
  it.each(installed)('on every cell and edge of every table of %s', async (name) => {
    const pack = await new Packs([builtInPacks]).get(name);
    for (const table of Object.values(pack.decisions)) agree(table, cellsAndEdges(table));
  });
  it('at the edges of bands, in each notation', async () => {
    const table = await tableOf('UNIQUE', [{ name: 'score', type: 'number', allowed: '[0..100]' }], [['>= 80', '"A"'], ['[70..80)', '"B"'], ['[60..70[', '"C"'], ['< 60', '"D"']]);
    const lookup = lookupOf(table);
    expect([100, 80, 79.99, 70, 69.99, 60, 59.99, 0].map((score) => lookup?.({ score }))).toEqual(['A', 'A', 'B', 'B', 'C', 'C', 'D', 'D'].map((value) => expect.objectContaining({ value })));
    expect([100.01, -0.01, '80', null, Number.NaN].map((score) => lookup?.({ score }))).toEqual([undefined, undefined, undefined, undefined, undefined]);
    agree(table, everyCase(table));
  });
  it('for columns that a case may lack', async () => {
    const table = await tableOf('UNIQUE', [{ name: 'score', type: 'number', allowed: 'null,[0..100]' }, { name: 'colour', type: 'string', allowed: 'null,"red","green"' }, { name: 'served', type: 'boolean' }], [
      ['-', '-', 'false', '"C"'], ['>= 80', 'not("red")', 'true', '"A"'], ['< 80', '"red"', 'true', '"B"'],
    ]);
    expect(lookupOf(table)).toBeDefined();
    agree(table, everyCase(table));
  });
  it('where a gap or an overlap is left between bands', async () => {
    const table = await tableOf('UNIQUE', [{ name: 'score', type: 'number' }, { name: 'served', type: 'boolean' }], [['>= 80', '-', '"A"'], ['[60..79]', 'true', '"B"'], ['(..)', '-', '"C"'].map((cell) => (cell === '(..)' ? '(75..90)' : cell))]);
    expect(lookupOf(table)).toBeDefined();
    agree(table, everyCase(table));
  });
  it('for lists, negations and open strings', async () => {
    const table = await tableOf('COLLECT', [{ name: 'kind', type: 'string' }, { name: 'colour', type: 'string', allowed: '"red","yellow","green"' }, { name: 'n', type: 'number', allowed: '1,2,3' }], [
      ['"a","b"', '-', '-', '"1"'], ['not("a","c")', 'not("green")', '> 1', '"2"'], ['-', '"red"', '1,3', '"3"'], ['"a"', '"yellow","red"', 'not(2)', '"4"'],
    ]);
    expect(lookupOf(table)).toBeDefined();
    agree(table, everyCase(table));
  });
  it('for tables made at random (40 tables)', async () => {
    const edge = fc.integer({ min: -200, max: 10_000 }).map((it) => String(it / 100));
    const numeric = fc.oneof(fc.constant('-'), fc.tuple(fc.constantFrom('<', '<=', '>', '>='), edge).map(([sign, it]) => `${sign} ${it}`), fc.array(edge, { minLength: 1, maxLength: 3 }).map((it) => it.join(', ')),
      fc.tuple(fc.constantFrom('[', '(', ']'), edge, edge, fc.constantFrom(']', ')', '[')).map(([open, a, b, close]) => `${open}${[a, b].sort((x, y) => Number(x) - Number(y)).join('..')}${close}`), edge.map((it) => `not(${it}, > 90)`));
    const words = fc.oneof(fc.constant('-'), fc.subarray(['"甲"', '"乙"', '"丙"'], { minLength: 1 }).map((it) => it.join(',')), fc.constantFrom('not("甲")', 'not("乙","丁")'));
    const yes = fc.constantFrom('-', 'true', 'false');
    const made = fc.record({ policy: fc.constantFrom('UNIQUE', 'ANY', 'COLLECT'), rows: fc.array(fc.tuple(numeric, words, yes, fc.constantFrom('"x"', '"y"')), { minLength: 1, maxLength: 6 }) });
    await fc.assert(fc.asyncProperty(made, async ({ policy, rows }) => {
      const table = await tableOf(policy, [{ name: 'n', type: 'number' }, { name: 'w', type: 'string' }, { name: 'y', type: 'boolean' }], rows);
      expect(lookupOf(table)).toBeDefined();
      agree(table, everyCase(table, 60));
    }), { numRuns: 40 });
  });
});

describe('no lookup is made, and FEEL decides each time,', () => {
  it.each([
    ['a cell that looks at another column', ['>= limit', '-', '"A"']],
    ['a calculation', ['>= 40 * 2', '-', '"A"']],
    ['numbers so large that nothing lies beside them', ['>= 10000000000000000000000', '-', '"A"'], { score: 2e22, limit: 0 }],
  ])('for %s', async (_, row, inputs = { score: 90, limit: 80 }) => {
    const table = await tableOf('UNIQUE', [{ name: 'score', type: 'number' }, { name: 'limit', type: 'number' }], [row]);
    expect(lookupOf(table)).toBeUndefined();
    expect(evaluateTable(table, inputs)).toMatchObject({ hits: [{ clauses: ['TEST-2024-01'] }] });
  });
  it('for a table of so many edges that trying them would take longer than asking', async () => {
    const table = await tableOf('UNIQUE', [{ name: 'score', type: 'number' }], Array.from({ length: 300 }, (_, i) => [`[${2 * i}..${2 * i + 1}]`, `"${i}"`]));
    expect(lookupOf(table)).toBeUndefined();
    expect(evaluateTable(table, { score: 41 })).toMatchObject({ value: '20' });
  });
});
it('an output that is calculated is calculated each time, from its own table’s inputs only', async () => {
  const table = await tableOf('UNIQUE', [{ name: 'score', type: 'number' }, { name: 'limit', type: 'number' }], [['>= 80', '-', 'string(score - limit)'], ['< 80', '-', 'string(other)']]);
  expect([90, 91, 79].map((score) => evaluateTable(table, { score, limit: 80, other: 1 }))).toMatchObject([{ value: '10' }, { value: '11' }, { code: 'not-evaluable' }]);
  agree(table, everyCase(table, 300));
});
it('a column may be called like something FEEL has', async () => {
  expect(lookupOf(await tableOf('UNIQUE', [{ name: 'today', type: 'string' }], [['"a"', '"A"']]))?.({ today: 'a' })).toMatchObject({ value: 'A' });
});

it('an explanation is made once and handed out again', async () => {
  const pack = await parsePack(testlandFiles());
  const [one, two] = [decide(pack, 'band', { score: 90, served: true }), decide(pack, 'band', { score: 95, served: true })];
  expect(two.clauses).toBe(one.clauses);
  expect([one.inputs, two.inputs]).toEqual([{ score: 90, served: true }, { score: 95, served: true }]);
});
