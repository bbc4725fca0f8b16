import { isLocalDate } from '@zhijian/calendar';
import { leavesOf, type DocumentFault, type TableColumn, type TableLayout, type TableRow } from '@zhijian/documents';
import { formColumns, type Checklist, type Form } from '@zhijian/policy';
import { stateWords } from '../form/issue-sheet.rules.js';
import type { Issue } from './duty.rules.js';

const otherWord = '其他';
const lengths: Partial<Record<string, number>> = { 'issue-standard': 300, 'issue-text': 500, 'issue-cause': 500, 'issue-measure': 500, 'issue-responsible': 60 };

/** The lines of a list as a table to fill in: the columns of the pack's form, the items of its check list to choose from. */
export function issueTable(form: Form, checklist: Checklist | undefined): TableLayout & { sheet: string } {
  const widths = leavesOf(form).map(({ width }) => width);
  const items = checklist ? { ...Object.fromEntries(checklist.items.map(({ id, text }) => [id, text])), ...(checklist.open && { '': otherWord }) } : null;
  const columns = formColumns(form).map(({ source, title }, at): TableColumn => {
    const about = { key: source, title, ...(widths[at] && { width: widths[at] }) };
    if (source === 'row-number') return { ...about, parse: 'integer', optional: true };
    if (source === 'issue-item' && items) return { ...about, parse: 'text', required: true, choices: items };
    if (source === 'issue-due') return { ...about, parse: 'date' };
    if (source === 'issue-state') return { ...about, parse: 'text', optional: true, check: stateFault };
    return { ...about, parse: 'text', words: source !== 'institution-name', required: source === 'issue-text', max: lengths[source] ?? 120 };
  });
  return { title: form.title, sheet: form.title.slice(0, 31), columns };
}

/** `未整改`, or the day on which it was: `2024-08-01 已整改`. */
const state = new RegExp(`^(?:${stateWords.open}|(\\d{4}-\\d{2}-\\d{2})\\s*${stateWords.done})$`);
const stateFault = (text: string): string | null => {
  const [whole, on] = state.exec(text) ?? [];
  return whole && (on === undefined || isLocalDate(on)) ? null : `应写成 ${stateWords.open}，或 2024-08-01 ${stateWords.done}`;
};

/**
 * A line of the table as an issue, with the bodies of the unit by name.
 * @returns the fault, at its cell, when a body is named that is not in the unit's roster
 */
export function issueOf({ row, value }: TableRow, { sheet, columns }: TableLayout & { sheet: string }, bodies: ReadonlyMap<string, string>): Issue | DocumentFault {
  const text = (source: string): string => (typeof value[source] === 'string' ? value[source] : '');
  const name = text('institution-name');
  const institutionId = name ? bodies.get(name) : null;
  if (institutionId === undefined) return { path: `${sheet}!${cellOf(columns, 'institution-name', row)}`, message: '名单内没有这家机构（须与名录中的名称一致）' };
  return {
    institutionId, item: text('issue-item') || null, standard: text('issue-standard'), text: text('issue-text'), cause: text('issue-cause'), measure: text('issue-measure'), responsible: text('issue-responsible'),
    due: text('issue-due') || null, correctedOn: state.exec(text('issue-state'))?.[1] ?? null,
  };
}

const sources: Partial<Record<string, string>> = { item: 'issue-item', text: 'issue-text', measure: 'issue-measure', responsible: 'issue-responsible', due: 'issue-due', correctedOn: 'issue-state', institutionId: 'institution-name' };
const cellOf = (columns: readonly TableColumn[], source: string, row: number): string => `${String.fromCharCode(65 + Math.max(0, columns.findIndex(({ key }) => key === source)))}${row}`;

/** A refusal's field (`/issues/3/due`) as the cell it came from. */
export function cellPath(path: string, rows: readonly TableRow[], { sheet, columns }: TableLayout & { sheet: string }): string {
  const [, at, field = ''] = /^\/issues\/(\d+)\/(\w+)$/.exec(path) ?? [];
  const row = at === undefined ? undefined : rows[Number(at)]?.row;
  return row === undefined ? path : `${sheet}!${cellOf(columns, sources[field] ?? 'issue-text', row)}`;
}
