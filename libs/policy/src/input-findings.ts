import { evaluateTable } from './decide.js';
import type { DecisionTable } from './decision-table.js';
import { fits, holds } from './evaluate-table.js';
import type { Found } from './finding.js';
import type { InputRule } from './input.schema.js';
import type { Pack } from './pack.js';
import { institutionNames } from './vocabulary.js';

/** Who can never have an input of a decision or may lack it, who falls into no row, and which words that occur have none. */
export const inputFindings = ({ rules }: Pack, known: Pack): Found[] => Object.entries(rules.inputs).flatMap(([id, rule]) => {
  const table = known.decisions[rule.decision];
  return table ? [...lacking(id, rule, table, known), ...several(id, rule, table), ...nowhere(id, rule, table), ...unmapped(id, rule, table)] : [];
});

const reasons = { absent: '未参加', late: '逾期', partial: '只参加一部分', new: '新设立', 'not-evaluated': '不作综合评定' } as const;

function lacking(id: string, rule: InputRule, table: DecisionTable, known: Pack): Found[] {
  const of = rule.of ?? known.campaign?.scope.kinds ?? [];
  const never = [...new Set([...(rule.lack ?? []), ...(rule.have ? of.filter((kind) => !rule.have?.includes(kind)) : [])])];
  const sometimes = rule.mayLack ?? [];
  if (never.length + sometimes.length === 0) return [];
  const words = [...never.map((kind) => institutionNames[kind]), ...sometimes.map((it) => `${reasons[it]}的机构`)];
  return [{ ...about(id, rule), severity: 'error', message: `决策“${table.name}”需要“${labelOf(rule, table)}”，而${words.join('、')}没有` }];
}

const several = (id: string, rule: InputRule, table: DecisionTable): Found[] => (rule.several
  ? [{ ...about(`${id}:several`, rule), severity: 'warning', message: `一家机构可能有几个“${labelOf(rule, table)}”，文件没有写明取哪一个` }] : []);

/** Bodies that occur and for which the table decides nothing, or says that they belong nowhere. */
const nowhere = (id: string, rule: InputRule, table: DecisionTable): Found[] => (rule.subjects ?? []).flatMap((subject, i) => {
  const outcome = evaluateTable(table, subject.inputs);
  if (!('code' in outcome) && !rule.nowhere.includes(String(outcome.value))) return [];
  return [{ ...about(`${id}:${i + 1}`, rule), ...(subject.reading && { follows: subject.reading }), severity: 'warning' as const, message: `决策“${table.name}”没有适用于“${subject.title}”的一类` }];
});

/** Words that occur in practice and that no row of the table is for. One finding names them all. */
function unmapped(id: string, rule: InputRule, table: DecisionTable): Found[] {
  const column = table.inputs.findIndex(({ expression }) => expression === rule.input);
  const lost = (rule.occurring ?? []).filter((word) => column < 0 || !hasRow(table, column, word));
  return lost.length > 0 ? [{ ...about(id, rule), id: `unmapped:${id}`, kind: 'unmapped', severity: 'warning', message: `实践中出现的“${lost.join('”“')}”在决策“${table.name}”中没有对应` }] : [];
}

/** The column alone: does any row take the word for it? */
function hasRow(table: DecisionTable, column: number, word: string): boolean {
  const input = table.inputs[column];
  return input !== undefined && fits(input, word) && table.rules.some((row) => holds(row.when[column] ?? '-', word, {}));
}

const about = (id: string, rule: InputRule) => ({ id: `missing-input:${id}`, kind: 'missing-input' as const, clauses: rule.clauses, follows: rule.reading, ...(rule.wording && { quote: rule.wording }) });
const labelOf = (rule: InputRule, table: DecisionTable): string => table.inputs.find(({ expression }) => expression === rule.input)?.label ?? rule.title;
