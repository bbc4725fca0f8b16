import type { DocumentFault, RawCell } from '@zhijian/documents';

/** A sheet as it was read: its name, the names of its columns, its lines. */
export interface Sheet { readonly name: string; readonly title: string | null; readonly header: number; readonly columns: ReadonlyMap<number, Field>; readonly lines: readonly Line[] }
export interface Line { readonly row: number; readonly cells: ReadonlyMap<Field, { readonly text: string; readonly path: string }>; readonly at: (field: Field) => string; readonly has: (field: Field) => boolean }
export type Field = 'type' | 'id' | 'text' | 'group' | 'class' | 'clauses' | 'printed' | 'required' | 'unsupported' | 'blank';
export type Read = { readonly ok: true; readonly sheet: Sheet } | { readonly ok: false; readonly errors: DocumentFault[] };

/** What officers call a column, in lists of their own and in XLSForm. */
const names: Readonly<Record<Field, readonly string[]>> = {
  type: ['type'],
  id: ['编号', '序号', 'name', 'id'],
  text: ['检查内容', '检查项目', '自查内容', '自查项目', '检查事项', '内容', '项目', '事项', 'label', 'label::中文', 'label::chinese(zh)', 'text'],
  group: ['组', '组别', '类别', '分类', '检查类别', 'group'],
  class: ['性质', '问题性质', 'class'],
  clauses: ['条款', '条款编号', '依据', '依据条款', 'clauses', 'clause'],
  printed: ['原文', '是否原文', 'printed'],
  required: ['required', '必填'],
  unsupported: ['relevant', 'constraint', 'constraint_message', 'calculation', 'appearance', 'default', 'choice_filter', 'repeat_count', 'read_only', 'hint', 'required_message', 'parameters', 'media::image'],
  blank: ['检查结果', '是否合格', '是否符合', '检查情况', '结果', '备注', '检查人', '检查日期'],
};
/** Two names for what is asked: then the first is the category of the second. */
const categories = ['检查项目', '自查项目', '项目'];
const wording = (text: string): string => text.normalize('NFKC').replaceAll(/[\s*＊]/gu, '').toLowerCase();
const fieldOf = (text: string): Field | undefined => (Object.keys(names) as Field[]).find((field) => names[field].some((name) => wording(name) === wording(text)));

type Grid = ReadonlyMap<number, ReadonlyMap<number, RawCell>>;

/**
 * Reads one sheet: perhaps a line or two with a title, then the line of column names, then the lines. Every cell must
 * stand under a name that is known, and hold text or a whole number.
 */
export function readSheet(name: string, grid: Grid, pathOf: (row: number, column: number) => string): Read {
  const rows = [...grid];
  const at = rows.findIndex(([, cells]) => [...cells.values()].filter((cell) => cell.kind === 'text' && fieldOf(cell.value)).length >= Math.min(2, cells.size) && cells.size > 1);
  const [row, header] = rows[at] ?? [];
  if (row === undefined || !header) return { ok: false, errors: [{ path: pathOf(rows[0]?.[0] ?? 0, 0), message: `工作表“${name}”中没有认得出的列名，至少应有“检查内容”和“条款”` }] };
  const errors: DocumentFault[] = [];
  const columns = new Map<number, Field>();
  const words = [...header.values()].map((cell) => (cell.kind === 'text' ? cell.value : ''));
  const grouped = words.filter((text) => fieldOf(text) === 'text').length === 2 && !words.some((text) => fieldOf(text) === 'group');
  for (const [column, cell] of header) {
    const field = cell.kind !== 'text' ? undefined : grouped && categories.includes(cell.value.trim()) ? 'group' : fieldOf(cell.value);
    if (!field) errors.push({ path: pathOf(row, column), message: `不认识的列名“${cell.kind === 'text' ? cell.value.trim() : ''}”` });
    else if (!['unsupported', 'blank'].includes(field) && [...columns.values()].includes(field)) errors.push({ path: pathOf(row, column), message: `列名“${cell.kind === 'text' ? cell.value.trim() : ''}”与另一列重复` });
    else columns.set(column, field);
  }
  const above = rows.slice(0, at).flatMap(([line, cells]) => [...cells].map(([column, cell]) => ({ path: pathOf(line, column), cell })));
  errors.push(...above.slice(1).filter(({ cell }) => cell.kind !== 'text').map(({ path }) => ({ path, message: '列名以上只应有标题' })));
  const title = above[0]?.cell.kind === 'text' ? above[0].cell.value.trim() : null;
  const lines = rows.slice(at + 1).map(([line, cells]): Line => lineOf(line, cells, columns, pathOf, errors));
  if (lines.length === 0) errors.push({ path: pathOf(row + 1, 0), message: '列名以下没有内容' });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, sheet: { name, title, header: row, columns, lines } };
}

function lineOf(row: number, cells: ReadonlyMap<number, RawCell>, columns: ReadonlyMap<number, Field>, pathOf: (row: number, column: number) => string, errors: DocumentFault[]): Line {
  const read = new Map<Field, { text: string; path: string }>();
  for (const [column, cell] of cells) {
    const path = pathOf(row, column);
    const field = columns.get(column);
    const text = textOf(cell);
    if (!field) errors.push({ path, message: '该列没有列名，此处不应有内容' });
    else if (text === null) errors.push({ path, message: kinds[cell.kind] ?? '应为文字' });
    else if (field === 'unsupported') errors.push({ path, message: '检查清单没有这种用法（条件、限制、计算等），请删去该列内容' });
    else if (field === 'blank') errors.push({ path, message: '这一列留待现场填写，此处不应有内容' });
    else read.set(field, { text, path });
  }
  const place = new Map([...columns].map(([column, field]) => [field, pathOf(row, column)]));
  return { row, cells: read, at: (field) => read.get(field)?.path ?? place.get(field) ?? pathOf(row, 0), has: (field) => place.has(field) };
}

const kinds: Readonly<Record<string, string>> = { formula: '单元格是公式，请改为填写文字', error: '单元格是错误值', boolean: '单元格是逻辑值，请填写文字', date: '单元格是日期，请填写文字', number: '应为文字或整数' };
const textOf = (cell: RawCell): string | null => (cell.kind === 'text' ? cell.value.replaceAll(/\s*\n\s*/gu, '').trim() : cell.kind === 'number' && Number.isSafeInteger(cell.value) ? String(cell.value) : null);
