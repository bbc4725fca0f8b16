import { isLocalDate } from '@zhijian/calendar';
import { personalIn, personalWords } from '@zhijian/policy';
import type { RawCell } from './raw-cell.js';
import { saidBack } from './said-back.js';
import type { TableColumn } from './table-layout.js';

export type ParsedCell = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

const ok = (value: unknown): ParsedCell => ({ ok: true, value });
const fail = (message: string): ParsedCell => ({ ok: false, message });

/** The longest text of a column that says nothing else. */
const longestText = 2_000;
const mostItems = 100;

/** Takes a cell and its column, gives its value or the reason, in Chinese. Nothing is null, an empty list is []. */
export function parseCell(cell: RawCell | undefined, column: TableColumn): ParsedCell {
  const read = cell === undefined ? ok('') : plainText(cell, column);
  if (!read.ok) return read;
  const text = String(read.value).replaceAll(/\r\n?/gu, '\n').trim();
  if (text === '') return column.required ? fail(`未填写“${column.title}”`) : ok(column.parse === 'list' ? [] : null);
  if (hidden.test(text)) return fail('含有不可见的控制字符');
  const personal = column.parse === 'text' ? personalIn(text) : null;
  if (personal) return fail(`含有疑似${personalWords[personal]}，表中不需要个人信息，请删去`);
  return parsers[column.parse](text, column);
}

/** The text of a cell, when it can be had without guessing. */
function plainText(cell: RawCell, column: TableColumn): ParsedCell {
  switch (cell.kind) {
    case 'text': return ok(cell.value);
    case 'number': return numberText(cell.value, column);
    case 'date': return dateText(cell.value, cell.time, column);
    case 'formula': return fail('单元格是公式，请改为填写数值或文字');
    case 'error': return fail('单元格是错误值');
    case 'boolean': return fail('单元格是逻辑值，请填写文字');
  }
}

function numberText(value: number, { parse }: TableColumn): ParsedCell {
  if (parse === 'date') return fail('日期应填写为 2023-04-12，或设为日期格式');
  if (Math.abs(value) >= 1e15) return fail('数字超过15位，表格已将其改变，请把该列设为文本后重新填写');
  return ok(String(value));
}

function dateText(value: string, time: boolean, { parse }: TableColumn): ParsedCell {
  if (parse !== 'date') return fail('单元格是日期，请把该列设为文本后重新填写');
  return time ? fail('日期不应带有时间') : ok(value);
}

// eslint-disable-next-line no-control-regex -- a name with such a character looks like another name
const hidden = /[\u0000-\u0008\u000B-\u001F\u007F\u200B\u2028-\u202E\u2060-\u2069\uFEFF\uFFFE\uFFFF]/u;

const parsers: Record<TableColumn['parse'], (text: string, column: TableColumn) => ParsedCell> = {
  text: (text, { max = longestText, check, choices }) => {
    if (choices) return chosen(text, choices);
    if ([...text].length > max) return fail(`最多${max}字，实为${[...text].length}字`);
    return checked(text, check);
  },
  code: (text, { max = 100, check }) => {
    const code = text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase();
    return code.length > max ? fail(`最多${max}个字符，实为${code.length}个`) : checked(code, check);
  },
  date: (text, { check }) => {
    const match = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/u.exec(text.normalize('NFKC').replaceAll(/\s/gu, ''));
    if (!match) return fail(`日期应填写为 2023-04-12、2023/4/12 或 2023年4月12日${saidBack(text)}`);
    const [year = '', month = '', day = ''] = match.slice(1).filter((part) => part !== undefined);
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isLocalDate(date) ? checked(date, check) : fail(`日期“${date}”不存在`);
  },
  'yes-no': (text) => (text === '是' || text === '否' ? ok(text === '是') : fail(`应填“是”或“否”${saidBack(text)}`)),
  integer: (text, { max = Number.MAX_SAFE_INTEGER, check }) => {
    const digits = text.normalize('NFKC');
    if (!/^\d{1,15}$/u.test(digits)) return fail(`应为非负整数${saidBack(text)}`);
    if (Number(digits) > max) return fail(`不应大于${max}，实为${Number(digits)}`);
    const wrong = check?.(digits) ?? null;
    return wrong === null ? ok(Number(digits)) : fail(wrong);
  },
  list: (text, { max = mostItems, check }) => {
    const items = text.split(/[、,，;；\n]/u).map((item) => item.trim());
    if (items.includes('')) return fail('分隔符之间有空项');
    const twice = items.findIndex((item, i) => items.indexOf(item) < i);
    if (twice >= 0) return fail(`第${twice + 1}项与第${items.indexOf(items[twice]!) + 1}项重复`);
    if (items.length > max) return fail(`最多${max}项，实为${items.length}项`);
    const wrong = items.map((item) => check?.(item) ?? null).find((it) => it !== null);
    return wrong === undefined || wrong === null ? ok(items) : fail(wrong);
  },
};

function chosen(text: string, choices: Readonly<Record<string, string>>): ParsedCell {
  const entry = Object.entries(choices).find(([, words]) => words === text);
  return entry ? ok(entry[0]) : fail(`应为${Object.values(choices).map((words) => `“${words}”`).join('、')}之一${saidBack(text)}`);
}

function checked(text: string, check: TableColumn['check']): ParsedCell {
  const wrong = check?.(text) ?? null;
  return wrong === null ? ok(text) : fail(wrong);
}
