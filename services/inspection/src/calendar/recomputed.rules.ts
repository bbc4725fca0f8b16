import { keptBecause, type KeptBecause, type LocalDate } from '@zhijian/calendar';
import type { PlannedDuty, PlannedStage } from '@zhijian/policy';

/** A day of a duty that another calendar changes; `old` equals `new` where it only becomes firm. */
export interface Move { duty: string; title: string; old: LocalDate; new: LocalDate; firm: boolean; clauses: readonly string[] }
/** A day that would differ and stays all the same. */
export interface Kept extends Move { why: KeptBecause }
export interface Recomputed { stages: readonly PlannedStage[]; moved: Move[]; kept: Kept[] }

interface Standing {
  /** Duties that bind somebody already: an obligation of theirs has been opened. */
  binding: ReadonlySet<string>;
  /** ISO instant with offset. */
  now: string;
}

/**
 * A unit's stages under another calendar: `planned` is the whole plan computed anew, with amendments and own dates.
 * Only dates change. A provisional day gives way to whatever the new calendar says; a firm one never becomes
 * provisional, stays when it has passed, and is never cut short once it binds somebody (people rely on a day announced
 * as certain): what would differ is listed for an officer to review.
 */
export function recomputed(stages: readonly PlannedStage[], planned: readonly PlannedStage[], standing: Standing): Recomputed {
  const anew = new Map(planned.flatMap(({ duties }) => duties.map((duty) => [duty.id, duty])));
  const moved: Move[] = [];
  const kept: Kept[] = [];
  const change = (duty: PlannedDuty): PlannedDuty => {
    const next = anew.get(duty.id);
    if (!next || duty.dueOn === null || next.dueOn === null || same(duty, next) || (duty.firm && !next.firm)) return duty;
    const move: Move = { duty: duty.id, title: duty.title, old: duty.dueOn, new: next.dueOn, firm: next.firm, clauses: duty.clauses };
    const why = keptBecause({ on: duty.dueOn, firm: duty.firm }, { on: next.dueOn, firm: next.firm }, { now: standing.now, binding: standing.binding.has(duty.id) });
    if (why) {
      kept.push({ ...move, why });
      return duty;
    }
    moved.push(move);
    return { ...duty, dueOn: next.dueOn, limitOn: next.limitOn, firm: next.firm, because: next.because, reminders: next.reminders };
  };
  return { stages: stages.map((stage) => ({ ...stage, duties: stage.duties.map(change) })), moved, kept };
}

const same = (a: PlannedDuty, b: PlannedDuty): boolean => a.dueOn === b.dueOn && a.limitOn === b.limitOn && a.firm === b.firm;
