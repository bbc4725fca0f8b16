import type { DutyRule } from './campaign.schema.js';
import { spansOf, type DueRule } from './due.schema.js';
import type { FrequencyRule } from './frequency.schema.js';
import { clausesOf, type Found } from './finding.js';
import { packName, type Pack } from './pack.js';
import type { PeriodRule } from './period.schema.js';
import { inWords } from './span-words.js';
import type { TargetRule } from './target.schema.js';
import { coveredBy } from './vocabulary.js';

/**
 * Where two packs that are in force together ask the same body or unit for things that do not go together: a like duty
 * on another day, one parameter with two values, full coverage of bodies that the other leaves unvisited, or law that
 * the other knows to be replaced. Asked of an officer, who knows whether both apply to one subject.
 */
export function conflicts(pack: Pack, other: Pack): Found[] {
  if (!together(pack, other)) return [];
  return [...days(pack, other), ...periods(pack, other), ...values(pack, other), ...parameters(pack, other), ...coverage(pack, other), ...coverage(other, pack), ...law(pack, other)];
}

/** Where a pack asks for things that do not go together with each other. */
export const ownConflicts = (pack: Pack): Found[] => [...coverage(pack, pack), ...twoValues(pack)];

/** One share or one frequency of the same bodies with two values. */
function twoValues({ rules }: Pack): Found[] {
  const apart = <T extends { title: string; clauses: readonly string[]; reading?: string | undefined }>(items: Readonly<Record<string, T>>, same: (a: T, b: T) => boolean): Found[] =>
    Object.entries(items).flatMap(([id, it], i, all) => all.slice(0, i).filter(([, other]) => same(it, other)).map(([first, other]): Found => ({
      id: `conflict:${first}+${id}`, kind: 'conflict', severity: 'error', clauses: clausesOf([other, it]), follows: it.reading ?? other.reading, message: `“${other.title}”与“${it.title}”对同样的机构取值不同`,
    })));
  return [...apart(rules.targets, otherShare), ...apart(rules.frequencies, otherFrequency)];
}

const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** The same share of the same bodies, and not the same number. */
const otherShare = (a: TargetRule, b: TargetRule): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator && alike(a.about, b.about) && alike(a.period, b.period) && meet(a.kinds, b.kinds) && (a.percent !== b.percent || a.op !== b.op);
/** The same work as often as the other, and not so many times. */
const otherFrequency = (a: FrequencyRule, b: FrequencyRule): boolean =>
  a.activity === b.activity && alike(a.when, b.when) && alike(a.per, b.per) && (!a.kinds || meet(a.kinds, b.kinds)) && a.min !== b.min;

/** One share or one frequency of the same bodies, in each pack with another value. */
function values(pack: Pack, other: Pack): Found[] {
  const apart = <T extends { title: string; clauses: readonly string[] }>(mine: Readonly<Record<string, T>>, theirs: Readonly<Record<string, T>>, differ: (a: T, b: T) => boolean, numberOf: (it: T) => string): Found[] =>
    Object.entries(mine).flatMap(([id, it]) => Object.entries(theirs).filter(([, one]) => differ(it, one)).map(([its, one]): Found => ({
      id: `conflict:${id}+${its}`, kind: 'conflict', severity: 'warning', clauses: clausesOf([it, one]),
      message: `“${it.title}”（${numberOf(it)}）与 ${packName(other)} 的“${one.title}”（${numberOf(one)}）对同样的机构取值不同`,
    })));
  return [
    ...apart(pack.rules.targets, other.rules.targets, otherShare, (it) => `${it.op === '=' ? '' : '不低于'}${it.percent}%`),
    ...apart(pack.rules.frequencies, other.rules.frequencies, otherFrequency, (it) => `不少于${it.min}次`),
  ];
}

/** One period, or periods from one event, with other lengths. A length that the other has for the same event too is no conflict. */
function periods(pack: Pack, other: Pack): Found[] {
  const lengths = (it: PeriodRule): string[] => (it.variants ?? [it]).flatMap((one) => { const [span] = spansOf(one); return span ? [inWords(span)] : []; });
  const theirs = Object.entries(other.rules.periods).map(([id, it]) => ({ id, it, lengths: lengths(it) })).filter((one) => one.lengths.length > 0);
  return Object.entries(pack.rules.periods).flatMap(([id, it]): Found[] => {
    const mine = lengths(it);
    const twin = theirs.filter((one) => one.id === id && one.it.event === it.event);
    const about = twin.length > 0 ? twin : theirs.filter((one) => one.it.event === it.event);
    const agreed = twin.length > 0 ? alike(mine, twin[0]!.lengths) : about.some((one) => one.lengths.some((length) => mine.includes(length)));
    if (mine.length === 0 || about.length === 0 || agreed) return [];
    return about.map((one): Found => ({
      id: `conflict:${id}+${one.id}`, kind: 'conflict', severity: 'warning', clauses: clausesOf([it, one.it]),
      message: `“${it.title}”（${mine.join('、')}）与 ${packName(other)} 的“${one.it.title}”（${one.lengths.join('、')}）自同一件事起算，长短不同`,
    }));
  });
}

