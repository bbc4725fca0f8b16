import { addDays, fixed, due, type Calendar, type Due, type LocalDate } from '@zhijian/calendar';
import { actingOn } from './acting-agency.js';
import { cite, cited, type Cited } from './cited.js';
import { within } from './dates.schema.js';
import { spansOf, type After } from './due.schema.js';
import type { Agency } from './campaign.schema.js';
import type { FrequencyRule } from './frequency.schema.js';
import type { IndicatorSet } from './indicator.schema.js';
import type { ListItem } from './list.schema.js';
import type { NoticeRule } from './notice.schema.js';
import type { Pack } from './pack.js';
import type { Rule } from './rules.schema.js';
import type { SampleRule } from './sample.schema.js';
import type { Bands, RunRule, Scale, ValueRule } from './scale.schema.js';
import type { Scheme } from './scheme.schema.js';
import type { TargetRule } from './target.schema.js';
import type { Activity, InstitutionKind, RuleSection } from './vocabulary.js';

export type Facts = Readonly<Record<string, string | boolean>>;

/** A rule of rules.yaml, of this pack or of the one it stands under, with its clauses; undefined when neither says anything. */
export function ruleOf<S extends RuleSection>(pack: Pack, section: S, id: string): Cited<Rule<S>> | undefined {
  const rules = pack.rules[section] as Readonly<Record<string, Rule<S>>>;
  const found = Object.hasOwn(rules, id) ? rules[id] : undefined;
  return found && cited(found, found.clauses);
}

export const frequencyOf = (pack: Pack, id: string): Cited<FrequencyRule> | undefined => ruleOf(pack, 'frequencies', id);
export const targetOf = (pack: Pack, id: string): Cited<TargetRule> | undefined => ruleOf(pack, 'targets', id);
export const scaleOf = (pack: Pack, id: string): Cited<Scale> | undefined => ruleOf(pack, 'scales', id);
export const bandsOf = (pack: Pack, id: string): Cited<Bands> | undefined => ruleOf(pack, 'bands', id);
export const sampleOf = (pack: Pack, id: string): Cited<SampleRule> | undefined => ruleOf(pack, 'samples', id);
export const noticeOf = (pack: Pack, id: string): Cited<NoticeRule> | undefined => ruleOf(pack, 'notices', id);
export const schemeOf = (pack: Pack, id: string): Cited<Scheme> | undefined => ruleOf(pack, 'schemes', id);
export const indicatorsOf = (pack: Pack, id: string): Cited<IndicatorSet> | undefined => ruleOf(pack, 'indicators', id);
export const runOf = (pack: Pack, id: string): Cited<RunRule> | undefined => ruleOf(pack, 'runs', id);

/** A single value of the text: `{ value, stated }`. */
export const valueOf = (pack: Pack, id: string): Cited<ValueRule> | undefined => ruleOf(pack, 'values', id);

/** A period as it holds on one day. `after` is null where the text gives no limit; `setBy` the agency that writes one for each case. */
export interface Period {
  readonly title: string; readonly event: After['event']; readonly after: After | null; readonly setBy: string | null; readonly atLeast: boolean; readonly inclusive: boolean; readonly roll: 'none' | 'forward';
  readonly startStated: boolean; readonly wording: string | null; readonly reading: string | null;
}

/**
 * A period, with the variant that holds on the day given. Undefined when the pack has no such period or none for that day.
 * Throws when the period has variants and no day is given: that is a fault of the program.
 */
export function periodOf(pack: Pack, id: string, { on }: { on?: LocalDate } = {}): Cited<Period> | undefined {
  const rule = ruleOf(pack, 'periods', id);
  if (!rule) return undefined;
  const { title, event, atLeast, inclusive, roll, startStated, reading, variants } = rule.value;
  if (variants && !on) throw new Error(`期间“${id}”须按日期选择`);
  const variant = on && variants?.find((it) => within(on, it));
  if (variants && !variant) return undefined;
  const [span] = spansOf(variant ?? rule.value);
  const period = { title, event, after: span ? { event, ...span } : null, setBy: (variant ?? rule.value).setBy ?? null, atLeast, inclusive, roll, startStated, wording: variant?.wording ?? rule.value.wording ?? null, reading: reading ?? null };
  return cite(cited(period, variant?.clauses ?? []), rule.clauses);
}

/** The last day of so long after an event that happened on that day. */
export function dueAfter(after: After, roll: 'none' | 'forward', eventOn: LocalDate, calendar: Calendar): Due {
  if ('immediately' in after) return fixed(eventOn, { roll: 'none' }, calendar);
  const { event: _event, ...span } = after;
  return due({ from: eventOn, ...span, roll }, calendar);
}

/** The last day of a period whose event happened on that day; null where the text gives no limit. A pack may read the last day as no longer in it. */
export function endOfPeriod({ after, roll, inclusive }: Period, eventOn: LocalDate, calendar: Calendar): Due | null {
  const end = after && dueAfter(after, roll, eventOn, calendar);
  if (!end || inclusive) return end;
  return { ...end, on: addDays(end.on, -1), counted: end.counted.filter((day) => day < end.on), because: `${end.because}；末日不计在内` };
}

/** Does everything a rule asks for hold? A fact that is not given does not. */
export const holdsWhen = (when: Facts | undefined, facts: Facts): boolean => Object.entries(when ?? {}).every(([name, value]) => facts[name] === value);

/** The frequencies of an activity that bind a kind of body under these facts, each with its id. */
export const frequenciesFor = (pack: Pack, { activity, kind, facts = {} }: { activity: Activity; kind?: InstitutionKind; facts?: Facts }): (Cited<FrequencyRule> & { readonly id: string })[] =>
  Object.entries(pack.rules.frequencies).filter(([, it]) => it.activity === activity && (!kind || !it.kinds || it.kinds.includes(kind)) && holdsWhen(it.when, facts))
    .map(([id, it]) => ({ id, ...cited(it, it.clauses) }));

export interface DatedList { readonly title: string; readonly items: readonly ListItem[]; readonly open: boolean; readonly listed: boolean }

/** A list as it stands on a day, for these facts: the items that hold, citing the list and each of them. Undefined when the pack has no such list. */
export function listAt(pack: Pack, id: string, on: LocalDate, facts: Facts = {}): Cited<DatedList> | undefined {
  const rule = ruleOf(pack, 'lists', id);
  if (!rule) return undefined;
  const { title, open, listed, items } = rule.value;
  const standing = items.filter((it) => within(on, it) && holdsWhen(it.when, facts));
  return cite(cited({ title, open, listed, items: standing }, rule.clauses), ...standing.map((it) => it.clauses ?? []));
}

/** The agency that acts on that day: the one named or whoever has taken over from it. Undefined when nobody does. */
export function agencyOn(pack: Pack, id: string, on: LocalDate): (Agency & { readonly id: string }) | undefined {
  const acting = actingOn(pack.campaign?.agencies ?? {}, id, on);
  return acting?.state === 'acts' ? { ...acting.agency, id: acting.id } : undefined;
}
