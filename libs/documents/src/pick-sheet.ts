import { cellAt, wholeFile, type DocumentFault } from './address.js';
import { gridOf, type CellGrid, type RawSheet } from './raw-cell.js';

export type PickedSheet = { readonly ok: true; readonly name: string; readonly grid: CellGrid } | { readonly ok: false; readonly errors: DocumentFault[] };

/**
 * Takes the sheets of a file, gives the one asked for, or the only one with anything in it. Another sheet with content
 * is a fault: what would be passed over in silence might be what the officer meant to send.
 */
export function pickSheet(sheets: readonly RawSheet[], wanted?: string): PickedSheet {
  const filled = sheets.map(({ name, ...sheet }) => ({ name, grid: gridOf({ name, ...sheet }) })).filter(({ grid }) => grid.size > 0);
  const chosen = wanted === undefined ? filled[0] : filled.find(({ name }) => name === wanted);
  if (!chosen) return { ok: false, errors: [{ path: wholeFile, message: missing(wanted, sheets) }] };
  const others = filled.filter((sheet) => sheet !== chosen);
  if (others.length > 0) return { ok: false, errors: others.map(({ name, grid }) => ({ path: `${name}!${firstOf(grid)}`, message: `多出工作表“${name}”，文件只应有“${chosen.name}”` })) };
  return { ok: true, ...chosen };
}

const missing = (wanted: string | undefined, sheets: readonly RawSheet[]): string =>
  wanted === undefined ? '表格中没有内容' : `缺少工作表“${wanted}”，文件中有“${sheets.map(({ name }) => name).join('”“')}”`;

function firstOf(grid: CellGrid): string {
  const [[row, cells] = [0, new Map<number, unknown>()]] = grid;
  const [column = 0] = cells.keys();
  return cellAt(row, column);
}
