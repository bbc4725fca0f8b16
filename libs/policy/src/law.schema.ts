import { z } from 'zod';
import { spanFields, spansOf } from './due.schema.js';
import { window } from './frequency.schema.js';
import { decimal, validity } from './ruled.schema.js';
import { activities, agencyKinds, agencyLevels, clauseId, clauseList, dutyKinds, groundedDecisions, institutionKinds, lawRanks, measures, startEvents, word, type LawPart } from './vocabulary.js';

const sentence = z.string().min(1);

const act = z.strictObject({
  title: sentence.describe('法律、法规、规章或文件的名称'), number: sentence.optional().describe('文号；政策包 basis 中写同一文号的，按这里的有效期核对'),
  rank: z.enum(lawRanks).describe('law 法律，regulation 法规，rule 规章，document 规范性文件'), ...validity,
  replacedBy: word.optional().describe('由哪一部取代，acts 中的编号'), ended: clauseList.optional().describe('使它不再适用的条款'),
  seen: z.enum(['text', 'excerpt']).describe('text 已对照全文，excerpt 只见到摘录'),
  articles: z.record(clauseId, sentence).default({}).describe('条款 → 第几条'),
});

/** What every bound carries: what it is about, which values of a pack it binds, when, for whom, and how grave it is to leave it. */
const bound = {
  title: sentence.describe('约束什么'), ...validity,
  names: z.array(word).default([]).describe('政策包中以这些为编号的取值受它约束'),
  kinds: z.array(z.enum(institutionKinds)).min(1).optional().describe('对哪些机构；不写为全部'),
  severity: z.enum(['error', 'warning']).default('error').describe('不一致时：error 须先有理解，warning 请核实'),
  why: sentence.optional().describe('只作提示的理由'),
  clauses: clauseList.describe('依据的条款'),
};
const says = (it: { severity: string; why?: string | undefined }): boolean => it.severity === 'error' || it.why !== undefined;
const silent = '只作提示（severity: warning）的须写明理由（why）';

const length = z.strictObject(spanFields).refine((it) => spansOf(it).length === 1, '须在 workingDays、days、months、years、immediately 中取一');
const section = <S extends z.ZodType>(rule: S, words: string) => z.record(word, rule).default({}).describe(words);

/** law.yaml: acts with the days on which they hold, and what a document below them must keep, section by section. */
export const lawSchema = z.strictObject({
  acts: z.record(word, act).describe('法律、法规、规章和规范性文件'),
  periods: section(z.strictObject({ ...bound, event: z.enum(startEvents).optional().describe('自何事起算'), atMost: length.optional(), atLeast: length.optional() })
    .refine((it) => it.atMost ?? it.atLeast, '须写 atMost 或 atLeast').refine(says, silent), '期间：最长、最短'),
  frequencies: section(z.strictObject({ ...bound, activity: z.enum(activities).describe('做什么'), min: z.int().min(1).max(1000), per: window.describe('在多长时间内') }).refine(says, silent), '频次：至少几次'),
  shares: section(z.strictObject({ ...bound, numerator: z.enum(measures), atLeast: decimal }).refine(says, silent), '比率：至少百分之几'),
  numbers: section(z.strictObject({ ...bound, atLeast: z.int().min(0).optional(), atMost: z.int().min(0).optional() }).refine((it) => it.atLeast !== undefined || it.atMost !== undefined, '须写 atMost 或 atLeast').refine(says, silent), '数量：人数、级数'),
  values: section(z.strictObject({ ...bound, equals: z.union([z.boolean(), z.int(), sentence]).describe('应为') }).refine(says, silent), '须与之相同的取值'),
  deciders: section(z.strictObject({
    ...bound, duties: z.array(z.enum(dutyKinds)).default([]).describe('由谁办理的工作'), activities: z.array(z.enum(activities)).default([]).describe('由谁确定的频次'),
    levels: z.array(z.enum(agencyLevels)).min(1).optional().describe('应为哪一级'), agencies: z.array(z.enum(agencyKinds)).min(1).optional().describe('应为哪一种机关'),
  }).refine((it) => it.levels ?? it.agencies, '须写 levels 或 agencies').refine(says, silent), '由哪个机关办理或决定'),
  grounds: section(z.strictObject({
    title: sentence.describe('依据什么'), ...validity, decisions: z.array(z.enum(groundedDecisions)).min(1).describe('哪些决定以它为依据'),
    kinds: z.array(z.enum(institutionKinds)).min(1).optional().describe('对哪些机构；不写为全部'), clauses: clauseList.describe('依据的条款，出自同一部'),
  }), '方案以外的决定依据哪些条款'),
} satisfies Record<LawPart | 'acts', z.ZodType>);

export type Law = z.output<typeof lawSchema>;
export type Act = Law['acts'][string];
export type Bound<S extends LawPart> = Law[S][string];
