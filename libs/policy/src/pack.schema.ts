import { z } from 'zod';
import { localDate } from './dates.schema.js';
import { baseListFields, clauseId, clauseList, findingKinds, notificationModes, readingId } from './vocabulary.js';

const sentence = z.string().min(1);

/** What a reading answers: a kind of finding, for the clauses of the reading. */
export const contradictions = [
  'duplicate-deadline', 'day-off', 'no-year', 'short-window', 'overlap', 'order', 'band-gap', 'missing-input', 'unmapped',
  'undefined-period', 'no-limit', 'zero-denominator', 'conflict', 'superseded', 'unlisted', 'title-differs', 'no-actor',
  'no-receiver', 'outside-parent', 'unreachable', 'band-overlap', 'sum', 'unquoted', 'quote-missing', 'personal-data',
] as const;

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

/** pack.yaml: what the pack is, the document it stands on, its clauses, readings and parameters. */
export const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/, '编号应形如 place/plan-2024'),
  version: z.int().min(1),
  title: sentence,
  jurisdiction: z.string().regex(/^\d{6}$/, '区划代码为六位数字'),
  document: z.strictObject({
    title: sentence, issuer: z.string().optional(), number: z.string().optional(), issued: localDate.optional(),
    source: z.string().regex(/^[a-z0-9-]+\.txt$/, '来源文件名只能用小写字母、数字和连字符'),
    sourceSha256: z.string().regex(/^[0-9a-f]{64}$/, '应为 64 位小写十六进制'),
  }),
  inForce: z.strictObject({ from: localDate, to: localDate.optional() }),
  under: z.string().optional(),
  clauses: z.record(clauseId, z.strictObject({ normative: z.boolean(), quote: sentence })),
  readings: z.record(readingId, reading).default({}),
  parameters: parameters.default({}),
});

export type PackHead = z.output<typeof packSchema>;
export type Reading = z.output<typeof reading>;
export type Parameters = PackHead['parameters'];
export type ContradictionKind = (typeof contradictions)[number];
