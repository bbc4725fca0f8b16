import { z } from 'zod';
import { conditions, ruled } from './ruled.schema.js';
import { activities, institutionKinds, word } from './vocabulary.js';

export const window = z.union(
  [z.strictObject({ years: z.int().min(1).max(100) }), z.strictObject({ months: z.int().min(1).max(1200) }), z.enum(['calendar-year', 'validity-period'])],
  '应写 { years: 2 }、{ months: 12 }、calendar-year 或 validity-period',
);

/** So often in a window: `min` is what must be, `target` what the text plans or permits. */
export const frequency = z
  .strictObject({
    ...ruled,
    activity: z.enum(activities).describe('做什么'),
    kinds: z.array(z.enum(institutionKinds)).min(1).optional().describe('对哪些机构；不写为全部'),
    when: conditions.optional(),
    min: z.int().min(0).max(1000).describe('至少几次'),
    target: z.int().min(0).max(1000).optional().describe('计划几次（“可1次/年”）'),
    per: window.describe('在多长时间内'),
    permitted: z.boolean().default(false).describe('文件用“可”，是允许不是要求'),
    periodStated: z.boolean().default(true).describe('文件是否写明起止或月份'),
    basis: z.enum(['same-year', 'previous-year']).optional().describe('依据哪一年的结果'),
    decidedBy: word.optional().describe('由哪个机关确定具体次数'),
    warnAt: z.array(z.int().min(1).max(99)).default([]).describe('期间过去百分之几时提醒'),
  })
  .refine((it) => it.target === undefined || it.target >= it.min, '计划次数不得少于最少次数');
export type FrequencyRule = z.output<typeof frequency>;
