import type { Workbook } from 'exceljs';

/** A workbook to write into. Its library is six hundred files: read when the first workbook is written, not when a service starts. */
export async function emptyBook(): Promise<Workbook> {
  const { default: exceljs } = await import('exceljs');
  return new exceljs.Workbook();
}
