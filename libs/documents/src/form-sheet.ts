import { hasColumns, printedNotes, widthsOf, type FormLayout } from './layout.js';

/** A printed cell: what stands where, over how many rows and columns; rows and columns are counted from 0. */
export interface PrintedCell {
  readonly kind: 'annex' | 'title' | 'head' | 'header' | 'note';
  readonly row: number; readonly column: number; readonly rows: number; readonly columns: number;
  readonly text: string;
}

/** Where everything of a form stands: writer and reader share it, so that what is written is what is expected. */
export interface FormSheet {
  readonly width: number;
  readonly annex?: PrintedCell; readonly title: PrintedCell;
  readonly head: readonly PrintedCell[]; readonly header: readonly PrintedCell[];
  /** First and last row of the column headers; repeated on every page. */
  readonly headerRows: { readonly from: number; readonly to: number };
  /** The row of the first entry. */
  readonly firstRow: number;
  /** The notes, counted from the row below the last entry. */
  readonly notesAt: (row: number) => PrintedCell[];
}

/** Takes a layout, gives the place of each of its printed cells. */
export function formSheet(layout: FormLayout): FormSheet {
  const widths = widthsOf(layout);
  const width = widths.length;
  const line = (kind: PrintedCell['kind'], row: number, text: string): PrintedCell => ({ kind, row, column: 0, rows: 1, columns: width, text });
  const top = layout.annex === undefined ? 0 : 1;
  const from = top + (layout.head.length > 0 ? 2 : 1);
  const depth = layout.columns.some(hasColumns) ? 2 : 1;
  return {
    width,
    ...(layout.annex === undefined ? {} : { annex: line('annex', 0, layout.annex) }),
    title: line('title', top, layout.title),
    head: headLine(layout.head, top + 1, widths),
    header: header(layout, from, depth),
    headerRows: { from, to: from + depth - 1 },
    firstRow: from + depth,
    notesAt: (row) => printedNotes(layout).map((text, i) => line('note', row + i, text)),
  };
}

/** The labels share the line evenly: each begins with the column that is nearest to its part of the whole width. */
function headLine(labels: readonly string[], row: number, widths: readonly number[]): PrintedCell[] {
  const edges = widths.reduce<number[]>((sums, width) => [...sums, (sums.at(-1) ?? 0) + width], [0]);
  const nearest = (part: number): number => edges.reduce((best, edge, i) => (Math.abs(edge - part) < Math.abs((edges[best] ?? 0) - part) ? i : best), 0);
  const starts = labels.reduce<number[]>((found, _, i) => [...found, Math.max((found.at(-1) ?? -1) + 1, nearest((i * (edges.at(-1) ?? 0)) / labels.length))], []);
  return labels.map((label, i) => {
    const column = starts[i] ?? i;
    return { kind: 'head', row, column, rows: 1, columns: Math.max(1, (starts[i + 1] ?? widths.length) - column), text: `${label}：` };
  });
}

function header(layout: FormLayout, row: number, depth: number): PrintedCell[] {
  let column = 0;
  return layout.columns.flatMap((it): PrintedCell[] => {
    const at = column;
    if (!hasColumns(it)) {
      column += 1;
      return [{ kind: 'header', row, column: at, rows: depth, columns: 1, text: it.title }];
    }
    column += it.columns.length;
    const below = it.columns.map((leaf, i): PrintedCell => ({ kind: 'header', row: row + 1, column: at + i, rows: 1, columns: 1, text: leaf.title }));
    return [{ kind: 'header', row, column: at, rows: 1, columns: it.columns.length, text: it.title }, ...below];
  });
}
