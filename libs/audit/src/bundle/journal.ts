import { canonicalJson, sha256 } from '../canonical.js';

/** One change of an obligation, as the journal has it. */
export interface JournalRow { seq: string; obligationId: string; what: string; at: string; dueAt: string | null; momentId: string | null; actor: string }

const second = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
const order = (a: JournalRow, b: JournalRow): number => (a.obligationId === b.obligationId ? (a.what < b.what ? -1 : 1) : a.obligationId < b.obligationId ? -1 : 1);

/** What a step claims of the entries it made: SHA-256 over `obligation what due`, one a line, in the order of the obligations. */
export const stepDigest = (rows: readonly JournalRow[]): string =>
  sha256([...rows].sort(order).map(({ obligationId, what, dueAt }) => `${obligationId} ${what} ${dueAt === null ? '-' : second(dueAt)}`).join('\n'));

/** How many slices the whole journal is told in when its unit finishes: an edited row is found to within one of them. */
const slices = 50;

export interface JournalSeal { rows: number; to: string; slices: string[] }

/** What the log says of a unit's whole journal once it has finished: its rows in order, in slices, each with its hash. */
export function sealOf(rows: readonly JournalRow[]): JournalSeal {
  const each = Math.max(1, Math.ceil(rows.length / slices));
  const parts = Array.from({ length: Math.ceil(rows.length / each) }, (_, at) => rows.slice(at * each, (at + 1) * each));
  return { rows: rows.length, to: rows.at(-1)?.seq ?? '0', slices: parts.map((part) => sha256(canonicalJson(part.map(written))).slice(0, 16)) };
}

const written = ({ seq, obligationId, what, at, dueAt, momentId, actor }: JournalRow) =>
  [seq, obligationId, what, new Date(at).toISOString(), dueAt === null ? null : new Date(dueAt).toISOString(), momentId, actor];

/** The rows that do not fit a seal: those of the slices whose hash differs. */
export function brokenSlices(rows: readonly JournalRow[], seal: JournalSeal): JournalRow[][] {
  const sealed = rows.filter(({ seq }) => BigInt(seq) <= BigInt(seal.to));
  const each = Math.max(1, Math.ceil(seal.rows / slices));
  const now = sealOf(sealed);
  return sealed.length === seal.rows ? seal.slices.flatMap((hash, at) => (hash === now.slices[at] ? [] : [sealed.slice(at * each, (at + 1) * each)])) : [sealed];
}
