import type { Statement } from './prepared.js';

/** A reading that travels behind a COMMIT, and what becomes of its answer: the rows, or null when the commit failed. */
export interface Brought { readonly statement: Statement; told(rows: unknown[] | null): void }

/** Who sends what has been committed: the relay of this process, as the write path knows it. */
export interface Sender {
  /** Facts have been committed. */
  announce(): void;
  /** While it rests, the commit that ends its rest brings along what it would read first; null: it reads for itself. */
  next(): Brought | null;
}
