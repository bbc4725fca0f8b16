import { spansOf, type Span } from './due.schema.js';
import { startEventNames } from './explain-due.js';
import type { Found } from './finding.js';
import { decidersAgainst } from './law-deciders.js';
import { boundsOf, meet, type Standing } from './law.js';
import { against, binds, datedDuties, inForceOf, type Against } from './law-words.js';
import { longer } from './longer.js';
import { ownOf, type Pack } from './pack.js';
import { inWords } from './span-words.js';
import type { FrequencyRule } from './frequency.schema.js';
import type { PeriodRule } from './period.schema.js';

/**
 * Values of a pack outside what the law behind it allows: periods too long or too short, checks too rare, shares too low,
 * too few people, another value, another agency. Of two laws each is compared for the days on which it holds.
 */
export function lawFindings(pack: Pack): Found[] {
  const own = ownOf(pack);
  return [
    ...boundsOf(pack, 'periods').flatMap((law) => [...periodsAgainst(own, law), ...duesAgainst(own, law)]),
    ...boundsOf(pack, 'frequencies').flatMap((law) => frequenciesAgainst(own, pack, law)),
    ...boundsOf(pack, 'shares').flatMap((law) => sharesAgainst(own, law)),
    ...boundsOf(pack, 'numbers').flatMap((law) => numbersAgainst(own, law)),
    ...boundsOf(pack, 'values').flatMap((law) => valuesAgainst(own, law)),
    ...boundsOf(pack, 'deciders').flatMap((law) => decidersAgainst(own, pack, law)),
    ...unreadLaws(pack),
  ];
}

interface Part { readonly span: Span | undefined; readonly from: string | undefined; readonly to: string | undefined; readonly wording: string | undefined; readonly clauses: readonly string[] }

/** The lengths of a period, each with the days on which it is chosen. */
const partsOf = (pack: Pack, it: PeriodRule): Part[] => (it.variants
  ? it.variants.map((one) => ({ span: spansOf(one)[0], from: one.from ?? pack.inForce.from, to: one.to ?? pack.inForce.to, wording: one.wording ?? it.wording, clauses: one.clauses }))
  : [{ span: spansOf(it)[0], ...inForceOf(pack), wording: it.wording, clauses: it.clauses }]);

const periodsAgainst = (pack: Pack, law: Standing<'periods'>): Found[] => Object.entries(pack.rules.periods).filter(([id, it]) => binds(law, id, it)).flatMap(([id, it]) =>
  partsOf(pack, it).filter((part) => meet(part, law)).flatMap(({ span, ...part }) => (span ? spanAgainst(law, it.event, span).map((found) => against(pack, law, { at: `periods/${id}`, ...it, ...part, ...found })) : [])).slice(0, 1));

/** Duties that are due so long after an event, where the law names them. */
const duesAgainst = (pack: Pack, law: Standing<'periods'>): Found[] => datedDuties(pack).filter(({ duty, days }) => law.bound.names.includes(duty.id) && meet(days, law)).flatMap(({ duty, days }) =>
  (duty.due.kind === 'after' ? spanAgainst(law, duty.due.after.event, duty.due.after).map((found) => against(pack, law, { at: `duties/${duty.id}`, ...duty, ...days, wording: duty.due.wording, ...found })) : []));

function spanAgainst({ bound }: Standing<'periods'>, event: PeriodRule['event'], span: Span): Pick<Against, 'said' | 'must' | 'perhaps'>[] {
  const said = inWords(span);
  if (bound.event && bound.event !== event) return [{ said: `自“${startEventNames[event]}”起算`, must: `自“${startEventNames[bound.event]}”起算`, perhaps: true }];
  const [most] = spansOf(bound.atMost ?? {});
  const [least] = spansOf(bound.atLeast ?? {});
  const over = most ? longer(span, most) : 'no';
  if (most && over !== 'no') return [{ said, must: `不多于${inWords(most)}`, perhaps: over === 'maybe' }];
  const under = least ? longer(least, span) : 'no';
  return least && under !== 'no' ? [{ said, must: `不少于${inWords(least)}`, perhaps: under === 'maybe' }] : [];
}

