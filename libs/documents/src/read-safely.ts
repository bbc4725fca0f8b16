import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { wholeFile, type DocumentFault } from './address.js';
import { readDirectory, type ArchiveEntry } from './archive.js';
import { readCsv } from './csv.js';
import { endedEarly } from './ended-early.js';
import { fileKindOf } from './file-kind.js';
import type { RawSheet } from './raw-cell.js';

export interface ReadLimits {
  readonly bytes: number;
  /** Files inside a xlsx, their unpacked bytes, and how many times larger than packed they may be. */
  readonly entries: number; readonly uncompressedBytes: number; readonly ratio: number;
  readonly cells: number;
  readonly milliseconds: number; readonly heapMegabytes: number;
}

export const defaultLimits: ReadLimits = {
  bytes: 10 * 1_048_576, entries: 200, uncompressedBytes: 200 * 1_048_576, ratio: 100, cells: 600_000, milliseconds: 30_000, heapMegabytes: 512,
};

export type ReadResult = { readonly ok: true; readonly sheets: readonly RawSheet[] } | { readonly ok: false; readonly errors: readonly DocumentFault[] };

const readerFile = fileURLToPath(new URL('../reader/read-cells.mjs', import.meta.url));
const refuse = (message: string): ReadResult => ({ ok: false, errors: [{ path: wholeFile, message }] });

/**
 * Takes the bytes of a table from outside (xlsx, xls, csv by its bytes, not by its name), gives its cells. A hostile or
 * damaged file gives one Chinese sentence: it is judged first and then read in a process of its own that may neither
 * write nor start anything, within a time and a heap.
 */
export async function readSafely(bytes: Uint8Array, limits: Partial<ReadLimits> = {}): Promise<ReadResult> {
  const bounds = { ...defaultLimits, ...limits };
  if (bytes.length > bounds.bytes) return refuse(`文件超过${Math.floor(bounds.bytes / 1_048_576)} MB`);
  const known = fileKindOf(bytes);
  if (!known.ok) return refuse(known.message);
  if (known.kind === 'csv') {
    const csv = readCsv(bytes, bounds.cells);
    return csv.ok ? { ok: true, sheets: [csv.sheet] } : refuse(csv.message);
  }
  if (known.kind === 'xls') return readApart({ kind: 'xls', bytes, mostCells: bounds.cells }, bounds);
  const directory = readDirectory(bytes, bounds);
  if (!directory.ok) return refuse(directory.message);
  return readApart({ kind: 'xlsx', bytes, entries: directory.entries, mostCells: bounds.cells }, bounds);
}

interface ReadOrder { readonly kind: 'xlsx' | 'xls'; readonly bytes: Uint8Array; readonly entries?: readonly ArchiveEntry[]; readonly mostCells: number }
type Answer = { readonly ok: true; readonly sheets: readonly RawSheet[] } | { readonly ok: false; readonly message: string };

function readApart(order: ReadOrder, { milliseconds, heapMegabytes }: ReadLimits): Promise<ReadResult> {
  return new Promise((resolve) => {
    const child = fork(readerFile, [], {
      serialization: 'advanced', env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], timeout: milliseconds, killSignal: 'SIGKILL',
      execArgv: [`--max-old-space-size=${heapMegabytes}`, '--permission', '--allow-fs-read=*'],
    });
    const finish = (result: ReadResult): void => { child.kill('SIGKILL'); resolve(result); };
    child.once('message', (answer: Answer) => { finish(answer.ok ? answer : refuse(answer.message)); });
    child.once('error', () => { finish(refuse('表格读取程序无法启动，请稍后再试')); });
    // 'close', not 'exit': by then everything the process said has been heard.
    child.once('close', (code, signal) => { finish(refuse(endedEarly(code, signal))); });
    child.send(order, () => undefined);
  });
}
