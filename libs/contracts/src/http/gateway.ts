import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { roles } from '../vocabulary.js';
import { defineRoute, page, pageOf } from './route.js';

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

const calendarNotice = z.object({
  noticeId: z.string(), year: z.number().int(), number: z.string().nullable(), title: z.string().nullable(), source: z.string().nullable(), off: z.array(zDate), workdays: z.array(zDate),
  state: z.enum(['preview', 'confirmed']), calendar: z.string(), loadedBy: z.string(), loadedAt: zInstant, confirmedBy: z.string().nullable(), confirmedAt: zInstant.nullable(), version: z.number().int(),
});
export const listCalendarNotices = defineRoute({
  room, method: 'GET', path: '/api/v1/calendar-notices', summary: '放假通知：已录入的和已确认的（系统自带的各年通知不在其列）', roles, query: z.strictObject(page), answer: pageOf(calendarNotice),
});
/** The clocks it would move are asked of each room (`/api/v1/calendar-previews/{noticeId}`). */
export const proposeCalendarNotice = defineRoute({
  room, method: 'POST', path: '/api/v1/calendar-notices', summary: '录入放假通知：确认之前不变动任何期限', roles: ['province', 'city', 'operator'],
  body: z.strictObject({
    year: z.number().int().min(1950).max(2149), number: z.string().trim().min(1).max(60).nullable(), title: z.string().trim().min(1).max(200).optional(), source: z.string().trim().min(1).max(500).optional(),
    off: z.array(zDate).min(1).max(120), workdays: z.array(zDate).max(60),
  }), answer: calendarNotice,
});
export const confirmCalendarNotice = defineRoute({
  room, method: 'POST', path: '/api/v1/calendar-notices/{noticeId}/confirmation', summary: '确认放假通知：未到期的暂定期限据此重新计算', roles: ['province', 'city', 'operator'], ifMatch: true,
  params: z.strictObject({ noticeId: z.uuid() }), answer: calendarNotice,
});
