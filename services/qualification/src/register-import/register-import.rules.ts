import type { DocumentFault, RegisterRow, TableLayout, TableRow } from '@zhijian/documents';
import type { Registration } from '../institution/institution.rows.js';

/** What the officer who uploads may register, and the day of the upload. */
export interface Uploader { readonly places: readonly string[]; readonly today: string }

/** The ledger as this officer may fill it: own places only, no filing of a day to come. Faults fall on their cells. */
export function ledgerFor(table: TableLayout, { places, today }: Uploader): TableLayout {
  const also: Record<string, (text: string) => string | null> = {
    jurisdiction: (code) => (places.includes(code) ? null : `区划 ${code} 不在您的管辖范围内`),
    filedOn: (day) => (day > today ? `登记日期 ${day} 晚于今日` : null),
  };
  const columns = table.columns.map((column) => {
    const more = also[column.key];
    return more ? { ...column, check: (text: string) => column.check?.(text) ?? more(text) } : column;
  });
  return { ...table, columns };
}

/** A filing stands on its day and its categories: one without the other is a fault of the whole line. */
export function filingFault({ filedOn, filingNumber, categories, items }: RegisterRow): string | null {
  if (!filedOn && (filingNumber || categories.length || items.length)) return '填写了备案或资质的内容，须同时填写“登记日期”';
  return filedOn && categories.length === 0 ? '填写了登记日期，须同时填写“类别”' : null;
}

/** Splits the lines into those that may be registered and the faults of the others, each with the cells of its line. */
export function sift(rows: readonly TableRow[], table: TableLayout): { good: Registration[]; faults: DocumentFault[] } {
  const last = String.fromCharCode(64 + table.columns.length);
  const good: Registration[] = [];
  const faults: DocumentFault[] = [];
  for (const { row, value } of rows) {
    const line = value as unknown as RegisterRow;
    const fault = filingFault(line);
    if (fault) faults.push({ path: `${table.sheet ?? ''}!A${row}:${last}${row}`, message: fault });
    else good.push(registrationOf(line));
  }
  return { good, faults };
}

function registrationOf({ creditCode, name, kind, jurisdiction, address, contactPost, filingNumber, filedOn, categories, items, outreach, invented }: RegisterRow): Registration {
  return {
    creditCode, name, kind, jurisdiction, address, contactPost, invented: invented ?? false,
    filing: filedOn ? { number: filingNumber, filedOn, categories: [...categories], items: [...items], outreach } : null,
  };
}

/** Lines read: the good ones and those with a fault, each counted once. Faults of header or file count no line. */
export const linesOf = (good: readonly unknown[], faults: readonly DocumentFault[]): number =>
  good.length + new Set(faults.map(({ path }) => /![A-Z]+(\d+)/.exec(path)?.[1]).filter((row) => row && row !== '1')).size;
