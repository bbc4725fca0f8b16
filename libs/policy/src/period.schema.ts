import { z } from 'zod';
import { noLimit, spanFields, spansOf } from './due.schema.js';
import { ruled, validity } from './ruled.schema.js';
import { choosingDates, clauseList, rollRules, startEvents } from './vocabulary.js';

const length = { ...spanFields, limit: noLimit.optional().describe('文件要求办理而没有给出时间') };
const variant = z
  .strictObject({ ...length, ...validity, wording: ruled.wording, clauses: clauseList })
  .refine((it) => spansOf(it).length + (it.limit ? 1 : 0) === 1, '每一种须在 workingDays、days、months、years、immediately、limit: none 中取一');

/** So long after an event; `by` chooses among variants by a date. */
export const period = z
  .strictObject({
    ...ruled, ...length,
    event: z.enum(startEvents).describe('自何事起算'),
    by: z.enum(choosingDates).optional().describe('按哪个日期在 variants 中选择'),
    variants: z.array(variant).min(1).optional().describe('前后不同的期间'),
    atLeast: z.boolean().default(false).describe('“不少于”'),
    inclusive: z.boolean().default(true).describe('末日是否在期间之内；默认在内'),
    roll: z.enum(rollRules).default('none').describe('末日为休息日时是否顺延'),
    startStated: z.boolean().default(true).describe('文件是否写明起算日'),
  })
  .superRefine((it, ctx) => {
    const own = spansOf(it).length + (it.limit ? 1 : 0);
    if (it.variants ? own !== 0 || !it.by : own !== 1 || it.by) ctx.addIssue({ code: 'custom', message: '期间须在 workingDays、days、months、years、immediately、limit: none 中取一；或写 by 和 variants' });
  });
export type PeriodRule = z.output<typeof period>;
