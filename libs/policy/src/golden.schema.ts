import { z } from 'zod';
import { localDate } from './dates.schema.js';
import { conditions } from './ruled.schema.js';
import { clauseList, lawParts, ruleSections, word } from './vocabulary.js';

/** An item of a sheet of indicators, as `scoreIndicators` takes it. */
const entry = z.strictObject({ item: word, score: z.string().optional(), counts: z.record(z.string(), z.int()).optional(), notApplicable: z.boolean().optional(), failed: z.boolean().optional() });
const one = { title: z.string().min(1), clauses: clauseList };
export const decisionCase = z.strictObject({
  ...one, decision: word, inputs: z.record(z.string(), z.unknown()),
  expect: z.unknown().optional(), undetermined: z.boolean().optional(), missing: z.array(z.string()).optional(),
});
export const valueCase = z.strictObject({ ...one, stage: word.optional(), duty: word.optional(), parameter: z.string().optional(), form: word.optional(), checklist: word.optional(), agency: word.optional(), document: z.literal(true).optional(), basis: word.optional(),
  rule: z.string().regex(new RegExp(`^(${ruleSections.join('|')})/[A-Za-z][A-Za-z0-9-]*$`), '应写成 periods/编号').optional(),
  act: word.optional(), bound: z.string().regex(new RegExp(`^(${lawParts.join('|')})/[A-Za-z][A-Za-z0-9-]*$`), '应写成 periods/编号').optional(),
  at: localDate.optional(), facts: conditions.optional(),
  given: z.strictObject({ eventOn: localDate.optional(), numerator: z.int().min(0).optional(), denominator: z.int().min(0).optional(), of: z.int().min(0).optional(), entries: z.array(entry).optional() }).optional(),
  expect: z.record(z.string(), z.unknown()) });

/** tests/*.yaml: golden cases. A decision gives the expected value; a stage, duty, parameter, form, checklist or rule has the expected fields. */
export const goldenSchema = z.strictObject({
  cases: z.array(z.unknown().transform((it, ctx) => {
    const schema = typeof it === 'object' && it !== null && 'decision' in it ? decisionCase : valueCase;
    const result = schema.safeParse(it, { error: z.locales.zhCN().localeError });
    if (result.success) return result.data;
    for (const issue of result.error.issues) ctx.addIssue({ code: 'custom', path: issue.path, message: issue.message });
    return z.NEVER;
  })).min(1),
});
export type DecisionCase = z.output<typeof decisionCase>;
export type ValueCase = z.output<typeof valueCase>;
export type GoldenCase = DecisionCase | ValueCase;
