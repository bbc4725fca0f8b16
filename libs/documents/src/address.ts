/** Where an officer finds the fault: `附表1!C12`, or the file as a whole. */
export const wholeFile = '文件';

/** A fault in a file that came in: where (`名单!C12`) and why, in Chinese. */
export interface DocumentFault { readonly path: string; readonly message: string }

/** The letters of a column counted from 0: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** The address of a cell, row and column counted from 0. */
export const cellAt = (row: number, column: number): string => `${columnLetters(column)}${row + 1}`;

/** The address of a cell with its sheet. */
export const pathOf = (sheet: string, row: number, column: number): string => `${sheet}!${cellAt(row, column)}`;
