import { addDays } from '@zhijian/calendar';
import { meanings } from './field-meanings.js';
import { clausesOf, type Found } from './finding.js';
import { millionths } from './measure.js';
import type { Pack } from './pack.js';
import type { Bands } from './scale.schema.js';

const named = <T>(section: Readonly<Record<string, T>>): (T & { id: string })[] => Object.entries(section).map(([id, it]) => ({ ...it, id }));
const undefinedPeriod = (id: string, it: { clauses: readonly string[]; reading?: string | undefined; wording?: string | undefined }, message: string, severity: Found['severity'] = 'warning'): Found =>
  ({ id: `undefined-period:${id}`, kind: 'undefined-period', severity, clauses: it.clauses, follows: it.reading, ...(it.wording && { quote: it.wording }), message });

/** What the text leaves open and a number or a window of ours fills. A share without its window cannot be computed at all: an error. */
export function undefinedPeriods({ parameters, rules }: Pack): Found[] {
  return [
    ...Object.entries(parameters).flatMap(([name, value]) => ('stated' in value && !value.stated
      ? [undefinedPeriod(name, { clauses: value.clauses }, `文件没有写明数量，暂按政策包的参数“${meanings[name] ?? name}”执行（不少于 ${value.min}）`)] : [])),
    // a sample without words of the text is an arrangement of ours: the text does not ask for one
    ...named(rules.samples).flatMap((it) => (it.stated || !it.wording ? [] : [undefinedPeriod(it.id, it, `“${it.title}”没有写明数量，暂由我们设定`)])),
    ...named(rules.values).flatMap((it) => (it.stated || typeof it.value !== 'number' ? [] : [undefinedPeriod(it.id, it, `“${it.title}”没有写明数量，暂作 ${it.value}`)])),
    ...named(rules.notices).flatMap((it) => (it.kind !== 'posting' || it.period || it.limit ? [] : [undefinedPeriod(it.id, it, `“${it.title}”没有写明公示多久`)])),
    ...named(rules.periods).flatMap((it) => (it.startStated ? [] : [undefinedPeriod(it.id, it, `“${it.title}”没有写明从哪一天起算`)])),
    ...named(rules.targets).flatMap((it) => (it.periodStated ? [] : [undefinedPeriod(it.id, it, `“${it.title}”没有写明统计期间的起止，比率无从计算`, 'error')])),
    ...openFrequencies(rules.frequencies),
  ];
}

/** One for all frequencies of an activity that follow the same reading. */
function openFrequencies(frequencies: Pack['rules']['frequencies']): Found[] {
  const groups = Map.groupBy(named(frequencies).filter((it) => !it.periodStated), (it) => it.reading ?? it.activity);
  return [...groups.values()].map(([first, ...more]) => undefinedPeriod(first!.id, { ...first!, clauses: clausesOf([first!, ...more]) }, `${[first!, ...more].map((it) => `“${it.title}”`).join('、')}没有写明在哪一段时间内计算`));
}

/** Asked for, without a time. That an agency writes one for each case is none where the text itself says so; where a reading says it, the text is silent. */
export function noLimitRules({ rules }: Pack): Found[] {
  const periods = named(rules.periods).filter((it) => [it, ...(it.variants ?? [])].some(({ limit }) => limit === 'none' || (limit === 'by-case' && it.reading !== undefined)));
  return [...periods, ...named(rules.notices).filter((it) => it.limit)].map((it): Found => ({
    id: `no-limit:${it.id}`, kind: 'no-limit', severity: 'warning', clauses: it.clauses, follows: it.reading, ...(it.wording && { quote: it.wording }),
    message: `“${it.title}”没有写明期限${it.wording ? `（原文为“${it.wording}”）` : ''}`,
  }));
}

/** One for all shares of a pack whose denominator can be zero. */
export function zeroDenominators({ rules }: Pack): Found[] {
  const targets = named(rules.targets).filter((it) => it.denominatorMayBeZero);
  const [first] = targets;
  return first ? [{ id: 'zero-denominator', kind: 'zero-denominator', severity: 'warning', clauses: clausesOf(targets), follows: first.reading, message: `${targets.length}项指标的分母可能为零，届时显示“不适用”：${targets.map((it) => `“${it.title}”`).join('、')}` }] : [];
}

/** Days between two variants of a period for which none holds, or for which two do. */
export function variantFindings({ rules }: Pack): Found[] {
  return named(rules.periods).flatMap((it) => {
    const variants = (it.variants ?? []).toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
    return variants.slice(1).flatMap((next, i): Found[] => {
      const { to } = variants[i]!;
      const about = { severity: 'error' as const, clauses: it.clauses, follows: it.reading };
      if (!to || !next.from || next.from <= to) return [{ ...about, id: `band-overlap:${it.id}:${i}`, kind: 'band-overlap', message: `“${it.title}”在 ${next.from ?? to ?? ''} 有两种期间` }];
      return next.from > addDays(to, 1) ? [{ ...about, id: `band-gap:${it.id}:${i}`, kind: 'band-gap', message: `“${it.title}”在 ${addDays(to, 1)} 至 ${addDays(next.from, -1)} 没有期间` }] : [];
    });
  });
}

