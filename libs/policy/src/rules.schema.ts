import { z } from 'zod';
import { frequency } from './frequency.schema.js';
import { indicators } from './indicator.schema.js';
import { input } from './input.schema.js';
import { list } from './list.schema.js';
import { notice } from './notice.schema.js';
import { period } from './period.schema.js';
import { sample } from './sample.schema.js';
import { bands, run, scale, share, value } from './scale.schema.js';
import { scheme } from './scheme.schema.js';
import { target } from './target.schema.js';
import { word, type RuleSection } from './vocabulary.js';

const section = <S extends z.ZodType>(rule: S, words: string) => z.record(word, rule).default({}).describe(words);

/** rules.yaml: what is no stage of a campaign and no decision table, section by section, each rule by its id. */
export const rulesSchema = z.strictObject({
  periods: section(period, '期间：某事之后多久'),
  frequencies: section(frequency, '频次：多长时间内几次'),
  targets: section(target, '指标：比率'),
  scales: section(scale, '有次序的结果'),
  bands: section(bands, '原文印出的分数段'),
  inputs: section(input, '决策的输入：谁有、谁没有'),
  samples: section(sample, '抽样'),
  shares: section(share, '合计应为整体的各部分'),
  notices: section(notice, '公示、公开、通报、告知'),
  lists: section(list, '清单'),
  runs: section(run, '连续几次'),
  indicators: section(indicators, '绩效评估的质量指标'),
  schemes: section(scheme, '实验室能力比对的方案'),
  values: section(value, '其他取值'),
} satisfies Record<RuleSection, z.ZodType>);

export type Rules = z.output<typeof rulesSchema>;
export type Rule<S extends RuleSection> = Rules[S][string];
export const noRules: Rules = rulesSchema.parse({});
