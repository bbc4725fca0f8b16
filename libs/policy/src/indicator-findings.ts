import { added, against, fraction, inSteps, nought, type Fraction } from './fraction.js';
import { clausesOf, type Found } from './finding.js';
import type { IndicatorSet } from './indicator.schema.js';
import type { Pack } from './pack.js';

type Named = IndicatorSet & { readonly id: string };

/** What is wrong or left open in the sets of indicators of a pack. */
export function indicatorFindings({ rules }: Pack): Found[] {
  const sets = Object.entries(rules.indicators).map(([id, it]): Named => ({ ...it, id }));
  return [...sets.flatMap((set) => [...sums(set), ...offGrid(set), ...unreachable(set), ...leftOpen(set)]), ...twice(sets)];
}

const about = ({ clauses, reading }: IndicatorSet): Pick<Found, 'clauses' | 'follows'> => ({ clauses, follows: reading });
const sumOf = (parts: readonly string[]): Fraction => parts.reduce((sum, part) => added(sum, fraction(part)), nought);
const text = ({ over, by }: Fraction): string => String(Number((over * 1_000_000n) / by) / 1_000_000);
const named = (items: readonly { readonly number?: string | undefined; readonly id: string }[]): string => items.map(({ number, id }) => number ?? id).join('、');

/** Points that do not make the total, weights that do not make 100, a group that is not what the text says. */
function sums(set: Named): Found[] {
  const sum = (id: string, message: string): Found => ({ ...about(set), id: `sum:${set.id}${id}`, kind: 'sum', severity: 'error', message });
  const weights = set.items.flatMap(({ weight }) => weight ?? []);
  const points = sumOf(set.items.map((it) => it.points));
  const whole = weights.length > 0 ? against(sumOf(weights), fraction('100')) === 0 : against(points, fraction(set.total)) === 0;
  return [
    ...(whole ? [] : [sum('', weights.length > 0 ? `“${set.title}”各项权重合计 ${text(sumOf(weights))}，应为 100` : `“${set.title}”各项分值合计 ${text(points)}，总分为 ${set.total}`)]),
    ...Object.entries(set.groups).flatMap(([id, group]) => {
      const inside = sumOf(set.items.filter((it) => it.group === id).map((it) => it.points));
      return group.points === undefined || against(inside, fraction(group.points)) === 0 ? [] : [sum(`:${id}`, `“${group.title}”写明 ${group.points} 分，所列各项合计 ${text(inside)} 分`)];
    }),
  ];
}

/** Points finer than the smallest step: nobody could enter them. */
function offGrid(set: Named): Found[] {
  const step = fraction(set.grid);
  const fine = set.items.filter((it) => ![it.points, ...it.deductions.flatMap(({ points, most }) => [points, ...(most === undefined ? [] : [most])])].every((one) => inSteps(fraction(one), step)));
  return fine.length > 0 ? [{ ...about(set), id: `off-grid:${set.id}`, kind: 'off-grid', severity: 'error', message: `“${set.title}”以 ${set.grid} 分为最小单位，而 ${named(fine)} 的分值或扣分更细` }] : [];
}

/** A deduction that takes more than there is, a cap that never lowers anything or asks for more key items than there are. */
function unreachable(set: Named): Found[] {
  const keys = set.items.filter(({ key }) => key).length;
  const never = (id: string, message: string): Found => ({ ...about(set), id: `unreachable:${set.id}:${id}`, kind: 'unreachable', severity: 'error', message });
  return [
    ...set.items.flatMap((it) => it.deductions.filter(({ points, most }) => against(fraction(most ?? points), fraction(it.points)) > 0).map(({ id, text: words }) => never(`${it.id}/${id}`, `${named([it])}“${words}”扣的分多于该项满分 ${it.points} 分`))),
    ...set.caps.flatMap((cap) => [
      ...(against(fraction(cap.most), fraction(set.total)) >= 0 ? [never(cap.id, `“${cap.text}”总分最多 ${cap.most} 分，不低于总分 ${set.total} 分，没有作用`)] : []),
      ...((cap.keyFailed ?? 0) > keys ? [never(cap.id, `“${cap.text}”须有 ${cap.keyFailed ?? 0} 个关键项不合格，本套指标只有 ${keys} 个关键项`)] : []),
    ]),
  ];
}

/** Key items whose failing means nothing; items that may not apply where none may; a quotient nobody says how to write. */
function leftOpen(set: Named): Found[] {
  const keys = set.items.filter(({ key }) => key);
  const optional = set.items.filter(({ mayNotApply }) => mayNotApply);
  const quotient = (set.notApplicable === 'rescale' && optional.length > 0) || set.items.some(({ weight }) => weight !== undefined);
  return [
    ...(keys.length > 0 && set.caps.every(({ keyFailed }) => keyFailed === undefined) ? [{ ...about(set), id: `unmapped:${set.id}`, kind: 'unmapped' as const, severity: 'warning' as const, message: `“${set.title}”有关键项（${named(keys)}），没有写明关键项不合格的后果` }] : []),
    ...(set.notApplicable === 'refuse' && optional.length > 0 ? [{ ...about(set), id: `conflict:${set.id}`, kind: 'conflict' as const, severity: 'error' as const, message: `“${set.title}”不允许有不适用的项，而 ${named(optional)} 可以不适用` }] : []),
    ...(quotient && (!set.rounded || !set.rounded.stated) ? [{ ...about(set), id: `undefined-period:${set.id}`, kind: 'undefined-period' as const, severity: 'warning' as const, message: `“${set.title}”没有写明折算或加权后的分数保留几位小数${set.rounded ? `，暂按 ${set.rounded.places} 位` : '；除不尽的将无法得出总分'}` }] : []),
  ];
}

/** One line with two sets: nobody knows by which it is scored. */
function twice(sets: readonly Named[]): Found[] {
  const lines = Map.groupBy(sets.flatMap((set) => set.lines.map((line) => ({ line, set }))), ({ line }) => line);
  return [...lines].flatMap(([line, uses]): Found[] => (uses.length > 1 ? [{
    id: `conflict:indicators:${line}`, kind: 'conflict', severity: 'error', clauses: clausesOf(uses.map(({ set }) => set)), follows: uses[0]?.set.reading, message: `${uses.map(({ set }) => `“${set.title}”`).join('、')}用于同一类机构`,
  }] : []));
}
