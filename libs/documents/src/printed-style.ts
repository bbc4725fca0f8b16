import type { Alignment, Borders, Cell, Font, Worksheet } from 'exceljs';

/** The fonts are named, not shipped: the offices' WPS and Windows have them. */
export const fonts = {
  annex: { name: '黑体', size: 14 },
  title: { name: '黑体', size: 18 },
  head: { name: '仿宋', size: 12 },
  header: { name: '黑体', size: 11 },
  body: { name: '仿宋', size: 11 },
  note: { name: '仿宋', size: 11 },
} satisfies Record<string, Partial<Font>>;

const thin = { style: 'thin' } as const;
export const boxed: Partial<Borders> = { top: thin, left: thin, bottom: thin, right: thin };
export const centred: Partial<Alignment> = { horizontal: 'center', vertical: 'middle', wrapText: true };
export const leftward: Partial<Alignment> = { horizontal: 'left', vertical: 'middle', wrapText: true };

export interface Look { readonly font: Partial<Font>; readonly alignment: Partial<Alignment>; readonly border?: Partial<Borders>; readonly numFmt?: string }

/** Gives a cell its look. Text format `@` keeps a text a text when somebody edits the cell. */
export function dress(cell: Cell, { font, alignment, border, numFmt = '@' }: Look): void {
  cell.style = { font, alignment, numFmt, ...(border ? { border } : {}) };
}

/** A4, one page wide, header rows on every page, page number at the foot. */
export function setPage(sheet: Worksheet, page: { orientation: 'landscape' | 'portrait'; lastRow: number; lastColumn: string; repeat: string }): void {
  sheet.pageSetup = {
    paperSize: 9, orientation: page.orientation, fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true,
    margins: { left: 0.6, right: 0.6, top: 0.75, bottom: 0.75, header: 0.3, footer: 0.4 },
    printArea: `A1:${page.lastColumn}${page.lastRow}`, printTitlesRow: page.repeat,
  };
  sheet.headerFooter = { oddFooter: '&C第 &P 页 共 &N 页' };
}

/** Lines a text takes in a width given in half-width characters; a Chinese character takes two. */
export function linesOf(text: string, width: number): number {
  const halves = (line: string): number => [...line].reduce((sum, char) => sum + (char < '\u0300' ? 1 : 2), 0);
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(halves(line) / Math.max(2, width - 1))), 0);
}

/** The height of a row in points for its highest cell; Excel allows 409. */
export const heightFor = (lines: number, least: number): number => Math.min(409, Math.max(least, lines * 16 + 6));
