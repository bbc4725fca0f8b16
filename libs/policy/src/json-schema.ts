import { z } from 'zod';
import { campaignSchema } from './campaign.schema.js';
import { checklistSchema } from './checklist.schema.js';
import { formSchema, group, leaf } from './form.schema.js';
import { meanings } from './field-meanings.js';
import { decisionCase, goldenSchema, valueCase } from './golden.schema.js';
import { lawSchema } from './law.schema.js';
import { packSchema } from './pack.schema.js';
import { rulesSchema } from './rules.schema.js';

type Json = { [key: string]: unknown };

const shape = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });

/**
 * JSON Schema of every kind of file of a pack, by the name of its file in `schemas/`. For editors: what they accept is
 * what `parsePack` accepts, but for rules that join several fields (exactly one of …), which only reading the pack tells.
 */
export function packJsonSchemas(): Record<string, Json> {
  const form = shape(formSchema);
  const golden = shape(goldenSchema);
  itemsOf(form, 'columns', [leaf, group]);
  itemsOf(golden, 'cases', [decisionCase, valueCase]);
  const files = { pack: shape(packSchema), campaign: shape(campaignSchema), rules: shape(rulesSchema), checklist: shape(checklistSchema), form, golden, law: shape(lawSchema) };
  return Object.fromEntries(Object.entries(files).map(([name, schema]) => [`${name}.schema.json`, { ...described(schema), title: titles[name as keyof typeof titles] }]));
}

const titles = {
  pack: 'pack.yaml：政策包、来源文件、条款、理解', campaign: 'campaign.yaml：机关、阶段、工作', rules: 'rules.yaml：期间、频次、指标、清单等', checklist: 'checklists/*.yaml：检查清单',
  form: 'forms/*.json：表格', golden: 'tests/*.yaml：样例', law: 'law.yaml：上位法及其约束',
};

/** The items of a list that are one of several shapes; parsing them chooses by what they hold. */
function itemsOf(schema: Json, name: string, shapes: readonly z.ZodType[]): void {
  const list = (schema['properties'] as Record<string, Json>)[name]!;
  list['items'] = { anyOf: shapes.map((one) => ({ ...shape(one), $schema: undefined })) };
}

/** Every field with words: its own, or those of its name. */
function described(schema: unknown): Json {
  if (Array.isArray(schema)) return schema.map(described) as unknown as Json;
  if (typeof schema !== 'object' || schema === null) return schema as Json;
  return Object.fromEntries(Object.entries(schema).map(([key, it]) => [key, key === 'properties' ? named(it as Record<string, Json>) : described(it)]));
}

const named = (fields: Record<string, Json>): Json => Object.fromEntries(Object.entries(fields).map(([name, it]) =>
  [name, { ...described(it), ...('description' in it ? {} : meanings[name] ? { description: meanings[name] } : {}) }]));
