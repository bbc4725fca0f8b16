import { pathOf, wholeFile, type DocumentFault } from './address.js';
import { matchHeaders } from './match-headers.js';
import { extraSheet } from './pick-sheet.js';
import type { Merge, RawRow, RowLimits } from './read-rows.js';
import { readRows } from './read-rows.js';
import { readLine, type TableRow } from './read-table.js';
import type { TableColumn, TableLayout } from './table-layout.js';

/** What a large table gives as it is read: lines without a fault, and faults with their cells, both in the order of the file. */
export interface TableTaker {
  /** `at`: where the cell of a column stands in the file. */
  rows(rows: readonly TableRow[], at: (row: number, key: string) => string): void | Promise<void>;
  /** `lines`: how many lines they are of. */
  faults(faults: readonly DocumentFault[], lines: number): void;
}

/**
 * The same as `readTable` for a table of any length: lines are handed over as they are read. Columns may stand in any order,
 * each once and none unknown; merged cells are faults; a second sheet with content is one too. Gives the faults of the file
 * as a whole: where there are any, nothing that was handed over counts.
 */
export async function streamTable(layout: TableLayout, bytes: Uint8Array, taker: TableTaker, limits: Partial<RowLimits> = {}): Promise<DocumentFault[]> {
  const whole: DocumentFault[] = [];
  const sheets: LineReader[] = [];
  const faults = await readRows(bytes, {
    sheet(name, merges) {
      sheets.push(new LineReader(layout, name, merges));
      if (sheets.length > 1) whole.push({ path: wholeFile, message: extraSheet(sheets.length, layout.sheet) });
      else if (layout.sheet !== undefined && name !== layout.sheet) whole.push({ path: wholeFile, message: `缺少工作表“${layout.sheet}”` });
      else if (merges.length > mostMerges) whole.push({ path: wholeFile, message: `合并的单元格超过${mostMerges}处，请取消合并后再上传` });
    },
    rows: (rows) => (whole.length > 0 ? undefined : sheets[0]?.take(rows, taker, whole)),
  }, limits);
  if (faults.length > 0) return faults;
  return whole.length > 0 || sheets.length > 0 ? whole : [{ path: wholeFile, message: '表格中没有内容' }];
}

const mostMerges = 1_000;

class LineReader {
  private columns: ReadonlyMap<number, TableColumn> | null = null;
  private readonly seen = new Map<string, string>();

  constructor(private readonly layout: TableLayout, readonly name: string, private readonly merges: readonly Merge[]) {}

  async take(rows: readonly RawRow[], taker: TableTaker, whole: DocumentFault[]): Promise<void> {
    const [first, ...rest] = rows;
    if (this.columns === null && first) {
      whole.push(...this.header(first));
      if (whole.length > 0) return;
    }
    const good: TableRow[] = [];
    const faults: DocumentFault[] = [];
    let lines = 0;
    for (const { row, cells } of first && this.columns !== null && first.row === this.headerRow ? rest : rows) {
      const merged = this.merges.find(({ top, bottom }) => row >= top && row <= bottom);
      const read = merged ? null : readLine(this.columns!, this.name, row, cells, this.seen);
      if (merged || read!.faults.length > 0) lines += 1;
      if (merged) faults.push({ path: `${this.name}!${merged.range}`, message: `单元格已合并，请取消合并后逐行填写${row > merged.top ? `（第${row + 1}行）` : ''}` });
      else if (read!.faults.length > 0) faults.push(...read!.faults);
      else good.push({ row: row + 1, value: read!.value });
    }
    if (faults.length > 0) taker.faults(faults, lines);
    if (good.length > 0) await taker.rows(good, this.at);
  }

  private headerRow = -1;
  /** Lines are counted from 1 here, as people see them. A column that is not in the file is named by the whole line. */
  private readonly at = (row: number, key: string): string => {
    const [column] = [...(this.columns ?? [])].find(([, it]) => it.key === key) ?? [];
    return column === undefined ? `${this.name}!A${row}` : pathOf(this.name, row - 1, column);
  };

  private header({ row, cells }: RawRow): DocumentFault[] {
    this.headerRow = row;
    const merged = this.merges.filter(({ top }) => top <= row);
    if (merged.length > 0) return merged.map(({ range, top, left }) => ({ path: pathOf(this.name, top, left), message: `表头有合并的单元格（${range}），表头应只有一行，每列一个列名` }));
    const { columns, errors } = matchHeaders(this.layout, this.name, row, cells);
    this.columns = columns;
    return [...errors];
  }
}
