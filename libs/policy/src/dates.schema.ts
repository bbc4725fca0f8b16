import { monthWindow, type LocalDate } from '@zhijian/calendar';
import { z } from 'zod';

export const localDate = z.iso.date('日期应写成 2024-05-20，且确有其日').transform((text) => text as LocalDate);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份应写成 2024-05').describe('月份，如 2024-05');
const year = z.union([z.int().min(1900).max(2200), z.string().regex(/^\d{4}$/)], '年份应写成 2025').transform(String);

/** “2025年底前”“2024年8月底前”: the year or month whose last day is meant. */
export const byEndOf = z.union([year, month], '应写成 2025 或 2024-08').describe('“某年底前”或“某月底前”：写年份 2025 或月份 2024-08');

/** The last day of a year or a month. */
export const lastDayOf = (text: string): LocalDate => (text.length === 4 ? (`${text}-12-31` as LocalDate) : monthWindow(text).to);
const firstDayOf = (text: string): LocalDate => (text.length === 4 ? (`${text}-01-01` as LocalDate) : monthWindow(text).from);

/** An edge of a window: a day, or a month or a year (its first day when it opens, its last when it closes), or the end of one. */
export type Edge = { readonly on: LocalDate } | { readonly month: string } | { readonly year: string } | { readonly byEndOf: string };
export const edge = z
  .strictObject({ on: localDate.optional(), month: month.optional(), year: year.optional(), byEndOf: byEndOf.optional() })
  .transform((it, ctx): Edge => {
    const [given, ...more] = [it.on && { on: it.on }, it.month && { month: it.month }, it.year && { year: it.year }, it.byEndOf && { byEndOf: it.byEndOf }].filter((one) => !!one);
    if (given && more.length === 0) return given;
    ctx.addIssue({ code: 'custom', message: '须写明日期（on）、月份（month）、年份（year）或某年某月底（byEndOf），取其一' });
    return z.NEVER;
  });

/** The day on which a window with this edge opens. */
export const opensOnOf = (it: Edge): LocalDate => ('on' in it ? it.on : 'byEndOf' in it ? lastDayOf(it.byEndOf) : firstDayOf('month' in it ? it.month : it.year));
/** The last day of a window with this edge. */
export const closesOnOf = (it: Edge): LocalDate => ('on' in it ? it.on : lastDayOf('byEndOf' in it ? it.byEndOf : 'month' in it ? it.month : it.year));

/** Does a day lie in a window that may be open to either side? Both ends are in it. */
export const within = (on: LocalDate, { from, to }: { from?: LocalDate | undefined; to?: LocalDate | undefined }): boolean => (!from || on >= from) && (!to || on <= to);