/** How rarely something may be done, of the bodies that both concern. A window that is no length is not compared. */
const frequenciesAgainst = (pack: Pack, known: Pack, law: Standing<'frequencies'>): Found[] => Object.entries(pack.rules.frequencies).flatMap(([id, it]) => {
  const [mine, theirs] = [monthsOf(it.per), monthsOf(law.bound.per)];
  const concerns = it.activity === law.bound.activity && shared(it.kinds ?? known.campaign?.scope.kinds, law.bound.kinds) && meet(inForceOf(pack), law);
  if (!concerns || mine === undefined || theirs === undefined || it.min * theirs >= law.bound.min * mine) return [];
  return [against(pack, law, { at: `frequencies/${id}`, ...it, ...inForceOf(pack), said: it.min === 0 ? '可以一次也没有' : `${windowWords(it.per)}不少于${it.min}次`, must: `${windowWords(law.bound.per)}不少于${law.bound.min}次` })];
});

const monthsOf = (per: FrequencyRule['per']): number | undefined => (typeof per === 'string' ? (per === 'calendar-year' ? 12 : undefined) : 'years' in per ? per.years * 12 : per.months);
const windowWords = (per: FrequencyRule['per']): string => (typeof per === 'string' ? '每年' : 'years' in per ? (per.years === 1 ? '每年' : `每${per.years}年`) : `每${per.months}个月`);
const shared = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean => !a || !b || a.some((it) => b.includes(it));

const sharesAgainst = (pack: Pack, law: Standing<'shares'>): Found[] => Object.entries(pack.rules.targets)
  .filter(([, it]) => it.numerator === law.bound.numerator && shared(it.kinds, law.bound.kinds) && Number(it.percent) < Number(law.bound.atLeast) && meet(inForceOf(pack), law))
  .map(([id, it]) => against(pack, law, { at: `targets/${id}`, ...it, ...inForceOf(pack), said: `${it.percent}%`, must: `不低于${law.bound.atLeast}%` }));

const numbersAgainst = (pack: Pack, law: Standing<'numbers'>): Found[] => Object.entries(pack.rules.values).flatMap(([id, it]) => {
  const { atLeast, atMost } = law.bound;
  if (!binds(law, id, it) || typeof it.value !== 'number' || !meet(inForceOf(pack), law)) return [];
  const must = atLeast !== undefined && it.value < atLeast ? `不少于${atLeast}` : atMost !== undefined && it.value > atMost ? `不多于${atMost}` : undefined;
  return must ? [against(pack, law, { at: `values/${id}`, ...it, ...inForceOf(pack), said: String(it.value), must })] : [];
});

const valuesAgainst = (pack: Pack, law: Standing<'values'>): Found[] => Object.entries(pack.rules.values)
  .filter(([id, it]) => binds(law, id, it) && it.value !== law.bound.equals && meet(inForceOf(pack), law))
  .map(([id, it]) => against(pack, law, { at: `values/${id}`, ...it, ...inForceOf(pack), said: inChinese(it.value), must: `为${inChinese(law.bound.equals)}` }));

const inChinese = (value: boolean | number | string | readonly string[]): string => (typeof value === 'boolean' ? (value ? '是' : '否') : typeof value === 'object' ? value.join('、') : String(value));

/** Law that should stand behind the pack and cannot be read: nothing was compared with it. */
const unreadLaws = ({ unreadLaws: unread = [] }: Pack): Found[] => unread.map(({ name, message }) => ({ id: `against-law:${name}`, kind: 'against-law', severity: 'error', clauses: [], message: `上位法 ${name} 无法读取，没有核对：${message}` }));
