import type { RouteDefinition } from '@zhijian/contracts/http';
import { z } from 'zod';

/** Whoever gets this to run leaves a trace that no rollback takes away. */
export const trap = `nextval('public.trap')`;

const begins = ['', `'`, `''`, `"`, `')`, `'))`, `")`, `\\'`, `%27`, '＇', 'ʼ', '$$', `1`, `*/`];
const middles = [
  ` or ${trap} > 0`, ` and ${trap} > 0`, ` union select ${trap}::text`, ` union all select null, ${trap}::text, null`, `; select ${trap};`, `; drop table "inspection"."campaign"; select ${trap};`, ` || ${trap} || `, `, (select ${trap})`,
  `); select ${trap}; (`, ` order by (select ${trap})`, `; set role postgres; select ${trap};`, ` returning ${trap}`, `::text || ${trap}::text`, ` and 1 = (select ${trap})`, ` is null or ${trap} is not null`,
];
const ends = ['', ' --', ' -- -', '/*', ' #', `'`, ';', ` or ''='`, ' limit 1 --', `"`];
/** Some two thousand ways out of a literal and back. */
export const injections: readonly string[] = begins.flatMap((begin) => middles.flatMap((middle) => ends.map((end) => `${begin}${middle}${end}`)));

/** What a text may hold and a database may not. */
export const strange: readonly string[] = ['\u0000', '甲\u0000乙', '\ud800', '\u202e示例', '%', '\\', '示'.repeat(5000), '9'.repeat(400), '-1', '99999999999', '1e999', 'NaN', '0001-01-01', '2023-02-30'];

/** What no client may say of itself or of a row. */
export const notTheirs: readonly string[] = ['role', 'regionId', 'jurisdictionId', 'status', 'state', 'version', 'actor', 'personId', 'approvedBy', 'decidedBy', 'constructor', '__proto__'];

type Schema = { type?: string; properties?: Record<string, Schema>; additionalProperties?: unknown; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[] };
export const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
type Path = readonly (string | number)[];

/** Every text in a value. */
export function textsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsOf(one, [...path, Array.isArray(value) ? Number(name) : name]));
}

/** Every object of a value whose fields the schema names, with those names. A map of anything is none. */
export function objectsOf(it: Schema, value: unknown, path: Path = []): { path: Path; names: string[] }[] {
  const options = it.anyOf ?? it.oneOf;
  if (options) return objectsOf(options.find(({ type }) => type !== 'null') ?? {}, value, path);
  if (it.type === 'array' && Array.isArray(value)) return value.slice(0, 1).flatMap((one) => objectsOf(it.items ?? {}, one, [...path, 0]));
  if (it.type !== 'object' || typeof value !== 'object' || value === null || !it.properties) return [];
  const own = value as Record<string, unknown>;
  return [{ path, names: Object.keys(it.properties) }, ...Object.entries(it.properties).flatMap(([name, one]) => objectsOf(one, own[name], [...path, name]))];
}

/** The value with something else, or something more, at a place in it; what is more may be called `__proto__`. */
export function changed(value: unknown, [step, ...rest]: Path, made: unknown): unknown {
  if (step === undefined) return made;
  if (Array.isArray(value)) return value.map((one, at): unknown => (at === step ? changed(one, rest, made) : one));
  const own = Object.entries(value as object).filter(([name]) => name !== step);
  return Object.fromEntries([...own, [step, changed((value as Record<string | number, unknown>)[step], rest, made)]]);
}

/** Names of the texts in a question’s address. */
export const askedIn = (route: RouteDefinition): string[] => Object.keys(schemaOf(route.query).properties ?? {});
export const pathNames = ({ path }: RouteDefinition): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
