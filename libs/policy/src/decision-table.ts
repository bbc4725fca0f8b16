import { aggregations, hitPolicies, type Aggregation, type HitPolicy } from './hit-policy.js';
import { isTable, readDmn, type ModdleDefinitions, type ModdleElement, type ModdleTable } from './dmn-moddle.js';
import { evaluate } from 'feelin';
import { asksNothing, checkCells } from './table-cells.js';
import { PackError } from './problem.js';

/** The hit policies that a pack may use: those under which nothing is hidden by order. */
export const packHitPolicies = ['UNIQUE', 'ANY', 'COLLECT'] as const satisfies readonly HitPolicy[];

export interface TableInput {
  readonly label: string; readonly expression: string; readonly type: string | undefined; readonly allowed: string | undefined;
  /** The column lists null among its values: a case may lack the input, and a rule that asks nothing of it may still hit. Only in a pack. */
  readonly mayLack?: true;
}
export interface TableOutput {
  readonly name: string; readonly label: string; readonly type: string | undefined; readonly allowed: string | undefined;
  /** What the column says when no rule hits. Never in a pack. */
  readonly fallback: string | undefined;
}
export interface TableRule {
  readonly id: string;
  readonly when: readonly string[];
  readonly then: readonly string[];
  readonly clauses: readonly string[];
  readonly because: string | undefined;
}

/** A decision table as read from a DMN file. Cells are FEEL, kept as printed. */
export interface DecisionTable {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | undefined;
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly TableOutput[];
  readonly rules: readonly TableRule[];
}

const clausePattern = /[A-Z]{2,4}-\d{4}-\d{2,3}/g;
const most = { rules: 500, inputs: 20, outputs: 20 };

/** Reads every decision of a pack's DMN file. Refuses document types and entities, default outputs, and hit policies a pack may not use. Throws PackError. */
export async function parseDecisions(file: string, xml: string): Promise<DecisionTable[]> {
  if (xml.length > 1_000_000) throw fault(file, '', '文件超过 1 MB');
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw fault(file, '', '不允许文件类型声明或实体');
  const definitions = await read(file, xml);
  const decisions = (definitions.drgElement ?? []).filter((element) => element.$type === 'dmn:Decision');
  if (decisions.length === 0) throw fault(file, '', '文件中没有决策（decision）');
  return decisions.map((decision) => packTable(file, decision));
}

async function read(file: string, xml: string): Promise<ModdleDefinitions> {
  try {
    const { rootElement, warnings } = await readDmn(xml);
    const [warning] = warnings;
    if (warning) throw new Error(warning.message);
    return rootElement as ModdleDefinitions;
  } catch (error) {
    throw fault(file, '', `不是有效的 DMN 1.3 文件：${whereOf((error as Error).message)}`);
  }
}

/** The reader's own words, English, with the line and the element they speak of. */
function whereOf(message: string): string {
  const [first = ''] = message.split('\n');
  const [, line] = /^\s*line: (\d+)/m.exec(message) ?? [];
  const [, nested] = /nested error: (.+)/.exec(message) ?? [];
  return `${line ? `第 ${Number(line) + 1} 行：` : ''}${first}${nested ? `（${nested}）` : ''}`;
}

