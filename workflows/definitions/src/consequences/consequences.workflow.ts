import { defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { ConsequencesActivities, ConsequenceStep } from '@zhijian/contracts/activities';
import { signals, taskQueues, type ColourYearRun, type DaysMovedSignal, type PublishedSignal } from '@zhijian/contracts/workflows';
import { reached } from '../timers.js';

const inspection = proxyActivities<ConsequencesActivities>({ taskQueue: taskQueues.inspection, startToCloseTimeout: '2 minutes', retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' } });

export const published = defineSignal<[PublishedSignal]>(signals.published);
export const daysMoved = defineSignal<[DaysMovedSignal]>(signals.daysMoved);

/** How many notices were taken over, and what was done in how many steps. */
export interface ConsequencesOutcome { notices: number; steps: Record<string, number> }

/**
 * What the colours of a year entail in a jurisdiction: who owes a report is reminded, who has handed none in by the end of the
 * day is stated, and at the year's end what was owed and not done is listed. However many bodies: they are rows. Every
 * notice that publishes colours, a correction's too, is a signal; a correction after the end begins it anew.
 */
export async function consequences(_year: ColourYearRun): Promise<ConsequencesOutcome> {
  const heard = new Set<string>();
  const notices: PublishedSignal[] = [];
  const outcome: ConsequencesOutcome = { notices: 0, steps: {} };
  let moved = false;
  setHandler(published, (notice) => {
    if (!heard.has(notice.factId)) notices.push(notice);
    heard.add(notice.factId);
  });
  setHandler(daysMoved, ({ factId }) => {
    moved ||= !heard.has(factId);
    heard.add(factId);
  });

  let { next } = await inspection.nextConsequence();
  while (next.kind !== 'done' || notices.length > 0 || moved) {
    const notice = notices.shift();
    if (notice) {
      outcome.notices += 1;
      next = (await inspection.takeColours({ noticeId: notice.noticeId, published: notice.published })).next;
    } else if (moved || (!next.passed && (await reached(next.wakeAt ?? null, () => moved || notices.length > 0)))) {
      const asked = moved;
      moved = false;
      if (asked) ({ next } = await inspection.nextConsequence());
    } else {
      const done = await ordered(next);
      for (const { kind } of done.did ?? []) outcome.steps[kind] = (outcome.steps[kind] ?? 0) + 1;
      next = done.next;
    }
  }
  return outcome;
}

const ordered = ({ kind }: ConsequenceStep) => (kind === 'remind' ? inspection.remindReports() : kind === 'sweep' ? inspection.sweepReports() : inspection.closeCheckYear());
