// Workflows of the bare arms: activities that do nothing, timers, and no more.
import { proxyActivities, sleep } from '@temporalio/workflow';

const { nothing } = proxyActivities({ startToCloseTimeout: '1 minute' });

/** So many activities one after another, with so many timers between them. */
export async function alike({ activities, timers }) {
  for (let at = 0; at < Math.max(activities, timers); at += 1) {
    if (at < timers) await sleep(10);
    if (at < activities) await nothing();
  }
}
