import type { SignedHead } from '../log/index.js';

/** For each entry, by its id: where it stands in the tree of the head, and the hashes beside its way up to the root (hex). */
export interface LogProofs { head: SignedHead; publicKey: string; entries: Record<string, { index: number; path: string[] }> }
