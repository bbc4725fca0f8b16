import { evaluate, unaryTest } from 'feelin';
import { PackError } from './problem.js';
import { readDmn, type ModdleDecision, type ModdleDefinitions, type ModdleTable } from './dmn-moddle.js';

export const hitPolicies = ['UNIQUE', 'ANY', 'COLLECT'] as const;
export type HitPolicy = (typeof hitPolicies)[number];

export interface TableInput { readonly label: string; readonly expression: string; readonly type: string | undefined; readonly allowed: string | undefined }
export interface TableOutput { readonly name: string; readonly label: string; readonly type: string | undefined; readonly allowed: string | undefined }
export interface TableRule {
  readonly id: string;
  readonly when: readonly string[];
  readonly then: readonly string[];
  readonly clauses: readonly string[];
  readonly because: string | undefined;
}

/** A decision table as read from a DMN 1.3 file. Cells are FEEL, kept as printed. */
export interface DecisionTable {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly TableOutput[];
  readonly rules: readonly TableRule[];
}

const clausePattern = /[A-Z]{2,4}-\d{4}-\d{2,3}/g;

/** Reads every decision of a DMN file. Refuses document types and entities, default outputs, and hit policies a pack may not use. Throws PackError. */
export async function parseDecisions(file: string, xml: string): Promise<DecisionTable[]> {
  if (xml.length > 1_000_000) throw fault(file, '', '文件超过 1 MB');
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) throw fault(file, '', '不允许文件类型声明或实体');
  const definitions = await read(file, xml);
  const decisions = (definitions.drgElement ?? []).filter((element): element is ModdleDecision => element.$type === 'dmn:Decision');
  if (decisions.length === 0) throw fault(file, '', '文件中没有决策（decision）');
  return decisions.map((decision) => table(file, decision));
}

async function read(file: string, xml: string): Promise<ModdleDefinitions> {
  try {
    const { rootElement, warnings } = await readDmn(xml);
    const [warning] = warnings;
    if (warning) throw new Error(warning.message);
    return rootElement as ModdleDefinitions;
  } catch (error) {
    throw fault(file, '', `不是有效的 DMN 1.3 文件：${(error as Error).message.split('\n')[0] ?? ''}`);
  }
}

function table(file: string, decision: ModdleDecision): DecisionTable {
  const at = `/${decision.id}`;
  const logic = decision.decisionLogic;
  if (logic?.$type !== 'dmn:DecisionTable') throw fault(file, at, '决策须是决策表');
  const hitPolicy = hitPolicies.find((policy) => policy === (logic.hitPolicy ?? 'UNIQUE'));
  if (!hitPolicy || logic.aggregation) throw fault(file, `${at}/hitPolicy`, '命中策略只能是 UNIQUE、ANY、COLLECT，且不得聚合');
  if ((logic.output ?? []).some((output) => output.defaultOutputEntry)) throw fault(file, `${at}/output`, '不允许默认输出：没有命中的就是待核实');
  const inputs = (logic.input ?? []).map((input) => ({
    label: input.label ?? input.inputExpression?.text ?? '', expression: (input.inputExpression?.text ?? '').trim(),
    type: input.inputExpression?.typeRef, allowed: input.inputValues?.text,
  }));
  const outputs = (logic.output ?? []).map((output) => ({ name: output.name ?? decision.id, label: output.label ?? output.name ?? decision.id, type: output.typeRef, allowed: output.outputValues?.text }));
  if (inputs.some((input) => !input.expression)) throw fault(file, `${at}/input`, '输入列没有表达式');
  if (outputs.length === 0) throw fault(file, `${at}/output`, '没有输出列');
  const read: DecisionTable = { id: decision.id, name: decision.name ?? decision.id, file, hitPolicy, inputs, outputs, rules: rules(file, at, logic, inputs.length, outputs.length) };
  checkCells(read);
  return read;
}

/** Every cell can be parsed, and an output that stands fixed in its cell is among the allowed ones. */
function checkCells({ id, file, inputs, outputs, rules: rows }: DecisionTable): void {
  const parsed = (path: string, parse: () => unknown): unknown => {
    try { return parse(); } catch { throw fault(file, path, '不是有效的 FEEL 表达式'); }
  };
  for (const [i, { expression, allowed }] of inputs.entries()) {
    parsed(`/${id}/input/${i}`, () => [evaluate(expression, {}), allowed && unaryTest(allowed, { '?': null })]);
  }
  for (const row of rows) {
    row.when.forEach((cell, i) => parsed(`/${id}/${row.id}/inputEntry/${i}`, () => unaryTest(cell, { '?': null })));
    row.then.forEach((cell, i) => {
      const path = `/${id}/${row.id}/outputEntry/${i}`;
      const { value, warnings } = parsed(path, () => evaluate(cell, {})) as ReturnType<typeof evaluate>;
      const allowed = outputs[i]?.allowed;
      if (allowed && warnings.length === 0 && parsed(path, () => unaryTest(allowed, { '?': value }).value) !== true) throw fault(file, path, '输出不在该列的取值之内');
    });
  }
}

function rules(file: string, at: string, logic: ModdleTable, width: number, out: number): TableRule[] {
  const seen = new Set<string>();
  return (logic.rule ?? []).map((rule, index) => {
    const id = rule.id ?? String(index + 1);
    const path = `${at}/${id}`;
    if (seen.has(id)) throw fault(file, path, '规则编号重复');
    seen.add(id);
    const when = (rule.inputEntry ?? []).map((cell) => (cell.text ?? '').trim() || '-');
    const then = (rule.outputEntry ?? []).map((cell) => (cell.text ?? '').trim());
    if (when.length !== width || then.length !== out) throw fault(file, path, '单元格数与列数不符');
    if (then.some((cell) => !cell || cell === '-')) throw fault(file, path, '输出单元格为空');
    const clauses = (rule.annotationEntry ?? []).flatMap((note) => note.text?.match(clausePattern) ?? []);
    if (clauses.length === 0) throw fault(file, path, '规则没有注明条款（annotationEntry）');
    return { id, when, then, clauses, because: rule.description };
  });
}

const fault = (file: string, path: string, message: string): PackError => new PackError([{ file, path, message }]);
