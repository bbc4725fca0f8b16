import { z } from 'zod';
import { localDate } from './dates.schema.js';
import { clauseList, readingId, word } from './vocabulary.js';

/** What every rule carries: its words for people, the words printed, the clauses, and the reading it follows. */
export const ruled = {
  title: z.string().min(1).describe('给人看的名称'),
  wording: z.string().min(1).optional().describe('原文的字句，检查时在来源中查找'),
  clauses: clauseList.describe('依据的条款'),
  reading: readingId.optional().describe('所依的理解'),
  matter: word.optional().describe('受上位法的哪一条约束：law.yaml 中的编号；编号与上位法所列名称相同的不必写'),
};

/** From and to include both days; absent is open. */
export const validity = { from: localDate.optional().describe('自这一日起'), to: localDate.optional().describe('至这一日止（含）') };

/** A number in the text, kept exactly as written. */
export const decimal = z
  .union([z.string().regex(/^\d{1,9}(\.\d{1,6})?$/), z.number().nonnegative()], '应为不小于 0 的数，如 95 或 0.01')
  .transform(String)
  .describe('数，照原文写，如 95 或 0.01');

/** Facts under which a rule holds: `{ colour: red }`. All of them must hold. */
export const conditions = z.record(word, z.union([z.string(), z.boolean()])).describe('适用的条件，如 { colour: red }');
