import type { Calendar } from './calendar.js';
import { due, fixed, type DueRule, type FixedRule } from './due.js';
import type { LocalDate } from './local-date.js';

/** A running clock as it stands: its rule, the day it has, and whether that day was firm. */
export interface Clock {
  clock: string;
  rule: DueRule | FixedRule;
  old: LocalDate;
  oldFirm?: boolean;
}

/** What a clock would become. `old` equals `new` where only the firmness changes. */
export interface Move { clock: string; old: LocalDate; new: LocalDate; firm: boolean }

/**
 * Lists the clocks that a new calendar would move, or make firm or provisional, in the order given.
 * Moves none: an officer confirms first. Without `oldFirm` only a changed day is listed.
 */
export function moved(clocks: readonly Clock[], newCalendar: Calendar): Move[] {
  return clocks.flatMap(({ clock, rule, old, oldFirm }) => {
    const now = 'on' in rule ? fixed(rule.on, rule, newCalendar) : due(rule, newCalendar);
    const same = now.on === old && (oldFirm === undefined || now.firm === oldFirm);
    return same ? [] : [{ clock, old, new: now.on, firm: now.firm }];
  });
}
