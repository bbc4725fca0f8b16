import { z } from 'zod';
import { ruled } from './ruled.schema.js';
import { institutionKinds, readingId, word } from './vocabulary.js';

const kinds = z.array(z.enum(institutionKinds)).min(1);
const subject = z.strictObject({ title: z.string().min(1), inputs: z.record(z.string(), z.unknown()), reading: readingId.optional() });

/** Who can have an input of a decision, who may lack it, and which words occur in practice. */
export const input = z.strictObject({
  ...ruled,
  decision: word.describe('决策表'),
  input: z.string().min(1).optional().describe('决策表中的输入'),
  of: kinds.optional().describe('决策涉及的机构；不写为适用范围内的全部'),
  have: kinds.optional().describe('有这项结果的机构'),
  lack: kinds.optional().describe('不可能有这项结果的机构'),
  mayLack: z.array(z.enum(['absent', 'late', 'partial', 'new', 'not-evaluated'])).optional().describe('有时没有这项结果的情形'),
  several: z.boolean().optional().describe('一家机构可能有几个结果'),
  occurring: z.array(z.string().min(1)).optional().describe('实践中出现的结果，检查决策表是否都有对应'),
  subjects: z.array(subject).optional().describe('实践中有的机构，检查决策表是否都能作出判断'),
  nowhere: z.array(z.string()).default([]).describe('表示“哪一类都不属于”的结论'),
  then: z.enum(['undetermined']).default('undetermined'),
});
export type InputRule = z.output<typeof input>;
