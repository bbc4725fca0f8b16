import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, page, pageOf, text } from './route.js';

/** Facts put aside by a room; the gateway gathers them from all rooms. */
export const parkedFact = z.object({
  id: z.string(), room: z.string(), topic: z.string(), key: z.string(), factId: z.string().nullable(), type: z.string().nullable(),
  reason: z.string(), attempts: z.number().int(), parkedAt: zInstant,
});
/** Words written freely, by their commitment; never the words themselves. */
export const keptText = z.object({
  commitment: z.string(), room: z.string(), subject: z.string(), jurisdiction: z.string(), actor: z.string(), keptAt: zInstant, holdUntil: zDate, holdBasis: z.string(), erasedAt: zInstant.nullable(), erasedReason: z.string().nullable(),
});
export const keepingRooms = ['qualification', 'quality-control', 'inspection', 'publication', 'workflows', 'gateway'] as const;
const inRoom = z.strictObject({ room: z.enum(keepingRooms) });
export const listKeptTexts = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/operations/kept-texts/{room}', summary: '自由填写内容的留存清单（只列承诺值，不列内容）', roles: ['security-admin', 'auditor'], params: inRoom,
  query: z.strictObject({ ...page, subject: z.string().max(200).optional() }), answer: pageOf(keptText),
});
export const eraseKeptTexts = defineRoute({
  room: 'gateway', method: 'POST', path: '/api/v1/operations/kept-texts/{room}/erasures', summary: '依当事人请求删除自由填写的内容（法定留存期内不予删除；证明仍然有效）', roles: ['security-admin'], params: inRoom,
  body: z.strictObject({ commitments: z.array(z.string().regex(/^commitment:[0-9a-f]{64}$/, '应为承诺值')).min(1).max(500), /** 受理文号，不写姓名 */ request: z.string().trim().regex(/^[^\s]{1,60}$/, '请填写受理文号') }),
  answer: z.object({ erased: z.number().int(), rows: z.number().int() }),
});
export const listParked = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/operations/parked', summary: '暂存待处理的事实', roles: ['operator', 'auditor'],
  query: z.strictObject(page), answer: pageOf(parkedFact),
});
export const retryParked = defineRoute({
  room: 'gateway', method: 'POST', path: '/api/v1/operations/parked/{room}/{id}/retry', summary: '写明理由，重试一条暂存的事实及其后续', roles: ['operator'],
  params: z.strictObject({ room: z.string(), id: z.string() }), body: z.strictObject({ /** 已排除的原因 */ reason: text(300) }),
  answer: z.object({ handled: z.number().int(), left: z.number().int(), reason: z.string().nullable() }),
});
