import type { DocumentFault } from '@zhijian/documents';
import { clauseId, word } from '@zhijian/policy';
import type { Field, Line, Sheet } from './checklist-sheet.js';

export interface ImportedItem { id: string; text: string; group?: string; class?: 'violation' | 'gap'; printed?: boolean; clauses: string[] }
export interface Imported { title: string | null; groups: Record<string, string>; items: ImportedItem[] }
export type Import = { readonly ok: true; readonly list: Imported } | { readonly ok: false; readonly errors: DocumentFault[] };

const classes: Readonly<Record<string, 'violation' | 'gap'>> = { 违法违规: 'violation', 违法: 'violation', 违规: 'violation', violation: 'violation', 问题和差距: 'gap', 问题: 'gap', 差距: 'gap', gap: 'gap' };
const answers: Readonly<Record<string, boolean>> = { 是: true, 否: false, yes: true, no: false, true: true, false: false };
const clausePattern = /^[A-Z]{2,4}-\d{4}-\d{2,3}$/;
const isClause = (text: string): boolean => clauseId.safeParse(text).success;

/** A value that plainly belongs in another column, and which. */
function elsewhere(text: string, field: Field): string | null {
  if (field !== 'clauses' && clausePattern.test(text)) return '条款';
  if (field !== 'class' && Object.hasOwn(classes, text) && text.length > 2) return '性质';
  if (field !== 'printed' && field !== 'required' && Object.hasOwn(answers, text)) return '原文';
  if (field === 'text' && /^[\d.、]+$/u.test(text)) return '编号';
  return null;
}

/**
 * Makes items of the lines of a sheet, strictly: a value that belongs in another column is a fault with its cell, never
 * passed over. A group stands until the next is named, as in a merged cell; in XLSForm between `begin group` and `end group`.
 * @param fallback the clause of items that name none, where the sheet has no such column
 */
export function importList({ title, columns, lines, header, name }: Sheet, fallback: string | undefined, pathOf: (row: number, column: number) => string): Import {
  const errors: DocumentFault[] = [];
  const fields = new Set(columns.values());
  const missing = (words: string, how = ''): void => { errors.push({ path: pathOf(header, Math.max(...columns.keys()) + 1), message: `工作表“${name}”缺少列“${words}”${how}` }); };
  if (!fields.has('text')) missing('检查内容');
  if (!fields.has('clauses') && !fallback) missing('条款', '（各项依据同一条款的，可用 --clause 写明）');
  const list: Imported = { title, groups: {}, items: [] };
  const open: string[] = [];
  let standing: string | undefined;
  for (const line of lines) {
    for (const [field, { text, path }] of line.cells) {
      const other = elsewhere(text, field);
      if (other) errors.push({ path, message: `“${text}”应填在“${other}”一栏` });
    }
    const step = fields.has('type') ? formStep(line, errors) : 'item';
    if (step === 'open') open.push(groupOf(list, line.cells.get('text')?.text ?? line.cells.get('id')?.text ?? '', line.cells.get('id')?.text, line, errors));
    else if (step === 'close') { if (open.pop() === undefined) errors.push({ path: line.at('type'), message: '没有与之相应的 begin group' }); }
    else if (step === 'item') {
      const named = line.cells.get('group')?.text;
      if (named !== undefined) standing = groupOf(list, named, undefined, line, errors);
      list.items.push(itemOf(line, open.at(-1) ?? standing, fallback, list.items.length, errors));
    }
  }
  if (open.length > 0) errors.push({ path: lines.at(-1)?.at('type') ?? name, message: 'begin group 没有 end group' });
  errors.push(...repeated(list.items, lines.filter((line) => !fields.has('type') || formStep(line, []) === 'item')));
  return errors.length > 0 ? { ok: false, errors: inOrder(errors) } : { ok: true, list };
}

const groupTypes: Readonly<Record<string, 'open' | 'close'>> = { 'begin group': 'open', begin_group: 'open', 'end group': 'close', end_group: 'close' };

