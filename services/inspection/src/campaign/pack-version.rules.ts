import type { PlannedDuty, PlannedStage } from '@zhijian/policy';
import { recomputed, type Kept, type Move } from '../calendar/recomputed.rules.js';

export interface TakenOver { stages: readonly PlannedStage[]; moved: Move[]; kept: Kept[] }

interface Part { readonly id: string; readonly duties: readonly { readonly id: string }[] }

/** Stages and duties that only one of two versions has; a running campaign cannot take such a version over. */
export function differentParts(stages: readonly Part[], planned: readonly Part[]): string[] {
  const parts = (all: readonly Part[]) => new Set(all.flatMap(({ id, duties }) => [`stages/${id}`, ...duties.map((duty) => `stages/${id}/duties/${duty.id}`)]));
  const [before, after] = [parts(stages), parts(planned)];
  return [...before].filter((part) => !after.has(part)).concat([...after].filter((part) => !before.has(part))).sort();
}

/**
 * A unit's stages under a later version of its pack: words, forms, receivers, clauses and consequences are the new
 * ones; a day moves as under another calendar (one that has passed stays, a binding one is never cut short, both are
 * listed); a window changes only where its edge still lies ahead. Both versions have the same stages and duties.
 */
export function takenOver(stages: readonly PlannedStage[], planned: readonly PlannedStage[], standing: Parameters<typeof recomputed>[2]): TakenOver {
  const dated = recomputed(stages, planned, standing);
  const today = standing.now.slice(0, 10);
  const ahead = <T extends string | null>(old: T, next: T): T => (old !== null && old < today ? old : next);
  const duties = new Map(dated.stages.flatMap((stage) => stage.duties.map((duty) => [duty.id, duty])));
  const worded = (next: PlannedDuty): PlannedDuty => {
    const { dueOn, limitOn, firm, because, reminders } = duties.get(next.id) ?? next;
    return { ...next, dueOn, limitOn, firm, because, reminders };
  };
  const merged = planned.map((next) => {
    const old = stages.find(({ id }) => id === next.id) ?? next;
    return { ...next, opensOn: ahead(old.opensOn, next.opensOn), closesOn: ahead(old.closesOn, next.closesOn), duties: next.duties.map(worded) };
  });
  return { stages: merged, moved: dated.moved, kept: dated.kept };
}
