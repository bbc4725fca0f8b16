import { dueAt, type LocalDate } from '@zhijian/calendar';
import type { PlannedDuty, PlannedStage } from '@zhijian/policy';

/** A day of a duty that another calendar changes; `old` equals `new` where it only becomes firm. */
export interface Move { duty: string; title: string; old: LocalDate; new: LocalDate; firm: boolean; clauses: readonly string[] }
/** `passed`: the day was firm and has ended. `shortened`: it would cut short a firm day that already binds somebody. */
export interface Kept extends Move { why: 'passed' | 'shortened' }
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
    const why = reasonToKeep(duty, move, standing);
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

function reasonToKeep(duty: PlannedDuty, move: Move, { binding, now }: Standing): Kept['why'] | null {
  if (!duty.firm) return null;
  if (Date.parse(dueAt(move.old)) <= Date.parse(now)) return 'passed';
  return move.new < move.old && binding.has(duty.id) ? 'shortened' : null;
}
