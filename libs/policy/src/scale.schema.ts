import { z } from 'zod';
import { decimal, ruled } from './ruled.schema.js';
import { word } from './vocabulary.js';

/** Ordered outcomes with their direction. */
export const scale = z.strictObject({
  ...ruled,
  direction: z.enum(['best-first', 'worst-first']).describe('values 从优到劣，还是从劣到优'),
  values: z.array(z.strictObject({ id: word, title: z.string().min(1), wording: z.string().min(1).optional() })).min(2),
  combine: z.enum(['worst', 'best']).optional().describe('一家机构有几个结果时取哪个'),
});

/** Bands as the text prints them, both ends included as printed, so that the check can name their gaps. */
export const bands = z.strictObject({
  ...ruled,
  decision: word.describe('实际采用的决策表'),
  step: decimal.describe('分数的最小单位'),
  printed: z.array(z.strictObject({ words: z.string().min(1), from: decimal.optional(), to: decimal.optional(), fromIncluded: z.boolean().default(true), toIncluded: z.boolean().default(true), value: z.string().min(1) })).min(1),
});

/** Parts that the text says make up a whole. */
export const share = z.strictObject({ ...ruled, parts: z.record(word, decimal), sum: decimal });

/** The same outcome so many times in a row. */
export const run = z.strictObject({
  ...ruled,
  of: word.describe('scales 中的编号'), value: word, times: z.int().min(2).max(100).describe('连续几次'),
  gapBreaks: z.boolean().describe('中间缺一次是否中断'), warnAt: z.int().min(1).max(100).optional().describe('第几次时提醒'),
});

/** A single value of the text that needs no calculation. */
export const value = z.strictObject({
  ...ruled, value: z.union([z.boolean(), z.int(), z.string().min(1), z.array(z.string().min(1)).min(1)]), stated: z.boolean().default(true).describe('文件是否写明；不写明的由我们设定'),
});

export type Scale = z.output<typeof scale>;
export type Bands = z.output<typeof bands>;
export type Share = z.output<typeof share>;
export type RunRule = z.output<typeof run>;
export type ValueRule = z.output<typeof value>;
