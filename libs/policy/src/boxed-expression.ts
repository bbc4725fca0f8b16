import { evaluate, FeelFunction, isFunction } from 'feelin';
import { readTable } from './decision-table.js';
import { isTable, type ModdleExpression, type ModdleTable } from './dmn-moddle.js';
import { fits, rulesThatHit, settled } from './evaluate-table.js';

export type Scope = Readonly<Record<string, unknown>>;

/** The value of a boxed expression of DMN in a scope of names; null where FEEL gives none. `name` is what a table in it is called. */
export function boxed(expression: ModdleExpression | undefined, scope: Scope, name = ''): unknown {
  if (!expression) return null;
  if (isTable(expression)) return tabled(expression, scope, name);
  switch (expression.$type) {
    case 'dmn:LiteralExpression': return expression.text?.trim() ? evaluate(expression.text, { ...scope }).value ?? null : null;
    case 'dmn:FunctionDefinition': return defined(expression, scope, name);
    case 'dmn:Invocation': return invoked(expression, scope, name);
    case 'dmn:Context': return context(expression, scope, name);
    case 'dmn:List': return (expression.elements ?? []).map((element) => boxed(element, scope, name));
    case 'dmn:Relation': return (expression.row ?? []).map((row) => Object.fromEntries((expression.column ?? []).map((column, i) => [column.name ?? '', boxed(row.elements?.[i], scope, name)])));
    default: throw new Error(`${expression.$type} is not supported`);
  }
}

/** A table as plain DMN has it: a null may hit, and an input outside its column's values gives null. */
function tabled(logic: ModdleTable, scope: Scope, name: string): unknown {
  const table = readTable('', name, name, logic);
  const values = table.inputs.map((input) => evaluate(input.expression, { ...scope }).value ?? null);
  if (table.inputs.some((input, i) => values[i] !== null && !fits(input, values[i]))) return null;
  const outcome = settled(table, rulesThatHit(table, values, scope), scope);
  return 'code' in outcome ? null : outcome.value;
}

function defined({ formalParameter = [], body }: ModdleExpression, scope: Scope, name: string): FeelFunction {
  const names = formalParameter.map((parameter) => parameter.name ?? '');
  return new FeelFunction((...values: unknown[]) => boxed(body, { ...scope, ...Object.fromEntries(names.map((one, i) => [one, values[i] ?? null])) }, name), names);
}

function invoked({ calledFunction, binding = [] }: ModdleExpression, scope: Scope, name: string): unknown {
  const called = boxed(calledFunction, scope, name);
  if (!isFunction(called)) return null;
  return called.invoke(Object.fromEntries(binding.map(({ parameter, bindingFormula }) => [parameter?.name ?? '', boxed(bindingFormula, scope, name)]))) ?? null;
}

/** Entries see those before them; an entry without a name is the value of the whole. */
function context({ contextEntry = [] }: ModdleExpression, scope: Scope, name: string): unknown {
  const own: Record<string, unknown> = {};
  for (const { variable, value } of contextEntry) {
    const result = boxed(value, { ...scope, ...own }, name);
    if (!variable?.name) return result;
    own[variable.name] = result;
  }
  return own;
}