function formStep(line: Line, errors: DocumentFault[]): 'open' | 'close' | 'item' | 'none' {
  const type = line.cells.get('type')?.text.toLowerCase().replaceAll(/\s+/g, ' ') ?? '';
  const group = groupTypes[type];
  if (group) return group;
  if (/^select_one \S+$/.test(type) || type === 'note' || type === 'text') return 'item';
  errors.push({ path: line.at('type'), message: type === '' ? '未填写 type' : `type“${type}”不能用于检查清单，只可用 select_one、text、note 和 begin group、end group` });
  return 'none';
}

/** The id of a group; a title seen before is the same group. */
function groupOf(list: Imported, title: string, id: string | undefined, line: Line, errors: DocumentFault[]): string {
  const known = Object.entries(list.groups).find(([, it]) => it === title)?.[0];
  if (known) return known;
  if (id !== undefined && !word.safeParse(id).success) errors.push({ path: line.at('id'), message: wordMessage(id) });
  const name = id ?? `group-${Object.keys(list.groups).length + 1}`;
  if (Object.hasOwn(list.groups, name)) errors.push({ path: line.at('id'), message: `编号“${name}”重复` });
  list.groups[name] = title;
  return name;
}

const wordMessage = (text: string): string => `编号“${[...text].slice(0, 20).join('')}”应为数字，或以字母开头、只用字母、数字和连字符`;

function itemOf(line: Line, group: string | undefined, fallback: string | undefined, index: number, errors: DocumentFault[]): ImportedItem {
  const fault = (field: Field, message: string): void => { errors.push({ path: line.at(field), message }); };
  const cell = (field: Field): string | undefined => line.cells.get(field)?.text;
  const [text, given, kind, printed, required] = [cell('text') ?? '', cell('id'), cell('class'), cell('printed'), cell('required')];
  const id = given === undefined ? `item-${index + 1}` : /^\d+$/.test(given) ? `item-${given}` : given;
  if (!word.safeParse(id).success) fault('id', wordMessage(id));
  if (text === '' && line.has('text')) fault('text', '未填写“检查内容”');
  if (kind !== undefined && !Object.hasOwn(classes, kind)) fault('class', `应为“违法违规”或“问题和差距”，实为“${kind}”`);
  if (printed !== undefined && !Object.hasOwn(answers, printed)) fault('printed', `应填“是”或“否”，实为“${printed}”`);
  if (required !== undefined && answers[required.toLowerCase()] !== true) fault('required', `检查清单各项都须填写，应为“是”或留空，实为“${required}”`);
  const clauses = (cell('clauses') ?? fallback ?? '').split(/[、,，;；\s]+/u).filter(Boolean);
  const wrong = clauses.find((it) => !isClause(it));
  if (clauses.length === 0 && line.has('clauses')) fault('clauses', '未填写“条款”');
  else if (wrong !== undefined) fault('clauses', `条款编号应形如 XX-2024-07，实为“${[...wrong].slice(0, 20).join('')}”`);
  const itsClass = kind === undefined ? undefined : classes[kind];
  return { id, ...(group !== undefined && { group }), ...(itsClass && { class: itsClass }), text, ...(printed !== undefined && answers[printed] === false && { printed: false }), clauses };
}

function repeated(items: readonly ImportedItem[], lines: readonly Line[]): DocumentFault[] {
  const seen = new Map<string, string>();
  return items.flatMap((item, at) => (['id', 'text'] as const).flatMap((field) => {
    const [line, key] = [lines[at], `${field} ${item[field]}`];
    const first = seen.get(key);
    if (!line || item[field] === '') return [];
    if (first === undefined) seen.set(key, line.at(field));
    return first === undefined ? [] : [{ path: line.at(field), message: `${field === 'id' ? '编号' : '检查内容'}与 ${first} 重复` }];
  }));
}

const inOrder = (errors: readonly DocumentFault[]): DocumentFault[] => [...new Map(errors.map((it) => [`${it.path} ${it.message}`, it])).values()];
