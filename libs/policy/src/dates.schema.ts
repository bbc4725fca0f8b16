import type { LocalDate } from '@zhijian/calendar';
import { z } from 'zod';

export const localDate = z.iso.date('日期应写成 2024-05-20，且确有其日').transform((text) => text as LocalDate);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份应写成 2024-05');

/** An edge of a window: a day, or a month (its first day when it opens, its last when it closes). */
export type Edge = { readonly on: LocalDate } | { readonly month: string };
export const edge = z.strictObject({ on: localDate.optional(), month: month.optional() }).transform((it, ctx): Edge => {
  if (it.on && !it.month) return { on: it.on };
  if (it.month && !it.on) return { month: it.month };
  ctx.addIssue({ code: 'custom', message: '须写明日期（on）或月份（month），二者取一' });
  return z.NEVER;
});
