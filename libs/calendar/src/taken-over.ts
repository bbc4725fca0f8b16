import { dueAt } from './instants.js';
import type { LocalDate } from './local-date.js';

/** A day as it stands, or as another calendar gives it; `firm` false: provisional, for want of a holiday notice. */
export interface DatedDay { readonly on: LocalDate; readonly firm: boolean }

/** Why a day stays although another calendar gives another: it was firm and has ended, or would cut short a firm day that binds somebody. */
export type KeptBecause = 'passed' | 'shortened';

/**
 * Whether a day stays as it is under another calendar. A provisional day always gives way. A firm one that has ended (24:00
 * Beijing time) stays, and so does a firm one that binds somebody and would come earlier: people rely on a day announced as certain.
 * @param now an ISO instant with offset; `binding`: somebody is bound by the day already
 */
export function keptBecause(stood: DatedDay, anew: DatedDay, { now, binding }: { now: string; binding: boolean }): KeptBecause | null {
  if (!stood.firm) return null;
  if (Date.parse(dueAt(stood.on)) <= Date.parse(now)) return 'passed';
  return binding && anew.on < stood.on ? 'shortened' : null;
}

/** What another calendar makes of a day that binds somebody: nothing, another day (or the same, now firm), or a difference that is listed and not taken over. A firm day never becomes provisional. */
export function takenOver(stood: DatedDay, anew: DatedDay, now: string): 'same' | 'moved' | KeptBecause {
  if ((stood.firm && !anew.firm) || (stood.on === anew.on && stood.firm === anew.firm)) return 'same';
  return keptBecause(stood, anew, { now, binding: true }) ?? 'moved';
}
