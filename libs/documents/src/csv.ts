import type { RawCell, RawSheet } from './raw-cell.js';

export type CsvResult = { readonly ok: true; readonly sheet: RawSheet } | { readonly ok: false; readonly message: string };

/** A csv has no sheets; faults are shown as `csv!C12`. */
const sheetName = 'csv';

/**
 * Takes the bytes of a csv (UTF-8 with or without BOM, else GB18030; comma, semicolon or tab, whichever the first line
 * has most of), gives its cells as texts. Nothing is guessed: `0012` stays `0012`, a cell that begins with = is a
 * formula, and the ' that our own csv puts before = + - @ is taken off again.
 */
export function readCsv(bytes: Uint8Array, mostCells: number): CsvResult {
  const text = decode(bytes);
  if (text === null) return { ok: false, message: 'csv 的文字编码无法识别，请存为 UTF-8 或 GB18030' };
  const cells: RawCell[] = [];
  const field = fieldPattern(separatorOf(text));
  let [row, column, at] = [0, 0, 0];
  while (at < text.length) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (match === null) return { ok: false, message: `csv 第${row + 1}行的引号不成对` };
    const value = match[1]?.replaceAll('""', '"') ?? match[2] ?? '';
    if (value !== '') cells.push(csvCell(row, column, value));
    if (cells.length > mostCells) return { ok: false, message: `表格超过${mostCells}个单元格` };
    at = field.lastIndex;
    if (/[\r\n]/u.test(match[3] ?? '')) [row, column] = [row + 1, 0];
    else column += 1;
  }
  return { ok: true, sheet: { name: sheetName, cells } };
}

function csvCell(row: number, column: number, value: string): RawCell {
  if (value.startsWith('=')) return { row, column, kind: 'formula', value: value.slice(0, 200) };
  return { row, column, kind: 'text', value: value.replaceAll(/\r\n?/gu, '\n').replace(/^'(?=[=+\-@＝＋－＠\t])/u, '') };
}

function decode(bytes: Uint8Array): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch { /* the next encoding may fit */ }
  }
  return null;
}

function separatorOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/u));
  const count = (separator: string): number => line.split(separator).length;
  return [',', ';', '\t'].reduce((best, it) => (count(it) > count(best) ? it : best));
}

/** One field in quotes (1) or bare (2), and what ends it (3). Each alternative is linear. */
const fieldPattern = (separator: string): RegExp => new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"${separator}\\r\\n][^${separator}\\r\\n]*)?)(${separator}|\\r\\n|\\n|\\r|$)`, 'yu');
