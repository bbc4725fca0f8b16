// Waiting is asking with a limit.
export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Asks until the answer is neither undefined nor false. @returns the answer; throws what was waited for after `within` ms */
export async function eventually(what, ask, within = 30_000) {
  const end = Date.now() + within;
  for (let last; ; ) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${what}${last ? ` (${last.message})` : ''}`);
    await pause(50);
  }
}
