import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { wholeFile, type DocumentFault } from './address.js';
import { readDirectory } from './archive.js';
import { endedEarly } from './ended-early.js';
import { fileKindOf } from './file-kind.js';
import type { RawCell } from './raw-cell.js';
import { defaultLimits, type ReadLimits } from './read-safely.js';

export interface RowLimits extends Omit<ReadLimits, 'cells'> { readonly cells: number; readonly rows: number; readonly textCharacters: number }

export const defaultRowLimits: RowLimits = { ...defaultLimits, cells: 3_000_000, rows: 120_000, textCharacters: 30_000_000, milliseconds: 90_000, heapMegabytes: 128 };

/** A line as it stands in the file, from 0, with its cells by column. */
export interface RawRow { readonly row: number; readonly cells: ReadonlyMap<number, RawCell> }
/** A range of merged cells, from 0, both ends included. */
export interface Merge { readonly range: string; readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }
/** What comes out of a file, sheet after sheet: those with content, then their lines in order. */
export interface RowTaker { sheet(name: string, merges: readonly Merge[]): void; rows(rows: readonly RawRow[]): void | Promise<void> }

type Told = { sheet: string; merges: string[] } | { rows: (number | string | boolean)[][] } | { done: true } | { refused: string };

const readerFile = fileURLToPath(new URL('../reader/stream-rows.mjs', import.meta.url));

/**
 * Hands the lines of an xlsx from outside to `taker`, a thousand at a time, however many there are: neither this process nor
 * the one that reads ever has the whole of it. A hostile or damaged file gives one Chinese sentence; what was handed over
 * before is then worth nothing.
 */
export async function readRows(bytes: Uint8Array, taker: RowTaker, limits: Partial<RowLimits> = {}): Promise<DocumentFault[]> {
  const bounds = { ...defaultRowLimits, ...limits };
  if (bytes.length > bounds.bytes) return refused(`文件超过${Math.floor(bounds.bytes / 1_048_576)} MB`);
  const known = fileKindOf(bytes);
  if (!known.ok) return refused(known.message);
  if (known.kind !== 'xlsx') return refused('只接受 xlsx，请用 Excel 或 WPS 另存为 xlsx');
  const directory = readDirectory(bytes, bounds);
  if (!directory.ok) return refused(directory.message);
  const child = fork(readerFile, [], {
    serialization: 'advanced', env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], timeout: bounds.milliseconds, killSignal: 'SIGKILL',
    // What a line leaves behind is garbage at once: a small space for the young costs no time and saves twenty megabytes.
    execArgv: ['--max-semi-space-size=2', `--max-old-space-size=${bounds.heapMegabytes}`, '--permission', '--allow-fs-read=*'],
  });
  child.send({ bytes, entries: directory.entries, mostRows: bounds.rows, mostCells: bounds.cells, mostText: bounds.textCharacters }, () => undefined);
  try {
    return await taken(child, taker);
  } finally {
    child.kill('SIGKILL');
  }
}

const refused = (message: string): DocumentFault[] => [{ path: wholeFile, message }];

function taken(child: ChildProcess, taker: RowTaker): Promise<DocumentFault[]> {
  return new Promise((resolve, reject) => {
    const take = async (told: Told): Promise<void> => {
      if ('done' in told) resolve([]);
      else if ('refused' in told) resolve(refused(told.refused));
      else {
        if ('sheet' in told) taker.sheet(told.sheet, told.merges.map(mergeOf));
        else await taker.rows(told.rows.map(rowOf));
        child.send('more', () => undefined);
      }
    };
    child.on('message', (told: Told) => { take(told).catch(reject); });
    child.once('error', () => { resolve(refused('表格读取程序无法启动，请稍后再试')); });
    // 'close', not 'exit': by then everything the process said has been heard.
    child.once('close', (code, signal) => { resolve(refused(endedEarly(code, signal))); });
  });
}

function rowOf([row, ...flat]: (number | string | boolean)[]): RawRow {
  const cells = new Map<number, RawCell>();
  for (let at = 0; at < flat.length; at += 3) cells.set(flat[at] as number, cellOf(row as number, flat[at] as number, flat[at + 1] as string, flat[at + 2]!));
  return { row: row as number, cells };
}

function cellOf(row: number, column: number, kind: string, value: number | string | boolean): RawCell {
  if (kind === 'date' || kind === 'date-time') return { row, column, kind: 'date', value: String(value), time: kind === 'date-time' };
  return { row, column, kind, value } as RawCell;
}

function mergeOf(range: string): Merge {
  const [, c1 = '', r1 = '', c2 = '', r2 = ''] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/u.exec(range) ?? [];
  const column = (letters: string): number => [...letters].reduce((at, letter) => at * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { range, top: Number(r1) - 1, left: column(c1), bottom: Number(r2) - 1, right: column(c2) };
}
