import { evaluate, unaryTest } from 'feelin';
import { listedValues, type DecisionTable, type TableInput, type TableRule } from './decision-table.js';
import { choose, type Hit } from './hit-policy.js';

export type Inputs = Readonly<Record<string, unknown>>;
export type UndecidedCode = 'missing-input' | 'unmapped-input' | 'no-hit' | 'several-hits' | 'not-evaluable';

export interface Stop { readonly code: UndecidedCode; readonly reason: string; readonly missing?: readonly string[] }
export interface Settled { readonly hits: readonly TableRule[]; readonly value: unknown }
export type Outcome = Settled | Stop;

/** What a table says of these inputs, cell by cell in FEEL. Lookups made of a table must say the same. */
export function interpretTable(table: DecisionTable, inputs: Inputs): Outcome {
  try {
    const missing = table.inputs.filter((input) => !input.mayLack && absent(input, inputs));
    if (missing.length > 0) return missingInputs(missing);
    const values: unknown[] = [];
    for (const input of table.inputs) {
      const { value } = evaluate(input.expression, { ...inputs });
      if (!fits(input, value)) return unmappedInput(input, value);
      values.push(value);
    }
    return settled(table, rulesThatHit(table, values, inputs), inputs);
  } catch (error) { // FEEL refuses some values only when it meets them
    return { code: 'not-evaluable', reason: `待核实：“${table.name}”不能计算（${(error as Error).message.split('\n')[0] ?? ''}）` };
  }
}

/** Rules whose every cell holds for the values of the input columns. */
export const rulesThatHit = (table: DecisionTable, values: readonly unknown[], inputs: Inputs): TableRule[] =>
  table.rules.filter((rule) => rule.when.every((cell, i) => holds(cell, values[i], inputs)));

/** What a lookup knows already: the outputs of each rule, and which inputs a case lacks. */
export interface Known { readonly hitOf: (rule: TableRule) => Hit<TableRule> | undefined; readonly lacking: readonly TableInput[] }

/** What the hit policy makes of the rules that hit. Without a hit the default outputs stand where there are any; a pack has none. */
export function settled(table: DecisionTable, rules: readonly TableRule[], inputs: Inputs, known?: Known): Outcome {
  if (rules.length === 0) return fallback(table, inputs) ?? noHit(table, known?.lacking ?? table.inputs.filter((input) => input.mayLack && absent(input, inputs)));
  const hits = rules.map(known?.hitOf ?? ((rule) => hit(table, rule, rule.then, inputs)));
  if (!hits.every((one) => one !== undefined)) return notEvaluable(table);
  const chosen = choose({ policy: table.hitPolicy, aggregation: table.aggregation, priorities: prioritiesOf(table) }, hits);
  if (chosen === 'not-evaluable') return notEvaluable(table);
  if (chosen === 'several-hits') return { code: 'several-hits', reason: `待核实：“${table.name}”同时适用多条规则（${rules.map(({ id }) => id).join('、')}）` };
  return chosen;
}

/** Nothing hit because a case lacks what it may lack, or simply nothing hit. */
const noHit = (table: DecisionTable, lacking: readonly TableInput[]): Stop =>
  (lacking.length > 0 ? missingInputs(lacking) : { code: 'no-hit', reason: `待核实：“${table.name}”中没有适用的规则` });
const missingInputs = (missing: readonly TableInput[]): Stop =>
  ({ code: 'missing-input', missing: missing.map((input) => input.expression), reason: `待核实：缺少${missing.map((input) => `“${input.label}”`).join('、')}` });
const unmappedInput = (input: TableInput, value: unknown): Stop =>
  ({ code: 'unmapped-input', missing: [input.expression], reason: `待核实：“${input.label}”的取值 ${JSON.stringify(value)} 不在表中` });
const notEvaluable = (table: DecisionTable): Stop => ({ code: 'not-evaluable', reason: `待核实：“${table.name}”的输出不能计算` });

const priorities = new WeakMap<DecisionTable, (readonly unknown[] | undefined)[]>();
function prioritiesOf(table: DecisionTable): (readonly unknown[] | undefined)[] {
  const known = priorities.get(table) ?? table.outputs.map(({ allowed }) => listedValues(allowed));
  priorities.set(table, known);
  return known;
}

const none: TableRule = { id: '', when: [], then: [], clauses: [], because: undefined };
function fallback(table: DecisionTable, inputs: Inputs): Outcome | undefined {
  const cells = table.outputs.map((output) => output.fallback);
  if (cells.length === 0 || !cells.every((cell) => cell !== undefined)) return undefined;
  const outputs = hit(table, none, cells, inputs);
  return outputs ? { hits: [], value: outputs.value } : notEvaluable(table);
}

function absent(input: TableInput, inputs: Inputs): boolean {
  const { value, warnings } = evaluate(input.expression, { ...inputs });
  return value === null || value === undefined || warnings.length > 0;
}

const types: Record<string, (value: unknown) => boolean> = {
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
};

/** Of the column's type, and among its allowed values where it lists any. */
export function fits(input: TableInput, value: unknown): boolean {
  if (input.mayLack && (value ?? null) === null) return true;
  if (input.type && !(types[input.type]?.(value) ?? true)) return false;
  return !input.allowed || unaryTest(input.allowed, { '?': value }).value === true;
}

/** Does a cell hold for its column's value? */
export const holds = (cell: string, value: unknown, inputs: Inputs): boolean => cell === '-' || unaryTest(cell, { ...inputs, '?': value }).value === true;

/** The outputs of a rule, and the value they make: the one output, or an object of all by name. Undefined when a cell cannot be evaluated. */
export function hit(table: DecisionTable, rule: TableRule, then: readonly string[], inputs: Inputs): Hit<TableRule> | undefined {
  const cells = then.map((cell) => {
    const { value, warnings } = evaluate(cell, { ...inputs });
    return warnings.length > 0 || value === null ? undefined : value;
  });
  if (cells.includes(undefined)) return undefined;
  const value = cells.length === 1 ? cells[0] : Object.freeze(Object.fromEntries(table.outputs.map((column, i) => [column.name, cells[i]])));
  return { rule, cells, value };
}
