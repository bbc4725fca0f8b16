import { evaluate } from 'feelin';
import type { DecisionTable, TableInput, TableRule } from './decision-table.js';
import { fits, hit, holds, settled, type Inputs, type Outcome } from './evaluate-table.js';
import type { Hit } from './hit-policy.js';

/**
 * A table made into a lookup: each column's values fall into a few classes that no cell tells apart (a listed value, an
 * edge of a band, the open space between two edges), and what the table says depends on the classes alone. Each cell is
 * evaluated once for each class; every answer is computed once and handed out again. No answer for a value that is missing
 * or fits no class: FEEL then says why.
 */
export type Lookup = (inputs: Inputs) => Outcome | undefined;

/** Beyond these a table is not worth compiling: each test of a cell takes FEEL some tenths of a millisecond. */
const most = { cells: 65_536, tests: 50_000, edges: 2000 };

const lookups = new WeakMap<DecisionTable, { readonly lookup: Lookup | undefined }>();

/**
 * The lookup of a table, made when it is first asked for; undefined where a cell holds more than plain values, comparisons
 * and intervals, or where there are too many: FEEL then decides each time.
 */
export function lookupOf(table: DecisionTable): Lookup | undefined {
  let known = lookups.get(table);
  if (!known) lookups.set(table, known = { lookup: attempted(table) });
  return known.lookup;
}

function attempted(table: DecisionTable): Lookup | undefined {
  try {
    return compiled(table);
  } catch {
    return undefined; // a cell that FEEL refuses when it meets a value
  }
}

function compiled(table: DecisionTable): Lookup | undefined {
  const constant = table.rules.every((rule) => rule.then.every((cell) => literal.test(cell)));
  const columns = table.inputs.map((input, i) => columnOf(input, table.rules.map((rule) => rule.when[i] ?? '-')));
  const size = columns.reduce((cells, column) => cells * (column?.classes.length ?? 0), 1);
  if (columns.length === 0 || size === 0 || size > most.cells || !columns.every((column) => column !== undefined)) return undefined;
  if (columns.reduce((tests, { classes }) => tests + classes.length * table.rules.length, 0) > most.tests) return undefined;
  const hits = columns.map((column, at) => column.classes.map((one) => table.rules.map((rule) => holds(rule.when[at] ?? '-', one, {}))));
  const answers = new Array<Outcome | undefined>(size).fill(undefined);
  const rules = new Array<readonly TableRule[] | undefined>(size).fill(undefined);
  const outputs = new Map<TableRule, Hit<TableRule> | undefined>();
  const hitOf = (rule: TableRule) => {
    if (!outputs.has(rule)) outputs.set(rule, hit(table, rule, rule.then, {}));
    return outputs.get(rule);
  };
  return (inputs) => {
    let cell = 0;
    for (const column of columns) {
      const at = column.classOf(Object.hasOwn(inputs, column.name) ? inputs[column.name] : undefined);
      if (at < 0) return undefined;
      cell = cell * column.classes.length + at;
    }
    const rows = (rules[cell] ??= rulesAt(table, columns, hits, cell));
    if (constant) return (answers[cell] ??= settled(table, rows, inputs, { hitOf, lacking: table.inputs.filter(({ mayLack, expression }) => mayLack && (inputs[expression] ?? null) === null) }));
    return settled(table, rows, Object.fromEntries(columns.map(({ name }) => [name, inputs[name] ?? null]))); // outputs are calculated each time
  };
}

/**
 * One value for each class of each column, so that trying them all tries every row and every space between rows: what
 * the column lists, its edges and the open spaces between them. Of a word nobody has listed it says nothing. Undefined
 * where a cell holds more than plain values, comparisons and intervals.
 */
export function triesOf(table: DecisionTable): readonly { readonly name: string; readonly values: readonly unknown[] }[] | undefined {
  const columns = table.inputs.map((input, i) => ({ input, column: columnOf(input, table.rules.map((rule) => rule.when[i] ?? '-')) }));
  if (columns.some(({ column }) => !column)) return undefined;
  return columns.map(({ input, column }) => {
    const values = (column?.classes ?? []).filter((one) => one === null || fits(input, one));
    const named = values.filter((one) => one !== column?.unnamed);
    return { name: input.expression, values: named.length > 0 ? named : values };
  });
}

interface Column { readonly name: string; readonly classes: readonly unknown[]; /** Stands for every word that no cell names. */ readonly unnamed?: string; /** −1: missing or unmapped. */ readonly classOf: (value: unknown) => number }

