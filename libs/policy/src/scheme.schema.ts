import { z } from 'zod';
import { scoreKinds } from './proficiency-score.js';
import { decimal, ruled } from './ruled.schema.js';
import { clauseList, comparisonCounts, denominators, institutionKinds, robustMethods, word } from './vocabulary.js';

const places = z.int().min(0).max(6);
const least = z.int().min(3).max(10_000).describe('至少要有几家的结果才能计算');
const robust = z.strictObject({ by: z.enum(robustMethods).describe('由各家结果稳健统计：algorithm-a（算法A）或 median-niqr（中位值与标准化四分位距）'), places: places.describe('算出后修约到几位小数'), least });

/** The value a result is held against. Without `value` it is fixed and sealed when the round is opened. */
const assigned = z.union([
  z.strictObject({ by: z.literal('fixed').describe('事先确定'), value: decimal.optional().describe('指定值；不写的在启动时确定并封存'), uncertainty: decimal.optional().describe('指定值的不确定度：z′、ζ 用标准不确定度，E_n 用扩展不确定度') }),
  robust,
]);
/** The standard deviation for proficiency assessment. */
const deviation = z.union([
  z.strictObject({ by: z.literal('fixed').describe('事先确定'), value: decimal.optional().describe('标准差；不写的在启动时确定并封存') }),
  z.strictObject({ by: z.literal('percent').describe('指定值的百分之几'), percent: decimal }),
  robust,
]);
const limits = z.strictObject({
  satisfactory: decimal.describe('满意的界限'), satisfactoryIncluded: z.boolean().default(true).describe('恰为该界限的是否满意'),
  unsatisfactory: decimal.describe('不满意的界限'), unsatisfactoryIncluded: z.boolean().default(true).describe('恰为该界限的是否不满意'),
});
const points = z.strictObject({ satisfactory: decimal.describe('满意得几分'), questionable: decimal.describe('有问题得几分'), unsatisfactory: decimal.describe('不满意得几分') });

const measurand = z.strictObject({
  id: word, title: z.string().min(1),
  unit: z.string().min(1).max(20).describe('结果的单位，如 mg/m³'),
  places: places.describe('结果至多几位小数'),
  part: word.optional().describe('属于 parts 中的哪一次'),
  optional: z.boolean().default(false).describe('可不参加，不参加不算缺项'),
  score: z.enum(scoreKinds).describe('评分：z、z-prime（z′）、zeta（ζ）、en（E_n）'),
  assigned: assigned.describe('指定值如何确定'), deviation: deviation.optional().describe('能力评定标准差如何确定；z、z′ 须有'),
  limits: limits.optional().describe('与通常的界限（|z| 2 和 3，|E_n| 1）不同时写明'),
  weight: decimal.default('1').describe('权重'), points: points.optional().describe('按结果计的分'),
});

/** One input of the decision table: a count, or what per cent it is of another. */
const counted = z.strictObject({
  count: z.enum(comparisonCounts).describe('数什么：items 计入的项目、reported 报了结果的、missing 缺的、satisfactory 满意、questionable 有问题、unsatisfactory 不满意、points 得分、most-points 满分'),
  part: word.optional().describe('只数 parts 中的一次'), weighted: z.boolean().default(false).describe('按权重合计'), per: z.enum(comparisonCounts).optional().describe('占哪一数的百分之几'),
});

const instead = [z.literal('undetermined'), z.strictObject({ result: z.string().min(1).describe('作为哪一等级'), clauses: clauseList.optional() })] as const;
const unrated = z.union([...instead], '应为 undetermined，或写 { result: 等级 }').optional();
const rateable = z.union([...instead, z.literal('table')], '应为 undetermined、table（仍按决策表），或写 { result: 等级 }').optional();

/** A laboratory comparison as data: what is measured, how it is scored, and what makes a laboratory excellent, fit or unfit. */
export const scheme = z.strictObject({
  ...ruled,
  line: z.enum(institutionKinds).describe('哪一项资质的机构须参加'),
  parts: z.array(z.strictObject({ id: word, title: z.string().min(1) })).min(2).max(5).optional().describe('分几次进行、合并评定的，各次'),
  measurands: z.array(measurand).min(1).max(100).describe('比对项目'),
  minimum: z.int().min(1).max(100).optional().describe('至少报几项才作综合评定；不写的须报齐'),
  grades: z.array(z.strictObject({ id: z.string().min(1).max(20), passes: z.boolean().describe('是否算合格') })).min(2).max(10).describe('综合评定的等级，从优到劣'),
  decision: word.describe('评定等级的决策表'),
  inputs: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, '只能用字母和数字，并以字母开头'), counted).refine((it) => Object.keys(it).length > 0, '至少写明一个输入').describe('决策表的输入，各由什么数得出'),
  without: z.strictObject({
    absent: unrated.describe('未参加的'), late: rateable.describe('逾期报送的'), withdrawn: unrated.describe('退出的'), partial: rateable.describe('只报一部分的'),
  }).default({}).describe('没有齐全结果的怎么办；没有写明的待核实'),
  published: z.strictObject({
    of: z.enum(denominators).describe('合格率的分母：registered 应参加和报名的，submitting 报了结果的，evaluated 作了综合评定的'),
    includesBetter: z.boolean().describe('公布的合格数是否包含优秀'),
  }).describe('公布的数怎么数'),
});
export type Scheme = z.output<typeof scheme>;
export type Measurand = Scheme['measurands'][number];
export type CountedInput = Scheme['inputs'][string];
