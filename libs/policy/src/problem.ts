import { z } from 'zod';
import type { ContradictionKind } from './vocabulary.js';
import { readYaml } from './yaml-text.js';

/** One thing wrong in a pack: which file, where in it (a JSON Pointer), and a sentence in Chinese. */
export interface Problem {
  readonly file: string; readonly path: string; readonly message: string;
  /** The kind of finding it is, where it is one of those a check names. */
  readonly kind?: ContradictionKind;
}

/** A pack that cannot be read. Holds every problem found, not only the first. */
export class PackError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((p) => `${p.file}${p.path ? ` ${p.path}` : ''}：${p.message}`).join('\n'));
    this.name = 'PackError';
  }
}

const longest = 1_000_000;
const most = 100;
const chinese = z.locales.zhCN().localeError;

/** What no text of a pack may hold, whatever its format; undefined where there is nothing of the kind. */
export function unreadable(text: string): string | undefined {
  if (text.length > longest) return '文件超过 1 MB';
  // eslint-disable-next-line no-control-regex -- those are what is looked for
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/.exec(text);
  return control ? `第 ${text.slice(0, control.index).split('\n').length} 行有不可见的控制字符` : undefined;
}

/** Reads YAML or JSON text as plain data: no aliases, no key twice, nothing huge or deep. Throws PackError, each problem with its line. */
export function readText(file: string, text: string): unknown {
  const kind = file.endsWith('.json') ? 'JSON' : 'YAML';
  const wrong = (faults: readonly { path: string; message: string }[]) => new PackError(faults.map(({ path, message }) => ({ file, path, message: `文件不是有效的 ${kind}：${message}` })));
  const refused = unreadable(text);
  if (refused) throw new PackError([{ file, path: '', message: refused }]);
  const json = kind === 'JSON' ? jsonFault(text) : undefined;
  if (json) throw wrong([{ path: '', message: json }]);
  const read = readYaml(text);
  if ('faults' in read) throw wrong(read.faults);
  return kind === 'JSON' ? JSON.parse(text) : read.value;
}

/** Why a text is no JSON, with the line where its reader stopped. */
function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const [, position] = /position (\d+)/.exec((error as Error).message) ?? [];
    return position ? `第 ${text.slice(0, Number(position)).split('\n').length} 行不合语法` : '不合语法，或没有写完';
  }
}

/** Parses one file of a pack with its schema. Throws PackError with file, path and a Chinese sentence for each fault. */
export function parseFile<S extends z.ZodType>(file: string, text: string, schema: S): z.output<S> {
  const result = schema.safeParse(readText(file, text), { error: chinese, reportInput: true });
  if (result.success) return result.data;
  throw new PackError(result.error.issues.slice(0, most).flatMap((issue) => problems(file, issue)).slice(0, most));
}

function problems(file: string, issue: z.core.$ZodIssue): Problem[] {
  const path = pointer(issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ file, path: pointer([...issue.path, key]), message: `未知字段“${key}”` }));
  if (issue.code === 'invalid_type' && issue.input === undefined) return [{ file, path, message: '缺少必填字段' }];
  if (issue.code === 'invalid_type') return [{ file, path, message: path === '' ? '文件应是一组字段' : `应为${kindWords[issue.expected] ?? issue.expected}，现为${kindOf(issue.input)}` }];
  // Of several shapes the one that is least wrong is meant.
  const branches = issue.code === 'invalid_union' && issue.message === unionWords ? issue.errors.filter((branch) => branch.length > 0) : [];
  const [nearest] = [...branches].sort((one, other) => one.length - other.length);
  return nearest?.flatMap((inner) => problems(file, { ...inner, path: [...issue.path, ...inner.path] })) ?? [{ file, path, message: issue.message }];
}

const unionWords = '无效输入';
const kindWords: Readonly<Record<string, string>> = { string: '文字', number: '数', int: '整数', boolean: ' true 或 false ', array: '列表', object: '一组字段', record: '一组字段' };
const kindOf = (value: unknown): string =>
  (value === null ? '空' : Array.isArray(value) ? '列表' : typeof value === 'object' ? '一组字段' : typeof value === 'string' ? '文字' : typeof value === 'boolean' ? String(value) : '数');

const pointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
