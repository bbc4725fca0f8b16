import { hash } from 'node:crypto';
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

const text = (value: string): string => JSON.stringify(value);
const listed = <T>(items: readonly T[], write: (item: T) => string): string => `[${items.map(write).join()}]`;
const step = ({ activity, id, run }: WorkflowStep): string => `{"activity":${text(activity)},"id":${text(id)},"run":${text(run)}}`;
const note = ({ action, detail, jurisdiction, policy, subject }: Note): string =>
  `{"action":${text(action)},"detail":${canonicalJson(detail)},"jurisdiction":${text(jurisdiction)},"policy":${canonicalJson(policy)},"subject":${text(subject)}}`;

/**
 * An entry as it is stored and hashed: canonical JSON. Written member by member, in the order of their names: every command
 * writes one.
 */
export const entryBody = ({ actor, at, cause, certificates, facts, id, jurisdiction, notes, room, v, workflow }: CommandEntry): string =>
  `{"actor":${text(actor)},"at":${text(at)},"cause":${text(cause)},"certificates":${listed(certificates, (it) => `{"id":${text(it.id)},"sha256":${text(it.sha256)}}`)}`
  + `,"facts":${listed(facts, (it) => `{"id":${text(it.id)},"sha256":${text(it.sha256)},"type":${text(it.type)}}`)},"id":${text(id)},"jurisdiction":${text(jurisdiction)}`
  + `,"notes":${listed(notes, note)},"room":${text(room)},"v":${v},"workflow":${workflow ? step(workflow) : 'null'}}`;

/** The hash of an entry as a leaf of the log (RFC 9162 §2.1.1): SHA-256 of 0x00 and the entry's bytes. */
export const leafHash = (body: string): Buffer => hash('sha256', `\0${body}`, 'buffer');