function days(pack: Pack, other: Pack): Found[] {
  const duties = (it: Pack) => it.campaign?.stages.flatMap((stage) => stage.duties) ?? [];
  const same = (a: DutyRule, b: DutyRule) => a.kind === b.kind && a.subject === b.subject && otherDue(a.due, b.due);
  return duties(pack).flatMap((mine) => duties(other).filter((theirs) => same(mine, theirs)).map((theirs): Found => ({
    id: `conflict:${mine.id}+${theirs.id}`, kind: 'conflict', severity: 'warning', clauses: clausesOf([mine, theirs]),
    message: `“${mine.title}”与 ${packName(other)} 的“${theirs.title}”是同类工作，期限不同`,
  })));
}

/** Another day, or another length after one event. */
const otherDue = (a: DueRule, b: DueRule): boolean =>
  (a.kind === 'on' && b.kind === 'on' && a.on !== b.on) || (a.kind === 'after' && b.kind === 'after' && a.after.event === b.after.event && inWords(a.after) !== inWords(b.after));

function parameters(pack: Pack, other: Pack): Found[] {
  const theirs = new Map<string, { clauses: readonly string[] }>(Object.entries(other.parameters));
  return Object.entries(pack.parameters).flatMap(([name, mine]): Found[] => {
    const its = theirs.get(name);
    if (!its || bare(mine) === bare(its)) return [];
    return [{ id: `conflict:${name}`, kind: 'conflict', severity: 'warning', clauses: clausesOf([mine, its]), message: `参数 ${name} 与 ${packName(other)} 的不同` }];
  });
}

/** Every body is to be covered, and the other pack lets some of them go without; one finding for an activity. */
export function coverage(targets: Pack, frequencies: Pack): Found[] {
  const asked = Object.values(targets.rules.targets).filter((it) => Number(it.percent) >= 100);
  return [...new Set(asked.flatMap((it) => coveredBy[it.numerator] ?? []))].flatMap((activity) => {
    const covering = asked.filter((it) => coveredBy[it.numerator] === activity);
    const short = Object.values(frequencies.rules.frequencies).filter((it) => it.activity === activity && covering.some((target) => meet(target.kinds, it.kinds) && leavesOut(target, it)));
    if (short.length === 0) return [];
    return [{
      id: `conflict:${activity}`, kind: 'conflict' as const, severity: 'error' as const, clauses: clausesOf([...covering, ...short]),
      message: `${packName(targets)} 要求${covering.map((it) => `“${it.title}”达到 ${it.percent}%`).join('、')}，而按 ${packName(frequencies)} 的${short.map((it) => `“${it.title}”`).join('、')}，有的机构可以一次也没有`,
    }];
  });
}

const meet = (a: readonly string[], b: readonly string[] | undefined): boolean => !b || a.some((it) => b.includes(it));

/** What is planned does not come to one in the window of the target. A window that is not a length is taken as long enough. */
function leavesOut(target: TargetRule, frequency: FrequencyRule): boolean {
  const times = Math.max(frequency.min, frequency.target ?? 0);
  const window = target.period && monthsOf(target.period);
  const per = typeof frequency.per === 'string' ? (frequency.per === 'calendar-year' ? 12 : undefined) : 'years' in frequency.per ? frequency.per.years * 12 : frequency.per.months;
  return times === 0 || (window !== undefined && per !== undefined && times * window < per);
}

function monthsOf(period: NonNullable<TargetRule['period']>): number {
  if ('rollingMonths' in period) return period.rollingMonths;
  const [from, to] = [period.from, period.to].map((on) => Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7))) as [number, number];
  return to - from + 1;
}

/** The law behind them: one of them rests on what the other knows to be replaced, or holds the same law for another. */
function law(pack: Pack, other: Pack): Found[] {
  return pack.basis.flatMap((mine) => other.basis.flatMap((theirs): Found[] => {
    const about = { severity: 'warning' as const, clauses: clausesOf([mine, theirs]) };
    if (mine.id === theirs.id) {
      return mine.number === theirs.number && mine.from === theirs.from && mine.to === theirs.to ? []
        : [{ ...about, id: `conflict:${mine.id}`, kind: 'conflict', message: `两个政策包所记的《${mine.title}》文号或有效期不同` }];
    }
    const [old, by] = mine.replacedBy === theirs.id ? [mine, theirs] : theirs.replacedBy === mine.id ? [theirs, mine] : [];
    return old && by ? [{ ...about, id: `superseded:${old.id}+${by.id}`, kind: 'superseded', message: `《${old.title}》已由另一政策包所依据的《${by.title}》取代` }] : [];
  }));
}

const together = (a: Pack, b: Pack): boolean => (a.inForce.to ?? '9999') >= b.inForce.from && (b.inForce.to ?? '9999') >= a.inForce.from;
const bare = ({ clauses: _clauses, ...value }: { clauses: readonly string[] }): string => JSON.stringify({ ...value, reading: undefined });
