import type { DataValidation, Worksheet } from 'exceljs';
import { columnLetters } from './address.js';
import { emptyBook } from './empty-book.js';
import type { Cell } from './layout.js';
import { boxed, centred, dress, fonts, heightFor, leftward, linesOf, setPage } from './printed-style.js';
import type { TableColumn, TableLayout } from './table-layout.js';
import { put } from './write-form.js';

/** So many blank lines below the entries offer the choices. */
const linesToFillIn = 500;

/** A table with its entries. */
export interface TablePart { readonly layout: TableLayout; readonly rows: readonly Readonly<Record<string, unknown>>[] }

/**
 * Takes a table layout and rows keyed like those `readTable` gives, gives an xlsx file that `readTable` reads back
 * equal; without rows it is the template to fill in. Throws RangeError (Chinese) on a key the table lacks.
 */
export const writeTable = (layout: TableLayout, rows: TablePart['rows']): Promise<Uint8Array> => writeTables([{ layout, rows }]);

/** Several tables in one file, a sheet each, in their order. */
export async function writeTables(parts: readonly TablePart[]): Promise<Uint8Array> {
  const book = await emptyBook();
  for (const { layout, rows } of parts) {
    const stranger = rows.flatMap((row) => Object.keys(row)).find((key) => !layout.columns.some((column) => column.key === key));
    if (stranger !== undefined) throw new RangeError(`《${layout.title}》没有“${stranger}”一栏`);
    fillSheet(book.addWorksheet(layout.sheet ?? layout.title), layout, rows);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function fillSheet(sheet: Worksheet, layout: TableLayout, rows: TablePart['rows']): void {
  layout.columns.forEach((column, c) => {
    const width = column.width ?? Math.max(12, column.title.length * 2 + 4);
    sheet.getColumn(c + 1).width = width;
    sheet.getColumn(c + 1).style = { font: fonts.body, alignment: leftward, numFmt: formatOf(column) };
    const header = sheet.getCell(1, c + 1);
    dress(header, { font: fonts.header, alignment: centred, border: boxed });
    put(header, column.title);
    rows.forEach((row, r) => {
      const cell = sheet.getCell(r + 2, c + 1);
      dress(cell, { font: fonts.body, alignment: leftward, border: boxed, numFmt: formatOf(column) });
      put(cell, cellOf(column, row[column.key]));
    });
    offer(sheet, columnLetters(c), rows.length + linesToFillIn, column.parse === 'yes-no' ? ['是', '否'] : Object.values(column.choices ?? {}));
  });
  sheet.getRow(1).height = 28;
  rows.forEach((row, r) => {
    const lines = layout.columns.map((column, c) => linesOf(String(cellOf(column, row[column.key]) ?? ''), sheet.getColumn(c + 1).width ?? 12));
    sheet.getRow(r + 2).height = heightFor(Math.max(1, ...lines), 20);
  });
  sheet.views = [{ state: 'frozen', ySplit: 1, xSplit: 0 }];
  setPage(sheet, { orientation: 'landscape', lastRow: rows.length + 1, lastColumn: columnLetters(layout.columns.length - 1), repeat: '1:1' });
}

/** Text format for whole columns: else a code of 18 digits typed into the template would lose its last three. */
const formatOf = ({ parse }: TableColumn): string => (parse === 'integer' ? '0' : '@');

/** Lets the officer choose instead of typing. The typings of exceljs lack the validation of a range. */
function offer(sheet: Worksheet, letter: string, lines: number, choices: readonly string[]): void {
  if (choices.length === 0) return;
  const { dataValidations } = sheet as Worksheet & { dataValidations: { add(range: string, rule: DataValidation): void } };
  dataValidations.add(`${letter}2:${letter}${lines + 1}`, { type: 'list', allowBlank: true, formulae: [`"${choices.join(',')}"`], showErrorMessage: true, error: `应为${choices.join('、')}` });
}

/** What stands in the file for a value. */
function cellOf({ parse, choices }: TableColumn, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (parse === 'yes-no') return value === true ? '是' : '否';
  if (parse === 'list') return (value as readonly string[]).join('、');
  if (parse === 'integer') return Number(value);
  const text = value as string;
  return choices?.[text] ?? text;
}
