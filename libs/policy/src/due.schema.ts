import { z } from 'zod';
import { byEndOf, lastDayOf, localDate } from './dates.schema.js';
import { readingId, rollRules, startEvents } from './vocabulary.js';

const count = z.int('应为整数').min(1, '至少为 1').max(3660, '不得超过 3660');

/** How long after its event something may take: exactly one of these. */
export const spanFields = { workingDays: count.optional(), days: count.optional(), months: count.optional(), years: count.optional(), immediately: z.literal(true, '只能写 true').optional() };
export type Span = { readonly workingDays: number } | { readonly days: number } | { readonly months: number } | { readonly years: number } | { readonly immediately: true };

/** All lengths that are given; a rule has exactly one. */
export const spansOf = ({ workingDays, days, months, years, immediately }: { [K in keyof typeof spanFields]?: z.output<(typeof spanFields)[K]> }): Span[] =>
  [workingDays && { workingDays }, days && { days }, months && { months }, years && { years }, immediately && { immediately }].filter((span) => !!span);

/** `limit: none`: the text asks for it and gives no time (限期、及时). */
export const noLimit = z.literal('none', '只能写 none');
export const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '应写成 12-31').describe('每年的这一天，如 12-31');

/** Exactly one of: a day, the end of a year or month, the end of the stage, a day of every year, so long after an event, no limit, or standing work that needs none. */
export const due = z
  .strictObject({
    on: localDate.optional(), byEndOf: byEndOf.optional(), endOfStage: z.literal(true, '只能写 true').optional(), yearly: monthDay.optional(),
    after: z.strictObject({ event: z.enum(startEvents) }).optional(), limit: noLimit.optional(),
    standing: z.literal(true, '只能写 true').optional().describe('经常性的工作，没有也不需要期限；文件要求限期而没有给出的写 limit: none'),
    ...spanFields,
    roll: z.enum(rollRules).default('none'),
    inclusive: z.boolean().default(true).describe('“前”是否含当日；默认含，当日24时届满'),
    wording: z.string().optional().describe('原文的字句，检查时在来源中查找'),
    yearStated: z.boolean().optional().describe('原文是否写明年份；不写则由检查从原文推断'),
    reading: readingId.optional(),
  })
  .transform((it, ctx) => {
    const refuse = (message: string) => (ctx.addIssue({ code: 'custom', message }), z.NEVER);
    const { roll, inclusive, wording, yearStated, reading } = it;
    const about = { roll, inclusive, wording, ...(yearStated !== undefined && { yearStated }), ...(reading && { reading }) };
    const spans = spansOf(it);
    if ([it.on, it.byEndOf, it.endOfStage, it.yearly, it.after, it.limit, it.standing].filter(Boolean).length !== 1) {
      return refuse('期限须在日期（on）、某年某月底（byEndOf）、阶段结束（endOfStage）、每年某日（yearly）、事件之后（after）、没有期限（limit: none）、经常性（standing）中取一');
    }
    const [span] = spans;
    if (spans.length !== (it.after ? 1 : 0)) return refuse('只有写明事件（after）的期限才写长短，并在 workingDays、days、months、years、immediately 中取一');
    const printed = it.on ?? it.byEndOf ?? it.endOfStage;
    if (!inclusive && !printed) return refuse('是否含当日（inclusive）只能写在有日期的期限（on、byEndOf、endOfStage）里');
    if (roll === 'forward' && !printed && (!it.after || it.immediately)) return refuse('没有末日可以顺延，不能写 roll: forward');
    if (it.after && span) return { kind: 'after' as const, after: { event: it.after.event, ...span }, ...about };
    if (it.on) return { kind: 'on' as const, on: it.on, ...about };
    if (it.byEndOf) return { kind: 'on' as const, on: lastDayOf(it.byEndOf), byEndOf: it.byEndOf, ...about };
    if (it.yearly) return { kind: 'yearly' as const, yearly: it.yearly, ...about };
    if (it.standing) return { kind: 'standing' as const, ...about };
    return it.limit ? { kind: 'none' as const, ...about } : { kind: 'endOfStage' as const, ...about };
  });

export type DueRule = z.output<typeof due>;
export type After = Extract<DueRule, { kind: 'after' }>['after'];
