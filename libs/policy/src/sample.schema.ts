import { z } from 'zod';
import { ruled } from './ruled.schema.js';

const one = z.int().min(1).max(100_000);
const size = z.union(
  [z.strictObject({ count: one }), z.strictObject({ percent: z.int().min(1).max(100) }), z.strictObject({ ratio: z.string().regex(/^[1-9]\d{0,3}\/[1-9]\d{0,3}$/, '应写成 1/3').refine((it) => { const [part = 0, whole = 1] = it.split('/').map(Number); return part <= whole; }, '抽取的不得多于全部') })],
  '应写 { count: 5 }、{ percent: 10 } 或 { ratio: 1/3 }',
);

/** How many are drawn, of what, and who is in it in any case. Only what a draw does is a word here: what nobody would heed is refused. */
export const sample = z.strictObject({
  ...ruled,
  of: z.enum(['archives', 'institutions'], '只能抽取档案（archives）或机构（institutions）'),
  size,
  strata: z.array(z.enum(['kind', 'unit'], '只能按机构种类（kind）或填报单位（unit）分层')).default([]).describe('分层'),
  rounding: z.enum(['up', 'down', 'nearest']).default('up'),
  min: one.optional().describe('不少于'),
  include: z.array(z.enum(['report-late', 'key-supervision'], '必须列入的只能是逾期报送的（report-late）或重点监督的（key-supervision）')).default([]).describe('必须列入的'),
  reopens: z.array(z.enum(['report-late', 'key-supervision'])).default([]).describe('发生后须补充列入的'),
  stated: z.boolean().default(true).describe('文件是否写明数量；不写明的由我们设定'),
});
export type SampleRule = z.output<typeof sample>;
