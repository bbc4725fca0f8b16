import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import type { CellGrid, DocumentFault, RawSheet } from '@zhijian/documents';
import { clauseId, dutyKinds, word } from '@zhijian/policy';
import { stringify } from 'yaml';
import { textOf, textsOf, WrongQuestion, type Answer, type Command, type Question } from '../command/command.js';
import { importList, type Import, type Imported } from './checklist-file.js';
import { readSheet } from './checklist-sheet.js';
import { readPack } from './read-pack.js';

export const packImportChecklist: Command = {
  noun: 'pack', verb: 'import-checklist', usage: 'FILE.xlsx [--id ID] [--title TITLE] [--used-by KIND]… [--clause CLAUSE] [--pack PACK] [--out FILE]', takes: 1,
  summary: '把检查表（检查内容、条款……，或 XLSForm）读成政策包的检查清单；填错列的逐格指出（--pack 核对条款是否存在）',
  options: { id: { type: 'string' }, title: { type: 'string' }, 'used-by': { type: 'string', multiple: true }, clause: { type: 'string' }, pack: { type: 'string' }, out: { type: 'string' } },
  async answer(question) {
    const asked = askedOf(question);
    const path = resolve(question.surroundings.cwd, question.arguments[0]!);
    const result = await imported(bytesOf(path), asked.clause);
    if (!result.ok) return refused(result.errors);
    const unknown = await unknownClauses(result.list, question);
    if (unknown.length > 0) return refused(unknown);
    return told(checklistOf(result.list, asked, path), question);
  },
};

interface Asked { id: string | undefined; title: string | undefined; usedBy: string[]; clause: string | undefined }

function askedOf({ values }: Question): Asked {
  const [id, clause, usedBy] = [textOf(values, 'id'), textOf(values, 'clause'), textsOf(values, 'used-by')];
  if (id !== undefined && !word.safeParse(id).success) throw new WrongQuestion(`--id 只能用字母、数字和连字符，并以字母开头，收到“${id}”`);
  if (clause !== undefined && !clauseId.safeParse(clause).success) throw new WrongQuestion(`--clause 应形如 XX-2024-07，收到“${clause}”`);
  const strange = usedBy.find((kind) => !(dutyKinds as readonly string[]).includes(kind));
  if (strange !== undefined) throw new WrongQuestion(`--used-by 应为 ${dutyKinds.join('、')} 之一，收到“${strange}”`);
  return { id, title: textOf(values, 'title'), usedBy, clause };
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new WrongQuestion(`不能读取 ${path}`);
  }
}

/** The one sheet of a list, or `survey` of an XLSForm with its `choices` and `settings`. Anything else with content is a fault. */
async function imported(bytes: Buffer, clause: string | undefined): Promise<Import> {
  const { gridOf, pathOf, readSafely } = await import('@zhijian/documents');
  const read = await readSafely(bytes);
  if (!read.ok) return { ok: false, errors: [...read.errors] };
  const sheets = read.sheets.map((sheet: RawSheet) => ({ name: sheet.name, grid: gridOf(sheet) })).filter(({ grid }) => grid.size > 0);
  const survey = sheets.find(({ name }) => name === 'survey');
  const main = survey ?? sheets[0];
  if (!main) return { ok: false, errors: [{ path: '文件', message: '表格中没有内容' }] };
  const others = sheets.filter((sheet) => sheet !== main && !(survey && ['choices', 'settings'].includes(sheet.name)));
  if (others.length > 0) return { ok: false, errors: others.map(({ name, grid }) => ({ path: pathOf(name, ...firstOf(grid)), message: `多出工作表“${name}”，文件只应有“${main.name}”` })) };
  const place = (row: number, column: number): string => pathOf(main.name, row, column);
  const sheet = readSheet(main.name, main.grid, place);
  if (!sheet.ok) return sheet;
  const list = importList(sheet.sheet, clause, place);
  const named = sheets.find(({ name }) => name === 'settings');
  return list.ok && named ? { ok: true, list: { ...list.list, title: settingOf(named.grid, 'form_title') ?? list.list.title } } : list;
}

function firstOf(grid: CellGrid): [number, number] {
  const [[row, cells] = [0, new Map<number, unknown>()]] = grid;
  const [column = 0] = cells.keys();
  return [row, column];
}

/** What stands under a name in the sheet `settings`. */
function settingOf(grid: CellGrid, name: string): string | null {
  const [[, header] = [], [, values] = []] = [...grid];
  const [column] = [...(header ?? [])].find(([, cell]) => cell.kind === 'text' && cell.value.trim() === name) ?? [];
  const cell = column === undefined ? undefined : values?.get(column);
  return cell?.kind === 'text' ? cell.value.trim() : null;
}

async function unknownClauses({ items }: Imported, question: Question): Promise<DocumentFault[]> {
  const ref = textOf(question.values, 'pack');
  if (ref === undefined) return [];
  const { pack } = await readPack(ref, question);
  return items.flatMap(({ text, clauses }) => clauses.filter((id) => !Object.hasOwn(pack.clauses, id)).map((id) => ({ path: `“${text}”`, message: `政策包 ${pack.id}@${pack.version} 没有条款 ${id}` })));
}

function checklistOf({ title, groups, items }: Imported, asked: Asked, path: string) {
  const name = basename(path, extname(path));
  return {
    id: asked.id ?? (word.safeParse(name).success ? name : 'checklist'), title: asked.title ?? title ?? name, usedBy: asked.usedBy,
    ...(Object.keys(groups).length > 0 && { groups }), items,
  };
}

function told(checklist: ReturnType<typeof checklistOf>, question: Question): Answer {
  const text = stringify(checklist, { lineWidth: 0 });
  const out = textOf(question.values, 'out');
  if (out === undefined) return { ok: true, json: { checklist, errors: [] }, text };
  const path = resolve(question.surroundings.cwd, out);
  if (existsSync(path)) throw new WrongQuestion(`${path} 已经存在，不覆盖`);
  writeFileSync(path, text);
  return { ok: true, json: { checklist, errors: [], file: path }, text: `${checklist.items.length} 项已写入 ${path}` };
}

const refused = (errors: readonly DocumentFault[]): Answer =>
  ({ ok: false, json: { checklist: null, errors }, text: [`有 ${errors.length} 处错误，没有导入`, ...errors.map(({ path, message }) => `${path}：${message}`)].join('\n') });
