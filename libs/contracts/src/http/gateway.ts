import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { roles } from '../vocabulary.js';
import { defineRoute } from './route.js';

const room = 'gateway' as const;
const place = z.object({ code: z.string(), name: z.string(), institutionId: z.string().nullable(), institutionName: z.string().nullable() });

export const getMe = defineRoute({
  room, method: 'GET', path: '/api/v1/me', summary: '当前登录人、角色与辖区', roles,
  answer: z.object({ id: z.string(), name: z.string(), role: z.enum(roles), places: z.array(place) }),
});
export const getClock = defineRoute({
  room, method: 'GET', path: '/api/v1/clock', summary: '系统时间（演示时钟时注明）', roles,
  answer: z.object({ now: zInstant, today: zDate, demonstration: z.boolean(), scale: z.number() }),
});
export const listPacks = defineRoute({
  room, method: 'GET', path: '/api/v1/packs', summary: '已安装的政策包', roles,
  answer: z.object({ items: z.array(z.object({ id: z.string(), version: z.number().int(), hash: z.string(), title: z.string(), jurisdiction: z.string() })), next: z.null() }),
});
export const getPack = defineRoute({
  room, method: 'GET', path: '/api/v1/packs/{place}/{plan}/{version}', summary: '政策包的条款、参数与表式', roles,
  params: z.strictObject({ place: z.string(), plan: z.string(), version: z.coerce.number().int() }),
});
