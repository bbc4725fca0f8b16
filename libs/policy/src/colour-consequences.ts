import type { Calendar, LocalDate } from '@zhijian/calendar';
import { decide } from './decide.js';
import type { Pack } from './pack.js';
import { endOfPeriod, frequenciesFor, periodOf } from './rule-lookup.js';
import type { Activity } from './vocabulary.js';

/** The activities whose number hangs on a colour. */
export const colouredActivities = ['inspection', 'quality-monitoring'] as const satisfies readonly Activity[];
export type ColouredActivity = (typeof colouredActivities)[number];

/** So often at least; `target` is what the text plans or permits, `per` the calendar year or so many years. Null: the pack rules nothing. */
export interface Often { readonly rule: string; readonly min: number; readonly target: number | null; readonly per: string; readonly clauses: readonly string[] }
export interface ColourConsequences { readonly often: Readonly<Record<ColouredActivity, Often | null>>; readonly report: boolean }

/** What a published colour entails (CQ-2024-10 to -17): how often somebody comes, and whether a report is owed. No colour: what the pack says of none. */
export function consequencesOf(pack: Pack, colour: string | null): ColourConsequences {
  const often = (activity: ColouredActivity): Often | null => {
    const rule = colour === null ? undefined : frequenciesFor(pack, { activity, facts: { colour } })[0];
    return rule ? { rule: rule.id, min: rule.value.min, target: rule.value.target ?? null, per: typeof rule.value.per === 'string' ? rule.value.per : JSON.stringify(rule.value.per), clauses: rule.clauses } : null;
  };
  const report = colour !== null && pack.decisions['rectification-duty'] !== undefined && decide<string>(pack, 'rectification-duty', { colour }).value === 'report';
  return { often: { inspection: often('inspection'), 'quality-monitoring': often('quality-monitoring') }, report };
}

/** The period for which results are put up for objection: that of the pack's notice of kind `posting`. */
export const postingPeriodOf = (pack: Pack): string | undefined => Object.values(pack.rules.notices).find(({ kind, period }) => kind === 'posting' && period)?.period;

/** The last day of a period of a pack after an event; null where nothing happened or the pack has no such limit. */
export function lastDayOf(pack: Pack, period: string | undefined, eventOn: LocalDate | null, calendar: Calendar): string | null {
  if (period === undefined || eventOn === null) return null;
  const found = periodOf(pack, period, { on: eventOn });
  return (found && endOfPeriod(found.value, eventOn, calendar)?.on) ?? null;
}
