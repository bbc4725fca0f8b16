import type { ArchiveRecord, Manifest, ManifestSignature, RoomPart } from '../bundle/format.js';
import { bundlePaths } from '../bundle/format.js';
import type { History } from '../bundle/history.js';
import type { Certificate } from '../certificate.js';
import type { CommandEntry } from '../command-entry.js';

/** The files of a bundle by path, as they came out of the zip. */
export type Files = ReadonlyMap<string, Buffer>;

/** What does not fit, and where: `exact` when it names the very event, row, fact or certificate. */
export interface Found { check: string; where: string; message: string; exact: boolean }

export interface NamedEntry { room: string; at: string; entry: CommandEntry; body: string; leaf: string }

/** A bundle, read; what is missing is empty, and the check it belongs to says so. */
export interface Contents {
  files: Files;
  manifest: Manifest;
  signature: ManifestSignature;
  archive: ArchiveRecord | null;
  history: History | null;
  rooms: Map<string, RoomPart>;
  entries: NamedEntry[];
  certificates: { room: string; at: string; certificate: Certificate }[];
  facts: Map<string, StatedFact>;
}
export interface StatedFact { id: string; type: string; subject: string; time: string; actor: string; data: Record<string, unknown> }

const jsonOf = <T>(files: Files, path: string): T | null => {
  try {
    return JSON.parse(files.get(path)?.toString('utf8') ?? 'null') as T | null;
  } catch {
    return null;
  }
};

/** Reads what the checks look at. @param decode the history from its bytes; throws when they are none */
export function contentsOf(files: Files, manifest: Manifest, signature: ManifestSignature, decode: (bytes: Uint8Array) => History): Contents {
  const rooms = new Map<string, RoomPart>();
  for (const path of files.keys()) {
    const part = /^rooms\//.test(path) ? jsonOf<RoomPart>(files, path) : null;
    if (part) rooms.set(part.room, part);
  }
  const parts = [...rooms.values()];
  return {
    files, manifest, signature, rooms,
    archive: jsonOf<ArchiveRecord>(files, bundlePaths.archive),
    history: decoded(files.get(bundlePaths.history), decode),
    entries: parts.flatMap(({ room, entries }) => entries.flatMap(({ id, body, leaf }) => {
      const entry = parsed<CommandEntry>(body);
      return entry ? [{ room, at: `${bundlePaths.room(room)}#entries/${id}`, entry, body, leaf }] : [];
    })),
    certificates: parts.flatMap(({ room, certificates }) => certificates.flatMap(({ id, body }) => {
      const certificate = parsed<Certificate>(body);
      return certificate ? [{ room, at: `${bundlePaths.room(room)}#certificates/${id}`, certificate }] : [];
    })),
    facts: new Map(parts.flatMap(({ facts }) => facts.flatMap(({ id, body }) => {
      const fact = parsed<StatedFact>(body);
      return fact ? [[id, fact] as const] : [];
    }))),
  };
}

function parsed<T>(body: string): T | null {
  try {
    return JSON.parse(body) as T;
  } catch {
    return null;
  }
}

function decoded(bytes: Buffer | undefined, decode: (bytes: Uint8Array) => History): History | null {
  try {
    return bytes ? decode(bytes) : null;
  } catch {
    return null;
  }
}

/** Rows of one table of one room. */
export const rowsOf = <Row = Record<string, unknown>>({ rooms }: Contents, room: string, table: string): Row[] => (rooms.get(room)?.rows[table] ?? []) as Row[];

/** Whether a bundle was gathered as parts are chosen since then. */
export const gatheredSince = ({ manifest }: Contents, gathering: number): boolean => (manifest.gathering ?? 1) >= gathering;

/** A check that names what it finds. */
export type Check = (contents: Contents) => Found[] | Promise<Found[]>;
/** Makes the findings of one check. */
export const finder = (check: string) => (where: string, message: string, exact = true): Found => ({ check, where, message, exact });

export const sameInstant = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null) || Date.parse(String(a)) === Date.parse(String(b));
