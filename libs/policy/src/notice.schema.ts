import { z } from 'zod';
import { noLimit } from './due.schema.js';
import { ruled } from './ruled.schema.js';
import { noticeKinds, word } from './vocabulary.js';

/** How a result is told: 公示, 公开, 通报, or told to another authority. */
export const notice = z.strictObject({
  ...ruled,
  kind: z.enum(noticeKinds),
  period: word.optional().describe('公示期，periods 中的编号'),
  after: word.optional().describe('在哪一个公示之后，notices 中的编号'),
  changedEntry: z.enum(['own-period', 'none']).optional().describe('公示中改动的一条是否另行公示'),
  objection: z.enum(['entry-waits', 'all-wait', 'none']).optional().describe('有异议时'),
  place: z.string().min(1).optional().describe('在何处'),
  receiver: word.optional().describe('告知哪个机关'),
  of: z.array(z.enum(['institution', 'service-item', 'result', 'approval', 'violation'])).min(1).optional().describe('公布到哪一级'),
  searchable: z.boolean().optional(),
  limit: noLimit.optional().describe('“及时”，没有给出时间'),
});
export type NoticeRule = z.output<typeof notice>;
