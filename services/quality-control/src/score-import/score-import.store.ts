import type { Tx } from '@zhijian/persistence';
import type { GoodRow } from './score-import.rules.js';

/** So many lines travel in one statement. */
export const linesAtOnce = 2_000;

/** A text as an element of an array literal. */
const quoted = (text: string): string => `"${text.replaceAll(/[\\"]/gu, '\\$&')}"`;
const literal = (elements: string): string => `{${elements}}`;

/** Lines on their way to the table: column by column, as the server reads arrays. Half the cost of JSON on both sides. */
export interface Columns { readonly count: number; readonly columns: readonly [row: string, institution: string, item: string, score: string, notApplicable: string, failed: string, note: string] }

export function columnsOf(rows: readonly GoodRow[]): Columns {
  const of = (element: (row: GoodRow) => string): string => literal(rows.map(element).join(','));
  return {
    count: rows.length,
    columns: [
      of(({ row }) => String(row)), of(({ institutionId }) => quoted(institutionId)), of(({ item }) => (item === null ? 'null' : quoted(item))), of(({ score }) => score ?? 'null'),
      of(({ notApplicable }) => (notApplicable ? 't' : 'f')), of(({ failed }) => (failed === null ? 'null' : failed ? 't' : 'f')), of(({ note }) => (note === null ? 'null' : quoted(note))),
    ],
  };
}

const insert = `insert into score_row (import_id, jurisdiction, row_no, institution_id, item, score, not_applicable, failed, note)
  select $1, $2, r.row_no, r.institution_id, r.item, r.score, r.not_applicable, r.failed, r.note
    from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::boolean[], $9::text[]) as r(row_no, institution_id, item, score, not_applicable, failed, note)`;

/** Keeps lines of an import. */
export const writeLines = (tx: Tx, importId: string, jurisdiction: string, { columns }: Columns): Promise<number> => tx.execute(insert, [importId, jurisdiction, ...columns]);
