import { compared, decimal } from './decimal.js';
import { evaluate } from 'feelin';
import type { DecisionTable } from './decision-table.js';
import type { Pack } from './pack.js';
import type { Problem } from './problem.js';
import type { Measurand, Scheme } from './scheme.schema.js';

type Fault = readonly [path: string, message: string];

/** What a comparison scheme mentions and is not there, and what cannot be computed as it is written. */
export const brokenSchemes = ({ rules }: Pack, known: Pack): Problem[] => Object.entries(rules.schemes).flatMap(([id, scheme]) =>
  [...inside(scheme), ...scheme.measurands.flatMap((it, at) => measurandFaults(scheme, it, at)), ...tableFaults(scheme, known.decisions[scheme.decision])]
    .map(([path, message]) => ({ file: 'rules.yaml', path: `/schemes/${id}${path}`, message })));

const twice = (ids: readonly string[], path: (at: number) => string): Fault[] => ids.flatMap((id, at): Fault[] => (ids.indexOf(id) < at ? [[path(at), `编号“${id}”重复`]] : []));
const unknownPart = (scheme: Scheme, part: string | undefined, path: string): Fault[] => (part === undefined || scheme.parts?.some(({ id }) => id === part) ? [] : [[path, `parts 中没有“${part}”`]]);

function inside(scheme: Scheme): Fault[] {
  const graded = (result: string, path: string): Fault[] => (scheme.grades.some(({ id }) => id === result) ? [] : [[path, `grades 中没有“${result}”`]]);
  return [
    ...twice(scheme.measurands.map(({ id }) => id), (at) => `/measurands/${at}/id`), ...twice(scheme.grades.map(({ id }) => id), (at) => `/grades/${at}/id`), ...twice((scheme.parts ?? []).map(({ id }) => id), (at) => `/parts/${at}/id`),
    ...(scheme.minimum !== undefined && scheme.minimum > scheme.measurands.length ? [['/minimum', `方案只有 ${scheme.measurands.length} 个项目`] as const] : []),
    ...Object.entries(scheme.without).flatMap(([state, rule]) => (typeof rule === 'object' ? graded(rule.result, `/without/${state}/result`) : [])),
    ...Object.entries(scheme.inputs).flatMap(([name, input]): Fault[] => [
      ...unknownPart(scheme, input.part, `/inputs/${name}/part`),
      ...([input.count, input.per].some((it) => it === 'points' || it === 'most-points') && scheme.measurands.some((it) => !it.points) ? [[`/inputs/${name}`, '要计分的，每个项目都须写明 points'] as const] : []),
    ]),
  ];
}

function measurandFaults(scheme: Scheme, it: Measurand, at: number): Fault[] {
  const path = `/measurands/${at}`;
  const { score, assigned, deviation, limits } = it;
  return [
    ...unknownPart(scheme, it.part, `${path}/part`),
    ...((score === 'z' || score === 'z-prime') && !deviation ? [[`${path}/deviation`, `评分 ${score} 须写明标准差如何确定`] as const] : []),
    ...((score === 'zeta' || score === 'en') && deviation ? [[`${path}/deviation`, `评分 ${score} 不用标准差`] as const] : []),
    ...(score === 'en' && assigned.by !== 'fixed' ? [[`${path}/assigned`, 'E_n 值的指定值须事先确定，不能由各家结果统计'] as const] : []),
    ...(limits && compared(decimal(limits.unsatisfactory), decimal(limits.satisfactory)) < 0 ? [[`${path}/limits`, '不满意的界限小于满意的界限'] as const] : []),
  ];
}

function tableFaults(scheme: Scheme, table: DecisionTable | undefined): Fault[] {
  if (!table) return [['/decision', `没有决策“${scheme.decision}”`]];
  const lacking = table.inputs.filter(({ expression }) => !Object.hasOwn(scheme.inputs, expression));
  const strange = [...new Set(outputsOf(table))].filter((result) => scheme.grades.every(({ id }) => id !== result));
  return [
    ...lacking.map(({ expression }): Fault => ['/inputs', `决策“${scheme.decision}”的输入“${expression}”，方案没有写明由什么数得出`]),
    ...strange.map((result): Fault => ['/grades', `决策“${scheme.decision}”会得出“${String(result)}”，grades 中没有`]),
  ];
}

/** What the table's rows can say: grades are written out in their cells. */
export const outputsOf = (table: DecisionTable): unknown[] => table.rules.flatMap(({ then }) => then.map((cell) => evaluate(cell, {}).value));
