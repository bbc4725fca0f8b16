import { defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { ColourClosing, QualityControlActivities } from '@zhijian/contracts/activities';
import { signals, taskQueues, type ColouringInput, type ColoursMovedSignal } from '@zhijian/contracts/workflows';
import { reached } from '../timers.js';

const qualityControl = proxyActivities<QualityControlActivities>({ taskQueue: taskQueues.qualityControl, startToCloseTimeout: '2 minutes', retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' } });

export const coloursMoved = defineSignal<[ColoursMovedSignal]>(signals.coloursMoved);

/** How often the colours were signed, put up and made public, and what the year left undone. */
export interface ColouringOutcome { signed: number; posted: number; finished: number; closing: ColourClosing }

/**
 * A year's colouring: it proposes, then people sign, put up and publish, each told by a signal; when a notice has ended,
 * years in a row are counted. At the end of the year it says what was owed and not done, signed or not. It ends once
 * both have come: the year's end and a publication.
 */
export async function colouring({ runId, jurisdiction }: ColouringInput): Promise<ColouringOutcome> {
  const run = { runId, jurisdiction };
  const heard = new Set<string>();
  const come = { signed: 0, posted: 0, finished: 0 };
  setHandler(coloursMoved, ({ factId, what }) => {
    if (!heard.has(factId)) come[what] += 1;
    heard.add(factId);
  });

  await qualityControl.proposeColours(run);
  let counted = 0;
  let closing: ColourClosing | undefined;
  let end = await qualityControl.colourYearEnd(run);
  while (!closing || counted === 0 || counted < come.finished) {
    if (counted < come.finished) {
      counted = come.finished;
      await qualityControl.countRedYears(run);
    } else if (!closing && end.passed) {
      closing = await qualityControl.closeColourYear(run);
    } else if (!(await reached(closing ? null : end.wakeAt, () => counted < come.finished))) {
      end = await qualityControl.colourYearEnd(run);
    }
  }
  return { ...come, closing };
}
