import { pathOf, type DocumentFault } from './address.js';
import type { RawCell } from './raw-cell.js';
import type { TableColumn, TableLayout } from './table-layout.js';

export interface MatchedHeaders { readonly columns: ReadonlyMap<number, TableColumn>; readonly errors: readonly DocumentFault[] }

const wording = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '');

/** Takes the line of column names, gives which column of the table stands where; unknown, doubled and missing names are faults. */
export function matchHeaders({ columns }: TableLayout, sheet: string, row: number, cells: ReadonlyMap<number, RawCell>): MatchedHeaders {
  const found = new Map<number, TableColumn>();
  const errors: DocumentFault[] = [];
  for (const [at, cell] of cells) {
    const name = cell.kind === 'text' ? cell.value.trim() : '';
    const column = columns.find(({ title, also = [] }) => [title, ...also].some((known) => wording(known) === wording(name)));
    const earlier = [...found].find(([, it]) => it === column)?.[0];
    if (!column) errors.push({ path: pathOf(sheet, row, at), message: '不认识的列名' });
    else if (earlier !== undefined) errors.push({ path: pathOf(sheet, row, at), message: `列名“${column.title}”重复，已见于${pathOf(sheet, row, earlier)}` });
    else found.set(at, column);
  }
  const present = new Set(found.values());
  const next = Math.max(-1, ...cells.keys()) + 1;
  for (const column of columns) if (!column.optional && !present.has(column)) errors.push({ path: pathOf(sheet, row, next), message: `缺少列“${column.title}”` });
  return { columns: found, errors };
}
