/**
 * Asks until the answer is neither undefined nor false, at most `within` milliseconds.
 * @throws the last error, or what was waited for
 */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined | false> | T | undefined | false, within = 5000): Promise<T> {
  const end = Date.now() + within;
  for (let last: unknown; ; ) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw last instanceof Error ? last : new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
