import { condition } from '@temporalio/workflow';

/** Waits until the real instant or the event; without an instant only the event wakes it. True when the event came first. */
export async function reached(instant: string | null, event: () => boolean): Promise<boolean> {
  if (instant === null) {
    await condition(event);
    return true;
  }
  return condition(event, Math.max(1, Date.parse(instant) - Date.now()));
}
