import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { institutionKinds, type RehearsedBody } from '@zhijian/policy';
import type { TableLayout, TableRow } from '@zhijian/documents';
import { WrongQuestion } from '../command/command.js';

const cityCode = (text: string): string | null => (/^(\d{6}|[a-z][a-z0-9-]{2,39})$/.test(text) ? null : `应为六位区划代码或功能区名称，实为“${text.slice(0, 20)}”`);
const knownKind = (text: string): string | null => ((institutionKinds as readonly string[]).includes(text) ? null : `机构类别“${text.slice(0, 40)}”不在 ${institutionKinds.join('、')} 之内`);
const namesOf = (text: string): string[] => text.split(/[、,，;；/|\s]+/u).filter(Boolean);
const mostOfficers = 1000;
const officers = (text: string): string | null => {
  if (/^\d+$/.test(text)) return Number(text) <= mostOfficers ? null : `执法人员不应多于 ${mostOfficers} 名`;
  if (/^[-+]?[\d.]+$/.test(text)) return `应为执法人员数（整数）或姓名、编号（以顿号、逗号、分号或空格分开），实为“${text.slice(0, 20)}”`;
  const names = namesOf(text);
  return new Set(names).size === names.length ? null : '同一执法人员写了两次';
};

const layout: TableLayout = {
  title: '演练名单',
  columns: [
    { key: 'id', title: 'id', required: true, parse: 'text', max: 100, unique: true },
    { key: 'name', title: 'name', required: true, parse: 'text', max: 200 },
    { key: 'kind', title: 'kind', required: true, parse: 'text', check: knownKind },
    { key: 'city', title: 'city', required: true, parse: 'code', check: cityCode },
    { key: 'inspectors', title: 'inspectors', parse: 'text', check: officers },
  ],
};
const limits = { bytes: 50 * 1_048_576, cells: 2_000_000, rows: 300_000 };

/**
 * Reads the roster of a rehearsal, a CSV `id,name,kind,city,inspectors` in UTF-8 or GB18030. `inspectors` is how many
 * officers the city has (the largest number given counts), or who may visit this body; empty: the city's.
 * @throws WrongQuestion that names line and column of each fault
 */
export async function readRoster(file: string, cwd: string): Promise<RehearsedBody[]> {
  const path = resolve(cwd, file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new WrongQuestion(`不能读取名单 ${path}`);
  }
  const { readTable } = await import('@zhijian/documents');
  const { rows, errors } = await readTable(layout, bytes, limits);
  if (errors.length > 0) throw wrongRoster(path, errors);
  if (rows.length === 0) throw new WrongQuestion(`名单 ${path} 中没有机构`);
  return withOfficers(rows);
}

interface Line { id: string; name: string; kind: string; city: string; inspectors: string | null }

function withOfficers(rows: readonly TableRow[]): RehearsedBody[] {
  const lines = rows.map(({ value }) => value as unknown as Line);
  const cities = Map.groupBy(lines, ({ city }) => city);
  const own = new Map([...cities].map(([city, those]) => {
    const count = Math.max(0, ...those.map(({ inspectors }) => (inspectors !== null && /^\d+$/.test(inspectors) ? Number(inspectors) : 0)));
    const named = those.flatMap(({ inspectors }) => (inspectors !== null && !/^\d+$/.test(inspectors) ? namesOf(inspectors) : []));
    return [city, [...new Set([...named, ...Array.from({ length: count }, (_, at) => `${city}-${String(at + 1).padStart(2, '0')}`)])]];
  }));
  return lines.map(({ id, name, kind, city, inspectors }) => ({ id, name, kind, city, inspectors: inspectors !== null && !/^\d+$/.test(inspectors) ? namesOf(inspectors) : (own.get(city) ?? []) }));
}

const most = 20;

function wrongRoster(path: string, errors: readonly { path: string; message: string }[]): WrongQuestion {
  const lines = errors.slice(0, most).map(({ path: at, message }) => `${spoken(at)}：${message}`);
  return new WrongQuestion([`名单 ${path} 有 ${errors.length} 处错误`, ...lines, ...(errors.length > most ? [`……另有 ${errors.length - most} 处`] : [])].join('\n'), errors.map(({ path: at, message }) => ({ path: at, message })));
}

/** `csv!D3` as an officer says it: 第3行第4列（D3）. */
function spoken(at: string): string {
  const [, letters = '', line = ''] = /!([A-Z]+)(\d+)$/.exec(at) ?? [];
  if (!line) return at;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  const { title } = layout.columns[column - 1] ?? {};
  return `第${line}行第${column}列${title ? `（${title}）` : ''}`;
}
