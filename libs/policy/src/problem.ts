import { z } from 'zod';
import { parse as parseYaml } from 'yaml';
import type { ContradictionKind } from './vocabulary.js';

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
const chinese = z.locales.zhCN().localeError;

/** Reads YAML or JSON text: no anchors beyond a handful, no duplicate keys, no file past a megabyte. Throws PackError. */
export function readText(file: string, text: string): unknown {
  if (text.length > longest) throw new PackError([{ file, path: '', message: '文件超过 1 MB' }]);
  try {
    return file.endsWith('.json') ? JSON.parse(text) : parseYaml(text, { maxAliasCount: 10, uniqueKeys: true });
  } catch (error) {
    throw new PackError([{ file, path: '', message: `文件不是有效的 ${file.endsWith('.json') ? 'JSON' : 'YAML'}：${(error as Error).message.split('\n')[0] ?? ''}` }]);
  }
}

/** Parses one file of a pack with its schema. Throws PackError with file, path and a Chinese sentence for each fault. */
export function parseFile<S extends z.ZodType>(file: string, text: string, schema: S): z.output<S> {
  const result = schema.safeParse(readText(file, text), { error: chinese });
  if (result.success) return result.data;
  throw new PackError(result.error.issues.flatMap((issue) => problems(file, issue)));
}

function problems(file: string, issue: z.core.$ZodIssue): Problem[] {
  const path = pointer(issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ file, path: pointer([...issue.path, key]), message: `未知字段“${key}”` }));
  if (issue.code === 'invalid_type' && issue.input === undefined) return [{ file, path, message: '缺少必填字段' }];
  return [{ file, path, message: issue.message }];
}

const pointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