const number = String.raw`-?\d+(?:\.\d+)?`;
const text = String.raw`"[^"\\]*"`;
const value = `(?:${number}|${text}|true|false)`;
const literal = new RegExp(`^${value}$`);
const test = String.raw`(?:(?:<=|>=|<|>)\s*${number}|[\[(\]]\s*${number}\s*\.\.\s*${number}\s*[\])\[]|${value})`;
const list = `${test}(?:\\s*,\\s*${test})*`;
const plainCell = new RegExp(`^(?:-|${list}|not\\s*\\(\\s*${list}\\s*\\))$`);
const plainName = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function columnOf(input: TableInput, cells: readonly string[]): Column | undefined {
  const said = input.allowed === undefined ? cells : [...cells, input.allowed.trim()];
  if (!names(input.expression) || !said.every((cell) => plainCell.test(cell))) return undefined;
  const column = valued(input, said);
  return column && input.mayLack ? lackable(column) : column;
}

function valued(input: TableInput, said: readonly string[]): Column | undefined {
  if (input.type === 'boolean') return among(input, [true, false]);
  if (input.type === 'string') return among(input, [...literals(said, text)].map((it) => it.slice(1, -1)), input.allowed === undefined);
  return input.type === 'number' ? banded(input, [...literals(said.map((cell) => cell.replaceAll(new RegExp(text, 'g'), '')), number)].map(Number)) : undefined;
}

/** One class more for a value that is not there. */
const lackable = (column: Column): Column =>
  ({ ...column, classes: [...column.classes, null], classOf: (one) => (one === null || one === undefined ? column.classes.length : column.classOf(one)) });

/** Is the expression a name and nothing else, so that the column's value is the input of that name? */
const names = (expression: string): boolean => plainName.test(expression) && [null, 'x'].every((one) => evaluate(expression, { [expression]: one }).value === one);
const literals = (cells: readonly string[], shape: string): Set<string> => new Set(cells.flatMap((cell) => cell.match(new RegExp(shape, 'g')) ?? []));

/** Values that the column names; where it lists no allowed ones, all others make one more class. */
function among(input: TableInput, named: readonly unknown[], open = false): Column {
  const other = `${named.join('')}…`; // longer than each of them
  const classes = [...named.filter((one) => fits(input, one)), ...(open ? [other] : [])];
  const places = new Map(classes.map((one, i) => [one, i]));
  return { name: input.expression, classes, ...(open && { unnamed: other }), classOf: (one) => places.get(one) ?? (open && typeof one === 'string' ? classes.length - 1 : -1) };
}

/** The edges, and the open spaces between them: class 2i + 1 is edge i, class 2i the space below it. */
function banded(input: TableInput, numbers: readonly number[]): Column | undefined {
  const edges = [...new Set(numbers.map((one) => one + 0))].sort((a, b) => a - b);
  if (edges.length > most.edges || edges.some((edge) => Math.abs(edge) > 1e12)) return undefined; // beside huge numbers there is no open space
  const spaces = edges.map((edge, i) => { const below = edges[i - 1]; return below === undefined ? edge - 1 : below + (edge - below) / 2; });
  const classes = [...edges.flatMap((edge, i) => [spaces[i] ?? 0, edge]), (edges.at(-1) ?? 0) + 1];
  const mapped = classes.map((one) => fits(input, one));
  const classOf = (one: unknown): number => {
    if (typeof one !== 'number' || !Number.isFinite(one)) return -1;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((edges[middle] as number) < one) low = middle + 1; else high = middle;
    }
    const at = edges[low] === one ? 2 * low + 1 : 2 * low;
    return mapped[at] ? at : -1;
  };
  return { name: input.expression, classes, classOf };
}

/** The rules that hit in a cell, a combination of classes, in their order. */
function rulesAt(table: DecisionTable, columns: readonly Column[], hits: readonly (readonly boolean[])[][], cell: number): readonly TableRule[] {
  let rest = cell;
  const chosen: (readonly boolean[])[] = [];
  for (let column = columns.length - 1; column >= 0; column -= 1) {
    const { length } = columns[column]?.classes ?? [];
    chosen.push(hits[column]?.[rest % length] ?? []);
    rest = Math.floor(rest / length);
  }
  return table.rules.filter((_, i) => chosen.every((column) => column[i]));
}
