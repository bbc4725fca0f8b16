/** Ids, codes, days: what a client only writes back. */
const code = /^(?:[A-Za-z0-9*][A-Za-z0-9@/.:_*-]{0,39}|\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]*)?)$/;

/** Does a field stand under one of these pointers? */
const among = (path: readonly string[], says: readonly string[]): boolean =>
  says.some((pointer) => { const steps = pointer.split('/').slice(1); return steps.length === path.length && steps.every((step, at) => step === '*' || step === path[at]); });

/**
 * What was written freely in a parsed body: every text that is no code, except in fields whose words are about bodies and
 * documents. Longest first, so that a text that contains another is taken as a whole.
 */
export function freeWords(body: unknown, says: readonly string[] = []): string[] {
  const found = new Set<string>();
  const walk = (it: unknown, path: readonly string[]): void => {
    if (typeof it === 'string') {
      if (it.trim() && !code.test(it) && !among(path, says)) found.add(it);
    } else if (Array.isArray(it)) it.forEach((one, at) => walk(one, [...path, String(at)]));
    else if (typeof it === 'object' && it !== null) for (const [name, one] of Object.entries(it)) { walk(name, path); walk(one, [...path, name]); }
  };
  walk(body, []);
  return [...found].sort((a, b) => b.length - a.length);
}
