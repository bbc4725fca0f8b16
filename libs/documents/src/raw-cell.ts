/** A cell as it stood in the file; rows and columns are counted from 0. A formula's result is not told: nobody may believe it. */
export type RawCell = { readonly row: number; readonly column: number } & (
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A day by the number format of the cell; `time` when it also had a time of day. */
  | { readonly kind: 'date'; readonly value: string; readonly time: boolean }
  | { readonly kind: 'formula'; readonly value: string }
  | { readonly kind: 'error'; readonly value: string }
);

export interface RawSheet { readonly name: string; readonly cells: readonly RawCell[] }

export type CellGrid = ReadonlyMap<number, ReadonlyMap<number, RawCell>>;

const isBlank = (cell: RawCell): boolean => cell.kind === 'text' && cell.value.trim() === '';

/** The cells of a sheet by row and column; cells of nothing but white space are left out, rows are in order. */
export function gridOf(sheet: RawSheet): CellGrid {
  const grid = new Map<number, Map<number, RawCell>>();
  for (const cell of [...sheet.cells].sort((a, b) => a.row - b.row || a.column - b.column)) {
    if (isBlank(cell)) continue;
    const row = grid.get(cell.row) ?? new Map<number, RawCell>();
    row.set(cell.column, cell);
    grid.set(cell.row, row);
  }
  return grid;
}
