import type { Caller } from './tx.js';

/** The caller with words of theirs that stood in a file: withheld and kept like those of the request, so that they can be named for erasure. */
export const saying = (by: Caller, texts: readonly string[], names: readonly string[] = []): Caller => ({
  ...by, texts: [...new Set([...(by.texts ?? []), ...texts])].sort((a, b) => b.length - a.length), names: [...new Set([...(by.names ?? []), ...names])],
});
