import { pathOf, wholeFile, type DocumentFault } from './address.js';
import { matchHeaders } from './match-headers.js';
import { parseCell } from './parse-cell.js';
import { pickSheet } from './pick-sheet.js';
import type { CellGrid, RawCell } from './raw-cell.js';
import { readSafely, type ReadLimits } from './read-safely.js';
import type { TableColumn, TableLayout } from './table-layout.js';

/** An entry that can be taken, with the number of its line as the officer sees it (from 1). */
export interface TableRow { readonly row: number; readonly value: Record<string, unknown> }

export interface TableResult { readonly rows: TableRow[]; readonly errors: DocumentFault[] }

/** The most entries a table may have. */
export const mostRows = 20_000;

/**
 * Takes a table layout and the bytes of a file (xlsx, xls, csv), gives the good rows and every fault with its cell. A row
 * with a fault is not among the good ones. Column names may stand in any order but each must be there, once, and none
 * that is not known; else no row is read. Blank rows are passed over.
 */
export async function readTable(layout: TableLayout, bytes: Uint8Array, limits: Partial<ReadLimits & { rows: number }> = {}): Promise<TableResult> {
  const read = await readSafely(bytes, limits);
  if (!read.ok) return { rows: [], errors: [...read.errors] };
  const isCsv = read.sheets.length === 1 && read.sheets[0]?.name === 'csv';
  const picked = pickSheet(read.sheets, isCsv ? undefined : layout.sheet);
  return picked.ok ? readTableSheet(layout, picked, limits.rows ?? mostRows) : { rows: [], errors: picked.errors };
}

/** The same for a sheet that has been read already. */
export function readTableSheet(layout: TableLayout, { name, grid }: { readonly name: string; readonly grid: CellGrid }, most = mostRows): TableResult {
  const [headerLine, ...lines] = grid;
  if (!headerLine) return { rows: [], errors: [{ path: wholeFile, message: '表格中没有内容' }] };
  const { columns, errors } = matchHeaders(layout, name, ...headerLine);
  if (errors.length > 0) return { rows: [], errors: [...errors] };
  if (lines.length > most) return { rows: [], errors: [{ path: `${name}!A${(lines[most]?.[0] ?? 0) + 1}`, message: `表格有${lines.length}行，最多${most}行，请拆分` }] };
  const seen = new Map<string, string>();
  const result: TableResult = { rows: [], errors: [] };
  for (const [row, cells] of lines) {
    const { value, faults } = readLine(columns, name, row, cells, seen);
    if (faults.length > 0) result.errors.push(...faults);
    else result.rows.push({ row: row + 1, value });
  }
  return result;
}

/** Reads one line; `seen` remembers where the values of unique columns stood first. */
export function readLine(columns: ReadonlyMap<number, TableColumn>, sheet: string, row: number, cells: ReadonlyMap<number, RawCell>, seen: Map<string, string>) {
  const value: Record<string, unknown> = {};
  const faults: DocumentFault[] = [];
  const width = Math.max(...columns.keys(), ...cells.keys()) + 1;
  for (let at = 0; at < width; at += 1) {
    const path = pathOf(sheet, row, at);
    const column = columns.get(at);
    if (!column) {
      if (cells.has(at)) faults.push({ path, message: '该列没有列名，此处不应有内容' });
      continue;
    }
    const parsed = parseCell(cells.get(at), column);
    const twice = parsed.ok && column.unique ? repeated(seen, column, parsed.value, path) : null;
    if (!parsed.ok) faults.push({ path, message: parsed.message });
    else if (twice !== null) faults.push({ path, message: twice });
    else value[column.key] = parsed.value;
  }
  return { value, faults };
}

function repeated(seen: Map<string, string>, { key, title }: TableColumn, value: unknown, path: string): string | null {
  if (value === null) return null;
  const name = JSON.stringify([key, value]);
  const first = seen.get(name);
  if (first === undefined) seen.set(name, path);
  return first === undefined ? null : `“${title}”与${first}重复`;
}
