import type { TableLayout, TableRow } from '@zhijian/documents';
import type { Scheme } from '@zhijian/policy';
import type { ResultSent } from './comparison.rules.js';

const decimal = (text: string): string | null => (/^-?\d{1,9}(\.\d{1,6})?$/.test(text) ? null : '应为十进制数，如 10.40');
const positive = (text: string): string | null => (/^\d{1,9}(\.\d{1,6})?$/.test(text) ? null : '应为不小于 0 的十进制数，如 0.35');

/** 比对结果录入表：one line a result, by the laboratory's number. Values are text, so that 10.40 stays 10.40. */
export const submissionTable: TableLayout & { sheet: string } = {
  title: '能力比对结果', sheet: '能力比对结果',
  columns: [
    { key: 'code', title: '实验室编号', required: true, parse: 'code', width: 14 },
    { key: 'measurand', title: '项目', required: true, parse: 'text', max: 60, width: 26 },
    { key: 'value', title: '结果', required: true, parse: 'text', max: 20, check: decimal, width: 14 },
    { key: 'uncertainty', title: '不确定度', parse: 'text', max: 20, check: positive, width: 14 },
  ],
};
const letters: Readonly<Record<string, string>> = { code: 'A', measurand: 'B', value: 'C', uncertainty: 'D' };

/** A line with where its cells are; `unknown` says why its measurand is none. */
export interface Line { readonly sent: ResultSent; readonly cell: (field: string) => string; readonly unknown: string | null }

/** Lines by laboratory, in the order in which they come. A measurand may be written by its title or its id. */
export function byLaboratory(scheme: Scheme, rows: readonly TableRow[]): { code: string; lines: Line[] }[] {
  const groups = Map.groupBy(rows, ({ value }) => value['code'] as string);
  return [...groups].map(([code, its]) => ({ code, lines: its.map(({ row, value }): Line => {
    const name = value['measurand'] as string;
    const measurand = scheme.measurands.find(({ id, title }) => id === name || title === name);
    const uncertainty = value['uncertainty'] as string | null;
    return {
      sent: { measurand: measurand?.id ?? name, value: value['value'] as string, ...(uncertainty !== null && { uncertainty }) }, cell: (field) => `${submissionTable.sheet}!${letters[field] ?? 'A'}${row}`,
      unknown: measurand ? null : `方案中没有项目“${name}”`,
    };
  }) }));
}
