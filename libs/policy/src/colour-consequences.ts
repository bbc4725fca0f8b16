import type { Calendar, LocalDate } from '@zhijian/calendar';
import { decide } from './decide.js';
import type { Pack } from './pack.js';
import { quotaFor, quotaTables, type KnownColours } from './quota.js';
import { endOfPeriod, periodOf } from './rule-lookup.js';
import type { Activity } from './vocabulary.js';

/** The activities whose number hangs on a colour. */
export const colouredActivities = ['inspection', 'quality-monitoring'] as const satisfies readonly Activity[];
export type ColouredActivity = (typeof colouredActivities)[number];

/** So often at least; `target` is what the text plans or permits, over so many `years`. Null: the pack rules nothing. */
export interface Often { readonly rule: string; readonly min: number; readonly target: number | null; readonly years: number; readonly clauses: readonly string[] }
export interface ColourConsequences { readonly often: Readonly<Record<ColouredActivity, Often | null>>; readonly report: boolean }

/** A body's colours as its quotas know them: without a colour of its year nothing of that year is public. */
export const knownColours = (thisYear: string | null, lastYear: string | null): KnownColours => ({ published: thisYear !== null, thisYear, lastYear });

/** How often somebody comes, as the quotas of the year count it (CQ-2024-10 to -16). */
function oftenOf(pack: Pack, activity: ColouredActivity, known: KnownColours): Often | null {
  if (!pack.decisions['colour-in-use'] || !pack.decisions[quotaTables[activity]]) return null;
  const { frequency, min, target, years, clauses } = quotaFor(pack, activity, known);
  return frequency === null || min === null ? null : { rule: frequency, min, target, years, clauses };
}

/** Does a published colour owe a rectification report (CQ-2024-17)? */
export const owesReport = (pack: Pack, colour: string | null): boolean => colour !== null && pack.decisions['rectification-duty'] !== undefined && decide<string>(pack, 'rectification-duty', { colour }).value === 'report';

/** What a year's colour entails (CQ-2024-10 to -17): how often somebody comes, by the tables its quotas are counted by, and whether a report is owed. */
export const consequencesOf = (pack: Pack, known: KnownColours): ColourConsequences =>
  ({ often: { inspection: oftenOf(pack, 'inspection', known), 'quality-monitoring': oftenOf(pack, 'quality-monitoring', known) }, report: owesReport(pack, known.thisYear) });

/** The period for which results are put up for objection: that of the pack's notice of kind `posting`. */
export const postingPeriodOf = (pack: Pack): string | undefined => Object.values(pack.rules.notices).find(({ kind, period }) => kind === 'posting' && period)?.period;

/** The last day of a period of a pack after an event; null where nothing happened or the pack has no such limit. */
export function lastDayOf(pack: Pack, period: string | undefined, eventOn: LocalDate | null, calendar: Calendar): string | null {
  if (period === undefined || eventOn === null) return null;
  const found = periodOf(pack, period, { on: eventOn });
  return (found && endOfPeriod(found.value, eventOn, calendar)?.on) ?? null;
}
