import type { Pack } from './pack.js';
import type { Problem } from './problem.js';

/** A clause that is cited and has no quote, neither in the pack nor in its parent. */
export const clauses = (known: Pack, file: string, path: string, ids: readonly string[]): Problem[] =>
  ids.filter((id) => !known.clauses[id]).map((id) => ({ file, path, message: `没有条款 ${id}`, kind: 'unquoted' as const }));
