import type { SignedHead } from '../log/index.js';

/** The file an auditor takes away: one zip, everything in it named by a signed manifest. */
export const bundleFormat = 1;

/** Larger is no bundle of ours: bytes of the file, of one entry unpacked, of all together; how many entries; how much smaller packed. */
export const bundleLimits = { file: 64_000_000, entry: 64_000_000, unpacked: 200_000_000, entries: 200, ratio: 200 } as const;

/**
 * How a case's parts are chosen, as the manifest says it. 2: a district's file holds the penalties that became public of its cases,
 * and a year's its notices, with the entries that tell of them. A file that says nothing was made before; what it cannot hold is not missing in it.
 */
export const gatheringNow = 2;

export interface ManifestFile { path: string; sha256: string; bytes: number }
export interface Manifest {
  format: typeof bundleFormat;
  /** The installation that made it. */
  installation: string;
  madeAt: string;
  workflowId: string;
  runId: string;
  gathering?: number;
  files: ManifestFile[];
  /** The signed head of the log that the proofs lead to; null where the installation has none yet. */
  treeHead: SignedHead | null;
}
/** By the key of the installation's log over the text of `manifest.json`. The key is public (SPKI, Base64); its name is the SHA-256 of its bytes (hex). */
export interface ManifestSignature { algorithm: 'Ed25519'; keyId: string; publicKey: string; signature: string }

export const bundlePaths = {
  manifest: 'manifest.json', signature: 'manifest.sig', archive: 'archive.json', history: 'history.pb', events: 'history.events', bundle: 'workflow-bundle.js', proofs: 'proofs.json',
  room: (room: string) => `rooms/${room}.json`,
  kept: (kind: KeptKind, sha256: string) => `${kind}s/${sha256}.json`,
} as const;

const known = [/^(?:archive|proofs)\.json$/, /^history\.(?:pb|events)$/, /^workflow-bundle\.js$/, /^rooms\/[a-z-]{1,40}\.json$/, /^(?:packs|calendars)\/[0-9a-f]{64}\.json$/];
/** Whether a bundle may hold a file of this path; nothing else is looked at. */
export const isBundlePath = (path: string): boolean => path === bundlePaths.manifest || path === bundlePaths.signature || known.some((shape) => shape.test(path));

export type KeptKind = 'pack' | 'calendar';
/** A pack (its files by path) or a calendar (its notices by year), kept once under its hash. */
export interface KeptFile { kind: KeptKind; name: string; sha256: string }

/** One archived run, word for word as its entry in the log says it. */
export interface ArchiveRecord {
  v: 1;
  workflowId: string;
  runId: string;
  workflowType: string;
  /** Of a campaign's workflow only, else null: the others' ids say all. */
  campaignId: string | null;
  unit: string | null;
  /** Temporal's word for its state: COMPLETED, RUNNING, … */
  status: string;
  startedAt: string;
  closedAt: string | null;
  events: number;
  historySha256: string;
  /** Over the list of the events' own hashes. */
  eventsSha256: string;
  /** The bundle kept with it: the one that ran it, or where that was never kept (`ranBy`), the one of the day it was archived. */
  bundleSha256: string;
  ranBy?: string;
  sdk: string;
  files: KeptFile[];
  archivedAt: string;
}

/** What one room knows of a case. */
export interface RoomPart {
  room: string;
  entries: { id: string; body: string; leaf: string }[];
  certificates: { id: string; sha256: string; body: string }[];
  ruleTexts: { sha256: string; body: string }[];
  facts: { id: string; body: string }[];
  /** Its own rows, by table. */
  rows: Record<string, Record<string, unknown>[]>;
}
