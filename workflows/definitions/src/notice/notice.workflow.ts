import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import type { PublicationActivities } from '@zhijian/contracts/activities';
import { signals, taskQueues, type NoticeInput, type NoticeMovedSignal } from '@zhijian/contracts/workflows';
import { reached } from '../timers.js';

const patience = { startToCloseTimeout: '2 minutes', retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' } } as const;
const publication = proxyActivities<PublicationActivities>({ taskQueue: taskQueues.publication, ...patience });

export const noticeMoved = defineSignal<[NoticeMovedSignal]>(signals.noticeMoved);

/** What came of a notice. */
export interface NoticeOutcome { outcome: 'withdrawn' | 'settled'; published: number }

/**
 * One notice, from its posting until nothing in it is left open. When its last day is over, every entry without an open
 * objection is published; what an objection holds back, or somebody has yet to post on another official site, keeps it
 * waiting, however long. The last day is the recorded result of an activity, asked again on each waking.
 */
export async function notice({ noticeId }: NoticeInput): Promise<NoticeOutcome> {
  const heard = new Set<string>();
  let news = false;
  setHandler(noticeMoved, ({ factId }) => {
    news ||= !heard.has(factId);
    heard.add(factId);
  });

  let step = await publication.noticeStep({ noticeId });
  while (step.state === 'posted' && !step.passed) {
    await reached(step.wakeAt, () => news);
    news = false;
    step = await publication.noticeStep({ noticeId });
  }
  if (step.state === 'withdrawn') return { outcome: 'withdrawn', published: 0 };

  let done = await publication.publishReady({ noticeId });
  while (!done.settled) {
    await condition(() => news);
    news = false;
    done = await publication.publishReady({ noticeId });
  }
  return { outcome: 'settled', published: done.published };
}
