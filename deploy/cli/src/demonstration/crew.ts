import { setTimeout as pause } from 'node:timers/promises';

/** How many jobs of a day are in hand at once. */
const hands = 8;

/** Does every job, some at a time. One that fails is handed to `failed`; the others go on. */
export async function eachOf<T>(jobs: readonly T[], work: (job: T) => Promise<void>, failed: (job: T, error: unknown) => void): Promise<void> {
  const left = [...jobs];
  const hand = async (): Promise<void> => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) {
      const mine = job;
      await work(mine).catch((error: unknown) => failed(mine, error));
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
}

/** Asks until the answer is yes; false when it never was within so many real milliseconds. */
export async function eventually(asked: () => Promise<boolean>, within = 180_000): Promise<boolean> {
  for (const until = Date.now() + within; ;) {
    if (await asked()) return true;
    if (Date.now() > until) return false;
    await pause(100);
  }
}
