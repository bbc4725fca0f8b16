import { z } from 'zod';
import { decimal, ruled } from './ruled.schema.js';
import { clauseList, institutionKinds, word } from './vocabulary.js';

/** 每…扣…分：one ground for deducting, so many points each time, up to `most` where the text caps it. */
const deduction = z.strictObject({
  id: word, text: z.string().min(1).describe('扣分的情形'), points: decimal.describe('每次扣几分'), most: decimal.optional().describe('这一情形最多扣几分；不写则扣完该项为止'),
  failsKey: z.boolean().default(false).describe('出现一次，该关键项即为不合格'),
});

const item = z
  .strictObject({
    id: word, number: z.string().min(1).max(20).optional().describe('原文的序号，如 1.2；表格导入时也用它'), text: z.string().min(1).describe('指标内容'), group: word.optional().describe('groups 中的编号'),
    points: decimal.describe('满分'), weight: decimal.optional().describe('权重，百分之几；有一项写的，各项都要写'),
    key: z.boolean().default(false).describe('是否关键项'), failsBelow: decimal.optional().describe('关键项得分低于多少为不合格；不写则由评分人判定'),
    mayNotApply: z.boolean().default(false).describe('是否可以不适用（合理缺项）'),
    deductions: z.array(deduction).default([]).describe('扣分的情形'), printed: z.boolean().default(false).describe('文字是否为原文'), clauses: clauseList.optional().describe('不写则同整套指标'),
  })
  .refine((it) => it.key || (it.failsBelow === undefined && it.deductions.every(({ failsKey }) => !failsKey)), '只有关键项才能不合格');

/** What holds the total down: so many key items failed, or one item below a mark. */
const cap = z
  .strictObject({
    id: word, text: z.string().min(1).describe('限制总分的情形'), keyFailed: z.int().min(1).max(1000).optional().describe('几个关键项不合格'),
    item: word.optional().describe('哪一项'), below: decimal.optional().describe('该项得分低于多少'), most: decimal.describe('总分最多几分；一票否决写 0'), clauses: clauseList.optional(),
  })
  .refine((it) => (it.keyFailed !== undefined) !== (it.item !== undefined && it.below !== undefined), '应写 keyFailed，或者写 item 和 below');

/** A set of indicators (质量指标): what is scored, in which steps, and what a key item or an item that does not apply does to the total. */
export const indicators = z
  .strictObject({
    ...ruled,
    lines: z.array(z.enum(institutionKinds)).min(1).describe('用于哪些类别的机构'),
    total: decimal.describe('总分'),
    grid: decimal.describe('分数的最小单位，如 0.5'),
    groups: z.record(word, z.strictObject({ title: z.string().min(1), points: decimal.optional().describe('该组合计几分') })).default({}).describe('一级指标'),
    items: z.array(item).min(1).describe('各项指标'),
    notApplicable: z.enum(['rescale', 'full', 'refuse']).describe('不适用的项：rescale 按适用各项折算，full 按满分计，refuse 不允许'),
    rounded: z.strictObject({ places: z.int().min(0).max(6).describe('几位小数'), rounding: z.enum(['cut', 'half-up']).describe('cut 舍去，half-up 四舍五入'), stated: z.boolean().default(true).describe('文件是否写明；不写明的由我们设定') })
      .optional().describe('折算、加权后的分数保留几位；不写则保留准确值'),
    caps: z.array(cap).default([]).describe('总分的限制，包括关键项不合格的后果'),
  })
  .refine((it) => it.items.every(({ weight }) => weight === undefined) || it.items.every(({ weight }) => weight !== undefined), '各项要么都写权重，要么都不写');

export type IndicatorSet = z.output<typeof indicators>;
export type Indicator = z.output<typeof item>;
export type Deduction = z.output<typeof deduction>;
export type ScoreCap = z.output<typeof cap>;
