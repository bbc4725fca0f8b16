import { z } from 'zod';
import { localDate } from './dates.schema.js';
import { decimal, ruled } from './ruled.schema.js';
import { institutionKinds, measures, word } from './vocabulary.js';

const span = z.union(
  [z.strictObject({ from: localDate, to: localDate }).refine((it) => it.from <= it.to, '止日早于起日'), z.strictObject({ rollingMonths: z.int().min(1).max(120) })],
  '应写 { from, to } 或 { rollingMonths: 24 }',
);

/** A share to be reached: numerator over denominator, in percent. */
export const target = z.strictObject({
  ...ruled,
  kinds: z.array(z.enum(institutionKinds)).min(1).describe('对哪些机构'),
  numerator: z.enum(measures).describe('分子'), denominator: z.enum(measures).describe('分母'),
  about: z.array(word).default([]).describe('限于哪些情形，如案件的种类'),
  op: z.enum(['=', '>=']), percent: decimal.refine((it) => Number(it) <= 100, '不得超过 100'),
  period: span.optional().describe('统计期间'),
  periodStated: z.boolean().default(true).describe('文件是否写明统计期间的起止'),
  each: z.enum(['kind', 'total', 'both']).default('total').describe('按机构种类分别计算，还是合计'),
  denominatorMayBeZero: z.boolean().default(false).describe('分母是否可能为零'),
  zero: z.literal('not-applicable', '只能写 not-applicable').default('not-applicable').describe('分母为零时显示不适用'),
  data: z.enum(['computed', 'entered']).describe('由系统计算，还是由人填写并注明来源'),
});
export type TargetRule = z.output<typeof target>;
