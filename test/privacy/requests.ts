import type { RouteDefinition } from '@zhijian/contracts/http';
import { z } from 'zod';

/** What fields of a request are called, and what stands there when everything is right. */
export type Known = Readonly<Record<string, unknown>>;
type Schema = Record<string, unknown> & { type?: string; properties?: Record<string, Schema>; required?: string[]; items?: Schema; enum?: unknown[]; const?: unknown; anyOf?: Schema[]; oneOf?: Schema[]; minItems?: number; pattern?: string; format?: string; maxLength?: number; minimum?: number };

/** What a client may write back as an id of ours; the number of a person is none. */
const codeLike = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(text);
const forWords = ({ pattern, format, maxLength = 0, ...more }: Schema): boolean => !pattern && !format && (more['x-words'] === true || maxLength >= 300);

const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;

/** A value the schema takes: what is known by its name, and the canary in every field where anything may be written (the words a route states openly left as they are). */
export function valueFor(schema: z.ZodType, known: Known, canary: string, says: readonly string[]): unknown {
  const open = (path: readonly string[]): boolean => says.some((pointer) => { const steps = pointer.split('/').slice(1); return steps.length === path.length && steps.every((step, at) => step === '*' || step === path[at]); });
  const fill = (it: Schema, name: string, path: readonly string[]): unknown => {
    if (it.const !== undefined) return it.const;
    if (it.enum) return it.enum[0];
    if (it.anyOf ?? it.oneOf) return fill((it.anyOf ?? it.oneOf)!.find(({ type }) => type !== 'null') ?? {}, name, path);
    if (it.type === 'object') return Object.fromEntries(Object.entries(it.properties ?? {}).map(([field, one]) => [field, fill(one, field, [...path, field])]));
    if (it.type === 'array') return name in known ? known[name] : Array.from({ length: Math.max(1, it.minItems ?? 1) }, (_, at) => fill(it.items ?? {}, name, [...path, String(at)])).map((one, at) => (typeof one === 'string' && at > 0 ? `${one}${at}` : one));
    if (name in known) return known[name];
    if (it.type === 'boolean') return true;
    if (it.type === 'integer' || it.type === 'number') return Math.max(1, it.minimum ?? 1);
    if (it.format === 'date' || /On$|^on$/.test(name)) return known['day'];
    if (open(path) || (codeLike(canary) && !forWords(it))) return '示例'; // what looks like a code is somebody's words only where words are asked for
    return canary.slice(0, it.maxLength ?? canary.length);
  };
  return fill(schemaOf(schema), '', []);
}

export interface Sent { method: string; url: string; body?: string; file?: Uint8Array; headers: Record<string, string> }

/** One way to send a canary through a route. */
export type Way = (route: RouteDefinition, canary: string, known: Known) => Sent;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);
const addressOf = ({ path }: RouteDefinition, known: Known, instead?: string): string => path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(instead ?? textOf(known[name]) ?? name));
const bare = ({ method }: RouteDefinition) => ({ method, headers: {} as Record<string, string> });
const bodied = ({ method }: RouteDefinition): boolean => method !== 'GET';

export const ways: Record<string, Way> = {
  'in every field': (route, canary, known) => ({ ...bare(route), url: addressOf(route, known), ...(bodied(route) && { body: JSON.stringify(valueFor(route.body, known, canary, route.says ?? [])) }) }),
  'in sentences': (route, canary, known) => ({ ...bare(route), url: addressOf(route, known), ...(bodied(route) && { body: JSON.stringify(valueFor(route.body, known, `经查，${canary}反映的情况属实`, route.says ?? [])) }) }),
  'as the wrong type': (route, canary, known) => ({ ...bare(route), url: addressOf(route, known), ...(bodied(route) && { body: JSON.stringify([canary, { [canary]: canary }]) }) }),
  'as unknown fields': (route, canary, known) => ({ ...bare(route), url: addressOf(route, known), ...(bodied(route) && { body: JSON.stringify({ [canary]: canary, note: { [canary]: [canary] } }) }) }),
  'as broken JSON': (route, canary, known) => ({ ...bare(route), url: addressOf(route, known), ...(bodied(route) && { body: `{"reason": "${canary}` }) }),
  'in the query': (route, canary, known) => ({ ...bare(route), url: `${addressOf(route, known)}?q=${encodeURIComponent(canary)}&unit=${encodeURIComponent(canary)}&limit=${encodeURIComponent(canary)}&${encodeURIComponent(canary)}=1`, ...(bodied(route) && { body: '{}' }) }),
  'in the address': (route, canary, known) => ({ ...bare(route), url: addressOf(route, known, canary), ...(bodied(route) && { body: '{}' }) }),
  'in the headers': (route, canary, known) => ({ ...bare(route), url: addressOf(route, known), ...(bodied(route) && { body: '{}' }), headers: { 'idempotency-key': encodeURIComponent(canary), 'if-match': encodeURIComponent(canary), 'x-file-name': encodeURIComponent(canary), 'content-disposition': `attachment; filename="${encodeURIComponent(canary)}.xlsx"`, referer: `http://x/${encodeURIComponent(canary)}`, 'user-agent': encodeURIComponent(canary) } }),
  'as the token': (route, canary, known) => ({ ...bare(route), url: addressOf(route, known), ...(bodied(route) && { body: '{}' }), headers: { authorization: `Bearer ${encodeURIComponent(canary)}` } }),
};

/** Addresses that no contract lists. */
export const beside = (canary: string): { at: 'gateway' | 'portal'; method: string; path: string; body?: string }[] => {
  const word = encodeURIComponent(canary);
  const got = (at: 'gateway' | 'portal', ...paths: string[]) => paths.map((path) => ({ at, method: 'GET', path }));
  return [
    ...got('gateway', `/auth/login?return=/${word}`, `/auth/callback?code=${word}&state=${word}`, `/${word}`, `/assets/${word}`, `/api/${word}`, `/api/docs/${word}`, `/public/v1/institutions?q=${word}`, `/api/v1/${word}?${word}=1`, '/api/v1/%zz'),
    { at: 'gateway', method: 'POST', path: `/auth/logout?${word}`, body: JSON.stringify({ [canary]: canary }) },
    ...got('portal', `/?q=${word}`, `/?q=${word}&cursor=${word}`, `/i/${word}`, `/${word}`, `/assets/${word}`, `/public/v1/institutions?q=${word}`, `/public/v1/institutions?cursor=${word}`, `/public/v1/institutions?${word}=1`, `/public/v1/institutions/${word}`, `/public/v1/institutions/${word}?asOf=${word}`,
      `/public/v1/log/heads?cursor=${word}`, `/public/v1/log/proof?leaf=${word}`, `/public/v1/log/proof?entry=${word}&size=${word}`, `/public/v1/${word}`),
    { at: 'portal', method: 'POST', path: `/public/v1/institutions?${word}`, body: JSON.stringify({ [canary]: canary }) },
  ];
};
