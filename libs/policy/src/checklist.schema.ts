import { z } from 'zod';
import { clauseList, dutyKinds, word } from './vocabulary.js';

const item = z.strictObject({
  id: word, text: z.string().min(1), group: word.optional().describe('所属的组'), class: z.enum(['violation', 'gap']).optional().describe('违法违规（violation）还是问题和差距（gap）'),
  printed: z.boolean().optional().describe('文字是否为原文；默认是'), clauses: clauseList,
});

/** checklists/*.yaml: what is asked, item by item, in the words of the text. */
export const checklistSchema = z.strictObject({
  id: word, title: z.string().min(1), usedBy: z.array(z.enum(dutyKinds)).describe('哪些工作使用；只作目录的写 []'),
  open: z.boolean().optional().describe('“…等”：另有其他一项'),
  groups: z.record(word, z.string().min(1)).optional().describe('组的名称'),
  items: z.array(item).min(1),
});
export type Checklist = z.output<typeof checklistSchema>;
export type ChecklistItem = z.output<typeof item>;
