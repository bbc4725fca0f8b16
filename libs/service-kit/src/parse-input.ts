import { z } from 'zod';
import { fieldPath, unfitFields } from './unfit-fields.js';
import { BadInput } from './problem.js';

z.config(z.locales.zhCN());

const pointer = (at: string, path: readonly PropertyKey[]): string => fieldPath([...(at ? [at] : []), ...path.map(String)]);

const types: Record<string, string> = { string: '文本', number: '数字', int: '整数', boolean: '是或否', array: '列表', object: '对象', record: '对象', date: '日期' };

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.input === undefined ? '必填' : `应为${types[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_format' && issue.format === 'date') return '应为日期，如 2023-04-15';
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return '不能为空';
  return issue.message;
}

/**
 * Parses what came from outside.
 * @param at where the value stood (`params`, `query`), empty for the body
 * @throws BadInput naming every field by JSON Pointer, in Chinese
 */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown, at: string): z.output<T> {
  const unfit = unfitFields(value, at ? [at] : []);
  if (unfit.length) throw new BadInput(unfit);
  const read = schema.safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  throw new BadInput(read.error.issues.flatMap((issue) => issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: pointer(at, [...issue.path, key]), message: '未知的字段' }))
    : [{ path: pointer(at, issue.path), message: sentenceOf(issue) }]));
}
