import { pathOf, type DocumentFault } from './address.js';
import { formSheet, type FormSheet, type PrintedCell } from './form-sheet.js';
import { sheetNameOf, type Cell, type FormLayout } from './layout.js';
import { pickSheet } from './pick-sheet.js';
import type { CellGrid, RawCell } from './raw-cell.js';
import { readSafely, type ReadLimits } from './read-safely.js';

export type FormResult =
  | { readonly ok: true; readonly head: Record<string, string>; readonly rows: Cell[][] }
  | { readonly ok: false; readonly errors: DocumentFault[] };

/**
 * Takes a layout and the bytes of a filled form, gives what stands in it, equal to what `writeForm` was given: texts with
 * `\n` line ends, nothing where there was nothing. Strict: each printed cell must stand at its place, word for word
 * (white space aside), and every entry must be a text or a number; else each fault with its cell.
 */
export async function readForm(layout: FormLayout, bytes: Uint8Array, limits: Partial<ReadLimits> = {}): Promise<FormResult> {
  const read = await readSafely(bytes, limits);
  if (!read.ok) return { ok: false, errors: [...read.errors] };
  const picked = pickSheet(read.sheets, sheetNameOf(layout));
  return picked.ok ? readFormSheet(layout, picked) : picked;
}

/** The same for a sheet that has been read already. */
export function readFormSheet(layout: FormLayout, { name, grid }: { readonly name: string; readonly grid: CellGrid }): FormResult {
  const place = formSheet(layout);
  const errors: DocumentFault[] = [];
  const fault = (row: number, column: number, message: string): void => { errors.push({ path: pathOf(name, row, column), message }); };
  const printed = [...(place.annex ? [place.annex] : []), place.title, ...place.header];
  for (const it of printed) expectPrinted(grid, it, fault);
  refuseStrays(grid, [...printed, ...place.head], place.firstRow, fault);
  const head = Object.fromEntries(place.head.map((it, i) => [layout.head[i] ?? '', headValue(grid, it, fault)]));
  const end = expectNotes(grid, place, fault);
  const rows = entries(grid, place, end, fault);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, head, rows };
}

type Fault = (row: number, column: number, message: string) => void;

const at = (grid: CellGrid, row: number, column: number): RawCell | undefined => grid.get(row)?.get(column);
const wording = (text: string): string => text.replaceAll(/\s/gu, '');
const textOf = (cell: RawCell | undefined): string | null => (cell === undefined ? '' : cell.kind === 'text' ? cell.value : cell.kind === 'number' ? String(cell.value) : null);

function expectPrinted(grid: CellGrid, { row, column, text }: PrintedCell, fault: Fault): void {
  const found = textOf(at(grid, row, column));
  if (wording(found ?? '') !== wording(text)) fault(row, column, `应为“${text}”，实为“${found ?? '不是文字'}”`);
}

/** Above the entries nothing may stand but what is printed there. */
function refuseStrays(grid: CellGrid, printed: readonly PrintedCell[], firstRow: number, fault: Fault): void {
  for (const [row, cells] of grid) {
    if (row >= firstRow) return;
    for (const column of cells.keys()) if (!printed.some((it) => it.row === row && it.column === column)) fault(row, column, '此处不应有内容');
  }
}

function headValue(grid: CellGrid, { row, column, text }: PrintedCell, fault: Fault): string {
  const found = textOf(at(grid, row, column))?.replaceAll('\r', '') ?? '';
  if (found.startsWith(text)) return found.slice(text.length);
  fault(row, column, `应以“${text}”开头，实为“${found}”`);
  return '';
}

/** The notes are the last lines of the sheet. Gives the row where they begin, that is where the entries end. */
function expectNotes(grid: CellGrid, place: FormSheet, fault: Fault): number {
  const last = Math.max(place.firstRow - 1, ...grid.keys());
  const start = Math.max(place.firstRow, last + 1 - place.notesAt(0).length);
  for (const it of place.notesAt(start)) {
    expectPrinted(grid, it, fault);
    for (const column of grid.get(it.row)?.keys() ?? []) if (column !== it.column) fault(it.row, column, '此处不应有内容');
  }
  return start;
}

function entries(grid: CellGrid, { firstRow, width }: FormSheet, end: number, fault: Fault): Cell[][] {
  const rows: Cell[][] = [];
  for (const [row, cells] of grid) {
    if (row < firstRow || row >= end) continue;
    while (rows.length < row - firstRow) rows.push(new Array<Cell>(width).fill(null));
    for (const column of cells.keys()) if (column >= width) fault(row, column, '此处不应有内容');
    rows.push(Array.from({ length: width }, (_, column) => entry(cells.get(column), (message) => { fault(row, column, message); })));
  }
  return rows;
}

function entry(cell: RawCell | undefined, fault: (message: string) => void): Cell {
  if (cell === undefined) return null;
  if (cell.kind === 'text' || cell.kind === 'number') return cell.value;
  fault(sentences[cell.kind]);
  return null;
}

const sentences = {
  formula: '单元格是公式，请改为填写数值或文字',
  error: '单元格是错误值',
  boolean: '单元格应为文字或数字，实为逻辑值',
  date: '日期请以文字填写',
} satisfies Partial<Record<RawCell['kind'], string>>;
