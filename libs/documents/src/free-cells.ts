import type { TableLayout } from './table-layout.js';

/** What was written freely in the lines of a table (columns of `words`), each text once: named like the words of a request, it can be erased. */
export function freeCells({ columns }: TableLayout, lines: Iterable<Readonly<Record<string, unknown>>>): string[] {
  const keys = columns.flatMap(({ key, words }) => (words ? [key] : []));
  const texts = new Set<string>();
  for (const line of lines) for (const key of keys) if (typeof line[key] === 'string') texts.add(line[key]);
  return [...texts];
}
