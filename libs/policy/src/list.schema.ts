import { z } from 'zod';
import { conditions, ruled, validity } from './ruled.schema.js';
import { choosingDates, clauseList, readingId, word } from './vocabulary.js';

const item = z.strictObject({
  id: word, text: z.string().min(1), ...validity, group: word.optional(), class: z.enum(['violation', 'gap']).optional(), when: conditions.optional(),
  printed: z.boolean().default(false).describe('文字是否为原文'), clauses: clauseList.optional().describe('不写则同整个清单'),
});

const mapping = z.strictObject({
  from: word, to: z.array(word).min(1), automatic: z.boolean().describe('是否可以直接对应；否则须逐件决定'), reading: readingId.optional(),
});

/** A dated list: materials, conditions, scope codes, roles, catalogues. */
export const list = z.strictObject({
  ...ruled,
  by: z.enum(choosingDates).optional().describe('按哪个日期选择适用的条目'),
  items: z.array(item).default([]),
  count: z.int().min(0).optional().describe('文件写明的条数'),
  open: z.boolean().default(false).describe('“…等”：另有其他一项'),
  listed: z.boolean().default(true).describe('文件提到而没有列出的写 false'),
  mapping: z.array(mapping).default([]).describe('旧条目对应哪些新条目'),
});
export type ListRule = z.output<typeof list>;
export type ListItem = z.output<typeof item>;
