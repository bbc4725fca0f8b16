import { evaluate, unaryTest } from 'feelin';
import { cited, type Cited, type Undetermined } from './cited.js';
import type { DecisionTable, TableInput, TableRule } from './decision-table.js';
import { clause, packRef, type Pack, type PackRef } from './pack.js';

export type Inputs = Readonly<Record<string, unknown>>;
export type UndecidedCode = 'missing-input' | 'unmapped-input' | 'no-hit' | 'several-hits' | 'not-evaluable';

interface Evaluated {
  readonly clauses: readonly { readonly id: string; readonly quote: string }[];
  readonly inputs: Inputs;
  readonly pack: PackRef;
}
export interface Decided<T = unknown> extends Evaluated {
  readonly determined: true; readonly value: T; readonly reason: string | null; readonly rule: string; readonly missing: readonly [];
}
export interface Undecided extends Evaluated {
  readonly determined: false; readonly value: null; readonly reason: string; readonly code: UndecidedCode; readonly rule: null; readonly missing: readonly string[];
}
export type Decision<T = unknown> = Decided<T> | Undecided;

interface Stop { readonly code: UndecidedCode; readonly reason: string; readonly missing?: readonly string[] }
type Outcome = { readonly hits: readonly TableRule[]; readonly value: unknown } | Stop;

/**
 * Evaluates one decision table of a pack. No hit, a hit too many, a missing (absent or null) or unmapped input never
 * fall back to a default: the outcome is undetermined (待核实) with its reason, and cites every clause of the table.
 * Throws when the pack has no such decision: that is a fault of the program, not of the case.
 */
export function decide<T = unknown>(pack: Pack, decisionId: string, inputs: Inputs): Decision<T> {
  const table = Object.hasOwn(pack.decisions, decisionId) ? pack.decisions[decisionId] : undefined;
  if (!table) throw new Error(`政策包 ${pack.id}@${pack.version} 中没有决策“${decisionId}”`);
  const outcome = evaluateTable(table, inputs);
  const cite = (rules: readonly TableRule[]) => [...new Set(rules.flatMap((rule) => rule.clauses))].map((id) => clause(pack, id));
  if ('code' in outcome) {
    return { determined: false, value: null, reason: outcome.reason, code: outcome.code, rule: null, clauses: cite(table.rules), inputs, missing: outcome.missing ?? [], pack: packRef(pack) };
  }
  const { hits, value } = outcome;
  return {
    determined: true, value: value as T, rule: hits.map((hit) => hit.id).join(','), reason: hits.map((hit) => hit.because).filter(Boolean).join('；') || null,
    clauses: cite(hits), inputs, missing: [], pack: packRef(pack),
  };
}

/** A decision as rules pass it on: the value with clause ids, or what is undetermined and why. */
export function citedDecision<T>(decision: Decision<T>): (Cited<T> & { readonly determined: true }) | Undetermined {
  const clauses = decision.clauses.map(({ id }) => id);
  if (!decision.determined) return { determined: false, reason: decision.reason, missing: decision.missing, clauses };
  return { determined: true, ...cited(decision.value, clauses) };
}

/**
 * The bare evaluation of a table, without a pack around it. A table whose inputs are plain names sees those inputs only,
 * so that its outcome is a function of their values and is computed once for each.
 */
export function evaluateTable(table: DecisionTable, inputs: Inputs): Outcome {
  if (!table.inputs.every((input) => plainName.test(input.expression))) return safely(table, inputs);
  const values = table.inputs.map(({ expression }) => (Object.hasOwn(inputs, expression) ? inputs[expression] : null) ?? null);
  const own = Object.fromEntries(table.inputs.map(({ expression }, i) => [expression, values[i]]));
  if (!values.every(simple)) return safely(table, own);
  const known = outcomes.get(table) ?? new Map<string, Outcome>();
  outcomes.set(table, known);
  const key = JSON.stringify(values);
  const outcome = known.get(key) ?? safely(table, own);
  if (known.size < 4096) known.set(key, outcome);
  return outcome;
}

const plainName = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const outcomes = new WeakMap<DecisionTable, Map<string, Outcome>>();
const simple = (value: unknown): boolean => value === null || typeof value === 'boolean' || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

function safely(table: DecisionTable, inputs: Inputs): Outcome {
  try {
    return evaluated(table, inputs);
  } catch (error) { // FEEL refuses some values only when it meets them
    return { code: 'not-evaluable', reason: `待核实：“${table.name}”不能计算（${(error as Error).message.split('\n')[0] ?? ''}）` };
  }
}

function evaluated(table: DecisionTable, inputs: Inputs): Outcome {
  const missing = table.inputs.filter((input) => absent(input, inputs));
  if (missing.length > 0) {
    return { code: 'missing-input', missing: missing.map((input) => input.expression), reason: `待核实：缺少${missing.map((input) => `“${input.label}”`).join('、')}` };
  }
  const values: unknown[] = [];
  for (const input of table.inputs) {
    const { value } = evaluate(input.expression, { ...inputs });
    if (!fits(input, value)) return { code: 'unmapped-input', missing: [input.expression], reason: `待核实：“${input.label}”的取值 ${JSON.stringify(value)} 不在表中` };
    values.push(value);
  }
  return chosen(table, table.rules.filter((rule) => rule.when.every((cell, i) => holds(cell, values[i], inputs))), inputs);
}

function chosen(table: DecisionTable, hits: readonly TableRule[], inputs: Inputs): Outcome {
  if (hits.length === 0) return { code: 'no-hit', reason: `待核实：“${table.name}”中没有适用的规则` };
  const values = hits.map((rule) => output(table, rule, inputs));
  if (values.includes(undefined)) return { code: 'not-evaluable', reason: `待核实：“${table.name}”的输出不能计算` };
  if (table.hitPolicy === 'COLLECT') return { hits, value: Object.freeze(values) }; // kept for the next who asks
  const [value] = values;
  const agree = table.hitPolicy === 'ANY' && values.every((other) => JSON.stringify(other) === JSON.stringify(value));
  if (hits.length > 1 && !agree) return { code: 'several-hits', reason: `待核实：“${table.name}”同时适用多条规则（${hits.map((hit) => hit.id).join('、')}）` };
  return { hits, value };
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
function fits(input: TableInput, value: unknown): boolean {
  if (input.type && !(types[input.type]?.(value) ?? true)) return false;
  return !input.allowed || unaryTest(input.allowed, { '?': value }).value === true;
}

const holds = (cell: string, value: unknown, inputs: Inputs): boolean => cell === '-' || unaryTest(cell, { ...inputs, '?': value }).value === true;

/** The value of the one output, or an object of all outputs by name; undefined when a cell cannot be evaluated. */
function output(table: DecisionTable, rule: TableRule, inputs: Inputs): unknown {
  const cells = rule.then.map((cell) => {
    const { value, warnings } = evaluate(cell, { ...inputs });
    return warnings.length > 0 || value === null ? undefined : value;
  });
  if (cells.includes(undefined)) return undefined;
  return cells.length === 1 ? cells[0] : Object.freeze(Object.fromEntries(table.outputs.map((column, i) => [column.name, cells[i]])));
}
