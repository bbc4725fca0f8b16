import { dueAt, startOfDay } from '@zhijian/calendar';
import type { PlannedStage } from '@zhijian/policy';
import type { StepKind } from '@zhijian/contracts/activities';

/** Something that must happen in a unit at a legal instant. */
export interface Moment {
  kind: Exclude<StepKind, 'suspended' | 'done'>;
  stage: string;
  duty: string | null;
  dueAt: string;
  firm: boolean;
  clauses: string[];
}

const order = ['sweep', 'close-stage', 'freeze-roster', 'open-stage', 'remind'] as const;

/**
 * The moments of a unit: each stage opens and closes on its day, each duty is reminded of and swept when its day has
 * ended, and the roster is frozen before the first stage that binds institutions. A duty due on a stage's last day is
 * swept by the closing; while that day is provisional it has a moment of its own, which holds the closing up. At one instant, what ends comes before what begins.
 */
export function momentsOf(stages: readonly PlannedStage[]): Moment[] {
  const bindsInstitutions = [...stages].sort((a, b) => (a.opensOn < b.opensOn ? -1 : 1)).find((stage) => stage.duties.some((duty) => duty.subject === 'institution'));
  const moments = stages.flatMap((stage): Moment[] => {
    const at = (kind: Moment['kind'], instant: string, duty: string | null = null, clauses: readonly string[] = stage.clauses, firm = true): Moment => ({ kind, stage: stage.id, duty, dueAt: instant, firm, clauses: [...clauses] });
    const duties = stage.duties.flatMap((duty) => {
      if (duty.dueOn === null) return [];
      const sweep = duty.dueOn === stage.closesOn && duty.firm ? [] : [at('sweep', dueAt(duty.dueOn), duty.id, duty.clauses, duty.firm)];
      return [...duty.reminders.map((reminder) => at('remind', startOfDay(reminder.on), duty.id, duty.clauses)), ...sweep];
    });
    return [
      ...(stage === bindsInstitutions ? [at('freeze-roster', startOfDay(stage.opensOn))] : []),
      at('open-stage', startOfDay(stage.opensOn)), ...duties, at('close-stage', dueAt(stage.closesOn)),
    ];
  });
  return moments.sort((a, b) => (a.dueAt === b.dueAt ? order.indexOf(a.kind) - order.indexOf(b.kind) : a.dueAt < b.dueAt ? -1 : 1));
}
