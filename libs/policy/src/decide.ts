import { cited, type Cited, type Undetermined } from './cited.js';
import type { DecisionTable, TableRule } from './decision-table.js';
import { interpretTable, type Inputs, type Outcome, type UndecidedCode } from './evaluate-table.js';
import { lookupOf } from './lookup.js';
import { clause, packRef, type Pack, type PackRef } from './pack.js';

export type { Inputs, UndecidedCode } from './evaluate-table.js';

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

/**
 * Evaluates one decision table of a pack. No hit, a hit too many, a missing (absent or null) or unmapped input never
 * fall back to a default: the outcome is undetermined (待核实) with its reason, and cites every clause of the table.
 * Throws when the pack has no such decision: that is a fault of the program, not of the case.
 */
export function decide<T = unknown>(pack: Pack, decisionId: string, inputs: Inputs): Decision<T> {
  const table = Object.hasOwn(pack.decisions, decisionId) ? pack.decisions[decisionId] : undefined;
  if (!table) throw new Error(`政策包 ${pack.id}@${pack.version} 中没有决策“${decisionId}”`);
  const answer = answerOf(pack, table, evaluateTable(table, inputs));
  return { ...answer, inputs } as Decision<T>;
}

type Answer = Omit<Decided, 'inputs'> | Omit<Undecided, 'inputs'>;
const answers = new WeakMap<Pack, WeakMap<Outcome, Answer>>();

/** An outcome with what it rests on, made once for each pack and outcome: rule, clauses with their words, version. */
function answerOf(pack: Pack, table: DecisionTable, outcome: Outcome): Answer {
  let known = answers.get(pack);
  if (!known) answers.set(pack, known = new WeakMap());
  let answer = known.get(outcome);
  if (!answer) known.set(outcome, answer = Object.freeze(explained(pack, table, outcome)));
  return answer;
}

function explained(pack: Pack, table: DecisionTable, outcome: Outcome): Answer {
  const cite = (rules: readonly TableRule[]) => Object.freeze([...new Set(rules.flatMap((rule) => rule.clauses))].map((id) => Object.freeze(clause(pack, id))));
  if ('code' in outcome) {
    return { determined: false, value: null, reason: outcome.reason, code: outcome.code, rule: null, clauses: cite(table.rules), missing: Object.freeze([...outcome.missing ?? []]), pack: packRef(pack) };
  }
  const { hits, value } = outcome;
  return {
    determined: true, value, rule: hits.map((hit) => hit.id).join(','), reason: hits.map((hit) => hit.because).filter(Boolean).join('；') || null,
    clauses: cite(hits), missing: Object.freeze<[]>([]), pack: packRef(pack),
  };
}

/** A decision as rules pass it on: the value with clause ids, or what is undetermined and why. */
export function citedDecision<T>(decision: Decision<T>): (Cited<T> & { readonly determined: true }) | Undetermined {
  const clauses = decision.clauses.map(({ id }) => id);
  if (!decision.determined) return { determined: false, reason: decision.reason, missing: decision.missing, clauses };
  return { determined: true, ...cited(decision.value, clauses) };
}

/**
 * The bare evaluation of a table, without a pack around it. Where the cells are plain, a lookup made once answers;
 * otherwise a table whose inputs are plain names sees those inputs only, so that its outcome is a function of their
 * values and is computed once for each.
 */
export function evaluateTable(table: DecisionTable, inputs: Inputs): Outcome {
  return lookupOf(table)?.(inputs) ?? interpreted(table, inputs);
}

const plainName = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const outcomes = new WeakMap<DecisionTable, Map<string, Outcome>>();
const simple = (value: unknown): boolean => value === null || typeof value === 'boolean' || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

function interpreted(table: DecisionTable, inputs: Inputs): Outcome {
  if (!table.inputs.every((input) => plainName.test(input.expression))) return interpretTable(table, inputs);
  const values = table.inputs.map(({ expression }) => (Object.hasOwn(inputs, expression) ? inputs[expression] : null) ?? null);
  const own = Object.fromEntries(table.inputs.map(({ expression }, i) => [expression, values[i]]));
  if (!values.every(simple)) return interpretTable(table, own);
  const known = outcomes.get(table) ?? new Map<string, Outcome>();
  outcomes.set(table, known);
  const key = JSON.stringify(values);
  const outcome = known.get(key) ?? interpretTable(table, own);
  if (known.size < 4096) known.set(key, outcome);
  return outcome;
}
