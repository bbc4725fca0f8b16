import exceljs from 'exceljs';

/** A line of a table by the titles of its columns. */
export type Line = Record<string, string | null>;

/** What stands on the first sheet of a file people download: its titles and its lines. */
export async function read(file: Uint8Array): Promise<{ name: string; titles: string[]; lines: Line[] }> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(file.slice().buffer);
  const sheet = book.worksheets[0]!;
  const titles = cellsOf(sheet.getRow(1), sheet.columnCount).map((title) => title ?? '');
  const lines: Line[] = [];
  for (let row = 2; row <= sheet.rowCount; row += 1) {
    const cells = cellsOf(sheet.getRow(row), titles.length);
    if (cells.some((cell) => cell !== null)) lines.push(Object.fromEntries(titles.map((title, at) => [title, cells[at] ?? null])));
  }
  return { name: sheet.name, titles, lines };
}

const cellsOf = (row: exceljs.Row, count: number): (string | null)[] => Array.from({ length: count }, (_, at) => row.getCell(at + 1).text || null);

/** The same table with these lines, as somebody hands it back. */
export async function write(name: string, titles: readonly string[], lines: readonly Line[]): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet(name);
  sheet.addRow([...titles]);
  for (const line of lines) sheet.addRow(titles.map((title) => line[title] ?? null));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Where a column's cell stands: `评分表!H3` for its third line of the file. */
export const cellAt = (name: string, titles: readonly string[], title: string, line: number): string => `${name}!${String.fromCharCode(65 + titles.indexOf(title))}${line + 2}`;
