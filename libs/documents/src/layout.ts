/**
 * An official table as data. The form of a policy pack has this shape; this room needs nothing else of a pack.
 */
export interface LayoutLeaf { readonly title: string; readonly width?: number | undefined }
export interface LayoutGroup { readonly title: string; readonly columns: readonly LayoutLeaf[] }
export type LayoutColumn = LayoutLeaf | LayoutGroup;

export interface FormLayout {
  readonly title: string;
  /** The line above the title, such as 附表1; also the name of the sheet. */
  readonly annex?: string | undefined;
  /** Labels of the line above the table: 填报单位, 填表人, 联系电话. */
  readonly head: readonly string[];
  readonly columns: readonly LayoutColumn[];
  /** What stands before the first note: 说明： or 备注： */
  readonly notesTitle?: string | undefined;
  readonly notes?: readonly string[] | undefined;
  readonly orientation?: 'landscape' | 'portrait' | undefined;
}

/** Text, a number, or nothing. An empty text is nothing, as it is for everybody who looks at a sheet. */
export type Cell = string | number | null;

export interface FormContent {
  readonly head: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly Cell[])[];
}

export const hasColumns = (column: LayoutColumn): column is LayoutGroup => 'columns' in column;

/** The leaf columns from left to right: one for each cell of a row. */
export const leavesOf = (layout: Pick<FormLayout, 'columns'>): LayoutLeaf[] =>
  layout.columns.flatMap((column): readonly LayoutLeaf[] => (hasColumns(column) ? column.columns : [column]));

/** The notes as printed: 说明： stands before the first of them. */
export const printedNotes = ({ notesTitle, notes = [] }: Pick<FormLayout, 'notesTitle' | 'notes'>): string[] =>
  notes.map((note, i) => (i === 0 && notesTitle ? notesTitle + note : note));

/** The name of the sheet; Excel allows 31 characters and not []:*?/\ nor a quote at an end. */
export const sheetNameOf = ({ annex, title }: Pick<FormLayout, 'annex' | 'title'>): string =>
  (annex ?? title).replaceAll(/[[\]:*?/\\']/gu, ' ').trim().slice(0, 31);

/** The width of each leaf column in half-width characters. */
export const widthsOf = (layout: Pick<FormLayout, 'columns'>): number[] =>
  leavesOf(layout).map(({ title, width }, i) => width ?? (i === 0 && title === '序号' ? 6 : Math.min(24, Math.max(11, title.length + 4))));