/** What a pack demands of a table beyond what DMN does: nothing silent, nothing uncited, nothing that cannot be evaluated. */
function packTable(file: string, decision: ModdleElement): DecisionTable {
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(decision.id ?? '')) throw fault(file, '/decision/id', '决策的编号（id）只能用字母、数字、连字符和下划线，并以字母开头');
  const at = `/${decision.id}`;
  const logic = decision.decisionLogic;
  if (!isTable(logic)) throw fault(file, at, '决策须是决策表');
  const table = lackable(readTable(file, decision.id, decision.name ?? decision.id, logic));
  if (!packHitPolicies.some((policy) => policy === table.hitPolicy) || logic.aggregation) throw fault(file, `${at}/hitPolicy`, '命中策略只能是 UNIQUE、ANY、COLLECT，且不得聚合');
  if (table.outputs.some((output) => output.fallback !== undefined)) throw fault(file, `${at}/output`, '不允许默认输出：没有命中的就是待核实');
  if (table.inputs.some((input) => !input.expression)) throw fault(file, `${at}/input`, '输入列没有表达式');
  if (table.outputs.length === 0) throw fault(file, `${at}/output`, '没有输出列');
  if (new Set(table.outputs.map(({ name }) => name)).size < table.outputs.length) throw fault(file, `${at}/output`, '输出列重名');
  for (const part of ['rules', 'inputs', 'outputs'] as const) if (table[part].length > most[part]) throw fault(file, at, `决策表过大：${{ rules: '规则', inputs: '输入列', outputs: '输出列' }[part]}超过 ${most[part]} 个`);
  const seen = new Set<string>();
  for (const rule of table.rules) {
    const path = `${at}/${rule.id}`;
    if (seen.has(rule.id)) throw fault(file, path, '规则编号重复');
    seen.add(rule.id);
    if (rule.when.length !== table.inputs.length || rule.then.length !== table.outputs.length) throw fault(file, path, '单元格数与列数不符');
    if (rule.then.some((cell) => !cell || cell === '-')) throw fault(file, path, '输出单元格为空');
    if (rule.clauses.length === 0) throw fault(file, path, '规则没有注明条款（annotationEntry）');
  }
  checkCells(table);
  const silent = table.rules.find((rule) => asksNothing(table, rule));
  if (silent) throw fault(file, `${at}/${silent.id}`, '各列都可以缺少的表，不得有各列都为“-”的规则：什么都不知道的就是待核实');
  return table;
}

/** `null,[0..100]`: the rest are the values, and null says that a case may lack one. */
const lackable = (table: DecisionTable): DecisionTable => ({ ...table, inputs: table.inputs.map((input) => {
  const [, rest] = /^\s*null\s*,(.+)$/s.exec(input.allowed ?? '') ?? [];
  return rest ? { ...input, allowed: rest.trim(), mayLack: true as const } : input;
}) });

/** A decision table as its DMN file has it, whatever its hit policy; an unknown policy counts as UNIQUE, DMN's own default. */
export function readTable(file: string, id: string, name: string, logic: ModdleTable): DecisionTable {
  return {
    id, name, file,
    hitPolicy: hitPolicies.find((policy) => policy === logic.hitPolicy) ?? 'UNIQUE',
    aggregation: aggregations.find((one) => one === logic.aggregation),
    inputs: (logic.input ?? []).map((input) => ({
      label: input.label ?? input.inputExpression?.text ?? '', expression: (input.inputExpression?.text ?? '').trim(),
      type: input.inputExpression?.typeRef, allowed: input.inputValues?.text,
    })),
    outputs: (logic.output ?? []).map((output) => ({
      name: output.name ?? id, label: output.label ?? output.name ?? id, type: output.typeRef, allowed: output.outputValues?.text, fallback: output.defaultOutputEntry?.text,
    })),
    rules: (logic.rule ?? []).map((rule, index) => ({
      id: rule.id ?? String(index + 1),
      when: (rule.inputEntry ?? []).map((cell) => (cell.text ?? '').trim() || '-'),
      then: (rule.outputEntry ?? []).map((cell) => (cell.text ?? '').trim()),
      clauses: (rule.annotationEntry ?? []).flatMap((note) => note.text?.match(clausePattern) ?? []),
      because: rule.description,
    })),
  };
}

/** The values that a column lists, the most important first; undefined where it lists none, or where they are no plain values. */
export function listedValues(allowed: string | undefined): readonly unknown[] | undefined {
  if (!allowed?.trim()) return undefined;
  try {
    const { value, warnings } = evaluate(`[${allowed}]`, {});
    return Array.isArray(value) && warnings.length === 0 && value.every((it) => ['string', 'number', 'boolean'].includes(typeof it)) ? value : undefined;
  } catch {
    return undefined; // ranges and comparisons list no values
  }
}

const fault = (file: string, path: string, message: string): PackError => new PackError([{ file, path, message }]);
