import { explain, type Explanation, type Inputs } from '@zhijian/policy';
import { textOf, WrongQuestion, type Command } from '../command/command.js';
import { readPack } from './read-pack.js';

export const packExplain: Command = {
  noun: 'pack', verb: 'explain', usage: 'PACK DECISION --input JSON', summary: '一项判断为何如此：取值、规则、条款；不能判断的说明原因', takes: 2,
  options: { input: { type: 'string' } },
  async answer(question) {
    const [ref, decision] = question.arguments as [string, string];
    const inputs = inputsOf(textOf(question.values, 'input'));
    const { pack } = await readPack(ref, question);
    if (!Object.hasOwn(pack.decisions, decision)) throw new WrongQuestion(`政策包 ${pack.id}@${pack.version} 中没有决策“${decision}”，只有：${Object.keys(pack.decisions).join('、')}`);
    const explanation = explain(pack, decision, inputs, await question.calendar());
    return { ok: true, json: explanation, text: textOfExplanation(explanation) };
  },
};

function inputsOf(text: string | undefined): Inputs {
  if (text === undefined) throw new WrongQuestion('缺少 --input，应为 JSON 对象');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Inputs;
  } catch { /* said below */ }
  throw new WrongQuestion(`--input 应为 JSON 对象，收到“${text.slice(0, 80)}”`);
}

function textOfExplanation({ determined, value, reason, rule, clauses, pack }: Explanation): string {
  return [determined ? `结果 ${JSON.stringify(value)}` : '待核实', ...(reason ? [reason] : []), ...(rule ? [`规则 ${rule}`] : []), ...clauses.map(({ id, quote }) => `依据 ${id} ${quote}`), `政策包 ${pack}`].join('\n');
}
