import { evaluate } from 'feelin';
import type { DecisionTable } from './decision-table.js';
import { evaluateTable, type Inputs } from './decide.js';
import type { Finding } from './finding.js';
import type { Pack } from './pack.js';

const most = 4096;

/** Tables whose inputs are all finite are tried with every combination: gaps, overlaps and rules that nothing reaches. */
export const tableFindings = (pack: Pack): Finding[] => Object.values(pack.decisions).flatMap((table) => {
  const cases = combinations(table);
  return cases ? findings(table, cases) : [];
});

function findings(table: DecisionTable, cases: readonly Inputs[]): Finding[] {
  const clauses = [...new Set(table.rules.flatMap((rule) => rule.clauses))];
  const words = (inputs: Inputs) => table.inputs.map((input) => `${input.label} = ${JSON.stringify(inputs[input.expression])}`).join('，');
  const reached = new Set<string>();
  const found: Finding[] = [];
  for (const inputs of cases) {
    const outcome = evaluateTable(table, inputs);
    if (!('code' in outcome)) outcome.hits.forEach((hit) => reached.add(hit.id));
    else if (outcome.code === 'several-hits') found.push({ id: `band-overlap:${table.id}:${found.length + 1}`, kind: 'band-overlap', severity: 'error', clauses, message: `决策“${table.name}”在 ${words(inputs)} 时有多条规则同时适用` });
    else found.push({ id: `band-gap:${table.id}:${found.length + 1}`, kind: 'band-gap', severity: 'error', clauses, message: `决策“${table.name}”在 ${words(inputs)} 时没有规则` });
  }
  const idle = table.rules.filter((rule) => !reached.has(rule.id) && found.every((it) => it.kind !== 'band-overlap'));
  return [...found, ...idle.map((rule): Finding => ({ id: `unreachable:${table.id}:${rule.id}`, kind: 'unreachable', severity: 'error', clauses: rule.clauses, message: `决策“${table.name}”的规则 ${rule.id} 永远用不上` }))];
}

/** Every combination of the inputs' values, or undefined where an input is not finite or no plain name. */
function combinations(table: DecisionTable): Inputs[] | undefined {
  let cases: Inputs[] = [{}];
  for (const { expression, type, allowed } of table.inputs) {
    const values = valuesOf(type, allowed);
    if (!values || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(expression) || cases.length * values.length > most) return undefined;
    cases = cases.flatMap((it) => values.map((value) => ({ ...it, [expression]: value })));
  }
  return cases;
}

function valuesOf(type: string | undefined, allowed: string | undefined): unknown[] | undefined {
  if (type === 'boolean') return [true, false];
  if (!allowed) return undefined;
  const { value, warnings } = evaluate(`[${allowed}]`, {});
  return Array.isArray(value) && warnings.length === 0 && value.every((it) => ['string', 'number'].includes(typeof it)) ? value : undefined;
}
