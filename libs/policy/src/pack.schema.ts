import { z } from 'zod';
import { localDate } from './dates.schema.js';
import { validity } from './ruled.schema.js';
import { baseListFields, clauseId, clauseList, contradictions, findingKinds, notificationModes, readingId, word } from './vocabulary.js';

const sentence = z.string().min(1);

const reading = z.strictObject({
  clauses: clauseList,
  answers: z.array(z.enum(contradictions)).default([]),
  chosen: sentence, otherWording: sentence, why: sentence, decidedBy: sentence, decidedOn: localDate,
});

/** Values that are no date of a stage and no table. Each cites its clause; `stated: false` says that the text is silent and the number is ours. */
const parameters = z.strictObject({
  volumes: z.strictObject({ from: localDate, to: localDate, clauses: clauseList, reading: readingId.optional() }).optional(),
  includeLastYearAssessment: z.strictObject({ value: z.boolean(), clauses: clauseList, reading: readingId.optional() }).optional(),
  archiveSample: z.strictObject({ min: z.int().min(1), stated: z.boolean(), clauses: clauseList, reading: readingId.optional() }).optional(),
  priorityViolations: z.strictObject({ value: z.array(z.enum(findingKinds)).min(1), clauses: clauseList }).optional(),
  baseList: z.strictObject({ fields: z.array(z.enum(baseListFields)).min(1), keptUpToDate: z.boolean(), clauses: clauseList }).optional(),
  notification: z.strictObject({ modes: z.array(z.enum(notificationModes)).min(1), everyBody: z.boolean(), clauses: clauseList }).optional(),
  siteCheck: z.strictObject({ everyBody: z.boolean(), clauses: clauseList }).optional(),
  caseNumbering: z.strictObject({ pattern: z.string().regex(/\{serial(:\d)?\}/, '文号格式须含 {serial}'), clauses: clauseList }).optional(),
});

/** Law the text stands on. What has lapsed while the pack is in force is a finding. */
const basis = z.strictObject({
  id: word, title: sentence, number: sentence.optional(), ...validity, replacedBy: word.optional().describe('由哪一条 basis 取代'), clauses: clauseList, reading: readingId.optional(),
});

/** Bounds within which a pack under this one, or a unit, may differ. */
const allowance = z
  .strictObject({
    what: z.string().regex(/^(duty|stage|target|frequency|period):[A-Za-z][A-Za-z0-9-]*$/, '应写成 duty:编号、stage:编号、target:编号、frequency:编号 或 period:编号'),
    notBefore: localDate.optional(), notAfter: localDate.optional(), atLeast: z.number().optional(), atMost: z.number().optional(), clauses: clauseList,
  })
  .refine((it) => (/^(duty|stage):/.test(it.what) ? it.atLeast === undefined && it.atMost === undefined && (it.notBefore ?? it.notAfter) : !it.notBefore && !it.notAfter && (it.atLeast ?? it.atMost) !== undefined), '工作和阶段写 notBefore、notAfter；指标、频次和期间写 atLeast、atMost');

/** Written by `pack clone`: what an officer has yet to confirm before the draft can be approved. */
const draft = z.strictObject({
  from: z.string().min(1).describe('由哪个政策包生成'),
  unconfirmed: z.array(z.strictObject({ path: sentence.describe('哪个文件的哪一处'), was: sentence.describe('原来的日期'), now: sentence.describe('推算的日期'), clauses: z.array(clauseId).default([]).describe('所依的条款') })).default([]).describe('推算而尚未确认的日期'),
});

/** pack.yaml: what the pack is, the document it stands on, its clauses, readings and parameters. */
export const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, '编号应形如 place/plan-2024'),
  version: z.int().min(1),
  title: sentence,
  jurisdiction: z.string().regex(/^\d{6}$/, '区划代码为六位数字'),
  document: z.strictObject({
    title: sentence, issuer: z.string().optional(), number: z.string().optional(), issued: localDate.optional(),
    source: z.string().regex(/^[a-z0-9-]+\.txt$/, '来源文件名只能用小写字母、数字和连字符'),
    sourceSha256: z.string().regex(/^[0-9a-f]{64}$/, '应为 64 位小写十六进制').describe('来源文件的 SHA-256'),
    disclosure: z.enum(['public', 'on-request']).optional().describe('公开，或依申请公开'),
    clauses: z.array(clauseId).optional().describe('文件本身所依的条款'),
    invented: z.literal(true).optional().describe('虚构的文件，只供示例：显示时须标明，不计入条款追溯'),
  }),
  inForce: z.strictObject({ from: localDate, to: localDate.optional() }),
  under: z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*@[1-9]\d{0,5}$/, '上级政策包应写明版本，形如 place/plan-2024@1').optional().describe('上级政策包（写明版本）：这里没有的在那里查找'),
  law: z.array(z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(@[1-9]\d{0,5})?$/, '上位法应写成 place/law 或 place/law@1')).optional().describe('除全国适用的以外，还受哪些上位法约束'),
  basis: z.array(basis).default([]).describe('文件所依的法规、标准和文件'),
  allows: z.array(allowance).default([]).describe('下级可以变动的范围'),
  clauses: z.record(clauseId, z.strictObject({ normative: z.boolean(), quote: sentence })),
  readings: z.record(readingId, reading).default({}),
  parameters: parameters.default({}),
  draft: draft.optional().describe('草稿：由较早的政策包生成，尚待确认；确认后删去'),
});

export type PackHead = z.output<typeof packSchema>;
export type Basis = z.output<typeof basis>;
export type Allowance = z.output<typeof allowance>;
export type Reading = z.output<typeof reading>;
export type Parameters = PackHead['parameters'];
