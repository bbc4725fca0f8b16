import { z } from 'zod';
import { zInstant } from '../envelope.js';
import { defineRoute, page, pageOf } from './route.js';

/** Facts put aside by a room; the gateway gathers them from all rooms. */
export const parkedFact = z.object({
  id: z.string(), room: z.string(), topic: z.string(), key: z.string(), factId: z.string().nullable(), type: z.string().nullable(),
  reason: z.string(), attempts: z.number().int(), parkedAt: zInstant,
});
export const listParked = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/operations/parked', summary: '暂存待处理的事实', roles: ['operator', 'auditor'],
  query: z.strictObject(page), answer: pageOf(parkedFact),
});
export const retryParked = defineRoute({
  room: 'gateway', method: 'POST', path: '/api/v1/operations/parked/{room}/{id}/retry', summary: '重试一条暂存的事实及其后续', roles: ['operator'],
  params: z.strictObject({ room: z.string(), id: z.string() }), answer: z.object({ handled: z.number().int(), left: z.number().int(), reason: z.string().nullable() }),
});
