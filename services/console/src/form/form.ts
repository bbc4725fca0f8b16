import type { Answer } from '@zhijian/web';

export type FormAnswer = Answer<'getForm'>;
export type FormContent = FormAnswer['draft'];
export interface Leaf { title: string; width?: number; source?: string }
export type FormColumn = Leaf | { title: string; columns: Leaf[] };

const isGroup = (column: FormColumn): column is { title: string; columns: Leaf[] } => 'columns' in column;

export interface HeaderCell { title: string; rowSpan: number; colSpan: number }

/** The printed heading in one row, or in two where columns stand under a common title. */
export function headerOf(columns: readonly FormColumn[]): HeaderCell[][] {
  const grouped = columns.some(isGroup);
  const first = columns.map((column) => ({ title: column.title, rowSpan: grouped && !isGroup(column) ? 2 : 1, colSpan: isGroup(column) ? column.columns.length : 1 }));
  const second = columns.flatMap((column) => (isGroup(column) ? column.columns.map(({ title }) => ({ title, rowSpan: 1, colSpan: 1 })) : []));
  return grouped ? [first, second] : [first];
}

/** The leaf columns, one for each cell of a row. */
export const leavesOf = (columns: readonly FormColumn[]): Leaf[] => columns.flatMap((column) => (isGroup(column) ? column.columns : [column]));
