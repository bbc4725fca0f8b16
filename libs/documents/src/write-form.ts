import type { Cell as SheetCell, Worksheet } from 'exceljs';
import { columnLetters } from './address.js';
import { emptyBook } from './empty-book.js';
import { formSheet, type FormSheet, type PrintedCell } from './form-sheet.js';
import { leavesOf, sheetNameOf, widthsOf, type Cell, type FormContent, type FormLayout } from './layout.js';
import { boxed, centred, dress, fonts, heightFor, leftward, linesOf, setPage, type Look } from './printed-style.js';
import { typedText } from './typed-text.js';

/** An empty form is printed with this many lines to fill in by hand. */
const blankRows = 5;

const looks: Record<PrintedCell['kind'], Look> = {
  annex: { font: fonts.annex, alignment: leftward },
  title: { font: fonts.title, alignment: centred },
  head: { font: fonts.head, alignment: leftward },
  header: { font: fonts.header, alignment: centred, border: boxed },
  note: { font: fonts.note, alignment: leftward },
};

/**
 * Takes a layout and what to fill in, gives an xlsx file that looks as the form is printed. Cells of `rows` stand in the
 * order of the leaf columns. Texts are typed texts, never formulas. Throws RangeError (Chinese) on a row of another
 * length, a head label the form lacks, a number that is not finite, or a text longer than a cell.
 */
export async function writeForm(layout: FormLayout, content: FormContent): Promise<Uint8Array> {
  refuseMisfits(layout, content);
  const place = formSheet(layout);
  const book = await emptyBook();
  const sheet = book.addWorksheet(sheetNameOf(layout));
  const widths = widthsOf(layout);
  widths.forEach((width, i) => { sheet.getColumn(i + 1).width = width; });
  const rows = content.rows.length > 0 ? content.rows : Array.from({ length: blankRows }, () => new Array<Cell>(place.width).fill(null));
  const head = place.head.map((it, i) => ({ ...it, text: it.text + (content.head[layout.head[i] ?? ''] ?? '') }));
  const notes = place.notesAt(place.firstRow + rows.length);
  for (const it of [...(place.annex ? [place.annex] : []), place.title, ...head, ...place.header, ...notes]) print(sheet, it);
  rows.forEach((row, i) => fillRow(sheet, place.firstRow + i, row, widths));
  setHeights(sheet, place, [...head, ...notes], widths);
  const { from, to } = place.headerRows;
  setPage(sheet, { orientation: layout.orientation ?? 'landscape', lastRow: place.firstRow + rows.length + notes.length, lastColumn: columnLetters(place.width - 1), repeat: `${from + 1}:${to + 1}` });
  sheet.views = [{ state: 'frozen', ySplit: to + 1, xSplit: 0 }];
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Puts a value into a cell: a number as a number, everything else as typed text. */
export function put(cell: SheetCell, value: Cell | undefined): void {
  if (value === null || value === undefined || value === '') return;
  cell.value = typeof value === 'number' ? value : typedText(value);
}

function refuseMisfits(layout: FormLayout, { head, rows }: FormContent): void {
  const width = leavesOf(layout).length;
  const stranger = Object.keys(head).find((label) => !layout.head.includes(label));
  if (stranger !== undefined) throw new RangeError(`《${layout.title}》表头没有“${stranger}”`);
  rows.forEach((row, i) => {
    if (row.length !== width) throw new RangeError(`第${i + 1}行有${row.length}格，《${layout.title}》应为${width}格`);
    if (row.some((cell) => typeof cell === 'number' && !Number.isFinite(cell))) throw new RangeError(`第${i + 1}行有不是数的数值`);
  });
}

function print(sheet: Worksheet, { kind, row, column, rows, columns, text }: PrintedCell): void {
  for (let r = row; r < row + rows; r += 1) for (let c = column; c < column + columns; c += 1) dress(sheet.getCell(r + 1, c + 1), looks[kind]);
  put(sheet.getCell(row + 1, column + 1), text);
  if (rows > 1 || columns > 1) sheet.mergeCells(row + 1, column + 1, row + rows, column + columns);
}

function fillRow(sheet: Worksheet, row: number, cells: readonly Cell[], widths: readonly number[]): void {
  cells.forEach((value, column) => {
    const cell = sheet.getCell(row + 1, column + 1);
    dress(cell, { font: fonts.body, alignment: isShort(value) ? centred : leftward, border: boxed, numFmt: typeof value === 'number' ? 'General' : '@' });
    put(cell, value);
  });
  const lines = Math.max(1, ...cells.map((value, i) => linesOf(String(value ?? ''), widths[i] ?? 10)));
  sheet.getRow(row + 1).height = heightFor(lines, 24);
}

/** Numbers, 是 and √ stand in the middle, sentences to the left. */
const isShort = (value: Cell): boolean => typeof value === 'number' || /^.{0,4}$/u.test(value ?? '');

function setHeights(sheet: Worksheet, place: FormSheet, lines: readonly PrintedCell[], widths: readonly number[]): void {
  const span = ({ column, columns }: PrintedCell): number => widths.slice(column, column + columns).reduce((sum, width) => sum + width, 0);
  const raise = (row: number, height: number): void => { sheet.getRow(row + 1).height = Math.max(sheet.getRow(row + 1).height ?? 0, height); };
  raise(place.title.row, 36);
  if (place.annex) raise(place.annex.row, 24);
  for (const it of lines) raise(it.row, heightFor(linesOf(it.text, span(it)), 22));
  for (const it of place.header) raise(it.row + it.rows - 1, heightFor(linesOf(it.text, span(it)) - (it.rows - 1), 24));
}
