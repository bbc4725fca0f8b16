import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.js';
import type { WorkflowStep } from './certificate.js';

export interface Note { action: string; subject: string; jurisdiction: string; policy: unknown; detail: Record<string, unknown> }

/** One command's entry: who, when, why, what was noted, which facts and certificates were committed with it. */
export interface CommandEntry {
  v: 1;
  id: string;
  /** The room that wrote it, by its schema. */
  room: string;
  at: string;
  actor: string;
  jurisdiction: string;
  cause: string;
  workflow: WorkflowStep | null;
  notes: Note[];
  facts: { id: string; type: string; sha256: string }[];
  certificates: { id: string; sha256: string }[];
}

/** An entry as it is stored and hashed: canonical JSON. */
export const entryBody = (entry: CommandEntry): string => canonicalJson(entry);

/** The hash of an entry as a leaf of the log (RFC 9162 §2.1.1): SHA-256 of 0x00 and the entry's bytes. */
export const leafHash = (body: string): Buffer => createHash('sha256').update(Buffer.of(0)).update(body, 'utf8').digest();
