import { z } from 'zod';
import { clauseList, dutyKinds, word } from './vocabulary.js';

const item = z.strictObject({ id: word, text: z.string().min(1), clauses: clauseList });

/** checklists/*.yaml: what is asked, item by item, in the words of the text. */
export const checklistSchema = z.strictObject({
  id: word, title: z.string().min(1), usedBy: z.array(z.enum(dutyKinds)).min(1), items: z.array(item).min(1),
});
export type Checklist = z.output<typeof checklistSchema>;
export type ChecklistItem = z.output<typeof item>;
