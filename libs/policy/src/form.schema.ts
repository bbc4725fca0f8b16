import { z } from 'zod';
import { localDate } from './dates.schema.js';
import { clauseList, columnSources, word } from './vocabulary.js';

export const leaf = z.strictObject({ title: z.string().min(1), source: z.enum(columnSources), width: z.number().positive().max(200).optional() });
export const group = z.strictObject({ title: z.string().min(1), columns: z.array(leaf).min(1) });

/** A column with its source, or a printed heading over several of them. */
const column = z.unknown().transform((it, ctx): Leaf | Group => {
  const schema = typeof it === 'object' && it !== null && 'columns' in it ? group : leaf;
  const result = schema.safeParse(it, { error: z.locales.zhCN().localeError });
  if (result.success) return result.data;
  for (const issue of result.error.issues) ctx.addIssue({ code: 'custom', path: issue.path, message: issue.message });
  return z.NEVER;
});

/** forms/*.json: an official table with titles, columns and notes letter for letter as printed. */
export const formSchema = z.strictObject({
  id: word,
  title: z.string().min(1),
  otherTitles: z.array(z.string().min(1)).default([]),
  head: z.array(z.string().min(1)),
  columns: z.array(column).min(1),
  rows: z.enum(['roster', 'checked', 'issues']),
  listedBy: word.optional().describe('由哪张决策表决定检查过的机构是否列入，decisions 中的编号；不写即用包中唯一的一张'),
  notes: z.array(z.string().min(1)).default([]),
  notesTitle: z.string().optional(),
  annex: z.string().optional(),
  period: z.strictObject({ from: localDate, to: localDate }).optional(),
  orientation: z.enum(['landscape', 'portrait']),
  printed: z.boolean().default(true).describe('标题和各栏是否为原文；我们自拟的写 false'),
  clauses: clauseList,
});

export type Leaf = z.output<typeof leaf>;
export type Group = z.output<typeof group>;
export type Form = z.output<typeof formSchema>;
export type FormColumn = Form['columns'][number];
