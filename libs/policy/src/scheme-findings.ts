import type { Found } from './finding.js';
import type { Pack } from './pack.js';
import { outputsOf } from './scheme-references.js';

const states = { absent: '未参加', late: '逾期报送', withdrawn: '退出', partial: '只报一部分' } as const;

/** Laboratories whose rating a scheme leaves open, and grades that nobody can get. */
export const schemeFindings = ({ rules }: Pack, known: Pack): Found[] => Object.entries(rules.schemes).flatMap(([id, it]) => {
  const about = { clauses: it.clauses, follows: it.reading, ...(it.wording && { quote: it.wording }) };
  const open = Object.entries(states).filter(([state]) => it.without[state as keyof typeof states] === undefined).map(([, words]) => words);
  const table = known.decisions[it.decision];
  const given = [...(table ? outputsOf(table) : []), ...Object.values(it.without).flatMap((rule) => (typeof rule === 'object' ? [rule.result] : []))];
  const never = it.grades.filter((grade) => !given.includes(grade.id)).map((grade) => grade.id);
  return [
    ...(open.length > 0 ? [{ ...about, id: `missing-input:schemes:${id}`, kind: 'missing-input' as const, severity: 'error' as const, message: `“${it.title}”没有写明${open.join('、')}的如何评定，届时待核实` }] : []),
    ...(never.length > 0 ? [{ ...about, id: `unmapped:schemes:${id}`, kind: 'unmapped' as const, severity: 'warning' as const, message: `“${it.title}”的等级“${never.join('”“')}”没有一种情形会得到` }] : []),
  ];
});
