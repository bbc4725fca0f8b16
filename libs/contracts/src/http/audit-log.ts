import { z } from 'zod';
import { zInstant } from '../envelope.js';
import { defineRoute, page, pageOf } from './route.js';

const room = 'workflows' as const;
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** A signed tree head as libs/audit/LOG.md has it; `publicKey` is for convenience: trust the one you know from elsewhere. */
export const signedHead = z.object({
  head: z.object({ v: z.literal(1), installation: z.string(), size: z.number().int(), root: hex, at: zInstant }),
  key: hex, signature: z.string(), publicKey: z.string(),
  witnesses: z.array(z.object({ witness: z.string(), size: z.number().int(), root: hex, signature: z.string() })),
});

/** Served by the portal, without sign-in. */
export const logHead = defineRoute({ room, method: 'GET', path: '/public/v1/log/head', summary: '存证日志最新的签名树头', roles: [], answer: signedHead });
export const logHeads = defineRoute({
  room, method: 'GET', path: '/public/v1/log/heads', summary: '存证日志历次的签名树头，按记录数递增；游标为上一页末的记录数', roles: [],
  query: z.strictObject({ limit: page.limit, cursor: z.coerce.number().int().min(0).optional() }), answer: pageOf(signedHead),
});
export const logProof = defineRoute({
  room, method: 'GET', path: '/public/v1/log/proof', summary: '存证日志的证明：某条记录在日志中（leaf 或 entry，可指定 size），或较早的日志是较晚的开头（from、to）', roles: [],
  query: z.strictObject({ leaf: hex.optional(), entry: z.uuid().optional(), size: size.optional(), from: size.optional(), to: size.optional() })
    .refine((it) => [it.leaf, it.entry, it.from].filter((one) => one !== undefined).length === 1 && (it.from === undefined) === (it.to === undefined) && !(it.from !== undefined && it.size !== undefined), { message: '请给出 leaf、entry 之一，或 from 与 to' }),
  answer: z.union([z.object({ index: z.number().int(), size: z.number().int(), leaf: hex, path: z.array(hex) }), z.object({ from: z.number().int(), to: z.number().int(), path: z.array(hex) })]),
});

export const logAlarm = z.object({
  id: z.string(), kind: z.string(), title: z.string(), room: z.string().nullable(), subject: z.string(), firstAt: zInstant, lastAt: zInstant, clearedAt: zInstant.nullable(),
});
export const listLogAlarms = defineRoute({
  room, method: 'GET', path: '/api/v1/audit/alarms', summary: '存证日志的告警，新的在前；checked 是最近一次核对', roles: ['auditor', 'operator', 'audit-admin'],
  query: z.strictObject(page), answer: pageOf(logAlarm).extend({ open: z.number().int(), checked: z.object({ at: zInstant, took: z.number(), size: z.number().int(), entries: z.number().int() }).nullable() }),
});
export const countersignHead = defineRoute({
  room, method: 'POST', path: '/api/v1/audit/countersignatures', summary: '登记见证方对一个树头的会签；会签由已登记的见证方公钥验证', roles: ['operator', 'audit-admin'],
  body: z.strictObject({ witness: z.string().min(1).max(100), size: z.number().int().min(1), root: hex, signature: z.string().min(1).max(200) }), answer: z.object({ witness: z.string(), size: z.number().int() }),
});
