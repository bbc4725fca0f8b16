import { evaluate, parseExpression, parseUnaryTests, unaryTest } from 'feelin';
import type { DecisionTable, TableRule } from './decision-table.js';
import { PackError } from './problem.js';

const longest = 1000;
/** Nothing that loops over ranges, matches patterns, rounds, or asks for today: a cell ends at once and says the same tomorrow. */
const functions = new Set(['not', 'abs', 'contains', 'starts with', 'ends with', 'string length', 'number', 'string', 'date', 'time', 'date and time', 'duration', 'years and months duration']);
const loops = new Set(['ForExpression', 'QuantifiedExpression', 'FunctionDefinition', 'FilterExpression', 'NamedParameters']);

type Tree = ReturnType<typeof parseExpression>;

/** Every cell of a pack's table can be parsed and ends, and an output that stands fixed in its cell is among the allowed ones. Throws PackError. */
export function checkCells({ id, file, inputs, outputs, rules }: DecisionTable): void {
  const feel = (path: string, text: string, read: 'tests' | 'expression'): ReturnType<typeof evaluate> => {
    const wrong = (message: string) => new PackError([{ file, path, message }]);
    if (text.length > longest) throw wrong(`单元格超过 ${longest} 字`);
    try {
      const tree = (read === 'tests' ? parseUnaryTests(text, {}, undefined) : parseExpression(text, {}, undefined));
      const [refused] = unwanted(tree, text);
      if (refused !== undefined) throw wrong(`FEEL 表达式中不允许使用“${refused}”`);
      return read === 'tests' ? unaryTest(text, { '?': null }) : evaluate(text, {});
    } catch (error) {
      throw error instanceof PackError ? error : wrong('不是有效的 FEEL 表达式');
    }
  };
  for (const [i, { expression, allowed }] of inputs.entries()) {
    feel(`/${id}/input/${i}`, expression, 'expression');
    if (allowed) feel(`/${id}/input/${i}/inputValues`, allowed, 'tests');
  }
  for (const [i, { allowed }] of outputs.entries()) if (allowed) feel(`/${id}/output/${i}/outputValues`, allowed, 'tests');
  for (const row of rules) {
    row.when.forEach((cell, i) => feel(`/${id}/${row.id}/inputEntry/${i}`, cell, 'tests'));
    row.then.forEach((cell, i) => {
      const path = `/${id}/${row.id}/outputEntry/${i}`;
      const { value, warnings } = feel(path, cell, 'expression');
      const allowed = outputs[i]?.allowed;
      if (allowed && warnings.length === 0 && unaryTest(allowed, { '?': value }).value !== true) throw new PackError([{ file, path, message: '输出不在该列的取值之内' }]);
    });
  }
}

/** A rule that asks nothing of anything would answer for a case of which nothing is known: a default in all but name. A cell that says null says so openly. */
export const asksNothing = ({ inputs }: DecisionTable, { when }: TableRule): boolean =>
  inputs.length > 0 && inputs.every(({ mayLack }) => mayLack) && when.every((cell) => cell === '-' || (!/\bnull\b/.test(cell) && unaryTest(cell, { '?': null }).value === true));

function unwanted(tree: Tree, text: string): string[] {
  const found: string[] = [];
  tree.iterate({ enter({ name, from, to }) {
    const piece = text.slice(from, to);
    if (loops.has(name)) found.push(piece.slice(0, 30));
    if (name === 'FunctionInvocation') {
      const called = piece.slice(0, piece.indexOf('(')).trim().replaceAll(/\s+/g, ' ');
      if (!functions.has(called)) found.push(called || piece.slice(0, 30));
    }
  } });
  return found;
}
