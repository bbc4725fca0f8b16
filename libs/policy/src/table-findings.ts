import { evaluateTable, type Inputs } from './decide.js';
import type { DecisionTable, TableRule } from './decision-table.js';
import type { Found } from './finding.js';
import { lookupOf, triesOf } from './lookup.js';
import type { Pack } from './pack.js';

const most = 16_384;
/** Cells that FEEL tries one by one where there is no lookup. */
const mostInFeel = 50_000;
const shown = 3;

/** Tables are tried with one value of every band and every listed value, in all combinations: gaps, overlaps and rules that nothing reaches. */
export const tableFindings = (pack: Pack): Found[] => Object.values(pack.decisions).flatMap((table) => {
  const cases = combinations(table);
  return cases ? findings(table, cases) : [];
});

function findings(table: DecisionTable, cases: readonly Inputs[]): Found[] {
  const reached = new Set<string>();
  const [gaps, overlaps]: [Inputs[], Inputs[]] = [[], []];
  for (const inputs of cases) {
    const outcome = evaluateTable(table, inputs);
    if (!('code' in outcome)) outcome.hits.forEach((hit) => reached.add(hit.id));
    else if (outcome.code === 'several-hits') overlaps.push(inputs);
    else if (outcome.code !== 'unmapped-input' && outcome.code !== 'missing-input') gaps.push(inputs); // what a case may lack is meant to leave it undetermined
  }
  const idle = overlaps.length > 0 ? [] : table.rules.filter((rule) => !reached.has(rule.id));
  return [
    ...one(table, 'band-overlap', overlaps, '有多条规则同时适用'), ...one(table, 'band-gap', gaps, '没有规则'),
    ...idle.map((rule): Found => ({ id: `unreachable:${table.id}:${rule.id}`, kind: 'unreachable', severity: 'error', clauses: rule.clauses, message: `决策“${table.name}”的规则 ${rule.id} 永远用不上` })),
  ];
}

/** One finding for a table, with the first few cases. */
function one(table: DecisionTable, kind: 'band-gap' | 'band-overlap', cases: readonly Inputs[], what: string): Found[] {
  if (cases.length === 0) return [];
  const words = (inputs: Inputs) => table.inputs.map((input) => `${input.label} = ${JSON.stringify(inputs[input.expression])}`).join('，');
  const more = cases.length > shown ? ` 等 ${cases.length} 种情形` : '';
  return [{ id: `${kind}:${table.id}`, kind, severity: 'error', clauses: clausesOf(table.rules), message: `决策“${table.name}”在 ${cases.slice(0, shown).map(words).join('；')}${more}时${what}` }];
}

const clausesOf = (rules: readonly TableRule[]): string[] => [...new Set(rules.flatMap((rule) => rule.clauses))];

/** Every combination of what there is to try, or undefined where there is too much or a cell cannot be read so. */
function combinations(table: DecisionTable): Inputs[] | undefined {
  const columns = triesOf(table);
  const count = columns?.reduce((cases, { values }) => cases * values.length, 1) ?? 0;
  if (!columns || count > (lookupOf(table) ? most : Math.min(most, mostInFeel / Math.max(1, table.rules.length)))) return undefined;
  return columns.reduce<Inputs[]>((cases, { name, values }) => cases.flatMap((it) => values.map((value) => ({ ...it, [name]: value }))), [{}]);
}
