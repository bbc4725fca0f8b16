import { wholeFile, type DocumentFault } from './address.js';
import { gridOf, type CellGrid, type RawSheet } from './raw-cell.js';

export type PickedSheet = { readonly ok: true; readonly name: string; readonly grid: CellGrid } | { readonly ok: false; readonly errors: DocumentFault[] };

/**
 * Takes the sheets of a file, gives the one asked for, or the only one with anything in it. Another sheet with content
 * is a fault: what would be passed over in silence might be what the officer meant to send. It is told by its place among
 * them: what people call a sheet is theirs, and lists of faults are kept.
 */
export function pickSheet(sheets: readonly RawSheet[], wanted?: string): PickedSheet {
  const filled = sheets.map(({ name, ...sheet }) => ({ name, grid: gridOf({ name, ...sheet }) })).filter(({ grid }) => grid.size > 0);
  const chosen = wanted === undefined ? filled[0] : filled.find(({ name }) => name === wanted);
  if (!chosen) return { ok: false, errors: [{ path: wholeFile, message: wanted === undefined ? '表格中没有内容' : `缺少工作表“${wanted}”` }] };
  const others = filled.filter((sheet) => sheet !== chosen);
  if (others.length > 0) return { ok: false, errors: others.map((sheet) => ({ path: wholeFile, message: extraSheet(filled.indexOf(sheet) + 1, wanted) })) };
  return { ok: true, ...chosen };
}

/** The sentence about one sheet too many, counted from 1 among those with content. */
export const extraSheet = (number: number, wanted: string | undefined): string => `第${number}张有内容的工作表多余，文件只应有${wanted === undefined ? '一张' : `“${wanted}”`}`;
