import { z } from 'zod';
import { spanFields, spansOf } from './due.schema.js';
import { ruled, validity } from './ruled.schema.js';
import { choosingDates, clauseList, periodLimits, rollRules, startEvents, word } from './vocabulary.js';

const length = {
  ...spanFields,
  limit: z.enum(periodLimits).optional().describe('没有统一的时间：none 文件要求办理而没有给出；by-case 由 setBy 的机关逐案写明，没有写明的没有期限'),
  setBy: word.optional().describe('由哪个机关逐案写明，agencies 中的编号；只与 limit: by-case 同写'),
};
const unclear = '逐案写明的期限（limit: by-case）须写明由谁写明（setBy），其他期间不写';
const named = ({ limit, setBy }: { limit?: (typeof periodLimits)[number] | undefined; setBy?: string | undefined }): boolean => (limit === 'by-case') === (setBy !== undefined);
const variant = z
  .strictObject({ ...length, ...validity, wording: ruled.wording, clauses: clauseList })
  .refine(named, unclear)
  .refine((it) => spansOf(it).length + (it.limit ? 1 : 0) === 1, '每一种须在 workingDays、days、months、years、immediately、limit 中取一');

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
    counted: z.literal(false, '只能写 false').optional().describe('系统不据以计算，只供查阅'),
  })
  .superRefine((it, ctx) => {
    const own = spansOf(it).length + (it.limit ? 1 : 0);
    if (it.variants ? own !== 0 || !it.by : own !== 1 || it.by) ctx.addIssue({ code: 'custom', message: '期间须在 workingDays、days、months、years、immediately、limit 中取一；或写 by 和 variants' });
    if (!named(it)) ctx.addIssue({ code: 'custom', message: unclear });
  });
export type PeriodRule = z.output<typeof period>;