/** Bands as printed: what lies between two of them, and what lies in both. */
export const bandFindings = ({ rules }: Pack): Found[] => named(rules.bands).flatMap((it) => {
  const about = { severity: 'error' as const, clauses: it.clauses, follows: it.reading, quote: it.printed.map(({ words }) => words).join('、') };
  const { gaps, overlaps } = between(it);
  return [
    ...(gaps.length > 0 ? [{ ...about, id: `band-gap:printed:${it.id}`, kind: 'band-gap' as const, message: `“${it.title}”按原文所印，${gaps.join('、')} 没有归属` }] : []),
    ...(overlaps.length > 0 ? [{ ...about, id: `band-overlap:printed:${it.id}`, kind: 'band-overlap' as const, message: `“${it.title}”按原文所印，${overlaps.join('、')} 归属不止一档` }] : []),
  ];
});

function between({ step, printed }: Bands): { gaps: string[]; overlaps: string[] } {
  const unit = millionths(step);
  const bands = printed.map((it) => ({
    first: it.from === undefined ? undefined : millionths(it.from) + (it.fromIncluded ? 0n : unit),
    last: it.to === undefined ? undefined : millionths(it.to) - (it.toIncluded ? 0n : unit),
  })).toSorted((a, b) => (a.first === undefined || (b.first !== undefined && a.first < b.first) ? -1 : 1));
  const [gaps, overlaps] = [[] as string[], [] as string[]];
  bands.slice(1).forEach(({ first }, i) => {
    const { last } = bands[i]!;
    if (last === undefined || first === undefined || first <= last) overlaps.push(written(first ?? last ?? 0n));
    else if (first - last > unit) gaps.push(written((first + last) / 2n));
  });
  return { gaps, overlaps };
}

const written = (it: bigint): string => String(Number(it) / 1_000_000);

/** A word that a rule uses and its scale or list does not have; an old entry whose new one nobody has named. */
export function unmappedWords({ rules }: Pack, known: Pack): Found[] {
  const unmapped = (id: string, it: { clauses: readonly string[]; reading?: string | undefined }, message: string): Found =>
    ({ id: `unmapped:${id}`, kind: 'unmapped', severity: 'error', clauses: it.clauses, follows: it.reading, message });
  const has = (scale: string, value: unknown) => known.rules.scales[scale]?.values.some((it) => it.id === value) ?? true;
  return [
    ...uneven(rules, known),
    ...named(rules.frequencies).flatMap((it) => Object.entries(it.when ?? {}).filter(([scale, value]) => !has(scale, value)).map(([scale, value]) => unmapped(it.id, it, `“${it.title}”所用的“${String(value)}”不在“${known.rules.scales[scale]?.title ?? scale}”之中`))),
    ...named(rules.runs).flatMap((it) => (has(it.of, it.value) ? [] : [unmapped(it.id, it, `“${it.title}”所用的“${it.value}”不在“${known.rules.scales[it.of]?.title ?? it.of}”之中`)])),
    ...named(rules.lists).flatMap((list) => list.mapping.flatMap((it) => {
      const gone = it.to.filter((id) => list.items.every((item) => item.id !== id));
      if (it.automatic && gone.length === 0) return [];
      const about = { clauses: list.clauses, reading: it.reading ?? list.reading };
      return [unmapped(`${list.id}:${it.from}`, about, gone.length > 0 ? `“${list.title}”中没有“${gone.join('”“')}”` : `“${list.title}”：原有的“${list.items.find((item) => item.id === it.from)?.text ?? it.from}”对应哪些新条目，文件没有写明`)];
    })),
  ];
}

/** An activity that has a frequency for some outcomes of a scale and none for others. */
function uneven({ frequencies }: Pack['rules'], known: Pack): Found[] {
  const graded = named(frequencies).flatMap((it) => Object.entries(it.when ?? {}).map(([scale, value]) => ({ it, scale, value, of: `${it.activity} ${scale}` })));
  return [...Map.groupBy(graded, ({ of }) => of).values()].flatMap((group) => {
    const [{ it, scale } = { it: undefined, scale: '' }] = group;
    const without = known.rules.scales[scale]?.values.filter(({ id }) => group.every(({ value }) => value !== id)) ?? [];
    if (!it || without.length === 0) return [];
    return [{ id: `unmapped:${it.activity}:${scale}`, kind: 'unmapped' as const, severity: 'warning' as const, clauses: clausesOf(group.map((one) => one.it)), follows: it.reading,
      message: `${group.map((one) => `“${one.it.title}”`).join('、')}写明了频次，“${without.map(({ title }) => title).join('”“')}”没有写明` }];
  });
}

export function unequalSums({ rules }: Pack): Found[] {
  const sum = (id: string, it: { clauses: readonly string[]; reading?: string | undefined }, message: string): Found => ({ id: `sum:${id}`, kind: 'sum', severity: 'error', clauses: it.clauses, follows: it.reading, message });
  return [
    ...named(rules.shares).flatMap((it) => {
      const total = Object.values(it.parts).reduce((all, part) => all + millionths(part), 0n);
      return total === millionths(it.sum) ? [] : [sum(it.id, it, `“${it.title}”各部分合计 ${written(total)}，应为 ${it.sum}`)];
    }),
    ...named(rules.lists).flatMap((it) => (it.count === undefined || it.count === it.items.length || !it.listed ? [] : [sum(it.id, it, `“${it.title}”写明 ${it.count} 条，列出 ${it.items.length} 条`)])),
  ];
}

/** A list the text names and does not give. */
export const listFindings = ({ rules }: Pack): Found[] => named(rules.lists).flatMap((it) => (it.listed ? [] : [{
  id: `unlisted:${it.id}`, kind: 'unlisted' as const, severity: 'info' as const, clauses: it.clauses, follows: it.reading, ...(it.wording && { quote: it.wording }), message: `文件提到“${it.title}”而没有列出`,
}]));
